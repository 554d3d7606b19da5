import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';

export interface Secrets {
  field: Uint8Array;
  token: Uint8Array;
}

/**
 * The two secrets: from the environment or, for a house on its own embedded store, made once and kept beside the data
 * in a file only its owner may read.
 * @throws Error when a shared MongoDB is used without them: every process must have the same, and they must not lie there
 */
export async function readSecrets(config: Config): Promise<Secrets> {
  const field = config.fieldSecret;
  const token = config.tokenSecret;
  if (field && token) return { field: Buffer.from(field, 'base64'), token: Buffer.from(token, 'base64') };
  if (config.mongoUri) {
    throw new Error('With MONGODB_URI set FIELD_SECRET and TOKEN_SECRET too: openssl rand -base64 32');
  }
  const kept = await keptSecrets(config.folder);
  return { field: Buffer.from(field ?? kept.field, 'base64'), token: Buffer.from(token ?? kept.token, 'base64') };
}

async function keptSecrets(folder: string): Promise<{ field: string; token: string }> {
  const path = join(folder, 'secrets.json');
  await mkdir(folder, { recursive: true });
  try {
    return JSON.parse(await readFile(path, 'utf8')) as { field: string; token: string };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const made = { field: randomBytes(32).toString('base64'), token: randomBytes(32).toString('base64') };
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(JSON.stringify(made));
    await file.sync();
  } finally {
    await file.close();
  }
  return made;
}
