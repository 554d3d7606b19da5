import { DAY, type Day, mondayOf } from './time.ts';

/** A Monday to count weeks from; which one does not matter. */
const EPOCH: Day = '2024-01-01';

/**
 * One of several ways to say the same, by week: never the same in two weeks that follow each other (given two ways or
 * more), and always the same for one week, however often a message is put together. Pure.
 * @param week the ISO week the message belongs to, `2026-W40`
 * @throws Error when there is no such week or nothing to choose from
 */
export function byWeek<T>(ways: readonly [T, ...T[]], week: string): T {
  const monday = mondayOf(week);
  if (monday === undefined) throw new Error(`There is no week ${week}`);
  const weeks = Math.round((Date.parse(monday) - Date.parse(EPOCH)) / (7 * DAY));
  return ways.at(weeks % ways.length) ?? ways[0];
}
