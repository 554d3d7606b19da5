import type { Document } from 'mongodb';
import { asking } from '../../support/driver.ts';

const { asks, coll, db } = asking();
const agg = (documents: Document[], pipeline: Document[]) => async () =>
  (await coll(...documents)).aggregate(pipeline).toArray();
const sales = [
  { _id: 1, k: 'a', v: 10, t: ['x', 'y'] },
  { _id: 2, k: 'b', v: 20, t: ['y'] },
  { _id: 3, k: 'a', v: 30, t: [] },
  { _id: 4, k: 'c', v: 5 },
];

asks(
  '$bucket',
  agg(sales, [
    {
      $bucket: {
        groupBy: '$v',
        boundaries: [0, 10, 25],
        default: 'more',
        output: { n: { $sum: 1 }, ids: { $push: '$_id' } },
      },
    },
  ]),
  [
    { _id: 0, n: 1, ids: [4] },
    { _id: 10, n: 2, ids: [1, 2] },
    { _id: 'more', n: 1, ids: [3] },
  ],
);
asks('$bucketAuto', agg(sales, [{ $bucketAuto: { groupBy: '$v', buckets: 2 } }]), [
  { _id: { min: 5, max: 20 }, count: 2 },
  { _id: { min: 20, max: 30 }, count: 2 },
]);
asks(
  '$facet',
  agg(sales, [
    {
      $facet: {
        a: [{ $match: { k: 'a' } }, { $count: 'n' }],
        b: [{ $sort: { v: -1 } }, { $limit: 1 }, { $project: { _id: 1 } }],
      },
    },
  ]),
  [{ a: [{ n: 2 }], b: [{ _id: 3 }] }],
);
asks('$facet+$lookup', async () => {
  const c = await coll(...sales);
  return c
    .aggregate([
      {
        $facet: {
          a: [
            { $match: { _id: 1 } },
            { $lookup: { from: c.collectionName, localField: 'k', foreignField: 'k', as: 'm' } },
            { $project: { n: { $size: '$m' } } },
          ],
        },
      },
    ])
    .toArray();
}, [{ a: [{ _id: 1, n: 2 }] }]);
asks('$lookup pipeline let', async () => {
  const c = await coll(...sales);
  return c
    .aggregate([
      { $match: { _id: 1 } },
      {
        $lookup: {
          from: c.collectionName,
          let: { kk: '$k', vv: '$v' },
          pipeline: [
            { $match: { $expr: { $and: [{ $eq: ['$k', '$$kk'] }, { $gt: ['$v', '$$vv'] }] } } },
            { $project: { v: 1, _id: 0 } },
          ],
          as: 'm',
        },
      },
      { $project: { m: 1 } },
    ])
    .toArray();
}, [{ _id: 1, m: [{ v: 30 }] }]);
asks(
  '$unwind idx',
  agg(sales, [
    { $unwind: { path: '$t', includeArrayIndex: 'i', preserveNullAndEmptyArrays: true } },
    { $project: { t: 1, i: 1 } },
  ]),
  [
    { _id: 1, t: 'x', i: 0 },
    { _id: 1, t: 'y', i: 1 },
    { _id: 2, t: 'y', i: 0 },
    { _id: 3, i: null },
    { _id: 4, i: null },
  ],
);
asks('$sortByCount', agg(sales, [{ $sortByCount: '$k' }, { $limit: 1 }]), [{ _id: 'a', count: 2 }]);
asks(
  '$setWindowFields',
  agg(sales, [
    {
      $setWindowFields: {
        partitionBy: '$k',
        sortBy: { v: 1 },
        output: { run: { $sum: '$v', window: { documents: ['unbounded', 'current'] } }, r: { $rank: {} } },
      },
    },
    { $project: { run: 1, r: 1 } },
    { $sort: { _id: 1 } },
  ]),
  [
    { _id: 1, run: 10, r: 1 },
    { _id: 2, run: 20, r: 1 },
    { _id: 3, run: 40, r: 2 },
    { _id: 4, run: 5, r: 1 },
  ],
);
asks(
  '$densify',
  agg(
    [
      { _id: 1, n: 1 },
      { _id: 2, n: 3 },
    ],
    [{ $densify: { field: 'n', range: { step: 1, bounds: 'full' } } }, { $project: { _id: 0 } }],
  ),
  [{ n: 1 }, { n: 2 }, { n: 3 }],
);
asks(
  '$fill',
  agg(
    [
      { _id: 1, n: 1 },
      { _id: 2, n: null },
      { _id: 3, n: 3 },
    ],
    [{ $fill: { sortBy: { _id: 1 }, output: { n: { method: 'linear' } } } }],
  ),
  [
    { _id: 1, n: 1 },
    { _id: 2, n: 2 },
    { _id: 3, n: 3 },
  ],
);
asks(
  '$redact',
  agg([{ _id: 1, l: 1, s: { l: 9, x: 1 } }], [{ $redact: { $cond: [{ $lte: ['$l', 5] }, '$$DESCEND', '$$PRUNE'] } }]),
  [{ _id: 1, l: 1 }],
);
asks('$unionWith', async () => {
  const a = await coll({ _id: 1 });
  const b = await coll({ _id: 2 }, { _id: 3 });
  return a.aggregate([{ $unionWith: { coll: b.collectionName, pipeline: [{ $match: { _id: 3 } }] } }]).toArray();
}, [{ _id: 1 }, { _id: 3 }]);
asks('$graphLookup', async () => {
  const c = await coll({ _id: 1, p: null }, { _id: 2, p: 1 }, { _id: 3, p: 2 });
  return c
    .aggregate([
      { $match: { _id: 3 } },
      {
        $graphLookup: {
          from: c.collectionName,
          startWith: '$p',
          connectFromField: 'p',
          connectToField: '_id',
          as: 'up',
          depthField: 'd',
        },
      },
      { $project: { up: { $sortArray: { input: '$up', sortBy: { d: 1 } } } } },
    ])
    .toArray();
}, [
  {
    _id: 3,
    up: [
      { _id: 2, p: 1, d: 0 },
      { _id: 1, p: null, d: 1 },
    ],
  },
]);
asks(
  '$group accs',
  agg(sales, [
    {
      $group: {
        _id: null,
        s: { $sum: '$v' },
        a: { $avg: '$v' },
        mn: { $min: '$v' },
        mx: { $max: '$v' },
        f: { $first: '$k' },
        l: { $last: '$k' },
        set: { $addToSet: '$k' },
        c: { $count: {} },
      },
    },
    { $project: { s: 1, a: 1, mn: 1, mx: 1, f: 1, l: 1, c: 1, set: { $sortArray: { input: '$set', sortBy: 1 } } } },
  ]),
  [{ _id: null, s: 65, a: 16.25, mn: 5, mx: 30, f: 'a', l: 'c', c: 4, set: ['a', 'b', 'c'] }],
);
asks(
  '$group by doc',
  agg(sales, [
    { $group: { _id: { k: '$k', big: { $gt: ['$v', 15] } }, n: { $sum: 1 } } },
    { $sort: { n: -1, '_id.k': 1, '_id.big': 1 } },
    { $limit: 2 },
  ]),
  [
    { _id: { k: 'a', big: false }, n: 1 },
    { _id: { k: 'a', big: true }, n: 1 },
  ],
);
asks(
  '$group top/N',
  agg(sales, [
    {
      $group: {
        _id: null,
        t: { $top: { output: '$k', sortBy: { v: -1 } } },
        b: { $bottomN: { n: 2, output: '$v', sortBy: { v: -1 } } },
        m: { $maxN: { input: '$v', n: 2 } },
        p: { $push: { v: '$v' } },
      },
    },
  ]),
  [{ _id: null, t: 'a', b: [10, 5], m: [30, 20], p: [{ v: 10 }, { v: 20 }, { v: 30 }, { v: 5 }] }],
);
asks(
  '$group median/percentile',
  agg(sales, [
    {
      $group: {
        _id: null,
        m: { $median: { input: '$v', method: 'approximate' } },
        p: { $percentile: { input: '$v', p: [0.5, 1], method: 'approximate' } },
      },
    },
  ]),
  [{ _id: null, m: 10, p: [10, 30] }],
);
asks(
  '$project nested',
  agg(
    [{ _id: 1, a: { b: 1, c: 2 }, d: [{ e: 1, f: 2 }] }],
    [{ $project: { 'a.b': 1, 'd.e': 1, z: '$a.c', y: { q: '$a.b' }, arr: ['$a.b', '$nope'] } }],
  ),
  [{ _id: 1, a: { b: 1 }, d: [{ e: 1 }], z: 2, y: { q: 1 }, arr: [1, null] }],
);
asks('$project exclude', agg([{ _id: 1, a: { b: 1, c: 2 } }], [{ $project: { 'a.b': 0, _id: 0 } }]), [{ a: { c: 2 } }]);
asks('$project both', agg([{ _id: 1 }], [{ $project: { a: 1, b: 0 } }]), 'refused 31254');
asks('$addFields nested arr', agg([{ _id: 1, d: [{ e: 1 }, { e: 2 }] }], [{ $addFields: { 'd.x': 9 } }]), [
  {
    _id: 1,
    d: [
      { e: 1, x: 9 },
      { e: 2, x: 9 },
    ],
  },
]);
asks('$addFields obj merge', agg([{ _id: 1, a: { b: 1 } }], [{ $addFields: { a: { c: 2 } } }]), [
  { _id: 1, a: { b: 1, c: 2 } },
]);
asks('$addFields remove', agg([{ _id: 1, a: 1 }], [{ $addFields: { a: '$$REMOVE' } }]), [{ _id: 1 }]);
asks('$set expr field order', agg([{ _id: 1, a: 1, b: 2 }], [{ $set: { a: 5, c: 3 } }]), [
  { _id: 1, a: 5, b: 2, c: 3 },
]);
asks('$unset nested', agg([{ _id: 1, a: { b: 1, c: 2 } }], [{ $unset: ['a.b'] }]), [{ _id: 1, a: { c: 2 } }]);
asks('$replaceRoot bad', agg([{ _id: 1, a: 1 }], [{ $replaceRoot: { newRoot: '$a' } }]), 'refused 40228');
asks('$sample', async () => (await agg(sales, [{ $sample: { size: 2 } }])()).length, 2);
asks('$count', agg(sales, [{ $match: { k: 'zz' } }, { $count: 'n' }]), []);
asks(
  '$documents',
  async () =>
    db()
      .aggregate([{ $documents: [{ a: 1 }, { a: { $add: [1, 1] } }] }])
      .toArray(),
  [{ a: 1 }, { a: 2 }],
);
asks('unknown stage', agg(sales, [{ $nope: {} }]), 'refused 40324');
asks(
  '$changeStream',
  async () => {
    const cs = (await coll(...sales)).watch();
    try {
      await cs.next();
    } finally {
      await cs.close();
    }
  },
  'refused 40573',
);

