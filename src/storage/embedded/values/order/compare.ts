import type { Binary, BSONRegExp, Code, ObjectId, Timestamp } from 'bson';
import { compareNumbers } from '../numbers.ts';
import { type DbPointer, type Document, Rank, rankOf } from '../types.ts';

/** Orders two strings. */
export type TextOrder = (a: string, b: string) => number;

/**
 * MongoDB's order over all BSON values: first by type, then by value. Returns a negative number, 0 or a positive one.
 * Numbers of different types compare by their exact values, strings by their UTF-8 bytes, documents field by field
 * (type, name, value), so the order of fields counts. A missing value (`undefined`) equals null. `texts` orders strings otherwise.
 */
export function compareValues(a: unknown, b: unknown, texts: TextOrder = compareStrings): number {
  if (typeof a === 'number' && typeof b === 'number') {
    return a < b ? -1 : a > b ? 1 : a === b ? 0 : compareNumbers(a, b);
  }
  if (typeof a === 'string' && typeof b === 'string') return texts(a, b);
  const rank = rankOf(a);
  const other = rankOf(b);
  return rank === other ? compareWithin(rank, a, b, texts) : rank - other;
}

function compareWithin(rank: number, a: unknown, b: unknown, texts: TextOrder): number {
  switch (rank) {
    case Rank.number:
      return compareNumbers(a, b);
    case Rank.string:
      return texts(String(a), String(b));
    case Rank.object:
      return compareDocuments(a as Document, b as Document, texts);
    case Rank.array:
      return compareArrays(a as unknown[], b as unknown[], texts);
    case Rank.objectId:
      return compareIds(a as ObjectId, b as ObjectId);
    case Rank.date:
      return (a as Date).getTime() - (b as Date).getTime();
    case Rank.boolean:
      return Number(a) - Number(b);
    case Rank.binary:
      return compareBinary(a as Binary | Uint8Array, b as Binary | Uint8Array);
    case Rank.timestamp:
      return (a as Timestamp).t - (b as Timestamp).t || (a as Timestamp).i - (b as Timestamp).i;
    case Rank.regex:
      return (
        compareStrings(patternOf(a as RegExp), patternOf(b as RegExp)) ||
        compareStrings(optionsOf(a as RegExp), optionsOf(b as RegExp))
      );
    case Rank.code:
      return compareStrings((a as Code).code, (b as Code).code);
    case Rank.codeWithScope:
      return (
        compareStrings((a as Code).code, (b as Code).code) ||
        compareDocuments((a as Code).scope ?? {}, (b as Code).scope ?? {}, texts)
      );
    case Rank.dbPointer:
      return (
        compareStrings((a as DbPointer).namespace, (b as DbPointer).namespace) ||
        Buffer.compare((a as DbPointer).id, (b as DbPointer).id)
      );
    default:
      return 0;
  }
}

/** Compares by UTF-8 bytes, which is the order of code points, not of JavaScript's UTF-16 units. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    if (x >= 0xd800 && y >= 0xd800) {
      // A surrogate stands for a code point above every other: lift it over U+E000..U+FFFF.
      x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
      y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
    }
    return x - y;
  }
  return a.length - b.length;
}

/** Compares two documents field by field: the type of the value, then the name, then the value. */
function compareDocuments(a: Document, b: Document, texts: TextOrder): number {
  const names = Object.keys(a);
  const others = Object.keys(b);
  const length = Math.min(names.length, others.length);
  for (let i = 0; i < length; i++) {
    const name = names[i] as string;
    const other = others[i] as string;
    const x = a[name];
    const y = b[other];
    const rank = rankOf(x);
    const order = rank - rankOf(y) || compareStrings(name, other) || compareWithin(rank, x, y, texts);
    if (order !== 0) return order;
  }
  return names.length - others.length;
}

function compareArrays(a: readonly unknown[], b: readonly unknown[], texts: TextOrder): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compareValues(a[i], b[i], texts);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareIds(a: ObjectId, b: ObjectId): number {
  if (a === b || a.equals(b)) return 0;
  return a.toHexString() < b.toHexString() ? -1 : 1;
}

function compareBinary(a: Binary | Uint8Array, b: Binary | Uint8Array): number {
  const x = bytesOf(a);
  const y = bytesOf(b);
  return x.length - y.length || subtypeOf(a) - subtypeOf(b) || Buffer.compare(x, y);
}

/** The bytes of binary data in either form. */
export function bytesOf(value: Binary | Uint8Array): Uint8Array {
  return value instanceof Uint8Array ? value : value.buffer.subarray(0, value.position);
}

/** The BSON subtype of binary data in either form. */
export function subtypeOf(value: Binary | Uint8Array): number {
  return value instanceof Uint8Array ? 0 : value.sub_type;
}

/** The pattern of a regular expression in either form. */
export function patternOf(value: RegExp | BSONRegExp): string {
  return value instanceof RegExp ? value.source : value.pattern;
}

/** The option letters of a regular expression in either form, in the order BSON writes them. */
export function optionsOf(value: RegExp | BSONRegExp): string {
  if (!(value instanceof RegExp)) return value.options;
  return (value.ignoreCase ? 'i' : '') + (value.multiline ? 'm' : '') + (value.dotAll ? 's' : '');
}
