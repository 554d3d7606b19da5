/** One document as one line of canonical extended JSON, and back to the very same bytes. */
import { type Document, deserialize, EJSON, serialize } from 'bson';
import { beginsWithId, Picker } from '../../src/storage/embedded/raw.ts';

/** How values are read so that each keeps its own type: 5 as an int32 is not 5 as a double or a long. */
export const AS_STORED = {
  promoteValues: false,
  promoteBuffers: false,
  bsonRegExp: true,
  validation: { utf8: false },
} as const;

/**
 * The line of a document given as BSON bytes. Undefined when extended JSON cannot hold the document exactly: a field
 * named like one of its own wrappers (`$date`), a type no driver writes any more, text that is not UTF-8. Each line is
 * read back before it is trusted, so that what is undefined here is found by trial, not from a list of cases.
 */
export function lineOf(bytes: Uint8Array): string | undefined {
  try {
    const line = EJSON.stringify(deserialize(bytes, AS_STORED), { relaxed: false });
    return Buffer.compare(bytesOf(line), idFirst(bytes)) === 0 ? line : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The BSON bytes of a line, `_id` first.
 * @throws Error when it is no extended JSON of a document
 */
export function bytesOf(line: string): Uint8Array {
  return idFirst(serialize(EJSON.parse(line, { relaxed: false }) as Document, { ignoreUndefined: false }));
}

const onlyId = new Picker(['_id']);

/**
 * The document with its `_id` as the first field, where a MongoDB puts it. JavaScript puts fields named like whole numbers
 * before it.
 */
export function idFirst(bytes: Uint8Array): Uint8Array {
  if (beginsWithId(bytes)) return bytes;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const id = elementsOf(onlyId.pick(buffer));
  const names = Object.keys(deserialize(buffer, AS_STORED)).filter((name) => name !== '_id');
  const others = elementsOf(new Picker(names).pick(buffer));
  const moved = Buffer.concat([buffer.subarray(0, 4), id, others, Buffer.of(0)]);
  // Of two fields with one name the picker takes but one: such a document stays as it is.
  return moved.length === buffer.length ? moved : bytes;
}

function elementsOf(document: Buffer): Buffer {
  return Buffer.from(document.subarray(4, -1));
}
