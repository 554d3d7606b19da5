import fc from 'fast-check';
import type { CollationOptions, Collection, Document } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readCollation } from '../../src/storage/embedded/values/collation.ts';
import { type FreshDatabase, freshDatabase } from '../support/storage.ts';

let db: FreshDatabase;
let words: Collection;
const loose: CollationOptions = { locale: 'en', strength: 2 };

beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  words = db.connection.collection('words') as unknown as Collection;
  await words.drop();
  await words.insertMany(['ping', 'Ping', 'PONG', 'pöng', 'a', 'B', 'c'].map((w, i) => ({ _id: i as never, w, n: i })));
});
const ids = async (found: Promise<Document[]>) => (await found).map(({ _id }) => _id);

describe('a query with a collation', () => {
  test('finds, counts, changes and removes what the language takes for equal', async () => {
    const collation = loose;
    expect(await ids(words.find({ w: 'PING' }, { collation }).toArray())).toEqual([0, 1]);
    expect(await ids(words.find({ w: { $in: ['PING', 'A'] } }, { collation }).toArray())).toEqual([0, 1, 4]);
    expect(await ids(words.find({ w: { $ne: 'PING' } }, { collation }).toArray())).toEqual([2, 3, 4, 5, 6]);
    expect(await ids(words.find({ w: 'pong' }, { collation: { locale: 'en', strength: 1 } }).toArray())).toEqual([
      2, 3,
    ]);
    expect(await words.countDocuments({ w: 'PING' }, { collation })).toBe(2);
    expect((await words.distinct('w', {}, { collation })).sort()).toEqual(['B', 'PONG', 'a', 'c', 'ping', 'pöng']);
    expect((await words.updateMany({ w: 'PING' }, { $set: { hit: true } }, { collation })).modifiedCount).toBe(2);
    expect((await words.findOneAndUpdate({ w: 'C' }, { $set: { hit: true } }, { collation }))?._id).toBe(6);
    expect((await words.deleteMany({ w: 'b' }, { collation })).deletedCount).toBe(1);
    const updated = await words.updateOne({ _id: 0 as never }, { $set: { list: ['x', 'Y', 'z'] } });
    expect(updated.modifiedCount).toBe(1);
    await words.updateOne(
      { _id: 0 as never },
      { $set: { 'list.$[one]': 'found' } },
      { collation, arrayFilters: [{ one: 'y' }] },
    );
    await words.updateOne({ _id: 0 as never }, { $pull: { list: 'Z' as never } }, { collation });
    expect((await words.findOne({ _id: 0 as never }))?.list).toEqual(['x', 'found', 'z']);
  });

  test('orders as the language does, whole, in part and in a pipeline', async () => {
    const wanted = ['a', 'B', 'c', 'ping', 'Ping', 'pöng', 'PONG'];
    const sorted = words.find().sort({ w: 1 }).collation({ locale: 'en' });
    expect((await sorted.toArray()).map(({ w }) => w)).toEqual(['a', 'B', 'c', 'ping', 'Ping', 'PONG', 'pöng']);
    expect(
      (await words.find().sort({ w: 1, n: -1 }).collation({ locale: 'en', strength: 1 }).toArray()).map(({ w }) => w),
    ).toEqual(['a', 'B', 'c', 'Ping', 'ping', 'pöng', 'PONG']);
    expect((await words.find().sort({ w: -1 }).limit(2).skip(1).collation(loose).toArray()).map(({ w }) => w)).toEqual([
      'PONG',
      'ping',
    ]);
    const piped = await words
      .aggregate([{ $addFields: { x: 1 } }, { $sort: { w: 1 } }, { $limit: 2 }], { collation: loose })
      .toArray();
    expect(piped.map(({ w }) => w)).toEqual(wanted.slice(0, 2));
    expect((await words.find().sort({ w: 1 }).limit(3).toArray()).map(({ w }) => w)).toEqual(['B', 'PONG', 'Ping']);
    await words.deleteMany({});
    await words.insertMany(['a10', 'a9', 'a2'].map((w) => ({ w })));
    expect(
      (await words.find().sort({ w: 1 }).collation({ locale: 'en', numericOrdering: true }).toArray()).map(
        ({ w }) => w,
      ),
    ).toEqual(['a2', 'a9', 'a10']);
  });

  test('groups and compares in expressions by it', async () => {
    const collation = loose;
    const groups = await words
      .aggregate([{ $group: { _id: '$w', n: { $sum: 1 } } }, { $match: { n: 2 } }], { collation })
      .toArray();
    expect(groups).toEqual([{ _id: 'ping', n: 2 }]);
    expect(await ids(words.find({ $expr: { $eq: ['$w', 'PING'] } }, { collation }).toArray())).toEqual([0, 1]);
    const same = await words
      .aggregate([{ $project: { same: { $in: ['$w', ['PING']] } } }, { $match: { same: true } }], { collation })
      .toArray();
    expect(same).toHaveLength(2);
  });

  test('is refused when it is no collation', async () => {
    await expect(words.find({}, { collation: { locale: 'xx_nowhere' } }).toArray()).rejects.toMatchObject({ code: 2 });
    await expect(words.find({}, { collation: { strength: 2 } as never }).toArray()).rejects.toMatchObject({
      code: 40414,
    });
    await expect(words.find({}, { collation: { locale: 'en', strength: 9 } }).toArray()).rejects.toMatchObject({
      code: 9,
    });
    await expect(words.find({}, { collation: { locale: 'en', loud: true } as never }).toArray()).rejects.toMatchObject({
      code: 40415,
    });
  });
});

