import type { Collection, Document } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/storage.ts';

let db: FreshDatabase;
let places: Collection;
const point = (...coordinates: number[]) => ({ type: 'Point', coordinates });
const ids = (found: Document[]) => found.map(({ _id }) => _id);

beforeAll(async () => {
  db = await freshDatabase();
  places = db.connection.collection('places') as unknown as Collection;
  await places.createIndex({ at: '2dsphere' });
  await places.createIndex({ flat: '2d', kind: 1 });
  await places.insertMany(
    [3, 1, 2, 0, 9].map((x) => ({ _id: x as never, at: point(x, 0), flat: [x, 0], kind: x % 2 ? 'odd' : 'even' })),
  );
  await places.insertOne({ _id: 100 as never, kind: 'even' });
});
afterAll(() => db.drop());

test('$near and $nearSphere give the nearest first, within their limits, skip and limit applied after', async () => {
  const near = (given: Document = {}) => ({ at: { $near: { $geometry: point(0, 0), ...given } } });
  expect(ids(await places.find(near()).toArray())).toEqual([0, 1, 2, 3, 9]);
  expect(ids(await places.find(near({ $maxDistance: 250_000 })).toArray())).toEqual([0, 1, 2]);
  expect(ids(await places.find(near()).skip(1).limit(2).toArray())).toEqual([1, 2]);
  expect(ids(await places.find({ ...near(), kind: 'odd' }).toArray())).toEqual([1, 3, 9]);
  expect(ids(await places.find({ flat: { $near: [2.2, 0] } }).toArray())).toEqual([2, 3, 1, 0, 9]);
  expect(ids(await places.find({ at: { $nearSphere: [10, 0] } }).toArray())).toEqual([9, 3, 2, 1, 0]);
  expect(ids(await places.find(near()).sort({ _id: -1 }).limit(3).toArray())).toEqual([9, 3, 2]);
});

test('$near changes and removes the nearest', async () => {
  const near = { at: { $near: { $geometry: point(8, 0) } } };
  await places.updateOne(near, { $set: { touched: true } });
  expect(ids(await places.find({ touched: true }).toArray())).toEqual([9]);
  const found = await places.findOneAndUpdate(near, { $unset: { touched: 1 } });
  expect(found?._id).toBe(9);
});

test('$near needs its geo index and stands in no pipeline', async () => {
  const near = { $near: { $geometry: point(0, 0) } };
  await expect(places.find({ flat: near }).toArray()).rejects.toMatchObject({ code: 291 });
  await expect(places.find({ at: { $near: [0, 0] } }).toArray()).rejects.toMatchObject({ code: 291 });
  await expect(places.aggregate([{ $match: { at: near } }]).toArray()).rejects.toMatchObject({ code: 5626500 });
  await expect(places.countDocuments({ at: near })).rejects.toMatchObject({ code: 5626500 });
});

test('$geoWithin and $geoIntersects need none', async () => {
  const square = {
    type: 'Polygon',
    coordinates: [
      [
        [-1, -1],
        [2.5, -1],
        [2.5, 1],
        [-1, 1],
        [-1, -1],
      ],
    ],
  };
  expect(
    ids(
      await places
        .find({ at: { $geoWithin: { $geometry: square } } })
        .sort({ _id: 1 })
        .toArray(),
    ),
  ).toEqual([0, 1, 2]);
  expect(await places.countDocuments({ at: { $geoIntersects: { $geometry: square } } })).toBe(3);
});

test('$geoNear writes the distance, and what follows may use it', async () => {
  const stage = {
    near: point(0, 0),
    distanceField: 'far.by',
    includeLocs: 'far.at',
    key: 'at',
    query: { kind: 'odd' },
  };
  const found = await places
    .aggregate([{ $geoNear: stage }, { $match: { 'far.by': { $lt: 400_000 } } }, { $project: { far: 1 } }])
    .toArray();
  expect(ids(found)).toEqual([1, 3]);
  expect(found[0]?.far.by).toBeCloseTo(111_318.845, 2);
  expect(found[0]?.far.at).toEqual(point(1, 0));
  const flat = await places
    .aggregate([{ $geoNear: { near: [0, 0], distanceField: 'd', key: 'flat', distanceMultiplier: 2 } }])
    .toArray();
  expect(flat.map(({ d }) => d)).toEqual([0, 2, 4, 6, 18]);
  const single = await places
    .aggregate([{ $geoNear: { near: point(0, 0), distanceField: 'd' } }, { $limit: 1 }])
    .toArray();
  expect(ids(single)).toEqual([0]);
  await expect(
    places.aggregate([{ $match: {} }, { $geoNear: { near: point(0, 0), distanceField: 'd' } }]).toArray(),
  ).rejects.toMatchObject({ code: 40602 });
  const bare = db.connection.collection('bare') as unknown as Collection;
  await bare.insertOne({});
  await expect(bare.aggregate([{ $geoNear: { near: [0, 0], distanceField: 'd' } }]).toArray()).rejects.toMatchObject({
    code: 27,
  });
});

test('a geo index takes places only, and is listed as it was made', async () => {
  for (const at of [5, 'x', point(200, 0), { type: 'Point' }, [1, 'x']]) {
    await expect(places.insertOne({ at })).rejects.toMatchObject({ code: 16755 });
  }
  await expect(places.updateOne({ _id: 1 as never }, { $set: { flat: [500, 0] } })).rejects.toMatchObject({
    code: 13027,
  });
  await places.insertMany([{ at: null }, { at: [] }, { at: [1, 2] }, { at: [point(1, 2), point(3, 4)] }]);
  const listed = (await places.indexes()).find(({ key }) => key.at);
  expect(listed).toEqual({ v: 2, key: { at: '2dsphere' }, name: 'at_2dsphere', '2dsphereIndexVersion': 3 });
  const late = db.connection.collection('late') as unknown as Collection;
  await late.insertOne({ at: 'nowhere' });
  await expect(late.createIndex({ at: '2dsphere' })).rejects.toMatchObject({ code: 16755 });
});
