import type { Binary, Code, ObjectId, Timestamp } from 'bson';
import { compareFinite, exactParts, nearestDouble, type Parts } from '../decimal.ts';
import { exact, numberKind } from '../numbers.ts';
import { type DbPointer, type Document, Rank, rankOf } from '../types.ts';
import { bytesOf, optionsOf, patternOf, subtypeOf } from './compare.ts';

const float = new Float64Array(1);
const floatBytes = new Uint8Array(float.buffer);

// One key at a time, never re-entered: everything is written into one buffer that only grows.
let out: Buffer = Buffer.allocUnsafeSlow(4096);
let at = 0;

/**
 * The bytes of an index key: comparing two keys byte by byte is comparing their values one after another with
 * `compareValues`, each in its direction. No value's bytes are the beginning of another's, so keys may be cut at value
 * borders and anything may be appended (a record id, say).
 */
export function keyString(values: readonly unknown[], directions: readonly (1 | -1)[]): Uint8Array {
  at = 0;
  for (let i = 0; i < values.length; i++) {
    const start = at;
    writeKey(values[i]);
    if (directions[i] === -1) for (let j = start; j < at; j++) out[j] = ~(out[j] as number);
  }
  const key = Buffer.allocUnsafe(at);
  if (at < 64) for (let i = 0; i < at; i++) key[i] = out[i] as number;
  else out.copy(key, 0, 0, at);
  return key;
}

function reserve(count: number): void {
  if (at + count <= out.length) return;
  const grown = Buffer.allocUnsafeSlow(Math.max(out.length * 2, at + count));
  out.copy(grown, 0, 0, at);
  out = grown;
}

function writeKey(value: unknown): void {
  switch (typeof value) {
    case 'string':
      reserve(1);
      out[at++] = Rank.string;
      writeText(value);
      return;
    case 'number':
      writeDouble(value, EQUAL);
      return;
    case 'boolean':
      reserve(2);
      out[at++] = Rank.boolean;
      out[at++] = value ? 1 : 0;
      return;
    default:
      writeObject(value, rankOf(value));
  }
}

function writeObject(value: unknown, rank: number): void {
  if (rank === Rank.number) {
    writeNumber(value);
    return;
  }
  reserve(16);
  out[at++] = rank;
  switch (rank) {
    case Rank.date:
      writeDate((value as Date).getTime());
      return;
    case Rank.objectId:
      writeRaw((value as ObjectId).id);
      return;
    case Rank.string:
      writeText(String(value));
      return;
    case Rank.object:
      writeDocument(value as Document);
      return;
    case Rank.array:
      for (const element of value as unknown[]) writeKey(element);
      writeEnd();
      return;
    case Rank.binary: {
      const bytes = bytesOf(value as Binary);
      writeUint32(bytes.length);
      out[at++] = subtypeOf(value as Binary);
      writeRaw(bytes);
      return;
    }
    case Rank.timestamp:
      writeUint32((value as Timestamp).t);
      writeUint32((value as Timestamp).i);
      return;
    case Rank.regex:
      writeText(patternOf(value as RegExp));
      writeText(optionsOf(value as RegExp));
      return;
    case Rank.code:
      writeText((value as Code).code);
      return;
    case Rank.codeWithScope:
      writeText((value as Code).code);
      writeDocument((value as Code).scope ?? {});
      return;
    case Rank.dbPointer:
      writeText((value as DbPointer).namespace);
      writeRaw((value as DbPointer).id);
      return;
  }
}

function writeDocument(document: Document): void {
  for (const name of Object.keys(document)) {
    const value = document[name];
    reserve(1);
    out[at++] = rankOf(value);
    writeText(name);
    writeKey(value);
  }
  writeEnd();
}

/** Ends a document or array: below every rank, so that the shorter of two comes first. */
function writeEnd(): void {
  reserve(1);
  out[at++] = 0;
}

function writeRaw(bytes: Uint8Array): void {
  reserve(bytes.length);
  out.set(bytes, at);
  at += bytes.length;
}

