import type { Binary, BSONRegExp, Code, Decimal128, Double, Int32, Long, ObjectId, Timestamp } from 'bson';
import { badValue, refusal } from '../errors.ts';
import { DbPointer, type Document, isInt32, tagOf, UNDEFINED } from '../types.ts';
import { MAX_DEPTH } from './depth.ts';

const float = new Float64Array(1);
const floatBytes = new Uint8Array(float.buffer);

// One encode at a time, never re-entered: everything is written into one buffer that only grows.
let out: Buffer = Buffer.allocUnsafeSlow(16 * 1024);
let at = 0;

/** Writes a document as BSON. A field whose value is JavaScript's `undefined` is left out. */
export function encode(document: Document): Uint8Array {
  at = 0;
  writeDocument(document, 0);
  const bytes = Buffer.allocUnsafe(at);
  out.copy(bytes, 0, 0, at);
  // One huge document must not hold its buffer for ever.
  if (out.length > 1 << 22) out = Buffer.allocUnsafeSlow(16 * 1024);
  return bytes;
}

function reserve(count: number): void {
  if (at + count <= out.length) return;
  const grown = Buffer.allocUnsafeSlow(Math.max(out.length * 2, at + count));
  out.copy(grown, 0, 0, at);
  out = grown;
}

function writeInt32(value: number): void {
  reserve(4);
  putInt32(at, value);
  at += 4;
}

function putInt32(offset: number, value: number): void {
  out[offset] = value;
  out[offset + 1] = value >> 8;
  out[offset + 2] = value >> 16;
  out[offset + 3] = value >> 24;
}

function writeDouble(value: number): void {
  reserve(8);
  float[0] = value;
  for (let i = 0; i < 8; i++) out[at + i] = floatBytes[i] as number;
  at += 8;
}

/** Writes the UTF-8 bytes of `text`, without length or terminator. */
function writeText(text: string): void {
  const length = text.length;
  reserve(length * 3);
  if (length <= 24) {
    let i = 0;
    for (; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 127) break;
      out[at + i] = unit;
    }
    if (i === length) {
      at += length;
      return;
    }
  }
  at += out.write(text, at);
}

function writeCstring(text: string): void {
  const start = at;
  writeText(text);
  if (text.includes('\0')) {
    at = start;
    throw badValue(`a field name or regular expression must not contain a null byte: ${JSON.stringify(text)}`);
  }
  reserve(1);
  out[at++] = 0;
}

function writeString(text: string): void {
  const header = at;
  writeInt32(0);
  writeText(text);
  reserve(1);
  out[at++] = 0;
  putInt32(header, at - header - 4);
}

function writeDocument(document: Document, depth: number): void {
  const header = openFrame(depth);
  for (const name of Object.keys(document)) {
    const value = document[name];
    if (value === undefined || typeof value === 'function') continue;
    reserve(1);
    const typeAt = at++;
    writeCstring(name);
    // Writing may move `out` to a larger buffer: the type byte belongs into the one that is there afterwards.
    const type = writeValue(value, depth);
    out[typeAt] = type;
  }
  closeFrame(header);
}

function writeArray(array: readonly unknown[], depth: number): void {
  const header = openFrame(depth);
  for (let i = 0; i < array.length; i++) {
    reserve(1);
    const typeAt = at++;
    writeIndex(i);
    const value = array[i];
    const type = writeValue(value === undefined ? null : value, depth);
    out[typeAt] = type;
  }
  closeFrame(header);
}

function writeIndex(index: number): void {
  reserve(12);
  if (index < 10) {
    out[at++] = 48 + index;
  } else {
    const digits = String(index);
    for (let i = 0; i < digits.length; i++) out[at++] = digits.charCodeAt(i);
  }
  out[at++] = 0;
}

function openFrame(depth: number): number {
  if (depth > MAX_DEPTH) throw refusal(15, `BSONObj exceeds maximum nested object depth: ${MAX_DEPTH}`);
  const header = at;
  writeInt32(0);
  return header;
}

