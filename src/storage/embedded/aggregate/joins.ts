/** The stages that read another collection: `$lookup`, `$unionWith`, `$graphLookup`. */

import { compileExpression } from '../expressions/expression.ts';
import { variableName } from '../expressions/operators/operator.ts';
import { Budget, heldSoFar, letGoTo } from '../query/memory.ts';
import { PAUSE } from '../query/slice.ts';
import type { Document } from '../values/bson.ts';
import { CommandError, failedToParse, refusal, typeMismatch } from '../values/errors.ts';
import { asNumber, isNumeric, wholeNumber } from '../values/numbers.ts';
import { valuesAt } from '../values/paths.ts';
import { field, isDocument, setField, typeName } from '../values/types.ts';
import { keyOf } from './accumulators.ts';
import { chain, stagesOf } from './pipeline.ts';
import { checkPlaces, fieldPath } from './placing.ts';
import { gather, type Seen, type Sources, splitQuery } from './source.ts';
import type { Flow, Spec, Stage, StageContext } from './stage.ts';

/** Makes the stages that read other collections. */
export class Joins {
  readonly #sources: Sources;

  readonly #seen: (name: string) => Seen;

  /** `seen` follows views to the collection they look at. */
  constructor(sources: Sources, seen: (name: string) => Seen) {
    this.#sources = sources;
    this.#seen = seen;
  }

  /** The stage if it reads another collection. */
  stage(name: string, spec: unknown, context: StageContext): Stage | undefined {
    switch (name) {
      case '$lookup':
        return this.#lookup(spec, context);
      case '$unionWith':
        return this.#unionWith(spec, context);
      case '$graphLookup':
        return this.#graphLookup(spec, context);
      default:
        return undefined;
    }
  }

  /** What a pipeline makes of a collection's documents that meet `conditions`. */
  #run(from: string, conditions: readonly Document[], stages: readonly Spec[], context: StageContext): Flow {
    const source = this.#seen(from);
    const { collection } = source;
    // What a view makes of the documents comes before what is asked of them.
    const plain = source.stages.length === 0;
    const matches = plain ? [] : conditions.map((spec): Spec => ({ name: '$match', spec }));
    const all = [...source.stages, ...matches, ...stages];
    const { rest, ...query } = splitQuery(all, plain ? conditions : []);
    const asked = { ...query, let: context.variables, collation: context.collation ?? null, near: false };
    return chain(rest, context)(this.#sources.read(collection, asked));
  }

