/** `maxTimeMS` ends what takes longer, reading or writing, and nothing that takes less. */
import { type Db, MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/storage.ts';

const COUNT = 2000;
const SUM = { $reduce: { input: { $range: [0, 500] }, initialValue: '$n', in: { $add: ['$$value', '$$this'] } } };
const SLOW = { $expr: { $gte: [SUM, 0] } };

let fresh: FreshDatabase;
let client: MongoClient;
let db: Db;

beforeAll(async () => {
  fresh = await freshDatabase();
  client = new MongoClient(fresh.uri);
  db = client.db(fresh.connection.name);
  await db.collection('wishes').insertMany(Array.from({ length: COUNT }, (_, n) => ({ n })));
});
afterAll(async () => {
  await client.close();
  await fresh.drop();
});

const LONG: Record<string, object> = {
  'a find': { find: 'wishes', filter: { $nor: [SLOW] } },
  'a count': { count: 'wishes', query: SLOW },
  'a pipeline': { aggregate: 'wishes', pipeline: [{ $group: { _id: null, n: { $sum: SUM } } }], cursor: {} },
  'a pipeline that stores': { aggregate: 'wishes', pipeline: [{ $set: { n: SUM } }, { $out: 'sums' }], cursor: {} },
  'a search for distinct values': { distinct: 'wishes', key: 'n', query: SLOW },
  'an update': { update: 'wishes', updates: [{ q: SLOW, u: { $set: { m: 1 } }, multi: true }] },
};

test.each(Object.keys(LONG))('%s', async (name) => {
  const run = (maxTimeMS: number) => db.command({ ...LONG[name], maxTimeMS } as never).catch((error: unknown) => error);
  const ended = (await run(30)) as { code?: number; writeErrors?: { code: number }[] };
  expect(ended.writeErrors?.[0]?.code ?? ended.code).toBe(50);
  expect((await db.listCollections({}, { nameOnly: true }).toArray()).map((one) => one.name)).toEqual(['wishes']);
  expect(await db.command({ find: 'wishes', limit: 1, maxTimeMS: 60_000 })).toMatchObject({ ok: 1 });
});

test('what is not done is not said to be: killOp is no command here', async () => {
  await expect(db.admin().command({ killOp: 1, op: 1 })).rejects.toMatchObject({ code: 59 });
});
