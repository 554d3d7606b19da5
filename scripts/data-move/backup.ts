/** A copy of the embedded store in one file, made while it runs, checked before it gets its name. */
import { existsSync } from 'node:fs';
import { chmod, link, open, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { CheckedStore } from '../../src/storage/embedded/disk/check.ts';
import { DATA_FILE } from '../../src/storage/embedded/disk/environment.ts';
import { checkFolder } from '../../src/storage/embedded/engine.ts';
import { refuseDamage } from './check.ts';
import { copyStore } from './copy.ts';
import { syncFolder } from './files.ts';
import { fileExists } from './messages.ts';
import { partialOf, removeAbandoned } from './partial.ts';

/** What was put aside. */
export interface BackedUp extends CheckedStore {
  /** Size of the file in bytes. */
  bytes: number;
}

/**
 * Copies the store in `folder` into the new file `file`: the `data.mdb` of a store folder. It holds every write that was
 * acknowledged before. `force` replaces an older file, once the new one is complete.
 * @throws DataError store_missing, file_exists, damaged
 */
export async function backUp(
  folder: string,
  file: string,
  force: boolean,
  told: { copying(done: number, total: number): void; checking(done: number, total: number): void },
): Promise<BackedUp> {
  const path = resolve(file);
  if (existsSync(path) && !(force && (await stat(path)).isFile())) throw fileExists(file);
  await removeAbandoned(path);
  const room = partialOf(path);
  try {
    await copyStore(folder, room, told.copying);
    const found = await checkFolder(room, told.checking);
    refuseDamage(found);
    const copy = join(room, DATA_FILE);
    await settle(copy);
    const { size } = await stat(copy);
    await name(copy, path, force);
    return { ...found, bytes: size };
  } finally {
    await rm(room, { recursive: true, force: true });
  }
}

/** On disk, and for its owner's eyes only. */
async function settle(path: string): Promise<void> {
  await chmod(path, 0o600);
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Gives the finished file its name. A link, unlike a rename, never replaces what is there. */
async function name(copy: string, path: string, force: boolean): Promise<void> {
  if (force) await rename(copy, path);
  else {
    try {
      await link(copy, path);
      await unlink(copy);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') throw fileExists(path);
      if (!NO_LINKS.has(code ?? '')) throw error;
      // A memory stick's file system knows no links.
      if (existsSync(path)) throw fileExists(path);
      await rename(copy, path);
    }
  }
  await syncFolder(dirname(path));
}
