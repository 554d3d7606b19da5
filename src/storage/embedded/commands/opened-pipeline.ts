/** Opens pipelines: what feeds them, their stages, where their documents go. */

import { Joins } from '../aggregate/joins.ts';
import { neededFields } from '../aggregate/needed-fields.ts';
import { chain, compileStage } from '../aggregate/pipeline.ts';
import { Sources } from '../aggregate/source.ts';
import type { Flow, Spec, StageContext } from '../aggregate/stage.ts';
import type { Collection } from '../disk/catalog.ts';
import { countMatching } from '../query/counting.ts';
import { type Asked, collationFor, openQuery } from '../query/query.ts';
import type { Results } from '../query/results.ts';
import { MadeResults, RowResults } from '../query/results.ts';
import { PAUSE, type Pause } from '../query/slice.ts';
import { Picker } from '../raw.ts';
import { type Document, decode } from '../values/bson.ts';
import { CommandError } from '../values/errors.ts';
import { isDocument } from '../values/types.ts';
import { checkFilter } from './change.ts';
import type { Call } from './command.ts';
import { madeBy } from './made.ts';
import type { Outlet } from './outlets.ts';
import { type Prepared, preparePipeline } from './prepare.ts';
import { seen } from './view.ts';

/** A pipeline under way. */
export interface OpenedPipeline {
  readonly results: Results;
  readonly outlet: Outlet | undefined;
  readonly collection: Collection | undefined;
}

/** Opens a pipeline on the collection or view called `name`; without a name it must make its documents itself. */
export function openPipeline(
  call: Call,
  name: string | undefined,
  pipeline: readonly unknown[],
  variables: Document,
): OpenedPipeline {
  const source = name === undefined ? { collection: undefined, stages: [] } : seen(call.catalog, call.database, name);
  const prepared = preparePipeline(call, source, pipeline, variables, name !== undefined);
  const { collection } = source;
  const results = pipelineResults(call, collection, prepared, variables, name === undefined);
  return { results, outlet: prepared.outlet, collection };
}

/** What a view shows, seen through some more stages. */
export function* documentsOfView(call: Call, name: string, pipeline: readonly unknown[]): Generator<Document | Pause> {
  const { results } = openPipeline(call, name, pipeline, { NOW: call.now() });
  for (;;) {
    const bytes = results.next();
    if (bytes === undefined) return;
    if (bytes !== PAUSE) yield decode(bytes);
    else {
      results.suspend();
      yield PAUSE;
    }
  }
}

function pipelineResults(
  call: Call,
  collection: Collection | undefined,
  { asked, rest, lead }: Prepared,
  variables: Document,
  whole: boolean,
): Results {
  const sources = new Sources(call);
  const joins = new Joins(sources, (from) => seen(call.catalog, call.database, from));
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
  if (idName !== '_id' || field === undefined || more.length > 0 || /^\$|\./.test(field)) return undefined;
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