  #lookup(spec: unknown, context: StageContext): Stage {
    if (!isDocument(spec)) throw failedToParse('the $lookup stage specification must be an object');
    const { from, localField, foreignField, as, pipeline, let: bound } = spec;
    for (const name of Object.keys(spec)) {
      if (!LOOKUP_FIELDS.has(name)) throw failedToParse(`unknown argument to $lookup: ${name}`);
    }
    for (const name of ['from', 'as', 'localField', 'foreignField']) {
      const given = spec[name];
      if (given === undefined || (name === 'from' && isDocument(given))) continue;
      if (typeof given !== 'string')
        throw failedToParse(`$lookup argument '${name}' must be a string, is type ${typeName(given)}`);
      if (name !== 'from') fieldPath(given);
    }
    if (typeof as !== 'string') throw failedToParse("must specify 'as' field for a $lookup");
    if ((localField === undefined) !== (foreignField === undefined) || (localField ?? pipeline) === undefined) {
      throw failedToParse('$lookup requires either both localField and foreignField or a pipeline');
    }
    if (pipeline !== undefined && !Array.isArray(pipeline))
      throw typeMismatch('A pipeline must be an array of objects');
    const inner = pipeline === undefined ? [] : stagesOf(pipeline);
    checkPlaces(inner, '$lookup', typeof from === 'string');
    if (bound !== undefined && !isDocument(bound))
      throw failedToParse(`$lookup argument 'let' must be an object, is type ${typeName(bound)}`);
    if (bound !== undefined && pipeline === undefined)
      throw failedToParse("$lookup with 'let' must also specify 'pipeline'");
    if (typeof from !== 'string' && inner[0]?.name !== '$documents') {
      throw new CommandError(72, 'InvalidOptions', "$lookup 'from' must be a collection of this database");
    }
    const names = Object.keys(bound ?? {}).map((name) => variableName(name));
    const values = names.map((name) => compileExpression((bound as Document)[name]));
    const run = (conditions: Document[], within: StageContext): Flow => {
      if (typeof from === 'string') return this.#run(from, conditions, inner, within);
      return chain([...inner, ...conditions.map((one) => ({ name: '$match', spec: one }))], within)([]);
    };
    return function* joined(input) {
      for (const document of input) {
        if (document === PAUSE) {
          yield PAUSE;
          continue;
        }
        const conditions =
          localField === undefined ? [] : [localFilter(document, localField as string, foreignField as string)];
        const variables: Document = { ...context.variables };
        names.forEach((name, i) => {
          setField(variables, name, values[i]?.({ root: document, ...context }));
        });
        const budget = new Budget('$lookup');
        const before = heldSoFar();
        const list = yield* gather(run(conditions, { ...context, variables }), (one) => budget.hold(one));
        letGoTo(before);
        yield { ...document, ...placed(document, as, list) };
      }
    };
  }

  #unionWith(spec: unknown, context: StageContext): Stage {
    const from = typeof spec === 'string' ? spec : isDocument(spec) ? spec.coll : undefined;
    if (isDocument(spec)) {
      for (const name of Object.keys(spec)) {
        if (name !== 'coll' && name !== 'pipeline')
          throw refusal(40415, `BSON field '$unionWith.${name}' is an unknown field.`);
      }
      if (spec.pipeline !== undefined && !Array.isArray(spec.pipeline))
        throw typeMismatch("BSON field '$unionWith.pipeline' must be an array");
    }
    const stages = isDocument(spec) && Array.isArray(spec.pipeline) ? stagesOf(spec.pipeline) : [];
    checkPlaces(stages, '$unionWith', typeof from === 'string');
    if (typeof from !== 'string' && stages[0]?.name !== '$documents') {
      throw failedToParse('the $unionWith stage specification must name a collection');
    }
    const other = (): Flow =>
      typeof from === 'string' ? this.#run(from, [], stages, context) : chain(stages, context)([]);
    return function* joined(input) {
      yield* input;
      yield* other();
    };
  }

  #graphLookup(spec: unknown, context: StageContext): Stage {
    if (!isDocument(spec)) throw failedToParse('the $graphLookup stage specification must be an object');
    const [from, connectFrom, connectTo, as] = graphFields(spec);
    const { startWith, depthField, restrictSearchWithMatch } = spec;
    const most = asNumber(spec.maxDepth) ?? Number.POSITIVE_INFINITY;
    const start = compileExpression(startWith);
    const matching = (wanted: unknown[]) => {
      const conditions: Document[] = [{ [connectTo]: { $in: wanted.map((value) => value ?? null) } }];
      if (isDocument(restrictSearchWithMatch)) conditions.push(restrictSearchWithMatch);
      return this.#run(from, conditions, [], context);
    };
    return function* joined(input) {
      for (const document of input) {
        if (document === PAUSE) {
          yield PAUSE;
          continue;
        }
        const budget = new Budget('$graphLookup');
        const before = heldSoFar();
        const found = new Map<string, Document>();
        const first = start({ root: document, ...context });
        let wanted: unknown[] = Array.isArray(first) ? first : [first];
        for (let depth = 0; wanted.length > 0 && depth <= most; depth++) {
          const next: unknown[] = [];
          for (const one of matching(wanted)) {
            if (one === PAUSE) {
              yield PAUSE;
              continue;
            }
            const key = keyOf(one._id);
            if (found.has(key)) continue;
            budget.hold(one);
            found.set(key, typeof depthField === 'string' ? { ...one, ...placed(one, depthField, depth) } : one);
            next.push(...valuesAt(one, connectFrom).flatMap((value) => (Array.isArray(value) ? value : [value])));
          }
          wanted = next;
        }
        letGoTo(before);
        yield { ...document, ...placed(document, as, [...found.values()]) };
      }
    };
  }
}

const LOOKUP_FIELDS = new Set(['from', 'as', 'localField', 'foreignField', 'let', 'pipeline']);
const GRAPH_TEXTS = ['from', 'connectFromField', 'connectToField', 'as'];
const GRAPH_FIELDS = new Set([...GRAPH_TEXTS, 'startWith', 'depthField', 'maxDepth', 'restrictSearchWithMatch']);

/** The names in a `$graphLookup`: `from`, `connectFromField`, `connectToField`, `as`. Refused when anything of it is amiss. */
function graphFields(spec: Document): [string, string, string, string] {
  for (const name of Object.keys(spec)) {
    if (!GRAPH_FIELDS.has(name)) throw refusal(40104, `Unknown argument to $graphLookup: ${name}`);
  }
  const { maxDepth, restrictSearchWithMatch } = spec;
  if (maxDepth !== undefined) {
    if (!isNumeric(maxDepth)) throw refusal(40100, `maxDepth must be numeric, found type: ${typeName(maxDepth)}`);
    if ((asNumber(maxDepth) as number) < 0)
      throw refusal(40101, `maxDepth requires a nonnegative argument, found: ${String(maxDepth)}`);
    if (wholeNumber(maxDepth) === undefined)
      throw refusal(40102, `maxDepth could not be represented as a long long: ${String(maxDepth)}`);
  }
  if (restrictSearchWithMatch !== undefined && !isDocument(restrictSearchWithMatch))
    throw refusal(40185, `restrictSearchWithMatch must be an object, found ${typeName(restrictSearchWithMatch)}`);
  for (const name of [...GRAPH_TEXTS, 'depthField']) {
    const given = spec[name];
    if (given === undefined) continue;
    if (typeof given !== 'string')
      throw refusal(40103, `expected string as argument for ${name}, found: ${typeName(given)}`);
    if (name !== 'from') fieldPath(given);
  }
  if ([...GRAPH_TEXTS, 'startWith'].some((name) => spec[name] === undefined)) {
    throw refusal(
      40105,
      "$graphLookup requires 'from', 'as', 'startWith', 'connectFromField', and 'connectToField' to be specified.",
    );
  }
  return GRAPH_TEXTS.map((name) => spec[name]) as [string, string, string, string];
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
