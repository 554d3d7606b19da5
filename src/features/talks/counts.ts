import { z } from 'zod';
import { type Actor, may } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { type Counted, FEWEST, suppressBelow, type ToldOf, toldAlong } from '../../core/suppress.ts';
import { dayOf } from '../../core/time.ts';
import { childrenOf, findArea, levelOf, lineage } from '../areas/index.ts';
import { careVisitsOf } from './care-visits.ts';
import { difficultiesOf } from './difficulties.ts';
import { noArea } from './errors.ts';
import { type DifficultyKind, difficultyKinds } from './inputs.ts';
import { duesIn } from './lists.ts';
import { quarterAt, quarterOf } from './quarters.ts';

const row = z.object({
  area: z.string(),
  name: z.string(),
  workers: z.number().int().describe('应谈人数'),
  done: z.number().int(),
  left: z.number().int(),
  careVisits: z.number().int().describe('走访慰问次数'),
});
export const talkCounts = z.object({ quarter: z.string(), total: row, parts: z.array(row) }).meta({ id: 'TalkCounts' });
export type TalkCounts = z.output<typeof talkCounts>;

/** The area asked for, or the widest the caller may count in. @throws HaolinError forbidden, no_area */
function areaFor({ actor, ability }: Caller, asked: string | undefined): string {
  const area = asked ?? widest(actor);
  if (area === undefined) throw ability.rulesFor('read', 'talk_counts').length > 0 ? noArea() : forbidden();
  if (!may(ability, 'read', 'talk_counts', { areas: lineage(area) })) throw forbidden();
  return area;
}

const widest = ({ roles }: Actor): string | undefined =>
  roles
    .filter(({ role }) => role === 'secretary' || role === 'supervisor')
    .map(({ area }) => area)
    .sort((a, b) => a.length - b.length)[0];

/** How many talks of a quarter are held and how many not, in an area and in the areas right below it. @throws HaolinError forbidden, no_area */
export async function countTalks(
  house: House,
  caller: Caller,
  query: { area?: string | undefined; quarter?: string | undefined },
): Promise<TalkCounts> {
  const area = areaFor(caller, query.area);
  const quarter = (query.quarter === undefined ? undefined : quarterOf(query.quarter)) ?? quarterAt(dayOf(caller.now));
  const [{ dues }, careVisits, here, children] = await Promise.all([
    duesIn(house, quarter, area),
    careVisitsOf(house)
      .find({ areas: area, state: 'recorded', day: { $gte: quarter.from, $lte: quarter.to } } as object)
      .project({ place: 1 })
      .toArray() as unknown as Promise<{ place: string }[]>,
    findArea(house, area),
    levelOf(area) === 'community' || levelOf(area) === 'grid' ? [] : childrenOf(house, area),
  ]);
  const sums = new Map<string, { workers: number; done: number; careVisits: number }>();
  const add = (place: string, what: 'workers' | 'done' | 'careVisits') => {
    for (const code of lineage(place)) {
      const sum = sums.get(code) ?? { workers: 0, done: 0, careVisits: 0 };
      sums.set(code, { ...sum, [what]: sum[what] + 1 });
    }
  };
  for (const { why, place, done } of dues) {
    if (why.kind !== 'quarter') continue;
    add(place, 'workers');
    if (done) add(place, 'done');
  }
  for (const { place } of careVisits) add(place, 'careVisits');
  const rowOf = (code: string, name: string) => {
    const { workers, done, careVisits: paid } = sums.get(code) ?? { workers: 0, done: 0, careVisits: 0 };
    return { area: code, name, workers, done, left: workers - done, careVisits: paid };
  };
  return {
    quarter: quarter.key,
    total: rowOf(area, here?.name ?? ''),
    parts: children.map(({ _id, name }) => rowOf(_id, name)),
  };
}

const count = z.number().int().nullable().describe(`少于${FEWEST}件的不显示`);
export const difficultyCounts = z
  .object({
    area: z.string(),
    total: count,
    kinds: z.array(z.object({ kind: z.string(), word: z.string(), all: count, solved: count })),
  })
  .meta({ id: 'DifficultyCounts' });
export type DifficultyCounts = z.output<typeof difficultyCounts>;

/** All of one kind, those that are solved and those that are not. */
const PARTS = ['all', 'solved', 'left'] as const;
type Column = `${DifficultyKind} ${(typeof PARTS)[number]}`;
const KINDS = Object.keys(difficultyKinds) as DifficultyKind[];
const COLUMNS = KINDS.flatMap((kind) => PARTS.map((part): Column => `${kind} ${part}`));

/**
 * How many difficulties of each kind there are in an area. Above the community a count below five is not told, nor is
 * anything it could be found by: neither the other part of a whole, nor what is beside it, above it or in it. The total is of
 * the kinds that are told, and how many are solved is told where what is left may be, too.
 * @throws HaolinError forbidden, no_area
 */
export async function countDifficulties(
  house: House,
  caller: Caller,
  query: { area?: string | undefined },
): Promise<DifficultyCounts> {
  const area = areaFor(caller, query.area);
  const path = lineage(area);
  const isOwn = may(caller.ability, 'record', 'difficulty', { areas: path });
  const told: ToldOf<Column> = isOwn
    ? ((await figuresIn(house, area, true)).get(area) ?? blank())
    : await toldAlong(path, COLUMNS, (code) => figuresIn(house, code, false), toldOf);
  const kinds = KINDS.map((kind) => {
    const [all, solved, left] = [told[`${kind} all`], told[`${kind} solved`], told[`${kind} left`]];
    return { kind, word: difficultyKinds[kind], all, solved: all !== null && left !== null ? solved : null };
  });
  const total = kinds.reduce((sum, { all }) => sum + (all ?? 0), 0);
  // Nothing told is not nothing there.
  return { area, total: total === 0 && kinds.some(({ all }) => all === null) ? null : total, kinds };
}

/** What is told of areas that lie side by side. Pure. */
function toldOf(areas: readonly Counted<Column>[], above: ToldOf<Column> | undefined): ToldOf<Column>[] {
  const columns = COLUMNS.map((column) => {
    const counts = areas.map((figures) => figures[column]);
    return [column, suppressBelow(counts, above?.[column])] as const;
  });
  return areas.map(
    (_area, at) => Object.fromEntries(columns.map(([column, parts]) => [column, parts[at] ?? null])) as ToldOf<Column>,
  );
}

const blank = (): Record<Column, number> =>
  Object.fromEntries(COLUMNS.map((column) => [column, 0])) as Record<Column, number>;

/** The figures of an area itself, or of each area right below it. */
async function figuresIn(house: House, area: string, itself: boolean): Promise<Map<string, Counted<Column>>> {
  const code = itself ? area : { $arrayElemAt: ['$areas', lineage(area).length] };
  const groups = await difficultiesOf(house)
    .aggregate<{ _id: { code: string; kind: DifficultyKind; state: string }; count: number }>([
      { $match: { areas: area } },
      { $group: { _id: { code, kind: '$kind', state: '$state' }, count: { $sum: 1 } } },
    ])
    .toArray();
  const found = new Map<string, Record<Column, number>>();
  for (const { _id, count: some } of groups) {
    const figures = found.get(_id.code) ?? blank();
    figures[`${_id.kind} all`] += some;
    figures[`${_id.kind} ${_id.state === 'solved' ? 'solved' : 'left'}`] += some;
    found.set(_id.code, figures);
  }
  return found;
}
