/** create, drop, dropDatabase, renameCollection, listCollections, listDatabases, collStats and their kin. */
import { Long } from 'bson';
import type { Collection } from '../disk/catalog.ts';
import { MadeResults } from '../query/results.ts';
import { okReply } from '../reply.ts';
import type { Document } from '../values/bson.ts';
import { CommandError, refusal } from '../values/errors.ts';
import { compileFilter } from '../values/matcher.ts';
import { compareValues } from '../values/order.ts';
import {
  type Call,
  type Command,
  checkNamespace,
  collationField,
  collectionName,
  countField,
  documentField,
  flagField,
  namedCollection,
} from './command.ts';
import { checkFields } from './fields.ts';
import { firstBatch } from './find.ts';
import { validationOptions } from './validation.ts';

const CREATE_REFUSED = [
  'capped',
  'timeseries',
  'viewOn',
  'pipeline',
  'clusteredIndex',
  'encryptedFields',
  'expireAfterSeconds',
];
const CREATE_FIELDS = new Set([
  'capped',
  'size',
  'max',
  'storageEngine',
  'validator',
  'validationLevel',
  'validationAction',
  'indexOptionDefaults',
  'viewOn',
  'pipeline',
  'collation',
  'autoIndexId',
  'idIndex',
  'timeseries',
  'expireAfterSeconds',
  'clusteredIndex',
  'changeStreamPreAndPostImages',
  'encryptedFields',
  'flags',
  'temp',
]);

/** The options a collection is kept with. */
function collectionOptions(body: Document): Document {
  for (const name of CREATE_REFUSED) {
    if (body[name] !== undefined && body[name] !== false) {
      throw new CommandError(115, 'CommandNotSupported', `create option '${name}' is not supported by this store`);
    }
  }
  const collation = collationField(body);
  return { ...validationOptions(body), ...(collation ? { collation: collation.spec } : {}) };
}

/** Makes a collection; the same again is no error, as MongoDB has it since 7.0. */
export const create: Command = {
  writes: true,
  run(call) {
    checkFields(call.body, 'create', 'create', CREATE_FIELDS);
    const name = collectionName(call);
    const options = collectionOptions(call.body);
    const found = call.catalog.find(call.database, name);
    if (found === undefined) call.catalog.create(call.database, name, options);
    else if (compareValues(found.options, options) !== 0) {
      throw new CommandError(48, 'NamespaceExists', `Collection ${found.namespace} already exists.`);
    }
    return okReply({});
  },
};

/** Removes a collection. */
export const drop: Command = {
  writes: true,
  run(call) {
    const name = collectionName(call);
    const found = namedCollection(call);
    // Since MongoDB 7.0 dropping what is not there succeeds.
    if (found === undefined) return okReply({});
    const nIndexesWas = found.indexes.length;
    forget(call, found);
    return okReply({ nIndexesWas, ns: `${call.database}.${name}` });
  },
};

function forget(call: Call, collection: Collection): void {
  call.catalog.drop(collection);
  call.cursors.endOf(collection);
}

/** Removes a database. */
export const dropDatabase: Command = {
  writes: true,
  run(call) {
    const collections = call.catalog.collections(call.database);
    for (const collection of collections) forget(call, collection);
    return okReply(collections.length > 0 ? { dropped: call.database } : {});
  },
};

/** Gives a collection another name. */
export const renameCollection: Command = {
  writes: true,
  run(call) {
    const { body, catalog } = call;
    const [fromDatabase, from] = split(body.renameCollection);
    const [toDatabase, to] = split(body.to);
    checkNamespace(toDatabase, to);
    const source = catalog.find(fromDatabase, from);
    if (source === undefined) throw refusal(26, `Source collection ${fromDatabase}.${from} does not exist`);
    if (fromDatabase === toDatabase && from === to)
      throw new CommandError(20, 'IllegalOperation', "Can't rename a collection to itself");
    const target = catalog.find(toDatabase, to);
    if (target !== undefined) {
      if (!flagField(body, 'dropTarget')) throw new CommandError(48, 'NamespaceExists', 'target namespace exists');
      forget(call, target);
    }
    call.cursors.endOf(source);
    catalog.rename(source, toDatabase, to);
    return okReply({});
  },
};

function split(namespace: unknown): [string, string] {
  if (typeof namespace !== 'string' || !namespace.includes('.'))
    throw refusal(73, `Invalid namespace: ${String(namespace)}`);
  const dot = namespace.indexOf('.');
  return [namespace.slice(0, dot), namespace.slice(dot + 1)];
}

/** The collections of a database. */
export const listCollections: Command = {
  writes: false,
  run(call) {
    const { body, catalog, database } = call;
    const nameOnly = flagField(body, 'nameOnly');
    const filter = compileFilter(documentField(body, 'filter') ?? {});
    const listed = catalog.collections(database).map(
      ({ name, options }): Document => ({
        name,
        type: 'collection',
        options,
        info: { readOnly: false },
        idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
      }),
    );
    const wanted = listed
      .filter((one) => filter.test(one))
      .map((one) => (nameOnly ? { name: one.name, type: one.type } : one));
    return listCursor(call, `${database}.$cmd.listCollections`, wanted);
  },
};

/** Answers a list through a cursor. */
export function listCursor(call: Call, namespace: string, documents: readonly Document[]) {
  const cursor = call.cursors.make(namespace, new MadeResults(documents), undefined, false, call.now().getTime());
  const size = countField(documentField(call.body, 'cursor') ?? {}, 'batchSize') ?? Number.POSITIVE_INFINITY;
  return firstBatch(call, cursor, size, false);
}

/** The databases there are. */
export const listDatabases: Command = {
  writes: false,
  run({ body, catalog, environment }) {
    const filter = compileFilter(documentField(body, 'filter') ?? {});
    const nameOnly = flagField(body, 'nameOnly');
    const databases = catalog
      .databases()
      .map((name): Document => ({ name, sizeOnDisk: Long.fromNumber(sizeOf(environment)), empty: false }))
      .filter((one) => filter.test(one));
    if (nameOnly) return okReply({ databases: databases.map(({ name }) => ({ name })) });
    return okReply({ databases, totalSize: Long.fromNumber(sizeOf(environment)), totalSizeMb: Long.fromNumber(0) });
  },
};

function sizeOf({ root }: Call['environment']): number {
  const { pageSize = 4096, lastPageNumber = 0 } = root.getStats() as { pageSize?: number; lastPageNumber?: number };
  return pageSize * lastPageNumber;
}

/** Counts of one collection. */
export const collStats: Command = {
  writes: false,
  run(call) {
    collectionName(call);
    const found = namedCollection(call);
    return okReply({
      ns: `${call.database}.${call.body[call.name]}`,
      count: found?.count ?? 0,
      size: 0,
      storageSize: 0,
      nindexes: found?.indexes.length ?? 0,
      totalIndexSize: 0,
      indexSizes: {},
      capped: false,
      scaleFactor: 1,
    });
  },
};

/** Counts of one database. */
export const dbStats: Command = {
  writes: false,
  run({ catalog, database }) {
    const collections = catalog.collections(database);
    return okReply({
      db: database,
      collections: collections.length,
      views: 0,
      objects: collections.reduce((sum, { count }) => sum + count, 0),
      indexes: collections.reduce((sum, { indexes }) => sum + indexes.length, 0),
      avgObjSize: 0,
      dataSize: 0,
      storageSize: 0,
      indexSize: 0,
      totalSize: 0,
      scaleFactor: 1,
    });
  },
};
