import fc from 'fast-check';
import { type Collection, type Document, Double, Long } from 'mongodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileFilter } from '../../src/storage/embedded/values/matcher.ts';
import { sortKey } from '../../src/storage/embedded/values/order.ts';
import { type FreshDatabase, freshDatabase } from '../support/storage.ts';
import { stored } from './values/arbitraries.ts';

let db: FreshDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());

const collectionNamed = (name: string) => db.connection.collection(name) as unknown as Collection;

// Few values, so that random filters meet random documents; numbers above all, so that ranges do.
const number = fc.constantFrom<unknown>(0, 1, 2, 3, 4, new Double(2), Long.fromNumber(3), 1.5);
const scalar = fc.oneof(
  { weight: 3, arbitrary: number },
  fc.constantFrom<unknown>(
    null,
    Number.NaN,
    '',
    'a',
    'ab',
    'b',
    '里',
    true,
    false,
    new Date(0),
    new Date(1),
    { x: 1 },
    {},
  ),
);
const value = fc.oneof(
  { weight: 3, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { minLength: 1, maxLength: 3 }) },
  fc.constant([]),
);
const pair = fc.record({ x: value, y: scalar }, { requiredKeys: [] });
const nested = fc.oneof(
  { weight: 2, arbitrary: pair },
  { weight: 4, arbitrary: fc.array(pair, { maxLength: 3 }) },
  { weight: 1, arbitrary: scalar },
);
const present = fc.record({ a: value, b: scalar, c: value, d: nested });
const document = fc.oneof(
  { weight: 4, arbitrary: present },
  fc.record({ a: value, b: scalar, c: value, d: nested }, { requiredKeys: [] }),
);

const path = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('a', 'b', 'd.x', 'd.y') },
  fc.constantFrom('c', 'd', 'd.0', 'd.0.x', '_id'),
);
const comparison = fc
  .tuple(fc.constantFrom('$eq', '$gt', '$gte', '$lt', '$lte', '$ne'), scalar)
  .map(([name, operand]) => ({ [name]: operand }));
const condition: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: number },
  { weight: 2, arbitrary: scalar },
  { weight: 4, arbitrary: comparison },
  { weight: 4, arbitrary: fc.tuple(number, number).map(([$gte, $lt]) => ({ $gte, $lt })) },
  { weight: 2, arbitrary: fc.tuple(comparison, comparison).map(([one, other]) => ({ ...one, ...other })) },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 4 }).map(($in) => ({ $in })) },
  fc.array(scalar, { maxLength: 3 }),
  fc.array(scalar, { maxLength: 2 }).map(($nin) => ({ $nin })),
  fc.array(scalar, { minLength: 1, maxLength: 2 }).map(($all) => ({ $all })),
  fc.boolean().map(($exists) => ({ $exists })),
  fc.constantFrom(/^a/, /^ab?/, /b$/, { $regex: '^里' }, { $type: 'number' }, { $type: 'array' }, { $size: 1 }),
  comparison.map(($not) => ({ $not })),
  comparison.map(($elemMatch) => ({ $elemMatch })),
  fc.tuple(fc.constantFrom('x', 'y'), comparison).map(([name, one]) => ({ $elemMatch: { [name]: one } })),
);
const conditions = fc
  .array(fc.tuple(path, condition), { maxLength: 4 })
  .map((pairs): Document => Object.fromEntries(pairs));
const filter: fc.Arbitrary<Document> = fc.oneof(
  { weight: 5, arbitrary: conditions },
  fc.tuple(conditions, fc.array(conditions, { minLength: 1, maxLength: 3 })).map(([one, $or]) => ({ ...one, $or })),
  fc.array(conditions, { minLength: 1, maxLength: 2 }).map(($and) => ({ $and })),
);
const sort = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd.x', 'd.y', '_id'), fc.constantFrom(1, -1)), { maxLength: 3 })
  .map((pairs): Document => Object.fromEntries(pairs));

const index = fc.record({
  key: fc
    .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'd.x', 'd.y', '_id', 'e'), fc.constantFrom<1 | -1>(1, -1)), {
      minLength: 1,
      maxLength: 3,
      selector: ([name]) => name,
    })
    .map((pairs) => Object.fromEntries(pairs)),
  options: fc.oneof(
    { weight: 4, arbitrary: fc.constant<Document>({}) },
    fc.constant<Document>({ sparse: true }),
    fc
      .constantFrom<Document>(
        { b: { $gt: 1 } },
        { a: 1 },
        { b: { $exists: true } },
        { b: { $type: 'number' } },
        { $or: [{ b: 2 }, { a: 'a' }] },
      )
      .map((partialFilterExpression) => ({ partialFilterExpression })),
  ),
});
const query = fc.record({
  filter,
  sort,
  skip: fc.constantFrom(0, 0, 0, 2),
  limit: fc.constantFrom(0, 0, 1, 3, 10),
  hinted: fc.integer({ min: -3, max: 3 }),
});

interface Query {
  filter: Document;
  sort: Document;
  skip: number;
  limit: number;
  hinted: number;
}

function keyOf(document: Document, order: Document): string | undefined {
  try {
    return Buffer.from(sortKey(document, order)).toString('hex');
  } catch {
    return undefined;
  }
}

