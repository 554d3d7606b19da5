/** `$bucketAuto`: so many buckets of about the same number of documents; equal values stay together. */

import { compileExpression } from '../expressions/expression.ts';
import { Budget } from '../query/memory.ts';
import { PAUSE, sliceSpent } from '../query/slice.ts';
import type { Document } from '../values/bson.ts';
import { refusal } from '../values/errors.ts';
import { asNumber, isNumeric, wholeNumber } from '../values/numbers.ts';
import { compareValues } from '../values/order.ts';
import { isDocument, isInt32, typeName } from '../values/types.ts';
import { bucketOf, checkGroupBy, outputsOf, shown } from './buckets.ts';
import { type Rounding, roundingOf } from './granularity.ts';
import type { Maker } from './stage.ts';

const FIELDS = new Set(['groupBy', 'buckets', 'output', 'granularity']);

function countOf(buckets: unknown): number {
  if (!isNumeric(buckets))
    throw refusal(
      40241,
      `The $bucketAuto 'buckets' field must be a numeric value, but found type: ${typeName(buckets)}`,
    );
  const whole = wholeNumber(buckets);
  if (whole === undefined || !isInt32(Number(whole)))
    throw refusal(
      40242,
      `The $bucketAuto 'buckets' field must be representable as a 32-bit integer, but found ${String(buckets)}`,
    );
  if (whole < 1n) throw refusal(40243, `The $bucketAuto 'buckets' field must be greater than 0, but found: ${whole}`);
  return Number(whole);
}

interface Held {
  readonly value: unknown;
  readonly document: Document;
}

function checkRoundable(value: unknown): void {
  if (!isNumeric(value))
    throw refusal(
      40258,
      `$bucketAuto can specify a 'granularity' with numeric boundaries only, but found a value with type: ${typeName(value)}`,
    );
  const number = asNumber(value) as number;
  if (Number.isNaN(number))
    throw refusal(40259, "$bucketAuto can specify a 'granularity' with numeric boundaries only, but found a NaN");
  if (number < 0)
    throw refusal(
      40260,
      `$bucketAuto can specify a 'granularity' with non-negative numbers only, but found a negative number`,
    );
}

/** Where a bucket ends that begins at `start` and holds at least what lies before `least`, and its upper bound. */
function endOf(
  held: readonly Held[],
  start: number,
  least: number,
  rounding: Rounding | undefined,
): { end: number; max: unknown } {
  const last = held[least - 1]?.value;
  const upper = rounding === undefined ? undefined : rounding.up(last);
  const belongs = (value: unknown) =>
    compareValues(value, last) === 0 || (upper !== undefined && compareValues(value, upper) < 0);
  let end = Math.max(least, start + 1);
  while (end < held.length && belongs(held[end]?.value)) end += 1;
  const next = held[end]?.value;
  // Each ends where the next begins; the last with its greatest value.
  if (rounding === undefined) return { end, max: next ?? held[end - 1]?.value };
  return { end, max: asNumber(upper) === 0 && next !== undefined ? rounding.down(next) : upper };
}

export const bucketAuto: Maker = (spec, context) => {
  if (!isDocument(spec))
    throw refusal(40240, `The argument to $bucketAuto must be an object, but found type: ${typeName(spec)}`);
  for (const name of Object.keys(spec)) {
    if (!FIELDS.has(name)) throw refusal(40245, `Unrecognized option to $bucketAuto: ${name}`);
  }
  if (spec.groupBy === undefined || spec.buckets === undefined)
    throw refusal(40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified");
  checkGroupBy(spec.groupBy, 40239, '$bucketAuto');
  const most = countOf(spec.buckets);
  const rounding = spec.granularity === undefined ? undefined : roundingOf(spec.granularity);
  const by = compileExpression(spec.groupBy);
  const outputs = outputsOf(spec.output, 40244);
  return function* run(input) {
    const budget = new Budget('$bucketAuto');
    const held: Held[] = [];
    for (const document of input) {
      if (document === PAUSE) yield PAUSE;
      else {
        const value = by({ root: document, ...context }) ?? null;
        if (rounding !== undefined) checkRoundable(value);
        budget.hold(document);
        held.push({ value, document });
      }
      if (sliceSpent()) yield PAUSE;
    }
    held.sort((a, b) => compareValues(a.value, b.value));
    const size = Math.max(1, Math.round(held.length / most));
    let before: unknown;
    for (let start = 0, made = 0; start < held.length; made++) {
      const least = made === most - 1 ? held.length : Math.min(held.length, start + size);
      const { end, max } = endOf(held, start, least, rounding);
      const found = bucketOf(outputs, budget);
      for (const { document } of held.slice(start, end)) {
        for (const { gathering } of found) gathering.add({ root: document, ...context });
      }
      const value = held[start]?.value;
      const min = rounding === undefined ? value : made === 0 ? rounding.down(value) : before;
      yield shown({ min, max }, found);
      before = max;
      start = end;
    }
  };
};
