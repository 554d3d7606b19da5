/** The stages about order and number: `$sort`, `$skip`, `$limit`, `$sample`. */
import { Budget, heldBytes } from '../query/memory.ts';
import { sortOf } from '../query/query.ts';
import { PAUSE, sliceSpent } from '../query/slice.ts';
import { Top } from '../query/top.ts';
import type { Document } from '../values/bson.ts';
import { refusal } from '../values/errors.ts';
import { asNumber, wholeNumber } from '../values/numbers.ts';
import { collatedRow, compareRows, directionsIn, sortKey } from '../values/order.ts';
import { show } from '../values/show.ts';
import { isDocument } from '../values/types.ts';
import type { Maker, Spec, Stage, StageContext } from './stage.ts';

function amount(name: string, spec: unknown, code: number): number {
  const whole = wholeNumber(spec);
  if (whole !== undefined && whole >= 0n) return Number(whole);
  throw refusal(code, `invalid argument to ${name} stage: Expected a non-negative number in: ${name}: ${show(spec)}`);
}

export const limit: Maker = (spec) => {
  const most = amount('$limit', spec, 5107201);
  if (most === 0) throw refusal(15958, 'the limit must be positive');
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
  const over = amount('$skip', spec, 5107200);
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

function sampleSize(spec: unknown): number {
  if (!isDocument(spec)) throw refusal(28745, 'the $sample stage specification must be an object');
  for (const name of Object.keys(spec)) {
    if (name !== 'size') throw refusal(28748, `unrecognized option to $sample: ${name}`);
  }
  if (spec.size === undefined) throw refusal(28749, '$sample stage must specify a size');
  const size = asNumber(spec.size);
  if (size === undefined) throw refusal(28746, 'size argument to $sample must be a number');
  if (!(size >= 1)) throw refusal(28747, 'size argument to $sample must be a positive integer');
  return Math.floor(size);
}

export const sample: Maker = (spec) => {
  const size = sampleSize(spec);
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
