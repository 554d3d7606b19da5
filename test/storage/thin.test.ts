import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/storage.ts';

let db: FreshDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());

test('Mongoose stores, finds, refuses a duplicate, and lets one of 200 racing updates win', async () => {
  const schema = new mongoose.Schema({ title: { type: String, unique: true }, state: String, n: Number });
  const Wish = db.connection.model('Wish', schema);
  await Wish.createIndexes();
  const wish = await Wish.create({ title: '电饭锅', state: 'published', n: 1 });
  await expect(Wish.create({ title: '电饭锅' })).rejects.toMatchObject({ code: 11000, keyValue: { title: '电饭锅' } });
  expect((await Wish.findById(wish._id))?.title).toBe('电饭锅');
  const results = await Promise.all(
    Array.from({ length: 200 }, (_, n) =>
      Wish.findOneAndUpdate(
        { _id: wish._id, state: 'published' },
        { $set: { state: 'claimed', n } },
        { returnDocument: 'after' },
      ),
    ),
  );
  expect(results.filter((one) => one !== null)).toHaveLength(1);
  await Wish.insertMany(Array.from({ length: 250 }, (_, n) => ({ title: `w${n}`, n })));
  expect(await Wish.find({ n: { $gte: 0 }, title: /^w/ })).toHaveLength(250);
  expect(await Wish.countDocuments({ state: 'claimed' })).toBe(1);
});
