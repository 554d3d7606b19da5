import { withoutPersonal } from '../../core/personal.ts';
import { replaceSeen } from '../../core/seen.ts';
import { seek } from '../../core/strangers.ts';
import { HIDDEN, HIDDEN_DOOR } from './messages.ts';

const NUMERAL = '[\\dA-Za-z一二三四五六七八九十百零〇]{1,5}';
const BUILDING = `(?:${NUMERAL}\\s?(?:号楼|号院|栋|幢|座|单元|楼|层)\\s?[,，、]?\\s?)`;
/** What follows makes it a number of something else: 7栋120户, 3栋500元. */
const COUNTED = '(?!\\s?[\\d点.年月日元块万个人户家米平斤度天次票岁%-])';
/**
 * A door is what a stranger could knock at: 3栋2单元501, 501室, 三栋五零一, 3-2-501, 人民路12号. A building or a staircase
 * alone is what a neighbourhood talks about (7栋要不要装电梯), and stays.
 */
const DOORS: readonly RegExp[] = [
  new RegExp(`${BUILDING}+[\\d一二三四五六七八九零〇]{3,4}(?:号房|号|室|房)?${COUNTED}`, 'gu'),
  new RegExp(`${BUILDING}*${NUMERAL}\\s?(?:号房|室|号室)(?!内|外)`, 'gu'),
  new RegExp(`${BUILDING}+\\d{1,4}\\s?号(?!楼|院|栋|线|车|库|机|电)`, 'gu'),
  new RegExp(`[\\p{Script=Han}]{1,6}(?:路|街|巷|弄|道)\\s?${NUMERAL}\\s?号(?!院|楼|栋|线)`, 'gu'),
  /(?<![\d-])\d{1,3}\s?[-－—#]\s?\d{1,2}\s?[-－—#]\s?\d{2,4}(?![\d-])/gu,
  /(?<![\d-])\d{1,2}\s?[-－—#]\s?\d{3,4}(?![\d\p{L}-])/gu,
];

/**
 * The words as neighbours may read them: without numbers that say who somebody is, and without the door they live behind.
 * Again it changes nothing.
 */
export const postedWords = (words: string): string =>
  replaceSeen(withoutPersonal(words, HIDDEN), ...DOORS.map((pattern) => seek(pattern, HIDDEN_DOOR)));
