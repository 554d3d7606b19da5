/** From what a command asks to the rows that answer it. */

import type { Collection } from '../disk/catalog.ts';
import { evaluate } from '../expressions/expression.ts';
import { Picker } from '../raw.ts';
import type { Document } from '../values/bson.ts';
import { type Collation, readCollation } from '../values/collation.ts';
import { refusal } from '../values/errors.ts';
import { compileFilter, type Filter, type FilterOptions } from '../values/matcher.ts';
import { asNumber } from '../values/numbers.ts';
import { isDocument } from '../values/types.ts';
import { distanceKey } from './nearest.ts';
import type { Plan, Query as PlanQuery, Sort } from './plan.ts';
import { plan } from './planner.ts';
import type { Readable } from './readable.ts';
import { type Counts, FoundRows, type Rows, SomeRows, type Source } from './rows.ts';
import { orderBy, orderOn, SortedRows, type Test } from './sorter.ts';

/** What a query asks for. */
export interface Asked {
  readonly filter: Document;
  readonly sort?: Document | undefined;
  readonly skip?: number | undefined;
  readonly limit?: number | undefined;
  readonly hint?: unknown;
  /** The index to be read, hidden or not. */
  readonly index?: PlanQuery['index'];
  /** Keys of the hinted index between which it is read. */
  readonly within?: PlanQuery['within'];
  readonly let?: Document | undefined;
  /** How texts are compared; null: by their bytes, undefined: as the collection has it. */
  readonly collation?: Collation | null | undefined;
  /** Whether the end is not the end: what is stored later follows. */
  readonly tail?: boolean;
  /** False where nothing may be asked by distance. */
  readonly near?: boolean;
}

/** A query under way. */
export interface Opened {
  readonly plan: Plan;
  readonly filter: Filter;
  readonly rows: Rows;
  readonly counts: Counts;
}

/** How filters and projections evaluate expressions. */
export function expressionOptions(
  parts: Pick<Readable, 'now'>,
  variables: Document | undefined,
  collation?: Collation,
): FilterOptions {
  const now = parts.now();
  return {
    expr: (expression, document, given) => evaluate(expression, document, { NOW: now, ...given }, collation),
    ...(variables === undefined ? {} : { let: variables }),
    collation,
  };
}

const TAIL: Plan = { kind: 'tail', sorted: true, exact: false };

/** Plans and opens a query. */
export function openQuery(parts: Readable, collection: Collection, asked: Asked): Opened {
  const { filter, skip = 0, limit } = asked;
  const sort = sortOf(asked.sort);
  const collation = collationFor(asked, collection);
  const first = limit === undefined ? undefined : skip + limit;
  const compiled = compileFilter(filter, {
    ...expressionOptions(parts, asked.let, collation),
    near: asked.near !== false,
  });
  const source: Source = { environment: parts.environment, records: parts.records, collection };
  const byDistance = compiled.near === undefined ? undefined : distanceKey(collection, compiled.near);
  // Whatever is to be ordered by distance must be found first, all of it.
  const enough = byDistance === undefined ? first : undefined;
  const chosen =
    asked.tail === true
      ? TAIL
      : plan(
          source,
          {
            filter,
            sort,
            first: enough,
            hint: hintOf(asked.hint),
            index: asked.index,
            collation,
            within: asked.within,
          },
          compiled,
        );
  const exact = chosen.exact;
  const tested = exact ? undefined : fieldsOf(filter);
  const found = new FoundRows(source, chosen, exact ? undefined : compiled, tested);
  let rows: Rows = found;
  if (!chosen.sorted)
    rows = new SortedRows(rows, source, orderBy(asked.sort as Document, collation, first), testOf(filter, compiled));
  else if (byDistance !== undefined && sort.length === 0)
    rows = new SortedRows(rows, source, orderOn(byDistance, first), testOf(filter, compiled));
  if (skip > 0 || limit !== undefined) rows = new SomeRows(rows, skip, limit);
  return { plan: chosen, filter: compiled, rows, counts: found };
}

/** The collation of a query: its own, else the collection's. */
export function collationFor({ collation }: Pick<Asked, 'collation'>, collection: Collection | undefined) {
  if (collation !== undefined) return collation ?? undefined;
  const own = collection?.options.collation;
  return own === undefined ? undefined : readCollation(own);
}

function testOf(filter: Document, compiled: Filter): Test {
  const tested = fieldsOf(filter);
  return { filter: compiled, picker: tested === undefined ? undefined : new Picker(tested) };
}

/** The top-level fields a filter looks at; undefined when it may look at any. */
function fieldsOf(filter: Document): ReadonlySet<string> | undefined {
  const fields = new Set<string>();
  return collectFields(filter, fields) ? fields : undefined;
}

function collectFields(filter: Document, fields: Set<string>): boolean {
  for (const name of Object.keys(filter)) {
    if (!name.startsWith('$')) {
      const dot = name.indexOf('.');
      fields.add(dot < 0 ? name : name.slice(0, dot));
      continue;
    }
    if (name === '$comment') continue;
    const branches = filter[name];
    if ((name !== '$and' && name !== '$or' && name !== '$nor') || !Array.isArray(branches)) return false;
    if (!branches.every((branch) => isDocument(branch) && collectFields(branch, fields))) return false;
  }
  return true;
}

function hintOf(hint: unknown): unknown {
  if (hint === undefined || typeof hint === 'string') return hint;
  if (isDocument(hint)) return Object.keys(hint).length === 0 ? undefined : hint;
  throw refusal(9, 'Hint must be a string or an object');
}

/** Reads a sort document. */
export function sortOf(sort: Document | undefined): Sort {
  if (sort === undefined) return [];
  return Object.keys(sort).map((path) => {
    const value = sort[path];
    if (isDocument(value))
      throw refusal(40218, `query requires ${String(value.$meta)} metadata, but it is not available`);
    const number = asNumber(value);
    if (number !== 1 && number !== -1) {
      throw refusal(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    }
    if (path === '' || path.startsWith('.') || path.endsWith('.') || path.includes('..')) {
      throw refusal(15998, 'FieldPath field names may not be empty strings.');
    }
    if (path.startsWith('$') && path !== '$natural') {
      throw refusal(16410, `Field names in sort may not start with '$': ${path}`);
    }
    return { path, direction: number };
  });
}
