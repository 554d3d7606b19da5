/** The stages that read another collection: `$lookup`, `$unionWith`, `$graphLookup`. */
import type { Call } from '../commands/command.ts';
import { openQuery } from '../query/query.ts';
import { PAUSE } from '../query/slice.ts';
import type { Document } from '../values/bson.ts';
import { CommandError, failedToParse, refusal } from '../values/errors.ts';
import { valuesAt } from '../values/paths.ts';
import { field, isDocument, setField } from '../values/types.ts';
import { keyOf } from './accumulators.ts';
import { compileExpression } from './expression.ts';
import { Budget } from './memory.ts';
import { stagesOf } from './pipeline.ts';
import type { Flow, Stage, StageContext } from './stages.ts';

type Run = (flow: Flow, stages: { name: string; spec: unknown }[], suspend: () => void, context?: StageContext) => Flow;

/** The stage if it reads another collection. */
export function joinStage(
  call: Call,
  name: string,
  spec: unknown,
  context: StageContext,
  run: Run,
  suspend: () => void,
): Stage | undefined {
  switch (name) {
    case '$lookup':
      return lookup(call, spec, context, run, suspend);
    case '$unionWith':
      return unionWith(call, spec, run, suspend);
    case '$graphLookup':
      return graphLookup(call, spec, context, suspend);
    default:
      return undefined;
  }
}

/** All documents of another collection that match. */
function* matching(call: Call, from: string, filter: Document, variables: Document): Generator<Document> {
  const collection = call.catalog.find(call.database, from);
  if (collection === undefined) return;
  const { rows } = openQuery(call, collection, { filter, let: variables });
  try {
    for (;;) {
      const row = rows.next();
      if (row === undefined) return;
      if (row !== PAUSE) yield row.document;
    }
  } finally {
    rows.suspend();
  }
}

function lookup(call: Call, spec: unknown, { variables }: StageContext, run: Run, suspend: () => void): Stage {
  if (!isDocument(spec)) throw failedToParse('the $lookup stage specification must be an object');
  const { from, localField, foreignField, as, pipeline, let: bound } = spec;
  if (typeof as !== 'string') throw failedToParse("must specify 'as' field for a $lookup");
  if (typeof from !== 'string')
    throw new CommandError(72, 'InvalidOptions', "$lookup 'from' must be a collection of this database");
  if (
    (localField === undefined) !== (foreignField === undefined) ||
    (localField === undefined && pipeline === undefined)
  ) {
    throw failedToParse('$lookup requires either both localField and foreignField or a pipeline');
  }
  const inner = pipeline === undefined ? undefined : stagesOf(pipeline as unknown[]);
  const names = Object.keys((bound ?? {}) as Document);
  const values = names.map((name) => compileExpression((bound as Document)[name]));
  return function* joined(input) {
    for (const document of input) {
      if (document === PAUSE) {
        yield PAUSE;
        continue;
      }
      suspend();
      const filter =
        localField === undefined ? {} : localFilter(document, localField as string, foreignField as string);
      const inScope: Document = { ...variables };
      names.forEach((name, i) => {
        setField(inScope, name, values[i]?.({ root: document, variables }) ?? null);
      });
      const found = matching(call, from, filter, variables);
      const flow = inner === undefined ? found : run(found, inner, suspend, { variables: inScope });
      const list: Document[] = [];
      const budget = new Budget('$lookup');
      for (const one of flow) {
        if (one === PAUSE) continue;
        budget.hold(one);
        list.push(one);
      }
      yield { ...document, ...placed(document, as, list) };
    }
  };
}

/** Equality as `$lookup` has it: each of the local values, a missing one counting as null. */
function localFilter(document: Document, local: string, foreign: string): Document {
  const values = valuesAt(document, local).flatMap((value) => (Array.isArray(value) ? value : [value]));
  if (values.length === 0) return { [foreign]: { $eq: null } };
  return values.length === 1 ? { [foreign]: { $eq: values[0] } } : { [foreign]: { $in: values } };
}

function placed(document: Document, path: string, value: unknown): Document {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0) return { [name]: value };
  const current = field(document, name);
  const inner = isDocument(current) ? current : {};
  return { [name]: { ...inner, ...placed(inner, rest.join('.'), value) } };
}

function unionWith(call: Call, spec: unknown, run: Run, suspend: () => void): Stage {
  const from = typeof spec === 'string' ? spec : isDocument(spec) ? spec.coll : undefined;
  if (typeof from !== 'string') throw failedToParse('the $unionWith stage specification must name a collection');
  const stages = isDocument(spec) && Array.isArray(spec.pipeline) ? stagesOf(spec.pipeline) : [];
  return function* joined(input) {
    yield* input;
    yield* run(matching(call, from, {}, {}), stages, suspend);
  };
}

function graphLookup(call: Call, spec: unknown, { variables }: StageContext, suspend: () => void): Stage {
  if (!isDocument(spec)) throw failedToParse('the $graphLookup stage specification must be an object');
  const { from, startWith, connectFromField, connectToField, as, maxDepth, depthField, restrictSearchWithMatch } = spec;
  for (const name of ['from', 'connectFromField', 'connectToField', 'as']) {
    if (typeof spec[name] !== 'string') throw refusal(40103, `$graphLookup requires '${name}' to be a string`);
  }
  const start = compileExpression(startWith);
  return function* joined(input) {
    for (const document of input) {
      if (document === PAUSE) {
        yield PAUSE;
        continue;
      }
      suspend();
      const budget = new Budget('$graphLookup');
      const found = new Map<string, Document>();
      const first = start({ root: document, variables });
      let wanted: unknown[] = Array.isArray(first) ? first : [first];
      for (let depth = 0; wanted.length > 0 && depth <= Number(maxDepth ?? Number.POSITIVE_INFINITY); depth++) {
        const next: unknown[] = [];
        const filter = {
          $and: [
            { [connectToField as string]: { $in: wanted.map((value) => value ?? null) } },
            (restrictSearchWithMatch ?? {}) as Document,
          ],
        };
        for (const one of matching(call, from as string, filter, variables)) {
          const key = keyOf(one._id);
          if (found.has(key)) continue;
          budget.hold(one);
          found.set(key, typeof depthField === 'string' ? { ...one, [depthField]: depth } : one);
          next.push(
            ...valuesAt(one, connectFromField as string).flatMap((value) => (Array.isArray(value) ? value : [value])),
          );
        }
        wanted = next;
      }
      yield { ...document, ...placed(document, as as string, [...found.values()]) };
    }
  };
}