function writeUint32(value: number): void {
  out[at] = value >>> 24;
  out[at + 1] = value >>> 16;
  out[at + 2] = value >>> 8;
  out[at + 3] = value;
  at += 4;
}

function writeDate(time: number): void {
  const high = Math.floor(time / 4294967296);
  writeUint32(high ^ 0x80000000);
  writeUint32(time - high * 4294967296);
}

/** UTF-8 bytes ended by 00; inside, 00 becomes 01 01 and 01 becomes 01 02, which keeps the order and the end unique. */
function writeText(text: string): void {
  const length = text.length;
  reserve(length * 3 + 2);
  const start = at;
  if (length <= 32) {
    let end = start;
    let i = 0;
    for (; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit < 2 || unit > 127) break;
      out[end++] = unit;
    }
    if (i === length) {
      out[end] = 0;
      at = end + 1;
      return;
    }
  }
  at = start + out.write(text, start);
  for (let i = start; i < at; i++) {
    if ((out[i] as number) < 2) {
      escapeLow(start);
      break;
    }
  }
  reserve(1);
  out[at++] = 0;
}

function escapeLow(start: number): void {
  const plain = Buffer.from(out.subarray(start, at));
  reserve(plain.length * 2);
  at = start;
  for (const byte of plain) {
    if (byte < 2) {
      out[at++] = 1;
      out[at++] = byte + 1;
    } else {
      out[at++] = byte;
    }
  }
}

// A number's key is the nearest double, then how the exact value lies to that double; unless equal, its digits follow.
const BELOW = 1;
const EQUAL = 2;
const ABOVE = 3;

function writeDouble(value: number, relation: number): void {
  reserve(10);
  out[at] = Rank.number;
  if (value === 0) {
    // Both zeros.
    out[at + 1] = 0x80;
    for (let i = 2; i < 9; i++) out[at + i] = 0;
  } else if (value > 0) {
    float[0] = value;
    out[at + 1] = (floatBytes[7] as number) | 0x80;
    for (let i = 2; i < 9; i++) out[at + i] = floatBytes[8 - i] as number;
  } else if (value < 0) {
    float[0] = value;
    for (let i = 1; i < 9; i++) out[at + i] = ~(floatBytes[8 - i] as number);
  } else {
    // NaN, below minus infinity (00 0F FF …).
    for (let i = 1; i < 9; i++) out[at + i] = 0;
  }
  out[at + 9] = relation;
  at += 10;
}

function writeNumber(value: unknown): void {
  const kind = numberKind(value);
  if (kind === 'int' || kind === 'double') {
    writeDouble((value as { value: number }).value, EQUAL);
    return;
  }
  const parts = exact(value);
  const nearest = nearestDouble(parts);
  if (parts.kind !== 'finite') {
    writeDouble(nearest, EQUAL);
    return;
  }
  const relation = relationTo(parts, nearest);
  writeDouble(nearest, relation);
  if (relation !== EQUAL) writeDigits(parts);
}

function relationTo(parts: Parts & { kind: 'finite' }, nearest: number): number {
  if (nearest === Number.POSITIVE_INFINITY) return BELOW;
  if (nearest === Number.NEGATIVE_INFINITY) return ABOVE;
  if (parts.exponent === 0 && Number.isSafeInteger(nearest)) return EQUAL;
  const order = compareFinite(parts, exactParts(nearest) as Parts & { kind: 'finite' });
  return order < 0 ? BELOW : order > 0 ? ABOVE : EQUAL;
}

/** The exact decimal value: the power of ten of the first digit, the digits without trailing zeros, 00; inverted below zero. */
function writeDigits(parts: Parts & { kind: 'finite' }): void {
  const all = String(parts.coefficient);
  const digits = all.replace(/0+$/, '');
  const power = all.length + parts.exponent + 0x8000;
  reserve(digits.length + 3);
  const start = at;
  out[at++] = power >> 8;
  out[at++] = power;
  for (let i = 0; i < digits.length; i++) out[at++] = digits.charCodeAt(i);
  out[at++] = 0;
  if (parts.negative) for (let i = start; i < at; i++) out[i] = ~(out[i] as number);
}
