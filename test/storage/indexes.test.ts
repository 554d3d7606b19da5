import type { Collection, Document } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/storage.ts';

/** What `explain` says of access: the stage that reads, its index, and what was read. */
async function access(collection: Collection, filter: Document, sort: Document = {}, limit = 0) {
  const explained = await collection.find(filter).sort(sort).limit(limit).explain('executionStats');
  const stages: string[] = [];
  let index: string | undefined;
  for (let stage = explained.queryPlanner.winningPlan; stage !== undefined; stage = stage.inputStage) {
    stages.push(stage.stage);
    index ??= stage.indexName;
  }
  const { totalKeysExamined: keys, totalDocsExamined: docs, nReturned: n } = explained.executionStats;
  return { stages, index, keys, docs, n };
}

let db: FreshDatabase;
let wishes: Collection;
const all: Document[] = Array.from({ length: 1000 }, (_, i) => ({
  _id: i,
  area: `a${i % 10}`,
  state: ['published', 'claimed', 'done'][i % 3],
  at: new Date(i * 1000),
  number: i,
  tags: [`t${i % 7}`, `u${i % 5}`],
  ...(i % 2 === 0 ? { claimant: `w${i % 20}` } : {}),
}));

beforeAll(async () => {
  db = await freshDatabase();
  wishes = db.connection.collection('wishes') as unknown as Collection;
  await wishes.insertMany(all);
  await wishes.createIndex({ area: 1, state: 1, at: -1 });
  await wishes.createIndex({ tags: 1 });
  await wishes.createIndex({ claimant: 1 }, { sparse: true });
  await wishes.createIndex({ number: 1 }, { partialFilterExpression: { state: 'done' } });
});
afterAll(() => db.drop());

