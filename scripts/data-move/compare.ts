/** Compares what stands in an export with what a store has: document by document, byte by byte, found by `_id`. */
import { createHash } from 'node:crypto';
import { type Document, deserialize } from 'bson';
import type { Collection } from 'mongodb';
import { expires } from './catalog.ts';
import { type Kept, readKept } from './files.ts';
import { AS_STORED } from './line.ts';
import { fetchRaw, type Id, idOf } from './raw.ts';

/** What was found. */
export interface Compared {
  /** How many documents the file has. */
  documents: number;
  /** Of the whole file. */
  sha256: string;
  /** Documents the store has no longer because their time is over. */
  expired: number;
  /** The `_id`s of the first few that are missing in the store. */
  missing: string[];
  /** The `_id`s of the first few that are not the same in the store. */
  different: string[];
}

/** How long work goes on and who is told of it. */
export interface Course {
  /** Told how many more documents were dealt with. */
  step(documents: number): void;
  /** When it fires, work ends at the next good moment by throwing its reason. */
  signal: AbortSignal;
  now(): Date;
}

const MOST_DOCUMENTS = 1_000;
const MOST_BYTES = 8 * 1024 * 1024;
const SHOWN = 3;

/** The documents of a file in groups that are sent or asked for at once. */
export async function* groupsOf(path: string, course: Course, start = 0): AsyncGenerator<Kept[]> {
  let group: Kept[] = [];
  let bytes = 0;
  for await (const kept of readKept(path, start)) {
    group.push(kept);
    bytes += kept.bytes.length;
    if (group.length < MOST_DOCUMENTS && bytes < MOST_BYTES) continue;
    course.signal.throwIfAborted();
    yield group;
    group = [];
    bytes = 0;
  }
  course.signal.throwIfAborted();
  if (group.length > 0) yield group;
}

/** Compares one file with the collection; `indexes` say which documents may have expired meanwhile. */
export async function compareFile(
  path: string,
  collection: Collection,
  indexes: readonly Record<string, unknown>[],
  course: Course,
): Promise<Compared> {
  const hash = createHash('sha256');
  const found: Compared = { documents: 0, sha256: '', expired: 0, missing: [], different: [] };
  for await (const group of groupsOf(path, course)) {
    const ids = group.map(({ bytes }) => idOf(bytes));
    const there = await fetchRaw(
      collection,
      ids.filter((id) => id !== undefined),
    );
    for (const [n, { text, bytes }] of group.entries()) {
      hash.update(text);
      judge(found, ids[n], bytes, there, () => isExpired(bytes, indexes, course.now()));
    }
    found.documents += group.length;
    course.step(group.length);
  }
  found.sha256 = hash.digest('hex');
  return found;
}

function judge(
  found: Compared,
  id: Id | undefined,
  bytes: Uint8Array,
  there: ReadonlyMap<string, Uint8Array>,
  mayBeGone: () => boolean,
): void {
  const stored = id === undefined ? undefined : there.get(id.key);
  if (stored !== undefined && Buffer.compare(stored, bytes) === 0) return;
  if (stored === undefined && mayBeGone()) found.expired += 1;
  else {
    const list = stored === undefined ? found.missing : found.different;
    if (list.length < SHOWN) list.push(showId(id));
  }
}

/** An `_id` for people. */
export function showId(id: Id | undefined): string {
  return id === undefined ? '?' : String(id.value);
}

/** Whether a TTL index may have removed the document by `now`. */
export function isExpired(bytes: Uint8Array, indexes: readonly Record<string, unknown>[], now: Date): boolean {
  const ttl = indexes.filter(expires);
  if (ttl.length === 0) return false;
  const document = deserialize(bytes, { validation: AS_STORED.validation });
  return ttl.some(({ key, expireAfterSeconds }) => {
    const [field = ''] = Object.keys(key as Document);
    const dates = datesAt(document, field.split('.'));
    return dates.length > 0 && Math.min(...dates) + secondsOf(expireAfterSeconds) * 1000 <= now.getTime();
  });
}

function datesAt(value: unknown, path: readonly string[]): number[] {
  if (Array.isArray(value)) return value.flatMap((one) => datesAt(one, path));
  const [field, ...rest] = path;
  if (field === undefined) return value instanceof Date ? [value.getTime()] : [];
  return typeof value === 'object' && value !== null ? datesAt((value as Document)[field], rest) : [];
}

/** Of a number in canonical extended JSON. */
function secondsOf(value: unknown): number {
  return typeof value === 'number' ? value : Number(Object.values(value as Record<string, string>)[0]);
}