function closeFrame(header: number): void {
  reserve(1);
  out[at++] = 0;
  putInt32(header, at - header);
}

/** Writes the value's bytes and returns its BSON type. */
function writeValue(value: unknown, depth: number): number {
  switch (typeof value) {
    case 'string':
      writeString(value);
      return 0x02;
    case 'number':
      if (isInt32(value)) {
        writeInt32(value);
        return 0x10;
      }
      writeDouble(value);
      return 0x01;
    case 'boolean':
      reserve(1);
      out[at++] = value ? 1 : 0;
      return 0x08;
    case 'bigint':
      writeLong(Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n)));
      return 0x12;
    case 'object':
      return value === null ? 0x0a : writeObject(value, depth);
    default:
      return 0x0a;
  }
}

function writeLong(low: number, high: number): void {
  writeInt32(low);
  writeInt32(high);
}

function writeObject(value: object, depth: number): number {
  if (Array.isArray(value)) {
    writeArray(value, depth + 1);
    return 0x04;
  }
  if (value instanceof Date) {
    const time = value.getTime();
    if (Number.isNaN(time)) throw badValue('an invalid date cannot be stored');
    const high = Math.floor(time / 4294967296);
    writeLong((time - high * 4294967296) | 0, high | 0);
    return 0x09;
  }
  const tag = tagOf(value);
  if (tag !== undefined) return writeTagged(tag, value, depth);
  if (value instanceof Uint8Array) {
    writeBinary(value, 0);
    return 0x05;
  }
  if (value instanceof RegExp) {
    writeCstring(value.source);
    writeCstring((value.ignoreCase ? 'i' : '') + (value.multiline ? 'm' : '') + (value.dotAll ? 's' : ''));
    return 0x0b;
  }
  if (value === UNDEFINED) return 0x06;
  if (value instanceof DbPointer) {
    writeString(value.namespace);
    writeRaw(value.id);
    return 0x0c;
  }
  writeDocument(value as Document, depth + 1);
  return 0x03;
}

function writeRaw(bytes: Uint8Array): void {
  reserve(bytes.length);
  out.set(bytes, at);
  at += bytes.length;
}

function writeBinary(bytes: Uint8Array, subtype: number): void {
  const nested = subtype === 2;
  writeInt32(nested ? bytes.length + 4 : bytes.length);
  reserve(1);
  out[at++] = subtype;
  if (nested) writeInt32(bytes.length);
  writeRaw(bytes);
}

function writeTagged(tag: string, value: object, depth: number): number {
  switch (tag) {
    case 'ObjectId':
      writeRaw((value as ObjectId).id);
      return 0x07;
    case 'Double':
      writeDouble((value as Double).value);
      return 0x01;
    case 'Int32':
      writeInt32((value as Int32).value);
      return 0x10;
    case 'Long':
      writeLong((value as Long).low, (value as Long).high);
      return 0x12;
    case 'Timestamp':
      writeLong((value as Timestamp).low, (value as Timestamp).high);
      return 0x11;
    case 'Decimal128':
      writeRaw((value as Decimal128).bytes);
      return 0x13;
    case 'Binary': {
      const { buffer, position, sub_type } = value as Binary;
      writeBinary(buffer.subarray(0, position), sub_type);
      return 0x05;
    }
    case 'BSONRegExp':
      writeCstring((value as BSONRegExp).pattern);
      writeCstring((value as BSONRegExp).options);
      return 0x0b;
    case 'BSONSymbol':
      writeString(String(value));
      return 0x0e;
    case 'Code':
      return writeCode(value as Code, depth);
    case 'MinKey':
      return 0xff;
    case 'MaxKey':
      return 0x7f;
    default:
      throw badValue(`a value of type ${tag} cannot be stored`);
  }
}

function writeCode(code: Code, depth: number): number {
  if (!code.scope) {
    writeString(code.code);
    return 0x0d;
  }
  const header = at;
  writeInt32(0);
  writeString(code.code);
  writeDocument(code.scope, depth + 1);
  putInt32(header, at - header);
  return 0x0f;
}
