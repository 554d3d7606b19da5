/** aggregate: the leading stages become a query, the rest run on what it finds. */

import { neededFields } from '../aggregate/fields.ts';
import { Joins } from '../aggregate/joins.ts';
import { madeBy } from '../aggregate/made.ts';
import type { Outlet } from '../aggregate/outlets.ts';
import { chain, compileStage } from '../aggregate/pipeline.ts';
import { Sources } from '../aggregate/source.ts';
import type { Flow, Spec, StageContext } from '../aggregate/stage.ts';
import { FIRST_BATCH, type Results } from '../cursors.ts';
import type { Collection } from '../disk/catalog.ts';
import { countMatching } from '../query/counting.ts';
import { type Asked, collationFor, openQuery } from '../query/query.ts';
import { MadeResults, RowResults } from '../query/results.ts';
import { PAUSE, type Pause } from '../query/slice.ts';
import { Picker } from '../raw.ts';
import { BatchWriter } from '../reply.ts';
import type { Document } from '../values/bson.ts';
import { CommandError, failedToParse, refusal } from '../values/errors.ts';
import { asNumber } from '../values/numbers.ts';
import { isDocument } from '../values/types.ts';
import { checkFilter } from './change.ts';
import {
  arrayField,
  type Call,
  type Command,
  checkNamespace,
  countField,
  documentField,
  flagField,
  letVariables,
  type Work,
} from './command.ts';
import { checkFields } from './fields.ts';
import { firstBatch } from './find.ts';
import { type Prepared, preparePipeline } from './prepare.ts';

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
    const collection = whole ? undefined : call.catalog.find(database, name);
    const prepared = preparePipeline(call, collection, pipeline, variables);
    const results = pipelineResults(call, collection, prepared, variables, whole);
    const namespace = `${database}.${name}`;
    const cursor = call.cursors.make(namespace, results, collection, false, call.now().getTime());
    if (prepared.outlet !== undefined) return pour(prepared.outlet, results, namespace);
    return firstBatch(call, cursor, countField(options ?? {}, 'batchSize') ?? FIRST_BATCH, false);
  },
};

/** Whether an aggregate command writes: then it must run inside a transaction. */
function aggregateWrites(body: Document): boolean {
  const last = Array.isArray(body.pipeline) ? (body.pipeline.at(-1) as unknown) : undefined;
  return isDocument(last) && ('$out' in last || '$merge' in last);
}

function* pour(outlet: Outlet, results: Results, namespace: string): Work {
  for (;;) {
    const bytes = results.next();
    if (bytes === undefined) break;
    if (bytes === PAUSE) {
      results.suspend();
      yield;
    } else if (outlet.take(bytes)) {
      results.suspend();
      yield;
    }
  }
  yield* outlet.finish();
  return new BatchWriter('firstBatch').finish(0n, namespace);
}

function pipelineResults(
  call: Call,
  collection: Collection | undefined,
  { asked, rest, lead }: Prepared,
  variables: Document,
  whole: boolean,
): Results {
  const sources = new Sources(call);
  const joins = new Joins(call, sources);
  const context: StageContext = {
    variables,
    collation: collationFor(asked, collection),
    compile: (name, spec, within) => {
      const made = name === '$documents' ? madeBy(call, undefined, name, spec, within.variables) : undefined;
      if (made !== undefined) return () => made;
      return joins.stage(name, spec, within) ?? compileStage(name, spec, within);
    },
  };
  const results = (flow: Flow, stages: readonly Spec[]) =>
    new MadeResults(chain(stages, context)(flow), () => sources.suspend());
  const [first, ...others] = rest;
  const made = first === undefined ? undefined : madeBy(call, collection, first.name, first.spec, variables);
  if (made !== undefined) return results(made, others);
  if (whole) {
    if (first !== undefined) compileStage(first.name, first.spec, context);
    throw new CommandError(
      73,
      'InvalidNamespace',
      '{aggregate: 1} is not valid for this pipeline; it needs a stage such as $documents',
    );
  }
  if (collection === undefined) {
    checkFilter(call, asked.filter, variables);
    return results([], rest);
  }
  const counts = asked.sort === undefined && lead === undefined ? countedField(rest) : undefined;
  if (counts !== undefined) return new MadeResults(counted(call, collection, asked, counts));
  if (rest.length === 0 && lead === undefined)
    return new RowResults(openQuery(call, collection, asked).rows, asked.limit);
  const needed = lead === undefined ? neededFields(rest) : undefined;
  const found = sources.read(collection, asked, needed === undefined ? undefined : new Picker(needed));
  return results(lead?.(found) ?? found, rest);
}

/** The fields of the one document that results when all a pipeline does is count, as `countDocuments` has it. */
function countedField(rest: Prepared['rest']): { name: string; id: Document } | undefined {
  const [only, ...others] = rest;
  if (only === undefined || others.length > 0) return undefined;
  const { name, spec } = only;
  if (name !== '$group' || !isDocument(spec)) return undefined;
  const [idName, field, ...more] = Object.keys(spec);
  if (idName !== '_id' || field === undefined || more.length > 0) return undefined;
  const { _id } = spec;
  const sum = spec[field];
  const constant = _id === null || typeof _id === 'number';
  if (!constant || !isDocument(sum) || Object.keys(sum).length !== 1 || sum.$sum !== 1) return undefined;
  return { name: field, id: { _id } };
}

function* counted(
  call: Call,
  collection: Collection,
  asked: Asked,
  { name, id }: { name: string; id: Document },
): Generator<Document | Pause> {
  const n = yield* countMatching(call, collection, asked);
  if (n > 0) yield { ...id, [name]: n };
}
