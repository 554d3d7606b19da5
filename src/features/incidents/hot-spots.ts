import { z } from 'zod';
import { may } from '../../core/ability.ts';
import { rawCollection } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { FEWEST } from '../../core/suppress.ts';
import { atCivil, DAY, dayOf } from '../../core/time.ts';
import { lineage, siteAt } from '../areas/index.ts';
import { category } from './inputs.ts';
import { INCIDENT_CATEGORIES, type IncidentCategory, type IncidentDoc } from './model.ts';
import { mayKnow } from './views.ts';

const spot = z.object({
  grid: z.string(),
  name: z.string().describe('社区和网格'),
  category,
  categoryWord: z.string(),
  count: z.number().int(),
  open: z.number().int().nullable().describe('其中还没办好的；null：太少，不显示'),
});
export const hotSpots = z.object({ area: z.string(), days: z.number().int(), items: z.array(spot) });
export type HotSpots = z.output<typeof hotSpots>;

const MOST = 20;
/** One is an incident, two are a place where things happen. */
const FROM = 2;

interface Found {
  _id: { grid: string; category: IncidentCategory };
  count: number;
  open: number;
}

/**
 * Where in an area what happens again and again: grids by kind of incident, most often first; what is told without being
 * counted (merged, withdrawn, declined) is left out. Who may count but not read is told no small number.
 * @throws HaolinError forbidden
 */
export async function hotSpotsIn(
  house: House,
  { ability, now }: Caller,
  { area, days }: { area: string; days: number },
): Promise<HotSpots> {
  const areas = lineage(area);
  if (!may(ability, 'count', 'incident', { areas })) throw forbidden();
  const exact = mayKnow(ability, { areas });
  const fewest = exact ? FROM : FEWEST;
  const found = await rawCollection(house.model<IncidentDoc>('incident'))
    .aggregate<Found>([
      {
        $match: {
          areas: area,
          postedAt: spanOf(exact, days, now),
          grid: { $exists: true },
          state: { $nin: ['merged', 'withdrawn', 'declined'] },
        },
      },
      {
        $group: {
          _id: { grid: '$grid', category: '$category' },
          count: { $sum: 1 },
          open: { $sum: { $cond: [{ $in: ['$column', ['waiting', 'handling']] }, 1, 0] } },
        },
      },
      { $match: { count: { $gte: fewest } } },
      { $sort: { count: -1, _id: 1 } },
      { $limit: MOST },
    ])
    .toArray();
  const items = found.map(async ({ _id: { grid, category: kind }, count, open }) => ({
    grid,
    name: (await siteAt(house, lineage(grid)))?.label ?? grid,
    category: kind,
    categoryWord: INCIDENT_CATEGORIES[kind],
    count,
    open: exact || open === 0 || open >= FEWEST ? open : null,
  }));
  return { area, days, items: await Promise.all(items) };
}

/**
 * When what counts was reported. Who is told no small number gets whole months: what two spans of days differ by would be one.
 */
function spanOf(exact: boolean, days: number, now: Date): { $gte: Date } {
  const since = new Date(now.getTime() - days * DAY);
  if (exact) return { $gte: since };
  const month = (at: Date) => atCivil(`${dayOf(at).slice(0, 7)}-01`);
  return { $gte: month(since) };
}
