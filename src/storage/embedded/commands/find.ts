/** find, getMore, killCursors. */
import { Long } from 'bson';
import { type Cursor, FIRST_BATCH, fillBatch } from '../cursors.ts';
import { expressionOptions, openQuery } from '../query/query.ts';
import { RowResults } from '../query/results.ts';
import { BatchWriter, okReply } from '../reply.ts';
import { badValue, refusal } from '../values/errors.ts';
import { compileProjection } from '../values/projection.ts';
import {
  arrayField,
  type Call,
  type Command,
  collationField,
  collectionName,
  countField,
  cursorId,
  documentField,
  flagField,
  letVariables,
  type Work,
} from './command.ts';
import { checkFields } from './fields.ts';

const FIND_FIELDS = new Set([
  'filter',
  'sort',
  'projection',
  'hint',
  'skip',
  'limit',
  'batchSize',
  'singleBatch',
  'let',
  'collation',
  'allowDiskUse',
  'noCursorTimeout',
  'tailable',
  'awaitData',
  'oplogReplay',
  'allowPartialResults',
  'returnKey',
  'showRecordId',
  'min',
  'max',
]);

/** Documents of one collection. */
export const find: Command = {
  writes: false,
  run(call) {
    const { body, database } = call;
    checkFields(body, 'find', 'FindCommandInput', FIND_FIELDS);
    const name = collectionName(call);
    for (const refused of ['tailable', 'awaitData', 'returnKey', 'showRecordId']) {
      if (flagField(body, refused)) throw badValue(`find option '${refused}' is not supported by this store`);
    }
    if (body.min !== undefined || body.max !== undefined)
      throw badValue("find options 'min' and 'max' are not supported by this store");
    const namespace = `${database}.${name}`;
    const projection = documentField(body, 'projection');
    const variables = letVariables(call);
    const limit = countField(body, 'limit') || undefined;
    const asked = {
      filter: documentField(body, 'filter') ?? {},
      sort: documentField(body, 'sort'),
      skip: countField(body, 'skip'),
      limit,
      hint: body.hint,
      let: variables,
      collation: collationField(body),
    };
    const collection = call.catalog.find(database, name);
    const project =
      projection === undefined || Object.keys(projection).length === 0
        ? undefined
        : compileProjection(projection, expressionOptions(call, variables));
    if (collection === undefined) return new BatchWriter('firstBatch').finish(0n, namespace);
    const { rows, filter } = openQuery(call, collection, asked);
    const results = new RowResults(rows, limit, project, filter);
    const cursor = call.cursors.make(
      namespace,
      results,
      collection,
      flagField(body, 'noCursorTimeout'),
      call.now().getTime(),
    );
    return firstBatch(call, cursor, countField(body, 'batchSize') ?? FIRST_BATCH, flagField(body, 'singleBatch'));
  },
};

/** Makes the first batch of a cursor; the cursor is kept when there may be more. */
export function* firstBatch(call: Call, cursor: Cursor, size: number, single: boolean): Work {
  const writer = new BatchWriter('firstBatch');
  const ended = yield* fillBatch(cursor, writer, size);
  if (ended || single) {
    cursor.results.suspend();
    return writer.finish(0n, cursor.namespace);
  }
  call.cursors.keep(cursor);
  return writer.finish(cursor.id, cursor.namespace);
}

const GET_MORE_FIELDS = new Set(['collection', 'batchSize', 'term', 'lastKnownCommittedOpTime']);

/** The next batch of a cursor. */
export const getMore: Command = {
  writes: false,
  *run(call): Work {
    const { body, cursors, database } = call;
    checkFields(body, 'getMore', 'GetMoreCommandRequest', GET_MORE_FIELDS);
    if (typeof body.collection !== 'string')
      throw refusal(40414, "BSON field 'getMore.collection' is missing but a required field");
    const size = countField(body, 'batchSize') || Number.POSITIVE_INFINITY;
    const cursor = cursors.take(cursorId(body.getMore), `${database}.${body.collection}`);
    const writer = new BatchWriter('nextBatch');
    cursor.busy = true;
    try {
      const ended = yield* fillBatch(cursor, writer, size);
      if (ended) cursors.end(cursor.id);
      return writer.finish(ended ? 0n : cursor.id, cursor.namespace);
    } catch (error) {
      cursors.end(cursor.id);
      throw error;
    } finally {
      cursor.busy = false;
      cursor.lastUsed = call.now().getTime();
    }
  },
};

/** Ends cursors. */
export const killCursors: Command = {
  writes: false,
  run({ body, cursors }) {
    const killed: Long[] = [];
    const missing: Long[] = [];
    for (const value of arrayField(body, 'cursors') ?? []) {
      const id = cursorId(value);
      (cursors.end(id) ? killed : missing).push(Long.fromBigInt(id));
    }
    return okReply({ cursorsKilled: killed, cursorsNotFound: missing, cursorsAlive: [], cursorsUnknown: [] });
  },
};
