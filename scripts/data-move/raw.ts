/** Documents as the bytes they are stored as: what is never decoded on its way cannot change on it. */
import { createRequire } from 'node:module';
import { deserialize, serialize } from 'bson';
import type { Collection, Db, Document } from 'mongodb';
import { Picker } from '../../src/storage/embedded/raw.ts';
import { AS_STORED, idFirst } from './line.ts';

/** The driver's own way to send documents as they are; it keeps the class to itself, and a test watches over it. */
interface Sequence {
  push(document: Document, bytes: Uint8Array): number;
}
const { DocumentSequence } = createRequire(import.meta.url)('mongodb/lib/cmap/commands.js') as {
  DocumentSequence: new (field: string) => Sequence;
};

/** What a server said of one document it did not take. */
export interface Refusal {
  /** Which of the documents. */
  index: number;
  code: number;
  errmsg: string;
}

const UNKNOWN_FIELD = 40_415;

/** Inserts documents given as BSON bytes, each by itself, past any validator. Returns those that were refused. */
export async function insertRaw(db: Db, collection: string, documents: readonly Uint8Array[]): Promise<Refusal[]> {
  const send = (more: Document) => {
    const sequence = new DocumentSequence('documents');
    for (const bytes of documents) sequence.push({}, bytes);
    return db.command({
      insert: collection,
      documents: sequence,
      ordered: false,
      bypassDocumentValidation: true,
      ...more,
    });
  };
  const reply = documents.some(hasEmptyTimestamp)
    ? // MongoDB puts the time of day into an empty timestamp unless told not to; who does not know the word does not do it.
      await send({ bypassEmptyTsReplacement: true }).catch((error: { code?: unknown }) => {
        if (error.code === UNKNOWN_FIELD) return send({});
        throw error;
      })
    : await send({});
  if (reply.writeConcernError !== undefined) throw new Error(String(reply.writeConcernError.errmsg));
  return (reply.writeErrors ?? []) as Refusal[];
}

const EMPTY_TIMESTAMP = Buffer.concat([Buffer.of(0), Buffer.alloc(8)]);

/** Whether there may be an empty timestamp in it: its bytes are there, be it as something else. */
function hasEmptyTimestamp(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.includes(EMPTY_TIMESTAMP);
}

/** By `_id`; in a capped collection as they were added, which says what it lets go of next. */
export type Order = { _id: 1 } | { $natural: 1 };

/** The documents of a collection in order, from the one at `skip`; each with its `_id` first. */
export async function* readRaw(collection: Collection, skip = 0, sort: Order = { _id: 1 }): AsyncGenerator<Uint8Array> {
  const cursor = collection.find({}, { raw: true, sort, skip });
  try {
    for await (const bytes of cursor) yield idFirst(bytes as unknown as Uint8Array);
  } finally {
    await cursor.close();
  }
}

/** An `_id` as a query takes it, and as text that no other has. */
export interface Id {
  key: string;
  value: unknown;
}

const picker = new Picker(['_id']);

/** The `_id` of a document; undefined when it has none, or one that no query could ask for. */
export function idOf(document: Uint8Array): Id | undefined {
  const picked = picker.pick(Buffer.from(document.buffer, document.byteOffset, document.byteLength));
  const { _id } = deserialize(picked, AS_STORED);
  if (_id === undefined || Buffer.compare(serialize({ _id }), picked) !== 0) return undefined;
  return { key: picked.toString('base64'), value: _id };
}

/** Those of the documents that a collection has, by the keys of their ids; each with its `_id` first. */
export async function fetchRaw(collection: Collection, ids: readonly Id[]): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  const filter = { _id: { $in: ids.map(({ value }) => value) } } as Document;
  for await (const one of collection.find(filter, { raw: true })) {
    const bytes = idFirst(one as unknown as Uint8Array);
    const id = idOf(bytes);
    if (id !== undefined) found.set(id.key, bytes);
  }
  return found;
}
