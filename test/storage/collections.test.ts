import type { Collection, Db, Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/storage.ts';

let fresh: FreshDatabase;
let db: Db;
beforeAll(async () => {
  fresh = await freshDatabase();
  db = fresh.connection.db as unknown as Db;
});
afterAll(() => fresh.drop());

const listed = async (name: string) => (await db.listCollections({ name }).toArray())[0] as Document;
const ids = (found: Document[]) => found.map(({ _id }) => _id);

describe('a capped collection', () => {
  test('keeps the newest, by number and by size', async () => {
    const few = await db.createCollection<{ _id: number }>('few', { capped: true, size: 100_000, max: 3 });
    await few.insertMany([1, 2, 3, 4, 5].map((_id) => ({ _id })));
    expect(ids(await few.find().toArray())).toEqual([3, 4, 5]);
    const small = await db.createCollection<{ _id: number; pad: string }>('small', { capped: true, size: 8192 });
    for (let _id = 0; _id < 5; _id++) await small.insertOne({ _id, pad: 'x'.repeat(3000) });
    expect(ids(await small.find().toArray())).toEqual([3, 4]);
    await small.deleteOne({ _id: 3 });
    await small.insertOne({ _id: 9, pad: 'y'.repeat(3000) });
    expect(ids(await small.find().toArray())).toEqual([4, 9]);
    expect(ids(await small.find().sort({ $natural: -1 }).toArray())).toEqual([9, 4]);
    expect(await small.isCapped()).toBe(true);
    expect((await listed('few')).options).toEqual({ capped: true, size: 100_000, max: 3 });
    await expect(db.createCollection('no', { capped: true })).rejects.toMatchObject({ code: 72 });
  });

  test('can be followed: a tailable cursor waits for what comes', async () => {
    const log = await db.createCollection<{ _id: number }>('log', { capped: true, size: 100_000 });
    await log.insertMany([{ _id: 1 }, { _id: 2 }]);
    const cursor = log.find({}, { tailable: true, awaitData: true, maxAwaitTimeMS: 5000 });
    expect(await cursor.next()).toEqual({ _id: 1 });
    expect(await cursor.next()).toEqual({ _id: 2 });
    const third = cursor.next();
    await log.insertOne({ _id: 3 });
    expect(await third).toEqual({ _id: 3 });
    await cursor.close();
    const impatient = log.find({ _id: { $gt: 2 } }, { tailable: true });
    expect(await impatient.tryNext()).toEqual({ _id: 3 });
    expect(await impatient.tryNext()).toBeNull();
    await log.insertOne({ _id: 4 });
    expect(await impatient.tryNext()).toEqual({ _id: 4 });
    await impatient.close();
    await expect(db.collection('plain').insertOne({})).resolves.toBeTruthy();
    await expect(db.collection('plain').find({}, { tailable: true }).next()).rejects.toMatchObject({ code: 2 });
  });
});

describe('a view', () => {
  let people: Collection<{ _id: number; age: number; name?: string }>;
  beforeAll(async () => {
    people = db.collection('people');
    await people.insertMany([1, 2, 3, 4].map((_id) => ({ _id, age: _id * 10, name: `n${_id}` })));
    await db.createCollection('adults', { viewOn: 'people', pipeline: [{ $match: { age: { $gt: 15 } } }] });
    await db.createCollection('names', { viewOn: 'adults', pipeline: [{ $project: { name: 1 } }] });
  });

  test('is read as a collection is', async () => {
    const names = db.collection<{ _id: number; name: string }>('names');
    expect(
      await names
        .find({ _id: { $lt: 4 } })
        .sort({ _id: -1 })
        .toArray(),
    ).toEqual([
      { _id: 3, name: 'n3' },
      { _id: 2, name: 'n2' },
    ]);
    expect(await names.find().skip(1).limit(1).project({ _id: 0 }).toArray()).toEqual([{ name: 'n3' }]);
    expect(await names.countDocuments()).toBe(3);
    expect(await names.estimatedDocumentCount()).toBe(3);
    expect(await names.distinct('name')).toEqual(['n2', 'n3', 'n4']);
    expect(await names.aggregate([{ $group: { _id: null, n: { $sum: 1 } } }]).toArray()).toEqual([{ _id: null, n: 3 }]);
    const joined = await people
      .aggregate([
        { $match: { _id: 2 } },
        { $lookup: { from: 'names', localField: '_id', foreignField: '_id', as: 'seen' } },
      ])
      .toArray();
    expect(joined[0]?.seen).toEqual([{ _id: 2, name: 'n2' }]);
    expect((await listed('adults')).type).toBe('view');
  });

  test('is not written', async () => {
    const names = db.collection<{ _id: number; name: string }>('names');
    await expect(names.insertOne({ _id: 9, name: 'x' })).rejects.toMatchObject({ code: 166 });
    await expect(names.updateOne({}, { $set: { name: 'x' } })).rejects.toMatchObject({ code: 166 });
    await expect(names.deleteMany({})).rejects.toMatchObject({ code: 166 });
    await expect(names.findOneAndDelete({})).rejects.toMatchObject({ code: 166 });
    await expect(names.createIndex({ name: 1 })).rejects.toMatchObject({ code: 166 });
  });
});

test('time-series and clustered collections keep what they were made with, and the first asks for its time', async () => {
  const series = await db.createCollection('series', {
    timeseries: { timeField: 'at', metaField: 'by' },
    expireAfterSeconds: 60,
  });
  await series.insertOne({ at: new Date(), by: 1 });
  await expect(series.insertOne({ by: 1 })).rejects.toMatchObject({ code: 2 });
  expect(await listed('series')).toMatchObject({
    type: 'timeseries',
    options: {
      expireAfterSeconds: 60,
      timeseries: { timeField: 'at', metaField: 'by', granularity: 'seconds', bucketMaxSpanSeconds: 3600 },
    },
  });
  await db.createCollection('clustered', { clusteredIndex: { key: { _id: 1 }, unique: true, name: 'mine' } });
  expect((await listed('clustered')).options.clusteredIndex).toEqual({
    v: 2,
    key: { _id: 1 },
    name: 'mine',
    unique: true,
  });
  await expect(db.createCollection('late', { expireAfterSeconds: 5 })).rejects.toMatchObject({ code: 72 });
});

test('statistics tell the real sizes', async () => {
  const sized = db.collection('sized');
  await sized.insertMany(Array.from({ length: 10 }, () => ({ pad: 'x'.repeat(1000) })));
  const stats = await db.command({ collStats: 'sized' });
  expect(stats).toMatchObject({ count: 10, nindexes: 1, capped: false });
  expect(stats.size).toBeGreaterThan(10_000);
  expect(stats.avgObjSize).toBe(stats.size / 10);
  expect((await db.stats()).objects).toBeGreaterThan(10);
});

test('creating again is no error with the same options, and one with others', async () => {
  await db.createCollection('again', { validator: { a: 1 } });
  await db.createCollection('again', { validator: { a: 1 } });
  await expect(db.createCollection('again')).rejects.toMatchObject({ code: 48 });
});
