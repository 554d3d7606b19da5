import type { Document } from 'mongodb';
import { Long } from 'mongodb';
import { asking, type Numbered } from '../../support/driver.ts';

const { asks, client, coll, db, named } = asking();
const sales = [
  { _id: 1, k: 'a', v: 10 },
  { _id: 3, k: 'a', v: 30 },
  { _id: 4, k: 'c', v: 5 },
];

asks('session causal', async () => {
  const s = client().startSession();
  await named('t2').insertOne({ _id: 1 as never }, { session: s });
  const r = await named('t2').find({}, { session: s }).toArray();
  await s.endSession();
  return r;
}, [{ _id: 1 }]);
asks(
  'the majority of one',
  async () =>
    (await named('t3').insertOne({}, { writeConcern: { w: 'majority', j: true, wtimeout: 100 } })).acknowledged,
  true,
);
asks(
  'an unacknowledged write',
  async () => (await named('t3').insertOne({}, { writeConcern: { w: 0 } })).acknowledged,
  false,
);
asks(
  'more copies than one cannot be promised',
  async () =>
    named('t3')
      .insertOne({}, { writeConcern: { w: 3 } })
      .then(() => 'ok'),
  'refused 2',
);
asks(
  'readConcern snapshot',
  async () =>
    named('t3')
      .find({}, { readConcern: { level: 'snapshot' as never } })
      .toArray()
      .then(() => 'ok'),
  'refused 123',
);
asks('an unknown command', async () => db().command({ nope: 1 }), 'refused 59');
asks('an unknown field of a command', async () => db().command({ find: 'x', nope: 1 }), 'refused 40415');
asks(
  'a cursor that is no more',
  async () => db().command({ getMore: Long.fromNumber(12345), collection: 'x' }),
  'refused 43',
);
asks(
  'a document beyond 16 MB',
  async () =>
    (await coll()).insertOne({ a: 'x'.repeat(16 * 1024 * 1024) }).then(
      () => 'ok',
      (e) => e.code ?? e.message,
    ),
  10334,
);
asks(
  'an update that would grow one beyond 16 MB',
  async () => {
    const c = await coll({ _id: 1, a: 'x'.repeat(9_000_000) });
    return c.updateOne({ _id: 1 }, [{ $set: { b: '$a' } }]);
  },
  'refused 10334',
);
const deep = (depth: number): Document => (depth === 1 ? { a: 1 } : { a: deep(depth - 1) });
asks('a document nested 99 deep is stored', async () => (await coll()).insertOne(deep(99)).then(() => 'ok'), 'ok');
asks(
  'one nested 250 deep is refused',
  async () =>
    (await coll()).insertOne(deep(250)).then(
      () => 'ok',
      (e) => e.code,
    ),
  15,
);
asks('validator', async () => {
  const c = await db().createCollection('val', { validator: { $jsonSchema: { required: ['n'] } } });
  return c.insertOne({ a: 1 }).then(
    () => 'ok',
    (e) => [e.code, e.errInfo?.failingDocumentId !== undefined],
  );
}, [121, true]);
asks(
  'collMod validator',
  async () => {
    await db().command({ collMod: 'val', validator: {}, validationLevel: 'off' });
    return (await named('val').insertOne({ a: 1 })).acknowledged;
  },
  true,
);
asks('collMod hidden', async () => {
  const c = await coll({ a: 1 });
  await c.createIndex({ a: 1 });
  await db().command({ collMod: c.collectionName, index: { name: 'a_1', hidden: true } });
  const e = await c.find({ a: 1 }).explain();
  return [(await c.indexes())[1]?.hidden, JSON.stringify(e.queryPlanner.winningPlan).includes('COLLSCAN')];
}, [true, true]);
asks(
  'rename',
  async () => {
    const c = await coll({ a: 1 });
    await c.rename('renamed');
    return (await named('renamed').find().toArray()).length;
  },
  1,
);
asks('renaming nothing', async () => named('nonexist').rename('z'), 'refused 26');
asks(
  'listCollections nameOnly',
  async () => await db().listCollections({ name: 'renamed' }, { nameOnly: true }).toArray(),
  [{ name: 'renamed', type: 'collection' }],
);
asks('dropping nothing', async () => named('nonexist2').drop(), true);
asks('dropping an index that is not there', async () => (await coll({ a: 1 })).dropIndex('zz'), 'refused 27');
asks('the indexes of nothing', async () => named('nonexist3').indexes(), 'refused 26');
asks(
  'a TTL index is listed',
  async () => {
    const c = await coll();
    await c.createIndex({ d: 1 }, { expireAfterSeconds: 5 });
    return (await c.indexes())[1]?.expireAfterSeconds;
  },
  5,
);
asks(
  'a wildcard index',
  async () => {
    const c = await coll({ a: { b: 1 } });
    await c.createIndex({ '$**': 1 });
    return c.countDocuments({ 'a.b': 1 });
  },
  1,
);
asks(
  'a hashed index',
  async () => {
    const c = await coll({ a: 1 });
    return c.createIndex({ a: 'hashed' });
  },
  'a_hashed',
);
asks(
  'an index made in the background',
  async () => {
    const c = await coll({ a: 1 });
    return c.createIndex({ a: 1 }, { background: true, name: 'q' } as never);
  },
  'q',
);
asks(
  'the same index, but unique',
  async () => {
    const c = await coll({ a: 1 });
    await c.createIndex({ a: 1 });
    return c.createIndex({ a: 1 }, { unique: true });
  },
  'refused 86',
);
asks(
  'the same name on other fields',
  async () => {
    const c = await coll({ a: 1 });
    await c.createIndex({ a: 1 }, { name: 'x' });
    return c.createIndex({ b: 1 }, { name: 'x' });
  },
  'refused 86',
);
asks(
  'the same fields under another name',
  async () => {
    const c = await coll({ a: 1 });
    await c.createIndex({ a: 1 }, { name: 'x' });
    return c.createIndex({ a: 1 }, { name: 'y' });
  },
  'refused 85',
);
asks(
  'a TTL index with another time',
  async () => {
    const c = await coll({ a: 1 });
    await c.createIndex({ a: 1 }, { expireAfterSeconds: 5 });
    return c.createIndex({ a: 1 }, { expireAfterSeconds: 9 });
  },
  'refused 85',
);
asks('dbStats', async () => Object.keys(await db().stats()).includes('dataSize'), true);
asks(
  'listDatabases',
  async () => (await db().admin().listDatabases()).databases.some((d) => d.name === db().databaseName),
  true,
);
asks('buildInfo', async () => typeof (await db().admin().buildInfo()).version, 'string');
asks('serverStatus', async () => (await db().admin().serverStatus()).ok, 1);
asks('explain find', async () => {
  const e = await (await coll(...sales)).find({ k: 'a' }).explain('executionStats');
  return [e.queryPlanner.winningPlan.stage, e.executionStats.nReturned];
}, ['COLLSCAN', 2]);
asks(
  'undefined fields left out by the driver',
  async () => {
    const c = client().db(db().databaseName, { ignoreUndefined: true }).collection<Numbered>('und');
    await c.insertOne({ _id: 1, a: undefined, b: 1 });
    return c.findOne();
  },
  { _id: 1, b: 1 },
);
asks('client bulkWrite', async () => {
  const r = await client().bulkWrite(
    [
      { namespace: 'p.cb', name: 'insertOne', document: { _id: 1 } },
      { namespace: 'p.cb2', name: 'updateOne', filter: { _id: 5 }, update: { $set: { a: 1 } }, upsert: true },
    ] as never,
    { verboseResults: true },
  );
  return [r.insertedCount, r.upsertedCount];
}, [1, 1]);
asks('sessions may be killed', async () => (await db().command({ killAllSessions: [] })).ok, 1);
asks('currentOp', async () => (await db().admin().command({ currentOp: 1 })).ok, 1);
asks(
  'a null filter is none',
  async () =>
    db()
      .command({ find: 'c0', filter: null as never })
      .then((r) => r.ok),
  1,
);
asks('fsync', async () => (await db().admin().command({ fsync: 1 })).ok, 1);
asks(
  'getParameter',
  async () =>
    (await db().admin().command({ getParameter: 1, featureCompatibilityVersion: 1 })).featureCompatibilityVersion
      .version,
  '8.2',
);
asks('dataSize', async () => typeof (await db().command({ dataSize: `${db().databaseName}.c1` })).size, 'number');
asks('convertToCapped', async () => (await db().command({ convertToCapped: 'c1', size: 10000 })).ok, 1);
asks('profile', async () => (await db().command({ profile: 0 })).ok, 1);
asks('listCommands', async () => (await db().command({ listCommands: 1 })).ok, 1);
