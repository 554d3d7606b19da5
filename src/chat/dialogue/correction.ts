import { NUMERAL, readNumeral } from '../../core/numerals.ts';

/** What somebody says instead of what was understood: 不对，是一床毯子 · 改成想要一个轮椅. Pure, on normalised text. */

const NO =
  '(?:不对头?|不是(?:的|这个|这件|这样子?|这个意思|它)?|错了?|搞错了?|弄错了?|说错了?|写错了?|打错了?|听错了?|哦不|等一?[下哈]|等等|慢点|no)';
const MARK = '[\\s，,。.！!~;；：:、了啊哦的哈嘛吧]';
const RATHER =
  '(?:我(?:是)?)?(?:改成|改为|改一下[，,]?(?:成|为)?|换成|换为|更正(?:为|一下)?|应该是|应当是|是说|说的是|讲的是|的意思是|意思是|要的是|想要的是|写的是)';
const IS = '(?:我?(?:其实|本来|就)?是(?:要|说)?(?=\\S{2})|我其实|其实)';
const SPACE = '[\\s，,：:“”"]*';

/** 不对，…: what follows the no must be set apart, since 不是我的 is a sentence of its own. */
const AFTER_NO = new RegExp(`^(?:${NO}${MARK}*)*${NO}(?:${MARK})+(?:${RATHER}|${IS})?${SPACE}(?<rest>\\S.*)$`, 'isu');
const AFTER_NO_AT_ONCE = new RegExp(`^(?:${NO}${MARK}*)*(?:${RATHER})${SPACE}(?<rest>\\S.*)$`, 'isu');
const OWN_NUMBER = new RegExp(
  `^(?:是|要)?(?:心愿|求助|议题)?第?\\s?(${NUMERAL})\\s?[号个](?:心愿|的|那个|嘛|吧)*[。.!！~ ]*$`,
  'u',
);

/** 不是轮椅，是拐杖 · 不要轮椅了，要拐杖; 是给我妈的 says for whom and corrects nothing else. */
const NOT_BUT =
  /^我?(?:说的|要的|想要的)?(?:不是[^，,。]{1,12}?[，,\s]*(?:而)?是|不要[^，,。]{1,12}?了?[，,\s]+(?:改|我)?要)(?!不是)(?<rest>(?!给|帮|替|为)\S.*)$/su;

/** What is meant instead, without the words that say that it is a correction; undefined when the text is none. */
export function correctionIn(text: string): string | undefined {
  const rest = (AFTER_NO_AT_ONCE.exec(text) ?? AFTER_NO.exec(text) ?? NOT_BUT.exec(text))?.groups?.rest;
  return rest === undefined || !/[\p{L}\p{N}]{2}|\p{N}/u.test(rest) ? undefined : rest.trim();
}

/** 3号: the matter a correction names, when it does nothing else. */
export const numberIn = (text: string): number | undefined => readNumeral(OWN_NUMBER.exec(text)?.[1] ?? '');
