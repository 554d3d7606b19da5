import { maskPersonal } from '../../core/personal.ts';
import { replaceSeen } from '../../core/seen.ts';
import { looseNumbers } from '../../core/strangers.ts';
import { normalise } from '../../core/text.ts';
import { segment } from '../understanding/segment.ts';

/** What is sent of a message: enough to tell one matter from another. */
const MOST_LETTERS = 200;

const NUMBER = '〔号码〕';
const NAME = '〔人名〕';
const PLACE = '〔地址〕';

const DIGIT = '[\\p{Nd}零〇一二两三四五六七八九幺壹贰叁肆伍陆柒捌玖]';
/** 138 0000 0000, 一三八…, and whatever else is a number of five and more: a telephone's, an identity card's, a code. */
const LONG_NUMBER = new RegExp(`${DIGIT}(?:[\\s·.,，、_\\-–—]{0,3}${DIGIT}){4,}[XxＸ]?`, 'gu');
/** 贵B·12345, and what else is letters with digits. */
const PLATE =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领警学港澳]\s?[A-Z]\s?[·•.]?\s?[A-Z0-9]{4,6}/giu;
const CODE = /[A-Z0-9][A-Z0-9_.@+-]{4,}/giu;
/** 3栋2单元501, 三号楼, 3-2-501. */
const DOOR =
  /[\p{Nd}A-Za-z一二三四五六七八九十百零〇]{1,5}\s?(?:号?[栋幢座楼]|单元|[室房门]|号院|弄|组|号(?=[^\p{Nd}]|$))/gu;
/** The room after the stairs. */
const ROOM = /(?:〔地址〕\s?)+\p{Nd}{1,4}/gu;
const DASHED = /\p{Nd}{1,4}(?:\s?[-–—#]\s?\p{Nd}{1,4}){1,3}/gu;
const STREET = /[\p{Script=Han}]{1,6}(?:小区|花园|家园|公寓|新村|大道|[路街巷苑弄]|村(?!民|委|里))/gu;

const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤安常洪申滕穆纪舒屈项祝左柳辛管房裴路古兰鲍童冉游喻';
const SURNAME = `(?:欧阳|司马|上官|诸葛|司徒|令狐|尉迟|皇甫|[${SURNAMES}])`;
const TITLE =
  '(?:婆婆|奶奶|爷爷|老太|大爷|大妈|大娘|大伯|大叔|大姐|大哥|阿姨|叔叔|孃孃|嬢嬢|伯伯|老师|师傅|医生|书记|主任|站长|警官|先生|女士|小姐|同志|老板|总|姐|哥|嫂|叔|姨|爷|婶|嬢|孃)';
/** 李婆婆, 老李, 小王, 我叫…, 姓…. */
const TITLED = new RegExp(
  `${SURNAME}\\p{Script=Han}{0,2}?${TITLE}|[老小阿]${SURNAME}(?!\\p{Script=Han}?[姓区院])`,
  'gu',
);
const CALLED =
  /(?<=(?:我|他|她|人|名字|姓名|本人)(?:就?叫|是叫|名叫|名为|[:：]))\p{Script=Han}{2,4}|(?<=姓)\p{Script=Han}/gu;

/** Whole names of the register a text may hold: every run of two to four letters in it. Pure. */
export function namesPossible(text: string): string[] {
  const found = new Set<string>();
  for (const [run] of cut(text).matchAll(/[\p{Script=Han}·]{2,}/gu)) {
    for (let from = 0; from < run.length; from += 1) {
      for (let size = 2; size <= 4 && from + size <= run.length; size += 1) found.add(run.slice(from, from + size));
    }
  }
  return [...found];
}

const cut = (text: string): string => [...normalise(text)].slice(0, MOST_LETTERS).join('');

/**
 * A message as it may leave the house: without numbers of five digits and more, plates, doors and streets, the names given
 * and whatever else looks like a name. Rather too much is left out than too little: a helper only tells two matters apart.
 * Pure.
 * @param names of people the register knows, wherever they stand
 */
export function masked(text: string, names: readonly string[]): string {
  // However a number is drawn, spelt or spaced; what is left of a masked one goes, too.
  let shape = replaceSeen(maskPersonal(cut(text)), ...looseNumbers(NUMBER));
  for (const name of [...names].filter((one) => one !== '').sort((a, b) => b.length - a.length)) {
    shape = shape.replaceAll(name, NAME);
  }
  shape = shape
    .replace(PLATE, NUMBER)
    .replace(CODE, NUMBER)
    .replace(LONG_NUMBER, NUMBER)
    .replace(DOOR, PLACE)
    .replace(DASHED, PLACE)
    .replace(ROOM, PLACE)
    .replace(STREET, PLACE)
    .replace(TITLED, NAME)
    .replace(CALLED, NAME);
  return withoutUnknownNames(shape);
}

/** A surname with one or two letters that make no word: 王|桂|芳. */
function withoutUnknownNames(text: string): string {
  const words = segment(text);
  const told: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const [word = '', next = '', after = ''] = words.slice(at, at + 3);
    if (!IS_SURNAME.test(word) || !IS_LETTER.test(next)) {
      told.push(word);
      continue;
    }
    told.push(NAME);
    at += IS_LETTER.test(after) ? 2 : 1;
  }
  return told.join('');
}

const IS_SURNAME = new RegExp(`^${SURNAME}$`, 'u');
const IS_LETTER = /^\p{Script=Han}$/u;