describe('a query', () => {
  test('with equal fields, a sort and a limit reads no more than it returns', async () => {
    const found = await access(wishes, { area: 'a3', state: 'done' }, { at: -1 }, 20);
    expect(found).toEqual({
      stages: ['LIMIT', 'FETCH', 'IXSCAN'],
      index: 'area_1_state_1_at_-1',
      keys: 20,
      docs: 20,
      n: 20,
    });
  });

  test('with several values merges them in the order of the sort, forwards and backwards', async () => {
    const filter = { area: { $in: ['a3', 'a4'] }, state: { $in: ['done', 'claimed'] } };
    const wanted = all.filter(({ area, state }) => ['a3', 'a4'].includes(area) && ['done', 'claimed'].includes(state));
    for (const direction of [1, -1] as const) {
      expect(await access(wishes, filter, { at: direction }, 30)).toMatchObject({ keys: 30, docs: 30 });
      const found = await wishes.find(filter).sort({ at: direction }).toArray();
      expect(found.map(({ _id }) => _id)).toEqual(wanted.map(({ _id }) => _id).sort((a, b) => direction * (a - b)));
    }
  });

  test('with many values of several fields reads the later ones as one range, however many there are', async () => {
    const areas = Array.from({ length: 200 }, (_, i) => `a${i}`);
    const states = ['done', 'published', ...Array.from({ length: 20_000 }, (_, i) => `d${i}`)];
    const wanted = all.filter(({ state }) => state !== 'claimed');
    for (const direction of [1, -1] as const) {
      const filter = { area: { $in: areas.slice(0, 120) }, state: { $in: states } };
      const found = await wishes.find(filter).sort({ area: 1, at: direction }).hint('area_1_state_1_at_-1').toArray();
      expect(new Set(found.map(({ _id }) => _id))).toEqual(new Set(wanted.map(({ _id }) => _id)));
      expect(found).toHaveLength(wanted.length);
    }
    const { winningPlan } = (
      await wishes
        .find({ area: { $in: areas }, state: { $in: states } })
        .hint('area_1_state_1_at_-1')
        .explain()
    ).queryPlanner;
    expect(JSON.stringify(winningPlan)).toContain('"state":["[\\"d0\\", \\"published\\"]"]');
  });

  test('with many values of two fields, one of them in descending order, finds what reading everything finds', async () => {
    const pairs = db.connection.collection('pairs') as unknown as Collection;
    const values = [null, 1, 2, 'a', 'b', true, new Date(0)];
    await pairs.insertMany([...values, [1, 'b'], [5, 'a', 2]].flatMap((a) => values.map((b) => ({ a, b }))));
    const wanted = [1, 'a', 'b', null, ...Array.from({ length: 100 }, (_, i) => i + 1000)];
    const filter = { a: { $in: wanted }, b: { $in: wanted } };
    const found = async () => (await pairs.find(filter).sort({ _id: 1 }).toArray()).map(({ _id }) => String(_id));
    const reading = await found();
    expect(reading.length).toBeGreaterThan(20);
    for (const key of [
      { a: 1, c: 1 },
      { b: -1, a: -1 },
      { b: 1, a: -1 },
      { a: -1, b: 1 },
    ] as Record<string, 1 | -1>[]) {
      const name = await pairs.createIndex(key);
      expect((await access(pairs, filter)).index).toBe(name);
      expect(await found()).toEqual(reading);
      await pairs.dropIndex(name);
    }
  });

  test('with a range reads the range only', async () => {
    const filter = { area: 'a3', state: 'done', at: { $gte: new Date(100_000), $lt: new Date(300_000) } };
    const wanted = all.filter(({ area, state, _id }) => area === 'a3' && state === 'done' && _id >= 100 && _id < 300);
    expect(await access(wishes, filter)).toMatchObject({
      index: 'area_1_state_1_at_-1',
      keys: wanted.length,
      n: wanted.length,
    });
  });

  test('on elements of an array gives every document once', async () => {
    const found = await wishes.find({ tags: { $in: ['t3', 'u1'] } }).toArray();
    const wanted = all.filter(({ tags }) => tags.includes('t3') || tags.includes('u1'));
    expect(found.map(({ _id }) => Number(_id)).sort((a, b) => a - b)).toEqual(wanted.map(({ _id }) => _id));
    expect((await access(wishes, { tags: 't3' })).index).toBe('tags_1');
  });

  test('that an index lacks documents for does not use it', async () => {
    expect((await access(wishes, { number: 7 })).stages).toEqual(['COLLSCAN']);
    expect((await access(wishes, { number: 8, state: 'done' })).index).toBe('number_1');
    expect((await access(wishes, { claimant: 'w4' })).index).toBe('claimant_1');
    expect((await access(wishes, { claimant: null })).stages).toEqual(['COLLSCAN']);
    expect(await wishes.countDocuments({ claimant: null })).toBe(500);
    expect(await wishes.find().sort({ claimant: 1 }).toArray()).toHaveLength(1000);
  });

  test('with $or uses an index for each branch', async () => {
    const filter = { $or: [{ area: 'a1', state: 'done' }, { tags: 't2' }] };
    const explained = await wishes.find(filter).explain('queryPlanner');
    expect(explained.queryPlanner.winningPlan.inputStage.stage).toBe('OR');
    const wanted = all.filter(({ area, state, tags }) => (area === 'a1' && state === 'done') || tags.includes('t2'));
    expect(await wishes.countDocuments(filter)).toBe(wanted.length);
  });

  test('anchored at its beginning reads the strings that begin so', async () => {
    expect(await access(wishes, { area: /^a3/, state: 'done' })).toMatchObject({
      index: 'area_1_state_1_at_-1',
      keys: 100,
    });
  });

  test('obeys a hint and refuses one that names no index', async () => {
    const explained = await wishes.find({ area: 'a1' }).hint({ tags: 1 }).explain('queryPlanner');
    expect(explained.queryPlanner.winningPlan.inputStage.indexName).toBe('tags_1');
    await expect(wishes.find().hint('none').toArray()).rejects.toMatchObject({ code: 2 });
  });

  test('that only counts is answered by the index', async () => {
    const explained = await db.connection.db?.command({
      explain: { count: 'wishes', query: { area: 'a3', state: 'done' } },
      verbosity: 'queryPlanner',
    });
    expect(explained?.queryPlanner.winningPlan.stage).toBe('COUNT');
    expect(await wishes.countDocuments({ area: 'a3', state: 'done' })).toBe(33);
  });
});

