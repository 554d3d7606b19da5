import { addDays, atCivil, type Day, quarterKey, weekdayOf, weekKey } from '../../core/time.ts';
import type { Period } from './pack.ts';

/** One week, month or quarter, with its key (`2026-W40`, `2026-10`, `2026-Q4`), its first and its last Shanghai day. */
export interface Span {
  key: string;
  from: Day;
  to: Day;
}

/** The period of a day. Pure. */
export function periodOf(per: Period, day: Day): Span {
  if (per === 'week') {
    const from = addDays(day, 1 - weekdayOf(day));
    return { key: weekKey(atCivil(day)), from, to: addDays(from, 6) };
  }
  const year = day.slice(0, 4);
  const month = Number(day.slice(5, 7));
  const first = per === 'month' ? month : month - ((month - 1) % 3);
  const key = per === 'month' ? day.slice(0, 7) : quarterKey(atCivil(day));
  const after = first + (per === 'month' ? 1 : 3);
  const next = after > 12 ? `${Number(year) + 1}-01-01` : firstOf(year, after);
  return { key, from: firstOf(year, first), to: addDays(next, -1) };
}

const firstOf = (year: string, month: number): Day => `${year}-${String(month).padStart(2, '0')}-01`;

/** Every period that touches the days from `from` to `to`, in their order. Pure. */
export function periodsBetween(per: Period, { from, to }: { from: Day; to: Day }): Span[] {
  const found: Span[] = [];
  for (let day = from; day <= to; day = addDays((found.at(-1) as Span).to, 1)) found.push(periodOf(per, day));
  return found;
}
