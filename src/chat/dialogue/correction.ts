import { NUMERAL, readNumeral } from '../../core/numerals.ts';

/** What somebody says instead of what was understood: 不对，是一床毯子 · 改成想要一个轮椅. Pure, on normalised text. */

/**
 * The pieces a correction opens with, read one after the other: what could be two of them at once (错了) would let a long
 * row of them be read in more ways than there is time for.
 */
const OPENING =
  /(?<no>(?:地[点方址]|位置|楼栋|门牌号?|时间|日子|日期|名字|人名?|数量|数目|号码|电话)?(?:[搞弄说写打听]?错|[搞弄说写打]?不对头?)|不是(?:这个意思|这样子?|这个|这件|它)?|哦不|不(?=[，,\s]+(?:还是|改|换|是|要))|no(?!\.?\s?\d))|(?<wait>等一?[下哈]|等等|慢点)|[\s，,。.！!~;；：:、了啊哦的哈嘛吧]/giuy;
const RATHER =
  /^(?:那?还是|那就|就)?(?:我(?:是)?)?(?:改成|改为|改一下[，,]?(?:成|为)?|换成|换为|更正(?:为|一下)?|应该是|应当是|是说|说的是|讲的是|的意思是|意思是|要的是|想要的是|想说的是|问的是|写的是)/u;
const IS = /^(?:我?(?:其实|本来|就)?是(?:要|说)?(?=\S{2})|我其实|其实)/u;
const SPACE = /^[\s，,：:“”"]+/u;

const OWN_NUMBER = new RegExp(
  `^(?:是|要)?(?:心愿|求助|议题)?第?\\s?(${NUMERAL})\\s?[号个](?:心愿|的|那个|嘛|吧)*[。.!！~ ]*$`,
  'u',
);

const WAIT = /^(?:先|你|稍|请)?(?:等(?:我|等)?(?:一?[下哈会]儿?)?|慢点|莫慌|别急)[\s，,。.!！~了啊哈嘛吧]+\S{2}/u;

/** 不是轮椅，是拐杖 · 不要轮椅了，要拐杖; 是给我妈的 says for whom and corrects nothing else. */
const NOT_BUT =
  /^我?(?:说的|要的|想要的)?(?:不是(?<not>[^，,。]{1,12}?)[，,\s]*(?:而)?是|不要(?<unwanted>[^，,。]{1,12}?)了?[，,\s]+(?:改|我)?要)(?!不是)(?<rest>(?!给|帮|替|为)\S.*)$/su;

/** 是3栋不是5栋, 3栋，不是5栋: the other way round, of what is numbered, dated or plainly said to be so. */
const BUT_NOT =
  /^(?:我?(?:说的|要的|想要的)?(?:应该|其实|就)?是|(?=[\d一二三四五六七八九十今明后大东南西北]))(?<rest>[^，,。是不]{1,12}?)[，,\s]*而?不是(?<not>[^，,。是不]{1,12})$/u;

/** 时间改成下周一上午, 地点改到东门: one thing of it anew. */
const WHEN =
  /^(?:上门|来)?的?(?:时间|日子|日期|地[点方址]|位置|数量|人)(?:要|想|请)?(?:改|换|调|挪|推迟|提前)(?:成|到|为|在)/u;

export interface Correction {
  /** What is meant instead, without the words that say that it is a correction. */
  words: string;
  /** It says that this is meant instead: 是…, 改成…. After a bare no (不对，我问问他) anything may follow. */
  instead: boolean;
  /** What is not meant, where that is said: 不是水龙头，是马桶. */
  not?: string;
}

/** What is meant instead; undefined when the text corrects nothing. */
export function correctionIn(text: string): Correction | undefined {
  const after = afterNo(text);
  const found = after ? { ...after, ...notAndBut(after.words) } : inOneSentence(text);
  return found && /[\p{L}\p{N}]{2}|\p{N}/u.test(found.words) ? { ...found, words: found.words.trim() } : undefined;
}

/** 不对，是…; 等一下，改成…. After a no what follows must be set apart, since 不是我的 is a sentence of its own. */
function afterNo(text: string): Correction | undefined {
  let end = 0;
  let denied = false;
  let apart: number | undefined;
  for (const { index, 0: piece, groups } of text.matchAll(OPENING)) {
    end = index + piece.length;
    if (groups?.no) denied = true;
    else if (denied && !groups?.wait) apart = end;
  }
  const rather = without(RATHER, text.slice(end));
  if (rather) return { words: rather, instead: true };
  if (apart === undefined) return undefined;
  const rest = text.slice(apart);
  const is = without(IS, rest);
  return is ? { words: is, instead: true } : { words: rest.replace(SPACE, ''), instead: false };
}

function without(opening: RegExp, text: string): string | undefined {
  const said = opening.exec(text)?.[0];
  return said === undefined ? undefined : text.slice(said.length).replace(SPACE, '');
}

/** Both what is meant and what is not, where a text says both. */
function notAndBut(text: string): Correction | undefined {
  const { rest, not, unwanted } =
    (NOT_BUT.exec(text) ?? BUT_NOT.exec(text.replace(/[。.!！~\s]+$/u, '')))?.groups ?? {};
  return rest === undefined ? undefined : { words: rest, instead: true, not: (not ?? unwanted ?? '').trim() };
}

function inOneSentence(text: string): Correction | undefined {
  const both = notAndBut(text);
  if (both) return both;
  const when = without(WHEN, text);
  return when ? { words: when, instead: true } : undefined;
}

/** 等一下，我问问他: asks for time, and says neither yes nor no. */
export const asksToWait = (text: string): boolean => WAIT.test(text);

const PAUSES =
  /^(?:先|你|稍|请)?(?:等(?:我|等)?(?:一?[下哈会]儿?)?|慢点|莫慌|别急|我)[\s，,。.!！~了啊哈嘛吧]*(?:我|让我|等我|我们|先|再|要|去|得|回去)*(?:问问?|商量|想想|想一[下哈]|考虑|看看再|接个电话|打个电话)/u;
/** 等一下，我问问我老伴: nothing is wanted yet. */
export const asksForTime = (text: string): boolean => text.length <= 20 && PAUSES.test(text);

/** 3号: the matter a correction names, when it does nothing else. */
export const numberIn = (text: string): number | undefined => readNumeral(OWN_NUMBER.exec(text)?.[1] ?? '');
