/** The embedded store: opens a folder and answers the MongoDB wire protocol for it. */
import { existsSync } from 'node:fs';
import type { ListenOptions } from 'node:net';
import { join } from 'node:path';
import { setImmediate as others } from 'node:timers/promises';
import type { Parts } from './commands/command.ts';
import { UNFINISHED } from './commands/outlets.ts';
import { Cursors } from './cursors.ts';
import { Catalog } from './disk/catalog.ts';
import { type CheckedStore, checkStore } from './disk/check.ts';
import { DATA_FILE, type Environment, openEnvironment } from './disk/environment.ts';
import { lookAtPages } from './disk/pages.ts';
import { makeReady } from './disk/preflight.ts';
import { Records } from './disk/records.ts';
import { Executor } from './executor.ts';
import { FailPoints } from './fail-points.ts';
import { inUseByAnyone, type Ownership, takeOwnership } from './owner.ts';
import { type Listening, listen } from './server.ts';
import { storeDamaged, storeMissing, storeUnreachable } from './store-error.ts';
import { removeDropped, startRounds } from './sweeper.ts';

export interface OpenOptions {
  /** Folder of the store's files; created when missing. */
  folder: string;
  listen: ListenOptions;
  /** How often expired documents are looked for; a minute when absent, as in MongoDB. */
  sweepEveryMs?: number;
  /** Whether it is opened to be read, and so a disk almost full will do. */
  reads?: boolean;
  /** Whether it is for a while only, and so need not outlive a power cut. */
  fleeting?: boolean;
  /** Whether commands can be told to fail, as the drivers' own tests want it. */
  failPoints?: boolean;
}

const MINUTE = 60_000;

/**
 * Opens the store and listens.
 * @throws StoreError when it cannot be opened: it says why and what to do
 */
export async function openEngine({
  folder,
  listen: where,
  sweepEveryMs = MINUTE,
  reads = false,
  fleeting = false,
  failPoints = false,
}: OpenOptions): Promise<Listening> {
  const environment = await open(folder, reads, fleeting);
  let ownership: Ownership | undefined;
  try {
    const owned = await takeOwnership(environment, folder, endProcess);
    ownership = owned;
    const catalog = new Catalog(environment);
    environment.transact(() => dropUnfinished(catalog));
    const parts: Parts = {
      environment,
      catalog,
      records: new Records(environment, catalog),
      cursors: new Cursors(),
      now: () => new Date(),
      startedAt: new Date(),
    };
    const executor = new Executor(parts, report);
    const server = await listen(failPoints ? new FailPoints(executor) : executor, where);
    const stopRounds = startRounds(parts, executor, sweepEveryMs, report);
    if (catalog.dropped.any()) void executor.own(() => removeDropped(parts));
    return {
      host: server.host,
      close: async () => {
        stopRounds();
        await server.close();
        await executor.end();
        owned.release();
        await environment.close();
      },
    };
  } catch (error) {
    ownership?.release();
    await environment.close();
    throw storeUnreachable(folder, error);
  }
}

const report = (error: unknown) => console.error('embedded store:', error);

/** Without its folder the engine can do nothing right: its process ends as by an error nobody caught. */
function endProcess(error: Error): void {
  setImmediate(() => {
    throw error;
  });
}

/** @throws StoreError */
async function open(folder: string, reads = false, fleeting = false): Promise<Environment> {
  await makeReady(folder, () => inUseByAnyone(folder), reads);
  try {
    return openEnvironment(folder, fleeting, report);
  } catch (error) {
    throw storeUnreachable(folder, error);
  }
}

/** An index or a collection whose making was cut short by the end of the process was never promised to anyone. */
function dropUnfinished(catalog: Catalog): void {
  for (const collection of [...catalog.all()]) {
    if (collection.name.startsWith(UNFINISHED)) catalog.drop(collection);
    else if (collection.indexes.some(({ building }) => building)) {
      catalog.setIndexes(
        collection,
        collection.indexes.filter(({ building }) => !building),
      );
    }
  }
}

/** How often a check lets others work and tells how far it is, in records and entries. */
const CHECK_SLICE = 20_000;

/**
 * Checks the store in a folder that no process has open: see `disk/check.ts`. `progress` is told how many records and
 * entries were looked at, and of how many.
 * @throws StoreError when there is no store, when it is too damaged to be opened, or while another process has it open
 */
export async function checkFolder(
  folder: string,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<CheckedStore> {
  const path = join(folder, DATA_FILE);
  if (!existsSync(path)) throw storeMissing(folder);
  const environment = await open(folder);
  try {
    const ownership = await takeOwnership(environment, folder);
    try {
      const { damage } = lookAtPages(path);
      if (damage !== undefined) throw storeDamaged(path, damage);
      const catalog = new Catalog(environment);
      const total = [...catalog.all()].reduce((sum, { count, indexes }) => sum + count * (1 + indexes.length), 0);
      const check = checkStore(environment, catalog);
      for (let done = 1; ; done++) {
        const step = check.next();
        if (step.done) return step.value;
        if (done % CHECK_SLICE !== 0) continue;
        progress(Math.min(done, total), total);
        await others();
      }
    } finally {
      ownership.release();
    }
  } finally {
    await environment.close();
  }
}
