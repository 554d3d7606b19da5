/** Writes a reply as BSON, stored documents copied into it as they are. */
import { Double } from 'bson';
import { type Document, encode } from './values/bson.ts';
import type { CommandError } from './values/errors.ts';

/** No batch grows beyond MongoDB's largest document, unless one document alone does. */
export const BATCH_BYTES = 16 * 1024 * 1024;
const START_BYTES = 512;

/** The reply of a command that returns a batch of a cursor: `{ cursor: { <batch>: [...], id, ns }, ok: 1 }`. */
export class BatchWriter {
  #buffer = Buffer.allocUnsafe(START_BYTES);
  #at = 0;
  readonly #cursorAt: number;
  readonly #arrayAt: number;
  count = 0;

  constructor(name: 'firstBatch' | 'nextBatch') {
    this.#at = 4;
    this.#cursorAt = this.#open(0x03, 'cursor');
    this.#arrayAt = this.#open(0x04, name);
  }

  /** How many bytes the batch has. */
  get bytes(): number {
    return this.#at - this.#arrayAt;
  }

  /** Adds a document given by its bytes. */
  add(document: Uint8Array): void {
    const { length } = document;
    this.#reserve(length + 16);
    this.#buffer[this.#at] = 0x03;
    this.#at += 1;
    this.#at += this.#buffer.write(String(this.count), this.#at, 'latin1');
    this.#buffer[this.#at] = 0;
    this.#at += 1;
    this.#buffer.set(document, this.#at);
    this.#at += length;
    this.count += 1;
  }

  /** Ends the reply. `id` 0 says that the cursor is at its end. */
  finish(id: bigint, namespace: string): Uint8Array {
    this.#close(this.#arrayAt);
    this.#reserve(64 + namespace.length * 3);
    this.#name(0x12, 'id');
    this.#at = this.#buffer.writeBigInt64LE(id, this.#at);
    this.#name(0x02, 'ns');
    const length = this.#buffer.write(namespace, this.#at + 4);
    this.#buffer.writeInt32LE(length + 1, this.#at);
    this.#at += 4 + length;
    this.#buffer[this.#at] = 0;
    this.#at += 1;
    this.#close(this.#cursorAt);
    this.#reserve(16);
    this.#name(0x01, 'ok');
    this.#at = this.#buffer.writeDoubleLE(1, this.#at);
    this.#buffer[this.#at] = 0;
    this.#at += 1;
    this.#buffer.writeInt32LE(this.#at, 0);
    return this.#buffer.subarray(0, this.#at);
  }

  #open(type: number, name: string): number {
    this.#name(type, name);
    const at = this.#at;
    this.#at += 4;
    return at;
  }

  #close(at: number): void {
    this.#reserve(1);
    this.#buffer[this.#at] = 0;
    this.#at += 1;
    this.#buffer.writeInt32LE(this.#at - at, at);
  }

  #name(type: number, name: string): void {
    this.#buffer[this.#at] = type;
    this.#at += 1;
    this.#at += this.#buffer.write(name, this.#at, 'latin1');
    this.#buffer[this.#at] = 0;
    this.#at += 1;
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
