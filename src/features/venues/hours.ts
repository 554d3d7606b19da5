import { addDays, atCivil, civil, type Day, dayOf, HOUR, MINUTE, weekdayOf } from '../../core/time.ts';

/** Hours of a civil day in Shanghai, reckoned in whole minutes since its midnight. Everything here is pure. */

/** From and up to (not including) a minute of one day, 0 to 1,440; never over midnight. */
export interface Hours {
  from: number;
  to: number;
}

/** Hours of every week's day, 1 (Monday) to 7 (Sunday). */
export interface Opening extends Hours {
  weekday: number;
}

/** How far ahead anything may be booked. */
export const MOST_DAYS_AHEAD = 90;
/** Nothing can be talked over in less. */
export const LEAST_MINUTES = 15;

const MINUTES_AN_HOUR = HOUR / MINUTE;

/** `09:30` as minutes since midnight; `24:00` is the end of the day. */
export function minuteOf(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return hour * MINUTES_AN_HOUR + minute;
}

export function clockOf(minute: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minute / MINUTES_AN_HOUR))}:${two(minute % MINUTES_AN_HOUR)}`;
}

/** The moment a day comes to a minute. */
export const momentOf = (day: Day, minute: number): Date =>
  atCivil(day, Math.floor(minute / MINUTES_AN_HOUR), minute % MINUTES_AN_HOUR);

export const overlap = (one: Hours, other: Hours): boolean => one.from < other.to && other.from < one.to;
export const holds = (outer: Hours, inner: Hours): boolean => outer.from <= inner.from && inner.to <= outer.to;

/** The same hours in their order, those that touch or overlap as one. */
export function joined(hours: readonly Hours[]): Hours[] {
  const whole: Hours[] = [];
  for (const { from, to } of [...hours].sort((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else whole.push({ from, to });
  }
  return whole;
}

/** What is left of the open hours beside those that are taken. */
export function freeOf(open: readonly Hours[], taken: readonly Hours[]): Hours[] {
  const free: Hours[] = [];
  const busy = joined(taken);
  for (const { from, to } of joined(open)) {
    let at = from;
    for (const one of busy) {
      if (one.to <= at || one.from >= to) continue;
      if (one.from > at) free.push({ from: at, to: one.from });
      at = one.to;
    }
    if (at < to) free.push({ from: at, to });
  }
  return free;
}

/** When a venue is open on a day. */
export function openOn(
  { active, opening, closedDays }: { active: boolean; opening: readonly Opening[]; closedDays: readonly Day[] },
  day: Day,
): Hours[] {
  if (!active || closedDays.includes(day)) return [];
  const weekday = weekdayOf(day);
  return joined(opening.filter((one) => one.weekday === weekday));
}

/** What of these hours may still be booked: they have not begun, are not too far ahead, and are no shorter than anything that is booked. */
export function stillToCome(hours: readonly Hours[], day: Day, now: Date): Hours[] {
  const today = dayOf(now);
  if (day < today || day > addDays(today, MOST_DAYS_AHEAD)) return [];
  const { hour, minute } = civil(now);
  const earliest = day === today ? hour * MINUTES_AN_HOUR + minute + 1 : 0;
  return hours
    .map(({ from, to }) => ({ from: Math.max(from, earliest), to }))
    .filter(({ from, to }) => to - from >= LEAST_MINUTES);
}
