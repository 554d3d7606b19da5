/** Writes a reply as BSON, stored documents copied into it as they are. */
import { Double } from 'bson';
import { type Document, encode } from './values/bson.ts';
import type { CommandError } from './values/errors.ts';

/** No batch grows beyond this, unless one document alone does: MongoDB allows 16 MB, which several readers would hold each. */
export const BATCH_BYTES = 2 * 1024 * 1024;
const LEAST_BYTES = 512;
const MOST_BYTES = 64 * 1024;
const DOCUMENT = 0x03;
/** What the longest name of an element takes: its type, the digits of a number below 2³², the 0 that ends it. */
const NAME_BYTES = 12;

type Batch = 'firstBatch' | 'nextBatch';

/** How a reply begins, up to the first document of its batch, and where in it the lengths of cursor and batch stand. */
interface Opening {
  readonly bytes: Buffer;
  readonly cursorAt: number;
  readonly arrayAt: number;
}

const OPENINGS: Record<Batch, Opening> = { firstBatch: opening('firstBatch'), nextBatch: opening('nextBatch') };

function opening(name: Batch): Opening {
  const bytes = Buffer.from(`\0\0\0\0\x03cursor\0\0\0\0\0\x04${name}\0\0\0\0\0`, 'latin1');
  return { bytes, cursorAt: 4 + 1 + 'cursor'.length + 1, arrayAt: bytes.length - 4 };
}

/** What follows the batch: its end, the cursor's id and namespace, their end, `ok: 1`. */
const ID = Buffer.from('\0\x12id\0', 'latin1');
const NS = Buffer.from('\x02ns\0', 'latin1');
const OK_END = Buffer.from('\0\0\x01ok\0\0\0\0\0\0\0\xf0\x3f\0', 'latin1');

/** Room that sufficed for the last replies, so that a page is not moved to a larger buffer again and again. */
let usual = LEAST_BYTES;

/** The reply of a command that returns a batch of a cursor: `{ cursor: { <batch>: [...], id, ns }, ok: 1 }`. */
export class BatchWriter {
  #buffer = Buffer.allocUnsafe(usual);
  #at: number;
  readonly #opening: Opening;
  count = 0;

  constructor(name: Batch) {
    this.#opening = OPENINGS[name];
    this.#at = this.#copy(this.#opening.bytes, 0);
  }

  /** How many bytes the batch has. */
  get bytes(): number {
    return this.#at - this.#opening.arrayAt;
  }

  /** Adds a document given by its bytes. */
  add(document: Uint8Array): void {
    const { length } = document;
    this.#reserve(length + NAME_BYTES);
    this.#buffer[this.#at++] = DOCUMENT;
    this.#digits(this.count);
    this.#buffer[this.#at++] = 0;
    this.#buffer.set(document, this.#at);
    this.#at += length;
    this.count += 1;
  }

  /** Ends the reply. `id` 0 says that the cursor is at its end. */
  finish(id: bigint, namespace: string): Uint8Array {
    const { cursorAt, arrayAt } = this.#opening;
    this.#reserve(64 + namespace.length * 3);
    let at = this.#copy(ID, this.#at);
    this.#buffer.writeInt32LE(this.#at + 1 - arrayAt, arrayAt);
    at = this.#copy(NS, this.#buffer.writeBigInt64LE(id, at));
    const length = this.#buffer.write(namespace, at + 4);
    this.#buffer.writeInt32LE(length + 1, at);
    at += 4 + length;
    const end = this.#copy(OK_END, at);
    // The first two of these zeros end the namespace and the cursor.
    this.#buffer.writeInt32LE(at + 2 - cursorAt, cursorAt);
    this.#buffer.writeInt32LE(end, 0);
    usual = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, end, usual - (usual >> 4)));
    return this.#buffer.subarray(0, end);
  }

  #copy(bytes: Buffer, at: number): number {
    const buffer = this.#buffer;
    const { length } = bytes;
    // For a few bytes a loop is quicker than a call of `copy`.
    for (let i = 0; i < length; i++) buffer[at + i] = bytes[i] as number;
    return at + length;
  }

  #digits(value: number): void {
    if (value >= 10) this.#digits(Math.floor(value / 10));
    this.#buffer[this.#at++] = 48 + (value % 10);
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#at + bytes));
    this.#buffer.copy(grown, 0, 0, this.#at);
    this.#buffer = grown;
  }
}

/** The bytes of a reply with `ok: 1`. */
export function okReply(fields: Document): Uint8Array {
  return encode({ ...fields, ok: OK });
}

const OK = new Double(1);
const NOT_OK = new Double(0);

/** The bytes of a refusal. */
export function errorReply({ code, codeName, message, extra }: CommandError): Uint8Array {
  return encode({ ok: NOT_OK, errmsg: message, code, codeName, ...extra });
}
