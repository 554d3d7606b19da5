import { may } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { memoryOfMany } from '../../core/memory.ts';
import type { Named } from '../../core/named.ts';
import { type Counted, FEWEST, suppressBelow, type ToldOf, toldAlong } from '../../core/suppress.ts';
import { lineage, subtreeOf } from '../areas/index.ts';
import { findPeople, publicName } from '../people/index.ts';
import { COLOURS, type Colour, FLAG_KINDS, type FlagKind } from './kinds.ts';
import { GONE } from './messages.ts';
import { cares } from './store.ts';

/** How many people one sentinel answers for. */
export interface Load {
  /** Absent: those who have no sentinel. */
  sentinel?: Named;
  colours: Record<Colour, number>;
  total: number;
}

const none = (): Record<Colour, number> => ({ red: 0, yellow: 0, green: 0 });

/** Who answers for how many of which colour in an area, the most first; also the workers who could and answer for nobody. */
export async function loadOf(house: House, area: string): Promise<Load[]> {
  const groups = await cares(house)
    .aggregate<{ _id: { sentinel?: string; colour: Colour }; people: number }>([
      { $match: { areas: area, state: 'kept' } },
      { $group: { _id: { sentinel: '$sentinel', colour: '$colour' }, people: { $sum: 1 } } },
    ])
    .toArray();
  const loads = new Map<string | undefined, Record<Colour, number>>();
  for (const id of await workersOf(house, area)) loads.set(id, none());
  for (const { _id, people } of groups) {
    // A store may say null of what is not there.
    const sentinel = _id.sentinel ?? undefined;
    const colours = loads.get(sentinel) ?? none();
    colours[_id.colour] += people;
    loads.set(sentinel, colours);
  }
  const ids = [...loads.keys()].filter((id) => id !== undefined);
  const names = new Map((await findPeople(house, ids)).map((person) => [person._id, publicName(person)]));
  return [...loads]
    .map(([id, colours]): Load => {
      const total = COLOURS.reduce((sum, colour) => sum + colours[colour], 0);
      return { ...(id === undefined ? {} : { sentinel: { id, name: names.get(id) ?? GONE } }), colours, total };
    })
    .sort((a, b) => b.total - a.total || (a.sentinel?.id ?? '').localeCompare(b.sentinel?.id ?? ''));
}

/** A community and its grids; of wider areas there are too many workers who have nobody. */
const FEW_AREAS = 60;

async function workersOf(house: House, area: string): Promise<Set<string>> {
  const codes = await subtreeOf(house, area);
  if (codes.length > FEW_AREAS) return new Set();
  const { holders } = house.directory;
  const found = await Promise.all(codes.flatMap((code) => [holders('worker', code), holders('grid_worker', code)]));
  return new Set(found.flat());
}

/** As `loadOf`, for who may see it. @throws HaolinError forbidden */
export async function loadFor(house: House, { ability }: Caller, area: string): Promise<Load[]> {
  if (!may(ability, 'load', 'care', { areas: lineage(area) })) throw forbidden();
  return loadOf(house, area);
}

/** How many people of an area are in care; `null` where so few that it might point at somebody. */
export interface CareCounts {
  area: string;
  total: number | null;
  colours: Record<Colour, number | null>;
  flags: Record<FlagKind, number | null>;
  /** Something is left out. */
  suppressed: boolean;
}

type Column = Colour | FlagKind | 'total';
export type Figures = Counted<Column>;
const COLUMNS: readonly Column[] = ['total', ...COLOURS, ...FLAG_KINDS];

/**
 * Counts of an area. Who may read the people themselves is told all of it; who may only count is not told what is below
 * five, nor what would give it away: neither by the other colours and flags, nor by asking for the areas beside it, above it
 * or in it.
 * @throws HaolinError forbidden
 */
