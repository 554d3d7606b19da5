/** Documents and their index entries: every change of the one with the change of the others, in the running transaction. */
import type { Document } from '../values/bson.ts';
import { CommandError } from '../values/errors.ts';
import { keyString } from '../values/order.ts';
import { showField } from '../values/show.ts';
import type { Catalog, Collection, Index } from './catalog.ts';
import { checkThere } from './collection.ts';
import type { Environment } from './environment.ts';
import { entryKey, LONGEST_WHOLE_KEY, passingRecordKey, recordAt, recordValue } from './keys.ts';
import { type Standing, standing } from './standing.ts';

const EMPTY = Buffer.alloc(0);
const LONGEST_VIEW = 4096;

/** The stored documents of all collections. */
export class Records {
  readonly #environment: Environment;
  readonly #catalog: Catalog;
  readonly #views: (Buffer | undefined)[] = new Array<undefined>(LONGEST_VIEW + 1).fill(undefined);

  constructor(environment: Environment, catalog: Catalog) {
    this.#environment = environment;
    this.#catalog = catalog;
  }

  /** The bytes of a record in a buffer the next read overwrites; undefined when it is gone. Refused when all of them are. */
  peek(collection: Collection, record: number): Buffer | undefined {
    checkThere(collection);
    const bytes = this.#environment.records.getBinaryFast(passingRecordKey(collection.id, record));
    return bytes === undefined ? undefined : this.#view(bytes);
  }

  /**
   * lmdb-js hands out one large buffer whose `length` it has overridden; copying needs a true view of that length. Making
   * a view takes as long as finding the record, so one of each length is kept: all show what was read last.
   */
  #view(bytes: Buffer): Buffer {
    const { length } = bytes;
    if (length > LONGEST_VIEW) return bytes.subarray(0, length);
    const known = this.#views[length];
    if (known !== undefined && known.buffer === bytes.buffer && known.byteOffset === bytes.byteOffset) return known;
    const view = bytes.subarray(0, length);
    this.#views[length] = view;
    return view;
  }

  /** The record with this `_id`, or undefined. */
  findId(collection: Collection, id: unknown): number | undefined {
    const [index] = collection.indexes;
    return index === undefined ? undefined : this.#owner(index, keyString([id], [1]));
  }

  #owner(index: Index, key: Uint8Array): number | undefined {
    const value = this.#environment.entries.getBinaryFast(entryKey(index.id, key));
    return value === undefined ? undefined : recordAt(value, 6);
  }

  /** Adds a document. Nothing is written when a unique index refuses it. */
  insert(collection: Collection, document: Document, bytes: Uint8Array): number {
    checkThere(collection);
    const standings = collection.indexes.map((index) => standing(index, document));
    collection.indexes.forEach((index, i) => {
      this.#checkUnique(collection, index, standings[i] as Standing, undefined);
    });
    const record = collection.nextRecord;
    collection.nextRecord += 1;
    this.#environment.records.putSync(passingRecordKey(collection.id, record), bytes as Buffer);
    collection.indexes.forEach((index, i) => {
      const { keys, multikey } = standings[i] as Standing;
      this.#note(collection, index, keys, multikey);
      for (const key of keys) this.#putEntry(index, key, record);
    });
    this.#catalog.addCount(collection, 1);
    return record;
  }

  /** Replaces a document; only index entries that differ are touched. Nothing is written when a unique index refuses it. */
  replace(collection: Collection, record: number, before: Document, after: Document, bytes: Uint8Array): void {
    checkThere(collection);
    const changes: { index: Index; old: readonly Uint8Array[]; now: Standing }[] = [];
    for (const index of collection.indexes) {
      const old = standing(index, before);
      const now = standing(index, after);
      // An array of one element has the key of that element; that it is an array must be known all the same.
      if (sameKeys(old.keys, now.keys) && (now.multikey & ~index.multikey) === 0) continue;
      this.#checkUnique(collection, index, now, record);
      changes.push({ index, old: old.keys, now });
    }
    this.#environment.records.putSync(passingRecordKey(collection.id, record), bytes as Buffer);
    for (const { index, old, now } of changes) {
      this.#note(collection, index, now.keys, now.multikey);
      for (const key of old) if (!now.keys.some((one) => equal(one, key))) this.#removeEntry(index, key, record);
      for (const key of now.keys) if (!old.some((one) => equal(one, key))) this.#putEntry(index, key, record);
    }
  }

  /** Removes a document. */
  remove(collection: Collection, record: number, document: Document): void {
    checkThere(collection);
    this.#environment.records.removeSync(passingRecordKey(collection.id, record));
    for (const index of collection.indexes) {
      for (const key of standing(index, document).keys) this.#removeEntry(index, key, record);
    }
    this.#catalog.addCount(collection, -1);
  }

  /** Puts an existing document into an index that is being built. Refused when the index is unique and the key taken. */
  enter(collection: Collection, index: Index, record: number, document: Document): void {
    const entered = standing(index, document);
    this.#checkUnique(collection, index, entered, record);
    this.#note(collection, index, entered.keys, entered.multikey);
    for (const key of entered.keys) this.#putEntry(index, key, record);
  }

  #checkUnique(collection: Collection, index: Index, { keys, rows }: Standing, self: number | undefined): void {
    if (!index.unique) return;
    keys.forEach((key, i) => {
      const owner = this.#owner(index, key);
      if (owner !== undefined && owner !== self) throw duplicateKey(collection, index, rows[i] as readonly unknown[]);
    });
  }

  #putEntry(index: Index, key: Uint8Array, record: number): void {
    const { entries } = this.#environment;
    if (index.unique) entries.putSync(entryKey(index.id, key), recordValue(record));
    else entries.putSync(entryKey(index.id, key, record), EMPTY);
  }

  #removeEntry(index: Index, key: Uint8Array, record: number): void {
    const { entries } = this.#environment;
    if (!index.unique) entries.removeSync(entryKey(index.id, key, record));
    // While a unique index is being built, the key may stand there for another document.
    else if (this.#owner(index, key) === record) entries.removeSync(entryKey(index.id, key));
  }

  /** Remembers for good what a query must know of the index: arrays on its paths, keys that were shortened. */
  #note(collection: Collection, index: Index, keys: readonly Uint8Array[], multikey: number): void {
    const shortened = index.shortened || keys.some((key) => key.length > LONGEST_WHOLE_KEY);
    const arrays = index.multikey | multikey;
    if (shortened === index.shortened && arrays === index.multikey) return;
    this.#catalog.changeIndex(collection, index, { multikey: arrays, shortened });
  }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}

function sameKeys(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  return a.length === b.length && a.every((key, i) => equal(key, b[i] as Uint8Array));
}

function duplicateKey(collection: Collection, index: Index, row: readonly unknown[]): CommandError {
  const keyValue: Document = Object.fromEntries(index.fields.map((field, i) => [field, row[i]]));
  const shown = index.fields.map((field, i) => showField(field, row[i])).join(', ');
  return new CommandError(
    11000,
    'DuplicateKey',
    `E11000 duplicate key error collection: ${collection.namespace} index: ${index.name} dup key: { ${shown} }`,
    { keyPattern: index.pattern, keyValue },
  );
}
