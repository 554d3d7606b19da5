/** Functions of `$setWindowFields` that reckon along the order: slopes, areas, moving averages, covariances. */

import { compileExpression } from '../expressions/expression.ts';
import { product, quotient, subtract, total } from '../expressions/operators/arithmetic.ts';
import { isNullish } from '../expressions/operators/operator.ts';
import type { Expression } from '../expressions/scope.ts';
import type { Document } from '../values/bson.ts';
import { failedToParse, refusal } from '../values/errors.ts';
import { asNumber, doubleOf, isNumeric, wholeNumber } from '../values/numbers.ts';
import { isDocument } from '../values/types.ts';
import { compileWindow, type Partition, singleSort, type WindowFunction, type WindowSpec } from './window-partition.ts';

/** The milliseconds of the units a rate may be given in. */
const UNITS: Readonly<Record<string, number>> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1_000,
  millisecond: 1,
};

interface Rate {
  readonly input: Expression;
  readonly time: Expression;
  readonly unit: number | undefined;
}

/** `{ input, unit }` over an order by one field. */
function rateOf({ name, operand, sortBy }: WindowSpec): Rate {
  if (!isDocument(operand)) throw failedToParse(`${name} expects an object`);
  for (const field of Object.keys(operand)) {
    if (field !== 'input' && field !== 'unit') throw failedToParse(`${name} got unexpected argument: ${field}`);
  }
  if (operand.input === undefined) throw failedToParse(`${name} requires an 'input' expression`);
  const by = singleSort(sortBy);
  if (by === undefined) throw failedToParse(`${name} requires a non-compound sortBy`);
  const { unit } = operand;
  if (unit !== undefined && typeof unit !== 'string') throw failedToParse(`${name} 'unit' must be a string`);
  const length = unit === undefined ? undefined : UNITS[unit];
  if (unit !== undefined && length === undefined)
    throw refusal(5490704, `${name} 'unit' must be 'week' or smaller, not '${unit}'`);
  return { input: compileExpression(operand.input), time: by.value, unit: length };
}

/** The rise from the first to the last document of the window, over the run; null where there is no run. */
export function derivative(spec: WindowSpec): WindowFunction {
  const { input, time, unit } = rateOf(spec);
  if (spec.window === undefined) throw failedToParse('$derivative requires explicit window bounds');
  const within = compileWindow(spec.window, spec.sortBy);
  return (partition) => {
    const bounds = within(partition);
    return (at) => {
      const [from, to] = bounds(at);
      if (to <= from) return null;
      const [first, last] = [from, to - 1].map((place) => partition.scope(partition.documents[place] as Document));
      if (first === undefined || last === undefined) return null;
      const [start, end] = [time(first), time(last)];
      checkTimes(unit, start, end);
      const run = subtract(end, start);
      const rise = subtract(input(last), input(first));
      if (isNullish(rise)) throw refusal(5624903, '$derivative input must not be null or missing');
      if (asNumber(run) === 0) return null;
      const slope = quotient(rise, run);
      return unit === undefined ? slope : product(slope, unit);
    };
  };
}

function checkTimes(unit: number | undefined, ...times: unknown[]): void {
  const dates = times.filter((time) => time instanceof Date).length;
  if (unit !== undefined && dates < times.length)
    throw refusal(5624900, "$derivative with 'unit' expects the sortBy field to be a Date");
  if (unit === undefined && dates > 0)
    throw refusal(5624901, "$derivative where the sortBy is a Date requires an 'unit'");
  if (unit === undefined && !times.every(isNumeric))
    throw refusal(5624902, "$derivative (with no 'unit') expects the sortBy field to be numeric");
}

/** The area under the line through the values of the window, as trapezoids. */
export function integral(spec: WindowSpec): WindowFunction {
  const { input, time, unit } = rateOf(spec);
  const within = compileWindow(spec.window, spec.sortBy);
  return (partition) => {
    const bounds = within(partition);
    const points = partition.documents.map((document) => {
      const here = partition.scope(document);
      const [x, y] = [time(here), input(here)];
      if (unit !== undefined && !(x instanceof Date))
        throw refusal(5423901, "$integral with 'unit' expects the sortBy field to be a Date");
      if (unit === undefined && x instanceof Date)
        throw refusal(5423902, "$integral where the sortBy is a Date requires an 'unit'");
      return { x: x instanceof Date ? x.getTime() : asNumber(x), y: asNumber(y) };
    });
    return (at) => {
      const [from, to] = bounds(at);
      if (to <= from) return null;
      let area = 0;
      for (let i = from + 1; i < to; i++) {
        const [a, b] = [points[i - 1], points[i]];
        if (a?.x === undefined || a.y === undefined || b?.x === undefined || b.y === undefined) continue;
        area += ((a.y + b.y) / 2) * (b.x - a.x);
      }
      return doubleOf(area / (unit ?? 1));
    };
  };
}

/** The exponential moving average; what is no number is passed over. */
export function movingAverage({ operand, window, sortBy }: WindowSpec): WindowFunction {
  if (window !== undefined || !isDocument(operand))
    throw failedToParse('$expMovingAvg must have exactly one argument that is an object');
  if (Object.keys(operand).length !== 2 || operand.input === undefined)
    throw failedToParse("$expMovingAvg sub object must have exactly two fields: 'input', and either 'N' or 'alpha'");
  if (sortBy === undefined) throw failedToParse("$expMovingAvg requires an explicit 'sortBy'");
  const input = compileExpression(operand.input);
  const weight = weightOf(operand);
  return ({ documents, scope }) => {
    let average: unknown = null;
    return (at) => {
      const value = input(scope(documents[at] as Document));
      if (!isNumeric(value)) return average;
      average = average === null ? value : total(product(value, weight), product(average, 1 - weight));
      return average;
    };
  };
}

function weightOf({ N, alpha }: Document): number {
  if (N !== undefined) {
    const whole = wholeNumber(N);
    if (whole === undefined || whole < 1n) throw failedToParse("'N' field must be an integer greater than zero");
    return 2 / (Number(whole) + 1);
  }
  const number = asNumber(alpha);
  if (number === undefined || !(number > 0 && number < 1))
    throw failedToParse("'alpha' must be a number between 0 and 1 (exclusive)");
  return number;
}

/** The covariance of two numbers of each document, of a sample or of them all. */
export const covariance =
  (sample: boolean) =>
  ({ operand, window, sortBy }: WindowSpec): WindowFunction => {
    const pair = compileExpression(operand);
    const within = compileWindow(window, sortBy);
    return (partition) => {
      const bounds = within(partition);
      const pairs = numberPairs(partition, pair);
      return (at) => {
        const shown = pairs.slice(...bounds(at)).filter((one) => one !== undefined);
        const over = sample ? shown.length - 1 : shown.length;
        if (over < 1) return null;
        const mean = (part: 0 | 1) => shown.reduce((sum, one) => sum + one[part], 0) / shown.length;
        const [x, y] = [mean(0), mean(1)];
        return doubleOf(shown.reduce((sum, one) => sum + (one[0] - x) * (one[1] - y), 0) / over);
      };
    };
  };

function numberPairs({ documents, scope }: Partition, pair: Expression): (readonly [number, number] | undefined)[] {
  return documents.map((document) => {
    const value = pair(scope(document));
    if (!Array.isArray(value) || value.length !== 2) return undefined;
    const [x, y] = value.map(asNumber);
    return x === undefined || y === undefined ? undefined : [x, y];
  });
}
