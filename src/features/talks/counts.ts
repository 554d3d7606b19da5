import { z } from 'zod';
import { type Actor, may } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { dayOf } from '../../core/time.ts';
import { childrenOf, findArea, levelOf, lineage } from '../areas/index.ts';
import { comfortsOf } from './comforts.ts';
import { difficultiesOf } from './difficulties.ts';
import type { DifficultyDoc } from './difficulty.ts';
import { noArea } from './errors.ts';
import { type DifficultyKind, difficultyKinds } from './inputs.ts';
import { duesIn } from './lists.ts';
import { quarterAt, quarterOf } from './quarters.ts';

/** Fewer might point at somebody: above the community they are not told. */
export const FEWEST = 5;

const row = z.object({
  area: z.string(),
  name: z.string(),
  workers: z.number().int().describe('应谈人数'),
  done: z.number().int(),
  left: z.number().int(),
  comforts: z.number().int().describe('走访慰问次数'),
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
  const [{ dues }, comforts, here, children] = await Promise.all([
    duesIn(house, quarter, area),
    comfortsOf(house)
      .find({ areas: area, state: 'recorded', day: { $gte: quarter.from, $lte: quarter.to } } as object)
      .project({ place: 1 })
      .toArray() as unknown as Promise<{ place: string }[]>,
    findArea(house, area),
    levelOf(area) === 'community' || levelOf(area) === 'grid' ? [] : childrenOf(house, area),
  ]);
  const quarterly = dues.filter(({ why }) => why.kind === 'quarter');
  const rowOf = (code: string, name: string) => {
    const within = ({ place }: { place: string }) => lineage(place).includes(code);
    const mine = quarterly.filter(within);
    const done = mine.filter((one) => one.done).length;
    const left = mine.length - done;
    return { area: code, name, workers: mine.length, done, left, comforts: comforts.filter(within).length };
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

/**
 * How many difficulties of each kind there are in an area. A count below five is not told above the community, nor is anything
 * it could be found by: the total is of the kinds that are told, and how many are solved is told where both parts of it may be.
 * @throws HaolinError forbidden, no_area
 */
export async function countDifficulties(
  house: House,
  caller: Caller,
  query: { area?: string | undefined },
): Promise<DifficultyCounts> {
  const area = areaFor(caller, query.area);
  const isOwn = may(caller.ability, 'record', 'difficulty', { areas: lineage(area) });
  const sums = new Map<DifficultyKind, { all: number; solved: number }>();
  const rows = difficultiesOf(house).find({ areas: area }).project({ kind: 1, state: 1 });
  for await (const row of rows) {
    const { kind, state } = row as unknown as DifficultyDoc;
    const sum = sums.get(kind) ?? { all: 0, solved: 0 };
    sums.set(kind, { all: sum.all + 1, solved: sum.solved + Number(state === 'solved') });
  }
  const told = (number: number) => isOwn || number >= FEWEST;
  const kinds = (Object.keys(difficultyKinds) as DifficultyKind[]).map((kind) => {
    const { all, solved } = sums.get(kind) ?? { all: 0, solved: 0 };
    const both = told(solved) && (all === solved || told(all - solved));
    return {
      kind,
      word: difficultyKinds[kind],
      all: told(all) ? all : null,
      solved: told(all) && both ? solved : null,
    };
  });
  const total = kinds.reduce((sum, { all }) => sum + (all ?? 0), 0);
  return { area, total: told(total) ? total : null, kinds };
}
