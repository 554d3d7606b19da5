import { literal } from './literal.ts';
import { hasDigits } from './personal.ts';
import type { Sought } from './seen.ts';
import { inPlainForms, maskName } from './text.ts';

/** What strangers must not read besides numbers that are known for what they are: names, and numbers nobody explains. */

/** A number somebody masked is still too much for strangers. */
const MASKED_NUMBER = /[\dA-Za-z@.-]*\*{3,}[\dA-Za-z@.-]*/gu;
/** Who leaves a long number without a word leaves an account; a day (20261125) and an amount say nothing. */
const LONG_NUMBER = /(?<![\dA-Za-z])(?!20\d\d(?:0[1-9]|1[0-2])[0-3]\d(?!\d))\d{7,}(?!\d|[万元块])/gu;

/** Numbers without a word beside them, and what is left of masked ones. Each number is replaced by `instead`. */
export const looseNumbers = (instead: string): Sought[] => [
  { ...seek(MASKED_NUMBER, instead), as: 'numbers', possible: (seen) => seen.includes('***') },
  { ...seek(LONG_NUMBER, instead), as: 'numbers', possible: hasDigits(7) },
];

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
/** What one says before one's own name, or that of whom to call. */
const GIVEN_AS = '叫做?|名字[是叫]?[:：]?|姓名[是叫]?[:：]?|联系人[是叫为找]?[:：]?|户主[是叫]?[:：]?|我是|本人是?';
/** Where one comes from, and what one is, are no names: 我是金龙社区的. */
const BELONGS =
  '(?!\\p{Script=Han}{0,4}(?:社区|小区|村|街|路|巷|组|栋|楼|单元|网格|期|苑|园|城|家的|县|市|镇|乡)|\\p{Script=Han}?(?:师傅|老师|先生|女士|奶奶|爷爷|婆婆|大爷|大妈|阿姨|叔|伯|嬢|孃|哥|姐|医生|书记|主任|警官))';
/** A given name's second letter is hardly ever one of these, a sentence's next one often. */
const GIVEN = '\\p{Script=Han}(?:(?![的了吗呢住想要在是有来家今年和跟说这那也都不没因前上下电手，])\\p{Script=Han})?';
const NAMED_SELF = new RegExp(`(?<=(?:${GIVEN_AS})\\s?)(?!${NO_NAME})${BELONGS}[${SURNAMES}]${GIVEN}`, 'gu');

/** A name that is given as one: 我叫王桂芳, 联系人李强. Only the surname is left. */
export const namedSelf: Sought = {
  pattern: NAMED_SELF,
  possible: (seen) => /叫|名|联系人|户主|我是|本人/u.test(seen),
  by: maskName,
};

const HONORIFICS = '奶奶|爷爷|婆婆|大爷|大妈|大娘|阿姨|叔叔|伯伯|孃孃|嬢嬢|老师|师傅|先生|女士|老人家|嬢|孃|叔|伯';

/** Somebody who is spoken of by name, whoever that is: 邻居李敏. */
export const spokenOf = (instead: string): Sought => seek(SOMEBODY, instead);

/** These people's names, wherever and in whatever forms they stand. */
export const namesOf = (names: readonly string[], instead: string): Sought[] =>
  longestFirst(names).flatMap((name) => anyPartOf(name, instead));

/** These words, with spaces, dots or flowers between the letters or not; the longest are looked for first. */
export const wordsOf = (words: readonly string[], instead: string): Sought[] =>
  longestFirst(words).map((one) => seekWords(one, instead));

/** Looks for a pattern, and puts a word in its place. */
export const seek = (pattern: Sought['pattern'], instead: string): Sought => ({ pattern, by: () => instead });

function seekWords(words: string, instead: string): Sought {
  const letters = lettersOf(words);
  return {
    ...seek(() => new RegExp(letters.map(literal).join(BETWEEN), 'giu'), instead),
    possible: (seen) => letters.every((letter) => hasCase(letter) || seen.includes(letter)),
  };
}

/** The whole name, then the given name alone, then the surname before 奶奶, 师傅 … */
function anyPartOf(name: string, instead: string): Sought[] {
  const letters = [...inPlainForms(name.trim())];
  const [surname = ''] = letters;
  return [
    seekWords(name, instead),
    ...(letters.length > 2 ? [seekWords(letters.slice(-2).join(''), instead)] : []),
    {
      ...seek(() => new RegExp(`${literal(surname)}(?=${HONORIFICS})`, 'gu'), ''),
      possible: (seen) => seen.includes(surname),
    },
  ];
}

const lettersOf = (words: string) => [...inPlainForms(words).replace(/\s+/gu, '')];
/** It may stand there in its other case. */
const hasCase = (letter: string) => !/^[\p{Script=Han}\d]$/u.test(letter);

const longestFirst = (all: readonly string[]) =>
  [...all].filter((one) => one.trim().length > 1).sort((a, b) => b.length - a.length);

const BETWEEN = '[^\\p{L}\\p{N}，。！？；：、,!?;:]{0,4}';
