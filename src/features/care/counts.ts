import { may } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import type { Named } from '../../core/named.ts';
import { FEWEST, suppress } from '../../core/suppress.ts';
import { lineage, parentOf, subtreeOf } from '../areas/index.ts';
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
type Figures = Record<Column, number>;
const COLUMNS: readonly Column[] = ['total', ...COLOURS, ...FLAG_KINDS];

/**
 * Counts of an area. Who may read the people themselves is told all of it; who may only count is not told what is below
 * five, nor what would give it away: neither by the other colours, nor by asking for the areas beside it and the one above.
 * @throws HaolinError forbidden
 */
export async function countsFor(house: House, { ability }: Caller, area: string): Promise<CareCounts> {
  const place = { areas: lineage(area) };
  if (!may(ability, 'count', 'care', place)) throw forbidden();
  const exact = may(ability, 'read', 'care', place);
  const parent = parentOf(area);
  const beside = await figuresBelow(house, exact || parent === null ? area : parent, exact || parent === null);
  const own = beside.get(area) ?? blank();
  const others = [...beside].filter(([code]) => code !== area).map(([, figures]) => figures);
  const told = new Map<Column, number | null>(
    COLUMNS.map((column) => {
      const [count = 0, hidden] = [own[column], exact ? false : isHidden(column, own, others)];
      return [column, hidden ? null : count];
    }),
  );
  const hiddenColours = COLOURS.filter((colour) => told.get(colour) === null);
  const together = hiddenColours.reduce((sum, colour) => sum + own[colour], 0);
  // What the told total leaves for those not told must stay open between two of them.
  const givenAway =
    hiddenColours.length === 1 || (hiddenColours.length > 1 && together < FEWEST + hiddenColours.length - 1);
  if (givenAway) told.set('total', null);
  const of = <C extends Column>(columns: readonly C[]) =>
    Object.fromEntries(columns.map((column) => [column, told.get(column) ?? null])) as Record<C, number | null>;
  return {
    area,
    total: told.get('total') ?? null,
    colours: of(COLOURS),
    flags: of(FLAG_KINDS),
    suppressed: [...told.values()].includes(null),
  };
}

/** Whether a figure is too small to be told, or has to hide a small one of an area beside it. */
function isHidden(column: Column, own: Figures, others: readonly Figures[]): boolean {
  const { parts } = suppress([own[column], ...others.map((figures) => figures[column])]);
  return parts[0] === null;
}

const blank = (): Figures => Object.fromEntries(COLUMNS.map((column) => [column, 0])) as Figures;

/** The figures of an area itself, or of each area right below it. */
async function figuresBelow(house: House, area: string, itself: boolean): Promise<Map<string, Figures>> {
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
  const figures = new Map<string, Figures>();
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
