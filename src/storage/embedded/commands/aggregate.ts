/** aggregate: the leading stages become a query, the rest run on what it finds. */

import { neededFields } from '../aggregate/fields.ts';
import { geoNear } from '../aggregate/geo-near.ts';
import { joinStage } from '../aggregate/joins.ts';
import { type Outlet, outStage } from '../aggregate/outlets.ts';
import { compileStage, stagesOf } from '../aggregate/pipeline.ts';
import type { Flow, Stage } from '../aggregate/stages.ts';
import { FIRST_BATCH, type Results } from '../cursors.ts';
import type { Collection } from '../disk/catalog.ts';
import { countMatching } from '../query/counting.ts';
import { type Asked, type Opened, openQuery } from '../query/query.ts';
import { MadeResults, RowResults } from '../query/results.ts';
import { PAUSE, type Pause } from '../query/slice.ts';
import { Picker } from '../raw.ts';
import { BatchWriter } from '../reply.ts';
import type { Document } from '../values/bson.ts';
import { CommandError, failedToParse, refusal } from '../values/errors.ts';
import { asNumber } from '../values/numbers.ts';
import { isDocument } from '../values/types.ts';
import {
  arrayField,
  type Call,
  type Command,
  checkCollation,
  checkNamespace,
  countField,
  documentField,
  flagField,
  letVariables,
  type Work,
} from './command.ts';
import { checkFields } from './fields.ts';
import { firstBatch } from './find.ts';

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

/** A pipeline split into the query that feeds it and what is left to do. */
export interface Prepared {
  readonly asked: Asked;
  readonly rest: readonly { name: string; spec: unknown }[];
  readonly outlet: Outlet | undefined;
  /** What a `$geoNear` makes of the documents of the query. */
  readonly lead: Stage | undefined;
}

/** Splits a pipeline. */
export function preparePipeline(
  call: Call,
  collection: Collection | undefined,
  pipeline: readonly unknown[],
  variables: Document,
): Prepared {
  const stages = stagesOf(pipeline);
  const last = stages.at(-1);
  const outlet = last === undefined ? undefined : outStage(call, last.name, last.spec);
  if (outlet !== undefined) stages.pop();
  const early = stages.find(({ name }) => name === '$out' || name === '$merge');
  if (early !== undefined) throw refusal(40601, `${early.name} can only be the final stage in the pipeline`);
  const near = stages[0]?.name === '$geoNear' ? geoNear(stages.shift()?.spec, collection) : undefined;
  const filters: Document[] = near === undefined ? [] : [near.filter];
  let sort: Document | undefined;
  let skip = 0;
  let limit: number | undefined;
  let at = 0;
  // What follows a `$geoNear` may look at the distance it writes.
  for (; at < stages.length && near === undefined; at++) {
    const { name, spec } = stages[at] as { name: string; spec: unknown };
    const bounded = skip > 0 || limit !== undefined;
    const number = asNumber(spec);
    if (name === '$match' && isDocument(spec) && !bounded && sort === undefined) filters.push(spec);
    else if (name === '$sort' && isDocument(spec) && !bounded && sort === undefined && Object.keys(spec).length > 0)
      sort = spec;
    else if (name === '$skip' && limit === undefined && number !== undefined && Number.isInteger(number) && number >= 0)
      skip += number;
    else if (name === '$limit' && number !== undefined && Number.isInteger(number) && number > 0) {
      limit = limit === undefined ? number : Math.min(limit, number);
    } else break;
  }
  const filter = filters.length < 2 ? (filters[0] ?? {}) : { $and: filters };
  const asked = { filter, sort, skip, limit, hint: call.body.hint, let: variables, near: near !== undefined };
  return { asked, rest: stages.slice(at), outlet, lead: near?.stage };
}

/** Runs a pipeline. */
export const aggregate: Command = {
  writes: aggregateWrites,
  run(call) {
    const { body, database } = call;
    checkFields(body, 'aggregate', 'aggregate', FIELDS);
    checkCollation(body);
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
  const context = { variables };
  const run = (flow: Flow, stages: Prepared['rest'], suspend: () => void): Flow =>
    stages.reduce<Flow>(
      (input, { name, spec }) =>
        (joinStage(call, name, spec, context, run, suspend) ?? compileStage(name, spec, context))(input),
      flow,
    );
  if (whole) {
    const [first, ...others] = rest;
    if (first?.name === '$listLocalSessions') {
      const sessions = isDocument(call.body.lsid) ? [{ _id: call.body.lsid, lastUse: call.now() }] : [];
      return new MadeResults(run(sessions, others, () => undefined));
    }
    if (first?.name !== '$documents') {
      if (first !== undefined) compileStage(first.name, first.spec, context);
      throw new CommandError(
        73,
        'InvalidNamespace',
        '{aggregate: 1} is not valid for this pipeline; it needs a stage such as $documents',
      );
    }
    const documents = Array.isArray(first.spec) ? first.spec.filter(isDocument) : [];
    return new MadeResults(run(documents, others, () => undefined));
  }
  if (collection === undefined) return new MadeResults(run([], rest, () => undefined));
  const counts = asked.sort === undefined && lead === undefined ? countedField(rest) : undefined;
  if (counts !== undefined) return new MadeResults(counted(call, collection, asked, counts));
  const opened = openQuery(call, collection, asked);
  if (rest.length === 0 && lead === undefined) return new RowResults(opened.rows, asked.limit);
  const suspend = () => opened.rows.suspend();
  const needed = lead === undefined ? neededFields(rest) : undefined;
  const picker = needed === undefined ? undefined : new Picker(needed);
  const found = documentsOf(opened, picker);
  return new MadeResults(run(lead?.(found) ?? found, rest, suspend), suspend);
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

function* documentsOf({ rows }: Opened, picker: Picker | undefined): Generator<Document | Pause> {
  for (;;) {
    const row = rows.next();
    if (row === undefined) return;
    if (row === PAUSE) yield PAUSE;
    else yield row.part(picker);
  }
}
