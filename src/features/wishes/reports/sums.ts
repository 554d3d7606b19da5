import type { mongo } from 'mongoose';
import type { Aggregate } from '../../../core/lifecycle.ts';
import { DAY } from '../../../core/time.ts';

/** What is counted of an area. The first five are as of now, the others of the wishes posted in the weeks reported on. */
export const MEASURES = ['waiting', 'open', 'helping', 'answered', 'late', 'posted', 'closed', 'onTime'] as const;
export type Measure = (typeof MEASURES)[number];

/** Exact sums of one part of an area. */
export type Sums = Record<Measure | 'rated' | 'scores', number>;

export const NOTHING: Sums = {
  waiting: 0,
  open: 0,
  helping: 0,
  answered: 0,
  late: 0,
  posted: 0,
  closed: 0,
  onTime: 0,
  rated: 0,
  scores: 0,
};

/** Where and until when is counted: `depth` is how many codes an area of this level has above it, itself included. */
export interface Frame {
  area: string;
  depth: number;
  since: Date;
  now: Date;
}

const SHANGHAI = '+08:00';
/** A wish that was closed in these weeks may have been posted so long before them. */
const LONGEST_MS = 90 * DAY;

const when = (condition: object) => ({ $sum: { $cond: [condition, 1, 0] } });
const stands = (column: string) => when({ $eq: ['$column', column] });

/** Sums by the code directly below the area; under `''` what lies in none of them. */
export async function sumsByPart(
  wishes: mongo.Collection<Aggregate>,
  { area, depth, since, now }: Frame,
): Promise<Map<string, Sums>> {
  const part = { $ifNull: [{ $arrayElemAt: ['$areas', depth] }, ''] };
  const [standing, posted] = await Promise.all([
    wishes
      .aggregate<Partial<Sums> & { _id: string }>([
        { $match: { areas: area, column: { $in: ['waiting', 'open', 'helping', 'answered'] } } },
        {
          $group: {
            _id: part,
            waiting: stands('waiting'),
            open: stands('open'),
            helping: stands('helping'),
            answered: stands('answered'),
            late: when({ $and: [{ $gt: ['$dueAt', null] }, { $lt: ['$dueAt', now] }] }),
          },
        },
      ])
      .toArray(),
    wishes
      .aggregate<Partial<Sums> & { _id: string }>([
        {
          $match: { areas: area, column: { $in: ['open', 'helping', 'answered', 'over'] }, postedAt: { $gte: since } },
        },
        {
          $group: {
            _id: part,
            posted: { $sum: 1 },
            closed: when({ $eq: ['$state', 'closed'] }),
            onTime: when({ $and: [{ $eq: ['$state', 'closed'] }, { $lte: ['$done.at', '$due.done'] }] }),
            rated: when({ $gt: ['$rating.score', 0] }),
            scores: { $sum: '$rating.score' },
          },
        },
      ])
      .toArray(),
  ]);
  const sums = new Map<string, Sums>();
  for (const { _id, ...some } of [...standing, ...posted]) {
    sums.set(_id, { ...(sums.get(_id) ?? NOTHING), ...some });
  }
  return sums;
}

/** How many were posted and how many closed on each Shanghai day since. */
export async function sumsByDay(
  wishes: mongo.Collection<Aggregate>,
  { area, since }: Frame,
): Promise<{ posted: Map<string, number>; closed: Map<string, number> }> {
  const perDay = async (field: 'postedAt' | 'closedAt', match: object) => {
    const found = await wishes
      .aggregate<{ _id: string; count: number }>([
        { $match: match },
        {
          $group: {
            _id: { $dateToString: { format: '%Y-%m-%d', date: `$${field}`, timezone: SHANGHAI } },
            count: { $sum: 1 },
          },
        },
      ])
      .toArray();
    return new Map(found.map(({ _id, count }) => [_id, count]));
  };
  const [posted, closed] = await Promise.all([
    perDay('postedAt', {
      areas: area,
      column: { $in: ['open', 'helping', 'answered', 'over'] },
      postedAt: { $gte: since },
    }),
    perDay('closedAt', {
      areas: area,
      column: 'over',
      postedAt: { $gte: new Date(since.getTime() - LONGEST_MS) },
      state: 'closed',
      closedAt: { $gte: since },
    }),
  ]);
  return { posted, closed };
}
