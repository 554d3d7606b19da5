import { BSONRegExp, type Collection, type Document, Double, Long } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/storage.ts';

let db: FreshDatabase;
let things: Collection;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  things = db.connection.collection('things') as unknown as Collection;
  await things.drop();
});

/** Values of every kind an index may hold or lack. */
const VALUES: unknown[] = [
  null,
  0,
  4,
  5,
  6,
  new Double(5),
  Long.fromNumber(7),
  Number.NaN,
  '',
  'm',
  'x',
  true,
  false,
  new Date(0),
  new Date(9e12),
  { k: 1 },
  [1, 'x'],
  [],
  ['m', 9],
  new BSONRegExp('^m', ''),
];

const CONDITIONS: Document[] = [
  { v: { $gt: 5 } },
  { v: { $gte: 5 } },
  { v: { $lt: 5 } },
  { v: { $lte: 'm' } },
  { v: { $gt: 'm' } },
  { v: { $gt: new Date(0) } },
  { v: { $gte: false } },
  { v: 5 },
  { v: 'x' },
  { v: null },
  { v: { $in: [4, 6] } },
  { v: { $exists: true } },
  { v: { $type: 'string' } },
  { v: { $type: 'array' } },
  { v: { $gt: 4, $lt: 7 } },
];

test('a partial index is used only where it holds every document that matches', async () => {
  await things.insertMany([...VALUES.map((v, i) => ({ _id: i as never, v, k: 1 })), { _id: 99 as never, k: 1 }]);
  const used = new Set<string>();
  for (const partial of CONDITIONS) {
    await things.dropIndexes();
    await things.createIndex({ k: 1 }, { partialFilterExpression: partial });
    for (const condition of [
      ...CONDITIONS,
      { v: { $lt: 'a' } },
      { v: { $exists: new Double(0) } },
      { v: { $exists: Long.fromNumber(0) } },
      { v: { $exists: false } },
    ]) {
      const filter = { k: 1, ...condition };
      const byIndex = await things.find(filter).sort({ _id: 1 }).toArray();
      const byReading = await things.find(filter).hint({ $natural: 1 }).sort({ _id: 1 }).toArray();
      expect({ partial, filter, ids: byIndex.map(({ _id }) => _id) }).toEqual({
        partial,
        filter,
        ids: byReading.map(({ _id }) => _id),
      });
      const { queryPlanner } = await things.find(filter).explain('queryPlanner');
      if (JSON.stringify(queryPlanner.winningPlan).includes('"k_1"')) used.add(JSON.stringify(partial));
    }
  }
  // Each is implied by another or by itself, but for the one on whole arrays, which no single value shows.
  expect(used.size).toBe(CONDITIONS.length - 1);
});

test('a partial index with a collation holds by it, and is used only where it holds every document that matches', async () => {
  const texts = ['open', 'Open', 'OPEN', 'ö', 'Ö', 'zu', 'ZU', 5, null];
  await things.insertMany(texts.flatMap((s) => [{ s }, { s: [s, 'x'] }] as Document[]));
  const conditions: unknown[] = ['open', 'OPEN', { $in: ['Open', 'ö'] }, { $gt: 'Open' }, { $lte: 'OPEN' }, 'zu', 5];
  const collations = [undefined, { locale: 'en', strength: 2 }, { locale: 'en', strength: 1 }];
  const used = new Set<string>();
  for (const partial of conditions) {
    for (const own of collations) {
      await things.dropIndexes();
      await things.createIndex(
        { s: 1 },
        { partialFilterExpression: { s: partial }, ...(own === undefined ? {} : { collation: own }) },
      );
      for (const asked of collations) {
        for (const s of conditions as Document[]) {
          const found = () => things.find({ s }, asked === undefined ? {} : { collation: asked });
          const byIndex = await found().sort({ _id: 1 }).toArray();
          const byReading = await found().hint({ $natural: 1 }).sort({ _id: 1 }).toArray();
          const about = { partial, own, asked, s };
          expect({ ...about, found: byIndex }).toEqual({ ...about, found: byReading });
          const { queryPlanner } = await found().explain('queryPlanner');
          if (JSON.stringify(queryPlanner.winningPlan).includes('"s_1"')) used.add(JSON.stringify([partial, own]));
        }
      }
      expect(await db.connection.db?.command({ validate: 'things' })).toMatchObject({ valid: true });
    }
  }
  // A range of texts by a collation is never told from keys; a single text within it is.
  expect(used.size).toBe(conditions.length * collations.length);
});

