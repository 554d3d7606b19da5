import fc from 'fast-check';
import { type Collection, Long } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/storage.ts';

let db: FreshDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());

const text = fc.constantFrom<unknown>('a', '', '里', '\u0000', '\u0001x', 'x'.repeat(40), '2026-03-09');
const other = fc.constantFrom<unknown>(null, 1, Long.fromNumber(7), new Date(0), ['a'], { x: 'a' }, true);
const value = fc.oneof({ weight: 6, arbitrary: text }, other);
const document = fc.record({ a: fc.constantFrom('p', 'q'), b: value, c: text, d: value }, { requiredKeys: ['a'] });

/** What a document shows of these fields; an index may show them in another order. */
const sorted = (documents: readonly object[]) =>
  documents.map((one) => JSON.stringify(Object.entries(one).sort(([x], [y]) => (x < y ? -1 : 1)))).sort();

test('what an index answers by itself is what the documents say, whatever stands in them', async () => {
  let nth = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(document, { maxLength: 12 }),
      fc.subarray(['b', 'c', 'd'], { minLength: 1 }),
      text,
      async (documents, shown, bound) => {
        nth += 1;
        const things = db.connection.collection(`covered${nth}`) as unknown as Collection;
        if (documents.length > 0) await things.insertMany(documents.map((one) => ({ ...one })));
        const index = { a: 1, c: 1, b: 1, d: 1 } as const;
        await things.createIndex(index);
        const projection = { _id: 0, ...Object.fromEntries(shown.map((name) => [name, 1])) };
        for (const filter of [{ a: 'p' }, { a: { $in: ['p', 'q'] } }, { a: 'q', c: { $lte: bound as string } }]) {
          const covered = await things.find(filter).hint(index).project(projection).batchSize(2).toArray();
          const read = await things.find(filter).hint({ $natural: 1 }).project(projection).toArray();
          expect(sorted(covered)).toEqual(sorted(read));
        }
        await things.drop();
      },
    ),
    { numRuns: 15 },
  );
});
