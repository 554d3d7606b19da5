/** Chooses how a query is answered: by one index, by several for an `$or`, or by reading the collection. */
import type { Collection, Index } from '../disk/catalog.ts';
import type { Document } from '../values/bson.ts';
import { badValue } from '../values/errors.ts';
import type { Filter } from '../values/matcher.ts';
import { asNumber } from '../values/numbers.ts';
import { compareValues, keyString } from '../values/order.ts';
import { isDocument, Rank, rankOf } from '../values/types.ts';
import { candidate } from './candidates.ts';
import { holdsText } from './collated.ts';
import { constraintsOf } from './constraints.ts';
import type { Candidate, Plan, Query } from './plan.ts';
import { fastest } from './race.ts';
import type { Source } from './rows.ts';

/** Chooses a plan; `compiled` is the filter of the query. A hint that names no index is refused with code 2. */
export function plan(source: Source, query: Query, compiled: Filter): Plan {
  const { collection } = source;
  const { filter, sort, hint, collation } = query;
  const natural = naturalOrder(query);
  if (natural !== undefined) {
    return { kind: 'collection', reverse: natural === -1, sorted: true, exact: isEmpty(filter) };
  }
  if (hint !== undefined || query.index !== undefined) return hintedPlan(collection, query);
  const id = wholeId(filter._id);
  if (id !== undefined && (collation === undefined || !holdsText(id.value)))
    return { kind: 'id', id: id.value, exact: Object.keys(filter).length === 1, sorted: true };
  const constraints = constraintsOf(filter);
  if (constraints.byPath.size === 0 && sort.length === 0 && constraints.or === undefined) {
    return { kind: 'collection', reverse: false, sorted: true, exact: isEmpty(filter) };
  }
  const candidates: Candidate[] = [];
  for (const index of collection.indexes) {
    if (index.building || index.spec.hidden === true) continue;
    const found = candidate(index, constraints, query, false);
    if (found !== undefined) candidates.push(found);
  }
  const best = choose(source, candidates, compiled, query.first);
  if (constraints.or !== undefined && (best === undefined || (best.equalFields === 0 && !best.ranged))) {
    const union = unionPlan(source, constraints.or, query, compiled);
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
  if (found === undefined || found.building || found.spec.hidden === true) {
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

function hintedPlan(collection: Collection, query: Query): Plan {
  const { filter, sort, hint } = query;
  if (isDocument(hint) && '$natural' in hint) {
    return {
      kind: 'collection',
      reverse: (asNumber(hint.$natural) ?? 1) < 0,
      sorted: sort.length === 0,
      exact: isEmpty(filter),
    };
  }
  const index = query.index ?? hintedIndex(collection, hint);
  const found = candidate(index, constraintsOf(filter), query, true) as Candidate;
  return { kind: 'index', ...(query.within === undefined ? found : bounded(found, query.within)) };
}

/** The part of an index from one whole key to another, the latter left out. */
function bounded(found: Candidate, { min, max }: NonNullable<Query['within']>): Candidate {
  const { index } = found;
  const keyOf = (bound: Document | undefined): Uint8Array | undefined => {
    if (bound === undefined) return undefined;
    const values = index.fields.map((field) => {
      if (field in bound) return bound[field];
      throw badValue('the fields of min() and max() must be those of the hinted index');
    });
    return keyString(values, index.directions);
  };
  const stretch = { start: keyOf(min) ?? new Uint8Array(0), end: keyOf(max), equalBytes: 0 };
  return { ...found, stretches: [stretch], equalFields: 0, ranged: true, exact: false, merge: false };
}

/** Leaves out what another candidate does better in every way, and lets the others race. */
function choose(source: Source, candidates: readonly Candidate[], filter: Filter, first: number | undefined) {
  const useful = candidates.filter((one) => !candidates.some((other) => other !== one && dominates(other, one)));
  // Of equals the one that needs no sorting, then the one with more to go by.
  useful.sort((a, b) => Number(b.sorted) - Number(a.sorted) || usedFields(b) - usedFields(a));
  return fastest(source, useful.length > 0 ? useful : candidates, filter, first ?? Number.POSITIVE_INFINITY);
}

function dominates(a: Candidate, b: Candidate): boolean {
  if (isWhole(a) !== isWhole(b)) return isWhole(a);
  if (!narrowsLike(a, b) || (b.sorted && !a.sorted)) return false;
  if (!narrowsLike(b, a) || a.sorted !== b.sorted) return true;
  // Equally good: the index with fewer fields, then the older one.
  if (a.index.fields.length !== b.index.fields.length) return a.index.fields.length < b.index.fields.length;
  return a.index.id < b.index.id;
}

/** Whether a candidate leads to one document at most. */
function isWhole(one: Candidate): boolean {
  return one.index.unique && one.equalFields === one.index.fields.length && one.stretches.length === 1;
}

/** Whether `a` narrows every field that `b` narrows. */
function narrowsLike(a: Candidate, b: Candidate): boolean {
  const fields = (one: Candidate, count: number) => one.index.fields.slice(0, count);
  const equal = fields(a, a.equalFields);
  const any = fields(a, usedFields(a));
  if (!fields(b, b.equalFields).every((field) => equal.includes(field))) return false;
  return fields(b, usedFields(b)).every((field) => any.includes(field));
}

/** How many fields narrow what is read. */
function usedFields({ equalFields, ranged }: Candidate): number {
  return equalFields + (ranged ? 1 : 0);
}

/** A plan for `$or` when every branch has an index of its own. */
function unionPlan(
  source: Source,
  branches: readonly Document[],
  { sort, collation }: Query,
  compiled: Filter,
): Plan | undefined {
  const plans = branches.map((filter) => plan(source, { filter, sort: [], collation }, compiled));
  if (plans.length === 0 || plans.some((one) => one.kind === 'collection')) return undefined;
  return { kind: 'union', branches: plans, sorted: sort.length === 0, exact: false };
}
