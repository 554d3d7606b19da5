/** By which day something is due. */
import { addDays, atCivil, type Calendar, type Day, endOfDay, workdayAfter, workdayBefore } from '../../core/time.ts';
import type { Item } from './pack.ts';

/** What days are reckoned with. */
interface Reckoned {
  calendar: Calendar;
}

/** A day that is worked, as late as possible but not after `target`; the first one after it where none lies since `base`. */
export function onWorkday({ calendar }: Reckoned, base: Day, target: Day, { restDays }: Item): Day {
  if (restDays || calendar.isWorkday(target)) return target;
  const before = workdayBefore(calendar, target, 1);
  return before > base ? before : workdayAfter(calendar, atCivil(target), 1);
}

/** By when somebody seen on a day is to be seen again, reckoned once for each day: a street has thousands and few days. */
export function nextDays(facts: Reckoned): (base: Day, days: number, item: Item) => Day {
  const known = new Map<number, Map<Day, Day>>();
  return (base, days, item) => {
    const rule = item.restDays ? -days : days;
    const found = known.get(rule) ?? new Map<Day, Day>();
    known.set(rule, found);
    let by = found.get(base);
    if (by === undefined) {
      by = onWorkday(facts, base, addDays(base, days), item);
      found.set(base, by);
    }
    return by;
  };
}

/** The last day of a period that counts; a week without a workday has none. */
export function lastDay(
  { calendar }: Reckoned,
  { from, to }: { from: Day; to: Day },
  { restDays }: Item,
): Day | undefined {
  if (restDays || calendar.isWorkday(to)) return to;
  const before = workdayBefore(calendar, to, 1);
  return before >= from ? before : undefined;
}

/** How often of a period's times somebody owes who began in the midst of it: as its workdays that are left. Pure. */
export function timesOf(
  { calendar }: Reckoned,
  times: number,
  { from, to }: { from: Day; to: Day },
  { since = from }: { since?: Day },
): number {
  if (since <= from) return times;
  let all = 0;
  let left = 0;
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (!calendar.isWorkday(day)) continue;
    all += 1;
    if (day >= since) left += 1;
  }
  return all === 0 ? 0 : Math.floor((times * left) / all);
}

/** The last moment of each day, reckoned once. */
const ends = new Map<Day, Date>();
const MOST_ENDS = 1_000;

export function endOf(day: Day): Date {
  if (ends.size > MOST_ENDS) ends.clear();
  const end = ends.get(day) ?? endOfDay(day);
  ends.set(day, end);
  return end;
}
