/** The house for a script that works on its data and then ends: wired like the application's, but nothing listens. */
import { type App, createApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import type { House } from '../src/core/house.ts';

/**
 * Runs `work` in the house of a folder (the embedded store) or of a MongoDB, and closes it afterwards.
 * @param where what the command line gave; the environment decides the rest
 */
export async function inHouse<T>(
  where: { folder?: string | undefined; uri?: string | undefined; demo?: boolean },
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
  const app = await createApp(config);
  try {
    return await work(app.house, app);
  } finally {
    await app.stop(0);
  }
}
