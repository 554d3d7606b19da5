import { randomBytes } from 'node:crypto';
import { constants, copyFile, link, open, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { z } from 'zod';
import { CannotStart } from './complaints.ts';
import type { Config } from './config.ts';
import { sealPlace, type Vault } from './core/vault.ts';
import { makeFolder } from './data-folder.ts';

export interface Secrets {
  field: Uint8Array;
  /** Field secrets used before, latest first. */
  oldFields: Uint8Array[];
  token: Uint8Array;
}

const kept = z.object({ field: z.base64().min(1), token: z.base64().min(1) });
type Kept = z.infer<typeof kept>;

/**
 * The two secrets: from the environment or, for a house on its own embedded store, made once and kept beside the data
 * in a file only its owner may read.
 * @throws CannotStart when a shared MongoDB is used without them (every process must have the same, and they must not lie
 *   there), when the file is damaged, or when it is gone while the store is still there
 */
export async function readSecrets(config: Config): Promise<Secrets> {
  const { fieldSecret: field, tokenSecret: token } = config;
  const oldFields = config.oldFieldSecrets.map(bytesOf);
  if (field && token) return { field: bytesOf(field), oldFields, token: bytesOf(token) };
  if (config.mongoUri) {
    throw new CannotStart(
      '设了 MONGODB_URI，就要同时设 FIELD_SECRET 和 TOKEN_SECRET，可以用 openssl rand -base64 32 生成。',
      'With MONGODB_URI set FIELD_SECRET and TOKEN_SECRET too: openssl rand -base64 32',
    );
  }
  const made = await keptSecrets(config.folder, field !== undefined);
  return { field: bytesOf(field ?? made.field), oldFields, token: bytesOf(token ?? made.token) };
}

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'base64');

async function keptSecrets(folder: string, fieldKnown: boolean): Promise<Kept> {
  const path = join(folder, 'secrets.json');
  await makeFolder(folder);
  const inUse = (await readdir(join(folder, 'store')).catch(() => [])).length > 0;
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  });
  // Nothing in it: a process died while it made the file in place, as earlier versions did.
  if (text === '' && !inUse) await unlink(path);
  else if (text !== undefined) return secretsIn(text, path);
  if (inUse && !fieldKnown) {
    throw new CannotStart(
      `密钥文件 ${path} 不见了，而数据还在：没有它，已经加密的号码和住址打不开。请从备份放回这个文件，或用 FIELD_SECRET 给出原来的密钥。`,
      `The file of secrets ${path} is gone and the data is still there: what was sealed cannot be opened without it. Put it back from a backup, or give the secret as FIELD_SECRET.`,
    );
  }
  await makeOnce(folder, path);
  return secretsIn(await readFile(path, 'utf8'), path);
}

function secretsIn(text: string, path: string): Kept {
  try {
    return kept.parse(JSON.parse(text));
  } catch (cause) {
    throw new CannotStart(
      `密钥文件 ${path} 损坏了，请从备份放回。`,
      `The file of secrets ${path} is damaged: put it back from a backup.`,
      cause,
    );
  }
}

/** Makes the file unless another process just did. Whoever finds it finds it whole, whatever died when. */
async function makeOnce(folder: string, path: string): Promise<void> {
  const made: Kept = { field: randomBytes(32).toString('base64'), token: randomBytes(32).toString('base64') };
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(JSON.stringify(made));
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    // Where a file system has no links, a copy that refuses to overwrite is the nearest to one.
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return;
      return copyFile(draft, path, constants.COPYFILE_EXCL);
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
  const directory = await open(folder, 'r');
  await directory.sync().finally(() => directory.close());
}

/** One known text a key, sealed with it: whoever cannot open them all has not all the secrets of this store. */
interface Proof {
  _id: string;
  sealed: string;
}
const PROOFS = 'vault_proofs';
const PROVEN = 'haolin';

/**
 * Makes sure that this store was sealed with the secrets given, before anything is sealed with wrong ones.
 * @throws CannotStart
 */
export async function proveSecrets(db: Connection, vault: Vault): Promise<void> {
  const proofs = db.collection<Proof>(PROOFS);
  const placeOf = (id: string) => sealPlace(PROOFS, id, 'sealed');
  const allOpen = async () =>
    (await proofs.find().toArray()).every(({ _id, sealed }) => vault.tryOpen(sealed, placeOf(_id)) === PROVEN);
  if (!(await allOpen())) throw wrongSecret();
  const own = { _id: vault.keyId };
  const sealed = vault.seal(PROVEN, placeOf(own._id));
  const { upsertedCount } = await proofs.updateOne(own, { $setOnInsert: { sealed } }, { upsert: true });
  if (upsertedCount === 0 || (await allOpen())) return;
  // Another process began this store in the same moment, with another secret: the proof must not keep it out.
  await proofs.deleteOne(own);
  throw wrongSecret();
}

const wrongSecret = (): Error =>
  new CannotStart(
    '密钥不对：数据库里有用另一个 FIELD_SECRET 加密的内容，现在的密钥打不开。请换回原来的 FIELD_SECRET（或 secrets.json）；如果是更换密钥，请把以前的都放进 FIELD_SECRETS_OLD。',
    'Wrong secret: what is in the database was sealed with another FIELD_SECRET. Give that one (or its secrets.json) or, where secrets were changed, all earlier ones in FIELD_SECRETS_OLD.',
  );