describe('a partial filter', () => {
  const refused: Document[] = [
    { v: { $ne: 1 } },
    { v: { $nin: [1] } },
    { v: { $not: { $gt: 1 } } },
    { v: { $exists: false } },
    { v: { $exists: new Double(0) } },
    { v: /x/ },
    { v: { $regex: 'x' } },
    { v: { $size: 1 } },
    { v: { $mod: [2, 0] } },
    { v: { $all: [1] } },
    { v: { $elemMatch: { $gt: 1 } } },
    { $nor: [{ v: 1 }] },
    { $and: [{ v: 1 }, { w: { $ne: 1 } }] },
    { $or: [{ v: 1 }, { w: { $ne: 1 } }] },
    { $expr: { $gt: ['$v', 1] } },
    { v: 1, $where: 'true' },
  ];
  test.each(refused)('that MongoDB takes for none is refused: %j', async (partialFilterExpression) => {
    await expect(things.createIndex({ k: 1 }, { partialFilterExpression })).rejects.toMatchObject({ code: 67 });
  });

  test.each<Document>([
    { v: { $exists: true } },
    { v: { $exists: 1 } },
    { $and: [{ v: 1 }, { w: { $gt: 1 } }] },
    { $or: [{ v: 1 }, { w: { $in: [1, 2] } }] },
    { v: { $type: 'string' } },
    {},
  ])('of the allowed kind is taken: %j', async (partialFilterExpression) => {
    await things.createIndex({ k: 1 }, { partialFilterExpression });
    expect(await things.indexes()).toHaveLength(2);
  });

  test('with $or is implied by any of its branches', async () => {
    await things.insertMany([{ k: 1, v: 1 }, { k: 1, w: 2 }, { k: 1 }]);
    await things.createIndex({ k: 1 }, { partialFilterExpression: { $or: [{ v: 1 }, { w: { $gt: 0 } }] } });
    const { queryPlanner } = await things.find({ k: 1, w: { $gt: 1 } }).explain('queryPlanner');
    expect(queryPlanner.winningPlan.inputStage.indexName).toBe('k_1');
    expect(await things.countDocuments({ k: 1, w: { $gt: 1 } })).toBe(1);
    expect(await things.countDocuments({ k: 1 })).toBe(3);
  });
});

test('an anchored regular expression also finds the same expression stored as a value, by index as by reading', async () => {
  const regexes = [
    new BSONRegExp('^m', ''),
    new BSONRegExp('^m', 's'),
    new BSONRegExp('^mo', ''),
    new BSONRegExp('^M', ''),
  ];
  await things.insertMany([...VALUES, ...regexes, 'mo', 'ma'].map((v) => ({ v }) as Document));
  await things.createIndex({ v: 1 });
  await things.createIndex({ v: -1, k: 1 });
  for (const v of [...regexes, { $in: [regexes[0], 'x'] }, { $regex: '^m' }, { $regex: '^m', $options: 's' }]) {
    for (const hint of ['v_1', 'v_-1_k_1']) {
      const byIndex = await things.find({ v }).hint(hint).sort({ _id: 1 }).toArray();
      const byReading = await things.find({ v }).hint({ $natural: 1 }).sort({ _id: 1 }).toArray();
      expect({ v, hint, found: byIndex }).toEqual({ v, hint, found: byReading });
    }
  }
  expect(await things.countDocuments({ v: regexes[0] })).toBe(6);
});

test('directions of any number type mean the same', async () => {
  await things.insertMany(Array.from({ length: 9 }, (_, n) => ({ _id: n as never, n })));
  for (const direction of [-1, Long.fromNumber(-1), new Double(-1), new Double(-1.5)]) {
    await things.createIndex({ n: direction as never }, { name: 'down' });
    const { winningPlan } = (
      await things
        .find()
        .sort({ n: Long.fromNumber(1) as never })
        .explain('queryPlanner')
    ).queryPlanner;
    expect(winningPlan.inputStage).toMatchObject({ indexName: 'down', direction: 'backward' });
    expect((await things.find().hint({ n: direction }).toArray()).map(({ n }) => n)).toEqual([
      8, 7, 6, 5, 4, 3, 2, 1, 0,
    ]);
    await things.dropIndex('down');
  }
  const natural = await things
    .find()
    .hint({ $natural: Long.fromNumber(-1) })
    .toArray();
  expect(natural[0]?.n).toBe(8);
  expect(
    (
      await things
        .find()
        .sort({ $natural: new Double(-1) as never })
        .toArray()
    )[0]?.n,
  ).toBe(8);
});
