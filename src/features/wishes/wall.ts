import { hasDigits, hidePersonal } from '../../core/personal.ts';
import { replaceSeen, type Sought } from '../../core/seen.ts';
import { inPlainForms } from '../../core/text.ts';
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
  `(?:${NUMERAL}\\s?(?:号楼|号院|号房|栋|幢|单元|室|层|楼|户)\\s?)+(?:\\d{1,4}(?:号|室)?(?!\\d))?`,
  'gu',
);
/** 人民路12号 */
const STREET_NUMBER = new RegExp(`[\\p{Script=Han}]{1,6}(?:路|街|巷|弄|道)\\s?${NUMERAL}\\s?号`, 'gu');
/** 3-2-501 */
const DASHED = /\d{1,3}\s?[-－—]\s?\d{1,2}\s?[-－—]\s?\d{2,4}/gu;
/** A number somebody masked is still too much for strangers. */
const MASKED_NUMBER = /[\dA-Za-z@.-]*\*{3,}[\dA-Za-z@.-]*/gu;
/** Who leaves a long number without a word leaves an account; a day (20261125) and an amount say nothing. */
const LONG_NUMBER = /(?<![\dA-Za-z])(?!20\d\d(?:0[1-9]|1[0-2])[0-3]\d(?!\d))\d{7,}(?!\d|[万元块])/gu;
/** 在实验小学三年级二班 */
const SCHOOL = /(?<=[在读上念])[\p{Script=Han}\d]{1,12}?(?:小学|中学|幼儿园|学校)/gu;
const CLASS = /[一二三四五六七八九\d](?:年级)?[（(]?[一二三四五六七八九十\d]{1,2}[)）]?班/gu;

/** The hundred surnames that nine in ten people have. */
const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤';
/** What a name follows when somebody is spoken of. */
const SPOKEN_OF =
  '叫|名字是|姓名是|姓名|老公|老婆|老伴|丈夫|妻子|爱人|儿子|女儿|孙子|孙女|外孙|媳妇|女婿|邻居|妈妈|爸爸|母亲|父亲|婆婆|公公|奶奶|爷爷|同学|朋友|同事';
/** Words that begin like a name and are none. */
const NO_NAME =
  '高考|高中|高兴|高血|高龄|高烧|马上|马路|黄疸|黄瓜|白天|白血|白内|石头|方便|万一|金额|任何|任务|周[一二三四五六日末岁]|何时|何况|于是|向来|向我|许多|许愿|钱[丢没包不也都]|严重|武术|毛病|田里|夏天|叶子|江边|陆续|范围|程度|林子|雷雨|龙头|钟头|汤药|孟加';
const SOMEBODY = new RegExp(`(?<=${SPOKEN_OF})(?!${NO_NAME})[${SURNAMES}]\\p{Script=Han}{1,2}`, 'gu');
const HONORIFICS = '奶奶|爷爷|婆婆|大爷|大妈|大娘|阿姨|叔叔|伯伯|孃孃|嬢嬢|老师|师傅|先生|女士|老人家|嬢|孃|叔|伯';

function withoutSecrets(words: string, { names, addresses }: Secrets): string {
  const clean = replaceSeen(
    words,
    ...longestFirst(addresses).map((address) => seekWords(address, WALL_WORDS.place)),
    ...longestFirst(names).flatMap(anyPartOf),
  );
  return replaceSeen(
    hidePersonal(clean, () => WALL_WORDS.number),
    { ...seek(MASKED_NUMBER, WALL_WORDS.number), as: 'numbers', possible: (seen) => seen.includes('***') },
    { ...seek(LONG_NUMBER, WALL_WORDS.number), as: 'numbers', possible: hasDigits(7) },
    seek(SOMEBODY, WALL_WORDS.someone),
    seek(SCHOOL, WALL_WORDS.school),
    seek(CLASS, ''),
    seek(STREET_NUMBER, WALL_WORDS.place),
    seek(BUILDING, WALL_WORDS.place),
    { ...seek(DASHED, WALL_WORDS.place), possible: hasDigits(4) },
  );
}

const seek = (pattern: Sought['pattern'], instead: string): Sought => ({ pattern, by: () => instead });

/** Words, wherever somebody wrote them, with spaces, dots or flowers between the letters or not. */
function seekWords(words: string, instead: string): Sought {
  const letters = lettersOf(words);
  return {
    ...seek(() => new RegExp(letters.map(escaped).join(BETWEEN), 'giu'), instead),
    possible: (seen) => letters.every((letter) => hasCase(letter) || seen.includes(letter)),
  };
}

/** The whole name, then the given name alone, then the surname before 奶奶, 师傅 … */
function anyPartOf(name: string): Sought[] {
  const letters = [...inPlainForms(name.trim())];
  const [surname = ''] = letters;
  return [
    seekWords(name, WALL_WORDS.someone),
    ...(letters.length > 2 ? [seekWords(letters.slice(-2).join(''), WALL_WORDS.someone)] : []),
    {
      ...seek(() => new RegExp(`${escaped(surname)}(?=${HONORIFICS})`, 'gu'), ''),
      possible: (seen) => seen.includes(surname),
    },
  ];
}

const lettersOf = (words: string) => [...inPlainForms(words).replace(/\s+/gu, '')];
/** It may stand there in its other case. */
const hasCase = (letter: string) => !/^[\p{Script=Han}\d]$/u.test(letter);

const longestFirst = (all: readonly string[]) =>
  [...all].filter((one) => one.trim().length > 1).sort((a, b) => b.length - a.length);

const escaped = (letters: string) => letters.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&');

const BETWEEN = '[^\\p{L}\\p{N}，。！？；：、,!?;:]{0,4}';
