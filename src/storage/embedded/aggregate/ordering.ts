/** The stages about order and number: `$sort`, `$skip`, `$limit`, `$sample`. */
import { Budget, heldBytes } from '../query/memory.ts';
import { sortOf } from '../query/query.ts';
import { PAUSE, sliceSpent } from '../query/slice.ts';
import { Top } from '../query/top.ts';
import type { Document } from '../values/bson.ts';
import { refusal } from '../values/errors.ts';
import { asNumber } from '../values/numbers.ts';
import { collatedRow, compareRows, directionsIn, sortKey } from '../values/order.ts';
import { isDocument } from '../values/types.ts';
import type { Maker, Spec, Stage, StageContext } from './stage.ts';

function amount(name: string, spec: unknown, least: number): number {
  const number = asNumber(spec);
  if (number === undefined || !Number.isInteger(number) || number < least) {
    throw refusal(
      name === '$limit' ? 15958 : 15956,
      `the ${name.slice(1)} must be ${least === 1 ? 'positive' : 'a whole number not negative'}: ${String(spec)}`,
    );
  }
  return number;
}

export const limit: Maker = (spec) => {
  const most = amount('$limit', spec, 1);
  return function* run(input) {
    let n = 0;
    for (const document of input) {
      yield document;
      if (document === PAUSE) continue;
      n += 1;
      if (n >= most) return;
    }
  };
};

export const skip: Maker = (spec) => {
  const over = amount('$skip', spec, 0);
  return function* run(input) {
    let n = 0;
    for (const document of input) {
      if (document === PAUSE || n >= over) yield document;
      else n += 1;
    }
  };
};

export const sort: Maker = (spec, context) => sorting(spec, context, undefined);

/** `$sort`; with `first`, no more than so many documents are ever held. */
export function sorting(
  spec: unknown,
  { collation }: Pick<StageContext, 'collation'>,
  first: number | undefined,
): Stage {
  if (!isDocument(spec)) throw refusal(15973, 'the $sort key specification must be an object');
  if (sortOf(spec).length === 0) throw refusal(15976, '$sort stage must have at least one sort key');
  const most = first ?? Number.POSITIVE_INFINITY;
  if (collation === undefined) {
    return ordered(
      (document) => sortKey(document, spec),
      Buffer.compare,
      most,
      (key) => key.length,
    );
  }
  const { compare } = collation;
  const directions = directionsIn(spec);
  const compareKeys = (a: readonly unknown[], b: readonly unknown[]) => compareRows(a, b, directions, compare);
  return ordered((document) => collatedRow(document, spec, compare), compareKeys, most, heldBytes);
}

function ordered<K>(
  keyOf: (document: Document) => K,
  compare: (a: K, b: K) => number,
  most: number,
  keyBytes: (key: K) => number,
): Stage {
  return function* run(input) {
    const top = new Top<K, Document>(most, compare, new Budget('$sort'));
    for (const document of input) {
      if (document === PAUSE) yield PAUSE;
      else {
        const key = keyOf(document);
        top.add(key, document, () => keyBytes(key) + heldBytes(document) + 128);
      }
      if (sliceSpent()) yield PAUSE;
    }
    yield* top.inOrder();
  };
}

/** How many documents the stages after a `$sort` let through at most; undefined when they tell nothing of it. */
export function mostWanted(after: readonly Spec[]): number | undefined {
  let skipped = 0;
  for (const { name, spec } of after) {
    const number = asNumber(spec);
    if (number === undefined) return undefined;
    if (name === '$limit') return skipped + number;
    if (name !== '$skip') return undefined;
    skipped += number;
  }
  return undefined;
}

export const sample: Maker = (spec) => {
  const size = isDocument(spec) ? amount('$sample', spec.size, 1) : 0;
  if (size === 0) throw refusal(28745, 'the $sample stage specification must be an object with a positive size');
  return function* run(input) {
    const budget = new Budget('$sample');
    const kept: Document[] = [];
    let seen = 0;
    for (const document of input) {
      if (document === PAUSE) {
        yield PAUSE;
        continue;
      }
      seen += 1;
      if (kept.length < size) {
        budget.hold(document);
        kept.push(document);
      } else {
        const at = Math.floor(Math.random() * seen);
        if (at < size) kept[at] = document;
      }
    }
    yield* kept;
  };
};
