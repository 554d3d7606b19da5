/** `$bucket` and `$bucketAuto`: groups by ranges of a value. */

import { compileExpression } from '../expressions/expression.ts';
import { Budget } from '../query/memory.ts';
import { PAUSE, sliceSpent } from '../query/slice.ts';
import type { Document } from '../values/bson.ts';
import { refusal } from '../values/errors.ts';
import { asNumber } from '../values/numbers.ts';
import { compareValues } from '../values/order.ts';
import { isDocument, rankOf, setField } from '../values/types.ts';
import { type Accumulator, compileAccumulator } from './accumulators.ts';
import type { Maker } from './stage.ts';

interface Output {
  readonly name: string;
  readonly make: Accumulator;
}

function outputsOf(output: unknown): Output[] {
  const given = output === undefined ? { count: { $sum: 1 } } : output;
  if (!isDocument(given)) throw refusal(40196, "The 'output' field must be an object");
  return Object.keys(given).map((name) => ({ name, make: compileAccumulator(name, given[name]) }));
}

/** One bucket: its documents gathered. */
function bucketOf(outputs: readonly Output[], budget: Budget) {
  return outputs.map(({ name, make }) => ({ name, gathering: make(budget) }));
}

function shown(id: unknown, bucket: ReturnType<typeof bucketOf>): Document {
  const result: Document = { _id: id };
  for (const { name, gathering } of bucket) setField(result, name, gathering.result());
  return result;
}

/** `$bucket`. */
export const bucket: Maker = (spec, context) => {
  if (!isDocument(spec)) throw refusal(40201, 'Argument to $bucket stage must be an object');
  const { groupBy, boundaries, default: otherwise, output } = spec;
  if (groupBy === undefined || !Array.isArray(boundaries))
    throw refusal(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified");
  if (boundaries.length < 2) throw refusal(40192, "The $bucket 'boundaries' field must have at least 2 values");
  const edges = boundaries.map((edge) => compileExpression(edge)({ root: {}, variables: context.variables }));
  edges.slice(1).forEach((edge, i) => {
    if (rankOf(edge) !== rankOf(edges[i]))
      throw refusal(40193, "All values in the 'boundaries' option to $bucket must have the same type.");
    if (compareValues(edges[i], edge) >= 0)
      throw refusal(40194, "The 'boundaries' option to $bucket must be sorted in ascending order");
  });
  const by = compileExpression(groupBy);
  const outputs = outputsOf(output);
  const elsewhere = 'default' in spec;
  return function* run(input) {
    const budget = new Budget('$bucket');
    const buckets = new Map<number, ReturnType<typeof bucketOf>>();
    for (const document of input) {
      if (document === PAUSE) yield PAUSE;
      else {
        const scope = { root: document, ...context };
        const value = by(scope) ?? null;
        const at = placeOf(value, edges);
        if (at < 0 && !elsewhere) {
          throw refusal(40066, '$switch could not find a matching branch for an input, and no default was specified.');
        }
        const found = buckets.get(at) ?? bucketOf(outputs, budget);
        buckets.set(at, found);
        for (const { gathering } of found) gathering.add(scope);
      }
      if (sliceSpent()) yield PAUSE;
    }
    const idOf = (at: number) => (at < 0 ? otherwise : edges[at]);
    const all = [...buckets].map(([at, found]) => ({ id: idOf(at), found }));
    for (const { id, found } of all.sort((a, b) => compareValues(a.id, b.id))) yield shown(id, found);
  };
};

/** The bucket a value falls into, from its lower edge up to but not the next; -1 for none. */
function placeOf(value: unknown, edges: readonly unknown[]): number {
  if (compareValues(value, edges[0]) < 0 || compareValues(value, edges.at(-1)) >= 0) return -1;
  let at = 0;
  while (compareValues(value, edges[at + 1]) >= 0) at += 1;
  return at;
}

/** `$bucketAuto`: so many buckets of about the same number of documents; equal values stay together. */
export const bucketAuto: Maker = (spec, context) => {
  if (!isDocument(spec)) throw refusal(40240, 'The argument to $bucketAuto must be an object');
  const most = asNumber(spec.buckets);
  if (most === undefined || !Number.isInteger(most) || most < 1)
    throw refusal(40243, "The $bucketAuto 'buckets' field must be greater than 0");
  if (spec.granularity !== undefined)
    throw refusal(238, "$bucketAuto's 'granularity' is not implemented by this store");
  const by = compileExpression(spec.groupBy);
  const outputs = outputsOf(spec.output);
  return function* run(input) {
    const budget = new Budget('$bucketAuto');
    const held: { value: unknown; document: Document }[] = [];
    for (const document of input) {
      if (document === PAUSE) yield PAUSE;
      else {
        budget.hold(document);
        held.push({ value: by({ root: document, ...context }) ?? null, document });
      }
      if (sliceSpent()) yield PAUSE;
    }
    held.sort((a, b) => compareValues(a.value, b.value));
    const size = Math.max(1, Math.round(held.length / most));
    for (let start = 0, made = 0; start < held.length; made++) {
      let end = made === most - 1 ? held.length : Math.min(held.length, start + size);
      while (end < held.length && compareValues(held[end]?.value, held[end - 1]?.value) === 0) end += 1;
      const found = bucketOf(outputs, budget);
      for (const { document } of held.slice(start, end)) {
        for (const { gathering } of found) gathering.add({ root: document, ...context });
      }
      // Each ends where the next begins; the last with its greatest value.
      const max = held[end]?.value ?? held[end - 1]?.value;
      yield shown({ min: held[start]?.value, max }, found);
      start = end;
    }
  };
};