/** Ids and sort keys of what reading everything finds. */
function reference(documents: readonly Document[], { filter: wanted, sort: order, skip, limit }: Query) {
  const { test: matches } = compileFilter(stored(wanted));
  const spec = stored(order);
  const keyed = documents
    .filter((one) => matches(one))
    .map((one) => ({ id: one._id as number, key: keyOf(one, spec) }));
  if (keyed.some(({ key }) => key === undefined)) return undefined;
  if (Object.keys(order).length > 0)
    keyed.sort((x, y) => Buffer.compare(Buffer.from(x.key ?? '', 'hex'), Buffer.from(y.key ?? '', 'hex')));
  return { all: keyed, page: keyed.slice(skip, limit === 0 ? undefined : skip + limit) };
}

test('any query finds through any plan what reading everything finds, in the same order', async () => {
  let run = 0;
  let throughIndex = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(document, { maxLength: 80, size: 'max' }),
      fc.array(index, { minLength: 1, maxLength: 4 }),
      fc.array(query, { minLength: 40, maxLength: 40 }),
      async (given, indexes, queries) => {
        run += 1;
        const things = collectionNamed(`things${run}`);
        await db.connection.createCollection(`things${run}`);
        const late = run % 2 === 0;
        const make = async () => {
          for (const { key, options } of indexes) {
            // Two arrays in one key are refused, at the making of the index or at the insert; options of the index on `_id` too.
            await things
              .createIndex(key, { ...options, name: `${JSON.stringify(key)}${JSON.stringify(options)}` })
              .catch((error) => {
                if (![171, 16746, 85, 197].includes(error.code)) throw error;
              });
          }
        };
        if (!late) await make();
        const kept: Document[] = [];
        for (let i = 0; i < given.length; i++) {
          const one = { _id: i, ...given[i] };
          await things.insertOne(one as Document).then(
            () => kept.push(stored(one)),
            (error) => {
              if (error.code !== 171 && error.code !== 16746) throw error;
            },
          );
        }
        if (late) await make();
        const names = (await things.indexes()).map(({ name }) => name as string);
        for (const one of queries) {
          const wanted = reference(kept, one);
          // Two arrays to sort by are refused.
          if (wanted === undefined) continue;
          const hint = names[one.hinted];
          // A hinted sparse or partial index may lack documents, as in MongoDB.
          const whole = hint !== undefined && !/sparse|partial/.test(hint);
          const cursor = things.find(one.filter).sort(one.sort).skip(one.skip).limit(one.limit);
          if (whole) cursor.hint(hint);
          const found = await cursor.toArray();
          const where = { run, indexes: names, one, hint: whole ? hint : undefined };
          const ids = found.map(({ _id }) => Number(_id));
          const keys = new Map(wanted.all.map(({ id, key }) => [id, key]));
          expect({ where, keys: ids.map((id) => keys.get(id)) }).toEqual({
            where,
            keys: wanted.page.map(({ key }) => key),
          });
          expect(new Set(ids).size).toBe(ids.length);
          if (one.limit === 0 && one.skip === 0) {
            expect({ where, ids: [...ids].sort((x, y) => x - y) }).toEqual({
              where,
              ids: wanted.all.map(({ id }) => id).sort((x, y) => x - y),
            });
            expect({ where, n: await things.countDocuments(one.filter) }).toEqual({ where, n: wanted.all.length });
          }
          const { queryPlanner } = await things.find(one.filter).sort(one.sort).explain('queryPlanner');
          if (JSON.stringify(queryPlanner.winningPlan).includes('IXSCAN')) throughIndex += 1;
        }
        await things.drop();
      },
    ),
    // Shrinking would make thousands of collections.
    { numRuns: Number(process.env.PLAN_RUNS ?? 30), endOnFailure: true },
  );
  expect(throughIndex).toBeGreaterThan(100);
}, 300_000);

describe('the choice of a plan', () => {
  let wishes: Collection;
  const examined = async (wanted: Document, order: Document, limit: number) => {
    const { executionStats } = await wishes.find(wanted).sort(order).limit(limit).explain('executionStats');
    return executionStats.totalDocsExamined as number;
  };
  beforeAll(async () => {
    wishes = collectionNamed('wishes');
    await wishes.insertMany(
      Array.from({ length: 5000 }, (_, i) => ({
        _id: i as never,
        area: i % 4,
        rare: i % 1000,
        at: i,
        state: i < 4990 ? 'done' : 'open',
      })),
    );
    await wishes.createIndex({ rare: 1 });
    await wishes.createIndex({ at: 1 });
    await wishes.createIndex({ area: 1, at: -1 });
    await wishes.createIndex({ state: 1 });
  });

  test('does not walk an order in search of what is rare', async () => {
    expect(await examined({ rare: 999 }, { _id: 1 }, 20)).toBe(5);
    expect(await examined({ rare: 7, at: { $gte: 0 } }, { at: 1 }, 20)).toBe(5);
    expect(await examined({ state: 'open' }, { _id: 1 }, 20)).toBe(10);
    expect(await examined({ state: 'open', area: 1 }, { at: -1 }, 5)).toBeLessThan(20);
  });

  test('does not gather and sort what an order gives at once', async () => {
    expect(await examined({ state: 'done' }, { at: 1 }, 20)).toBe(20);
    expect(await examined({ state: 'done', _id: { $gt: 100 } }, { _id: 1 }, 20)).toBe(20);
    expect(await examined({ area: 2, state: 'done' }, { at: -1 }, 20)).toBeLessThan(25);
  });

  test('reads of a sort with a limit no more than the page and what is skipped', async () => {
    expect(await examined({ area: 3 }, { at: -1 }, 20)).toBe(20);
    const { executionStats } = await wishes
      .find({ area: 3 })
      .sort({ at: -1 })
      .skip(40)
      .limit(20)
      .explain('executionStats');
    expect(executionStats.totalDocsExamined).toBe(60);
    expect(executionStats.nReturned).toBe(20);
  });
});
