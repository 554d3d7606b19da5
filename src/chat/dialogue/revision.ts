import { NUMERAL } from '../../core/numerals.ts';
import { findDates } from '../understanding/dates.ts';
import { isCancel, isConfirm } from './replies.ts';
import { countedAnew, isPlace, namedAnew, placedAnew, putAt, type Span } from './said-parts.ts';

/** A part of what was read back said anew: 不对，是后天 · 不是水龙头，是马桶. The rest stays. Pure, on normalised text. */

const PART_OF_DAY = '(?:凌晨|清早|早上|早晨|上午|中午|下午|傍晚|晚上|夜里)';
const CLOCK = `(?:${NUMERAL}\\s?(?:点半?钟?(?:${NUMERAL}分?|一刻)?|[:：]\\d{2}))`;
const TIME = new RegExp(`${PART_OF_DAY}\\s?${CLOCK}?|${CLOCK}`, 'u');
const HALF = new RegExp(PART_OF_DAY, 'u');
const HOUR = new RegExp(CLOCK, 'u');
const AROUND = /^(?:就|在|是|要|的|来|那天|[\s，,。.!！~了吧嘛哈啊哦])*$/u;
const COUNTED = /[一二两三四五六七八九十\d]+[个床把张台口双件套副根本袋箱桶盏只条辆部]$/u;
const COUNTS = /^[一二两三四五六七八九十\d]+[个床把张台口双件套副根本袋箱桶盏只条辆部]/u;

/**
 * The whole with `words` in the place of the part they correct: of `not`, when it is said what is not meant, or of the
 * place, the person, the number, the day and the time of day, when they are nothing else: 5栋后面，明天下午. Undefined when
 * they correct no part of it.
 */
export function revised(whole: string, words: string, not: string | undefined, now: Date): string | undefined {
  const said = words.replace(/[\s，,。.!！~]+$/u, '');
  if (not !== undefined && whole.includes(not)) {
    // 不是5栋，是3栋后面, of 5栋后面: the place is said anew, and not the half of it twice.
    const placed = isPlace(not) ? placedAnew(whole, said, false) : undefined;
    return placed !== undefined && !placed.includes(not) ? placed : exchanged(whole, said, not);
  }
  const one = revisedBy(whole, said, now);
  const several = said.split(/[，,、；;]/u);
  if (one !== undefined || several.length < 2) return one;
  return several.reduce<string | undefined>(
    (before, part) => (before === undefined ? undefined : revisedBy(before, part.trim(), now)),
    whole,
  );
}

const IS = /^(?:就|应该)?是/u;

/**
 * The whole with a place, or with what is said to be so (是5点), in the stead of its own; undefined when it has no such
 * part. Nothing was said to be wrong, so no letters are taken for a slip: 是的 is a yes.
 */
export function saidAnew(whole: string, words: string, now: Date): string | undefined {
  const said = words.replace(/[\s，,。.!！~了吧嘛哈啊]+$/u, '');
  const anew = placedAnew(whole, said, false) ?? (IS.test(said) ? partAnew(whole, said, now) : undefined);
  return anew?.startsWith(whole) ? undefined : anew;
}

const revisedBy = (whole: string, said: string, now: Date): string | undefined =>
  partAnew(whole, said, now) ?? mistyped(whole, said, now);

/** The whole with the place, the person, the number, the day or the time of day that is said in the stead of its own. */
function partAnew(whole: string, said: string, now: Date): string | undefined {
  const placed = placedAnew(whole, said) ?? countedAnew(whole, said) ?? namedAnew(whole, said);
  if (placed !== undefined) return placed;
  const day = dayIn(said, now);
  const time = timeIn(said);
  if (!day && !time) return undefined;
  if (!AROUND.test(without(without(said, time), day))) return undefined;
  const wholeDay = dayIn(whole, now);
  // 5点, of 下午3点: it is still the afternoon.
  const wholeTime = timeIn(whole, time && !HALF.test(said) ? HOUR : TIME);
  // 后天 leaves the hour as it was; 上午10点 leaves the day.
  const [from, to] = [...(day ? [wholeDay] : []), ...(time ? [wholeTime] : [])].filter((one) => one !== undefined);
  const plain = said.replace(/^(?:就|在|是|要)+/u, '');
  if (!from)
    return day && wholeTime ? putAt(whole, { ...wholeTime, end: wholeTime.start }, plain) : `${whole}，${plain}`;
  if (!to) return putAt(whole, from, plain);
  const later = putAt(whole, { start: Math.max(from.start, to.start), end: Math.max(from.end, to.end) }, '');
  return putAt(later, { start: Math.min(from.start, to.start), end: Math.min(from.end, to.end) }, plain);
}

const SHORT = { least: 2, most: 6 };
/** Of more letters than this two may be wrong. */
const SLIPS_IN = 4;

/** 轮椅, of 想要一个轮已: the one place that differs from it by a letter or two. */
function mistyped(whole: string, words: string, now: Date): string | undefined {
  if (dayIn(words, now) || timeIn(words) || isConfirm(words) || isCancel(words)) return undefined;
  const meant = [...words];
  if (meant.length < SHORT.least || meant.length > SHORT.most || /[^\p{Script=Han}]/u.test(words)) return undefined;
  const letters = [...whole];
  const alike = (start: number) => meant.filter((letter, n) => letters[start + n] === letter).length;
  const starts = letters.map((_, start) => start).filter((start) => start + meant.length <= letters.length);
  const slips = meant.length > SLIPS_IN ? 2 : 1;
  const near = starts.filter((start) => alike(start) < meant.length && alike(start) >= meant.length - slips);
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

function timeIn(text: string, pattern = TIME): Span | undefined {
  const found = pattern.exec(text) ?? TIME.exec(text);
  return found ? { start: found.index, end: found.index + found[0].length } : undefined;
}

/** Blanks a span, so that other spans stay where they are. */
const without = (text: string, span: Span | undefined): string =>
  span ? putAt(text, span, ' '.repeat(span.end - span.start)) : text;
