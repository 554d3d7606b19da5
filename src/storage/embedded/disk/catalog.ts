/** What collections and indexes there are: in memory for use, in the `meta` table for good. */
import type { Document } from '../values/bson.ts';
import { decode, encode } from '../values/bson.ts';
import { compileFilter, type Filter } from '../values/matcher.ts';
import type { Environment } from './environment.ts';
import { prefixOf, recordAt } from './keys.ts';

/** One index. */
export interface Index {
  readonly id: number;
  /** The specification as the client gave it, completed with `v` and `name`. */
  spec: Document;
  readonly name: string;
  readonly pattern: Document;
  readonly fields: readonly string[];
  readonly directions: readonly (1 | -1)[];
  /** Keyed by values alone. */
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial: Filter | undefined;
  readonly partialFilter: Document | undefined;
  /** True until every record that was there when the index was made stands in it; no query uses it before. */
  building: boolean;
  /** Bit i is set once some document had an array on the path of field i. */
  multikey: number;
  /** True once some key was too long to be stored whole: then order within the index is not to be relied on. */
  shortened: boolean;
}

/** One collection. */
export interface Collection {
  readonly id: number;
  readonly database: string;
  readonly name: string;
  readonly namespace: string;
  options: Document;
  indexes: Index[];
  count: number;
  /** The number the next record gets. */
  nextRecord: number;
  /** Grows with every change of the indexes, so that remembered plans are thrown away. */
  version: number;
}

interface Saved extends Document {
  db: string;
  name: string;
  options: Document;
  indexes: { id: number; spec: Document; building: boolean; multikey: number; shortened: boolean }[];
}

const COLLECTION = 'c'.charCodeAt(0);
const COUNT = 'n'.charCodeAt(0);
const REMOVED = 'x'.charCodeAt(0);
const LAST_ID = Buffer.from('ids');

function metaKey(kind: number, id: number): Buffer {
  return Buffer.concat([Buffer.of(kind), prefixOf(id)]);
}

/** The catalog of one store. All changing methods run inside a transaction of the environment. */
export class Catalog {
  readonly #environment: Environment;
  readonly #databases = new Map<string, Map<string, Collection>>();
  #lastId: number;

  constructor(environment: Environment) {
    this.#environment = environment;
    this.#lastId = Number(environment.meta.get(LAST_ID)?.readDoubleBE(0) ?? 0);
    for (const { key, value } of environment.meta.getRange({
      start: Buffer.of(COLLECTION),
      end: Buffer.of(COLLECTION + 1),
    })) {
      this.#load(Buffer.from(key).readUInt32BE(1), decode(value) as Saved);
    }
  }

  #load(id: number, saved: Saved): void {
    const collection: Collection = {
      id,
      database: saved.db,
      name: saved.name,
      namespace: `${saved.db}.${saved.name}`,
      options: saved.options,
      indexes: saved.indexes.map((one) => ({
        ...describeIndex(one.id, one.spec),
        building: one.building,
        multikey: one.multikey,
        shortened: one.shortened,
      })),
      count: Number(this.#environment.meta.get(metaKey(COUNT, id))?.readDoubleBE(0) ?? 0),
      nextRecord: this.#lastRecord(id) + 1,
      version: 0,
    };
    this.#place(collection);
  }

