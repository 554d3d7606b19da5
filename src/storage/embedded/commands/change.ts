/** Changing documents: what update and findAndModify have in common. */
import { aggregateOne } from '../aggregate/pipeline.ts';
import type { Collection } from '../disk/catalog.ts';
import { type Asked, collationFor, expressionOptions, openQuery } from '../query/query.ts';
import { PAUSE } from '../query/slice.ts';
import { type Document, decode, encode } from '../values/bson.ts';
import { failedToParse, refusal, typeMismatch } from '../values/errors.ts';
import { compileFilter, type Filter } from '../values/matcher.ts';
import { isDocument, typeName } from '../values/types.ts';
import { compileUpdate, type Update, upsertSeed } from '../values/update.ts';
import type { Call } from './command.ts';
import { checkValid } from './validation.ts';
import { checkSize, storeDocument } from './writes.ts';

/** One change that is asked for. */
export interface Change extends Asked {
  readonly update: unknown;
  readonly arrayFilters: readonly unknown[] | undefined;
  /** Values a pipeline may name as variables. */
  readonly constants?: Document | undefined;
}

/** Compiles the update of a change. */
export function compileChange(call: Call, collection: Collection | undefined, change: Change): Update {
  const { update, arrayFilters, constants, let: given } = change;
  const collation = collationFor(change, collection);
  if (!isDocument(update) && !Array.isArray(update)) {
    throw failedToParse('Update argument must be either an object or an array');
  }
  if (constants !== undefined && !Array.isArray(update)) {
    throw refusal(51198, 'Constant values may only be specified for pipeline updates');
  }
  arrayFilters?.forEach((filter, i) => {
    if (isDocument(filter)) return;
    throw typeMismatch(
      `BSON field 'arrayFilters.${i}' is the wrong type '${typeName(filter)}', expected type 'object'`,
    );
  });
  const variables = constants === undefined ? given : { ...given, ...constants };
  return compileUpdate(update as Document | Document[], {
    ...(arrayFilters === undefined ? {} : { arrayFilters: arrayFilters as Document[] }),
    ...(variables === undefined ? {} : { let: variables }),
    collation,
    aggregate: (pipeline, document) =>
      aggregateOne(pipeline, document, { variables: { NOW: call.now(), ...variables }, collation }),
  });
}

/** A record found, with its document. */
export interface Found {
  readonly record: number;
  readonly document: Document;
  readonly filter: Filter;
}

/** The first record that matches, in the order asked for. */
export function* findFirst(call: Call, collection: Collection, asked: Asked): Generator<void, Found | undefined> {
  const { rows, filter } = openQuery(call, collection, { ...asked, limit: 1 });
  try {
    for (;;) {
      const row = rows.next();
      if (row === undefined) return undefined;
      if (row !== PAUSE) return { record: row.record, document: row.document, filter };
      rows.suspend();
      yield;
    }
  } finally {
    rows.suspend();
  }
}

/** The numbers of all records that match, as they stand now. */
export function* findAll(
  call: Call,
  collection: Collection,
  asked: Asked,
): Generator<void, { records: number[]; filter: Filter }> {
  const { rows, filter } = openQuery(call, collection, asked);
  const records: number[] = [];
  try {
    for (;;) {
      const row = rows.next();
      if (row === undefined) return { records, filter };
      if (row === PAUSE) {
        rows.suspend();
        yield;
      } else records.push(row.record);
    }
  } finally {
    rows.suspend();
  }
}

/** Applies an update to a record. Returns the document after it: the very same object when nothing changed. */
export function applyTo(
  call: Call,
  collection: Collection,
  update: Update,
  { record, document, filter }: Found,
): Document {
  const position = update.positional ? filter.position(document) : undefined;
  const context = { insert: false, now: call.now(), ...(position === undefined ? {} : { position }) };
  const after = update.apply(document, context);
  if (after === document) return document;
  checkValid(collection, call.body, after, document);
  const bytes = encode(after);
  checkSize(bytes.length);
  call.records.replace(collection, record, document, after, bytes);
  return after;
}

/** The document of a record if it is still there and still matches. */
export function stillMatching(
  call: Call,
  collection: Collection,
  record: number,
  filter: Filter,
): Document | undefined {
  const bytes = call.records.peek(collection, record);
  if (bytes === undefined) return undefined;
  const document = decode(bytes);
  return filter.test(document) ? document : undefined;
}

/** Stores the document an upsert makes when nothing matched. */
export function upsert(call: Call, collection: Collection, update: Update, filter: Document): Document {
  const seed = upsertSeed(filter);
  const from = update.replacement ? (seed._id === undefined ? {} : { _id: seed._id }) : seed;
  const made = update.apply(from, { insert: true, now: call.now() });
  return storeDocument(call, collection, made);
}

/** Compiles a filter only to have it refused when it is wrong, where there is no collection to ask. */
export function checkFilter(call: Call, filter: Document, variables: Document | undefined): void {
  compileFilter(filter, { ...expressionOptions(call, variables), near: true });
}
