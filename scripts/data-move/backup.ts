/** A copy of the embedded store in one file, made while it runs, checked before it gets its name. */
import { existsSync } from 'node:fs';
import { chmod, link, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { CheckedStore } from '../../src/storage/embedded/disk/check.ts';
import { DATA_FILE } from '../../src/storage/embedded/disk/environment.ts';
import { checkFolder } from '../../src/storage/embedded/engine.ts';
import { refuseDamage } from './check.ts';
import { copyStore } from './copy.ts';
import { syncFolder } from './files.ts';
import { fileExists } from './messages.ts';

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
  const room = `${path}.${process.pid}.partial`;
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

/** What killed backups of this name left behind. */
async function removeAbandoned(path: string): Promise<void> {
  if (!existsSync(dirname(path))) return;
  for (const one of await readdir(dirname(path))) {
    if (!one.startsWith(`${basename(path)}.`) || !one.endsWith('.partial')) continue;
    const pid = Number(one.slice(basename(path).length + 1, -'.partial'.length));
    if (Number.isInteger(pid) && !isAlive(pid)) await rm(join(dirname(path), one), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
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