export async function countsFor(house: House, { ability }: Caller, area: string): Promise<CareCounts> {
  const place = { areas: lineage(area) };
  if (!may(ability, 'count', 'care', place)) throw forbidden();
  const told: ToldOf<Column> = may(ability, 'read', 'care', place)
    ? ((await figuresIn(house, area, true)).get(area) ?? blank())
    : await toldAlong(
        place.areas,
        COLUMNS,
        (code) => remembered(house, code, () => figuresIn(house, code, false)),
        toldOf,
      );
  const of = <C extends Column>(columns: readonly C[]) =>
    Object.fromEntries(columns.map((column) => [column, told[column]])) as Record<C, number | null>;
  return {
    area,
    total: told.total,
    colours: of(COLOURS),
    flags: of(FLAG_KINDS),
    suppressed: Object.values(told).includes(null),
  };
}

/**
 * What is told of areas that lie side by side to who may only count. A total is told only beside colours that are all told:
 * it would say something of those that are not. Everybody in care has a flag: where a total is not told its flags are not,
 * nor where the ones that are told would say how many the others are. Pure.
 * @param above what is told of the area right above them
 */
export function toldOf(areas: readonly Figures[], above?: ToldOf<Column>): ToldOf<Column>[] {
  const columnsOf = (columns: readonly Column[], also?: ReadonlySet<number>) =>
    new Map(
      columns.map((column) => [
        column,
        suppressBelow(
          areas.map((figures) => figures[column]),
          above?.[column],
          also,
        ),
      ]),
    );
  const colours = columnsOf(COLOURS);
  const totals = areas.map(({ total }, at) =>
    COLOURS.some((colour) => colours.get(colour)?.[at] === null) ? null : total,
  );
  const blind = new Set(totals.flatMap((total, at) => (total === null ? [at] : [])));
  let flags = columnsOf(FLAG_KINDS, blind);
  for (const seen = () => areas.findIndex((_area, at) => !blind.has(at) && givesAway(flags, totals[at] ?? 0, at)); ; ) {
    const next = seen();
    if (next < 0) break;
    blind.add(next);
    flags = columnsOf(FLAG_KINDS, blind);
  }
  return areas.map((_area, at) => {
    const row = [...colours, ...flags].map(([column, parts]) => [column, parts[at] ?? null]);
    return { ...Object.fromEntries(row), total: totals[at] ?? null } as ToldOf<Column>;
  });
}

/** Whether so many are in care here that those flags that are hidden must be all that a small one can be. */
function givesAway(flags: ReadonlyMap<Column, readonly (number | null)[]>, total: number, at: number): boolean {
  const told = [...flags.values()].map((parts) => parts[at] ?? null);
  const hidden = told.filter((one) => one === null).length;
  const known = told.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  return hidden > 0 && total - known >= (FEWEST - 1) * hidden;
}

const blank = (): Record<Column, number> =>
  Object.fromEntries(COLUMNS.map((column) => [column, 0])) as Record<Column, number>;

const remembered = memoryOfMany<ReadonlyMap<string, Figures>>((figures) =>
  [...figures.values()].reduce((sum, { total }) => sum + total, 0),
);

/** The figures of an area itself, or of each area right below it. */
async function figuresIn(house: House, area: string, itself: boolean): Promise<Map<string, Figures>> {
  const code = itself ? area : { $arrayElemAt: ['$areas', lineage(area).length] };
  const match = { $match: { areas: area, state: 'kept' } };
  const [colours, flags] = await Promise.all([
    cares(house)
      .aggregate<{ _id: { code: string; column: Column }; people: number }>([
        match,
        { $group: { _id: { code, column: '$colour' }, people: { $sum: 1 } } },
      ])
      .toArray(),
    cares(house)
      .aggregate<{ _id: { code: string; column: Column }; people: number }>([
        match,
        { $unwind: '$flags' },
        { $group: { _id: { code, column: '$flags.kind' }, people: { $sum: 1 } } },
      ])
      .toArray(),
  ]);
  const figures = new Map<string, Record<Column, number>>();
  const add = (at: string, column: Column, people: number) => {
    const row = figures.get(at) ?? blank();
    row[column] += people;
    figures.set(at, row);
  };
  for (const { _id, people } of colours) {
    add(_id.code, _id.column, people);
    add(_id.code, 'total', people);
  }
  for (const { _id, people } of flags) add(_id.code, _id.column, people);
  return figures;
}
