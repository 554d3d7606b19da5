import type { Collection, Db, Document } from 'mongodb';
import { Long } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/storage.ts';

/** A budget small enough that 10,000 documents do not fit, and large enough for a page of them. */
const BUDGET = 500_000;
const COUNT = 10_000;

let fresh: FreshDatabase;
let db: Db;
let many: Collection<{ _id: number; n: number; kind: number; pad: string; list: number[] }>;

const setBudget = (bytes: number) =>
  db.admin().command({ setParameter: 1, internalQueryMaxBlockingSortMemoryUsageBytes: bytes });

beforeAll(async () => {
  fresh = await freshDatabase();
  db = fresh.connection.db as unknown as Db;
  many = db.collection('many');
  const made = Array.from({ length: COUNT }, (_, i) => ({
    _id: i,
    n: (i * 7919) % COUNT,
    kind: i % 10,
    pad: 'x'.repeat(100),
    list: [1, 2],
  }));
  for (let at = 0; at < COUNT; at += 5000) await many.insertMany(made.slice(at, at + 5000));
  await setBudget(BUDGET);
});
afterAll(async () => {
  await setBudget(104_857_600);
  await fresh.drop();
});

describe('past the budget MongoDB’s memory error is the answer', () => {
  test.each<[string, Document[]]>([
    ['a sort of documents', [{ $addFields: { x: 1 } }, { $sort: { n: 1 } }]],
    ['a sort of documents in a language', [{ $addFields: { x: '$pad' } }, { $sort: { x: 1, n: 1 } }]],
    ['groups of one document each', [{ $group: { _id: '$n' } }]],
    ['one group that keeps all', [{ $group: { _id: null, all: { $push: '$pad' } } }]],
    ['a set of all values', [{ $group: { _id: null, all: { $addToSet: '$n' } } }]],
    ['the greatest of all', [{ $group: { _id: null, all: { $maxN: { input: '$pad', n: 100_000 } } } }]],
    ['facets', [{ $facet: { a: [{ $count: 'n' }] } }]],
    ['buckets found by sorting', [{ $bucketAuto: { groupBy: '$n', buckets: 3 } }]],
    ['a join that finds everything', [{ $limit: 1 }, { $lookup: { from: 'many', pipeline: [], as: 'all' } }]],
    ['windows', [{ $setWindowFields: { sortBy: { n: 1 }, output: { r: { $rank: {} } } } }]],
  ])('%s', async (_name, pipeline) => {
    await expect(many.aggregate(pipeline).toArray()).rejects.toMatchObject({
      code: 292,
      codeName: 'QueryExceededMemoryLimitNoDiskUseAllowed',
    });
  });

  test('a sort no index gives, of keys that do not fit', async () => {
    await expect(many.find().sort({ pad: 1, n: 1 }).toArray()).rejects.toMatchObject({ code: 292 });
    await expect(many.find().sort({ pad: 1 }).collation({ locale: 'en' }).toArray()).rejects.toMatchObject({
      code: 292,
    });
  });

  test('a page whose keys alone do not fit', async () => {
    await expect(many.find().sort({ pad: 1, n: 1 }).limit(4500).toArray()).rejects.toMatchObject({ code: 292 });
  });
});

