import { type Document, Double, Long } from 'mongodb';
import { asking } from '../../support/driver.ts';

const { asks, client, coll, db, named } = asking();
const admin = (command: Document) => db().admin().command(command);

asks('a setting by its name', async () => Object.keys(await admin({ getParameter: 1, requireApiVersion: 1 })), [
  'requireApiVersion',
  'ok',
]);
asks('all settings', async () => {
  const { enableTestCommands, ttlMonitorSleepSecs } = await admin({ getParameter: '*' });
  return [enableTestCommands, ttlMonitorSleepSecs];
}, [false, 60]);
asks(
  'all settings, with a document',
  async () => (await admin({ getParameter: { allParameters: true } })).ttlMonitorEnabled,
  true,
);
asks('a setting there is not', async () => admin({ getParameter: 1, nope: 1 }), 'refused 72');
asks('no profile is kept', async () => db().command({ profile: 2 }), 'refused 115');
asks('no profile is asked for', async () => (await db().command({ profile: -1 })).was, 0);
asks('what asks is itself being done', async () => {
  const own = { $match: { 'command.aggregate': 1 } };
  const ops = await client()
    .db('admin')
    .aggregate([{ $currentOp: {} }, own, { $project: { op: 1, ns: 1 } }])
    .toArray();
  const { inprog } = await admin({ currentOp: 1 });
  return [ops, inprog.map(({ ns }: Document) => ns)];
}, [[{ op: 'command', ns: 'admin.$cmd.aggregate' }], ['admin.$cmd.currentOp']]);
asks('users are none', async () => (await db().command({ dropAllUsersFromDatabase: 1 })).n, 0);
asks('indexes made anew', async () => {
  const c = await coll({ a: 1 });
  await c.createIndex({ a: 1 });
  const { nIndexes, indexes } = await db().command({ reIndex: c.collectionName });
  return [nIndexes, indexes.map(({ name }: Document) => name)];
}, [2, ['_id_', 'a_1']]);
asks('indexes of nothing made anew', async () => db().command({ reIndex: 'nowhere' }), 'refused 26');
asks(
  'validate passes over what it does not know',
  async () => {
    const c = await coll({ a: 1 });
    return (await db().command({ validate: c.collectionName, scandata: true })).valid;
  },
  true,
);

for (const [flag, given, kept] of [
  ['unique', 1, true],
  ['unique', 0, undefined],
  ['sparse', 2.5, true],
  ['hidden', 1, true],
  ['background', true, true],
] as const) {
  asks(
    `an index with ${flag}: ${given}`,
    async () => {
      const c = await coll();
      await db().command({ createIndexes: c.collectionName, indexes: [{ key: { a: 1 }, name: 'a', [flag]: given }] });
      return (await c.indexes()).find(({ name }) => name === 'a')?.[flag];
    },
    kept,
  );
}
asks(
  'unique: 1 is unique',
  async () => {
    const c = await coll({ a: 1 });
    await db().command({ createIndexes: c.collectionName, indexes: [{ key: { a: 1 }, name: 'a', unique: 1 }] });
    return c.insertOne({ a: 1 });
  },
  'refused 11000',
);
asks(
  'a flag that is none',
  async () => {
    const c = await coll();
    return db().command({ createIndexes: c.collectionName, indexes: [{ key: { a: 1 }, name: 'a', unique: 'yes' }] });
  },
  'refused 14',
);

asks('an unacknowledged write is not told its errors', async () => {
  const c = await coll({ _id: 1 });
  // The driver waits for no answer to a plain 0.
  const writeConcern = { w: new Double(0) };
  const insert = await db().command({ insert: c.collectionName, documents: [{ _id: 1 }], writeConcern });
  const deletes = [{ q: {}, limit: 0 }];
  const remove = await db().command({ delete: c.collectionName, deletes, writeConcern });
  const updates = [{ q: {}, u: { a: 1 }, multi: true }];
  const update = await db().command({ update: c.collectionName, updates, writeConcern });
  return [insert, remove, update, await c.countDocuments()];
}, [{ n: 0, ok: 1 }, { n: 0, ok: 1 }, { n: 0, ok: 1 }, 0]);

for (const [at, bounds, answer] of [
  [[200, 200], {}, 'refused 13027'],
  [[180, -180], {}, 'ok'],
  [[200, 200], { min: 0, max: 1024 }, 'ok'],
  [[-1, 200], { min: 0, max: 1024 }, 'refused 13027'],
] as const) {
  asks(
    `a place at ${at} within ${JSON.stringify(bounds)}`,
    async () => {
      const c = await coll();
      await c.createIndex({ at: '2d' }, bounds);
      await c.insertOne({ at: [...at] });
      return 'ok';
    },
    answer,
  );
}

