/** Arrays cut, counted out, turned round, searched and put in order. */
import { badValue, CommandError, refusal } from '../../values/errors.ts';
import { asNumber, isNumeric, wholeNumber } from '../../values/numbers.ts';
import { compareValues } from '../../values/order.ts';
import { type Document, field, isDocument, isInt32, typeName } from '../../values/types.ts';
import type { Expression } from '../scope.ts';
import { several } from '../several.ts';
import { compareMissing, isNullish, list, type Maker, named, nary, unary } from './operator.ts';

/** A whole number of 32 bits; refused with the first code for what is no number, with the second beyond its range. */
function int32(value: unknown, what: string, notNumber: number, notWhole: number): number {
  if (!isNumeric(value)) throw refusal(notNumber, `${what} must be numeric, but is of type: ${typeName(value)}`);
  const whole = wholeNumber(value);
  if (whole === undefined || !isInt32(Number(whole)))
    throw refusal(notWhole, `${what} can't be represented as a 32-bit integer: ${String(value)}`);
  return Number(whole);
}

function sliced(...operands: unknown[]): unknown {
  const [values, first, second] = operands;
  if (isNullish(values) || isNullish(first)) return null;
  if (!Array.isArray(values))
    throw refusal(28724, `First argument to $slice must be an array, but is of type: ${typeName(values)}`);
  const start = int32(first, 'Second argument to $slice', 28725, 28726);
  if (operands.length === 2) return start < 0 ? values.slice(start) : values.slice(0, start);
  if (isNullish(second)) return null;
  const count = int32(second, 'Third argument to $slice', 28727, 28728);
  if (count <= 0) throw refusal(28729, `Third argument to $slice must be positive: ${count}`);
  const from = start < 0 ? Math.max(0, values.length + start) : start;
  return values.slice(from, from + count);
}

/** MongoDB's bound for what one `$range` makes, in numbers: 100 MB of values of 16 bytes. */
const MOST_OF_RANGE = 6_553_600;

function range(...operands: unknown[]): unknown {
  const from = int32(operands[0], '$range: the starting value', 34443, 34444);
  const to = int32(operands[1], '$range: the ending value', 34445, 34446);
  const step = operands.length < 3 ? 1 : int32(operands[2], '$range: the step value', 34447, 34448);
  if (step === 0) throw refusal(34449, '$range requires a non-zero step value');
  const length = Math.max(0, Math.ceil((to - from) / step));
  if (length > MOST_OF_RANGE)
    throw new CommandError(146, 'ExceededMemoryLimit', '$range would use too much memory and cannot spill');
  return Array.from({ length }, (_, i) => from + i * step);
}

function reversed(values: unknown): unknown {
  if (isNullish(values)) return null;
  if (Array.isArray(values)) return values.toReversed();
  throw refusal(34435, `The argument to $reverseArray must be an array, but was of type: ${typeName(values)}`);
}

function bound(name: string, value: unknown): number {
  const whole = wholeNumber(value);
  if (whole === undefined)
    throw refusal(40096, `${name} requires an integral index, found a value of type: ${typeName(value)}`);
  if (whole < 0n) throw refusal(40097, `${name} requires a nonnegative index, found: ${whole}`);
  return Number(whole);
}

const indexOfArray: Maker = (operand, compile) => {
  const parts = list('$indexOfArray', operand, compile, 2, 4);
  return (scope) => {
    const [values, wanted, start = 0, end] = parts.map((part) => part(scope));
    if (isNullish(values)) return null;
    if (!Array.isArray(values))
      throw refusal(40090, `$indexOfArray requires an array as a first argument, found: ${typeName(values)}`);
    const to = parts.length < 4 ? values.length : Math.min(values.length, bound('$indexOfArray', end));
    for (let at = bound('$indexOfArray', start); at < to; at++) {
      if (compareMissing(values[at], wanted, scope.collation) === 0) return at;
    }
    return -1;
  };
};

/** How `$sortArray` orders two elements: as they are, or by the fields of those that are documents. */
function orderOf(sortBy: unknown): (a: unknown, b: unknown) => number {
  if (isNumeric(sortBy)) {
    const direction = directionOf(sortBy);
    return (a, b) => direction * compareValues(a, b);
  }
  if (!isDocument(sortBy) || Object.keys(sortBy).length === 0)
    throw badValue('The $sortArray sortBy must be 1, -1, or a document with at least one field');
  const paths = Object.keys(sortBy).map((path) => {
    const names = path.split('.');
    if (names.includes('')) throw badValue('The $sortArray sortBy must not have empty field names');
    return { names, direction: directionOf(sortBy[path]) };
  });
  return (a, b) => {
    for (const { names, direction } of paths) {
      const order = compareValues(within(a, names), within(b, names));
      if (order !== 0) return direction * order;
    }
    return 0;
  };
}

function directionOf(value: unknown): 1 | -1 {
  const number = asNumber(value);
  if (number === 1 || number === -1) return number;
  throw refusal(2942506, 'The $sort element value must be either 1 or -1');
}

function within(value: unknown, names: readonly string[]): unknown {
  let current = value;
  for (const name of names) {
    if (Array.isArray(current)) current = /^\d+$/.test(name) ? current[Number(name)] : undefined;
    else current = isDocument(current) ? field(current, name) : undefined;
  }
  return current ?? null;
}

const sortArray: Maker = (operand, compile) => {
  const given: Document = named('$sortArray', operand, ['input', 'sortBy'], {
    other: 2942500,
    unknown: 2942501,
    missing: [
      ['input', 2942502],
      ['sortBy', 2942503],
    ],
  });
  const input = compile(given.input);
  const order = orderOf(given.sortBy);
  return (scope) => {
    const values = input(scope);
    if (isNullish(values)) return null;
    if (Array.isArray(values)) return values.toSorted(order);
    throw refusal(2942504, `The input argument to $sortArray must be an array, but was of type: ${typeName(values)}`);
  };
};

/** `$firstN` and its kin over the elements of an array. */
function some(name: string): [string, Maker] {
  return [
    name,
    (operand, compile) => {
      const { input, n, pick } = several(name, operand, compile);
      const values: Expression = input;
      return (scope) => {
        const most = n(scope);
        const from = values(scope);
        if (!Array.isArray(from)) throw refusal(5788200, 'Input must be an array');
        return pick(from, most);
      };
    },
  ];
}

export const SEQUENCES: readonly [string, Maker][] = [
  nary('$slice', 2, 3, sliced),
  nary('$range', 2, 3, range),
  unary('$reverseArray', reversed),
  ['$indexOfArray', indexOfArray],
  ['$sortArray', sortArray],
  ...['$firstN', '$lastN', '$minN', '$maxN'].map(some),
];
