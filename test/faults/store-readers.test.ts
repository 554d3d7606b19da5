/** Processes that read a store's file beside its owner, as a backup does, and are killed at it. */
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { expect, test } from 'vitest';
import { DATA_FILE } from '../../src/storage/embedded/disk/environment.ts';
import { readHeader } from '../../src/storage/embedded/disk/pages.ts';
import { openEngine } from '../../src/storage/embedded/engine.ts';
import { start } from './child.ts';

const SWEEP_MS = 50;
const PAGES_WRITTEN = 500;

/** Reads in one snapshot and keeps it. */
const READER = `
import { open } from ${JSON.stringify(import.meta.resolve('lmdb'))};
const root = open({ path: process.env.FOLDER, noSubdir: false, maxDbs: 4, keyEncoding: 'binary', encoding: 'binary' });
const meta = root.openDB('meta', { keyEncoding: 'binary', encoding: 'binary', cache: false });
const transaction = root.useReadTransaction();
meta.get(Buffer.from('x'), { transaction });
console.log('reading');
setInterval(() => transaction, 1000);
`;

function lastPage(folder: string): number {
  const file = openSync(join(folder, DATA_FILE), 'r');
  try {
    return readHeader(file).lastPage;
  } finally {
    closeSync(file);
  }
}

test('a reader that was killed lets go of what it saw, so that the file does not grow for ever', async () => {
  const room = await mkdtemp(join(tmpdir(), 'haolin-readers-'));
  const folder = join(room, 'store');
  const script = join(room, 'reader.mjs');
  await writeFile(script, READER);
  const engine = await openEngine({ folder, listen: { port: 0 }, sweepEveryMs: SWEEP_MS });
  const client = new MongoClient(`mongodb://${engine.host}/`);
  try {
    const wishes = client.db('city').collection<{ _id: number; text: string }>('wishes');
    await wishes.insertMany(Array.from({ length: PAGES_WRITTEN }, (_, _id) => ({ _id, text: 'x'.repeat(2500) })));
    /** How many pages the file grows by while all of it is written over and over. */
    const growth = async () => {
      const before = lastPage(folder);
      for (let i = 0; i < 20; i++) await wishes.updateMany({}, { $set: { text: String(i).padEnd(2500, 'y') } });
      return lastPage(folder) - before;
    };
    await growth();
    const reader = start(script, { FOLDER: folder });
    expect(await reader.line()).toBe('reading');
    expect(await growth()).toBeGreaterThan(5 * PAGES_WRITTEN);
    await reader.kill();
    await sleep(4 * SWEEP_MS);
    expect(await growth()).toBeLessThan(PAGES_WRITTEN);
  } finally {
    await client.close();
    await engine.close();
    await rm(room, { recursive: true, force: true });
  }
});
