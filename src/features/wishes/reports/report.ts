import { may } from '../../../core/ability.ts';
import { rawCollection } from '../../../core/aggregate.ts';
import type { Caller } from '../../../core/caller.ts';
import { forbidden } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { type CountedColumn, FEWEST, suppress } from '../../../core/suppress.ts';
import { addDays, atCivil, type Day, dayOf, weekdayOf } from '../../../core/time.ts';
import { childrenOf, findArea, lineage } from '../../areas/index.ts';
import type { WishDoc } from '../model.ts';
import { mayRead } from '../views.ts';
import { REPORT_WORDS } from './messages.ts';
import { MEASURES, type Measure, NOTHING, type Sums, sumsByDay, sumsByPart } from './sums.ts';

/** `null`: a number so small that it is not told. */
export type Numbers = Record<Measure, number | null> & {
  /** Of those closed, how many in a hundred were in time; `null` when too few were closed to say. */
  onTimePercent: number | null;
  /** Of 1 to 5, one decimal; `null` when too few were rated to say. */
  averageScore: number | null;
};

export interface WishReport {
  area: string;
  name: string;
  /** The first day reported on, a Monday. */
  since: Day;
  total: Numbers;
  /** The areas directly below, in the order of their codes. */
  parts: ({ area: string; name: string } & Numbers)[];
  /** From the oldest to the one under way; `week` is its Monday. */
  weeks: { week: Day; posted: number | null; closed: number | null }[];
  /** Whether small numbers were left out. */
  suppressed: boolean;
}

const WEEKS = 12;

/**
 * Counts and rates of an area and of those directly below it, with the last twelve weeks (Shanghai weeks from Monday).
 * Who may count but not read is not told small numbers.
 * @throws HaolinError forbidden
 */
export async function reportFor(house: House, caller: Caller, area: string): Promise<WishReport> {
  const areas = lineage(area);
  if (!may(caller.ability, 'count', 'wish', { areas })) throw forbidden();
  const exact = mayRead(caller.ability, { areas });
  const mondays = lastMondays(dayOf(caller.now));
  const since = mondays[0] ?? dayOf(caller.now);
  const frame = { area, depth: areas.length, since: atCivil(since), now: caller.now };
  const wishes = rawCollection(house.model<WishDoc>('wish'));
  const [own, below, sums, days] = await Promise.all([
    findArea(house, area),
    childrenOf(house, area),
    sumsByPart(wishes, frame),
    sumsByDay(wishes, frame),
  ]);
  const places = below.map(({ _id, name }) => ({ area: _id, name }));
  if (sums.has('') && places.length > 0) places.push({ area: '', name: REPORT_WORDS.loose });
  const table = numbersOf(
    places.length > 0 ? places.map((place) => sums.get(place.area) ?? NOTHING) : [...sums.values()],
    exact,
  );
  const [posted, closed] = [days.posted, days.closed].map((counts) => weekly(counts, mondays, exact));
  return {
    area,
    name: own?.name ?? '',
    since,
    total: table.total,
    parts: places.map((place, at) => ({ ...place, ...(table.parts[at] ?? table.total) })),
    weeks: mondays.map((week, at) => ({ week, posted: posted?.parts[at] ?? null, closed: closed?.parts[at] ?? null })),
    suppressed: !exact,
  };
}

/** What of exact sums is told, part by part and of all together. Pure. */
export function numbersOf(parts: readonly Sums[], exact: boolean): { parts: Numbers[]; total: Numbers } {
  const columns = new Map(
    MEASURES.map((measure) => [
      measure,
      column(
        parts.map((part) => part[measure]),
        exact,
      ),
    ]),
  );
  const whole = parts.reduce((all, part) => added(all, part), NOTHING);
  const fewest = exact ? 1 : FEWEST;
  const counts = (pick: (one: CountedColumn) => number | null | undefined) =>
    Object.fromEntries(MEASURES.map((measure) => [measure, pick(columns.get(measure) ?? NO_COLUMN) ?? null])) as Record<
      Measure,
      number | null
    >;
  return {
    parts: parts.map((part, at) => ({ ...counts((one) => one.parts[at]), ...ratesOf(part, fewest) })),
    total: { ...counts((one) => one.total), ...ratesOf(whole, fewest) },
  };
}

const NO_COLUMN: CountedColumn = { parts: [], total: null };

function column(counts: readonly number[], exact: boolean): CountedColumn {
  return exact ? { parts: counts, total: counts.reduce((sum, count) => sum + count, 0) } : suppress(counts);
}

function ratesOf(
  { closed, onTime, rated, scores }: Sums,
  fewest: number,
): Pick<Numbers, 'onTimePercent' | 'averageScore'> {
  return {
    onTimePercent: closed >= fewest ? Math.round((100 * onTime) / closed) : null,
    averageScore: rated >= fewest ? Math.round((10 * scores) / rated) / 10 : null,
  };
}

function added(one: Sums, other: Sums): Sums {
  return Object.fromEntries(
    Object.entries(one).map(([measure, count]) => [measure, count + other[measure as keyof Sums]]),
  ) as Sums;
}

function weekly(counts: ReadonlyMap<Day, number>, mondays: readonly Day[], exact: boolean): CountedColumn {
  const sums = mondays.map((monday) =>
    Array.from({ length: 7 }, (_, at) => counts.get(addDays(monday, at)) ?? 0).reduce((sum, count) => sum + count, 0),
  );
  return column(sums, exact);
}

/** The Mondays of the last weeks, the one under way last. */
function lastMondays(today: Day): Day[] {
  const monday = addDays(today, 1 - weekdayOf(today));
  return Array.from({ length: WEEKS }, (_, at) => addDays(monday, 7 * (at + 1 - WEEKS)));
}
