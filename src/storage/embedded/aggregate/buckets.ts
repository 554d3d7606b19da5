/** `$bucket`: groups by given ranges of a value. */

import { compileExpression } from '../expressions/expression.ts';
import { Budget } from '../query/memory.ts';
import { PAUSE, sliceSpent } from '../query/slice.ts';
import type { Document } from '../values/bson.ts';
import { refusal } from '../values/errors.ts';
import { compareValues } from '../values/order.ts';
import { show } from '../values/show.ts';
import { isDocument, rankOf, setField, typeName } from '../values/types.ts';
import { type Accumulator, compileAccumulator } from './accumulators.ts';
import type { Maker } from './stage.ts';

/** One field of a bucket. */
export interface Output {
  readonly name: string;
  readonly make: Accumulator;
}

/** What is gathered of each bucket; refused with `code` when it is no document. */
export function outputsOf(output: unknown, code: number): Output[] {
  const given = output === undefined ? { count: { $sum: 1 } } : output;
  if (!isDocument(given))
    throw refusal(code, `The 'output' field must be an object, but found type: ${typeName(given)}`);
  return Object.keys(given).map((name) => ({ name, make: compileAccumulator(name, given[name]) }));
}

/** One bucket: its documents gathered. */
export function bucketOf(outputs: readonly Output[], budget: Budget) {
  return outputs.map(({ name, make }) => ({ name, gathering: make(budget) }));
}

/** A bucket as a document. */
export function shown(id: unknown, bucket: ReturnType<typeof bucketOf>): Document {
  const result: Document = { _id: id };
  for (const { name, gathering } of bucket) setField(result, name, gathering.result());
  return result;
}

const BUCKET_FIELDS = new Set(['groupBy', 'boundaries', 'default', 'output']);

/** What is grouped by is a field or an expression, never a plain value. */
export function checkGroupBy(groupBy: unknown, code: number, stage: string): void {
  if (typeof groupBy === 'string' ? groupBy.startsWith('$') : isDocument(groupBy)) return;
  throw refusal(
    code,
    `The ${stage} 'groupBy' field must be defined as a $-prefixed path or an expression, but found: ${show(groupBy)}.`,
  );
}

/** The value of an expression that looks at no document; refused with `code` when it does look. */
function constant(expression: unknown, code: number, what: string): unknown {
  const looks = (part: unknown): boolean => {
    if (typeof part === 'string') return part.startsWith('$') && part !== '$$NOW';
    if (Array.isArray(part)) return part.some(looks);
    return isDocument(part) && !('$literal' in part) && Object.values(part).some(looks);
  };
  if (looks(expression))
    throw refusal(code, `The $bucket ${what} field must be a constant expression, but found: ${show(expression)}.`);
  return compileExpression(expression)({ root: {}, variables: {} });
}

/** `$bucket`. */
export const bucket: Maker = (spec, context) => {
  if (!isDocument(spec)) throw refusal(40201, 'Argument to $bucket stage must be an object');
  for (const name of Object.keys(spec)) {
    if (!BUCKET_FIELDS.has(name)) throw refusal(40197, `Unrecognized option to $bucket: ${name}.`);
  }
  const { groupBy, boundaries, output } = spec;
  if (groupBy === undefined || boundaries === undefined)
    throw refusal(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  checkGroupBy(groupBy, 40202, '$bucket');
  if (!Array.isArray(boundaries))
    throw refusal(40200, `The $bucket 'boundaries' field must be an array, but found type: ${typeName(boundaries)}.`);
  if (boundaries.length < 2) throw refusal(40192, "The $bucket 'boundaries' field must have at least 2 values");
  const edges = boundaries.map((edge) => constant(edge, 40191, "'boundaries'"));
  edges.slice(1).forEach((edge, i) => {
    if (rankOf(edge) !== rankOf(edges[i]))
      throw refusal(40193, "All values in the 'boundaries' option to $bucket must have the same type.");
    if (compareValues(edges[i], edge) >= 0)
      throw refusal(40194, "The 'boundaries' option to $bucket must be sorted in ascending order");
  });
  const by = compileExpression(groupBy);
  const outputs = outputsOf(output, 40196);
  const elsewhere = 'default' in spec;
  const otherwise = elsewhere ? constant(spec.default, 40195, "'default'") : undefined;
  if (elsewhere && placeOf(otherwise, edges) >= 0) {
    throw refusal(
      40199,
      "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
    );
  }
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
