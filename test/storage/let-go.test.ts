/** A command that fails lets go of what it read: LMDB uses no page again that a reader may still see, and the file grows. */
import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, Long, MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DATA_FILE } from '../../src/storage/embedded/disk/environment.ts';
import { openEngine } from '../../src/storage/embedded/engine.ts';

let folder: string;
let close: () => Promise<void>;
let db: Db;
/** Of the file, when whatever read before has let go. */
let size: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-let-go-'));
  const engine = await openEngine({ folder, listen: { port: 0 } });
  const client = new MongoClient(`mongodb://${engine.host}/`);
  db = client.db('city');
  close = async () => {
    await client.close();
    await engine.close();
  };
  await wishes().createIndex({ z: 1, s: 1 });
  await wishes().insertMany(
    Array.from({ length: 400 }, (_, i) => ({ _id: i, z: i === 50 ? 0 : 1, s: i % 3, pad: 'x'.repeat(900) })),
  );
  // From here on the file has room for all that is written anew.
  size = await churn();
  size = await churn();
});
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

const wishes = () => db.collection<{ _id: number; z: number; s: number; pad: string }>('wishes');

/** Writes every document anew, many times over. */
async function churn(): Promise<number> {
  for (let i = 0; i < 25; i++) await wishes().updateMany({}, { $set: { pad: String(i).padEnd(900, 'y') } });
  return statSync(join(folder, DATA_FILE)).size;
}

const QUOTIENT = { $divide: [1, '$z'] };
const FAILS = { $expr: { $gte: [QUOTIENT, 0] } };
const READS: Record<string, object> = {
  'a projection': { find: 'wishes', projection: { q: QUOTIENT } },
  'a filter': { find: 'wishes', filter: FAILS },
  'a filter on an index': { find: 'wishes', filter: { z: { $gte: 0 }, ...FAILS }, hint: 'z_1_s_1' },
  'a filter before a sort': { find: 'wishes', filter: FAILS, sort: { pad: 1 } },
  'a filter before a merge': { find: 'wishes', filter: { z: { $in: [0, 1] }, ...FAILS }, sort: { s: 1 } },
  'a projection of the next batch': { find: 'wishes', projection: { q: QUOTIENT }, batchSize: 10 },
  'a pipeline': { aggregate: 'wishes', pipeline: [{ $project: { q: QUOTIENT } }], cursor: {} },
  'a pipeline after a group': {
    aggregate: 'wishes',
    pipeline: [{ $group: { _id: '$z' } }, { $project: { q: { $divide: [1, '$_id'] } } }],
    cursor: {},
  },
  'a pipeline that stores': {
    aggregate: 'wishes',
    pipeline: [{ $project: { q: QUOTIENT } }, { $out: 'quotients' }],
    cursor: {},
  },
  'a count': { count: 'wishes', query: FAILS },
  'a search for distinct values': { distinct: 'wishes', key: 's', query: FAILS },
  'an explanation': { explain: { find: 'wishes', filter: FAILS } },
  'a change': { update: 'wishes', updates: [{ q: FAILS, u: { $set: { s: 9 } }, multi: true }] },
};

test.each(Object.keys(READS))('%s that fails lets go of what it read', async (kind) => {
  const before = size;
  const reply = await db.command(READS[kind] as never).catch((error: unknown) => error);
  const id = (reply as { cursor?: { id: number } }).cursor?.id;
  const failed =
    id === undefined
      ? reply
      : await db.command({ getMore: Long.fromNumber(id), collection: 'wishes' }).catch((error: unknown) => error);
  expect(String((failed as { writeErrors?: { errmsg: string }[] }).writeErrors?.[0]?.errmsg ?? failed)).toMatch(
    /divide/i,
  );
  size = await churn();
  expect(size).toBeLessThan(before + 4 * 2 ** 20);
});
