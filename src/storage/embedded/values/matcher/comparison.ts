import type { BSONRegExp, ObjectId } from 'bson';
import type { Collation } from '../collation.ts';
import { badValue } from '../errors.ts';
import { asNumber } from '../numbers.ts';
import { compareValues } from '../order/compare.ts';
import { keyString } from '../order/keystring.ts';
import { isDocument, Rank, rankOf, UNDEFINED } from '../types.ts';
import { type Leaf, leaf, type Operator } from './operator.ts';
import { storedRegexLeaf } from './regex.ts';

/** Whether a value is null, missing or BSON's undefined, which `null` in a filter means alike. */
const isNothing: Leaf = (value) => value === null || value === undefined || value === UNDEFINED;

/** Equality with a value as `$eq` means it. */
export function equals(operand: unknown, collation?: Collation): Operator {
  return leaf(collation === undefined ? equalsLeaf(operand) : collatedLeaf(operand, collation));
}

function collatedLeaf(operand: unknown, { fold }: Collation): Leaf {
  const test = equalsLeaf(fold(operand));
  return (value) => test(fold(value));
}

function equalsLeaf(operand: unknown): Leaf {
  if (operand === UNDEFINED) throw badValue('cannot compare to undefined');
  if (operand === null || operand === undefined) return isNothing;
  if (typeof operand === 'string') {
    return (value) => value === operand || (typeof value === 'object' && equal(value, operand));
  }
  if (typeof operand === 'number') {
    if (Number.isNaN(operand)) return (value) => equal(value, operand);
    return (value) => value === operand || (typeof value === 'object' && equal(value, operand));
  }
  if (typeof operand === 'boolean') return (value) => value === operand;
  const rank = rankOf(operand);
  if (rank === Rank.objectId) {
    const id = operand as ObjectId;
    return (value) => typeof value === 'object' && rankOf(value) === rank && id.equals(value as ObjectId);
  }
  return (value) => equal(value, operand);
}

function equal(value: unknown, operand: unknown): boolean {
  return value !== undefined && compareValues(value, operand) === 0;
}

/** `$lt`, `$lte`, `$gt` and `$gte`: only values of the operand's own type compare, except that MinKey and MaxKey reach all. */
export function compares(name: string, operand: unknown, collation?: Collation): Operator {
  const texts = collation?.compare;
  const rank = rankOf(operand);
  if (operand === UNDEFINED) throw badValue('cannot compare to undefined');
  const below = name === '$lt' || name === '$lte';
  const orEqual = name === '$lte' || name === '$gte';
  const holds = (order: number) => (order === 0 ? orEqual : order < 0 === below);
  if (rank === Rank.null) return leaf(orEqual ? isNothing : () => false);
  if (rank === Rank.minKey || rank === Rank.maxKey) {
    // What is missing lies between the two, as null does.
    return leaf((value) => holds(compareValues(value ?? null, operand, texts)));
  }
  if (rank === Rank.number) return leaf(numberLeaf(operand, orEqual, holds));
  return leaf((value) => rankOf(value) === rank && holds(compareValues(value, operand, texts)));
}

function numberLeaf(operand: unknown, orEqual: boolean, holds: (order: number) => boolean): Leaf {
  if (Number.isNaN(asNumber(operand))) {
    return (value) => orEqual && rankOf(value) === Rank.number && Number.isNaN(asNumber(value));
  }
  return (value) => {
    if (typeof value !== 'number' && rankOf(value) !== Rank.number) return false;
    // NaN is neither below nor above a number, although it sorts below.
    return !Number.isNaN(asNumber(value)) && holds(compareValues(value, operand));
  };
}

/** `$in`: equality with any of the values, or a match of any regular expression among them. */
export function isIn(operand: unknown, collation?: Collation): Operator {
  if (!Array.isArray(operand)) throw badValue('$in needs an array');
  if (collation === undefined) return leaf(isInLeaf(operand));
  const { fold } = collation;
  const isPattern = (one: unknown) => rankOf(one) === Rank.regex;
  const matches = isInLeaf(operand.filter(isPattern));
  const equal = isInLeaf(operand.filter((one) => !isPattern(one)).map(fold));
  return leaf((value) => equal(fold(value)) || matches(value));
}

function isInLeaf(operand: readonly unknown[]): Leaf {
  const strings = new Set<string>();
  const numbers = new Set<number>();
  const ids = new Set<string>();
  const rest: unknown[] = [];
  const tests: Leaf[] = [];
  for (const value of operand) {
    if (value === UNDEFINED) throw badValue('cannot compare to undefined');
    if (isDocument(value) && Object.keys(value)[0]?.startsWith('$') && !isReference(value)) {
      throw badValue('cannot nest $ under $in');
    }
    const rank = rankOf(value);
    if (rank === Rank.null) tests.push(isNothing);
    else if (typeof value === 'string') strings.add(value);
    else if (typeof value === 'number') numbers.add(value);
    else if (rank === Rank.objectId) ids.add((value as ObjectId).toHexString());
    else if (rank === Rank.regex) tests.push(storedRegexLeaf(value as RegExp | BSONRegExp));
    else rest.push(value);
  }
  // Numbers and strings in their other types, and all further types, are looked up by what they compare as.
  const keys = new Set([...strings, ...numbers, ...rest].map(keyOf));
  return (value) => {
    switch (typeof value) {
      case 'string':
        if (strings.has(value)) return true;
        break;
      case 'number':
        if (numbers.has(value)) return true;
        break;
      case 'object':
        if (value !== null && ids.size > 0 && rankOf(value) === Rank.objectId) {
          if (ids.has((value as ObjectId).toHexString())) return true;
        }
    }
    if (value !== undefined && (rest.length > 0 || isWrapped(value)) && keys.has(keyOf(value))) return true;
    for (const test of tests) if (test(value)) return true;
    return false;
  };
}

/** Whether a value is a number or string in an object's clothing, which may equal a plain one. */
function isWrapped(value: unknown): boolean {
  if (typeof value !== 'object') return false;
  const rank = rankOf(value);
  return rank === Rank.number || rank === Rank.string;
}

function keyOf(value: unknown): string {
  return Buffer.from(keyString([value], [1])).toString('latin1');
}

/** Whether a document is a DBRef, whose `$ref` and `$id` are fields and no operators. */
export function isReference(value: object): boolean {
  return '$ref' in value && '$id' in value;
}
