/** One table of a store. LMDB's own stands behind it and may be opened anew; what is changed in it is counted. */
import type { Database, GetOptions, RangeOptions } from 'lmdb';
import type { Journal } from './journal.ts';

export type Opened = Database<Buffer, Uint8Array>;

/** What the running transaction has changed so far. */
export interface Growth {
  /** Keys put or removed. */
  changes: number;
  /** What was put into leaves: keys, and values that lie beside them. */
  bytes: number;
  /** Pages of values too long to lie beside their keys. */
  pages: number;
}

/** A shorter value lies beside its key, whatever LMDB's page size. */
const BESIDE_KEY = 1024;
const LEAST_PAGE = 4096;
/** What LMDB puts before a key in a leaf, and what tells where a long value lies. */
const BEFORE_KEY = 40;

/** Keys and values as bytes, in the order of the keys. Changes belong into a transaction of the environment. */
export class Table {
  #opened: Opened;
  readonly #growth: Growth;
  readonly #journal: Journal;

  constructor(opened: Opened, growth: Growth, journal: Journal) {
    this.#opened = opened;
    this.#growth = growth;
    this.#journal = journal;
  }

  /** Goes on with what LMDB opened anew. */
  reopened(opened: Opened): void {
    this.#opened = opened;
  }

  get(key: Uint8Array, options?: GetOptions): Buffer | undefined {
    return this.#opened.get(key, options);
  }

  /** The value in a buffer the next read overwrites, with a `length` of its own. */
  getBinaryFast(key: Uint8Array): Buffer | undefined {
    return this.#opened.getBinaryFast(key);
  }

  getRange(options: RangeOptions) {
    return this.#opened.getRange(options);
  }

  getKeys(options: RangeOptions) {
    return this.#opened.getKeys(options);
  }

  getCount(options: RangeOptions): number {
    return this.#opened.getCount(options);
  }

  putSync(key: Uint8Array, value: Buffer): void {
    const growth = this.#growth;
    growth.changes += 1;
    growth.bytes += BEFORE_KEY + key.length + Math.min(value.length, 2 * BESIDE_KEY);
    if (value.length > BESIDE_KEY) growth.pages += 1 + Math.ceil(value.length / LEAST_PAGE);
    this.#journal.note(this, key, value);
    this.#opened.putSync(key, value);
  }

  removeSync(key: Uint8Array): void {
    this.#growth.changes += 1;
    this.#journal.note(this, key);
    this.#opened.removeSync(key);
  }

  /** Does what was counted and noted before. */
  replay(key: Uint8Array, value: Buffer | undefined): void {
    if (value === undefined) this.#opened.removeSync(key);
    else this.#opened.putSync(key, value);
  }
}
