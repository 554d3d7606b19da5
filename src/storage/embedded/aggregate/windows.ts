/** `$setWindowFields` and `$fill`: fields computed of the documents around each, partition by partition. */

import { compileExpression } from '../expressions/expression.ts';
import { Budget } from '../query/memory.ts';
import { PAUSE, sliceSpent } from '../query/slice.ts';
import type { Document } from '../values/bson.ts';
import { failedToParse, refusal, typeMismatch } from '../values/errors.ts';
import { collatedRow, compareRows, compareValues, directionsIn, sortKey } from '../values/order.ts';
import { isDocument, typeName } from '../values/types.ts';
import { keyOf } from './accumulators.ts';
import { fieldPath } from './placing.ts';
import { addFields, put } from './reshape.ts';
import type { Flow, Maker, Stage, StageContext } from './stage.ts';
import { compileWindowFunction } from './window-functions.ts';
import type { Partition } from './window-partition.ts';

const FIELDS = new Set(['partitionBy', 'sortBy', 'output']);

function checkFields(stage: string, spec: Document, known: ReadonlySet<string>): void {
  for (const name of Object.keys(spec)) {
    if (!known.has(name)) throw refusal(40415, `BSON field '${stage}.${name}' is an unknown field.`);
  }
  if (spec.output === undefined) throw refusal(40414, `BSON field '${stage}.output' is missing but a required field`);
  for (const name of ['sortBy', 'output']) {
    if (spec[name] !== undefined && !isDocument(spec[name]))
      throw typeMismatch(
        `BSON field '${stage}.${name}' is the wrong type '${typeName(spec[name])}', expected type 'object'`,
      );
  }
}

export const setWindowFields: Maker = (spec, context) => {
  if (!isDocument(spec))
    throw failedToParse(`the $setWindowFields stage specification must be an object, found ${typeName(spec)}`);
  checkFields('$setWindowFields', spec, FIELDS);
  const { partitionBy = null, output } = spec;
  const sortBy = isDocument(spec.sortBy) && Object.keys(spec.sortBy).length > 0 ? spec.sortBy : undefined;
  const by = compileExpression(partitionBy);
  const given = output as Document;
  const functions = Object.keys(given).map((path) => ({
    names: fieldPath(path),
    compiled: compileWindowFunction(path, given[path], sortBy),
  }));
  return function* run(input) {
    const budget = new Budget('$setWindowFields');
    const partitions = new Map<string, { value: unknown; documents: Document[] }>();
    for (const document of input) {
      if (document === PAUSE) {
        yield PAUSE;
        continue;
      }
      const value = by({ root: document, ...context }) ?? null;
      if (Array.isArray(value))
        throw typeMismatch('An expression used to partition cannot evaluate to value of type array');
      budget.hold(document);
      const key = keyOf(context.collation === undefined ? value : context.collation.fold(value));
      const found = partitions.get(key);
      if (found === undefined) partitions.set(key, { value, documents: [document] });
      else found.documents.push(document);
      if (sliceSpent()) yield PAUSE;
    }
    for (const { documents } of [...partitions.values()].sort((a, b) => compareValues(a.value, b.value))) {
      const partition = partitionOf(documents, sortBy, context, budget);
      const values = functions.map(({ names, compiled }) => ({ names, at: compiled(partition) }));
      for (let at = 0; at < partition.documents.length; at++) {
        const result = { ...(partition.documents[at] as Document) };
        for (const one of values) {
          put(result, one.names, 0, one.at(at));
          if (sliceSpent()) yield PAUSE;
        }
        yield result;
      }
    }
  };
};

/** A partition in the order asked for. */
function partitionOf(
  documents: readonly Document[],
  sortBy: Document | undefined,
  context: StageContext,
  budget: Budget,
): Partition {
  const scope = (root: Document) => ({ root, ...context });
  if (sortBy === undefined) return { documents, ties: () => false, scope, budget };
  const { collation } = context;
  if (collation === undefined) {
    const rows = documents.map((document) => ({ document, key: sortKey(document, sortBy) }));
    rows.sort((a, b) => Buffer.compare(a.key, b.key));
    const ties = (a: number, b: number) => Buffer.compare(rows[a]?.key ?? NOTHING, rows[b]?.key ?? NOTHING) === 0;
    return { documents: rows.map(({ document }) => document), ties, scope, budget };
  }
  const { compare } = collation;
  const directions = directionsIn(sortBy);
  const rows = documents.map((document) => ({ document, key: collatedRow(document, sortBy, compare) }));
  const order = (a: readonly unknown[], b: readonly unknown[]) => compareRows(a, b, directions, compare);
  rows.sort((a, b) => order(a.key, b.key));
  const ties = (a: number, b: number) => order(rows[a]?.key ?? [], rows[b]?.key ?? []) === 0;
  return { documents: rows.map(({ document }) => document), ties, scope, budget };
}

const NOTHING = new Uint8Array(0);
const FILL_FIELDS = new Set(['partitionBy', 'partitionByFields', 'sortBy', 'output']);
const METHODS: Readonly<Record<string, string>> = { linear: '$linearFill', locf: '$locf' };

/** `$fill` is `$setWindowFields` for what a method fills, then a plain value for what is missing. */
export const fill: Maker = (spec, context) => {
  if (!isDocument(spec))
    throw failedToParse(`the $fill stage specification must be an object, found ${typeName(spec)}`);
  checkFields('$fill', spec, FILL_FIELDS);
  const { partitionBy, partitionByFields, sortBy } = spec;
  const output = spec.output as Document;
  if (partitionBy !== undefined && partitionByFields !== undefined)
    throw refusal(6050204, "Maximum one of 'partitionBy' and 'partitionByFields' can be specified in '$fill'");
  const windows: Document = {};
  const values: Document = {};
  for (const path of Object.keys(output)) {
    const given = output[path];
    if (!isDocument(given) || Object.keys(given).length !== 1)
      throw failedToParse(`$fill: '${path}' must be an object with exactly one of 'value' and 'method'`);
    if ('value' in given) values[path] = { $ifNull: [`$${path}`, given.value] };
    else if ('method' in given) {
      const name = typeof given.method === 'string' ? METHODS[given.method] : undefined;
      if (name === undefined) throw refusal(6050202, "Method must be either 'locf' or 'linear'");
      windows[path] = { [name]: `$${path}` };
    } else throw refusal(40415, `BSON field '$fill.output.${path}' has an unknown field.`);
  }
  const stages: Stage[] = [];
  if (Object.keys(windows).length > 0) {
    const by = partitionByFields === undefined ? partitionBy : partitionFields(partitionByFields);
    stages.push(
      setWindowFields(
        {
          ...(by === undefined ? {} : { partitionBy: by }),
          ...(sortBy === undefined ? {} : { sortBy }),
          output: windows,
        },
        context,
      ),
    );
  }
  if (Object.keys(values).length > 0) stages.push(addFields(values, context));
  return (input) => stages.reduce<Flow>((flow, stage) => stage(flow), input);
};

/** The value of several fields together; each counts also when it is missing. */
function partitionFields(given: unknown): unknown {
  if (!Array.isArray(given)) throw typeMismatch("BSON field '$fill.partitionByFields' must be an array");
  return Object.fromEntries(
    given.map((path, at) => {
      if (typeof path !== 'string')
        throw typeMismatch("BSON field '$fill.partitionByFields' must be an array of strings");
      fieldPath(path);
      return [`f${at}`, `$${path}`];
    }),
  );
}
