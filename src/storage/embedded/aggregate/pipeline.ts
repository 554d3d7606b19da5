/** Puts a pipeline together from its stages. */

import { Budget } from '../query/memory.ts';
import { PAUSE } from '../query/slice.ts';
import type { Document } from '../values/bson.ts';
import { CommandError, refusal } from '../values/errors.ts';
import { isDocument } from '../values/types.ts';
import { mostWanted, sorting } from './ordering.ts';
import { checkPlaces, fieldPath } from './placing.ts';
import type { Flow, Spec, Stage, StageContext } from './stage.ts';
import { STAGES } from './stages.ts';

/** The name and specification of each stage; refused when it is not one document of one field. */
export function stagesOf(pipeline: readonly unknown[]): Spec[] {
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

/** What all of Atlas's search is refused with. */
export const searchNotEnabled = new CommandError(
  31082,
  'SearchNotEnabled',
  'Using $search and $vectorSearch aggregation stages requires additional configuration. This store has no search.',
);

const REFUSED: ReadonlyMap<string, CommandError> = new Map([
  [
    '$changeStream',
    new CommandError(40573, 'Location40573', 'The $changeStream stage is only supported on replica sets'),
  ],
  ...['$search', '$searchMeta', '$vectorSearch', '$listSearchIndexes'].map((name) => [name, searchNotEnabled] as const),
  ['$geoNear', new CommandError(40602, 'Location40602', '$geoNear is only valid as the first stage in a pipeline.')],
]);

/** Compiles one stage that needs nothing but the documents before it. */
export function compileStage(name: string, spec: unknown, context: StageContext): Stage {
  const make = STAGES.get(name);
  if (make !== undefined) return make(spec, context);
  const refused = REFUSED.get(name);
  if (refused !== undefined) throw refused;
  if (name === '$facet') return facet(spec, context);
  throw refusal(40324, `Unrecognized pipeline stage name: '${name}'`);
}

/** Several pipelines over the same documents. */
function facet(spec: unknown, context: StageContext): Stage {
  if (!isDocument(spec) || Object.keys(spec).length === 0)
    throw refusal(40169, 'the $facet specification must be a non-empty object');
  const facets = Object.keys(spec).map((name) => {
    const pipeline = spec[name];
    if (!Array.isArray(pipeline)) throw refusal(40170, `arguments to $facet must be arrays, ${name} is not`);
    if (fieldPath(name).length > 1) throw refusal(16412, `FieldPath field names may not contain '.': ${name}`);
    const stages = stagesOf(pipeline);
    checkPlaces(stages, '$facet');
    return { name, run: chain(stages, context) };
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
    for (const { name, run: through } of facets) {
      const found: Document[] = [];
      for (const document of through(documents)) {
        if (document === PAUSE) yield PAUSE;
        else found.push(document);
      }
      result[name] = found;
    }
    yield result;
  };
}

/** Several stages as one. */
export function chain(stages: readonly Spec[], context: StageContext): Stage {
  const parts = stages.map(({ name, spec }, i) =>
    name === '$sort' ? sorting(spec, context, mostWanted(stages.slice(i + 1))) : context.compile(name, spec, context),
  );
  return (input) => parts.reduce<Flow>((flow, stage) => stage(flow), input);
}

/** Runs a pipeline on one document, as updates in pipeline form do. */
export function aggregateOne(
  pipeline: readonly Document[],
  document: Document,
  context: Omit<StageContext, 'compile'>,
): Document {
  const through = chain(stagesOf(pipeline), { ...context, compile: compileStage });
  for (const result of through([document])) {
    if (result !== PAUSE) return result;
  }
  return document;
}
