import { NUMERAL, readNumeral } from '../../core/numerals.ts';
import { type Day, dayOf } from '../../core/time.ts';
import { findDates } from './dates.ts';

/** A day somebody named that nothing can be put off to. */
export interface DateSlip {
  /** As it was written. */
  said: string;
  /** There is no such day, it is over, or it is another day of the week than was said. */
  why: 'no_such_day' | 'past' | 'weekday';
  /** The day itself, where there is one. */
  day?: Day;
}

const WRITTEN = new RegExp(
  `(?:(20\\d\\d|今年|明年|后年)\\s?[年./-]?\\s?)?(?<![\\d.])(${NUMERAL})[月./-](${NUMERAL})[日号]?(?![\\d.个天块元点])`,
  'gu',
);

const TOWARDS = /(?:到|至|成|为|等|推|延|拖|改)\s?$/u;

/**
 * 2月30日, a day that is over, or 星期三（5月15日） when that is a Friday: what to tell somebody who asked for it. Only when no day to come is named beside it.
 * `asked`: a day was asked for, so that any that is named is meant.
 */
export function dateSlipIn(text: string, now: Date, asked: boolean): DateSlip | undefined {
  const today = dayOf(now);
  const dates = findDates(text, now);
  const twoDays = dates.find(({ contradiction }) => contradiction);
  if (twoDays) return { said: text.slice(twoDays.start, twoDays.end), why: 'weekday', day: twoDays.day };
  if (dates.some(({ day }) => day > today)) return undefined;
  for (const match of text.matchAll(WRITTEN)) {
    const [said, year, monthText = '', dayText = ''] = match;
    const month = readNumeral(monthText);
    const day = readNumeral(dayText);
    if (month === undefined || day === undefined || !/[月日号]|20\d\d/u.test(said)) continue;
    if (month < 1 || month > 12 || day < 1 || day > longest(month, yearOf(year, today)))
      return { said: said.trim(), why: 'no_such_day' };
  }
  const over = dates.find(({ day, start }) => day < today && (asked || TOWARDS.test(text.slice(0, start))));
  return over && { said: text.slice(over.start, over.end), why: 'past' };
}

function yearOf(text: string | undefined, today: string): number | undefined {
  const year = Number(today.slice(0, 4));
  if (text === undefined) return undefined;
  if (text === '今年') return year;
  if (text === '明年') return year + 1;
  return text === '后年' ? year + 2 : Number(text);
}

/** Days of a month; without a year 29 February may be meant. */
const longest = (month: number, year = 2024): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
