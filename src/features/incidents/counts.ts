import { z } from 'zod';
import { may } from '../../core/ability.ts';
import { rawCollection } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { FEWEST, suppress, suppressBelow } from '../../core/suppress.ts';
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
 * @param from first day, 90 days before the last by default; @param to last day, today by default
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
  const first = from ?? addDays(to, -COUNTED_DAYS);
  const incidents = rawCollection(house.model<IncidentDoc>('incident'));
  const $match = { areas: area, postedAt: { $gte: atCivil(first), $lt: atCivil(addDays(to, 1)) } };
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
  const told = (found: readonly Group[], words: Record<string, string>) => columnOf(found, words, exact);
  const small = (number: number) => (exact ? number : (suppressBelow([number], undefined)[0] ?? null));
  const byState = told(states, INCIDENT_STATES);
  return {
    area,
    from: first,
    to,
    total: byState.total,
    states: byState.parts as IncidentCounts['states'],
    categories: told(categories, INCIDENT_CATEGORIES).parts as IncidentCounts['categories'],
    levels: told(levels, LEVELS).parts as IncidentCounts['levels'],
    solved: small(all),
    inTimePercent: all >= (exact ? 1 : FEWEST) ? Math.round((100 * inTime) / all) : null,
    late: small(late),
    suppressed: !exact,
  };
}

function columnOf(
  found: readonly Group[],
  words: Record<string, string>,
  exact: boolean,
): { parts: Record<string, number | null>; total: number | null } {
  const keys = Object.keys(words);
  const counts = keys.map((key) => found.find(({ _id }) => _id === key)?.count ?? 0);
  const { parts, total } = exact
    ? { parts: counts, total: counts.reduce((sum, one) => sum + one, 0) }
    : suppress(counts);
  return { parts: Object.fromEntries(keys.map((key, at) => [key, parts[at] ?? null])), total };
}
