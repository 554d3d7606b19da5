import { badValue, CommandError } from '../errors.ts';
import { asNumber } from '../numbers.ts';
import { fieldAt, indexKeys, patternPaths } from '../paths.ts';
import { type Document, isDocument } from '../types.ts';
import { compareValues, type TextOrder } from './compare.ts';
import { keyString } from './keystring.ts';

const directionsOf = new WeakMap<object, readonly (1 | -1)[]>();

/** Orders two rows of values field by field, each in its direction, texts as `texts` does. */
export function compareRows(
  a: readonly unknown[],
  b: readonly unknown[],
  directions: readonly (1 | -1)[],
  texts: TextOrder,
): number {
  for (let i = 0; i < directions.length; i++) {
    const order = compareValues(a[i], b[i], texts);
    if (order !== 0) return order * (directions[i] as number);
  }
  return 0;
}

/** The values by which a document sorts under a collation, which has no bytes to sort by. */
export function collatedRow(document: Document, spec: Document, texts: TextOrder): readonly unknown[] {
  const directions = directionsIn(spec);
  let least: readonly unknown[] | undefined;
  for (const row of rowsOf(document, spec)) {
    if (least === undefined || compareRows(row, least, directions, texts) < 0) least = row;
  }
  return least as readonly unknown[];
}

/** The directions of a sort pattern. */
export function directionsIn(spec: Document): readonly (1 | -1)[] {
  let directions = directionsOf.get(spec);
  if (directions === undefined) {
    directions = Object.values(spec).map((value) => ((asNumber(value) ?? 1) < 0 ? -1 : 1));
    directionsOf.set(spec, directions);
  }
  return directions;
}

/**
 * The bytes by which a document sorts under a sort pattern (`{ area: 1, born: -1 }`): compare them byte by byte.
 * An array counts with its least element where the order ascends and with its greatest where it descends.
 */
export function sortKey(document: Document, spec: Document): Uint8Array {
  const directions = directionsIn(spec);
  return simpleKey(document, spec, directions) ?? leastKey(document, spec, directions);
}

/** The key when no path meets an array, which is nearly always. */
function simpleKey(document: Document, spec: Document, directions: readonly (1 | -1)[]): Uint8Array | undefined {
  const paths = patternPaths(spec);
  const values: unknown[] = [];
  for (const path of paths) {
    let current: unknown = document;
    for (const segment of path) {
      current = isDocument(current) ? fieldAt(current, segment) : undefined;
      if (Array.isArray(current)) return undefined;
    }
    values.push(current);
  }
  return keyString(values, directions);
}

function leastKey(document: Document, spec: Document, directions: readonly (1 | -1)[]): Uint8Array {
  let least: Uint8Array | undefined;
  for (const row of rowsOf(document, spec)) {
    const key = keyString(row, directions);
    if (least === undefined || Buffer.compare(key, least) < 0) least = key;
  }
  return least as Uint8Array;
}

function rowsOf(document: Document, spec: Document): unknown[][] {
  try {
    return indexKeys(document, spec);
  } catch (error) {
    if (error instanceof CommandError && error.code === 171) {
      throw badValue('cannot sort with keys that are parallel arrays');
    }
    throw error;
  }
}
