import { hasDigits, withoutPersonal } from '../../core/personal.ts';
import { replaceSeen } from '../../core/seen.ts';
import { looseNumbers, namesOf, seek, spokenOf, wordsOf } from '../../core/strangers.ts';
import { WALL_WORDS } from './messages.ts';
import { WISH_CATEGORIES, type WishCategory } from './model.ts';

/** What must not be readable on the wall. */
export interface Secrets {
  names: readonly string[];
  addresses: readonly string[];
}

interface Wording {
  title: string;
  text: string;
  category: WishCategory;
  under14: boolean;
}

/**
 * A wish as strangers may read it: no name, phone, exact address, and of a child under 14 nothing but the kind of help.
 * What is known to be personal is removed wherever it stands; what merely looks like it (a house number, somebody's name
 * after 我老公, a school) is removed too. The secretary sees what is left before it is published.
 */
export function wallText(
  { title, text, category, under14 }: Wording,
  secrets: Secrets,
): { title: string; text: string } {
  if (under14) return { title: `${WALL_WORDS.child}：${WISH_CATEGORIES[category]}`, text: WALL_WORDS.childText };
  const clean = (words: string) => withoutSecrets(words, secrets);
  return { title: clean(title) || WISH_CATEGORIES[category], text: clean(text) };
}

const NUMERAL = '[\\dA-Za-z一二三四五六七八九十百零〇]{1,5}';
/** 3栋2单元501, 五号楼三楼, 12号院 … */
const BUILDING = new RegExp(
  `(?:${NUMERAL}\\s?(?:号楼|号院|号房|栋|幢|座|#楼?|单元|室|层|楼|户)\\s?)+(?:[\\s-]?(?:\\d{1,2}-)?(?:\\d{1,4}(?!\\d|\\s?[元块个斤])|[零〇一二三四五六七八九幺]{3,4})(?:号|室)?)?`,
  'gu',
);
/** 人民路12号 */
const STREET_NUMBER = new RegExp(`[\\p{Script=Han}]{1,6}(?:路|街|巷|弄|道)\\s?${NUMERAL}\\s?号`, 'gu');
/** 3-2-501 */
const DASHED = /\d{1,3}\s?[-－—]\s?\d{1,2}\s?[-－—]\s?\d{2,4}/gu;
/** 上海城3-501 */
const ROOM = /(?<=\p{Script=Han}\s?)\d{1,3}-\d{3,4}(?![\d元块个斤瓦-])/gu;
/** 在实验小学三年级二班 */
const SCHOOL = /(?<=[在读上念])[\p{Script=Han}\d]{1,12}?(?:小学|中学|幼儿园|学校)/gu;
const CLASS = /[一二三四五六七八九\d](?:年级)?[（(]?[一二三四五六七八九十\d]{1,2}[)）]?班/gu;

function withoutSecrets(words: string, { names, addresses }: Secrets): string {
  const clean = replaceSeen(words, ...wordsOf(addresses, WALL_WORDS.place), ...namesOf(names, WALL_WORDS.someone));
  return replaceSeen(
    withoutPersonal(clean, WALL_WORDS.number),
    ...looseNumbers(WALL_WORDS.number),
    spokenOf(WALL_WORDS.someone),
    seek(SCHOOL, WALL_WORDS.school),
    seek(CLASS, ''),
    seek(STREET_NUMBER, WALL_WORDS.place),
    seek(BUILDING, WALL_WORDS.place),
    { ...seek(DASHED, WALL_WORDS.place), possible: hasDigits(4) },
    { ...seek(ROOM, WALL_WORDS.place), possible: hasDigits(4) },
  );
}
