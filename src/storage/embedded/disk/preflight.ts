/** What is looked at before LMDB opens a folder: it would not answer with an error but end the process. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { storeDamaged, storeUnreachable } from '../store-error.ts';
import { DATA_FILE } from './environment.ts';
import { type Look, lookAtPages } from './pages.ts';

/** Enough for what is written when a store is opened: LMDB's lock table, the owner's mark. */
const PROBE_BYTES = 128 * 1024;
/** LMDB's lock table: once it is there, opening to read takes no room. */
const LOCK_FILE = 'lock.mdb';
/** How much of each table is looked at. Deeper pages are left to a check, since reading them all takes its time. */
const LEVELS = 2;

/**
 * Makes sure of a folder: that it can be written to, that there is some room, that the data file is one. `inUse` says
 * whether another process is at work in it: then its file changes while it is read, and is left alone. `reads` says that
 * it is opened to be read: from a full disk, too, what is there can be saved.
 * @throws StoreError when LMDB must not be let near it
 */
export async function makeReady(folder: string, inUse: () => Promise<boolean>, reads = false): Promise<void> {
  try {
    makeFolder(folder);
    if (!statSync(folder).isDirectory()) throw Object.assign(new Error(folder), { code: 'ENOTDIR' });
    const room = reads && existsSync(join(folder, LOCK_FILE)) ? 0 : PROBE_BYTES;
    probe(join(folder, `probe-${process.pid}`), room);
    const path = join(folder, DATA_FILE);
    if (existsSync(path) && !isSound(lookAtPages(path, LEVELS)) && !(await inUse())) mend(path);
  } catch (error) {
    throw storeUnreachable(folder, error);
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    // On a disk mounted read-only Node.js says that nothing was found; made alone, the folder tells the true reason.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') mkdirSync(folder);
    throw error;
  }
}

function probe(path: string, room: number): void {
  try {
    const file = openSync(path, 'w', 0o600);
    try {
      let left = room;
      const bytes = Buffer.alloc(room, 0x61);
      while (left > 0) left -= writeSync(file, bytes, 0, left);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } finally {
    rmSync(path, { force: true });
  }
}

function isSound({ damage, short }: Look): boolean {
  return damage === undefined && short === undefined;
}

/**
 * A file may rightly be short: pages that were given out and never written are missing at its end. So may pages with
 * data; to read where nothing is would end the process.
 */
function mend(path: string): void {
  const { damage, short } = lookAtPages(path);
  if (damage !== undefined) throw storeDamaged(path, damage);
  if (short !== undefined) truncateSync(path, short);
}
