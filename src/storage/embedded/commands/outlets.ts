/** `$out` and `$merge`: what becomes of a pipeline's documents. */

import { type Collection, checkThere, describeIndex } from '../disk/catalog.ts';
import { compileExpression } from '../expressions/expression.ts';
import type { Expression } from '../expressions/scope.ts';
import { Budget } from '../query/memory.ts';
import { sliceSpent } from '../query/slice.ts';
import { errorReply } from '../reply.ts';
import { type Document, decode } from '../values/bson.ts';
import { CommandError, failedToParse, refusal } from '../values/errors.ts';
import { compileFilter } from '../values/matcher.ts';
import { field, isDocument } from '../values/types.ts';
import { Partway } from '../work.ts';
import { applyTo, compileChange, findFirst } from './change.ts';
import { type Call, checkNamespace, ensureCollection, writable } from './command.ts';
import { storeDocument } from './writes.ts';

/** Takes the documents of a pipeline. */
export interface Outlet {
  /** Takes one document; true when the slice is used up. */
  take(bytes: Uint8Array): boolean;
  finish(): Iterable<void>;
  /** Takes back what is half done, because the pipeline failed. */
  abort(): void;
  /** What becomes of the command should the next of its transactions fail. */
  partway(): Partway;
}

/** The outlet if the stage is one. */
export function outStage(call: Call, name: string, spec: unknown): Outlet | undefined {
  if (name === '$out') return new Out(call, target(call, spec, '$out'));
  if (name === '$merge') return new Merge(call, spec);
  return undefined;
}

interface Target {
  readonly database: string;
  readonly name: string;
}

function target(call: Call, spec: unknown, stage: string): Target {
  const found =
    typeof spec === 'string'
      ? { database: call.database, name: spec }
      : isDocument(spec) && typeof spec.coll === 'string'
        ? { database: typeof spec.db === 'string' ? spec.db : call.database, name: spec.coll }
        : undefined;
  if (found === undefined) throw refusal(16990, `${stage} needs the name of a collection`);
  checkNamespace(found.database, found.name);
  return found;
}

/** How the name of a collection begins that is to take another's place once it is complete. */
export const UNFINISHED = 'tmp.agg_out.';

/** Replaces a collection: everything is gathered under another name first, which takes the old one's place at the end. */
class Out implements Outlet {
  readonly #call: Call;
  readonly #target: Target;
  readonly #made: string;
  #collection: Collection | undefined;

  constructor(call: Call, to: Target) {
    this.#call = { ...call, database: to.database };
    this.#target = to;
    this.#made = `${UNFINISHED}${call.connection}.${call.now().getTime()}`;
  }

