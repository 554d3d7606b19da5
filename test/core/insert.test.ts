import type { mongo } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gatherInserts, insertNew } from '../../src/core/insert.ts';
import { type FreshDatabase, freshDatabase } from '../support/storage.ts';

interface Tag {
  _id: string;
  number: number;
}

let database: FreshDatabase;
let tags: mongo.Collection<Tag>;

beforeAll(async () => {
  database = await freshDatabase();
  tags = database.connection.collection('tags') as unknown as mongo.Collection<Tag>;
  await tags.createIndex({ number: 1 }, { unique: true });
});
beforeEach(() => tags.deleteMany({}));
afterAll(() => database.drop());

describe('gathered inserts', () => {
  it('all go in, each is told so', async () => {
    const insert = gatherInserts(tags);
    const all = Array.from({ length: 50 }, (_, number) => ({ _id: `t${number}`, number }));
    expect(await Promise.all(all.map(insert))).toEqual(all.map(() => true));
    expect(await tags.countDocuments()).toBe(50);
  });

  it('one whose id is taken is told so; the others of its moment go in', async () => {
    const insert = gatherInserts(tags);
    await insert({ _id: 'a', number: 1 });
    const told = await Promise.all([
      insert({ _id: 'b', number: 2 }),
      insert({ _id: 'a', number: 3 }),
      insert({ _id: 'c', number: 4 }),
      insert({ _id: 'c', number: 5 }),
    ]);
    expect(told).toEqual([true, false, true, false]);
    expect(await tags.distinct('number')).toEqual([1, 2, 4]);
  });

  it('another unique index refuses with its own error, and only the one', async () => {
    const insert = gatherInserts(tags);
    const told = await Promise.allSettled([insert({ _id: 'a', number: 1 }), insert({ _id: 'b', number: 1 })]);
    expect(told[0]).toMatchObject({ value: true });
    expect(told[1]).toMatchObject({ reason: { code: 11_000, message: expect.stringContaining('number_1') } });
  });

  it('a store that is away is everybody’s error', async () => {
    const other = await freshDatabase();
    const insert = gatherInserts(other.connection.collection('tags') as unknown as mongo.Collection<Tag>);
    await other.drop();
    const told = await Promise.allSettled([insert({ _id: 'a', number: 1 }), insert({ _id: 'b', number: 2 })]);
    expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});

describe('insertNew', () => {
  it('counts what was new and leaves what was there', async () => {
    await tags.insertOne({ _id: 'a', number: 1 });
    expect(
      await insertNew(tags, [
        { _id: 'a', number: 9 },
        { _id: 'b', number: 2 },
      ]),
    ).toBe(1);
    expect(await tags.findOne({ _id: 'a' })).toEqual({ _id: 'a', number: 1 });
  });
});
