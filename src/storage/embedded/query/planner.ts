/** Chooses how a query is answered: by one index, by several for an `$or`, or by reading the collection. */
import type { Collection, Index } from '../disk/catalog.ts';
import type { Environment } from '../disk/environment.ts';
import type { Document } from '../values/bson.ts';
import { badValue } from '../values/errors.ts';
import { asNumber } from '../values/numbers.ts';
import { compareValues } from '../values/order.ts';
import { isDocument, Rank, rankOf } from '../values/types.ts';
import { type Candidate, candidate, type Sort } from './candidates.ts';
import { constraintsOf } from './constraints.ts';
import { IndexScan } from './scan.ts';

/** How a query is answered. */
export type Plan =
  | { readonly kind: 'id'; readonly id: unknown; readonly exact: boolean; readonly sorted: true }
  | { readonly kind: 'collection'; readonly reverse: boolean; readonly sorted: boolean; readonly exact: boolean }
  | ({ readonly kind: 'index' } & Candidate)
  | { readonly kind: 'union'; readonly branches: readonly Plan[]; readonly sorted: boolean; readonly exact: false };

/** What is asked. */
export interface Query {
  readonly filter: Document;
  readonly sort: Sort;
  /** Skip and limit together: how many documents are read at most in the wanted order. */
  readonly first?: number | undefined;
  readonly hint?: unknown;
}

/** Chooses a plan. A hint that names no index is refused with code 2. */
export function plan(environment: Environment, collection: Collection, query: Query): Plan {
  const { filter, sort, hint } = query;
  const natural = naturalOrder(query);
  if (natural !== undefined) {
    return { kind: 'collection', reverse: natural === -1, sorted: true, exact: isEmpty(filter) };
  }
  if (hint !== undefined) return hintedPlan(collection, query, hint);
  const id = wholeId(filter._id);
  if (id !== undefined) return { kind: 'id', id: id.value, exact: Object.keys(filter).length === 1, sorted: true };
  const constraints = constraintsOf(filter);
  if (constraints.byPath.size === 0 && sort.length === 0 && constraints.or === undefined) {
    return { kind: 'collection', reverse: false, sorted: true, exact: isEmpty(filter) };
  }
  const candidates: Candidate[] = [];
  for (const index of collection.indexes) {
    if (index.building) continue;
    const found = candidate(index, constraints, sort, false);
    if (found !== undefined) candidates.push(found);
  }
  const best = choose(environment, candidates, query);
  if (constraints.or !== undefined && (best === undefined || (best.equalFields === 0 && !best.ranged))) {
    const union = unionPlan(environment, collection, constraints.or, sort);
    if (union !== undefined) return union;
  }
  if (best !== undefined) return { kind: 'index', ...best };
  return { kind: 'collection', reverse: false, sorted: sort.length === 0, exact: isEmpty(filter) };
}

function isEmpty(filter: Document): boolean {
  return Object.keys(filter).length === 0;
}

function naturalOrder({ sort, hint }: Query): 1 | -1 | undefined {
  const [first] = sort;
  if (first?.path === '$natural') return first.direction;
  if (!isDocument(hint) || !('$natural' in hint) || sort.length > 0) return undefined;
  return (asNumber(hint.$natural) ?? 1) < 0 ? -1 : 1;
}

/** The value `_id` must equal, when the filter says so. */
function wholeId(condition: unknown): { value: unknown } | undefined {
  if (condition === undefined || condition === null || Array.isArray(condition)) return undefined;
  if (isDocument(condition)) {
    const names = Object.keys(condition);
    if (!names[0]?.startsWith('$')) return { value: condition };
    if (names.length !== 1 || names[0] !== '$eq') return undefined;
    const { $eq } = condition;
    return $eq === null || Array.isArray($eq) || rankOf($eq) === Rank.undefined ? undefined : { value: $eq };
  }
  const rank = rankOf(condition);
  return rank === Rank.regex || rank === Rank.undefined ? undefined : { value: condition };
}

