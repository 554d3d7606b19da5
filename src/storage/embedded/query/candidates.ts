/** What one index could do for a query: the ranges to read, and the order the documents come in. */
import type { Index } from '../disk/catalog.ts';
import type { Document } from '../values/bson.ts';
import { compareValues, keyRange, keyString, stringPrefixRange, type ValueBounds } from '../values/order.ts';
import { show } from '../values/show.ts';
import { forIndex } from './collated.ts';
import type { Constraint, Constraints } from './constraints.ts';
import { holdsAll } from './partial.ts';
import type { Candidate, Narrowed, Query, Sort, Stretch } from './plan.ts';

/** The most stretches that values of several fields multiply to; beyond that, those of the later one are read as one range. */
const MOST_STRETCHES = 200;
const NO_CONSTRAINTS: readonly Constraint[] = [];

/** What `index` can do, or undefined when it can do nothing (or may not: it lacks documents the query wants). */
export function candidate(
  index: Index,
  constraints: Constraints,
  { sort, collation }: Pick<Query, 'sort' | 'collation'>,
  hinted: boolean,
): Candidate | undefined {
  const { byPath, partial } = forIndex(constraints, index, collation);
  if (!hinted && !holdsAll(index, byPath)) return undefined;
  const builder = new StretchBuilder(index);
  for (let i = 0; i < index.fields.length; i++) {
    if (!builder.field(i, byPath.get(index.fields[i] as string) ?? NO_CONSTRAINTS)) break;
  }
  const { equalFields, ranged } = builder;
  const plain = index.collation === undefined && collation === undefined;
  const order = plain || sort.length === 0 ? orderOf(index, sort, builder.pointCounts) : undefined;
  if (equalFields === 0 && !ranged && !hinted && (sort.length === 0 || order === undefined)) return undefined;
  const used = builder.used;
  const counted = [...byPath.values()].reduce((sum, list) => sum + list.length, 0);
  return {
    index,
    stretches: builder.stretches(),
    reverse: order?.reverse ?? false,
    merge: order?.merge ?? false,
    sorted: order !== undefined,
    exact: !partial && index.multikey === 0 && !index.shortened && builder.exact && used === counted,
    equalFields,
    ranged,
    narrowed: builder.narrowed,
  };
}

class StretchBuilder {
  readonly #index: Index;
  #rows: unknown[][] = [[]];
  #ends: ((equal: readonly unknown[]) => { start: Uint8Array; end: Uint8Array | undefined })[] = [];
  /** For each equal field, how many values it may have. */
  readonly pointCounts: number[] = [];
  ranged = false;
  exact = true;
  /** How many constraints the stretches express in full. */
  used = 0;
  readonly narrowed: Narrowed[] = [];
  #multikeyUsed = false;

  constructor(index: Index) {
    this.#index = index;
  }

  get equalFields(): number {
    return this.pointCounts.length;
  }

  /** Takes the next field's constraints; false when fields after it can no longer narrow the stretches. */
  field(position: number, constraints: readonly Constraint[]): boolean {
    const multikey = (this.#index.multikey & (1 << position)) !== 0;
    // Two fields of one array may be met by different elements, which stand in different entries.
    if (multikey && this.#multikeyUsed) return false;
    const points = constraints.find((one) => one.kind === 'points');
    if (points?.kind === 'points') {
      this.#multikeyUsed ||= multikey;
      return this.#points(position, points);
    }
    const range = constraints.find((one) => one.kind === 'range');
    if (range?.kind === 'range') {
      this.ranged = true;
      const bounds = multikey && !range.sameElement ? oneSide(range.bounds) : range.bounds;
      this.exact &&= range.exact;
      this.used += 1;
      const { directions } = this.#index;
      this.#ends = [(equal) => keyRange(equal, directions, bounds)];
      this.narrowed.push({ bounds });
      return false;
    }
    const prefix = constraints.find((one) => one.kind === 'prefix');
    if (prefix?.kind === 'prefix') {
      this.ranged = true;
      this.exact = false;
      const { directions } = this.#index;
      // The expression stored as a value matches itself.
      const { regex } = prefix;
      const ends = [
        (equal: readonly unknown[]) => stringPrefixRange(equal, directions, prefix.prefix),
        (equal: readonly unknown[]) => keyRange(equal, directions, { gte: regex, lte: regex }),
      ];
      this.#ends = directions[position] === -1 ? ends.reverse() : ends;
      this.narrowed.push({ prefix: prefix.prefix });
    }
    return false;
  }

  #points(position: number, { points, exact }: Constraint & { kind: 'points' }): boolean {
    const direction = this.#index.directions[position] === -1 ? -1 : 1;
    const values = distinct(points, direction);
    this.used += 1;
    const { directions } = this.#index;
    if (this.#rows.length * values.length > MOST_STRETCHES && values.length > 1) {
      this.ranged = true;
      const ends = values.map(
        (value) => (equal: readonly unknown[]) => keyRange(equal, directions, { gte: value, lte: value }),
      );
      // The values of one field are as many as were asked for; beside those of fields before it they multiply.
      if (this.#rows.length === 1) {
        this.exact &&= exact;
        this.#ends = ends;
        this.narrowed.push({ values });
        return false;
      }
      this.exact = false;
      const [first, last] = [ends[0], ends.at(-1)] as [(typeof ends)[number], (typeof ends)[number]];
      this.#ends = [(equal) => ({ start: first(equal).start, end: last(equal).end })];
      const [gte, lte] = direction === 1 ? [values[0], values.at(-1)] : [values.at(-1), values[0]];
      this.narrowed.push({ bounds: { gte, lte } });
      return false;
    }
    this.exact &&= exact;
    this.narrowed.push({ values });
    this.#rows = this.#rows.flatMap((row) => values.map((value) => [...row, value]));
    this.pointCounts.push(values.length);
    return true;
  }

  stretches(): Stretch[] {
    const { directions } = this.#index;
    return this.#rows.flatMap((row) => {
      const equalBytes = keyString(row, directions).length;
      const ends = this.#ends.length > 0 ? this.#ends : [(equal: readonly unknown[]) => keyRange(equal, directions)];
      return ends.map((end) => ({ ...end(row), equalBytes }));
    });
  }
}

