/** What MongoDB refuses, and with which code: stages and commands that a tester saw pass in silence or be refused otherwise. */
import type { Document } from 'mongodb';
import { Long } from 'mongodb';
import { asking } from '../../support/driver.ts';

const { asks, client, coll, db } = asking();

/** Each stage, or pipeline, on a collection, and the code it is refused with. */
const stages: readonly (readonly [Document | Document[], number])[] = [
  [{ $facet: { a: [{ $facet: { b: [] } }] } }, 40600],
  [{ $facet: { a: [{ $out: 'x' }] } }, 40600],
  [{ $facet: { a: [{ $indexStats: {} }] } }, 40600],
  [{ $facet: { $a: [] } }, 16410],
  [{ $lookup: { from: 'x', pipeline: [{ $out: 'y' }], as: 'z' } }, 51047],
  [{ $lookup: { from: 'x', localField: 'a', foreignField: 'b', as: 'z', foo: 1 } }, 9],
  [{ $lookup: { from: 'x', localField: 1, foreignField: 'b', as: 'z' } }, 9],
  [{ $lookup: { from: 'x', localField: 'a', foreignField: 'b', as: '$z' } }, 16410],
  [{ $lookup: { from: 'x', let: { X: 1 }, pipeline: [], as: 'z' } }, 9],
  [{ $lookup: { from: 'x', let: 1, pipeline: [], as: 'z' } }, 9],
  [{ $lookup: { from: 'x', pipeline: 1, as: 'z' } }, 14],
  [{ $unionWith: { coll: 'x', pipeline: [{ $merge: 'y' }] } }, 31441],
  [{ $unionWith: { coll: 'x', foo: 1 } }, 40415],
  [
    { $graphLookup: { from: 'x', startWith: 1, connectFromField: 'a', connectToField: 'b', as: 'c', maxDepth: -1 } },
    40101,
  ],
  [
    { $graphLookup: { from: 'x', startWith: 1, connectFromField: 'a', connectToField: 'b', as: 'c', maxDepth: 'x' } },
    40100,
  ],
  [
    { $graphLookup: { from: 'x', startWith: 1, connectFromField: 'a', connectToField: 'b', as: 'c', maxDepth: 0.5 } },
    40102,
  ],
  [{ $graphLookup: { from: 'x', startWith: 1, connectFromField: 'a', connectToField: 'b', as: 'c', foo: 1 } }, 40104],
  [{ $graphLookup: { from: 'x', startWith: 1, connectFromField: 'a', as: 'c' } }, 40105],
  [{ $graphLookup: { from: 1, startWith: 1, connectFromField: 'a', connectToField: 'b', as: 'c' } }, 40103],
  [{ $documents: [] }, 73],
  [{ $currentOp: {} }, 73],
  [{ $listLocalSessions: {} }, 73],
  [[{ $match: {} }, { $indexStats: {} }], 40602],
  [[{ $out: 'x' }, { $match: {} }], 40601],
  [{ $bucket: { groupBy: '$v', boundaries: [0, 10], default: 5 } }, 40199],
  [{ $bucket: { groupBy: '$v', boundaries: [0, 10], default: '$v' } }, 40195],
  [{ $bucket: { groupBy: '$v', boundaries: ['$v', 10] } }, 40191],
  [{ $bucket: { groupBy: '$v', boundaries: 1 } }, 40200],
  [{ $bucket: { groupBy: 1, boundaries: [0, 10] } }, 40202],
  [{ $bucket: { groupBy: '$v', boundaries: [0, 10], foo: 1 } }, 40197],
  [{ $bucketAuto: { groupBy: '$v', buckets: 'x' } }, 40241],
  [{ $bucketAuto: { groupBy: '$v', buckets: 1.5 } }, 40242],
  [{ $bucketAuto: { groupBy: '$v', buckets: 0 } }, 40243],
  [{ $bucketAuto: { groupBy: '$v', buckets: 1, foo: 1 } }, 40245],
  [{ $bucketAuto: { groupBy: '$v' } }, 40246],
  [{ $bucketAuto: { groupBy: '$v', buckets: 1, granularity: 'R7' } }, 40257],
  [{ $bucketAuto: { groupBy: '$v', buckets: 1, granularity: 7 } }, 40261],
  [{ $bucketAuto: { groupBy: '$k', buckets: 1, granularity: 'R5' } }, 40258],
  [{ $group: { _id: null, 'a.b': { $sum: 1 } } }, 40235],
  [{ $group: { _id: null, $a: { $sum: 1 } } }, 40236],
  [{ $group: { _id: '$k', a: { $sum: 1, $avg: 1 } } }, 40238],
  [{ $group: { _id: '$k', a: 1 } }, 40234],
  [{ $group: { _id: '$k', a: { $push: ['$k'] } } }, 40237],
  [{ $group: { _id: null, a: { $minN: { input: '$v', n: 0 } } } }, 5787908],
  [{ $group: { _id: null, a: { $topN: { output: '$v', sortBy: { v: 1 } } } } }, 5788003],
  [{ $group: { _id: null, a: { $top: { output: '$v', sortBy: 1 } } } }, 5788604],
  [{ $addFields: { $a: 1 } }, 16410],
  [{ $addFields: { 'a.$b': 1 } }, 16410],
  [{ $addFields: { 'a..b': 1 } }, 15998],
  [{ $addFields: { 'a.': 1 } }, 40353],
  [{ $addFields: { a: 1, 'a.b': 1 } }, 40176],
  [{ $set: { a: { 'b.c': 1 } } }, 40183],
  [{ $set: { a: { $add: [1], b: 1 } } }, 40181],
  [{ $project: { 'a.b': 1, a: 1 } }, 31250],
  [{ $project: { a: 1, 'a.b': 1 } }, 31249],
  [{ $unset: [] }, 31119],
  [{ $unset: [1] }, 31120],
  [{ $unset: 1 }, 31002],
  [{ $replaceRoot: {} }, 40231],
  [{ $replaceRoot: 1 }, 40229],
  [{ $replaceRoot: { newRoot: '$$ROOT', foo: 1 } }, 40230],
  [{ $sample: { size: -1 } }, 28747],
  [{ $sample: { size: 'x' } }, 28746],
  [{ $sample: {} }, 28749],
  [{ $sample: { size: 1, foo: 1 } }, 28748],
  [{ $sample: 1 }, 28745],
  [{ $skip: -1 }, 5107200],
  [{ $skip: 'x' }, 5107200],
  [{ $limit: -1 }, 5107201],
  [{ $limit: 0 }, 15958],
  [{ $count: 1 }, 40156],
  [{ $count: '' }, 40157],
  [{ $count: '$a' }, 40158],
  [{ $count: 'a.b' }, 40160],
  [{ $sortByCount: 'k' }, 40148],
  [{ $sortByCount: { k: 1 } }, 40147],
  [{ $sortByCount: 1 }, 40149],
  [{ $unwind: {} }, 28812],
  [{ $unwind: { path: '$t', includeArrayIndex: 1 } }, 28810],
  [{ $unwind: { path: '$t', preserveNullAndEmptyArrays: 1 } }, 28809],
];
for (const [given, code] of stages) {
  const pipeline = Array.isArray(given) ? given : [given];
  asks(JSON.stringify(given), async () => (await shared()).aggregate(pipeline).toArray(), `refused ${code}`);
}

