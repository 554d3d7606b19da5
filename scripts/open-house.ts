/** The house for a script that works on its data and then ends: wired like the application's, but nothing listens. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type App, createApp } from '../src/app.ts';
import { CannotStart } from '../src/complaints.ts';
import { readConfig } from '../src/config.ts';
import type { House } from '../src/core/house.ts';

/**
 * Runs `work` in the house of a folder (the embedded store) or of a MongoDB, and closes it afterwards.
 * @param where what the command line gave; the environment decides the rest. A command that only reads says so with
 *   `reads`: it makes no new house where there is none
 * @throws CannotStart of a folder without data that is only to be read
 */
export async function inHouse<T>(
  where: { folder?: string | undefined; uri?: string | undefined; demo?: boolean; reads?: boolean },
  work: (house: House, app: App) => Promise<T>,
): Promise<T> {
  const config = readConfig({
    LOG_LEVEL: 'warn',
    ...process.env,
    // Opening the house for a moment must not bring its bot up.
    PUPPET: 'none',
    ...(where.folder === undefined ? {} : { DATA_DIR: where.folder }),
    ...(where.uri === undefined ? {} : { MONGODB_URI: where.uri }),
    ...(where.demo === undefined ? {} : { DEMO: String(where.demo) }),
  });
  if (where.reads && config.mongoUri === undefined) await mustHoldData(config.folder);
  const app = await createApp(config);
  try {
    return await work(app.house, app);
  } finally {
    await app.stop(0);
  }
}

/** Of a house that is not there a command would say that all is quiet, and leave an empty one behind. */
async function mustHoldData(folder: string): Promise<void> {
  const kept = await readdir(join(folder, 'store')).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
    return [];
  });
  if (kept.length > 0) return;
  throw new CannotStart(
    `这个文件夹里没有数据：${folder}。请用 --folder（或 DATA_DIR）指明好邻的数据文件夹。`,
    `There is no data in this folder: ${folder}. Name the folder Haolin keeps its data in with --folder (or DATA_DIR).`,
  );
}
