import { type Document, Double } from 'mongodb';
import { asking } from '../../support/driver.ts';

const { asks, coll, db, named } = asking();
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
  ['unique', 0, false],
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
