import { asking } from '../../support/driver.ts';

const { asks, coll, named } = asking();
const sales = [
  { _id: 1, k: 'a', v: 10, t: ['x', 'y'] },
  { _id: 2, k: 'b', v: 20, t: ['y'] },
  { _id: 3, k: 'a', v: 30, t: [] },
  { _id: 4, k: 'c', v: 5 },
];

asks('$out', async () => {
  const c = await coll(...sales);
  await c.aggregate([{ $match: { k: 'a' } }, { $out: 'outed' }]).toArray();
  return (await named('outed').find().toArray()).map((d) => d._id);
}, [1, 3]);
asks('$out idx kept', async () => {
  const t = named('outi');
  await t.createIndex({ v: 1 });
  const c = await coll(...sales);
  await c.aggregate([{ $out: 'outi' }]).toArray();
  return (await t.indexes()).map((i) => i.name);
}, ['_id_', 'v_1']);
asks('$merge modes', async () => {
  const t = named('merged');
  await t.insertMany([
    { _id: 1, old: true },
    { _id: 9, old: true },
  ]);
  const c = await coll(...sales);
  await c
    .aggregate([
      { $match: { _id: { $lte: 2 } } },
      { $project: { v: 1 } },
      { $merge: { into: 'merged', whenMatched: 'merge', whenNotMatched: 'insert' } },
    ])
    .toArray();
  return t.find().sort({ _id: 1 }).toArray();
}, [
  { _id: 1, old: true, v: 10 },
  { _id: 2, v: 20 },
  { _id: 9, old: true },
]);
asks('$merge pipeline let', async () => {
  const t = named('merged2');
  await t.insertMany([{ _id: 1, n: 5 }]);
  const c = await coll({ _id: 1, n: 2 });
  await c
    .aggregate([
      {
        $merge: {
          into: 'merged2',
          whenMatched: [{ $set: { n: { $add: ['$n', '$$new.n', '$$extra'] } } }],
          let: { new: '$$ROOT', extra: 100 },
        },
      },
    ])
    .toArray();
  return t.find().toArray();
}, [{ _id: 1, n: 107 }]);
asks('$merge discard', async () => {
  const t = named('merged3');
  await t.insertMany([{ _id: 1, n: 5 }]);
  const c = await coll({ _id: 1, n: 2 }, { _id: 2, n: 2 });
  await c.aggregate([{ $merge: { into: 'merged3', whenMatched: 'replace', whenNotMatched: 'discard' } }]).toArray();
  return t.find().toArray();
}, [{ _id: 1, n: 2 }]);
asks(
  '$merge bad mode',
  async () => (await coll(...sales)).aggregate([{ $merge: { into: 'x', whenMatched: 'nope' } }]).toArray(),
  'refused 2',
);
asks(
  'agg explain',
  async () => {
    const e = await (await coll(...sales)).aggregate([{ $match: { k: 'a' } }, { $group: { _id: '$k' } }]).explain();
    return !!(e.queryPlanner ?? e.stages);
  },
  true,
);
asks(
  'let var',
  async () =>
    (await coll(...sales))
      .find({ $expr: { $eq: ['$k', '$$w'] } }, { let: { w: 'b' } })
      .map((d) => d._id)
      .toArray(),
  [2],
);
asks(
  'undefined var',
  async () => (await coll(...sales)).aggregate([{ $project: { a: '$$nope' } }]).toArray(),
  'refused 17276',
);
