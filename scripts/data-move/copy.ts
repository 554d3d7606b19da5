/** Copies an embedded store's file as it is at one moment, also while another process works on it. */
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DATA_FILE, openEnvironment } from '../../src/storage/embedded/disk/environment.ts';
import { makeReady } from '../../src/storage/embedded/disk/preflight.ts';
import { inUseByAnyone, KEY as OWNER } from '../../src/storage/embedded/owner.ts';
import { storeMissing } from './messages.ts';
import { hasStore } from './place.ts';

const TOLD_EVERY_MS = 200;

/**
 * Copies the store in `folder` into the new folder `to`. LMDB lets readers of other processes in beside the one that
 * writes and shows them the last committed state, so the copy holds every write acknowledged before it began, and each
 * transaction as a whole or not at all. `told` hears how many bytes are written, and how many there may be at most.
 * @throws DataError store_missing; StoreError store_damaged
 */
export async function copyStore(
  folder: string,
  to: string,
  told: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  if (!hasStore(folder)) throw storeMissing(folder);
  await makeReady(folder, () => inUseByAnyone(folder), true);
  await mkdir(to, { recursive: true, mode: 0o700 });
  const copy = join(to, DATA_FILE);
  const { size } = await stat(join(folder, DATA_FILE));
  const timer = setInterval(() => {
    void stat(copy).then(
      (now) => told(Math.min(now.size, size), size),
      () => undefined,
    );
  }, TOLD_EVERY_MS);
  try {
    const environment = openEnvironment(folder);
    try {
      await environment.root.backup(to, true).catch((error: Error) => {
        // LMDB hands on the system's words without their code.
        throw /no space left/i.test(error.message) ? Object.assign(error, { code: 'ENOSPC' }) : error;
      });
    } finally {
      await environment.close();
    }
  } finally {
    clearInterval(timer);
  }
  await disown(to);
  told(size, size);
}

/** The copy says that the process of the original has it open, which is not so. */
async function disown(folder: string): Promise<void> {
  const environment = openEnvironment(folder);
  environment.transact(() => {
    environment.meta.removeSync(OWNER);
  });
  await environment.close();
}
