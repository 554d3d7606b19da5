/** Functions of `$setWindowFields` that take values from documents before and after: `$shift`, `$locf`, `$linearFill`. */

import { compileExpression } from '../expressions/expression.ts';
import { product, quotient, subtract, total } from '../expressions/operators/arithmetic.ts';
import { isNullish } from '../expressions/operators/operator.ts';
import { failedToParse, refusal, typeMismatch } from '../values/errors.ts';
import { isNumeric, wholeNumber } from '../values/numbers.ts';
import { compareValues } from '../values/order.ts';
import { type Document, isDocument, isInt32, typeName } from '../values/types.ts';
import { singleSort, type WindowFunction, type WindowSpec } from './window-partition.ts';

/** What the document so many places on has; a default beyond the ends of the partition. */
export function shift({ operand, window, sortBy }: WindowSpec): WindowFunction {
  if (sortBy === undefined) throw failedToParse('$shift requires a sortBy');
  if (window !== undefined) throw failedToParse("$shift does not accept a 'window' field");
  if (!isDocument(operand)) throw failedToParse(`Argument to $shift must be an object, but it is ${typeName(operand)}`);
  for (const name of Object.keys(operand)) {
    if (!['output', 'by', 'default'].includes(name)) throw failedToParse(`Unknown argument in $shift: ${name}`);
  }
  if (operand.output === undefined) throw failedToParse("$shift requires an 'output' expression.");
  if (operand.by === undefined) throw failedToParse("$shift requires 'by' as an integer value.");
  const by = wholeNumber(operand.by);
  if (by === undefined || !isInt32(Number(by))) throw failedToParse("'$shift:by' field must be an integer.");
  const output = compileExpression(operand.output);
  const otherwise =
    operand.default === undefined ? null : compileExpression(operand.default)({ root: {}, variables: {} });
  return ({ documents, scope }) =>
    (at) => {
      const other = documents[at + Number(by)];
      return other === undefined ? otherwise : output(scope(other));
    };
}

/** The last value before that is there. */
export function carriedForward({ operand, window }: WindowSpec): WindowFunction {
  if (window !== undefined) throw failedToParse("'window' field is not allowed in $locf");
  const input = compileExpression(operand);
  return ({ documents, scope }) => {
    let last: unknown = null;
    return (at) => {
      const value = input(scope(documents[at] as Document));
      if (!isNullish(value)) last = value;
      return last;
    };
  };
}

/** A point on a line: the place in the order and the value there. */
interface Point {
  readonly x: unknown;
  readonly y: unknown;
}

/** What is missing lies on the line between the known values before and after; null where there is none on one side. */
export function linearFill({ operand, window, sortBy }: WindowSpec): WindowFunction {
  if (window !== undefined) throw failedToParse("'window' field is not allowed in $linearFill");
  const by = singleSort(sortBy);
  if (by === undefined)
    throw refusal(605001, '$linearFill must be specified with a top level sortBy expression with exactly one element');
  const input = compileExpression(operand);
  return ({ documents, scope }) => {
    const pointAt = (at: number): Point => {
      const here = scope(documents[at] as Document);
      return { x: by.value(here), y: input(here) };
    };
    let previous: Point | undefined;
    let known: Point | undefined;
    let next: { at: number; point: Point | undefined } = { at: -1, point: undefined };
    return (at) => {
      const here = pointAt(at);
      checkPoint(here, previous);
      previous = here;
      if (!isNullish(here.y)) {
        known = here;
        return here.y;
      }
      if (known === undefined) return null;
      if (next.at <= at) next = nextKnown(at, documents.length, pointAt);
      return next.point === undefined ? null : between(known, next.point, here.x);
    };
  };
}

function nextKnown(
  at: number,
  length: number,
  pointAt: (at: number) => Point,
): { at: number; point: Point | undefined } {
  for (let next = at + 1; next < length; next++) {
    const point = pointAt(next);
    if (!isNullish(point.y) && !isNullish(point.x)) return { at: next, point };
  }
  return { at: length, point: undefined };
}

function between(a: Point, b: Point, x: unknown): unknown {
  const slope = quotient(subtract(b.y, a.y), subtract(b.x, a.x));
  return total(a.y, product(subtract(x, a.x), slope));
}

function checkPoint({ x, y }: Point, previous: Point | undefined): void {
  if (!isNullish(y) && !isNumeric(y))
    throw typeMismatch(`Value to be filled must be numeric or nullish, but found ${typeName(y)}`);
  if (!isNumeric(x) && !(x instanceof Date))
    throw typeMismatch(`Value of the sortBy field must be numeric or a date, but found ${typeName(x)}`);
  if (previous === undefined) return;
  if (compareValues(x, previous.x) === 0) throw refusal(6050106, 'There can be no repeated values in the sort field');
  if (isNumeric(x) !== isNumeric(previous.x)) {
    throw typeMismatch(
      `Conflicting sort value types, previously received type ${typeName(previous.x)}, but found ${typeName(x)}`,
    );
  }
}
