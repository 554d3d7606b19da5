/** collStats, dbStats: how much there is. */
import { type Collection, checkThere } from '../disk/catalog.ts';
import { prefixOf } from '../disk/keys.ts';
import { Range } from '../disk/range.ts';
import { sliceSpent } from '../query/slice.ts';
import { okReply } from '../reply.ts';
import type { Document } from '../values/bson.ts';
import { asNumber } from '../values/numbers.ts';
import type { Work } from '../work.ts';
import { type Call, type Command, collectionName, namedCollection } from './command.ts';

/** Counts and sizes of one collection. */
export const collStats: Command = {
  writes: false,
  *run(call): Work {
    const name = collectionName(call);
    const collection = namedCollection(call);
    const scale = asNumber(call.body.scale) ?? 1;
    const sizes = collection === undefined ? undefined : yield* sizesOf(call, collection);
    if (collection !== undefined) checkThere(collection);
    const count = collection?.count ?? 0;
    const size = sizes?.documents ?? 0;
    const indexSizes = scaled(sizes?.indexes ?? {}, scale);
    const { capped = false, size: maxSize, max } = collection?.options ?? {};
    return okReply({
      ns: `${call.database}.${name}`,
      size: Math.floor(size / scale),
      count,
      ...(count === 0 ? {} : { avgObjSize: Math.floor(size / count) }),
      storageSize: Math.floor(size / scale),
      capped,
      ...(capped === true ? { maxSize, max: max ?? 0 } : {}),
      nindexes: collection?.indexes.length ?? 0,
      totalIndexSize: sum(Object.values(indexSizes)),
      indexSizes,
      scaleFactor: scale,
    });
  },
};

/** Counts and sizes of one database. */
export const dbStats: Command = {
  writes: false,
  *run(call): Work {
    const scale = asNumber(call.body.scale) ?? 1;
    const all = call.catalog.collections(call.database);
    const stored: Collection[] = [];
    let dataSize = 0;
    let indexSize = 0;
    for (const collection of all.filter(({ options }) => options.viewOn === undefined)) {
      const sizes = yield* sizesOf(call, collection);
      if (collection.dropped) continue;
      stored.push(collection);
      dataSize += sizes.documents;
      indexSize += sum(Object.values(sizes.indexes));
    }
    const objects = sum(stored.map(({ count }) => count));
    return okReply({
      db: call.database,
      collections: stored.length,
      views: all.filter(({ options }) => options.viewOn !== undefined).length,
      objects,
      avgObjSize: objects === 0 ? 0 : dataSize / objects,
      dataSize: dataSize / scale,
      storageSize: dataSize / scale,
      indexes: sum(stored.map(({ indexes }) => indexes.length)),
      indexSize: indexSize / scale,
      totalSize: (dataSize + indexSize) / scale,
      scaleFactor: scale,
    });
  },
};

interface Sizes {
  documents: number;
  indexes: { [name: string]: number };
}

/** The bytes of a collection's documents and of the keys of its indexes; of one that is dropped meanwhile, a part. */
function* sizesOf(call: Call, collection: Collection): Generator<void, Sizes> {
  const sizes: Sizes = { documents: yield* documentBytes(call, collection), indexes: {} };
  for (const { id, name } of collection.indexes) {
    const keys = new Range(call.environment.entries, prefixOf(id), prefixOf(id + 1), false, false);
    sizes.indexes[name] = yield* added(keys, collection, (key) => key.length);
  }
  return sizes;
}

/** The bytes of a collection's documents, measured by reading them; of one that is dropped meanwhile, a part. */
export function documentBytes({ environment }: Call, collection: Collection): Generator<void, number> {
  const { id } = collection;
  const records = new Range(environment.records, prefixOf(id), prefixOf(id + 1), false, true);
  return added(records, collection, () => records.value?.length ?? 0);
}

function* added(range: Range, collection: Collection, bytes: (key: Buffer) => number): Generator<void, number> {
  let sum = 0;
  for (let key = range.next(); key !== undefined; key = range.next()) {
    sum += bytes(key);
    if (!sliceSpent()) continue;
    range.suspend();
    yield;
    if (collection.dropped) break;
  }
  return sum;
}

function scaled(sizes: Document, scale: number): { [name: string]: number } {
  return Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, Math.floor(Number(size) / scale)]));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
