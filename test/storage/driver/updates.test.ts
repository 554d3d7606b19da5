import type { Document } from 'mongodb';
import { asking, refusalOf } from '../../support/driver.ts';

const { asks, coll, db } = asking();
const upd =
  (document: Document, update: object, options: object = {}, filter: object = {}) =>
  async () => {
    const c = await coll(document);
    await c.updateOne(filter, update, options);
    const found = await c.findOne({});
    const { _id, ...fields } = found ?? {};
    return fields as Document;
  };

asks('$inc missing', upd({ a: 1 }, { $inc: { b: 2 } }), { a: 1, b: 2 });
asks('$inc str', upd({ a: 'x' }, { $inc: { a: 2 } }), 'refused 14');
asks('$mul', upd({ a: 3 }, { $mul: { a: 2, b: 5 } }), { a: 6, b: 0 });
asks('$min/$max', upd({ a: 3, b: 3 }, { $min: { a: 1 }, $max: { b: 9, c: 1 } }), { a: 1, b: 9, c: 1 });
asks('$rename', upd({ a: 1, b: { c: 2 } }, { $rename: { a: 'z', 'b.c': 'y' } }), { b: {}, y: 2, z: 1 });
asks('$unset', upd({ a: 1, b: [1, 2] }, { $unset: { a: '', 'b.0': 1 } }), { b: [null, 2] });
asks('$push mods', upd({ a: [5, 1] }, { $push: { a: { $each: [3, 9], $sort: -1, $slice: 3 } } }), { a: [9, 5, 3] });
asks('$push pos', upd({ a: [5, 1] }, { $push: { a: { $each: [3], $position: 1 } } }), { a: [5, 3, 1] });
asks('$addToSet', upd({ a: [1] }, { $addToSet: { a: { $each: [1, 2] } } }), { a: [1, 2] });
asks('$pull cond', upd({ a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }), { a: [1] });
asks('$pull doc', upd({ a: [{ x: 1, y: 1 }, { x: 2 }] }, { $pull: { a: { x: 1 } } }), { a: [{ x: 2 }] });
asks('$pullAll', upd({ a: [1, 2, 1, 3] }, { $pullAll: { a: [1, 3] } }), { a: [2] });
asks('$pop', upd({ a: [1, 2, 3] }, { $pop: { a: -1 } }), { a: [2, 3] });
asks('$bit', upd({ a: 13 }, { $bit: { a: { and: 10 } } }), { a: 8 });
asks(
  '$currentDate',
  async () => {
    const d = await upd({ a: 1 }, { $currentDate: { t: true } })();
    return d.t instanceof Date;
  },
  true,
);
asks('$ is the element found', upd({ a: [1, 5, 9] }, { $set: { 'a.$': 7 } }, {}, { a: 5 }), { a: [1, 7, 9] });
asks('$[] is every element', upd({ a: [1, 5] }, { $inc: { 'a.$[]': 1 } }), { a: [2, 6] });
asks(
  '$[x] is every element that fits',
  upd({ a: [{ q: 1 }, { q: 5 }] }, { $set: { 'a.$[e].z': 1 } }, { arrayFilters: [{ 'e.q': { $gt: 2 } }] }),
  { a: [{ q: 1 }, { q: 5, z: 1 }] },
);
asks(
  'array filters are documents',
  async () =>
    db()
      .command({ update: 'c0', updates: [{ q: {}, u: { $set: { 'a.$[e]': 1 } }, arrayFilters: [5] }] })
      .then((r) => r.writeErrors?.[0]?.code ?? r.ok),
  14,
);
asks(
  'constants are for pipelines',
  async () =>
    db()
      .command({ update: 'c0', updates: [{ q: {}, u: { $set: { a: 1 } }, c: { x: 1 } }] })
      .then((r) => r.writeErrors?.[0]?.code),
  51198,
);
asks('an update by pipeline', upd({ a: 1, b: 2 }, [{ $set: { c: { $add: ['$a', '$b'] } } }, { $unset: 'a' }]), {
  b: 2,
  c: 3,
});
asks('two operators on one field', upd({ a: 1 }, { $set: { a: 1 }, $inc: { a: 1 } }), 'refused 40');
asks('two operators on one path', upd({ a: 1 }, { $set: { a: {}, 'a.b': 1 } }), 'refused 40');
asks('_id stays', upd({ a: 1 }, { $set: { _id: 9 } }), 'refused 66');
asks('no field begins with a dollar', upd({ a: 1 }, { $set: { 'a.$b': 9 } }), 'refused 28');
asks(
  'a replacement keeps _id',
  async () => {
    const c = await coll({ _id: 1, a: 1 });
    await c.replaceOne({ _id: 1 }, { b: 2 });
    return c.findOne();
  },
  { _id: 1, b: 2 },
);
asks(
  'an upsert begins with what the filter fixes',
  async () => {
    const c = await coll();
    await c.updateOne(
      { a: 1, 'b.c': 2, d: { $gt: 5 }, $and: [{ e: 3 }] },
      { $set: { f: 1 }, $setOnInsert: { g: 1 } },
      { upsert: true },
    );
    const { _id, ...made } = (await c.findOne()) ?? {};
    return made;
  },
  { a: 1, b: { c: 2 }, e: 3, f: 1, g: 1 },
);
asks('an upsert tells the id it made', async () => {
  const c = await coll();
  const r = await c.updateOne({ _id: 'q' }, { $set: { a: 1 } }, { upsert: true });
  return [r.upsertedId, r.upsertedCount, r.matchedCount];
}, ['q', 1, 0]);
asks('a duplicate key is told with its pattern and its value', async () => {
  const c = await coll({ _id: 1 });
  const { code, keyPattern, keyValue, message } = await refusalOf(c.insertOne({ _id: 1 }));
  return [code, keyPattern, keyValue, /index: _id_ dup key: { _id: 1 }/.test(message)];
}, [11000, { _id: 1 }, { _id: 1 }, true]);
asks('an unordered insert goes on after a refusal', async () => {
  const c = await coll({ _id: 1 });
  const refused = await refusalOf(c.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 1 }], { ordered: false }));
  return [refused.result?.insertedCount, refused.writeErrors?.map(({ index }) => index)];
}, [1, [0, 2]]);
asks('a bulk write of all kinds', async () => {
  const c = await coll();
  const r = await c.bulkWrite([
    { insertOne: { document: { _id: 1, a: 1 } } },
    { updateOne: { filter: { _id: 1 }, update: { $inc: { a: 1 } } } },
    { replaceOne: { filter: { _id: 7 }, replacement: { a: 9 }, upsert: true } },
    { deleteMany: { filter: { a: 2 } } },
  ] as never);
  return [r.insertedCount, r.modifiedCount, r.upsertedCount, r.deletedCount, r.upsertedIds];
}, [1, 1, 1, 1, { 2: 7 }]);
asks(
  'findOneAndUpdate takes the first in order',
  async () => {
    const c = await coll({ _id: 1, n: 1 }, { _id: 2, n: 2 });
    return c.findOneAndUpdate({}, { $inc: { n: 10 } } as never, {
      sort: { n: -1 },
      returnDocument: 'after',
      projection: { n: 1, _id: 0 },
    });
  },
  { n: 12 },
);
asks(
  'findOneAndDelete finds nothing',
  async () => (await coll({ _id: 1 })).findOneAndDelete({ _id: { $in: [5] } }),
  null,
);
asks(
  'findOneAndReplace makes what is not there',
  async () => (await coll()).findOneAndReplace({ _id: 3 }, { a: 1 }, { upsert: true, returnDocument: 'after' }),
  { _id: 3, a: 1 },
);
