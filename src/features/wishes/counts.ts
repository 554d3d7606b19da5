import { rawCollection } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { DAY } from '../../core/time.ts';
import { lineage } from '../areas/index.ts';
import { communitiesIn } from './lists.ts';
import { COLUMNS, type Column, type WishDoc } from './model.ts';
import { mayRead } from './views.ts';

/** How many wishes of an area stand where, and how well the finished ones went. */
export interface WishCounts {
  area: string;
  columns: Record<Column, number>;
  late: number;
  /** Of those posted since `since` and closed. */
  since: string;
  closed: number;
  /** Of the closed ones, those of which something was left undone. */
  partly: number;
  onTime: number;
  rated: number;
  averageScore: number | null;
  reopened: number;
}

const COUNTED_DAYS = 90;

/**
 * Exact counts, for those who may read the wishes of an area: small ones would point at somebody. Who may only count has
 * the report, which leaves those out.
 * @throws HaolinError forbidden
 */
export async function countsFor(house: House, caller: Caller, area: string): Promise<WishCounts> {
  if (!mayRead(caller.ability, { areas: lineage(area) })) throw forbidden();
  const wishes = rawCollection(house.model<WishDoc>('wish'));
  const since = new Date(caller.now.getTime() - COUNTED_DAYS * DAY);
  const [late, finished, ...numbers] = await Promise.all([
    wishes.countDocuments({ ...communitiesIn(area), areas: area, dueAt: { $lt: caller.now } }),
    wishes
      .aggregate<{ closed: number; partly: number; rated: number; scores: number; onTime: number; reopened: number }>([
        { $match: { areas: area, column: 'over', postedAt: { $gte: since }, state: 'closed' } },
        {
          $group: {
            _id: null,
            closed: { $sum: 1 },
            partly: { $sum: { $cond: [{ $gt: ['$left', ''] }, 1, 0] } },
            rated: { $sum: { $cond: [{ $gt: ['$rating.score', 0] }, 1, 0] } },
            scores: { $sum: '$rating.score' },
            onTime: { $sum: { $cond: [{ $lte: ['$done.at', '$due.done'] }, 1, 0] } },
            reopened: { $sum: { $cond: [{ $gt: ['$reopenings', 0] }, 1, 0] } },
          },
        },
      ])
      .next(),
    ...COLUMNS.map((column) => wishes.countDocuments({ areas: area, column })),
  ]);
  const { closed = 0, partly = 0, rated = 0, scores = 0, onTime = 0, reopened = 0 } = finished ?? {};
  return {
    area,
    columns: Object.fromEntries(COLUMNS.map((column, at) => [column, numbers[at] ?? 0])) as Record<Column, number>,
    late,
    since: since.toISOString(),
    closed,
    partly,
    onTime,
    rated,
    averageScore: rated > 0 ? Math.round((scores / rated) * 10) / 10 : null,
    reopened,
  };
}