  take(bytes: Uint8Array): boolean {
    this.#collection ??= this.#make();
    storeDocument(this.#call, this.#collection, decode(bytes));
    return sliceSpent();
  }

  finish(): Iterable<void> {
    const { catalog, cursors } = this.#call;
    const made = this.#collection ?? this.#make();
    // Before the old one goes.
    checkThere(made);
    const old = this.#old();
    if (old !== undefined) {
      catalog.drop(old);
      cursors.endOf(old);
    }
    catalog.rename(made, this.#target.database, this.#target.name);
    return [];
  }

  abort(): void {
    if (this.#collection?.dropped === false) this.#call.catalog.drop(this.#collection);
  }

  partway(): Partway {
    const { catalog } = this.#call;
    const made = this.#collection;
    if (made === undefined) return new Partway({});
    // It may have been dropped meanwhile.
    return new Partway({ undo: () => made.dropped || catalog.drop(made) });
  }

  #old(): Collection | undefined {
    return writable(this.#call, this.#target.name);
  }

  /** The new collection is what the old one was: its options, its indexes. */
  #make(): Collection {
    const { catalog } = this.#call;
    const old = this.#old();
    const made = catalog.create(this.#target.database, this.#made, old?.options ?? {});
    const specs = (old?.indexes ?? []).slice(1).map(({ spec }) => spec);
    catalog.setIndexes(made, [...made.indexes, ...specs.map((spec) => describeIndex(catalog.newId(), spec))]);
    return made;
  }
}

const MATCHED: ReadonlySet<unknown> = new Set(['merge', 'replace', 'keepExisting', 'fail']);
const NOT_MATCHED: ReadonlySet<unknown> = new Set(['insert', 'discard', 'fail']);

function unknownMode(field: string, value: unknown): CommandError {
  return refusal(2, `Enumeration value '${String(value)}' for field '$merge.${field}' is not a valid value.`);
}

/** Joins documents into a collection. */
class Merge implements Outlet {
  readonly #call: Call;
  readonly #target: Target;
  readonly #on: readonly string[];
  readonly #matched: unknown;
  readonly #notMatched: unknown;
  readonly #variables: readonly [string, Expression][];
  /** Documents that wait until the last is read, because what is read is what is written. */
  readonly #waiting: Document[] | undefined;
  readonly #budget = new Budget('$merge');

  constructor(call: Call, spec: unknown) {
    const given = typeof spec === 'string' ? { into: spec } : spec;
    if (!isDocument(given)) throw failedToParse('$merge requires a string or object argument');
    this.#target = target(call, given.into, '$merge');
    this.#call = { ...call, database: this.#target.database };
    const on = given.on ?? '_id';
    this.#on = Array.isArray(on) ? (on as string[]) : [String(on)];
    this.#matched = given.whenMatched ?? 'merge';
    this.#notMatched = given.whenNotMatched ?? 'insert';
    if (!Array.isArray(this.#matched) && !MATCHED.has(this.#matched)) throw unknownMode('whenMatched', this.#matched);
    if (!NOT_MATCHED.has(this.#notMatched)) throw unknownMode('whenNotMatched', this.#notMatched);
    const variables = isDocument(given.let) ? given.let : {};
    this.#variables = Object.keys(variables).map((name) => [name, compileExpression(variables[name])]);
    this.#waiting =
      call.body.aggregate === this.#target.name && call.database === this.#target.database ? [] : undefined;
  }

  take(bytes: Uint8Array): boolean {
    const document = decode(bytes);
    if (this.#waiting === undefined) {
      for (const _ of this.#join(this.#collection(), document));
    } else {
      this.#budget.hold(document);
      this.#waiting.push(document);
    }
    return sliceSpent();
  }

  abort(): void {
    // What is joined stays joined, as in MongoDB.
  }

  partway(): Partway {
    return new Partway({ reply: errorReply });
  }

  #collection(): Collection {
    const collection = ensureCollection(this.#call, this.#target.name);
    this.#checkUnique(collection);
    return collection;
  }

  *finish(): Generator<void, void> {
    const collection = this.#collection();
    for (const document of this.#waiting ?? []) {
      yield* this.#join(collection, document);
      if (sliceSpent()) yield;
    }
  }

  #checkUnique(collection: Collection): void {
    const wanted = [...this.#on].sort().join();
    if (collection.indexes.some((index) => index.unique && [...index.fields].sort().join() === wanted)) return;
    throw refusal(51183, 'Cannot find index to verify that join fields will be unique');
  }

  #inScope(document: Document): Document {
    const scope = { root: document, variables: { NOW: this.#call.now() } };
    const given = Object.fromEntries(this.#variables.map(([name, value]) => [name, value(scope)]));
    return { new: document, ...given };
  }

  *#join(collection: Collection, document: Document): Generator<void, void> {
    const filter = Object.fromEntries(this.#on.map((path) => [path, { $eq: field(document, path) ?? null }]));
    const found = yield* findFirst(this.#call, collection, { filter });
    if (found === undefined) {
      if (this.#notMatched === 'fail')
        throw new CommandError(
          13113,
          'MergeStageNoMatchingDocument',
          '$merge could not find a matching document in the target collection for at least one document in the source collection',
        );
      if (this.#notMatched === 'insert') storeDocument(this.#call, collection, document);
      return;
    }
    if (this.#matched === 'keepExisting') return;
    if (this.#matched === 'fail') {
      // The unique index that found it refuses it, and tells which key.
      storeDocument(this.#call, collection, document);
      return;
    }
    const { _id, ...others } = document;
    const update = Array.isArray(this.#matched)
      ? this.#matched
      : this.#matched === 'replace'
        ? others
        : { $set: others };
    if (!Array.isArray(update) && Object.keys(others).length === 0 && this.#matched !== 'replace') return;
    const compiled = compileChange(this.#call, collection, {
      filter,
      update,
      arrayFilters: undefined,
      let: this.#inScope(document),
    });
    applyTo(this.#call, collection, compiled, { ...found, filter: compileFilter({}) });
  }
}
