/** The files of an export: what they are called, how they are written so that a kill leaves nothing half, how they are read. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { bytesOf } from './line.ts';

export const MANIFEST = 'manifest.json';

export const partSchema = z.object({
  /** Below the export's folder. */
  file: z.string(),
  documents: z.number().int(),
  bytes: z.number().int(),
});
/** A file of documents as far as it is written. */
export type Part = z.infer<typeof partSchema>;

const collection = z.object({
  name: z.string(),
  /** Lines of extended JSON and, when some documents cannot be lines, BSON as mongodump writes it. */
  files: z.array(partSchema.extend({ sha256: z.string() })),
});
const database = z.object({
  name: z.string(),
  /** Options and indexes of its collections. */
  metadata: z.object({ file: z.string(), sha256: z.string() }),
  collections: z.array(collection),
});
const manifest = z.object({
  format: z.literal('haolin-data/1'),
  from: z.string(),
  madeAt: z.iso.datetime(),
  databases: z.array(database),
});

export type Manifest = z.infer<typeof manifest>;
export type ExportedDatabase = z.infer<typeof database>;
export type ExportedCollection = z.infer<typeof collection>;
export type ExportedFile = ExportedCollection['files'][number];

/** How many documents some files have together. */
export function documentsOf(files: readonly Part[]): number {
  return files.reduce((sum, { documents }) => sum + documents, 0);
}

/** The manifest of a complete export; undefined when there is none. @throws ZodError when it is not one of ours */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  const path = join(folder, MANIFEST);
  return existsSync(path) ? manifest.parse(JSON.parse(await readFile(path, 'utf8'))) : undefined;
}

/**
 * The beginnings of file names for these names of databases or collections: readable, safe on every system, and different
 * also where capitals do not count.
 */
export function fileNames(names: readonly string[]): Map<string, string> {
  const taken = new Set<string>();
  const given = new Map<string, string>();
  for (const name of names) {
    const safe = encodeURIComponent(name)
      .replace(/[!'()*~]|^\./g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
      .slice(0, 180);
    let file = safe;
    for (let n = 2; taken.has(file.toLowerCase()); n++) file = `${safe}~${n}`;
    taken.add(file.toLowerCase());
    given.set(name, file);
  }
  return given;
}

/** Writes a whole JSON file: afterwards it is there as a whole or as it was before. Only its owner may read it. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.new`;
  const file = await open(fresh, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(value, undefined, 1)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
  await syncFolder(dirname(path));
}

/** Makes names given in a folder last through a loss of power. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

const SAVED_DOCUMENTS = 5_000;
const SAVED_BYTES = 64 * 1024 * 1024;

/** Says when it is time again to save how far a work is. */
export class Interval {
  #documents = 0;
  #bytes = 0;

  /** Counts what was done; true when it is time, and then counts anew. */
  isOver(documents: number, bytes: number): boolean {
    this.#documents += documents;
    this.#bytes += bytes;
    if (this.#documents < SAVED_DOCUMENTS && this.#bytes < SAVED_BYTES) return false;
    this.#documents = 0;
    this.#bytes = 0;
    return true;
  }
}

/** The sha256 of a file, as `sha256sum` prints it. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** One document in a file. */
export interface Kept {
  /** As the file has it: a line with its end, or the BSON. */
  text: Buffer;
  /** Its BSON. */
  bytes: Uint8Array;
  /** Where in the file it ends. */
  end: number;
}

/** The documents of a file from byte `start` on; a last one that was cut off is an error. */
export async function* readKept(path: string, start = 0): AsyncGenerator<Kept> {
  const inLines = path.endsWith('.jsonl');
  const sizeIn = inLines ? lineSize : bsonSize;
  let rest: Buffer = Buffer.alloc(0);
  let end = start;
  // Large pieces, because a document of many megabytes is put together from them.
  for await (const piece of createReadStream(path, { start, highWaterMark: 4 * 1024 * 1024 })) {
    rest = rest.length === 0 ? (piece as Buffer) : Buffer.concat([rest, piece as Buffer]);
    let at = 0;
    for (;;) {
      const size = sizeIn(rest, at);
      if (size === undefined || at + size > rest.length) break;
      const text = rest.subarray(at, at + size);
      at += size;
      end += size;
      yield { text, bytes: inLines ? bytesOf(text.toString('utf8')) : text, end };
    }
    rest = rest.subarray(at);
  }
  if (rest.length > 0) throw new Error(`${path} ends in the middle of a document`);
}

function lineSize(buffer: Buffer, at: number): number | undefined {
  const newline = buffer.indexOf(10, at);
  return newline < 0 ? undefined : newline + 1 - at;
}

function bsonSize(buffer: Buffer, at: number): number | undefined {
  return buffer.length < at + 4 ? undefined : buffer.readInt32LE(at);
}
