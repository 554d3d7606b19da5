/** Verifies a store: every record can be read and stands in every index as it should, and nothing else does. */
import type { Transaction } from 'lmdb';
import { decode } from '../values/bson.ts';
import type { Catalog } from './catalog.ts';
import type { Collection, Index } from './collection.ts';
import type { Environment } from './environment.ts';
import {
  entryKey,
  idAt,
  idOfMetaKey,
  LONGEST_WHOLE_KEY,
  MetaKind,
  prefixOf,
  rangeOfKind,
  recordAt,
  recordKey,
} from './keys.ts';
import { standing } from './standing.ts';
import type { Table } from './table.ts';

/** What was found in one collection. */
export interface CheckedCollection {
  readonly namespace: string;
  readonly records: number;
  /** Each complete index with the number of its entries. */
  readonly indexes: readonly { readonly name: string; readonly entries: number }[];
  /** What is wrong, in sentences; empty when all is well. No more than the first hundred are told. */
  readonly faults: readonly string[];
}

/** What was found in a whole store. */
export interface CheckedStore {
  readonly collections: readonly CheckedCollection[];
  /** What is wrong outside any collection. */
  readonly faults: readonly string[];
}

const MOST_FAULTS = 100;

/**
 * Checks one collection as it stands at the first step, whatever is written meanwhile. It yields after every record
 * and entry, so that the caller may let others work. Must not be begun inside a transaction.
 */
export function* checkCollection(environment: Environment, collection: Collection): Generator<void, CheckedCollection> {
  const snapshot = environment.root.useReadTransaction();
  try {
    return yield* new Check(environment, collection, snapshot).run();
  } finally {
    snapshot.done();
  }
}

/** Checks every collection, and that nothing lies in the files that belongs to none. */
export function* checkStore(environment: Environment, catalog: Catalog): Generator<void, CheckedStore> {
  const faults = strays(environment, catalog);
  const collections: CheckedCollection[] = [];
  for (const collection of [...catalog.all()]) collections.push(yield* checkCollection(environment, collection));
  return { collections, faults };
}

class Check {
  readonly #environment: Environment;
  readonly #collection: Collection;
  readonly #transaction: Transaction;
  readonly #indexes: readonly Index[];
  readonly #count: number;
  readonly #expected = new Map<Index, number>();
  readonly #faults: string[] = [];

  constructor(environment: Environment, collection: Collection, transaction: Transaction) {
    this.#environment = environment;
    this.#collection = collection;
    this.#transaction = transaction;
    this.#indexes = collection.indexes.filter(({ building }) => !building);
    this.#count = collection.count;
  }