  #lastRecord(id: number): number {
    const keys = this.#environment.records.getKeys({
      start: prefixOf(id + 1),
      exclusiveStart: true,
      end: prefixOf(id),
      reverse: true,
      limit: 1,
    });
    for (const key of keys) return recordAt(key, key.length);
    return 0;
  }

  #place(collection: Collection): void {
    const collections = this.#databases.get(collection.database) ?? new Map<string, Collection>();
    collections.set(collection.name, collection);
    this.#databases.set(collection.database, collections);
  }

  #remove(collection: Collection): void {
    const collections = this.#databases.get(collection.database);
    collections?.delete(collection.name);
    if (collections?.size === 0) this.#databases.delete(collection.database);
  }

  /** The collection, or undefined. */
  find(database: string, name: string): Collection | undefined {
    return this.#databases.get(database)?.get(name);
  }

  /** The collections of a database, by name. */
  collections(database: string): Collection[] {
    return [...(this.#databases.get(database)?.values() ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The names of all databases that hold something. */
  databases(): string[] {
    return [...this.#databases.keys()].sort();
  }

  /** Every collection there is. */
  *all(): Generator<Collection> {
    for (const collections of this.#databases.values()) yield* collections.values();
  }

  /** A number no collection or index ever had. */
  newId(): number {
    const before = this.#lastId;
    this.#environment.undo(() => {
      this.#lastId = before;
    });
    this.#lastId += 1;
    const value = Buffer.alloc(8);
    value.writeDoubleBE(this.#lastId, 0);
    this.#environment.meta.putSync(LAST_ID, value);
    return this.#lastId;
  }

  /** Makes an empty collection with its `_id` index. */
  create(database: string, name: string, options: Document): Collection {
    const id = this.newId();
    const idIndex = describeIndex(this.newId(), { v: 2, key: { _id: 1 }, name: '_id_' });
    const collection: Collection = {
      id,
      database,
      name,
      namespace: `${database}.${name}`,
      options,
      indexes: [idIndex],
      count: 0,
      nextRecord: 1,
      version: 0,
    };
    this.#place(collection);
    this.#environment.undo(() => this.#remove(collection));
    this.save(collection);
    return collection;
  }

  /** Forgets a collection; its records and entries are removed later, piece by piece. */
  drop(collection: Collection): void {
    this.#remove(collection);
    this.#environment.undo(() => this.#place(collection));
    const { meta } = this.#environment;
    meta.removeSync(metaKey(COLLECTION, collection.id));
    meta.removeSync(metaKey(COUNT, collection.id));
    meta.putSync(metaKey(REMOVED, collection.id), Buffer.from('r'));
    for (const index of collection.indexes) meta.putSync(metaKey(REMOVED, index.id), Buffer.from('e'));
  }

  /** Gives a collection another name. Returns the collection under it. */
  rename(collection: Collection, database: string, name: string): Collection {
    const renamed: Collection = { ...collection, database, name, namespace: `${database}.${name}` };
    this.#remove(collection);
    this.#place(renamed);
    this.#environment.undo(() => {
      this.#remove(renamed);
      this.#place(collection);
    });
    this.save(renamed);
    return renamed;
  }

  /** Replaces the indexes of a collection; those no longer named are removed later, piece by piece. */
  setIndexes(collection: Collection, indexes: Index[]): void {
    const before = collection.indexes;
    collection.indexes = indexes;
    collection.version += 1;
    this.#environment.undo(() => {
      collection.indexes = before;
      collection.version += 1;
    });
    for (const index of before) {
      if (!indexes.some((one) => one.id === index.id))
        this.#environment.meta.putSync(metaKey(REMOVED, index.id), Buffer.from('e'));
    }
    this.save(collection);
  }

  /** Changes something about one index and keeps it. */
  changeIndex(collection: Collection, index: Index, change: Partial<Index>): void {
    const before = { ...index };
    Object.assign(index, change);
    collection.version += 1;
    this.#environment.undo(() => Object.assign(index, before));
    this.save(collection);
  }

  /** Replaces the options of a collection. */
  setOptions(collection: Collection, options: Document): void {
    const before = collection.options;
    collection.options = options;
    this.#environment.undo(() => {
      collection.options = before;
    });
    this.save(collection);
  }

  /** Adds to the number of records. */
  addCount(collection: Collection, by: number): void {
    collection.count += by;
    this.#environment.undo(() => {
      collection.count -= by;
    });
    this.#environment.beforeCommit(collection, () => {
      const value = Buffer.alloc(8);
      value.writeDoubleBE(collection.count, 0);
      this.#environment.meta.putSync(metaKey(COUNT, collection.id), value);
    });
  }

  /** Writes the description of a collection. */
  save(collection: Collection): void {
    const saved: Saved = {
      db: collection.database,
      name: collection.name,
      options: collection.options,
      indexes: collection.indexes.map(({ id, spec, building, multikey, shortened }) => ({
        id,
        spec,
        building,
        multikey,
        shortened,
      })),
    };
    this.#environment.meta.putSync(metaKey(COLLECTION, collection.id), encode(saved) as Buffer);
  }

  /** Whether dropped collections or indexes wait for their contents to be removed. */
  hasRemoved(): boolean {
    for (const _ of this.#removed()) return true;
    return false;
  }

  #removed() {
    return this.#environment.meta.getRange({ start: Buffer.of(REMOVED), end: Buffer.of(REMOVED + 1) });
  }

  /** Removes up to `most` records or entries of what was dropped. Returns whether something is left. */
  removeSome(most: number): boolean {
    const { records, entries, meta } = this.#environment;
    let left = most;
    for (const { key, value } of [...this.#removed()]) {
      const id = Buffer.from(key).readUInt32BE(1);
      const table = value.toString() === 'r' ? records : entries;
      const keys = [...table.getKeys({ start: prefixOf(id), end: prefixOf(id + 1), limit: left })];
      for (const one of keys) table.removeSync(one);
      left -= keys.length;
      if (left <= 0) return true;
      meta.removeSync(key);
    }
    return false;
  }
}

/** An index in memory from its specification. */
export function describeIndex(id: number, spec: Document): Index {
  const pattern = spec.key as Document;
  const fields = Object.keys(pattern);
  const name = spec.name as string;
  const partialFilter = spec.partialFilterExpression as Document | undefined;
  return {
    id,
    spec,
    name,
    pattern,
    fields,
    directions: fields.map((field) => (Number(pattern[field]) < 0 ? -1 : 1)),
    unique: spec.unique === true || name === '_id_',
    sparse: spec.sparse === true,
    partial: partialFilter === undefined ? undefined : compileFilter(partialFilter),
    partialFilter,
    building: false,
    multikey: 0,
    shortened: false,
  };
}
