/** A partition of `$setWindowFields`, and which documents of it a window shows. */
import { DateTime } from 'luxon';
import { compileExpression } from '../expressions/expression.ts';
import { total } from '../expressions/operators/arithmetic.ts';
import type { Expression, Scope } from '../expressions/scope.ts';
import type { Budget } from '../query/memory.ts';
import type { Document } from '../values/bson.ts';
import { failedToParse, refusal } from '../values/errors.ts';
import { asNumber, isNumeric, wholeNumber } from '../values/numbers.ts';
import { compareValues } from '../values/order.ts';
import { isDocument, typeName } from '../values/types.ts';

/** The documents of one partition, in order. */
export interface Partition {
  readonly documents: readonly Document[];
  /** Whether two of them stand at the same place of the order. */
  ties(a: number, b: number): boolean;
  scope(document: Document): Scope;
  readonly budget: Budget;
}

/** The documents a window shows of a partition at each place: `[from, to)`. Asked for one place after another. */
export type Window = (partition: Partition) => (at: number) => readonly [from: number, to: number];

/** What a function gives at each place of a partition, asked for one place after another; undefined for no field. */
export type WindowFunction = (partition: Partition) => (at: number) => unknown;

/** What a function is made of: what stands under its name, its window, and the order. */
export interface WindowSpec {
  readonly name: string;
  readonly operand: unknown;
  readonly window: unknown;
  readonly sortBy: Document | undefined;
}

type Bound = 'unbounded' | number;

const UNITS = new Set(['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond']);

/** Every document of the partition. */
export const WHOLE: Window =
  ({ documents }) =>
  () => [0, documents.length];

/** Reads `window`. Refused with MongoDB's codes when it is malformed, or the order does not fit it. */
export function compileWindow(given: unknown, sortBy: Document | undefined): Window {
  if (given === undefined) return WHOLE;
  if (!isDocument(given)) throw failedToParse("'window' field must be an object");
  const { documents, range, unit, ...others } = given;
  if (documents !== undefined && range !== undefined)
    throw failedToParse("Window bounds can specify either 'documents' or 'unit', not both.");
  if (unit !== undefined && range === undefined)
    throw failedToParse("Window bounds can only specify 'unit' with range-based bounds.");
  if (Object.keys(others).length > 0)
    throw failedToParse("'window' field can only contain 'documents', or 'range' with an optional 'unit'");
  if (documents !== undefined) return byDocuments(documents, sortBy);
  return range === undefined ? WHOLE : byRange(range, unit, sortBy);
}

function boundsOf(given: unknown, number: (value: unknown) => number): [Bound, Bound] {
  if (!Array.isArray(given) || given.length !== 2) throw failedToParse('Window bounds must be a 2-element array');
  const [lower, upper] = given.map((bound): Bound => {
    if (bound === 'unbounded') return bound;
    if (bound === 'current') return 0;
    if (typeof bound === 'string') throw failedToParse("Window bounds must be 'unbounded', 'current', or a number.");
    return number(isDocument(bound) ? compileExpression(bound)({ root: {}, variables: {} }) : bound);
  }) as [Bound, Bound];
  if (lower !== 'unbounded' && upper !== 'unbounded' && lower > upper)
    throw refusal(5339900, `Lower bound must not exceed upper bound: [${lower}, ${upper}]`);
  return [lower, upper];
}

function integer(why: string): (value: unknown) => number {
  return (value) => {
    const whole = wholeNumber(value);
    if (whole === undefined) throw failedToParse(why);
    return Number(whole);
  };
}

function byDocuments(given: unknown, sortBy: Document | undefined): Window {
  const [lower, upper] = boundsOf(given, integer('Numeric document-based bounds must be an integer'));
  if (lower === 'unbounded' && upper === 'unbounded') return WHOLE;
  if (sortBy === undefined) throw refusal(5339901, 'Document-based bounds require a sortBy');
  return ({ documents: { length } }) =>
    (at) => [
      lower === 'unbounded' ? 0 : Math.min(length, Math.max(0, at + lower)),
      upper === 'unbounded' ? length : Math.min(length, Math.max(0, at + upper + 1)),
    ];
}

/** The one field an order is by; undefined when it is by none or by several. */
export function singleSort(sortBy: Document | undefined): { value: Expression; ascends: boolean } | undefined {
  const [path, ...others] = Object.keys(sortBy ?? {});
  if (path === undefined || others.length > 0) return undefined;
  return { value: compileExpression(`$${path}`), ascends: (asNumber(sortBy?.[path]) ?? 1) > 0 };
}

function byRange(given: unknown, unit: unknown, sortBy: Document | undefined): Window {
  if (unit !== undefined && typeof unit !== 'string') throw failedToParse("'unit' must be a string");
  if (unit !== undefined && !UNITS.has(unit)) throw failedToParse(`unknown time unit value: ${unit}`);
  const number = (value: unknown) => {
    if (!isNumeric(value)) throw failedToParse('Range-based bounds expression must be a number');
    return asNumber(value) as number;
  };
  const [lower, upper] = boundsOf(
    given,
    unit === undefined ? number : integer("With 'unit', range-based bounds must be an integer"),
  );
  const by = singleSort(sortBy);
  if (by === undefined) throw refusal(5339902, 'Range-based bounds require sortBy a single field');
  if (!by.ascends) throw refusal(8947401, 'Range-based bounds require an ascending sortBy');
  const { value } = by;
  if (lower === 'unbounded' && upper === 'unbounded') return WHOLE;
  return ({ documents, scope }) => {
    const values = documents.map((document) => value(scope(document)) ?? null);
    let from = 0;
    let to = 0;
    return (at) => {
      const here = checked(values[at], unit);
      if (lower !== 'unbounded') {
        const least = moved(here, lower, unit);
        while (from < values.length && compareValues(values[from], least) < 0) from += 1;
      }
      if (upper === 'unbounded') return [from, values.length];
      const most = moved(here, upper, unit);
      to = Math.max(to, from);
      while (to < values.length && compareValues(values[to], most) <= 0) to += 1;
      return [from, to];
    };
  };
}

function checked(value: unknown, unit: string | undefined): unknown {
  if (unit !== undefined && !(value instanceof Date))
    throw refusal(5429413, `Invalid range: Expected the sortBy field to be a Date, but it was ${typeName(value)}`);
  if (unit === undefined && !isNumeric(value))
    throw refusal(5429414, `Invalid range: Expected the sortBy field to be a number, but it was ${typeName(value)}`);
  return value;
}

function moved(value: unknown, by: number, unit: string | undefined): unknown {
  if (unit === undefined) return total(value, by);
  return DateTime.fromJSDate(value as Date, { zone: 'utc' })
    .plus({ [`${unit}s`]: by })
    .toJSDate();
}
