/** Writes one collection into its files, in order, saving now and then how far it is. */
import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Collection } from 'mongodb';
import type { Course } from './compare.ts';
import { documentsOf, Interval, type Part } from './files.ts';
import { lineOf } from './line.ts';
import { oddId } from './messages.ts';
import { idOf, type Order, readRaw } from './raw.ts';

/** How far the writing of one collection is. */
export interface Written {
  database: string;
  name: string;
  /** What its files' names begin with, below the export's folder. */
  file: string;
  files: Part[];
  /** The sha256 of the last document written, by which a later run knows its place again. */
  last?: string | undefined;
  done: boolean;
}

const FLUSHED_BYTES = 1024 * 1024;

/** A file that grows, and how far it is known to be on disk. */
class Outlet {
  readonly part: Part;
  readonly #handle: FileHandle;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #size: number;

  private constructor(part: Part, handle: FileHandle) {
    this.part = part;
    this.#handle = handle;
    this.#size = part.bytes;
  }

  /** Opens a file where it was left; what a killed run wrote after its last save is cut off. */
  static async open(folder: string, part: Part): Promise<Outlet> {
    const handle = await open(join(folder, part.file), part.bytes === 0 ? 'w' : 'r+', 0o600);
    await handle.truncate(part.bytes);
    return new Outlet(part, handle);
  }

  async add(text: Uint8Array): Promise<void> {
    this.#waiting.push(text);
    this.#waitingBytes += text.length;
    this.part.documents += 1;
    this.part.bytes += text.length;
    if (this.#waitingBytes >= FLUSHED_BYTES) await this.#flush();
  }

  async #flush(): Promise<void> {
    const { bytesWritten } = await this.#handle.writev(this.#waiting, this.#size);
    if (bytesWritten < this.#waitingBytes) throw Object.assign(new Error('disk full'), { code: 'ENOSPC' });
    this.#size += bytesWritten;
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  async sync(): Promise<void> {
    if (this.#waitingBytes > 0) await this.#flush();
    await this.#handle.sync();
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/**
 * Writes what is left of a collection. `written` is kept up to date, and `save` called whenever what it says is on disk.
 * @throws DataError odd_id
 */
export async function writeOut(
  collection: Collection,
  folder: string,
  written: Written,
  order: Order,
  save: () => Promise<void>,
  course: Course,
): Promise<void> {
  await mkdir(dirname(join(folder, written.file)), { recursive: true, mode: 0o700 });
  if (!(await rejoins(collection, written, order))) await startOver(folder, written);
  if (written.files.length === 0) written.files.push({ file: `${written.file}.jsonl`, documents: 0, bytes: 0 });
  const outlets: Outlet[] = [];
  const outlet = async (n: 0 | 1): Promise<Outlet> => {
    const opened = outlets[n];
    if (opened !== undefined) return opened;
    written.files[n] ??= { file: `${written.file}.bson`, documents: 0, bytes: 0 };
    const made = await Outlet.open(folder, written.files[n]);
    outlets[n] = made;
    return made;
  };
  const settle = async () => {
    for (const one of outlets) await one.sync();
    await save();
  };
  try {
    for (const n of written.files.keys()) await outlet(n === 0 ? 0 : 1);
    course.step(documentsOf(written.files));
    const interval = new Interval();
    for await (const bytes of readRaw(collection, documentsOf(written.files), order)) {
      if (idOf(bytes) === undefined) throw oddId(collection.namespace);
      const line = lineOf(bytes);
      if (line === undefined) await (await outlet(1)).add(bytes);
      else await (await outlet(0)).add(Buffer.from(`${line}\n`));
      written.last = digestOf(bytes);
      course.step(1);
      if (!interval.isOver(1, bytes.length) && !course.signal.aborted) continue;
      await settle();
      course.signal.throwIfAborted();
    }
    written.done = true;
    await settle();
  } finally {
    for (const one of outlets) await one.close();
  }
}

/** Forgets what was written of a collection. */
export async function startOver(folder: string, written: Written): Promise<void> {
  for (const { file } of written.files) await rm(join(folder, file), { force: true });
  Object.assign(written, { files: [], last: undefined, done: false });
}

/** Whether the files of a collection are at least as long as they were left: what follows was not saved and is cut off. */
export async function isIntact(folder: string, { files, done }: Written): Promise<boolean> {
  for (const { file, bytes } of files) {
    const size = await sizeOf(join(folder, file));
    if (done ? size !== bytes : size < bytes) return false;
  }
  return true;
}

/** Size of a file in bytes; -1 when there is none. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return -1;
    throw error;
  }
}

/** Whether the last document written is still the last of as many. */
async function rejoins(collection: Collection, written: Written, order: Order): Promise<boolean> {
  const documents = documentsOf(written.files);
  if (documents === 0) return true;
  for await (const bytes of readRaw(collection, documents - 1, order)) return digestOf(bytes) === written.last;
  return false;
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
