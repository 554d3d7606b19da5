import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, type Document, MongoClient } from 'mongodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Records } from '../../src/storage/embedded/disk/records.ts';
import { openEngine } from '../../src/storage/embedded/engine.ts';
import type { Listening } from '../../src/storage/embedded/server.ts';

let folder: string;
let engine: Listening;
let client: MongoClient;
let db: Db;
let reported: ReturnType<typeof vi.spyOn>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-sweeping-'));
  engine = await openEngine({ folder, listen: { port: 0 }, sweepEveryMs: 20 });
  client = await new MongoClient(`mongodb://${engine.host}/`).connect();
  db = client.db('t');
});
afterAll(async () => {
  await client.close();
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await db.dropDatabase();
  reported = vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => reported.mockRestore());

const LONG_AGO = new Date(0);
const OVER = { expireAfterSeconds: 1 };

describe('expired documents go', () => {
  const indexes: [string, Document][] = [
    ['a plain', {}],
    ['a hidden', { hidden: true }],
    ['a sparse', { sparse: true }],
    ['a partial', { partialFilterExpression: { s: 'over' } }],
    [
      'a partial one with a collation, a',
      { partialFilterExpression: { s: 'OVER' }, collation: { locale: 'en', strength: 2 } },
    ],
    ['a descending', { key: { at: -1 } }],
  ];
  test.each(indexes)(
    'by %s index, and so do those of collections made later',
    async (_, { key = { at: 1 }, ...options }) => {
      await db.collection('a').createIndex(key, { ...OVER, ...options });
      await db.collection('b').createIndex({ at: 1 }, OVER);
      for (const name of ['a', 'b']) {
        await db.collection<Document>(name).insertMany([
          { _id: 'gone' as never, at: LONG_AGO, s: 'over' },
          { _id: 'to come' as never, at: new Date(9e12), s: 'over' },
          { _id: 'no time' as never, at: 'then', s: 'over' },
        ]);
      }
      for (const name of ['a', 'b']) {
        const ids = async () => (await db.collection(name).distinct('_id')).sort();
        await expect.poll(ids, { timeout: 5_000 }).toEqual(['no time', 'to come']);
      }
      expect(reported).not.toHaveBeenCalled();
    },
  );

  test('whatever stands in the way of another index, which is told', async () => {
    await db.collection('a').createIndex({ '$**': 1 }, OVER);
    await db.collection('b').createIndex({ at: 1 }, OVER);
    await db.collection('b').insertOne({ at: LONG_AGO });
    await expect.poll(() => db.collection('b').countDocuments(), { timeout: 5_000 }).toBe(0);
    expect(reported).toHaveBeenCalledWith('embedded store:', expect.stringMatching(/t\.a, index \$\*\*_1 stay/));
  });

  test('and nothing is told of a collection that itself is dropped meanwhile', async () => {
    let dropped: Promise<unknown> | undefined;
    const remove = Records.prototype.remove;
    const removed = vi.spyOn(Records.prototype, 'remove').mockImplementation(function (this: Records, ...given) {
      dropped ??= db.dropCollection('a');
      return remove.apply(this, given);
    });
    try {
      await db.collection('a').insertMany(Array.from({ length: 2000 }, () => ({ at: LONG_AGO })));
      await db.collection('a').createIndex({ at: 1 }, OVER);
      await expect.poll(() => dropped).toBe(true);
      await db.collection('b').insertOne({ at: LONG_AGO });
      await db.collection('b').createIndex({ at: 1 }, OVER);
      await expect.poll(() => db.collection('b').countDocuments(), { timeout: 5_000 }).toBe(0);
      expect(removed.mock.calls.length).toBeLessThan(2000);
      expect(reported).not.toHaveBeenCalled();
    } finally {
      removed.mockRestore();
    }
  });
});