const redactable = [
  { _id: 1, level: 1, in: { level: 9, x: 1 }, list: [{ level: 1, x: 2 }, { level: 9 }, 7] },
  { _id: 2, level: 9 },
];
const judged = (otherwise: string) => [{ $redact: { $cond: [{ $gt: ['$level', 5] }, '$$PRUNE', otherwise] } }];
asks('$redact keeps or prunes whole documents', agg(redactable, judged('$$KEEP')), [redactable[0]]);
asks('$redact descends into what is within', agg(redactable, judged('$$DESCEND')), [
  { _id: 1, level: 1, list: [{ level: 1, x: 2 }, 7] },
]);
asks(
  '$redact knows the whole beside the part',
  agg(redactable, [{ $redact: { $cond: [{ $eq: ['$$ROOT._id', 1] }, '$$DESCEND', '$$PRUNE'] } }]),
  [redactable[0]],
);
asks(
  '$redact of anything else is refused',
  () => agg(redactable, [{ $redact: 1 }])().catch(({ code }: { code: number }) => code),
  17_053,
);
asks('$unwind with an unknown option', agg(sales, [{ $unwind: { path: '$t', foo: 1 } }]), 'refused 28811');
asks(
  '$unwind with an index named like a path',
  agg(sales, [{ $unwind: { path: '$t', includeArrayIndex: '$i' } }]),
  'refused 28822',
);
asks('$addFields of nothing', agg(sales, [{ $addFields: {} }]), 'refused 40177');
