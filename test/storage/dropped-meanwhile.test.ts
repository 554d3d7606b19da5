/** What a command reads or writes is dropped in the middle of it: it says so, instead of answering with a part. */
import { setTimeout as wait } from 'node:timers/promises';
import { type Db, MongoClient } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/storage.ts';

interface Wish {
  _id: number;
  n: number;
}

const COUNT = 1000;

let fresh: FreshDatabase;
let other: MongoClient;
/** The long command's connection, and that of whoever drops. */
let db: Db;
let there: Db;

beforeAll(async () => {
  fresh = await freshDatabase();
  db = fresh.connection.db as unknown as Db;
  other = new MongoClient(fresh.uri);
  there = other.db(db.databaseName);
});
afterAll(async () => {
  await other.close();
  await fresh.drop();
});
beforeEach(async () => {
  await db.dropDatabase();
  await wishes().createIndex({ n: 1 });
  await wishes().insertMany(Array.from({ length: COUNT }, (_, n) => ({ _id: n, n })));
  await db.collection<Wish>('one').insertOne({ _id: 1, n: 1 });
  await db.createCollection('seen', { viewOn: 'wishes', pipeline: [{ $match: SLOW }] });
});

const wishes = () => db.collection<Wish>('wishes');

/** True of every document, and long to reckon. */
const SUM = { $reduce: { input: { $range: [0, 500] }, initialValue: '$n', in: { $add: ['$$value', '$$this'] } } };
const SLOW = { $expr: { $gte: [SUM, 0] } };
const NEVER = { $expr: { $lt: [SUM, 0] } };

const LONG: Record<string, () => Promise<unknown>> = {
  'a find': () => wishes().find(NEVER).toArray(),
  'a find of the next batch': () =>
    wishes()
      .find({ $or: [{ _id: { $lt: 2 } }, NEVER] })
      .hint({ $natural: 1 })
      .batchSize(2)
      .toArray(),
  'a find through an index': () => wishes().find(NEVER).hint('n_1').toArray(),
  'a sorted find': () => wishes().find(SLOW).sort({ n: -1, _id: 1 }).toArray(),
  'a count': () => db.command({ count: 'wishes', query: SLOW }),
  'a count by a pipeline': () => wishes().countDocuments(SLOW),
  'a group': () =>
    wishes()
      .aggregate([{ $group: { _id: null, n: { $sum: SUM } } }])
      .toArray(),
  'a view': () => db.collection('seen').find().toArray(),
  'a count of a view': () => db.command({ count: 'seen' }),
  'a lookup': () =>
    db
      .collection('one')
      .aggregate([{ $lookup: { from: 'wishes', pipeline: [{ $match: NEVER }], as: 'all' } }])
      .toArray(),
  'a search for distinct values': () => wishes().distinct('n', SLOW),
  'an explanation': () => wishes().find(SLOW).explain('executionStats'),
  'an update': () => wishes().updateMany(SLOW, { $set: { m: 1 } }),
  'an update of the found': () => wishes().updateMany({}, [{ $set: { n: SUM } }]),
  'a removal': () => wishes().deleteMany(NEVER),
  'a pipeline that stores': () =>
    wishes()
      .aggregate([{ $set: { n: SUM } }, { $out: 'sums' }])
      .toArray(),
};

/** What the long command came to when the other was done in the middle of it. */
async function during(long: () => Promise<unknown>, happens: () => Promise<unknown>): Promise<unknown> {
  const outcome = long().then(
    (result) => ({ result }),
    (error: unknown) => error,
  );
  await wait(30);
  await happens();
  return outcome;
}

/** Refused while it was read, or, when that was between two batches, at the next one. */
function expectEnded(outcome: unknown): void {
  expect([175, 43]).toContain((outcome as { code?: number }).code);
}

describe.each(Object.keys(LONG))('%s', (name) => {
  const long = LONG[name] as () => Promise<unknown>;

  test('is ended when the collection is dropped', async () => {
    expectEnded(await during(long, () => there.dropCollection('wishes')));
  });
});

test.each<[string, () => Promise<unknown>]>([
  ['its database', () => there.dropDatabase()],
  ['its index', () => there.collection('wishes').dropIndex('n_1')],
  ['all indexes', () => there.collection('wishes').dropIndexes()],
  ['it for another that takes its name', () => there.renameCollection('one', 'wishes', { dropTarget: true })],
  [
    'it for what a pipeline stores',
    () =>
      there
        .collection('one')
        .aggregate([{ $out: 'wishes' }])
        .toArray(),
  ],
])('dropping %s ends a find through an index', async (_, happens) => {
  const outcome = await during(() => wishes().find(NEVER).hint('n_1').toArray(), happens);
  expectEnded(outcome);
});

test.each(['n_1', '*'])('dropping the index %s ends the next batch that is being read', async (index) => {
  const long = LONG['a find of the next batch'] as () => Promise<unknown>;
  const outcome = await during(long, () => there.command({ dropIndexes: 'wishes', index }));
  expectEnded(outcome);
});

test.each(['$out', '$merge'])(
  'a pipeline whose %s is dropped keeps nothing that is not found afterwards',
  async (stage) => {
    const to =
      stage === '$out'
        ? { db: `${db.databaseName}_2`, coll: 'sums' }
        : { into: { db: `${db.databaseName}_2`, coll: 'sums' } };
    const target = other.db(`${db.databaseName}_2`);
    await target.collection<Wish>('sums').insertOne({ _id: -1, n: 1 });
    try {
      const outcome = await during(
        () =>
          wishes()
            .aggregate([{ $set: { n: SUM } }, { [stage]: to }])
            .toArray(),
        () => target.dropDatabase(),
      );
      expect(outcome).toMatchObject(stage === '$out' ? { code: 175 } : { result: [] });
      expect((await target.listCollections().toArray()).map(({ name }) => name)).toEqual(
        stage === '$out' ? [] : ['sums'],
      );
      await target.collection<Wish>('sums').insertOne({ _id: -2, n: 2 });
      expect(await target.collection<Wish>('sums').findOne({ _id: -2 })).toEqual({ _id: -2, n: 2 });
    } finally {
      await target.dropDatabase();
    }
  },
);