/** The index a hint names, by its name or its pattern. */
export function hintedIndex(collection: Collection, hint: unknown): Index {
  const found = collection.indexes.find((index) =>
    typeof hint === 'string' ? index.name === hint : samePattern(index.pattern, hint),
  );
  if (found === undefined || found.building) {
    throw badValue(
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  }
  return found;
}

function samePattern(pattern: Document, hint: unknown): boolean {
  if (!isDocument(hint)) return false;
  const names = Object.keys(hint);
  const own = Object.keys(pattern);
  return (
    names.length === own.length &&
    names.every((name, i) => name === own[i] && compareValues(hint[name], pattern[name]) === 0)
  );
}

function hintedPlan(collection: Collection, { filter, sort, hint }: Query, _hint: unknown): Plan {
  if (isDocument(hint) && '$natural' in hint) {
    return {
      kind: 'collection',
      reverse: (asNumber(hint.$natural) ?? 1) < 0,
      sorted: sort.length === 0,
      exact: isEmpty(filter),
    };
  }
  const found = candidate(hintedIndex(collection, hint), constraintsOf(filter), sort, true) as Candidate;
  return { kind: 'index', ...found };
}

/** How many entries are looked at to tell two indexes apart. */
const SAMPLE = 256;

function choose(
  environment: Environment,
  candidates: readonly Candidate[],
  { sort, first }: Query,
): Candidate | undefined {
  const useful = candidates.filter((one) => !candidates.some((other) => other !== one && dominates(other, one)));
  const [only, ...others] = useful;
  if (only === undefined || others.length === 0) return only ?? candidates[0];
  const cost = (one: Candidate) => {
    const entries = sample(environment, one);
    // An order that comes for nothing ends the reading early; without it everything must be read and sorted.
    if (sort.length === 0 || !one.sorted) return entries + (sort.length > 0 ? entries : 0);
    return first === undefined ? entries : Math.min(entries, Math.max(first * 4, SAMPLE / 2));
  };
  return useful.reduce((best, one) => (cost(one) < cost(best) ? one : best));
}

function dominates(a: Candidate, b: Candidate): boolean {
  const better = rate(a);
  const worse = rate(b);
  if (!better.every((value, i) => value >= (worse[i] as number))) return false;
  if (better.some((value, i) => value > (worse[i] as number))) return true;
  // Equally good: the index with fewer fields, then the older one.
  if (a.index.fields.length !== b.index.fields.length) return a.index.fields.length < b.index.fields.length;
  return !sameBounds(a, b) ? false : a.index.id < b.index.id;
}

function sameBounds(a: Candidate, b: Candidate): boolean {
  const used = (one: Candidate) => one.index.fields.slice(0, one.equalFields + (one.ranged ? 1 : 0)).join();
  return used(a) === used(b);
}

function rate(one: Candidate): number[] {
  const whole = one.index.unique && one.equalFields === one.index.fields.length && one.stretches.length === 1;
  return [whole ? 1 : 0, usedFields(one), one.sorted ? 1 : 0];
}

function usedFields(one: Candidate): number {
  return one.equalFields + (one.ranged ? 0.5 : 0);
}

function sample(environment: Environment, one: Candidate): number {
  const scan = new IndexScan(environment, one);
  let count = 0;
  while (count < SAMPLE && scan.next() !== undefined) count += 1;
  scan.suspend();
  return count;
}

/** A plan for `$or` when every branch has an index of its own. */
function unionPlan(
  environment: Environment,
  collection: Collection,
  branches: readonly Document[],
  sort: Sort,
): Plan | undefined {
  const plans = branches.map((filter) => plan(environment, collection, { filter, sort: [] }));
  if (plans.length === 0 || plans.some((one) => one.kind === 'collection')) return undefined;
  return { kind: 'union', branches: plans, sorted: sort.length === 0, exact: false };
}