test('a unique index with a collation holds each text once, and answers queries with the same collation only', async () => {
  await words.deleteMany({ _id: 1 as never });
  await words.createIndex({ w: 1 }, { unique: true, collation: loose });
  await expect(words.insertOne({ w: 'PING' })).rejects.toMatchObject({ code: 11000, keyValue: { w: 'PING' } });
  await words.insertOne({ w: 'other' });
  const used = async (filter: Document, collation?: CollationOptions) => {
    const { queryPlanner } = await words
      .find(filter, collation === undefined ? {} : { collation })
      .explain('queryPlanner');
    return JSON.stringify(queryPlanner.winningPlan).includes('IXSCAN');
  };
  expect(await used({ w: 'Ping' }, loose)).toBe(true);
  expect(await used({ w: 'Ping' })).toBe(false);
  expect(await used({ w: 'Ping' }, { locale: 'fr', strength: 2 })).toBe(false);
  expect(await used({ w: 5 })).toBe(true);
  expect(await used({ w: { $gt: 'a' } }, loose)).toBe(false);
  expect((await words.indexes()).find(({ name }) => name === 'w_1')?.collation).toMatchObject({
    locale: 'en',
    strength: 2,
    caseLevel: false,
  });
});

test('a collection’s own collation counts where none is given', async () => {
  const own = await db.connection.createCollection('own', { collation: loose });
  await own.insertMany([{ w: 'Ping' }, { w: 'ping' }, { w: 'Q' }]);
  await own.createIndex({ w: 1 });
  expect(await own.countDocuments({ w: 'PING' })).toBe(2);
  expect(await own.find({ w: 'PING' }).collation({ locale: 'simple' }).toArray()).toEqual([]);
  expect((await own.indexes()).find(({ name }) => name === 'w_1')?.collation).toMatchObject({ strength: 2 });
  const [listed] = (await db.connection.listCollections()).filter(({ name }) => name === 'own') as Document[];
  expect(listed?.options.collation).toMatchObject({ locale: 'en', strength: 2 });
});

test('equal texts fold alike and others apart, whatever the strength', () => {
  const letters = fc.string({
    unit: fc.constantFrom('a', 'A', 'é', 'e\u0301', 'E', 'ö', '里', '1', ' ', '-', 'Å', '\u0001'),
    maxLength: 4,
  });
  for (const strength of [1, 2, 3]) {
    const collation = readCollation({ locale: 'en', strength });
    if (collation === undefined) throw new Error('no collation');
    fc.assert(
      fc.property(letters, letters, (a, b) => {
        expect([a, b, collation.fold(a) === collation.fold(b)]).toEqual([a, b, collation.compare(a, b) === 0]);
      }),
      { numRuns: 2000 },
    );
  }
});

test('with any indexes and collations a query finds what reading everything finds', async () => {
  const values = ['a', 'A', 'á', 'b', 'B', 1, 2, null, ['a', 'B'], { k: 'a' }, { k: 'A' }];
  const collations: (CollationOptions | undefined)[] = [
    undefined,
    loose,
    { locale: 'en', strength: 1 },
    { locale: 'sv' },
  ];
  await words.deleteMany({});
  await words.insertMany(values.flatMap((v) => values.slice(0, 6).map((u) => ({ v, u }) as Document)));
  for (const collation of collations) {
    await words.createIndex(
      { v: 1, u: -1 },
      { name: JSON.stringify(collation ?? 0), ...(collation === undefined ? {} : { collation }) },
    );
  }
  const filters: Document[] = [
    ...values.map((v) => ({ v })),
    { v: 'a', u: 'B' },
    { v: { $gt: 'a' } },
    { v: { $in: ['A', 2] }, u: { $gte: 'a' } },
    { v: /^a/ },
    { v: { $ne: 'A' } },
    { $or: [{ v: 'A' }, { v: 1, u: 'b' }] },
  ];
  for (const collation of collations) {
    for (const filter of filters) {
      const options = collation === undefined ? {} : { collation };
      const byIndex = await ids(words.find(filter, options).sort({ _id: 1 }).toArray());
      const byReading = await ids(words.find(filter, options).hint({ $natural: 1 }).sort({ _id: 1 }).toArray());
      expect({ collation, filter, found: byIndex }).toEqual({ collation, filter, found: byReading });
      const sorted = await words.find(filter, options).sort({ v: 1, u: -1 }).toArray();
      const reference = await words.find(filter, options).hint({ $natural: 1 }).sort({ v: 1, u: -1 }).toArray();
      const shown = (found: Document[]) => found.map(({ v, u }) => JSON.stringify([v, u]));
      expect({ collation, filter, found: shown(sorted).sort() }).toEqual({
        collation,
        filter,
        found: shown(reference).sort(),
      });
    }
  }
});