function distinct(values: readonly unknown[], direction: 1 | -1): unknown[] {
  if (values.length === 1) return [values[0]];
  const sorted = [...values].sort((a, b) => direction * compareValues(a, b));
  return sorted.filter((value, i) => i === 0 || compareValues(value, sorted[i - 1]) !== 0);
}

/** Of an array's range conditions each may be met by another element: only one side narrows. */
function oneSide(bounds: ValueBounds): ValueBounds {
  if ('gt' in bounds) return { gt: bounds.gt };
  if ('gte' in bounds) return { gte: bounds.gte };
  return bounds;
}

/** The bounds of an index scan in the way `explain` shows them. */
export function boundsShown({ index, narrowed }: Candidate): Document {
  const shown = (one: Narrowed | undefined): string[] => {
    if (one?.values !== undefined) return one.values.map((value) => `[${show(value)}, ${show(value)}]`);
    if (one?.bounds !== undefined) return [showBounds(one.bounds)];
    return [one?.prefix === undefined ? '[MinKey, MaxKey]' : `["${one.prefix}", "${one.prefix}…")`];
  };
  return Object.fromEntries(index.fields.map((field, i) => [field, shown(narrowed[i])]));
}

function showBounds(bounds: ValueBounds): string {
  const low = 'gt' in bounds ? `(${show(bounds.gt)}` : 'gte' in bounds ? `[${show(bounds.gte)}` : '[-inf';
  const high = 'lt' in bounds ? `${show(bounds.lt)})` : 'lte' in bounds ? `${show(bounds.lte)}]` : 'inf]';
  return `${low}, ${high}`;
}

/** How the index gives the wanted order, if it does. */
function orderOf(
  index: Index,
  sort: Sort,
  pointCounts: readonly number[],
): { reverse: boolean; merge: boolean } | undefined {
  if (sort.length === 0) return { reverse: false, merge: false };
  if (index.shortened) return undefined;
  // In plain index order, fields with one value are constant and may be passed over.
  const plain = follow(index, sort, pointCounts, 0);
  if (plain !== undefined) return { reverse: plain === -1, merge: false };
  const merged = follow(index, sort, pointCounts, pointCounts.length);
  return merged === undefined ? undefined : { reverse: merged === -1, merge: pointCounts.some((count) => count > 1) };
}

function follow(index: Index, sort: Sort, pointCounts: readonly number[], from: number): 1 | -1 | undefined {
  const constant = (path: string) => {
    const at = index.fields.indexOf(path);
    return at >= 0 && pointCounts[at] === 1 && (index.multikey & (1 << at)) === 0;
  };
  let at = from;
  let turn: 1 | -1 | undefined;
  for (const { path, direction } of sort) {
    while (at < index.fields.length && index.fields[at] !== path && pointCounts[at] === 1) at += 1;
    if (index.fields[at] !== path) {
      if (constant(path)) continue;
      return undefined;
    }
    if ((index.multikey & (1 << at)) !== 0) return undefined;
    const way = index.directions[at] === direction ? 1 : -1;
    if (pointCounts[at] !== 1) {
      if (turn !== undefined && turn !== way) return undefined;
      turn = way;
    }
    at += 1;
  }
  return turn ?? 1;
}
