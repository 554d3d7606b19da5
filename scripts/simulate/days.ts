/** The simulated year's days as numbers, reckoned here once more and plainly, so that a mistake of the house is not repeated. */
import { officialYears } from '../../src/core/time.ts';

const DAY_MS = 86_400_000;
/** Days before the first one that are known too: what was due by then may still be late. */
const BEFORE = 120;
const AFTER = 130;

/** Day 0 is 1 January of the year. */
export interface Days {
  count: number;
  /** `2026-03-09` */
  name(day: number): string;
  /** 0 is Monday. */
  weekday(day: number): number;
  isWorked(day: number): boolean;
  /** How many days were worked from long before up to and including this one. */
  workedUpTo(day: number): number;
  /** The nearest worked day before (`step` -1) or after (1). */
  nextWorked(day: number, step: 1 | -1): number;
  /** `2026-W40` */
  week(day: number): string;
}

export function daysOf(year: number, count: number): Days {
  const first = Date.UTC(year, 0, 1);
  const names: string[] = [];
  const worked: boolean[] = [];
  const sums: number[] = [];
  const official = officialYears();
  for (let day = -BEFORE; day < count + AFTER; day += 1) {
    const at = new Date(first + day * DAY_MS);
    const name = at.toISOString().slice(0, 10);
    const known = official.get(at.getUTCFullYear());
    const weekend = at.getUTCDay() === 0 || at.getUTCDay() === 6;
    const works = known?.workdays[name] !== undefined || (!weekend && known?.holidays[name] === undefined);
    names.push(name);
    worked.push(works);
    sums.push((sums.at(-1) ?? 0) + (works ? 1 : 0));
  }
  const at = <T>(all: readonly T[], day: number): T => {
    const found = all[day + BEFORE];
    if (found === undefined) throw new RangeError(`day ${day} is not reckoned with`);
    return found;
  };
  const weekday = (day: number) => (new Date(first + day * DAY_MS).getUTCDay() + 6) % 7;
  const isWorked = (day: number) => at(worked, day);
  return {
    count,
    name: (day) => at(names, day),
    weekday,
    isWorked,
    workedUpTo: (day) => at(sums, day),
    nextWorked(day, step) {
      let next = day + step;
      while (!isWorked(next)) next += step;
      return next;
    },
    week(day) {
      const thursday = new Date(first + (day - weekday(day) + 3) * DAY_MS);
      const nth = Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / (7 * DAY_MS)) + 1;
      return `${thursday.getUTCFullYear()}-W${String(nth).padStart(2, '0')}`;
    },
  };
}
