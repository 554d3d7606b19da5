/** find, getMore, killCursors. */
import { Long } from 'bson';
import { type Cursor, FIRST_BATCH, fillBatch } from '../cursors.ts';
import type { Collection } from '../disk/catalog.ts';
import { CoveredResults, coveringOf } from '../query/covered.ts';
import type { Plan } from '../query/plan.ts';
import { type Asked, expressionOptions, openQuery } from '../query/query.ts';
import { type Results, RowResults } from '../query/results.ts';
import { BatchWriter, okReply } from '../reply.ts';
import type { Document } from '../values/bson.ts';
import { badValue, refusal } from '../values/errors.ts';
import { asNumber } from '../values/numbers.ts';
import { valuesAt } from '../values/paths.ts';
import { compileProjection, type Projection } from '../values/projection.ts';
import type { Work } from '../work.ts';
import { checkFilter } from './change.ts';
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
} from './command.ts';
import { checkFields } from './known-fields.ts';
import { openPipeline } from './opened-pipeline.ts';
import { sessionOf } from './sessions.ts';

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
      within: withinField(body),
    };
    const collection = call.catalog.find(database, name);
    const batch = countField(body, 'batchSize') ?? FIRST_BATCH;
    const single = flagField(body, 'singleBatch');
    if (collection?.options.viewOn !== undefined) return findInView(call, name, asked, projection, batch, single);
    const project =
      projection === undefined || Object.keys(projection).length === 0
        ? undefined
        : compileProjection(projection, expressionOptions(call, variables));
    if (collection === undefined) {
      checkFilter(call, asked.filter, variables);
      return new BatchWriter('firstBatch').finish(0n, namespace);
    }
    const tailable = flagField(body, 'tailable');
    if (tailable && collection.options.capped !== true) {
      throw badValue(
        'error processing query: planner returned error :: caused by :: tailable cursor requested on non capped collection',
      );
    }
    const { rows, filter, plan } = openQuery(call, collection, { ...asked, tail: tailable });
    const keys = flagField(body, 'returnKey') ? keysOf(plan) : undefined;
    const shown = {
      projection: keys ?? project,
      filter,
      recordIds: keys === undefined && flagField(body, 'showRecordId'),
      tail: tailable,
    };
    const covering =
      project === undefined || projection === undefined || limit !== undefined || asked.skip || keys || shown.recordIds
        ? undefined
        : coveringOf(plan, projection);
    const results =
      covering === undefined || project === undefined
        ? new RowResults(rows, limit, shown)
        : new CoveredResults({ environment: call.environment, records: call.records, collection }, covering, project);
    const lasting = flagField(body, 'noCursorTimeout');
    const cursor = cursorOver(call, namespace, results, collection, lasting);
    cursor.awaits = tailable && flagField(body, 'awaitData');
    return firstBatch(call, cursor, batch, single);
  },
};

/** `min` and `max`: whole keys of the hinted index. */
function withinField(body: Document): Asked['within'] {
  const [min, max] = [documentField(body, 'min'), documentField(body, 'max')];
  if (min === undefined && max === undefined) return undefined;
  if (body.hint === undefined) throw refusal(51173, 'min/max requires a hint');
  return { min, max };
}

/** Shows of a document the fields of the index that led to it. */
function keysOf(plan: Plan): Projection {
  const fields = plan.kind === 'index' ? plan.index.fields : plan.kind === 'id' ? ['_id'] : [];
  return {
    positional: false,
    apply: (document) => Object.fromEntries(fields.map((field) => [field, valuesAt(document, field)[0] ?? null])),
  };
}

function findInView(
  call: Call,
  name: string,
  { filter, sort, skip, limit, let: variables }: Asked,
  projection: Document | undefined,
  batch: number,
  single: boolean,
): Work {
  const pipeline = [
    { $match: filter },
    ...(sort === undefined || Object.keys(sort).length === 0 ? [] : [{ $sort: sort }]),
    ...(skip ? [{ $skip: skip }] : []),
    ...(limit === undefined ? [] : [{ $limit: limit }]),
    ...(projection === undefined || Object.keys(projection).length === 0 ? [] : [{ $project: projection }]),
  ];
  const { results, collection } = openPipeline(call, name, pipeline, { NOW: call.now(), ...variables });
  const cursor = cursorOver(call, `${call.database}.${name}`, results, collection);
  return firstBatch(call, cursor, batch, single);
}

/** A cursor of the session the command names, for its first batch. */
export function cursorOver(
  { body, cursors, now }: Call,
  namespace: string,
  results: Results,
  collection: Collection | undefined,
  noTimeout = false,
): Cursor {
  return cursors.make({ namespace, results, collection, noTimeout, session: sessionOf(body.lsid) }, now().getTime());
}

/** Makes the first batch of a cursor; the cursor is kept when there may be more. */
export function* firstBatch(call: Call, cursor: Cursor, size: number, single: boolean): Work {
  const writer = new BatchWriter('firstBatch');
  let kept = false;
  try {
    const ended = yield* fillBatch(cursor, writer, size);
    // A tail of nothing has no place to wait at.
    const hopeless = cursor.results.tail && writer.count === 0 && size > 0;
    kept = !(ended || single || hopeless);
    if (kept) call.cursors.keep(cursor);
    return writer.finish(kept ? cursor.id : 0n, cursor.namespace);
  } finally {
    // Also when making a document failed: a snapshot that is held keeps every page it sees from being used again.
    if (!kept) {
      cursor.results.suspend();
      cursor.holding.end();
    }
  }
}

/** How long a getMore on a tail waits for something new, unless it says how long; and how often it looks. */
const AWAIT_MS = 1000;
const POLL_MS = 20;

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
    let ended = true;
    try {
      const until = call.now().getTime() + (asNumber(body.maxTimeMS) ?? AWAIT_MS);
      let last = yield* fillBatch(cursor, writer, size);
      while (cursor.awaits && writer.count === 0 && call.now().getTime() < until) {
        yield POLL_MS;
        last = yield* fillBatch(cursor, writer, size);
      }
      ended = last;
      return writer.finish(ended ? 0n : cursor.id, cursor.namespace);
    } finally {
      // Of a batch that nobody gets, whoever asks for the next one would not know.
      if (ended) cursors.end(cursor.id);
      cursor.busy = false;
      cursor.lastUsed = call.now().getTime();
    }
  },
};

const KILL_FIELDS = new Set(['cursors']);

/** Ends cursors. */
export const killCursors: Command = {
  writes: false,
  run({ body, cursors }) {
    checkFields(body, 'killCursors', 'killCursors', KILL_FIELDS);
    if (body.cursors === undefined)
      throw refusal(40414, "BSON field 'killCursors.cursors' is missing but a required field");
    const killed: Long[] = [];
    const missing: Long[] = [];
    for (const value of arrayField(body, 'cursors') ?? []) {
      const id = cursorId(value);
      (cursors.end(id) ? killed : missing).push(Long.fromBigInt(id));
    }
    return okReply({ cursorsKilled: killed, cursorsNotFound: missing, cursorsAlive: [], cursorsUnknown: [] });
  },
};