asks(
  'a tail whose place was overwritten',
  async () => {
    const c = await db().createCollection('capped', { capped: true, size: 4096, max: 3 });
    await c.insertMany([{ x: 1 }, { x: 2 }, { x: 3 }]);
    const tail = c.find({}, { tailable: true });
    for (let i = 0; i < 3; i++) await tail.next();
    await c.insertMany([{ x: 4 }, { x: 5 }, { x: 6 }]);
    return tail.tryNext();
  },
  'refused 136',
);
asks('explain of all plans', async () => {
  const stats = async (verbosity: string) => (await named('x').find({ a: 1 }).explain(verbosity)).executionStats ?? {};
  await (await coll()).insertOne({});
  return [(await stats('allPlansExecution')).allPlansExecution, 'allPlansExecution' in (await stats('executionStats'))];
}, [[], false]);

for (const [command, answer] of [
  [{ ping: 1, apiVersion: '1', apiStrict: true }, 'ok'],
  [{ ping: 1, apiVersion: '2' }, 'refused 322'],
  [{ ping: 1, apiVersion: 1 }, 'refused 14'],
  [{ ping: 1, apiStrict: true }, 'refused 4886600'],
  [{ distinct: 'c', key: 'a', apiVersion: '1', apiStrict: true }, 'refused 323'],
  [{ distinct: 'c', key: 'a', apiVersion: '1' }, 'ok'],
  [{ aggregate: 'c', pipeline: [{ $indexStats: {} }], cursor: {}, apiVersion: '1', apiStrict: true }, 'refused 323'],
  [{ find: 'c', readConcern: { level: 'majority' } }, 'ok'],
  [{ find: 'c', readConcern: { level: 'unknown' } }, 'refused 2'],
  [{ saslStart: 1, mechanism: 'SCRAM-SHA-256', payload: '' }, 'refused 18'],
] as const) {
  asks(
    `answers ${JSON.stringify(command)}`,
    async () =>
      db()
        .command(command)
        .then(() => 'ok'),
    answer,
  );
}

asks('a merge that must not match tells which key did', async () => {
  const into = await coll({ _id: 2 });
  const merging = db().aggregate([
    { $documents: [{ _id: 2 }] },
    { $merge: { into: into.collectionName, whenMatched: 'fail' } },
  ]);
  return merging.toArray().catch(({ code, keyPattern, keyValue }) => [code, keyPattern, keyValue]);
}, [11000, { _id: 1 }, { _id: 2 }]);
asks(
  'keys alone, without record numbers',
  async () => (await coll({ _id: 1, x: 1 })).find().sort({ _id: 1 }).returnKey(true).showRecordId(true).toArray(),
  [{ _id: 1 }],
);
asks('the bounds of a capped collection', async () => {
  const c = await db().createCollection('bounded', { capped: true, size: 4096, max: 9 });
  const [stats] = await c.aggregate([{ $collStats: { storageStats: {} } }]).toArray();
  const { capped, maxSize, max } = stats?.storageStats ?? {};
  return [capped, maxSize, max];
}, [true, 4096, 9]);
asks('the results of a bulkWrite come in batches', async () => {
  const ops = [0, 1, 2].map((_id) => ({ insert: 0, document: { _id } }));
  const nsInfo = [{ ns: `${db().databaseName}.batched` }];
  const { cursor } = await admin({ bulkWrite: 1, ops, nsInfo, cursor: { batchSize: 2 } });
  const more = await admin({ getMore: Long.fromNumber(cursor.id), collection: '$cmd.bulkWrite' });
  return [cursor.firstBatch.length, more.cursor.nextBatch.length];
}, [2, 1]);
asks('the results of a bulkWrite beyond 2 MB come in batches', async () => {
  const models = ['a', 'b'].map((letter) => ({
    namespace: `${db().databaseName}.long`,
    name: 'updateOne' as const,
    filter: { _id: letter.repeat(1024 * 1024) as never },
    update: { $set: { x: 1 } },
    upsert: true,
  }));
  const { upsertedCount, updateResults } = await client().bulkWrite(models, { verboseResults: true });
  return [upsertedCount, updateResults?.size];
}, [2, 2]);
