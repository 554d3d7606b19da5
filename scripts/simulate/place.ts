/** Where a simulated house keeps its store: a folder for this once, or a copy of one that is filled and kept. */
import { randomBytes } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Settings of a house on a folder. */
export type Environment = Record<string, string>;

export interface Place {
  /** Settings of the house, without its store's address. */
  env: Environment;
  /** The store's folder. */
  store: string;
  /** Where the chats write what they are given. */
  sent: string;
  /** Whether all who take part are in the store already. */
  isFilled: boolean;
  remove(): Promise<void>;
}

const secret = () => randomBytes(32).toString('base64');

/**
 * A place to simulate in.
 * @param kept a folder that keeps what is filled under `name`, for the next time
 * @param fill fills an empty store in a folder; only asked for where it is kept
 */
export async function placeFor(
  kept: string | undefined,
  name: string,
  fill: (store: string, env: Environment) => Promise<void>,
): Promise<Place> {
  if (kept !== undefined) await mkdir(kept, { recursive: true });
  const folder = await mkdtemp(join(kept ?? tmpdir(), 'haolin-year-'));
  const store = join(folder, 'store');
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const secrets = await secretsIn(kept);
    const env = { ...secrets, DATA_DIR: folder, REDIS_URL: '', LOG_LEVEL: 'fatal', PUPPET: 'none' };
    if (kept !== undefined) {
      const filled = join(kept, name);
      if (!existsSync(filled)) {
        await fill(store, env);
        await rename(store, filled);
      }
      await cp(filled, store, { recursive: true, mode: constants.COPYFILE_FICLONE });
    }
    return { env, store, sent: join(folder, 'sent'), isFilled: kept !== undefined, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** What is filled can be read with the secrets of then only. */
async function secretsIn(kept: string | undefined): Promise<Environment> {
  const fresh = { FIELD_SECRET: secret(), TOKEN_SECRET: secret() };
  if (kept === undefined) return fresh;
  const file = join(kept, 'secrets.json');
  if (!existsSync(file)) await writeFile(file, JSON.stringify(fresh), { mode: 0o600 });
  return JSON.parse(await readFile(file, 'utf8')) as Environment;
}
