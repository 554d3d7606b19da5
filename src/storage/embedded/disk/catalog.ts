/** What collections and indexes there are: in memory for use, in the `meta` table for good. */
import type { Document } from '../values/bson.ts';
import { decode, encode } from '../values/bson.ts';
import { type Collection, checkThere, describeIndex, type Index } from './collection.ts';
import { Dropped } from './dropped.ts';
import type { Environment } from './environment.ts';
import { idOfMetaKey, MetaKind, metaKey, prefixOf, rangeOfKind, recordAt } from './keys.ts';

export { type Collection, checkThere, describeIndex, type Index };

interface Saved extends Document {
  db: string;
  name: string;
  options: Document;
  indexes: { id: number; spec: Document; building: boolean; multikey: number; shortened: boolean }[];
}

const LAST_ID = Buffer.from('ids');

/** The catalog of one store. All changing methods run inside a transaction of the environment. */
export class Catalog {
  readonly #environment: Environment;
  readonly #databases = new Map<string, Map<string, Collection>>();
  #lastId: number;
  /** What dropped collections and indexes left behind. */
  readonly dropped: Dropped;

  constructor(environment: Environment) {
    this.#environment = environment;
    this.dropped = new Dropped(environment);
    this.#lastId = Number(environment.meta.get(LAST_ID)?.readDoubleBE(0) ?? 0);
    for (const { key, value } of environment.meta.getRange(rangeOfKind(MetaKind.collection))) {
      this.#load(idOfMetaKey(key), decode(value) as Saved);
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
      dropped: false,
      count: Number(this.#environment.meta.get(metaKey(MetaKind.count, id))?.readDoubleBE(0) ?? 0),
      nextRecord: this.#lastRecord(id) + 1,
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
      dropped: false,
      count: 0,
      nextRecord: 1,
    };
    this.#place(collection);
    this.#environment.undo(() => this.#remove(collection));
    this.save(collection);
    return collection;
  }

  /** Forgets a collection; its records and entries are removed later, piece by piece. */
  drop(collection: Collection): void {
    const { indexes } = collection;
    this.#remove(collection);
    Object.assign(collection, { dropped: true, indexes: [] });
    this.#environment.undo(() => {
      Object.assign(collection, { dropped: false, indexes });
      this.#place(collection);
    });
    const { meta } = this.#environment;
    meta.removeSync(metaKey(MetaKind.collection, collection.id));
    meta.removeSync(metaKey(MetaKind.count, collection.id));
    this.dropped.addRecords(collection.id);
    for (const { id } of indexes) this.dropped.addEntries(id);
  }

  /** Gives a collection another name. */
  rename(collection: Collection, database: string, name: string): void {
    checkThere(collection);
    const before = { database: collection.database, name: collection.name, namespace: collection.namespace };
    const move = (to: typeof before) => {
      this.#remove(collection);
      Object.assign(collection, to);
      this.#place(collection);
    };
    move({ database, name, namespace: `${database}.${name}` });
    this.#environment.undo(() => move(before));
    this.save(collection);
  }

  /** Replaces the indexes of a collection; those no longer named are removed later, piece by piece. */
  setIndexes(collection: Collection, indexes: Index[]): void {
    const before = collection.indexes;
    collection.indexes = indexes;
    this.#environment.undo(() => {
      collection.indexes = before;
    });
    for (const { id } of before) if (!indexes.some((one) => one.id === id)) this.dropped.addEntries(id);
    this.save(collection);
  }

  /** Changes something about one index and keeps it. */
  changeIndex(collection: Collection, index: Index, change: Partial<Index>): void {
    const before = { ...index };
    Object.assign(index, change);
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
    if (collection.dropped) return;
    collection.count += by;
    this.#environment.undo(() => {
      collection.count -= by;
    });
    this.#environment.beforeCommit(collection, () => {
      if (collection.dropped) return;
      const value = Buffer.alloc(8);
      value.writeDoubleBE(collection.count, 0);
      this.#environment.meta.putSync(metaKey(MetaKind.count, collection.id), value);
    });
  }

  /** Writes the description of a collection. */
  save(collection: Collection): void {
    if (collection.dropped) return;
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
    this.#environment.meta.putSync(metaKey(MetaKind.collection, collection.id), encode(saved) as Buffer);
  }
}
