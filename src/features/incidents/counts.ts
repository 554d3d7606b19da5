import { z } from 'zod';
import { may } from '../../core/ability.ts';
import { rawCollection } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { FEWEST, suppressBelow } from '../../core/suppress.ts';
import { addDays, atCivil, type Day, dayOf } from '../../core/time.ts';
import { lineage } from '../areas/index.ts';
import { INCIDENT_CATEGORIES, INCIDENT_STATES, type IncidentDoc, LEVELS } from './model.ts';
import { mayKnow } from './views.ts';

const count = z.number().int().nullable().describe('null：太少，不显示');
const keysOf = <K extends string>(words: Record<K, string>) => Object.keys(words) as [K, ...K[]];

export const incidentCounts = z.object({
  area: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  total: count,
  states: z.record(z.enum(keysOf(INCIDENT_STATES)), count),
  categories: z.record(z.enum(keysOf(INCIDENT_CATEGORIES)), count),
  levels: z.record(z.enum(keysOf(LEVELS)), count),
  solved: count.describe('办结或等确认的'),
  inTimePercent: z.number().int().nullable().describe('其中按时的，百分之几'),
  late: count.describe('现在超期的'),
  suppressed: z.boolean(),
});
export type IncidentCounts = z.output<typeof incidentCounts>;

const COUNTED_DAYS = 90;

interface Group {
  _id: string;
  count: number;
}
interface Solved {
  solved: number;
  inTime: number;
}

/**
 * How many incidents were reported in an area in a span of days, by state, category and level, and how many of those solved
 * were solved in time. Who may count but not read is told no small number: a quarrel counted alone is somebody's.
 * @param query from the first day (90 days before the last by default) to the last (today by default); of who may only count,
 *   the month of the last day
 * @throws HaolinError forbidden
 */
export async function incidentCountsFor(
  house: House,
  { ability, now }: Caller,
  { area, from, to = dayOf(now) }: { area: string; from?: Day | undefined; to?: Day | undefined },
): Promise<IncidentCounts> {
  const areas = lineage(area);
  if (!may(ability, 'count', 'incident', { areas })) throw forbidden();
  const exact = mayKnow(ability, { areas });
  const span = spanOf(exact, from, to);
  const incidents = rawCollection(house.model<IncidentDoc>('incident'));
  const $match = { areas: area, postedAt: { $gte: atCivil(span.from), $lt: atCivil(addDays(span.to, 1)) } };
  const by = (field: 'state' | 'category' | 'level') =>
    incidents.aggregate<Group>([{ $match }, { $group: { _id: `$${field}`, count: { $sum: 1 } } }]).toArray();
  const [states, categories, levels, late, solved] = await Promise.all([
    by('state'),
    by('category'),
    by('level'),
    incidents.countDocuments({ ...$match, dueAt: { $lt: now } }),
    incidents
      .aggregate<Solved>([
        { $match: { ...$match, state: { $in: ['resolved', 'confirmed'] } } },
        {
          $group: {
            _id: null,
            solved: { $sum: 1 },
            inTime: { $sum: { $cond: [{ $lte: ['$outcome.at', '$due.done'] }, 1, 0] } },
          },
        },
      ])
      .next(),
  ]);
  const { solved: all = 0, inTime = 0 } = solved ?? {};
  const sum = states.reduce((reported, one) => reported + one.count, 0);
  const one = (number: number) => (exact ? number : (suppressBelow([number], undefined)[0] ?? null));
  const total = one(sum);
  const told = (found: readonly Group[], words: Record<string, string>) => columnOf(found, words, exact, total);
  const byState = told(states, INCIDENT_STATES) as IncidentCounts['states'];
  // The sum of two that are hidden would say too much of each.
  const together = byState.resolved !== null && byState.confirmed !== null ? one(all) : null;
  return {
    area,
    ...span,
    total,
    states: byState,
    categories: told(categories, INCIDENT_CATEGORIES) as IncidentCounts['categories'],
    levels: told(levels, LEVELS) as IncidentCounts['levels'],
    solved: together,
    inTimePercent: all >= (exact ? 1 : FEWEST) ? Math.round((100 * inTime) / all) : null,
    late: one(late),
    suppressed: !exact,
  };
}

/**
 * The days counted. Who is told no small number chooses a month and no other span: what two spans differ by would be one.
 */
function spanOf(exact: boolean, from: Day | undefined, to: Day): { from: Day; to: Day } {
  if (exact) return { from: from ?? addDays(to, -COUNTED_DAYS), to };
  const month = to.slice(0, 7);
  const next = addDays(`${month}-28`, 4).slice(0, 7);
  return { from: `${month}-01`, to: addDays(`${next}-01`, -1) };
}

function columnOf(
  found: readonly Group[],
  words: Record<string, string>,
  exact: boolean,
  total: number | null,
): Record<string, number | null> {
  const keys = Object.keys(words);
  const counts = keys.map((key) => found.find(({ _id }) => _id === key)?.count ?? 0);
  const parts = exact ? counts : suppressBelow(counts, total);
  return Object.fromEntries(keys.map((key, at) => [key, parts[at] ?? null]));
}
