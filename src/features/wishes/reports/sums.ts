import type { mongo } from 'mongoose';
import type { Aggregate } from '../../../core/lifecycle.ts';
import { addDays, atCivil, DAY, type Day, weekdayOf } from '../../../core/time.ts';

/** What is counted of an area. The first five are as of now, the others of the wishes posted in the weeks reported on. */
export const MEASURES = ['waiting', 'open', 'helping', 'answered', 'late', 'posted', 'closed', 'onTime'] as const;
export type Measure = (typeof MEASURES)[number];

/** What is counted week by week, too; of what was closed in a week all is counted, whenever it was posted. */
export const WEEKLY = ['posted', 'closed'] as const;
export type Weekly = (typeof WEEKLY)[number];
export type WeekColumn = `${Weekly} ${Day}`;
export type Column = Measure | WeekColumn;

/** Exact sums of one area. */
export type Sums = Record<Column | 'rated' | 'scores', number>;

/** The column of each of these weeks. @param weeks their Mondays */
export const columnsOf = (kind: Weekly, weeks: readonly Day[]): WeekColumn[] =>
  weeks.map((week): WeekColumn => `${kind} ${week}`);

/** Every column of a report on these weeks. */
export const allColumns = (weeks: readonly Day[]): Column[] => [
  ...MEASURES,
  ...WEEKLY.flatMap((kind) => columnsOf(kind, weeks)),
];

export const nothing = (weeks: readonly Day[]): Sums =>
  Object.fromEntries([...allColumns(weeks), 'rated', 'scores'].map((column) => [column, 0])) as Sums;

export const added = (one: Sums, other: Sums): Sums =>
  Object.fromEntries(
    Object.entries(one).map(([column, count]) => [column, count + (other[column as Column] ?? 0)]),
  ) as Sums;

/** Where and until when is counted: `depth` is how many codes an area of this level has above it, itself included. */
export interface Frame {
  area: string;
  depth: number;
  /** The Mondays of the weeks reported on. */
  weeks: readonly Day[];
  now: Date;
}

const SHANGHAI = '+08:00';
/** A wish that was closed in these weeks may have been posted so long before them. */
const LONGEST_MS = 90 * DAY;
const POSTED = ['open', 'helping', 'answered', 'over'];

const when = (condition: object) => ({ $sum: { $cond: [condition, 1, 0] } });
const stands = (column: string) => when({ $eq: ['$column', column] });

/** Sums by the code directly below the area; under `''` what lies in none of them. */
export async function sumsByPart(wishes: mongo.Collection<Aggregate>, frame: Frame): Promise<Map<string, Sums>> {
  const { area, depth, weeks, now } = frame;
  const since = sinceOf(frame);
  const part = { $ifNull: [{ $arrayElemAt: ['$areas', depth] }, ''] };
  const [standing, posted, ...weekly] = await Promise.all([
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
        { $match: { areas: area, column: { $in: POSTED }, postedAt: { $gte: since } } },
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
    ...WEEKLY.map((kind) => byDay(wishes, frame, kind, part)),
  ]);
  const sums = new Map<string, Sums>();
  for (const { _id, ...some } of [...standing, ...posted]) {
    sums.set(_id, { ...(sums.get(_id) ?? nothing(weeks)), ...some } as Sums);
  }
  for (const { kind, code, day, count } of weekly.flat()) {
    const sum = sums.get(code) ?? nothing(weeks);
    const column: WeekColumn = `${kind} ${mondayOf(day)}`;
    sums.set(code, { ...sum, [column]: (sum[column] ?? 0) + count });
  }
  return sums;
}

const sinceOf = ({ weeks, now }: Frame): Date => (weeks[0] === undefined ? now : atCivil(weeks[0]));
const mondayOf = (day: Day): Day => addDays(day, 1 - weekdayOf(day));

/** How many were posted or closed on each Shanghai day of these weeks, by part. */
async function byDay(wishes: mongo.Collection<Aggregate>, frame: Frame, kind: Weekly, part: object) {
  const since = sinceOf(frame);
  const [field, match] =
    kind === 'posted'
      ? ['postedAt', { column: { $in: POSTED }, postedAt: { $gte: since } }]
      : [
          'closedAt',
          {
            column: 'over',
            postedAt: { $gte: new Date(since.getTime() - LONGEST_MS) },
            state: 'closed',
            closedAt: { $gte: since },
          },
        ];
  const day = { $dateToString: { format: '%Y-%m-%d', date: `$${field}`, timezone: SHANGHAI } };
  const found = await wishes
    .aggregate<{ _id: { part: string; day: Day }; count: number }>([
      { $match: { areas: frame.area, ...match } },
      { $group: { _id: { part, day }, count: { $sum: 1 } } },
    ])
    .toArray();
  return found.map(({ _id, count }) => ({ kind, code: _id.part, day: _id.day, count }));
}
