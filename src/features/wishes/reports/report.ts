import { may } from '../../../core/ability.ts';
import { rawCollection } from '../../../core/aggregate.ts';
import type { Caller } from '../../../core/caller.ts';
import { forbidden } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { memoryOfMany } from '../../../core/memory.ts';
import { FEWEST, toldAlong } from '../../../core/suppress.ts';
import { addDays, type Day, dayOf, weekdayOf } from '../../../core/time.ts';
import { childrenOf, findArea, lineage } from '../../areas/index.ts';
import type { WishDoc } from '../model.ts';
import { mayRead } from '../views.ts';
import { REPORT_WORDS } from './messages.ts';
import { added, allColumns, nothing, type Sums, sumsByPart } from './sums.ts';
import { type Numbers, numbersOf, toldBeside } from './told.ts';

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
 * Who may count but not read is not told small numbers, nor what would give them away: neither by what is beside it in the
 * report, nor by the reports on the areas beside it, above it or in it.
 * @throws HaolinError forbidden
 */
export async function reportFor(house: House, caller: Caller, area: string): Promise<WishReport> {
  const areas = lineage(area);
  if (!may(caller.ability, 'count', 'wish', { areas })) throw forbidden();
  const exact = mayRead(caller.ability, { areas });
  const weeks = lastMondays(dayOf(caller.now));
  const below = (code: string) => sumsBelow(house, code, weeks, caller.now);
  const [own, children, sums, told] = await Promise.all([
    findArea(house, area),
    childrenOf(house, area),
    exact ? sumsOf(house, area, weeks, caller.now) : below(area),
    exact ? undefined : toldAlong(areas, allColumns(weeks), below, toldBeside(weeks)),
  ]);
  const codes = [...sums.keys()].sort();
  const counted = codes.map((code) => sums.get(code) ?? nothing(weeks));
  const whole = counted.reduce(added, nothing(weeks));
  const parts = told ? toldBeside(weeks)(counted, told) : counted;
  const fewest = exact ? 1 : FEWEST;
  const places = children.map(({ _id, name }) => ({ area: _id, name }));
  if (codes.includes('') && places.length > 0) places.push({ area: '', name: REPORT_WORDS.loose });
  const numbersAt = (at: number) => numbersOf(parts[at] ?? nothing(weeks), counted[at] ?? nothing(weeks), fewest);
  const total = told ?? whole;
  return {
    area,
    name: own?.name ?? '',
    since: weeks[0] ?? dayOf(caller.now),
    total: numbersOf(total, whole, fewest),
    parts: places.map((place) => ({ ...place, ...numbersAt(codes.indexOf(place.area)) })),
    weeks: weeks.map((week) => ({
      week,
      posted: total[`posted ${week}`] ?? null,
      closed: total[`closed ${week}`] ?? null,
    })),
    suppressed: !exact,
  };
}

const sumsOf = (house: House, area: string, weeks: readonly Day[], now: Date): Promise<Map<string, Sums>> =>
  sumsByPart(rawCollection(house.model<WishDoc>('wish')), { area, depth: lineage(area).length, weeks, now });

const remembered = memoryOfMany<ReadonlyMap<string, Sums>>((sums) =>
  [...sums.values()].reduce((all, { posted }) => all + posted, 0),
);

/** The sums of each area right below one, those where there is nothing too: whoever is told of one is told of the same ones. */
const sumsBelow = (house: House, area: string, weeks: readonly Day[], now: Date): Promise<ReadonlyMap<string, Sums>> =>
  remembered(house, `${area} ${weeks[0]}`, async () => {
    const [children, sums] = await Promise.all([childrenOf(house, area), sumsOf(house, area, weeks, now)]);
    return new Map([...children.map(({ _id }) => [_id, nothing(weeks)] as const), ...sums]);
  });

/** The Mondays of the last weeks, the one under way last. */
function lastMondays(today: Day): Day[] {
  const monday = addDays(today, 1 - weekdayOf(today));
  return Array.from({ length: WEEKS }, (_, at) => addDays(monday, 7 * (at + 1 - WEEKS)));
}
