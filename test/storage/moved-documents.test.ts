/** What changed between two batches so that it matches no more is not handed out, in whatever order the query reads. */
import type { Collection, FindCursor } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/storage.ts';

interface Wish {
  _id: number;
  s: number;
  t: number;
  place?: { type: 'Point'; coordinates: [number, number] };
}

let db: FreshDatabase;
let wishes: Collection<Wish>;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  wishes = db.connection.collection('wishes') as unknown as Collection<Wish>;
  await wishes.deleteMany({});
  await wishes.insertMany(
    Array.from({ length: 20 }, (_, i) => ({
      _id: i,
      s: (i % 2) + 1,
      t: i,
      place: { type: 'Point', coordinates: [i / 100, 0] },
    })),
  );
});

const IN_BOTH = { s: { $in: [1, 2] } };
const ORDERS: Record<string, { index?: Record<string, 1 | -1 | '2dsphere'>; read: () => FindCursor<Wish> }> = {
  'merged from stretches of an index': { index: { s: 1, t: 1 }, read: () => wishes.find(IN_BOTH).sort({ t: 1 }) },
  'merged backwards': { index: { s: 1, t: 1 }, read: () => wishes.find(IN_BOTH).sort({ t: -1 }) },
  'in the order of an index': { index: { t: 1 }, read: () => wishes.find(IN_BOTH).sort({ t: 1 }) },
  sorted: { read: () => wishes.find(IN_BOTH).sort({ t: 1 }) },
  'sorted, the first few': { read: () => wishes.find(IN_BOTH).sort({ t: 1 }).limit(15) },
  'sorted as a language has it': { read: () => wishes.find(IN_BOTH).sort({ t: 1 }).collation({ locale: 'zh' }) },
  'in the order they are stored': { read: () => wishes.find(IN_BOTH) },
  'by distance': {
    index: { place: '2dsphere' },
    read: () => wishes.find({ ...IN_BOTH, place: { $near: { $geometry: { type: 'Point', coordinates: [0, 0] } } } }),
  },
};

describe.each(Object.keys(ORDERS))('%s', (name) => {
  const { index, read } = ORDERS[name] as (typeof ORDERS)[string];
  beforeEach(async () => {
    await wishes.dropIndexes();
    if (index !== undefined) await wishes.createIndex(index);
  });

  /** Reads one document, lets something happen, and reads the others. */
  async function around(happens: () => Promise<unknown>): Promise<{ first: Wish; rest: Wish[] }> {
    const cursor = read().batchSize(1);
    const first = await cursor.next();
    if (first === null) throw new Error('found nothing');
    await happens();
    return { first, rest: await cursor.toArray() };
  }

  test('nothing that matches no more', async () => {
    const { rest } = await around(() => wishes.updateMany({ _id: { $ne: 10 } }, { $set: { s: 9 } }));
    expect(rest.map(({ s }) => s).filter((s) => s === 9)).toEqual([]);
    expect(rest.map(({ _id }) => _id)).toEqual([10]);
  });

  test('everything that still matches, once', async () => {
    const { first, rest } = await around(() => wishes.updateMany({ _id: { $gte: 8 } }, { $set: { note: 'new' } }));
    const ids = [first, ...rest].map(({ _id }) => _id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(name.includes('few') ? 15 : 20);
  });
});
