import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import { refusal } from '../errors.ts';
import { DbPointer, type Document, isInt32, setField, UNDEFINED } from '../types.ts';
import { MAX_DEPTH } from './depth.ts';
import { internedText } from './text.ts';

const MIN_KEY = new MinKey();
const MAX_KEY = new MaxKey();

const float = new Float64Array(1);
const floatBytes = new Uint8Array(float.buffer);

// One decode at a time, never re-entered: module variables spare an object per call.
let input: Buffer = Buffer.alloc(0);
let at = 0;
let limit = 0;

/** Reads one BSON document. Malformed bytes are refused with code 22. */
export function decode(bytes: Uint8Array): Document {
  input = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  at = 0;
  limit = input.length;
  try {
    if (limit < 5 || int32() !== limit) throw invalid('the length in the header does not match');
    at = 0;
    return readDocument(0);
  } finally {
    // Let go of the caller's buffer, which may be a page of the store.
    input = EMPTY;
  }
}

const EMPTY = Buffer.alloc(0);

const invalid = (what: string) => refusal(22, `invalid BSON: ${what}`);

function int32(): number {
  const a = at;
  if (a + 4 > limit) throw invalid('unexpected end');
  at = a + 4;
  return (
    (input[a] as number) |
    ((input[a + 1] as number) << 8) |
    ((input[a + 2] as number) << 16) |
    ((input[a + 3] as number) << 24)
  );
}

function double(): number | Double {
  if (at + 8 > limit) throw invalid('unexpected end');
  for (let i = 0; i < 8; i++) floatBytes[i] = input[at + i] as number;
  at += 8;
  const value = float[0] as number;
  // A double that looks like an int32 keeps a wrapper, else it would be written back as an int32.
  return isInt32(value) ? new Double(value) : value;
}

function cstring(): string {
  const start = at;
  let end = start;
  let hash = 0;
  let ascii = true;
  for (;;) {
    if (end >= limit) throw invalid('a field name does not end');
    const byte = input[end] as number;
    if (byte === 0) break;
    if (byte > 127) ascii = false;
    hash = (Math.imul(hash, 31) + byte) | 0;
    end++;
  }
  at = end + 1;
  if (ascii && end - start <= 32) return internedText(input, start, end, hash);
  return input.toString('utf8', start, end);
}

function skipCstring(): void {
  while (input[at] !== 0) {
    if (at >= limit) throw invalid('a field name does not end');
    at++;
  }
  at++;
}

function text(): string {
  const length = int32();
  const start = at;
  const end = start + length - 1;
  if (length < 1 || end >= limit || input[end] !== 0) throw invalid('a string has a wrong length');
  at = end + 1;
  if (length <= 25) {
    let hash = 0;
    for (let i = start; i < end; i++) {
      const byte = input[i] as number;
      if (byte > 127) return input.toString('utf8', start, end);
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    return internedText(input, start, end, hash);
  }
  return input.toString('utf8', start, end);
}

function bytesCopy(length: number): Buffer {
  if (length < 0 || at + length > limit) throw invalid('binary data has a wrong length');
  const copy = Buffer.allocUnsafe(length);
  input.copy(copy, 0, at, at + length);
  at += length;
  return copy;
}

function readDocument(depth: number): Document {
  const end = openFrame(depth);
  const document: Document = {};
  for (;;) {
    const type = input[at++] as number;
    if (type === 0) break;
    const name = cstring();
    const value = readValue(type, depth);
    if (name === '__proto__') setField(document, name, value);
    else document[name] = value;
  }
  closeFrame(end);
  return document;
}

function readArray(depth: number): unknown[] {
  const end = openFrame(depth);
  const array: unknown[] = [];
  for (;;) {
    const type = input[at++] as number;
    if (type === 0) break;
    skipCstring();
    array.push(readValue(type, depth));
  }
  closeFrame(end);
  return array;
}

function openFrame(depth: number): number {
  if (depth > MAX_DEPTH) throw refusal(15, `BSONObj exceeds maximum nested object depth: ${MAX_DEPTH}`);
  const start = at;
  const length = int32();
  const end = start + length;
  if (length < 5 || end > limit || input[end - 1] !== 0) throw invalid('a document has a wrong length');
  return end;
}

function closeFrame(end: number): void {
  if (at !== end) throw invalid('a document does not end where its length says');
}

function readValue(type: number, depth: number): unknown {
  switch (type) {
    case 0x01:
      return double();
    case 0x02:
      return text();
    case 0x03:
      return readDocument(depth + 1);
    case 0x04:
      return readArray(depth + 1);
    case 0x05:
      return binary();
    case 0x06:
      return UNDEFINED;
    case 0x07: {
      if (at + 12 > limit) throw invalid('unexpected end');
      const id = new ObjectId(input.subarray(at, at + 12));
      at += 12;
      return id;
    }
    case 0x08: {
      const byte = input[at++];
      if (byte !== 0 && byte !== 1) throw invalid('a boolean is neither true nor false');
      return byte === 1;
    }
    case 0x09: {
      const low = int32();
      return new Date(int32() * 4294967296 + (low >>> 0));
    }
    case 0x0a:
      return null;
    case 0x10:
      return int32();
    case 0x11: {
      const low = int32();
      return new Timestamp(Long.fromBits(low, int32(), true));
    }
    case 0x12: {
      const low = int32();
      return Long.fromBits(low, int32(), false);
    }
    case 0x13:
      return new Decimal128(bytesCopy(16));
    default:
      return readRare(type, depth);
  }
}

function binary(): Binary {
  const length = int32();
  const subtype = input[at++] as number;
  if (subtype !== Binary.SUBTYPE_BYTE_ARRAY) return new Binary(bytesCopy(length), subtype);
  // The old generic subtype repeats its length inside.
  const inner = int32();
  if (inner !== length - 4) throw invalid('binary data of subtype 2 has a wrong length');
  return new Binary(bytesCopy(inner), subtype);
}

function readRare(type: number, depth: number): unknown {
  switch (type) {
    case 0x0b: {
      const regex = new BSONRegExp(cstring(), '');
      // Set past the constructor, which refuses letters that a stored value may well have.
      regex.options = cstring();
      return regex;
    }
    case 0x0c: {
      const namespace = text();
      return new DbPointer(namespace, bytesCopy(12));
    }
    case 0x0d:
      return new Code(text());
    case 0x0e:
      return new BSONSymbol(text());
    case 0x0f: {
      const end = at + int32();
      const code = text();
      const scope = readDocument(depth + 1);
      closeFrame(end);
      return new Code(code, scope);
    }
    case 0x7f:
      return MAX_KEY;
    case 0xff:
      return MIN_KEY;
    default:
      throw invalid(`unrecognized BSON type ${type}`);
  }
}