let made: ReturnType<typeof coll> | undefined;
function shared(): ReturnType<typeof coll> {
  made ??= coll({ _id: 1, k: 'a', v: 1 });
  return made;
}

/** Each command, the code it is refused with, and nothing of it is done. */
const commands: readonly (readonly [Document, number])[] = [
  [{ find: 'c1', maxTimeMS: -1 }, 2],
  [{ find: 'c1', maxTimeMS: 1.5 }, 2],
  [{ find: 'c1', maxTimeMS: 'x' }, 14],
  [{ find: 'c1', readConcern: { level: 'local', foo: 1 } }, 40415],
  [{ find: 'c1', readConcern: { level: 'foo' } }, 2],
  [{ find: 'c1', readConcern: 1 }, 14],
  [{ find: 'c1', projection: { 'a.b': 1, a: 1 } }, 31250],
  [{ insert: 'c1', documents: [{}], writeConcern: { foo: 1 } }, 40415],
  [{ insert: 'c1', documents: [{}, 1] }, 14],
  [{ killCursors: 'c1', cursors: [1] }, 14],
  [{ killCursors: 'c1' }, 40414],
  [{ getMore: 1, collection: 'c1' }, 14],
  [{ createIndexes: 'c1', indexes: [{ key: { a: 1 } }] }, 9],
  [{ createIndexes: 'c1', indexes: [{ name: 'a' }] }, 9],
  [{ createIndexes: 'c1', indexes: [{ key: { a: 1 }, name: 1 }] }, 14],
  [{ createIndexes: 'c1', indexes: [{ key: { _id: 1 }, name: 'i', sparse: true }] }, 197],
  [{ createIndexes: 'c1', indexes: [{ key: { _id: 1 }, name: 'i', expireAfterSeconds: 1 }] }, 197],
  [{ createIndexes: 'c1', indexes: [{ key: { a: 1 }, name: 'a' }], foo: 1 }, 40415],
  [{ update: 'c1', updates: [{ q: {}, u: { $set: { w: 1 } } }, { q: {} }] }, 40414],
  [{ update: 'c1', updates: [{ q: {}, u: { $set: { w: 1 } } }, { u: {} }] }, 40414],
  [
    {
      update: 'c1',
      updates: [
        { q: {}, u: { $set: { w: 1 } } },
        { q: {}, u: 1 },
      ],
    },
    9,
  ],
  [
    {
      update: 'c1',
      updates: [
        { q: {}, u: { $set: { w: 1 } } },
        { q: {}, u: {}, foo: 1 },
      ],
    },
    40415,
  ],
  [
    {
      update: 'c1',
      updates: [
        { q: {}, u: { $set: { w: 1 } } },
        { q: null, u: {} },
      ],
    },
    14,
  ],
  [{ delete: 'c1', deletes: [{ q: {}, limit: 1 }, { q: {} }] }, 40414],
  [
    {
      delete: 'c1',
      deletes: [
        { q: {}, limit: 1 },
        { q: {}, limit: 2 },
      ],
    },
    9,
  ],
];
for (const [command, code] of commands) {
  asks(JSON.stringify(command), async () => {
    const c = await shared();
    const answer = await db()
      .command({ ...command, [Object.keys(command)[0] as string]: 'getMore' in command ? 1 : c.collectionName })
      .catch((error: { code: number }) => error.code);
    return [answer, await c.find().toArray(), (await c.indexes()).length];
  }, [code, [{ _id: 1, k: 'a', v: 1 }], 1]);
}
asks('a malformed operation fails the whole bulkWrite', async () => {
  const c = await shared();
  const nsInfo = [{ ns: c.namespace }];
  const first = { insert: 0, document: { _id: 2 } };
  const codes: unknown[] = [];
  for (const other of [{ update: 0, filter: {} }, { insert: 1, document: {} }, { foo: 0 }]) {
    const answer = client()
      .db('admin')
      .command({ bulkWrite: 1, ops: [first, other], nsInfo });
    codes.push(
      await answer.then(
        () => 'done',
        (error: { code: number }) => error.code,
      ),
    );
  }
  return [codes, await c.countDocuments()];
}, [[40414, 2, 40415], 1]);
asks('an update that would change _id counts as not done', async () => {
  const c = await coll({ _id: 1 }, { _id: 2, a: 'x' });
  const run = async (update: Document) => {
    const { n, nModified, writeErrors } = await db().command({ update: c.collectionName, updates: [update] });
    return [n, nModified, writeErrors[0].code];
  };
  return [
    await run({ q: { _id: 1 }, u: { $set: { _id: 9 } } }),
    await run({ q: {}, u: { $inc: { a: 1 } }, multi: true }),
    await c.find().toArray(),
  ];
}, [
  [0, 0, 66],
  [0, 0, 14],
  [
    { _id: 1, a: 1 },
    { _id: 2, a: 'x' },
  ],
]);
asks('views that lead back to themselves, or through too many others', async () => {
  const code = (name: string, viewOn: string) =>
    db()
      .createCollection(name, { viewOn, pipeline: [] })
      .then(
        () => 'made',
        (error: { code: number }) => error.code,
      );
  const few = [await code('va', 'vb'), await code('vb', 'vc'), await code('vc', 'va'), await code('vd', 'vd')];
  const many: unknown[] = [];
  for (let i = 1; i <= 21; i++) many.push(await code(`deep${i}`, `deep${i - 1}`));
  const changed = await db()
    .command({ collMod: 'vb', viewOn: 'va', pipeline: [] })
    .catch((error: { code: number }) => error.code);
  return [few, many.filter((one) => one === 'made').length, many.at(-1), changed];
}, [['made', 'made', 5, 5], 20, 165, 5]);
asks(
  'cursor ids are longs',
  async () => (await db().command({ killCursors: 'c1', cursors: [Long.fromNumber(7)] })).ok,
  1,
);
const numbered = [0, 3, 9, 14, 27, 55].map((v, _id) => ({ _id, v }));
const bounds = (granularity: string) => async () =>
  (
    await (await coll(...numbered)).aggregate([{ $bucketAuto: { groupBy: '$v', buckets: 3, granularity } }]).toArray()
  ).map(({ _id, count }) => [_id.min, _id.max, count]);
asks('$bucketAuto in powers of two', bounds('POWERSOF2'), [
  [0, 4, 2],
  [4, 16, 2],
  [16, 64, 2],
]);
asks('$bucketAuto in steps of 1, 2 and 5', bounds('1-2-5'), [
  [0, 5, 2],
  [5, 20, 2],
  [20, 100, 2],
]);
asks('$bucketAuto in an E series', bounds('E24'), [
  [0, 3.3, 2],
  [3.3, 15, 2],
  [15, 56, 2],
]);
