import { asNumber } from '../numbers.ts';
import { Rank, rankOf } from '../types.ts';
import { keyString } from './keystring.ts';

/** The half-open stretch `[start, end)` of an index; no `end` means up to its end. */
export interface KeyRange {
  readonly start: Uint8Array;
  readonly end: Uint8Array | undefined;
}

/** What a query asks of the field after the equality prefix. */
export interface ValueBounds {
  readonly gt?: unknown;
  readonly gte?: unknown;
  readonly lt?: unknown;
  readonly lte?: unknown;
}

/** The smallest key above every key that begins with `prefix`; undefined when there is none. */
export function successor(prefix: Uint8Array): Uint8Array | undefined {
  let length = prefix.length;
  while (length > 0 && prefix[length - 1] === 0xff) length--;
  if (length === 0) return undefined;
  const next = Buffer.from(prefix.subarray(0, length));
  next[length - 1] = (next[length - 1] as number) + 1;
  return next;
}

/** All index entries whose first fields equal `values`. */
export function keyPrefix(values: readonly unknown[], directions: readonly (1 | -1)[]): KeyRange {
  const start = keyString(values, directions);
  return { start, end: successor(start) };
}

/**
 * All index entries whose first fields equal `equal` and whose next field lies within `bounds`, in index order. As in
 * MongoDB a bound reaches only values of its own type (`$gt: 5` finds numbers alone); MinKey and MaxKey reach all.
 */
export function keyRange(
  equal: readonly unknown[],
  directions: readonly (1 | -1)[],
  bounds: ValueBounds = {},
): KeyRange {
  const prefix = keyString(equal, directions);
  const direction = directions[equal.length] ?? 1;
  const lower = lowerEdge(bounds);
  const upper = upperEdge(bounds);
  if (lower === undefined && upper === undefined) return { start: prefix, end: successor(prefix) };
  const sample = 'gt' in bounds ? bounds.gt : 'gte' in bounds ? bounds.gte : 'lt' in bounds ? bounds.lt : bounds.lte;
  const low = lower ?? lowest(sample);
  const high = upper ?? Uint8Array.of(bracketOf(rankOf(sample)).to);
  if (direction === 1) return { start: join(prefix, low), end: join(prefix, high) };
  // Inverted bytes run backwards: what was "from low, up to but not high" begins after the inverse of high.
  return { start: afterInverse(prefix, high), end: afterInverse(prefix, low) };
}

/** The entries whose next field is a string that begins with `start` (for an anchored regular expression). */
export function stringPrefixRange(equal: readonly unknown[], directions: readonly (1 | -1)[], start: string): KeyRange {
  const prefix = keyString(equal, directions);
  const text = keyString([start], [1]);
  // Without its terminator the key is the beginning of every longer string's key.
  const low = text.subarray(0, text.length - 1);
  const high = successor(low) as Uint8Array;
  if ((directions[equal.length] ?? 1) === 1) return { start: join(prefix, low), end: join(prefix, high) };
  return { start: afterInverse(prefix, high), end: afterInverse(prefix, low) };
}

/** The first ascending key that satisfies the lower bound. */
function lowerEdge(bounds: ValueBounds): Uint8Array | undefined {
  if ('gt' in bounds) return successor(keyString([bounds.gt], [1]));
  if ('gte' in bounds) return keyString([bounds.gte], [1]);
  return undefined;
}

/** The first ascending key that no longer satisfies the upper bound. */
function upperEdge(bounds: ValueBounds): Uint8Array | undefined {
  if ('lte' in bounds) return successor(keyString([bounds.lte], [1]));
  if ('lt' in bounds) return keyString([bounds.lt], [1]);
  return undefined;
}

/** Where values that compare with `sample` begin: of numbers behind NaN, which no other number is compared with. */
function lowest(sample: unknown): Uint8Array {
  const rank = rankOf(sample);
  if (rank === Rank.number && !Number.isNaN(asNumber(sample)))
    return successor(keyString([Number.NaN], [1])) as Uint8Array;
  return Uint8Array.of(bracketOf(rank).from);
}

function bracketOf(rank: number): { from: number; to: number } {
  if (rank === Rank.minKey || rank === Rank.maxKey) return { from: Rank.minKey, to: Rank.maxKey + 1 };
  return { from: rank, to: rank + 1 };
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  return Buffer.concat([a, b]);
}

/**
 * `edge` splits the ascending keys into those below it and the rest; the same split among inverted keys is the first
 * key that is not above the inverse of everything from `edge` on: the successor of the inverse of the greatest key
 * below, which is the inverse of `edge` followed by more FF than any key has.
 */
function afterInverse(prefix: Uint8Array, edge: Uint8Array): Uint8Array {
  const inverse = Buffer.from(edge);
  for (let i = 0; i < inverse.length; i++) inverse[i] = ~(inverse[i] as number);
  // Never undefined: an edge begins with a type's rank, which is not 0.
  return join(prefix, successor(inverse) as Uint8Array);
}
