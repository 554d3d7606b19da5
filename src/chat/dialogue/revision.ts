import { NUMERAL } from '../../core/numerals.ts';
import { findDates } from '../understanding/dates.ts';

/** A part of what was read back said anew: 不对，是后天 · 不是水龙头，是马桶. The rest stays. Pure, on normalised text. */

const PART_OF_DAY = '(?:凌晨|清早|早上|早晨|上午|中午|下午|傍晚|晚上|夜里)';
const CLOCK = `(?:${NUMERAL}\\s?(?:点半?钟?(?:${NUMERAL}分?|一刻)?|[:：]\\d{2}))`;
const TIME = new RegExp(`${PART_OF_DAY}\\s?${CLOCK}?|${CLOCK}`, 'u');
const AROUND = /^(?:就|在|是|要|的|来|那天|[\s，,。.!！~了吧嘛哈啊哦])*$/u;
const COUNTED = /[一二两三四五六七八九十\d]+[个床把张台口双件套副根本袋箱桶盏只条辆部]$/u;
const COUNTS = /^[一二两三四五六七八九十\d]+[个床把张台口双件套副根本袋箱桶盏只条辆部]/u;

interface Span {
  start: number;
  end: number;
}

/**
 * The whole with `words` in the place of the part they correct: of `not`, when it is said what is not meant, or of the day
 * and the time of day, when they are nothing else. Undefined when they correct no part of it.
 */
export function revised(whole: string, words: string, not: string | undefined, now: Date): string | undefined {
  const said = words.replace(/[\s，,。.!！~]+$/u, '');
  if (not !== undefined && whole.includes(not)) return exchanged(whole, said, not);
  const placed = otherPlace(whole, said) ?? otherCount(whole, said);
  if (placed !== undefined) return placed;
  const day = dayIn(said, now);
  const time = timeIn(said);
  if (!day && !time) return mistyped(whole, said);
  if (!AROUND.test(without(without(said, time), day))) return undefined;
  const wholeDay = dayIn(whole, now);
  const wholeTime = timeIn(whole);
  // 后天 leaves the hour as it was; 上午10点 leaves the day.
  const [from, to] = [...(day ? [wholeDay] : []), ...(time ? [wholeTime] : [])].filter((one) => one !== undefined);
  const plain = said.replace(/^(?:就|在|是|要)+/u, '');
  if (!from) return day && wholeTime ? at(whole, { ...wholeTime, end: wholeTime.start }, plain) : `${whole}，${plain}`;
  if (!to) return at(whole, from, plain);
  const later = at(whole, { start: Math.max(from.start, to.start), end: Math.max(from.end, to.end) }, '');
  return at(later, { start: Math.min(from.start, to.start), end: Math.min(from.end, to.end) }, plain);
}

const PLACE = `(${NUMERAL})\\s?(栋|幢|号楼|单元|楼|层)`;
const ONLY_PLACE = new RegExp(`^(?:在|是|就是)?${PLACE}(?:的)?$`, 'u');

/** 8栋, of 7栋装电梯: the only place of that kind that was named, by its other number. */
function otherPlace(whole: string, words: string): string | undefined {
  const [, , kind] = ONLY_PLACE.exec(words) ?? [];
  if (kind === undefined) return undefined;
  const named = [...whole.matchAll(new RegExp(PLACE, 'gu'))].filter(([, , other]) => other === kind);
  const [only, ...others] = named;
  if (!only || others.length > 0) return undefined;
  return at(whole, { start: only.index, end: only.index + only[0].length }, words.replace(/^(?:在|就?是)|的$/gu, ''));
}

const COUNT = `(${NUMERAL})\\s?(户|家|次|位|人|个|床|双|副|张|把|台|斤|袋|桶|只|套|块|盏|本|条|箱|瓶)`;
const ONLY_COUNT = new RegExp(`^(?:是|要|就是|只有|一共)?${COUNT}(?:的)?$`, 'u');

/** 4户, of 今天走访了3户，都正常: the only count of that kind, by another. */
function otherCount(whole: string, words: string): string | undefined {
  const [, number, kind] = ONLY_COUNT.exec(words) ?? [];
  if (kind === undefined) return undefined;
  const counted = [...whole.matchAll(new RegExp(COUNT, 'gu'))].filter(([, , other]) => other === kind);
  const [only, ...others] = counted;
  if (!only || others.length > 0) return undefined;
  return at(whole, { start: only.index, end: only.index + only[0].length }, `${number}${kind}`);
}

const SHORT = { least: 2, most: 6 };

/** 轮椅, of 想要一个轮已: the one place that differs from it by a letter or two. */
function mistyped(whole: string, words: string): string | undefined {
  const meant = [...words];
  if (meant.length < SHORT.least || meant.length > SHORT.most || /[^\p{Script=Han}]/u.test(words)) return undefined;
  const letters = [...whole];
  const alike = (start: number) => meant.filter((letter, n) => letters[start + n] === letter).length;
  const starts = letters.map((_, start) => start).filter((start) => start + meant.length <= letters.length);
  const near = starts.filter((start) => alike(start) * 2 >= meant.length && alike(start) < meant.length);
  const [only, ...others] = near;
  if (only === undefined || others.length > 0 || whole.includes(words)) return undefined;
  return [...letters.slice(0, only), ...meant, ...letters.slice(only + meant.length)].join('');
}

/** 不是锅，是一床毯子, of 一个锅: how many were counted goes with what was. */
function exchanged(whole: string, words: string, not: string): string {
  const start = whole.indexOf(not);
  const before = whole.slice(0, start);
  return `${COUNTS.test(words) ? before.replace(COUNTED, '') : before}${words}${whole.slice(start + not.length)}`;
}

/** Where the only day stands, without the hour said with it. */
function dayIn(text: string, now: Date): Span | undefined {
  const [only, ...others] = findDates(text, now);
  if (!only || others.length > 0) return undefined;
  const hour = TIME.exec(text.slice(only.start, only.end));
  return { start: only.start, end: hour && hour.index > 0 ? only.start + hour.index : only.end };
}

function timeIn(text: string): Span | undefined {
  const found = TIME.exec(text);
  return found ? { start: found.index, end: found.index + found[0].length } : undefined;
}

const at = (text: string, { start, end }: Span, words: string): string =>
  `${text.slice(0, start)}${words}${text.slice(end)}`;

/** Blanks a span, so that other spans stay where they are. */
const without = (text: string, span: Span | undefined): string =>
  span ? at(text, span, ' '.repeat(span.end - span.start)) : text;
