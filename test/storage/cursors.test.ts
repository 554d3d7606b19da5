import { type Collection, Long, MongoClient, UUID } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/storage.ts';

let db: FreshDatabase;
let numbers: Collection;
beforeAll(async () => {
  db = await freshDatabase();
  numbers = db.connection.collection('numbers') as unknown as Collection;
  await numbers.insertMany(Array.from({ length: 1000 }, (_, i) => ({ _id: i as never, n: i, m: i % 10 })));
});
afterAll(() => db.drop());

const command = (given: object) => {
  const database = db.connection.db;
  if (database === undefined) throw new Error('not connected');
  return database.command(given as never);
};

test('the first batch has 101 documents, the next as many as asked for', async () => {
  const first = await command({ find: 'numbers' });
  expect(first.cursor.firstBatch).toHaveLength(101);
  const id = Long.fromValue(first.cursor.id);
  const second = await command({ getMore: id, collection: 'numbers', batchSize: 7 });
  expect(second.cursor.nextBatch.map(({ _id }: { _id: number }) => _id)).toEqual([101, 102, 103, 104, 105, 106, 107]);
  const rest = await command({ getMore: id, collection: 'numbers' });
  expect(rest.cursor.nextBatch).toHaveLength(892);
  expect(Number(rest.cursor.id)).toBe(0);
  await expect(command({ getMore: id, collection: 'numbers' })).rejects.toMatchObject({ code: 43 });
});

test('a batch stays within 2 MB, unless one document alone is larger', async () => {
  const big = db.connection.collection('big');
  await big.insertMany(Array.from({ length: 10 }, () => ({ pad: 'x'.repeat(500_000) })));
  expect((await command({ find: 'big' })).cursor.firstBatch).toHaveLength(4);
  await big.insertMany(Array.from({ length: 3 }, () => ({ pad: 'x'.repeat(4_000_000) })));
  expect((await command({ find: 'big', sort: { _id: -1 } })).cursor.firstBatch).toHaveLength(1);
  expect(await big.find().toArray()).toHaveLength(13);
});

test('a killed cursor is gone; one of another collection is refused', async () => {
  const { cursor } = await command({ find: 'numbers', batchSize: 2 });
  const id = Long.fromValue(cursor.id);
  await expect(command({ getMore: id, collection: 'big' })).rejects.toMatchObject({ code: 13 });
  expect((await command({ killCursors: 'numbers', cursors: [id] })).cursorsKilled).toHaveLength(1);
  await expect(command({ getMore: id, collection: 'numbers' })).rejects.toMatchObject({ code: 43 });
});

test('a cursor goes on behind what was deleted, and meets what came later', async () => {
  const moving = db.connection.collection('moving');
  await moving.createIndex({ n: 1 });
  await moving.insertMany(Array.from({ length: 20 }, (_, i) => ({ n: i })));
  const cursor = moving
    .find({ n: { $gte: 0 } })
    .sort({ n: 1 })
    .batchSize(5);
  const seen: number[] = [];
  for (let i = 0; i < 5; i++) seen.push((await cursor.next())?.n);
  await moving.deleteMany({ n: { $in: [4, 5, 6] } });
  await moving.insertOne({ n: 100 });
  for await (const { n } of cursor) seen.push(n);
  expect(seen).toEqual([0, 1, 2, 3, 4, ...Array.from({ length: 13 }, (_, i) => i + 7), 100]);
});

test('a sort no index gives is right, whole and in part', async () => {
  const whole = await numbers.find().sort({ m: -1, n: 1 }).toArray();
  const wanted = Array.from({ length: 1000 }, (_, i) => i).sort((a, b) => (b % 10) - (a % 10) || a - b);
  expect(whole.map(({ n }) => n)).toEqual(wanted);
  const part = await numbers.find().sort({ m: -1, n: 1 }).skip(150).limit(25).toArray();
  expect(part.map(({ n }) => n)).toEqual(wanted.slice(150, 175));
});

test('a pipeline past its memory is refused with MongoDB’s code, and the store goes on', async () => {
  const wide = db.connection.collection('wide');
  for (let i = 0; i < 30; i++) await wide.insertMany(Array.from({ length: 10 }, () => ({ pad: 'x'.repeat(400_000) })));
  await expect(wide.aggregate([{ $group: { _id: null, all: { $push: '$pad' } } }]).toArray()).rejects.toMatchObject({
    code: 292,
  });
  expect(await wide.aggregate([{ $group: { _id: null, n: { $sum: 1 } } }]).toArray()).toEqual([{ _id: null, n: 300 }]);
}, 60_000);

describe('of a session that is ended the cursors are, and of no other', () => {
  test.each<[string, (one: object, other: object) => unknown[], boolean, boolean]>([
    ['endSessions', (one) => [one], false, true],
    ['endSessions', () => [], true, true],
    ['killSessions', (one) => [one, { id: new UUID() }], false, true],
    ['killSessions', () => [{ id: new UUID() }], true, true],
    ['killSessions', () => [], false, false],
    ['killAllSessions', () => [], false, false],
    ['killAllSessionsByPattern', (_, other) => [{ lsid: other }], true, false],
    ['killAllSessionsByPattern', () => [], false, false],
  ])('%s %s', async (name, meant, ...stay) => {
    const client = new MongoClient(db.uri);
    const database = client.db(db.connection.name);
    try {
      const sessions = [client.startSession(), client.startSession()];
      const opened: Long[] = [];
      for (const session of sessions) {
        const { cursor } = await database.command({ find: 'numbers', batchSize: 2 }, { session });
        opened.push(Long.fromValue(cursor.id));
      }
      const [one, other] = sessions.map(({ id }) => id) as [object, object];
      expect(await database.command({ [name]: meant(one, other) })).toMatchObject({ ok: 1 });
      for (const [i, session] of sessions.entries()) {
        const more = database.command({ getMore: opened[i], collection: 'numbers' }, { session });
        if (stay[i]) await more;
        else await expect(more).rejects.toMatchObject({ code: 43 });
      }
    } finally {
      await client.close();
    }
  });

  test.each<[object, number]>([
    [{ killAllSessions: [{ user: 'a', db: 'b' }] }, 11],
    [{ killAllSessionsByPattern: [{ uid: 'a' }] }, 238],
    [{ killSessions: ['a'] }, 14],
  ])('%j, which nothing here can be meant by, is refused', async (ending, code) => {
    await expect(command(ending)).rejects.toMatchObject({ code });
  });
});
