/** aggregate: the leading stages become a query, the rest run on what it finds. */

import { FIRST_BATCH } from '../cursors.ts';
import type { Results } from '../query/results.ts';
import { PAUSE } from '../query/slice.ts';
import { BatchWriter } from '../reply.ts';
import type { Document } from '../values/bson.ts';
import { failedToParse, refusal } from '../values/errors.ts';
import { asNumber } from '../values/numbers.ts';
import { isDocument } from '../values/types.ts';
import type { Work } from '../work.ts';
import {
  arrayField,
  type Command,
  checkNamespace,
  countField,
  documentField,
  flagField,
  letVariables,
} from './command.ts';
import { cursorOver, firstBatch } from './find.ts';
import { checkFields } from './known-fields.ts';
import { openPipeline } from './opened-pipeline.ts';
import type { Outlet } from './outlets.ts';

const FIELDS = new Set([
  'pipeline',
  'explain',
  'allowDiskUse',
  'cursor',
  'bypassDocumentValidation',
  'hint',
  'let',
  'collation',
  'fromMongos',
  'needsMerge',
  'isMapReduceCommand',
  'collectionUUID',
]);

/** Runs a pipeline. */
export const aggregate: Command = {
  writes: aggregateWrites,
  run(call) {
    const { body, database } = call;
    checkFields(body, 'aggregate', 'aggregate', FIELDS);
    const pipeline = arrayField(body, 'pipeline');
    if (pipeline === undefined) throw refusal(40414, "BSON field 'aggregate.pipeline' is missing but a required field");
    const options = documentField(body, 'cursor');
    if (options === undefined && !flagField(body, 'explain')) {
      throw failedToParse("The 'cursor' option is required, except for aggregate with the explain argument");
    }
    const whole = asNumber(body.aggregate) === 1;
    const name = whole ? '$cmd.aggregate' : body.aggregate;
    if (typeof name !== 'string')
      throw refusal(73, "Invalid command format: 'aggregate' field must specify a collection name or 1");
    if (!whole) checkNamespace(database, name);
    const variables: Document = { NOW: call.now(), ...letVariables(call) };
    const { results, outlet, collection } = openPipeline(call, whole ? undefined : name, pipeline, variables);
    const namespace = `${database}.${name}`;
    const cursor = cursorOver(call, namespace, results, collection);
    if (outlet !== undefined) return pour(outlet, results, namespace);
    return firstBatch(call, cursor, countField(options ?? {}, 'batchSize') ?? FIRST_BATCH, false);
  },
};

/** Whether an aggregate command writes: then it must run inside a transaction. */
function aggregateWrites(body: Document): boolean {
  const last = Array.isArray(body.pipeline) ? (body.pipeline.at(-1) as unknown) : undefined;
  return isDocument(last) && ('$out' in last || '$merge' in last);
}

function* pour(outlet: Outlet, results: Results, namespace: string): Work {
  try {
    for (;;) {
      const bytes = results.next();
      if (bytes === undefined) break;
      if (bytes === PAUSE || outlet.take(bytes)) {
        results.suspend();
        yield outlet.partway();
      }
    }
    for (const _ of outlet.finish()) yield outlet.partway();
  } catch (error) {
    results.suspend();
    outlet.abort();
    throw error;
  }
  return new BatchWriter('firstBatch').finish(0n, namespace);
}
