/** Looks into BSON bytes without decoding them. */
import { refusal } from './values/errors.ts';

const malformed = () => refusal(22, 'invalid BSON: a value does not fit its document');

function int32(bytes: Uint8Array, at: number): number {
  if (at + 4 > bytes.length) throw malformed();
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  );
}

function afterCstring(bytes: Uint8Array, at: number): number {
  const end = bytes.indexOf(0, at);
  if (end < 0) throw malformed();
  return end + 1;
}

/** Where the value of BSON type `type` that begins at `at` ends. */
function afterValue(bytes: Uint8Array, type: number, at: number): number {
  switch (type) {
    case 0x06:
    case 0x0a:
    case 0x7f:
    case 0xff:
      return at;
    case 0x08:
      return at + 1;
    case 0x10:
      return at + 4;
    case 0x01:
    case 0x09:
    case 0x11:
    case 0x12:
      return at + 8;
    case 0x07:
      return at + 12;
    case 0x13:
      return at + 16;
    case 0x02:
    case 0x0d:
    case 0x0e:
      return at + 4 + size(bytes, at, 1);
    case 0x0c:
      return at + 16 + size(bytes, at, 1);
    case 0x05:
      return at + 5 + size(bytes, at, 0);
    case 0x03:
    case 0x04:
    case 0x0f:
      return at + size(bytes, at, 5);
    case 0x0b:
      return afterCstring(bytes, afterCstring(bytes, at));
    default:
      throw refusal(22, `invalid BSON: unrecognized BSON type ${type}`);
  }
}

function size(bytes: Uint8Array, at: number, least: number): number {
  const length = int32(bytes, at);
  if (length < least || at + length > bytes.length) throw malformed();
  return length;
}

/** Field names of commands are ASCII; anything else is no command's name anyway. */
function ascii(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}

/** The name of a document's first field; empty when it has none. */
export function firstName(bytes: Uint8Array): string {
  if (bytes[4] === 0) return '';
  return ascii(bytes, 5, afterCstring(bytes, 5) - 1);
}

/** Whether a document's first field is `_id`. */
export function beginsWithId(bytes: Uint8Array): boolean {
  return bytes[5] === 0x5f && bytes[6] === 0x69 && bytes[7] === 0x64 && bytes[8] === 0;
}

/**
 * Takes the array field `name` out of a document: the documents in it as bytes, and the bytes of the rest. Undefined
 * when there is no such array, or anything but documents in it.
 */
export function liftArray(bytes: Uint8Array, name: string): { documents: Uint8Array[]; rest: Uint8Array } | undefined {
  let at = 4;
  while (at < bytes.length - 1) {
    const start = at;
    const type = bytes[at] as number;
    const nameEnd = afterCstring(bytes, at + 1);
    at = afterValue(bytes, type, nameEnd);
    if (type !== 0x04 || nameEnd - start - 2 !== name.length) continue;
    if (ascii(bytes, start + 1, nameEnd - 1) !== name) continue;
    const documents = documentsIn(bytes.subarray(nameEnd, at));
    if (documents === undefined) return undefined;
    const rest = Buffer.concat([bytes.subarray(0, start), bytes.subarray(at)]);
    rest.writeInt32LE(rest.length, 0);
    return { documents, rest };
  }
  return undefined;
}

function documentsIn(array: Uint8Array): Uint8Array[] | undefined {
  const documents: Uint8Array[] = [];
  let at = 4;
  while (at < array.length - 1) {
    if (array[at] !== 0x03) return undefined;
    const start = afterCstring(array, at + 1);
    at = afterValue(array, 0x03, start);
    documents.push(array.subarray(start, at));
  }
  return documents;
}

/** Chooses some top-level fields of documents by their names, without decoding the others. */
export class Picker {
  /** Each wanted name as it stands in a document: its bytes and the 0 that ends it. */
  readonly #names: readonly Buffer[];
  #made = Buffer.allocUnsafe(1024);

  constructor(names: Iterable<string>) {
    this.#names = [...names].map((name) => Buffer.from(`${name}\0`));
  }

  /** A document with the wanted fields only, in a buffer that the next call overwrites. */
  pick(bytes: Buffer): Buffer {
    if (this.#made.length < bytes.length) this.#made = Buffer.allocUnsafe(bytes.length * 2);
    const made = this.#made;
    const end = bytes.length - 1;
    let at = 4;
    let length = 4;
    let found = 0;
    while (at < end && found < this.#names.length) {
      const start = at;
      const type = bytes[at] as number;
      let nameEnd = at + 1;
      while (bytes[nameEnd] !== 0) nameEnd += 1;
      at = afterValue(bytes, type, nameEnd + 1);
      if (!this.#wanted(bytes, start + 1, nameEnd + 1 - start - 1)) continue;
      found += 1;
      bytes.copy(made, length, start, at);
      length += at - start;
    }
    made[length] = 0;
    length += 1;
    made.writeInt32LE(length, 0);
    return made.subarray(0, length);
  }

  #wanted(bytes: Buffer, at: number, length: number): boolean {
    for (const name of this.#names) {
      if (name.length !== length) continue;
      let i = 0;
      while (i < length && name[i] === bytes[at + i]) i += 1;
      if (i === length) return true;
    }
    return false;
  }
}
