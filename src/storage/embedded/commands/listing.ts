/** listCollections, listDatabases. */
import { Long } from 'bson';
import type { Collection } from '../disk/catalog.ts';
import { MadeResults } from '../query/results.ts';
import { okReply } from '../reply.ts';
import type { Document } from '../values/bson.ts';
import { compileFilter } from '../values/matcher.ts';
import { type Call, type Command, countField, documentField, flagField } from './command.ts';
import { cursorOver, firstBatch } from './find.ts';

/** The collections of a database. */
export const listCollections: Command = {
  writes: false,
  run(call) {
    const { body, catalog, database } = call;
    const nameOnly = flagField(body, 'nameOnly');
    const filter = compileFilter(documentField(body, 'filter') ?? {});
    const listed = catalog.collections(database).map(described);
    const wanted = listed
      .filter((one) => filter.test(one))
      .map((one) => (nameOnly ? { name: one.name, type: one.type } : one));
    return listCursor(call, `${database}.$cmd.listCollections`, wanted);
  },
};

function described({ name, options }: Collection): Document {
  if (options.viewOn !== undefined) return { name, type: 'view', options, info: { readOnly: true } };
  const type = options.timeseries === undefined ? 'collection' : 'timeseries';
  return { name, type, options, info: { readOnly: false }, idIndex: { v: 2, key: { _id: 1 }, name: '_id_' } };
}

/** Answers a list through a cursor. */
export function listCursor(call: Call, namespace: string, documents: readonly Document[]) {
  const cursor = cursorOver(call, namespace, new MadeResults(documents), undefined);
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
