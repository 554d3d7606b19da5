/** The simulated days as numbers, reckoned here once more and plainly, so that a mistake of the house is not repeated. */
import { officialYears } from '../../src/core/time.ts';

export const DAY_MS = 86_400_000;
/** Days before the first and after the last that are known too: what was due by then may still be late. */
const AROUND = 400;
const AHEAD_OF_UTC_MS = 8 * 3_600_000;

/** `2026-03-09T08:30` by the clocks of Shanghai, which are never changed. */
export const shanghai = (at: Date): string => new Date(at.getTime() + AHEAD_OF_UTC_MS).toISOString().slice(0, 16);

/** The moment of a time of day in Shanghai. @param day `2026-03-09` @param clock `08:30` */
export const momentOf = (day: string, clock: string): Date => new Date(`${day}T${clock}:00+08:00`);

export interface Days {
  count: number;
  /** `2026-03-09`; of any day, however far. */
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
  /** `2026-Q4` */
  quarter(day: number): string;
  /** The year of a day, if nobody has published its days of rest. */
  unknownYear(day: number): number | undefined;
}

/** @param first name of day 0 */
export function daysOf(first: string, count: number): Days {
  const start = Date.parse(first);
  const official = officialYears();
  const dateOf = (day: number) => new Date(start + day * DAY_MS);
  const weekday = (day: number) => (dateOf(day).getUTCDay() + 6) % 7;
  const names: string[] = [];
  const sums: number[] = [];
  for (let day = -AROUND; day < count + AROUND; day += 1) {
    const name = dateOf(day).toISOString().slice(0, 10);
    const known = official.get(Number(name.slice(0, 4)));
    const works = known?.workdays[name] !== undefined || (weekday(day) < 5 && known?.holidays[name] === undefined);
    names.push(name);
    sums.push((sums.at(-1) ?? 0) + (works ? 1 : 0));
  }
  const at = <T>(all: readonly T[], day: number): T => {
    const found = all[day + AROUND];
    if (found === undefined) throw new RangeError(`day ${day} is not reckoned with`);
    return found;
  };
  const workedUpTo = (day: number) => at(sums, day);
  const isWorked = (day: number) => workedUpTo(day) > workedUpTo(day - 1);
  return {
    count,
    name: (day) => names[day + AROUND] ?? dateOf(day).toISOString().slice(0, 10),
    weekday,
    isWorked,
    workedUpTo,
    nextWorked(day, step) {
      let next = day + step;
      while (!isWorked(next)) next += step;
      return next;
    },
    week(day) {
      const thursday = dateOf(day - weekday(day) + 3);
      const year = thursday.getUTCFullYear();
      const nth = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1;
      return `${year}-W${String(nth).padStart(2, '0')}`;
    },
    quarter(day) {
      const name = at(names, day);
      return `${name.slice(0, 4)}-Q${Math.ceil(Number(name.slice(5, 7)) / 3)}`;
    },
    unknownYear(day) {
      const year = dateOf(day).getUTCFullYear();
      return official.has(year) ? undefined : year;
    },
  };
}
