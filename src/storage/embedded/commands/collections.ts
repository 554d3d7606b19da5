/** drop, dropDatabase, renameCollection. */
import type { Collection } from '../disk/catalog.ts';
import { okReply } from '../reply.ts';
import { CommandError, refusal } from '../values/errors.ts';
import { type Call, type Command, checkNamespace, collectionName, flagField, namedCollection } from './command.ts';

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
