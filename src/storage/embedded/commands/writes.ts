/** What the writing commands share: going through their items in order, and storing a document. */
import { ObjectId } from 'bson';
import type { Collection } from '../disk/catalog.ts';
import { sliceSpent } from '../query/slice.ts';
import { beginsWithId } from '../raw.ts';
import { okReply } from '../reply.ts';
import { type Document, decode, encode } from '../values/bson.ts';
import { CommandError, refusal, typeMismatch } from '../values/errors.ts';
import { asNumber } from '../values/numbers.ts';
import { isDocument, typeName } from '../values/types.ts';
import { checkStorable } from '../values/update.ts';
import { Partway } from '../work.ts';
import type { Call } from './command.ts';
import { trimCapped } from './kinds.ts';
import { checkFields } from './known-fields.ts';
import { checkValid } from './validation.ts';

/** The largest document that may be stored. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
/** The most items of one command. */
export const MAX_ITEMS = 100_000;

/** The reply of a command whose items were done so far, to which the errors of its items are added. */
type Reply = (errors: readonly Document[]) => Uint8Array;

/**
 * Does `one` for each item, going on after a refused one unless `ordered`. Yields where others may work. `told` is asked
 * for the reply, once at the end and at each pause: it must tell what is done when it is asked, not later.
 */
export function* eachItem(
  count: number,
  ordered: boolean,
  one: (index: number) => Generator<void, void> | undefined,
  told: () => Reply,
): Generator<Partway, Uint8Array> {
  const errors: Document[] = [];
  const partway = (next: number) => {
    const reply = told();
    const before = [...errors];
    const last = ordered ? Math.min(count, next + 1) : count;
    return new Partway({ reply: (failure) => reply([...before, ...failed(failure, next, last)]) });
  };
  for (let index = 0; index < count; index++) {
    try {
      for (const _ of one(index) ?? []) yield partway(index);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      errors.push(itemError(index, error));
      if (ordered) break;
    }
    if (sliceSpent()) yield partway(index + 1);
  }
  return told()(errors);
}

function itemError(index: number, { code, message, extra }: CommandError): Document {
  return { index, code, errmsg: message, ...extra };
}

/** The errors of items that were not done, for one reason; it is told once, as there may be a hundred thousand of them. */
function failed(reason: CommandError, from: number, to: number): Document[] {
  const { code } = reason;
  return Array.from({ length: to - from }, (_, i) =>
    i === 0 ? itemError(from, reason) : { index: from + i, code, errmsg: '' },
  );
}

/** The reply of a writing command; a client that asked for no acknowledgement (`w: 0`) is told nothing but that it came. */
export function writeReply({ writeConcern }: Document, done: Document): Uint8Array {
  return okReply(isDocument(writeConcern) && asNumber(writeConcern.w) === 0 ? { n: 0 } : done);
}

/** The items of a command, refused when there are none or too many. */
export function checkItemCount(count: number): void {
  if (count >= 1 && count <= MAX_ITEMS) return;
  throw refusal(16, `Write batch sizes must be between 1 and ${MAX_ITEMS}. Got ${count} operations.`);
}

/** Refuses an item of a writing command that is no document, has an unknown field, or lacks one it must have. */
export function checkItem(item: unknown, input: string, known: ReadonlySet<string>, required: readonly string[]): void {
  if (!isDocument(item))
    throw typeMismatch(`BSON field '${input}' is the wrong type '${typeName(item)}', expected type 'object'`);
  checkFields(item, '', input, known);
  for (const name of required) {
    if (item[name] === undefined) throw refusal(40414, `BSON field '${input}.${name}' is missing but a required field`);
  }
  if (!isDocument(item.q))
    throw typeMismatch(`BSON field '${input}.q' is the wrong type '${typeName(item.q)}', expected type 'object'`);
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
    trimCapped(call, collection);
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
  trimCapped(call, collection);
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
