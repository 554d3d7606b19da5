/** What the writing commands share: going through their items in order, and storing a document. */
import { ObjectId } from 'bson';
import type { Collection } from '../disk/catalog.ts';
import { sliceSpent } from '../query/slice.ts';
import { beginsWithId } from '../raw.ts';
import { type Document, decode, encode } from '../values/bson.ts';
import { CommandError, refusal } from '../values/errors.ts';
import { checkStorable } from '../values/update.ts';
import type { Call } from './command.ts';
import { trimCapped } from './kinds.ts';
import { checkValid } from './validation.ts';

/** The largest document that may be stored. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
/** The most items of one command. */
export const MAX_ITEMS = 100_000;

/**
 * Does `one` for each item, going on after a refused one unless `ordered`. Yields where others may work. Returns the
 * errors in MongoDB's form.
 */
export function* eachItem(
  count: number,
  ordered: boolean,
  one: (index: number) => Generator<void, void> | undefined,
): Generator<void, Document[]> {
  const errors: Document[] = [];
  for (let index = 0; index < count; index++) {
    try {
      const work = one(index);
      if (work !== undefined) yield* work;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      errors.push({ index, code: error.code, errmsg: error.message, ...error.extra });
      if (ordered) break;
    }
    if (sliceSpent()) yield;
  }
  return errors;
}

/** The items of a command, refused when there are none or too many. */
export function checkItemCount(count: number): void {
  if (count >= 1 && count <= MAX_ITEMS) return;
  throw refusal(16, `Write batch sizes must be between 1 and ${MAX_ITEMS}. Got ${count} operations.`);
}

/** The items of a writing command: as bytes when they were lifted, else from the body. */
export function itemsOf(call: Call, field: string): readonly Document[] {
  const lifted = call.lifted.get(field);
  if (lifted !== undefined) return lifted.map((bytes) => decode(bytes));
  const given = call.body[field];
  if (!Array.isArray(given)) throw refusal(40414, `BSON field '${call.name}.${field}' is missing but a required field`);
  return given as Document[];
}

/** Stores a new document that came as bytes; an `_id` is added when it has none. */
export function storeBytes(call: Call, collection: Collection, bytes: Uint8Array): void {
  const document = decode(bytes);
  if (beginsWithId(bytes)) {
    checkStorable(document);
    checkValid(collection, call.body, document);
    checkSize(bytes.length);
    call.records.insert(collection, document, bytes);
    trimCapped(call, collection, bytes.length);
  } else storeDocument(call, collection, document);
}

/** Stores a new document; its `_id` comes first, and is made when there is none. Returns the document as stored. */
export function storeDocument(call: Call, collection: Collection, given: Document): Document {
  const { _id = new ObjectId(), ...others } = given;
  const document: Document = { _id, ...others };
  checkStorable(document);
  checkValid(collection, call.body, document);
  const bytes = encode(document);
  checkSize(bytes.length);
  call.records.insert(collection, document, bytes);
  trimCapped(call, collection, bytes.length);
  return document;
}

/** Refuses (code 10334) a document larger than 16 MB. */
export function checkSize(size: number): void {
  if (size <= MAX_DOCUMENT_BYTES) return;
  throw refusal(
    10334,
    `BSONObj size: ${size} (0x${size.toString(16).toUpperCase()}) is invalid. Size must be between 0 and ${MAX_DOCUMENT_BYTES}(16MB)`,
  );
}
