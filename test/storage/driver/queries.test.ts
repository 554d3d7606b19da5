import type { Document } from 'mongodb';
import { asking } from '../../support/driver.ts';

const { asks, coll } = asking();
const find =
  (documents: Document[], filter: object, options: object = {}) =>
  async () =>
    (await (await coll(...documents)).find(filter, options).toArray()).map(({ _id }) => _id);

const Q = [
  { _id: 1, a: 5, b: 'x', c: [1, 2, 3], d: { e: 1 } },
  { _id: 2, a: 7.5, b: 'y', c: [], d: [{ e: 1 }, { e: 2 }] },
  { _id: 3, b: null },
  { _id: 4, a: '5', c: [[1, 2]], d: { e: 3 } },
];
asks('$type num', find(Q, { a: { $type: 'number' } }), [1, 2]);
asks('$type arr', find(Q, { c: { $type: 'array' } }), [1, 2, 4]);
asks('$mod', find(Q, { a: { $mod: [5, 0] } }), [1]);
asks('$size', find(Q, { c: { $size: 0 } }), [2]);
asks('$all nested', find(Q, { c: { $all: [[1, 2]] } }), [4]);
asks('eq arr', find(Q, { c: [1, 2, 3] }), [1]);
asks('c.0', find(Q, { 'c.0': 1 }), [1]);
asks('d.e', find(Q, { 'd.e': { $gt: 1 } }), [2, 4]);
asks('null', find(Q, { b: null }), [3, 4]);
asks('exists', find(Q, { a: { $exists: false } }), [3]);
asks('$not regex', find(Q, { b: { $not: /x/ } }), [2, 3, 4]);
asks('$nor', find(Q, { $nor: [{ a: 5 }, { b: 'y' }] }), [3, 4]);
asks('$expr', find(Q, { $expr: { $gt: ['$a', 6] } }), [2, 4]);
asks('$jsonSchema', find(Q, { $jsonSchema: { required: ['a'], properties: { a: { bsonType: 'int' } } } }), [1]);
asks('$bitsAllSet', find(Q, { a: { $bitsAllSet: [0, 2] } }), [1]);
asks('$where', find(Q, { $where: 'true' }), 'refused 2');
asks('$text', find(Q, { $text: { $search: 'x' } }), 'refused 27');
asks('bad op', find(Q, { a: { $foo: 1 } }), 'refused 2');
asks('empty $in', find(Q, { a: { $in: [] } }), []);
asks('$in notarray', find(Q, { a: { $in: 1 } }), 'refused 2');
asks('$comment', find(Q, { a: 5, $comment: 'hey' }), [1]);
asks(
  'proj $slice',
  async () => (await coll(...Q)).find({ _id: 1 }, { projection: { c: { $slice: [1, 1] }, _id: 0 } }).toArray(),
  [{ a: 5, b: 'x', c: [2], d: { e: 1 } }],
);
asks(
  'proj $elemMatch',
  async () => (await coll(...Q)).find({ _id: 2 }, { projection: { d: { $elemMatch: { e: 2 } } } }).toArray(),
  [{ _id: 2, d: [{ e: 2 }] }],
);
asks('proj positional', async () => (await coll(...Q)).find({ c: 2 }, { projection: { 'c.$': 1 } }).toArray(), [
  { _id: 1, c: [2] },
]);
asks(
  'proj expr',
  async () => (await coll(...Q)).find({ _id: 1 }, { projection: { x: { $add: ['$a', 1] } } }).toArray(),
  [{ _id: 1, x: 6 }],
);
asks('proj literal str', async () => (await coll(...Q)).find({ _id: 1 }, { projection: { x: '$b' } }).toArray(), [
  { _id: 1, x: 'x' },
]);
asks('returnKey', async () => (await coll(...Q)).find({ _id: 1 }, { returnKey: true }).toArray(), [{ _id: 1 }]);
asks('min/max', async () => {
  const c = await coll(...Q);
  return c
    .find({})
    .min({ _id: 2 })
    .max({ _id: 4 })
    .hint({ _id: 1 })
    .map((d) => d._id)
    .toArray();
}, [2, 3]);
asks(
  'showRecordId',
  async () => {
    const [d] = await (await coll(...Q)).find({ _id: 1 }, { showRecordId: true }).toArray();
    return typeof d?.$recordId;
  },
  'number',
);
asks(
  'sort dup key',
  async () =>
    (await coll(...Q))
      .find()
      .sort([['_id', -1]])
      .map((d) => d._id)
      .toArray(),
  [4, 3, 2, 1],
);
asks('distinct nested', async () => (await coll(...Q)).distinct('d.e'), [1, 2, 3]);
asks('count hint', async () => (await coll(...Q)).countDocuments({ a: 5 }, { hint: '_id_' }), 1);
asks('estimated', async () => (await coll(...Q)).estimatedDocumentCount(), 4);
asks('maxTimeMS', async () => (await (await coll(...Q)).find().maxTimeMS(1000).toArray()).length, 4);
