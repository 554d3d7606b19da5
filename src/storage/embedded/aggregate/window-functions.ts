/** The functions of `$setWindowFields`: the accumulators over a window, and those that look at the order. */

import { compileExpression } from '../expressions/expression.ts';
import type { Document } from '../values/bson.ts';
import { failedToParse, refusal } from '../values/errors.ts';
import { isDocument } from '../values/types.ts';
import { compileAccumulator } from './accumulators.ts';
import { covariance, derivative, integral, movingAverage } from './window-calculus.ts';
import { carriedForward, linearFill, shift } from './window-neighbours.ts';
import {
  compileWindow,
  type Partition,
  singleSort,
  type Window,
  type WindowFunction,
  type WindowSpec,
} from './window-partition.ts';

/** Accumulators that may look through a window. */
const ACCUMULATORS = new Set(
  '$sum $avg $min $max $push $addToSet $stdDevPop $stdDevSamp $count $firstN $lastN $minN $maxN $top $topN $bottom $bottomN $median $percentile'.split(
    ' ',
  ),
);

const MAKERS: ReadonlyMap<string, (spec: WindowSpec) => WindowFunction> = new Map([
  ['$first', end(([from]) => from)],
  ['$last', end(([, to]) => to - 1)],
  ['$documentNumber', rank(() => (at) => at + 1)],
  ['$rank', rank(ranks)],
  ['$denseRank', rank(denseRanks)],
  ['$shift', shift],
  ['$locf', carriedForward],
  ['$linearFill', linearFill],
  ['$derivative', derivative],
  ['$integral', integral],
  ['$expMovingAvg', movingAverage],
  ['$covariancePop', covariance(false)],
  ['$covarianceSamp', covariance(true)],
]);

/** Compiles one output field. Refused (code 9) when it names no function, or more than one. */
export function compileWindowFunction(path: string, given: unknown, sortBy: Document | undefined): WindowFunction {
  if (!isDocument(given)) throw failedToParse(`The field '${path}' must be an object`);
  const name = Object.keys(given).find((one) => one.startsWith('$'));
  if (name === undefined) throw failedToParse(`Expected a $-prefixed window function, ${Object.keys(given)[0] ?? ''}`);
  const make = MAKERS.get(name);
  if (make === undefined && !ACCUMULATORS.has(name)) throw failedToParse(`Unrecognized window function, ${name}`);
  for (const field of Object.keys(given)) {
    if (field !== name && field !== 'window')
      throw failedToParse(`Window function found an unknown argument: ${field}`);
  }
  const spec = { name, operand: given[name], window: given.window, sortBy };
  return make === undefined ? accumulated(spec) : make(spec);
}

function accumulated({ name, operand, window, sortBy }: WindowSpec): WindowFunction {
  const make = compileAccumulator('output', { [name]: operand });
  const within = compileWindow(window, sortBy);
  return ({ documents, scope, budget, ...rest }) => {
    const bounds = within({ documents, scope, budget, ...rest });
    let gathering = make(budget);
    let gathered: readonly [number, number] = [0, 0];
    return (at) => {
      const [from, to] = bounds(at);
      // A window that only grows is gone on with; of any other all is gathered anew.
      if (from !== gathered[0] || to < gathered[1]) {
        gathering = make(budget);
        gathered = [from, from];
      }
      for (let i = gathered[1]; i < to; i++) gathering.add(scope(documents[i] as Document));
      gathered = [from, Math.max(from, to)];
      return gathering.result();
    };
  };
}

/** `$first` and `$last`: what the document at one end of the window has; null where the window shows none. */
function end(place: (window: readonly [from: number, to: number]) => number): (spec: WindowSpec) => WindowFunction {
  return ({ operand, window, sortBy }) => {
    const value = compileExpression(operand);
    const within: Window = compileWindow(window, sortBy);
    return (partition) => {
      const bounds = within(partition);
      return (at) => {
        const [from, to] = bounds(at);
        return to <= from ? null : value(partition.scope(partition.documents[place([from, to])] as Document));
      };
    };
  };
}

function rank(places: WindowFunction): (spec: WindowSpec) => WindowFunction {
  return ({ name, operand, window, sortBy }) => {
    if (window !== undefined) throw refusal(5371601, 'Rank style window functions take no other arguments');
    if (!isDocument(operand) || Object.keys(operand).length > 0)
      throw refusal(5371603, `${name} must be specified with '{}' as the value`);
    if (singleSort(sortBy) === undefined)
      throw refusal(5371602, `${name} must be specified with a top level sortBy expression with exactly one element`);
    return places;
  };
}

function ranks({ ties }: Partition): (at: number) => number {
  let last = 1;
  return (at) => {
    if (at === 0 || !ties(at - 1, at)) last = at + 1;
    return last;
  };
}

function denseRanks({ ties }: Partition): (at: number) => number {
  let last = 0;
  return (at) => {
    if (at === 0 || !ties(at - 1, at)) last += 1;
    return last;
  };
}