describe('an index', () => {
  let things: Collection;
  beforeEach(async () => {
    things = db.connection.collection('things') as unknown as Collection;
    await things.drop();
  });

  test('that is unique refuses a second key, by insert, update and upsert', async () => {
    await things.createIndex({ area: 1, number: 1 }, { unique: true });
    await things.insertMany([
      { _id: 1 as never, area: 'a', number: 1 },
      { _id: 2 as never, area: 'a', number: 2 },
    ]);
    const refused = {
      code: 11000,
      keyPattern: { area: 1, number: 1 },
      keyValue: { area: 'a', number: 1 },
    };
    const error = await things.insertOne({ area: 'a', number: 1 }).catch((one: unknown) => one);
    expect(error).toMatchObject(refused);
    expect((error as Error).message).toBe(
      `E11000 duplicate key error collection: ${db.connection.name}.things index: area_1_number_1 dup key: { area: "a", number: 1 }`,
    );
    await expect(things.updateOne({ _id: 2 as never }, { $set: { number: 1 } })).rejects.toMatchObject(refused);
    await expect(
      things.findOneAndUpdate({ area: 'a', number: 1, x: 1 }, { $set: { y: 1 } }, { upsert: true }),
    ).rejects.toMatchObject(refused);
    expect(await things.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, area: 'a', number: 1 },
      { _id: 2, area: 'a', number: 2 },
    ]);
  });

  test('that is partial and unique binds only the documents in it', async () => {
    await things.createIndex({ phone: 1 }, { unique: true, partialFilterExpression: { phone: { $type: 'string' } } });
    await things.insertMany([{ phone: null }, { phone: null }, {}, { phone: '1' }]);
    await expect(things.insertOne({ phone: '1' })).rejects.toMatchObject({ code: 11000 });
  });

  test('that is sparse and unique lets documents without the field be', async () => {
    await things.createIndex({ openid: 1 }, { unique: true, sparse: true });
    await things.insertMany([{ a: 1 }, { a: 2 }, { openid: 'x' }]);
    await expect(things.insertOne({ openid: 'x' })).rejects.toMatchObject({ code: 11000 });
  });

  test('cannot be made unique over keys that are there twice, and then is not there, nor those asked for with it', async () => {
    await things.insertMany([{ k: 1 }, { k: 2 }, { k: 1 }]);
    const unique = { key: { k: 1 }, unique: true };
    for (const specs of [[unique], [{ key: { n: 1 } }, unique]]) {
      await expect(things.createIndexes(specs)).rejects.toMatchObject({ code: 11000 });
      expect((await things.indexes()).map(({ name }) => name)).toEqual(['_id_']);
    }
    await things.insertOne({ k: 1 });
    expect(await things.countDocuments({ k: 1 })).toBe(3);
  });

  test('is made while others write, and holds what they wrote', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => ({ _id: i as never, n: i % 100, pad: 'x'.repeat(100) }));
    await things.insertMany(many);
    const made = things.createIndex({ n: 1 });
    const writes = Array.from({ length: 200 }, (_, i) =>
      i % 2 === 0
        ? things.updateOne({ _id: (i * 97) as never }, { $set: { n: 500 } })
        : things.deleteOne({ _id: (i * 97) as never }),
    );
    await Promise.all([made, ...writes]);
    expect((await access(things, { n: 500 })).index).toBe('n_1');
    expect(await things.countDocuments({ n: 500 })).toBe(100);
    const counted = await things.aggregate([{ $group: { _id: null, n: { $sum: 1 } } }]).toArray();
    expect(counted[0]?.n).toBe(19_900);
    let byIndex = 0;
    for (let n = 0; n <= 100; n++) byIndex += await things.countDocuments({ n: n === 100 ? 500 : n });
    expect(byIndex).toBe(19_900);
  });

  describe('asked for again while it is made', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => ({ n: i, k: i % 19_999, pad: 'x'.repeat(100) }));
    const n = { key: { n: 1 } };
    const k = { key: { k: 1 } };
    const unique = { ...k, unique: true };
    type Specs = Parameters<Collection['createIndexes']>[0];
    const outcomes = (requests: Specs[]) =>
      Promise.all(
        requests.map((specs) =>
          things.createIndexes(specs).then(
            () => 'made',
            ({ code }) => code,
          ),
        ),
      );

    test.each<[string, Specs[], unknown[]]>([
      ['alone', [[n], [n]], ['made', 'made']],
      ['and cannot be', [[unique], [unique], [unique]], [11000, 11000, 11000]],
      ['among others', [[n, k], [k, n], [k]], ['made', 'made', 'made']],
      ['with one of its own that cannot be', [[n], [n, unique]], ['made', 11000]],
    ])('is answered when it is there, or is not to be: %s', async (_, requests, wanted) => {
      await things.insertMany(many);
      expect(await outcomes(requests)).toEqual(wanted);
      const names = (await things.indexes()).map(({ name }) => name);
      const made = requests.filter((_one, i) => wanted[i] === 'made').flat();
      expect(new Set(names)).toEqual(new Set(['_id_', ...made.map(({ key }) => `${Object.keys(key)[0]}_1`)]));
      if (names.includes('n_1')) expect((await access(things, { n: 77 })).index).toBe('n_1');
    });

    test('is refused to all when it is dropped meanwhile', async () => {
      await things.insertMany(many);
      const all = outcomes([[n], [n]]);
      while ((await things.dropIndex('n_1').catch(() => undefined)) === undefined);
      expect(await all).toEqual([276, 276]);
    });
  });

  test('keeps order and uniqueness for keys too long for LMDB', async () => {
    await things.createIndex({ text: 1 }, { unique: true });
    const long = (end: string) => `${'长'.repeat(900)}${end}`;
    await things.insertMany(['c', 'a', 'b'].map((end) => ({ text: long(end) })));
    await expect(things.insertOne({ text: long('a') })).rejects.toMatchObject({ code: 11000 });
    expect((await things.find().sort({ text: 1 }).toArray()).map(({ text }) => text.at(-1))).toEqual(['a', 'b', 'c']);
    expect(await things.countDocuments({ text: { $gt: long('a') } })).toBe(2);
    expect(await things.countDocuments({ text: long('b') })).toBe(1);
  });

  test('refuses two arrays in one key, and what it cannot be', async () => {
    await things.createIndex({ a: 1, b: 1 });
    await expect(things.insertOne({ a: [1, 2], b: [1, 2] })).rejects.toMatchObject({ code: 171 });
    await expect(things.createIndex({ a: 'text' })).rejects.toMatchObject({ code: 67 });
    await expect(things.createIndex({ a: 1, b: 1 }, { unique: true, name: 'a_1_b_1' })).rejects.toMatchObject({
      code: 86,
    });
    await expect(things.dropIndex('none')).rejects.toMatchObject({ code: 27 });
    await expect(things.dropIndex('_id_')).rejects.toMatchObject({ code: 72 });
  });
});