  *run(): Generator<void, CheckedCollection> {
    const records = yield* this.#records();
    const indexes: { name: string; entries: number }[] = [];
    for (const index of this.#indexes) indexes.push({ name: index.name, entries: yield* this.#entries(index) });
    return { namespace: this.#collection.namespace, records, indexes, faults: this.#faults };
  }

  #fault(what: string): void {
    if (this.#faults.length < MOST_FAULTS) this.#faults.push(what);
  }

  #range(table: Table, id: number) {
    return { table, start: prefixOf(id), end: prefixOf(id + 1), transaction: this.#transaction };
  }

  *#records(): Generator<void, number> {
    const { table, ...range } = this.#range(this.#environment.records, this.#collection.id);
    let count = 0;
    let last = 0;
    for (const { key, value } of table.getRange(range)) {
      last = recordAt(key, key.length);
      count += 1;
      this.#record(last, value);
      yield;
    }
    if (count !== this.#count) this.#fault(`${count} records, but the catalog says ${this.#count}`);
    if (last >= this.#collection.nextRecord) this.#fault(`record ${last} has a number yet to be given`);
    return count;
  }

  #record(record: number, bytes: Buffer): void {
    try {
      const document = decode(bytes);
      for (const index of this.#indexes) this.#stands(index, record, standing(index, document));
    } catch (error) {
      this.#fault(`record ${record} cannot be read: ${error instanceof Error ? error.message : error}`);
    }
  }

  /** Every key of the document leads to it, and the index knows what it must know of the keys. */
  #stands(index: Index, record: number, { keys, multikey }: ReturnType<typeof standing>): void {
    this.#expected.set(index, (this.#expected.get(index) ?? 0) + keys.length);
    for (const key of keys) {
      const entry = entryKey(index.id, key, index.unique ? undefined : record);
      const value = this.#environment.entries.get(entry, { transaction: this.#transaction });
      if (value === undefined) this.#fault(`record ${record} is missing in index ${index.name}`);
      else if (index.unique && recordAt(value, value.length) !== record)
        this.#fault(
          `a key of record ${record} leads to record ${recordAt(value, value.length)} in index ${index.name}`,
        );
      if (key.length > LONGEST_WHOLE_KEY && !index.shortened) this.#fault(`index ${index.name} hides a shortened key`);
    }
    // An array with one key is found by it as the element alone would be; stores of old do not tell the two apart.
    const hidden = keys.length > 1 && (multikey & ~index.multikey) !== 0;
    if (hidden) this.#fault(`index ${index.name} hides an array in record ${record}`);
  }

  /** The entries of an index. As every record was found in it, a wrong number of them means that some lead nowhere. */
  *#entries(index: Index): Generator<void, number> {
    const { table, ...range } = this.#range(this.#environment.entries, index.id);
    let count = 0;
    let before: Uint8Array | undefined;
    for (const key of table.getKeys(range)) {
      count += 1;
      if (before !== undefined && Buffer.compare(before, key) >= 0) this.#fault(`index ${index.name} is out of order`);
      before = key;
      yield;
    }
    if (count !== (this.#expected.get(index) ?? 0)) {
      this.#fault(`${count} entries in index ${index.name} instead of ${this.#expected.get(index) ?? 0}`);
      yield* this.#loose(index);
    }
    return count;
  }

  *#loose(index: Index): Generator<void, void> {
    const { table, ...range } = this.#range(this.#environment.entries, index.id);
    for (const { key, value } of table.getRange(range)) {
      const record = index.unique ? recordAt(value, value.length) : recordAt(key, key.length);
      const bytes = this.#environment.records.get(recordKey(this.#collection.id, record), {
        transaction: this.#transaction,
      });
      if (bytes === undefined) this.#fault(`index ${index.name} leads to record ${record}, which is not there`);
      else if (!leadsTo(index, key, record, bytes))
        this.#fault(`index ${index.name} has a key that record ${record} does not have`);
      yield;
    }
  }
}

function leadsTo(index: Index, entry: Uint8Array, record: number, bytes: Buffer): boolean {
  try {
    const { keys } = standing(index, decode(bytes));
    return keys.some((key) => entryKey(index.id, key, index.unique ? undefined : record).equals(entry));
  } catch {
    // Told already, as a record that cannot be read.
    return true;
  }
}

/** Records, entries and counts of no known collection or index. */
function strays(environment: Environment, catalog: Catalog): string[] {
  const collections = new Set<number>();
  const indexes = new Set<number>();
  for (const { id, indexes: own } of catalog.all()) {
    collections.add(id);
    for (const index of own) indexes.add(index.id);
  }
  const dropped = new Set(catalog.dropped.ids());
  const stray = (name: string, table: Table, known: ReadonlySet<number>) =>
    [...idsIn(table)]
      .filter((id) => !known.has(id) && !dropped.has(id))
      .map((id) => `${name} under number ${id}, which nothing in the catalog has`);
  const counts = [...environment.meta.getKeys(rangeOfKind(MetaKind.count))]
    .map(idOfMetaKey)
    .filter((id) => !collections.has(id))
    .map((id) => `a count under number ${id}, which nothing in the catalog has`);
  return [
    ...stray('records', environment.records, collections),
    ...stray('entries', environment.entries, indexes),
    ...counts,
  ];
}

/** The numbers of all collections or indexes that have something in a table, found by leaping from one to the next. */
function* idsIn(table: Table): Generator<number> {
  let next = 0;
  for (;;) {
    const [key] = [...table.getKeys({ start: prefixOf(next), limit: 1 })];
    if (key === undefined) return;
    const id = idAt(key);
    yield id;
    next = id + 1;
  }
}
