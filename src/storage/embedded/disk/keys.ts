/** How records and index entries are named in LMDB. All keys compare byte by byte. */
import { createHash } from 'node:crypto';

/** LMDB's limit on keys with pages of 4 KB, as lmdb-js applies it. */
const LONGEST_KEY = 1978;
const PREFIX_BYTES = 4;
const RECORD_BYTES = 6;
const DIGEST_BYTES = 16;
/** What of an over-long index key is kept in full; a digest of the whole follows. */
const KEPT_BYTES = LONGEST_KEY - PREFIX_BYTES - RECORD_BYTES - DIGEST_BYTES;
/** The longest index key stored as it is. */
export const LONGEST_WHOLE_KEY = LONGEST_KEY - PREFIX_BYTES - RECORD_BYTES;

/** The key of a record: its collection's number, then its own, which grows with every insert (natural order). */
export function recordKey(collection: number, record: number): Buffer {
  return writeRecordKey(Buffer.allocUnsafe(PREFIX_BYTES + RECORD_BYTES), collection, record);
}

const passing = Buffer.alloc(PREFIX_BYTES + RECORD_BYTES);

/** The same in a buffer that the next call overwrites. LMDB copies a key at once, so for most it need not be kept. */
export function passingRecordKey(collection: number, record: number): Buffer {
  return writeRecordKey(passing, collection, record);
}

function writeRecordKey(key: Buffer, collection: number, record: number): Buffer {
  putUint32(key, collection);
  putRecord(key, record, PREFIX_BYTES);
  return key;
}

/** The beginning of all keys of one collection or index. */
export function prefixOf(id: number): Buffer {
  const key = Buffer.allocUnsafe(PREFIX_BYTES);
  putUint32(key, id);
  return key;
}

/** The number of the collection or index a key belongs to. */
export function idAt(key: Uint8Array): number {
  return Buffer.from(key.buffer, key.byteOffset, PREFIX_BYTES).readUInt32BE(0);
}

/** The key of an index entry. A unique index is keyed by the values alone, any other by values and record. */
export function entryKey(index: number, values: Uint8Array, record?: number): Buffer {
  const kept = values.length > LONGEST_WHOLE_KEY ? shorten(values) : values;
  const end = PREFIX_BYTES + kept.length;
  const key = Buffer.allocUnsafe(record === undefined ? end : end + RECORD_BYTES);
  putUint32(key, index);
  key.set(kept, PREFIX_BYTES);
  if (record !== undefined) putRecord(key, record, end);
  return key;
}

/** The edge of a range within an index; an over-long edge is cut, which makes the range a little wider, never narrower. */
export function edgeKey(index: number, edge: Uint8Array): Buffer {
  const kept = edge.length > KEPT_BYTES ? edge.subarray(0, KEPT_BYTES) : edge;
  const key = Buffer.allocUnsafe(PREFIX_BYTES + kept.length);
  putUint32(key, index);
  key.set(kept, PREFIX_BYTES);
  return key;
}

/** The upper edge of a range. Cut edges are followed by FF so that nothing below the whole edge is lost. */
export function upperEdgeKey(index: number, edge: Uint8Array | undefined): Buffer {
  if (edge === undefined) return prefixOf(index + 1);
  if (edge.length <= KEPT_BYTES) return edgeKey(index, edge);
  return Buffer.concat([edgeKey(index, edge), Buffer.alloc(DIGEST_BYTES, 0xff)]);
}

function shorten(values: Uint8Array): Buffer {
  const digest = createHash('sha256').update(values).digest().subarray(0, DIGEST_BYTES);
  return Buffer.concat([values.subarray(0, KEPT_BYTES), digest]);
}

/** The record number as an entry's value. */
export function recordValue(record: number): Buffer {
  const value = Buffer.allocUnsafe(RECORD_BYTES);
  putRecord(value, record, 0);
  return value;
}

/** The record number that ends at `end` in a key or value. */
export function recordAt(bytes: Uint8Array, end: number): number {
  const high = ((bytes[end - 6] as number) << 8) | (bytes[end - 5] as number);
  const low =
    ((bytes[end - 4] as number) << 24) |
    ((bytes[end - 3] as number) << 16) |
    ((bytes[end - 2] as number) << 8) |
    (bytes[end - 1] as number);
  return high * 4294967296 + (low >>> 0);
}

/** What a key of the `meta` table that ends in a number speaks of. */
export const MetaKind = {
  /** The description of a collection. */
  collection: 'c'.charCodeAt(0),
  /** How many records a collection has. */
  count: 'n'.charCodeAt(0),
  /** A dropped collection or index whose contents are to be removed. */
  dropped: 'x'.charCodeAt(0),
} as const;

/** The key of the `meta` table for one collection or index. */
export function metaKey(kind: number, id: number): Buffer {
  return Buffer.concat([Buffer.of(kind), prefixOf(id)]);
}

/** The number in a key made by `metaKey`. */
export function idOfMetaKey(key: Uint8Array): number {
  return Buffer.from(key).readUInt32BE(1);
}

/** All keys of one kind in the `meta` table. */
export function rangeOfKind(kind: number): { start: Buffer; end: Buffer } {
  return { start: Buffer.of(kind), end: Buffer.of(kind + 1) };
}

function putUint32(target: Buffer, value: number): void {
  target[0] = value >>> 24;
  target[1] = value >>> 16;
  target[2] = value >>> 8;
  target[3] = value;
}

function putRecord(target: Buffer, record: number, at: number): void {
  const high = Math.floor(record / 4294967296);
  target[at] = high >>> 8;
  target[at + 1] = high;
  target[at + 2] = record >>> 24;
  target[at + 3] = record >>> 16;
  target[at + 4] = record >>> 8;
  target[at + 5] = record;
}
