import { checkNesting } from './bson/depth.ts';
import { identical } from './bson/identical.ts';
import type { Collation } from './collation.ts';
import { type CommandError, failedToParse, refusal } from './errors.ts';
import { compileFilter } from './matcher.ts';
import { compareValues } from './order/compare.ts';
import { show } from './show.ts';
import { type Document, field, isDocument, typeName } from './types.ts';
import { applyTree } from './update/apply.ts';
import { addToSet, pop, pull, pullAll, push } from './update/array-operators.ts';
import { compileArrayFilters } from './update/filters.ts';
import { fieldsNode, type LeafNode, plant, sortTree } from './update/node.ts';
import { arithmeticOperator, bit } from './update/numeric.ts';
import { currentDate, extreme, rename, set, setOnInsert, unset } from './update/setting-operators.ts';
import { checkIdValue, withIdFirst } from './update/storable.ts';

export { upsertSeed } from './update/seed.ts';
export { checkStorable } from './update/storable.ts';

/** A compiled update. */
export interface Update {
  /** Whether the update is a whole new document. */
  readonly replacement: boolean;
  /** Whether `apply` needs the position the query's filter found (`$` in a path). */
  readonly positional: boolean;
  /** The document as it becomes, or the very same object when nothing changes. The given document is never modified. */
  apply(document: Document, context: { insert: boolean; position?: number; now: Date }): Document;
}

/** What an update may need from outside. */
export interface UpdateOptions {
  readonly arrayFilters?: readonly Document[];
  readonly let?: Document;
  /** How texts are compared in array filters and by `$pull`. */
  readonly collation?: Collation | undefined;
  /** Runs an aggregation pipeline on one document, for updates in that form. */
  readonly aggregate: (pipeline: readonly Document[], document: Document) => Document;
}

/** Compiles an update: operators, a replacement or a pipeline. */
export function compileUpdate(update: Document | readonly Document[], options: UpdateOptions): Update {
  if (Array.isArray(update)) return pipelineUpdate(update as readonly Document[], options);
  const document = update as Document;
  const names = Object.keys(document);
  if (names[0]?.startsWith('$')) return operatorUpdate(document, options);
  if (options.arrayFilters !== undefined && options.arrayFilters.length > 0) {
    throw failedToParse('Cannot specify arrayFilters and a replacement-style update');
  }
  return replacementUpdate(document, names);
}

type Conditions = Pick<UpdateOptions, 'let' | 'collation'>;
type LeafMaker = (path: string, operand: unknown, conditions: Conditions) => LeafNode;

const OPERATORS: ReadonlyMap<string, LeafMaker> = new Map<string, LeafMaker>([
  ['$set', (_path, operand) => set(operand)],
  ['$setOnInsert', (_path, operand) => setOnInsert(operand)],
  ['$unset', () => unset()],
  ['$inc', (path, operand) => arithmeticOperator('$inc', path, operand)],
  ['$mul', (path, operand) => arithmeticOperator('$mul', path, operand)],
  ['$min', (_path, operand) => extreme('$min', operand)],
  ['$max', (_path, operand) => extreme('$max', operand)],
  ['$bit', (_path, operand) => bit(operand)],
  ['$currentDate', (_path, operand) => currentDate(operand)],
  ['$push', (_path, operand) => push(operand)],
  ['$addToSet', (_path, operand) => addToSet(operand)],
  ['$pop', pop],
  ['$pullAll', (_path, operand) => pullAll(operand)],
  ['$pull', (_path, operand, conditions) => pull(operand, (filter) => compileFilter(filter, conditions).test)],
]);