test('documents in any mixture of writes are found by index as they are by reading everything', async () => {
  const things = db.connection.collection('mixture') as unknown as Collection;
  await things.createIndex({ a: 1, b: -1 });
  await things.createIndex({ 'list.k': 1 });
  const model = new Map<number, Document>();
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const values = [null, 1, 2.5, 'x', 'y', true, new Date(5), [1, 2], { q: 1 }, undefined];
  for (let step = 0; step < 600; step++) {
    const id = random(120);
    const fields = {
      a: values[random(values.length)],
      b: values[random(7)],
      list: [{ k: random(4) }, { k: random(4) }],
    };
    const made = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    if (random(4) === 0) {
      await things.deleteOne({ _id: id as never });
      model.delete(id);
    } else {
      await things.replaceOne({ _id: id as never }, made, { upsert: true });
      model.set(id, made);
    }
  }
  const filters: Document[] = [
    ...values.filter((value) => value !== undefined).map((a) => ({ a })),
    { a: { $gt: 1 } },
    { a: 'x', b: { $lte: 'z' } },
    { a: { $in: [1, 'x', null] } },
    { 'list.k': 2 },
    { 'list.k': { $gt: 1, $lt: 3 } },
    { a: { $gte: 1, $lt: 2 } },
  ];
  for (const filter of filters) {
    const byIndex = await things.find(filter).sort({ a: 1, b: -1, _id: 1 }).toArray();
    const byReading = await things.find(filter).hint({ $natural: 1 }).sort({ a: 1, b: -1, _id: 1 }).toArray();
    expect({ filter, found: byIndex }).toEqual({ filter, found: byReading });
  }
  expect(await things.countDocuments()).toBe(model.size);
});
