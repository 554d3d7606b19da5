/** `$densify`: documents for the numbers or dates that are missing between those that are there. */
import { DateTime } from 'luxon';
import { compileExpression } from '../expressions/expression.ts';
import { product, total } from '../expressions/operators/arithmetic.ts';
import { isNullish } from '../expressions/operators/operator.ts';
import { Budget } from '../query/memory.ts';
import { PAUSE, sliceSpent } from '../query/slice.ts';
import type { Document } from '../values/bson.ts';
import { failedToParse, refusal, typeMismatch } from '../values/errors.ts';
import { asNumber, isNumeric, wholeNumber } from '../values/numbers.ts';
import { compareValues } from '../values/order.ts';
import { isDocument, typeName } from '../values/types.ts';
import { keyOf } from './accumulators.ts';
import { fieldPath } from './placing.ts';
import { put } from './reshape.ts';
import type { Maker } from './stage.ts';

/** The steps: of numbers, or of dates by a unit of the calendar. */
interface Range {
  readonly step: unknown;
  readonly unit: string | undefined;
  /** From the least to the greatest of all or of each partition, or from one value up to but not another. */
  readonly bounds: 'full' | 'partition' | readonly [unknown, unknown];
}

const UNITS = new Set(['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond']);
/** MongoDB's limit for what one stage adds. */
const MOST = 500_000;

function checkFields(input: string, given: unknown, known: readonly string[], required: readonly string[]): Document {
  if (!isDocument(given))
    throw typeMismatch(`BSON field '${input}' is the wrong type '${typeName(given)}', expected type 'object'`);
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) throw refusal(40415, `BSON field '${input}.${name}' is an unknown field.`);
  }
  for (const name of required) {
    if (given[name] === undefined)
      throw refusal(40414, `BSON field '${input}.${name}' is missing but a required field`);
  }
  return given;
}

function rangeOf(given: unknown): Range {
  const { step, unit, bounds } = checkFields('$densify.range', given, ['step', 'unit', 'bounds'], ['step', 'bounds']);
  if (!isNumeric(step)) throw typeMismatch(`BSON field '$densify.range.step' is the wrong type '${typeName(step)}'`);
  if (!((asNumber(step) as number) > 0))
    throw refusal(5733401, 'the step parameter in a range statement must be a strictly positive numeric value');
  if (unit !== undefined && (typeof unit !== 'string' || !UNITS.has(unit)))
    throw failedToParse(`unknown time unit value: ${String(unit)}`);
  if (unit !== undefined && wholeNumber(step) === undefined)
    throw refusal(
      6586400,
      'The step parameter in a range satement must be a whole number when densifying a date range',
    );
  return { step, unit, bounds: boundsOf(bounds, unit) };
}

function boundsOf(given: unknown, unit: string | undefined): Range['bounds'] {
  if (given === 'full' || given === 'partition') return given;
  if (typeof given === 'string') throw refusal(5946802, "Bounds string must either be 'full' or 'partition'");
  if (!Array.isArray(given) || given.length !== 2)
    throw refusal(5733403, 'a bounding array in a range statement must have exactly two elements');
  const [lower, upper] = given;
  if (![lower, upper].every((bound) => (unit === undefined ? isNumeric(bound) : bound instanceof Date)))
    throw refusal(
      5733406,
      'a bounding array must contain either both dates with a unit, or both numeric values without one',
    );
  if (compareValues(lower, upper) > 0)
    throw refusal(5733402, 'the bounds in a range statement must be the lower, then the upper');
  return [lower, upper];
}

/** The value so many steps after another. */
function stepped({ step, unit }: Range, from: unknown, count: number): unknown {
  if (unit === undefined) return total(from, product(step, count));
  return DateTime.fromJSDate(from as Date, { zone: 'utc' })
    .plus({ [`${unit}s`]: (asNumber(step) as number) * count })
    .toJSDate();
}

function checkValue(value: unknown, unit: string | undefined): void {
  if (!isNumeric(value) && !(value instanceof Date))
    throw refusal(5733201, `Densify field type must be numeric or a date, but is ${typeName(value)}`);
  if (isNumeric(value) && unit !== undefined)
    throw refusal(6053600, 'Encountered numeric densify value in collection when step has a date unit.');
  if (!isNumeric(value) && unit === undefined)
    throw refusal(6053601, 'Encountered date densify value in collection when step does not have a date unit.');
}

/** Documents that are the same but for the field, in order of it. */
interface Partition {
  /** What all of them have in common. */
  readonly common: Document;
  readonly held: { readonly value: unknown; readonly document: Document }[];
}

export const densify: Maker = (spec, context) => {
  const given = checkFields('$densify', spec, ['field', 'partitionByFields', 'range'], ['field', 'range']);
  const { field, partitionByFields = [] } = given;
  if (typeof field !== 'string') throw typeMismatch("BSON field '$densify.field' must be a string");
  const names = fieldPath(field);
  if (!Array.isArray(partitionByFields) || !partitionByFields.every((one) => typeof one === 'string'))
    throw typeMismatch("BSON field '$densify.partitionByFields' must be an array of strings");
  const parts = partitionByFields.map((path: string) => ({
    names: fieldPath(path),
    value: compileExpression(`$${path}`),
  }));
  const range = rangeOf(given.range);
  if (range.bounds === 'partition' && parts.length === 0)
    throw refusal(
      8993000,
      "one may not specify the bounds as 'partition' without specifying a non-empty array of partitionByFields",
    );
  const at = compileExpression(`$${field}`);
  return function* run(input) {
    const budget = new Budget('$densify');
    const partitions = new Map<string, Partition>();
    for (const document of input) {
      if (sliceSpent()) yield PAUSE;
      const scope = { root: document, ...context };
      const value = document === PAUSE ? undefined : at(scope);
      if (document === PAUSE || isNullish(value)) {
        yield document;
        continue;
      }
      checkValue(value, range.unit);
      budget.hold(document);
      const common: Document = {};
      for (const part of parts) put(common, part.names, 0, part.value(scope));
      const key = keyOf(common);
      const found = partitions.get(key) ?? { common, held: [] };
      partitions.set(key, found);
      found.held.push({ value, document });
    }
    let added = 0;
    const all = [...partitions.values()];
    for (const { held } of all) held.sort((a, b) => compareValues(a.value, b.value));
    const ends = all.flatMap(({ held }) => [held[0]?.value, held.at(-1)?.value]).sort(compareValues);
    for (const { common, held } of all) {
      const [lower, upper] =
        range.bounds === 'full'
          ? [ends[0], ends.at(-1)]
          : range.bounds === 'partition'
            ? [held[0]?.value, held.at(-1)?.value]
            : range.bounds;
      const beyond = (value: unknown) => compareValues(value, upper) >= (Array.isArray(range.bounds) ? 0 : 1);
      let steps = 0;
      let next = lower;
      for (const { value, document } of [...held, { value: undefined, document: undefined }]) {
        while (!beyond(next) && (document === undefined || compareValues(next, value) <= 0)) {
          if (document === undefined || compareValues(next, value) < 0) {
            added += 1;
            if (added > MOST)
              throw refusal(5897900, `Generated ${added} documents in $densify, which is over the limit of ${MOST}.`);
            const made = { ...common };
            put(made, names, 0, next);
            yield made;
          }
          steps += 1;
          next = stepped(range, lower, steps);
          if (sliceSpent()) yield PAUSE;
        }
        if (document !== undefined) yield document;
      }
    }
  };
};