describe('within it', () => {
  const first = (count: number) => Array.from({ length: count }, (_, n) => n);

  test('the first of a sort are found, however many there are', async () => {
    expect((await many.find().sort({ n: 1 }).limit(20).toArray()).map(({ n }) => n)).toEqual(first(20));
    expect((await many.find().sort({ n: -1 }).skip(100).limit(5).toArray()).map(({ n }) => n)).toEqual(
      first(5).map((n) => COUNT - 101 - n),
    );
    const piped = await many
      .aggregate([{ $addFields: { x: 1 } }, { $sort: { n: 1 } }, { $skip: 5 }, { $limit: 3 }])
      .toArray();
    expect(piped.map(({ n }) => n)).toEqual([5, 6, 7]);
    const collated = await many.find().sort({ pad: 1, n: 1 }).collation({ locale: 'en' }).limit(3).toArray();
    expect(collated.map(({ n }) => n)).toEqual([0, 1, 2]);
  });

  test('a few groups of many documents are gathered, and joins let go of what they found', async () => {
    const groups = await many
      .aggregate([{ $group: { _id: '$kind', n: { $sum: 1 }, top: { $max: '$n' } } }, { $sort: { _id: 1 } }])
      .toArray();
    expect(groups.map(({ n }) => n)).toEqual(first(10).map(() => COUNT / 10));
    expect(await many.aggregate([{ $unwind: '$list' }, { $count: 'n' }]).toArray()).toEqual([{ n: 2 * COUNT }]);
    const joined = await many
      .aggregate([
        { $lookup: { from: 'many', localField: 'n', foreignField: '_id', as: 'o' } },
        { $match: { 'o._id': 5 } },
        { $project: { n: 1 } },
      ])
      .toArray();
    expect(joined.map(({ n }) => n)).toEqual([5]);
    expect(await many.distinct('kind')).toHaveLength(10);
  });

  test('an index gives the whole order without holding it', async () => {
    await many.createIndex({ n: 1 });
    const sorted = many.find().sort({ n: 1 }).project({ n: 1 });
    let wanted = 0;
    for await (const { n } of sorted) {
      expect(n).toBe(wanted);
      wanted += 1;
    }
    expect(wanted).toBe(COUNT);
  });
});

describe('many cursors together', () => {
  /** The first document of a sort that is held in memory, and its cursor. */
  const sorted = async (pipeline: Document[] | undefined) =>
    (
      await db.command(
        pipeline === undefined
          ? { find: 'many', sort: { n: -1, _id: 1 }, batchSize: 1 }
          : { aggregate: 'many', pipeline, cursor: { batchSize: 1 } },
      )
    ).cursor as { id: number; firstBatch: Document[] };
  const more = async ({ id }: { id: number }) =>
    (await db.command({ getMore: Long.fromNumber(id), collection: 'many' })).cursor.nextBatch as Document[];

  test.each<[string, Document[] | undefined]>([
    ['sorts', undefined],
    ['groups', [{ $match: { n: { $lt: 2000 } } }, { $group: { _id: '$n' } }]],
  ])('of %s hold no more than so much: those nobody asks for are ended first', async (_name, pipeline) => {
    const plain = (await db.command({ find: 'many', batchSize: 1 })).cursor as { id: number };
    const cursors: { id: number }[] = [];
    for (let i = 0; i < 15; i++) cursors.push(await sorted(pipeline));
    await expect(more(cursors[0] as { id: number })).rejects.toMatchObject({ code: 43 });
    expect(await more(cursors[14] as { id: number })).not.toHaveLength(0);
    expect(await more(plain)).not.toHaveLength(0);
    await db.command({ killCursors: 'many', cursors: [plain, ...cursors].map(({ id }) => Long.fromNumber(id)) });
  });

  test('that are read to their end, killed or joined hold nothing', async () => {
    const kept = await sorted(undefined);
    for (let i = 0; i < 15; i++) {
      expect(await many.find().sort({ n: -1, _id: 1 }).toArray()).toHaveLength(COUNT);
      const { id } = await sorted(undefined);
      await db.command({ killCursors: 'many', cursors: [Long.fromNumber(id)] });
      await expect(many.aggregate([{ $group: { _id: '$n' } }]).toArray()).rejects.toMatchObject({ code: 292 });
    }
    const joins = [
      { $limit: 5_000 },
      {
        $lookup: {
          from: 'many',
          localField: 'n',
          foreignField: '_id',
          pipeline: [{ $group: { _id: '$pad' } }],
          as: 'o',
        },
      },
      { $project: { n: 1 } },
    ];
    expect(await many.aggregate(joins).toArray()).toHaveLength(5_000);
    expect(await more(kept)).not.toHaveLength(0);
  }, 60_000);
});
