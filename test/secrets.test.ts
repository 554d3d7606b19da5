import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { openVault } from '../src/core/vault.ts';
import { proveSecrets, readSecrets } from '../src/secrets.ts';
import { type FreshDatabase, freshDatabase } from './support/storage.ts';

const base64 = () => randomBytes(32).toString('base64');

describe('the file of secrets', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'haolin-secrets-'));
    path = join(folder, 'secrets.json');
    return () => rm(folder, { recursive: true, force: true });
  });
  const read = (more: Record<string, string> = {}) => readSecrets(readConfig({ DATA_DIR: folder, ...more }));
  const storeInUse = async () => {
    await mkdir(join(folder, 'store'));
    await writeFile(join(folder, 'store', 'data.mdb'), 'data');
  };

  it('is made once, for its owner only, and read from then on', async () => {
    const first = await read();
    expect([first.field.length, first.token.length, first.oldFields]).toEqual([32, 32, []]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['secrets.json']);
    await storeInUse();
    expect(await read()).toEqual(first);
  });

  it('is one file, whoever of many that start at once makes it', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => read()));
    expect(new Set(all.map(({ field, token }) => `${field} ${token}`)).size).toBe(1);
    expect(await readdir(folder)).toEqual(['secrets.json']);
  });

  it('is made again when a process died while making it, and what that left is no hindrance', async () => {
    await writeFile(path, '');
    await writeFile(`${path}.123.abcdef`, '{"field"');
    const made = await read();
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
      field: Buffer.from(made.field).toString('base64'),
      token: Buffer.from(made.token).toString('base64'),
    });
  });

  it('is never made anew beside data that was sealed with a lost one', async () => {
    await storeInUse();
    await expect(read()).rejects.toThrow(/不见了/);
    await writeFile(path, '');
    await expect(read()).rejects.toThrow(/损坏/);
    await rm(path);
    await expect(read({ TOKEN_SECRET: base64() })).rejects.toThrow(/不见了/);
    expect(await readdir(folder)).toEqual(['store']);
    // With the sealing secret given only sign-ins are lost, and those are made again.
    const field = base64();
    expect((await read({ FIELD_SECRET: field })).field).toEqual(Buffer.from(field, 'base64'));
  });

  it('says so when it is damaged', async () => {
    for (const text of ['{', 'null', '{}', '{"field":"AAAA"}', '{"field":"","token":""}', '{"field":1,"token":2}']) {
      await writeFile(path, text);
      await expect(read()).rejects.toThrow(/损坏/);
    }
  });

  it('is not needed where the environment gives both, earlier ones included', async () => {
    const [field, token, old, oldest] = [base64(), base64(), base64(), base64()];
    const secrets = await read({ FIELD_SECRET: field, TOKEN_SECRET: token, FIELD_SECRETS_OLD: `${old},${oldest}` });
    expect(secrets.oldFields).toEqual([old, oldest].map((one) => Buffer.from(one, 'base64')));
    expect(await readdir(folder)).toEqual([]);
    await expect(read({ MONGODB_URI: 'mongodb://x/y', FIELD_SECRET: field })).rejects.toThrow(/TOKEN_SECRET/);
  });
});

describe('the proof that a store was sealed with these secrets', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  beforeEach(async () => {
    await database.connection.collection('vault_proofs').deleteMany({});
  });
  afterAll(() => database.drop());
  const prove = (...secrets: [Uint8Array, ...Uint8Array[]]) => {
    const [now, ...old] = secrets;
    return proveSecrets(database.connection, openVault(now, old));
  };
  const [a, b, c] = [randomBytes(32), randomBytes(32), randomBytes(32)];

  it('is given by the first start and holds for every later one, however many at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => prove(a)));
    await prove(a);
    expect(await database.connection.collection('vault_proofs').countDocuments()).toBe(1);
  });

  it('fails with any other secret, in Chinese, and leaves the right one good', async () => {
    await prove(a);
    for (let n = 0; n < 2; n += 1) {
      await expect(prove(b)).rejects.toThrow(/密钥不对.*FIELD_SECRETS_OLD/);
      await prove(a);
    }
  });

  it('lets a secret be changed while the earlier ones are given, and misses each that is not', async () => {
    await prove(a);
    await prove(b, a);
    await prove(c, b, a);
    await prove(c, a, b);
    for (const secrets of [[c, b], [c, a], [c], [b, a], [a]] as [Uint8Array, ...Uint8Array[]][]) {
      await expect(prove(...secrets)).rejects.toThrow(/密钥不对/);
    }
  });

  it('is not fooled by one that was changed', async () => {
    await prove(a);
    await prove(b, a);
    const proofs = database.connection.collection<{ _id: string; sealed: string }>('vault_proofs');
    const [first, second] = await proofs.find().toArray();
    await proofs.updateOne({ _id: first?._id ?? '' }, { $set: { sealed: second?.sealed ?? '' } });
    await expect(prove(b, a)).rejects.toThrow(/密钥不对/);
  });
});