function operatorUpdate(update: Document, options: UpdateOptions): Update {
  const tree = fieldsNode();
  const paths: string[] = [];
  const add = (path: string, leaf: LeafNode) => {
    plant(tree, path, leaf);
    paths.push(path);
  };
  const { let: variables, collation } = options;
  const conditions = { ...(variables === undefined ? {} : { let: variables }), collation };
  for (const name of Object.keys(update)) plantOperator(name, update[name], conditions, add);
  sortTree(tree);
  const tests = compileArrayFilters(options.arrayFilters ?? [], paths, update, conditions);
  const dollar = [...tree.children.keys()].find(isDollarField);
  return {
    replacement: false,
    positional: paths.some((path) => path.split('.').includes('$')),
    apply: (document, { insert, position, now }) => {
      const result = applyTree(tree, document, { insert, position, now, root: document }, tests);
      if (result === document) return document;
      if (dollar !== undefined && field(result, dollar) !== undefined) throw dollarRefusal(dollar);
      checkId(document, result);
      checkNesting(result);
      return insert ? withIdFirst(result) : result;
    },
  };
}

function plantOperator(
  name: string,
  operands: unknown,
  conditions: Conditions,
  add: (path: string, leaf: LeafNode) => void,
): void {
  const make = OPERATORS.get(name);
  if (make === undefined && name !== '$rename') {
    throw failedToParse(
      `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  if (!isDocument(operands)) {
    throw failedToParse(
      `Modifiers operate on fields but we found type ${typeName(operands)} instead. For example: {$mod: {<field>: ...}} not {${name}: ${show(operands)}}`,
    );
  }
  for (const path of Object.keys(operands)) {
    if (make !== undefined) {
      add(path, make(path, operands[path], conditions));
      continue;
    }
    const { to, source, target } = rename(path, operands[path]);
    add(path, source);
    add(to, target);
  }
}

/** The `_id` may be given to a document that has none, but never changed. */
function checkId(before: Document, after: Document): void {
  const id = field(before, '_id');
  const next = field(after, '_id');
  if (id === undefined ? next === undefined : identical(id, next)) return;
  if (id !== undefined) {
    throw refusal(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
  }
  checkIdValue(next);
}

/** Names that begin with `$` are for operators, but those of a DBRef are fields. */
function isDollarField(name: string): boolean {
  return name.startsWith('$') && name !== '$ref' && name !== '$id' && name !== '$db';
}

function dollarRefusal(name: string): CommandError {
  return refusal(
    52,
    `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
  );
}

function replacementUpdate(replacement: Document, names: readonly string[]): Update {
  const dollar = names.find(isDollarField);
  if (dollar !== undefined) throw dollarRefusal(dollar);
  checkNesting(replacement);
  return {
    replacement: true,
    positional: false,
    apply: (document) => replaced(document, replacement),
  };
}

function replaced(document: Document, replacement: Document): Document {
  const id = field(document, '_id');
  let next = replacement;
  const own = field(replacement, '_id');
  if (own === undefined) {
    if (id !== undefined) next = { _id: id, ...replacement };
  } else {
    if (id === undefined) checkIdValue(own);
    else if (compareValues(id, own) !== 0) {
      throw refusal(
        66,
        `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(own)}`,
      );
    }
    next = withIdFirst(replacement);
  }
  return identical(next, document) ? document : next;
}

const PIPELINE_STAGES = new Set(['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith']);

function pipelineUpdate(pipeline: readonly Document[], options: UpdateOptions): Update {
  if (options.arrayFilters !== undefined && options.arrayFilters.length > 0) {
    throw failedToParse('arrayFilters may not be specified for pipeline-style updates');
  }
  for (const stage of pipeline) {
    if (!isDocument(stage)) throw refusal(14, "Each element of the 'pipeline' array must be an object");
    const [name, ...others] = Object.keys(stage);
    if (name === undefined || others.length > 0) {
      throw refusal(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    if (!PIPELINE_STAGES.has(name)) throw refusal(72, `${name} is not allowed to be used within an update`);
  }
  return {
    replacement: false,
    positional: false,
    apply: (document) => {
      const result = options.aggregate(pipeline, document);
      checkNesting(result);
      return replaced(document, result);
    },
  };
}
