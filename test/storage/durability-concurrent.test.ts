/** Long writes while their collection gets another name or is dropped: each is done in slices, and others come between. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkFolder, openEngine } from '../../src/storage/embedded/engine.ts';

interface Wish {
  _id: number;
  area: string;
  n: number;
}

const COUNT = 20_000;

let folder: string;
let close: () => Promise<void>;
let db: Db;

async function open(): Promise<void> {
  const engine = await openEngine({ folder, listen: { port: 0 } });
  const client = new MongoClient(`mongodb://${engine.host}/`);
  db = client.db('city');
  close = async () => {
    await client.close();
    await engine.close();
  };
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-concurrent-'));
  await open();
  const wishes = db.collection<Wish>('wishes');
  await wishes.createIndex({ area: 1 });
  await wishes.insertMany(Array.from({ length: COUNT }, (_, n) => ({ _id: n, area: `a${n % 7}`, n })));
});
afterEach(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

/** What goes on for many slices, each of them a write of `wishes`. */
const LONG: Record<string, () => Promise<unknown>> = {
  'an update of every document': () =>
    db.collection<Wish>('wishes').updateMany({}, { $set: { area: 'b' }, $inc: { n: 1 } }),
  'a removal of most documents': () => db.collection<Wish>('wishes').deleteMany({ n: { $gte: 100 } }),
  'the making of an index': () => db.collection<Wish>('wishes').createIndex({ n: 1, area: 1 }),
  'a large insert': () =>
    db
      .collection<Wish>('wishes')
      .insertMany(Array.from({ length: COUNT }, (_, n) => ({ _id: -1 - n, area: 'c', n: -n }))),
};

/** Begins the long work, does the other in the middle of it, and waits for both, whatever comes of the first. */
async function during(long: () => Promise<unknown>, other: () => Promise<unknown>): Promise<void> {
  const ended = long().then(
    () => undefined,
    () => undefined,
  );
  await new Promise((resolve) => setTimeout(resolve, 30));
  await other();
  await ended;
}

/** The store's own verification, after it was closed and opened as after any stop. */
async function reopened(): Promise<string[]> {
  await close();
  const { faults, collections } = await checkFolder(folder);
  expect([...faults, ...collections.flatMap((one) => one.faults)]).toEqual([]);
  await open();
  return (await db.listCollections().toArray()).map(({ name }) => name);
}

describe.each(Object.keys(LONG))('%s', (name) => {
  const long = LONG[name] as () => Promise<unknown>;

  test('while the collection gets another name and another index', async () => {
    await during(long, async () => {
      await db.renameCollection('wishes', 'dreams');
      await db.collection<Wish>('dreams').createIndex({ n: -1 });
      await db.collection<Wish>('dreams').insertOne({ _id: COUNT, area: 'z', n: COUNT });
    });
    const names = await reopened();
    expect(names).toContain('dreams');
    const dreams = db.collection<Wish>('dreams');
    expect(await dreams.findOne({ _id: COUNT })).toEqual({ _id: COUNT, area: 'z', n: COUNT });
    expect((await dreams.indexes()).map((index) => index.name)).toContain('n_-1');
    expect(await dreams.countDocuments({ n: { $exists: true } })).toBe(await dreams.estimatedDocumentCount());
  });

  test('while the collection is dropped', async () => {
    await during(long, () => db.dropCollection('wishes'));
    for (const left of await reopened()) {
      // Only what an insert put there after the drop.
      expect(left).toBe('wishes');
      expect(await db.collection<Wish>('wishes').findOne({ _id: { $gte: 0 } })).toBeNull();
    }
  });
});
