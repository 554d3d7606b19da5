import { badValue, CommandError } from '../errors.ts';
import { asNumber } from '../numbers.ts';
import { fieldAt, indexKeys, patternPaths } from '../paths.ts';
import { type Document, isDocument } from '../types.ts';
import { keyString } from './keystring.ts';

const directionsOf = new WeakMap<object, readonly (1 | -1)[]>();

/**
 * The bytes by which a document sorts under a sort pattern (`{ area: 1, born: -1 }`): compare them byte by byte.
 * An array counts with its least element where the order ascends and with its greatest where it descends.
 */
export function sortKey(document: Document, spec: Document): Uint8Array {
  let directions = directionsOf.get(spec);
  if (directions === undefined) {
    directions = Object.values(spec).map((value) => ((asNumber(value) ?? 1) < 0 ? -1 : 1));
    directionsOf.set(spec, directions);
  }
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
