/** Puts a pipeline together from its stages. */

import { PAUSE } from '../query/slice.ts';
import type { Document } from '../values/bson.ts';
import { CommandError, refusal } from '../values/errors.ts';
import { isDocument } from '../values/types.ts';
import { Budget } from './memory.ts';
import { knowsStage, runByMingo } from './mingo.ts';
import { type Flow, STAGES, type Stage, type StageContext } from './stages.ts';

/** The name and specification of each stage; refused when it is not one document of one field. */
export function stagesOf(pipeline: readonly unknown[]): { name: string; spec: unknown }[] {
  return pipeline.map((stage) => {
    if (!isDocument(stage)) throw refusal(14, "Each element of the 'pipeline' array must be an object");
    const names = Object.keys(stage);
    const [name] = names;
    if (name === undefined || names.length > 1) {
      throw refusal(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    return { name, spec: stage[name] };
  });
}

const REFUSED: ReadonlyMap<string, CommandError> = new Map([
  [
    '$changeStream',
    new CommandError(40573, 'Location40573', 'The $changeStream stage is only supported on replica sets'),
  ],
  ['$geoNear', new CommandError(40602, 'Location40602', '$geoNear is only valid as the first stage in a pipeline.')],
]);
/** Stages mingo is trusted with; what it has beside these differs from MongoDB. */
const BY_MINGO = new Set(['$bucket', '$bucketAuto', '$redact', '$setWindowFields', '$densify', '$fill']);

/** Compiles one stage that needs nothing but the documents before it. */
export function compileStage(name: string, spec: unknown, context: StageContext): Stage {
  const make = STAGES.get(name);
  if (make !== undefined) return make(spec, context);
  const refused = REFUSED.get(name);
  if (refused !== undefined) throw refused;
  if (name === '$facet') return facet(spec, context);
  if (!BY_MINGO.has(name) || !knowsStage(name)) throw refusal(40324, `Unrecognized pipeline stage name: '${name}'`);
  return function* run(input) {
    const budget = new Budget(name);
    const documents: Document[] = [];
    for (const document of input) {
      if (document === PAUSE) yield PAUSE;
      else {
        budget.hold(document);
        documents.push(document);
      }
    }
    yield* runByMingo([{ [name]: spec }], documents);
  };
}

/** Several pipelines over the same documents. */
function facet(spec: unknown, context: StageContext): Stage {
  if (!isDocument(spec) || Object.keys(spec).length === 0)
    throw refusal(40169, 'the $facet specification must be a non-empty object');
  const facets = Object.keys(spec).map((name) => {
    const pipeline = spec[name];
    if (!Array.isArray(pipeline)) throw refusal(40170, `arguments to $facet must be arrays, ${name} is not`);
    return { name, stages: stagesOf(pipeline).map((stage) => compileStage(stage.name, stage.spec, context)) };
  });
  return function* run(input) {
    const budget = new Budget('$facet');
    const documents: Document[] = [];
    for (const document of input) {
      if (document === PAUSE) yield PAUSE;
      else {
        budget.hold(document);
        documents.push(document);
      }
    }
    const result: Document = {};
    for (const { name, stages } of facets) {
      const found: Document[] = [];
      for (const document of stages.reduce<Flow>((flow, stage) => stage(flow), documents)) {
        if (document === PAUSE) yield PAUSE;
        else found.push(document);
      }
      result[name] = found;
    }
    yield result;
  };
}

/** Runs a pipeline on one document, as updates in pipeline form do. */
export function aggregateOne(pipeline: readonly Document[], document: Document, variables: Document): Document {
  const stages = stagesOf(pipeline).map(({ name, spec }) => compileStage(name, spec, { variables }));
  for (const result of stages.reduce<Flow>((flow, stage) => stage(flow), [document])) {
    if (result !== PAUSE) return result;
  }
  return document;
}
