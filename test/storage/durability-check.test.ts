import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Catalog, type Collection, describeIndex, type Index } from '../../src/storage/embedded/disk/catalog.ts';
import { checkCollection, checkStore } from '../../src/storage/embedded/disk/check.ts';
import { type Environment, openEnvironment } from '../../src/storage/embedded/disk/environment.ts';
import { entryKey, prefixOf, recordKey, recordValue } from '../../src/storage/embedded/disk/keys.ts';
import { Records } from '../../src/storage/embedded/disk/records.ts';
import { checkFolder, openEngine } from '../../src/storage/embedded/engine.ts';
import { type Document, encode } from '../../src/storage/embedded/values/bson.ts';
import { keyString } from '../../src/storage/embedded/values/order.ts';
import { freshDatabase } from '../support/storage.ts';

const WISHES = Array.from({ length: 50 }, (_, i) => ({
  _id: i,
  number: i,
  area: `a${i % 5}`,
  tags: [`t${i % 3}`, `t${i % 4}`],
  ...(i % 2 === 0 ? { claimant: `w${i}` } : {}),
}));

function finish<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

describe('a check', () => {
  let folder: string;
  let environment: Environment;
  let catalog: Catalog;
  let wishes: Collection;
  const index = (name: string): Index => wishes.indexes.find((one) => one.name === name) as Index;
  const check = () => finish(checkStore(environment, catalog));
  const faults = () => {
    const { faults: outside, collections } = check();
    return [...outside, ...collections.flatMap((one) => one.faults)];
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'haolin-check-'));
    environment = openEnvironment(folder);
    catalog = new Catalog(environment);
    const records = new Records(environment, catalog);
    const specs: Document[] = [
      { v: 2, name: 'number', key: { number: 1 }, unique: true },
      { v: 2, name: 'area', key: { area: 1, number: -1 } },
      { v: 2, name: 'tags', key: { tags: 1 } },
      { v: 2, name: 'claimant', key: { claimant: 1 }, sparse: true },
    ];
    environment.transact(() => {
      wishes = catalog.create('city', 'wishes', {});
      catalog.setIndexes(wishes, [...wishes.indexes, ...specs.map((spec) => describeIndex(catalog.newId(), spec))]);
      for (const wish of WISHES) records.insert(wishes, wish, encode(wish));
    });
  });
  afterEach(async () => {
    await environment.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('finds nothing wrong in a sound store, and counts what it looked at', () => {
    expect(check()).toEqual({
      faults: [],
      collections: [
        {
          namespace: 'city.wishes',
          records: 50,
          indexes: [
            { name: '_id_', entries: 50 },
            { name: 'number', entries: 50 },
            { name: 'area', entries: 50 },
            { name: 'tags', entries: WISHES.reduce((sum, { tags }) => sum + new Set(tags).size, 0) },
            { name: 'claimant', entries: 25 },
          ],
          faults: [],
        },
      ],
    });
  });

  const damages: [string, () => void, RegExp][] = [
    [
      'an entry that is missing',
      () => environment.entries.removeSync(entryKey(index('area').id, keyString(['a2', 7], [1, -1]), 8)),
      /record 8 is missing in index area/,
    ],
    [
      'one of the entries of an array that is missing',
      () => environment.entries.removeSync(entryKey(index('tags').id, keyString(['t0'], [1]), 1)),
      /record 1 is missing in index tags/,
    ],
    [
      'an entry of a record that is gone',
      () =>
        environment.entries.putSync(entryKey(index('area').id, keyString(['a2', 7], [1, -1]), 999), Buffer.alloc(0)),
      /index area leads to record 999, which is not there/,
    ],
    [
      'an entry whose record has another value',
      () => environment.entries.putSync(entryKey(index('area').id, keyString(['a9', 7], [1, -1]), 8), Buffer.alloc(0)),
      /index area has a key that record 8 does not have/,
    ],
    [
      'a unique key that leads to another record',
      () => environment.entries.putSync(entryKey(index('number').id, keyString([7], [1])), recordValue(3)),
      /a key of record 8 leads to record 3 in index number/,
    ],
    [
      'a document in an index that leaves it out',
      () => environment.entries.putSync(entryKey(index('claimant').id, keyString([null], [1]), 2), Buffer.alloc(0)),
      /index claimant has a key that record 2 does not have/,
    ],
    [
      'a record that is gone while its entries stand',
      () => environment.records.removeSync(recordKey(wishes.id, 5)),
      /49 records, but the catalog says 50/,
    ],
    [
      'a record cut in half',
      () => {
        const bytes = environment.records.get(recordKey(wishes.id, 5)) as Buffer;
        environment.records.putSync(recordKey(wishes.id, 5), bytes.subarray(0, bytes.length >> 1));
      },
      /record 5 cannot be read/,
    ],
    [
      'a record beyond the numbers given',
      () => environment.records.putSync(recordKey(wishes.id, 70), Buffer.from(encode({ _id: 70 }))),
      /record 70 has a number yet to be given/,
    ],
    [
      'records of no collection',
      () => environment.records.putSync(recordKey(wishes.id + 500, 1), Buffer.from(encode({ _id: 1 }))),
      /records under number \d+, which nothing in the catalog has/,
    ],
    [
      'entries of no index',
      () => environment.entries.putSync(Buffer.concat([prefixOf(9999), Buffer.of(1)]), Buffer.alloc(0)),
      /entries under number 9999, which nothing in the catalog has/,
    ],
  ];
  test.each(damages)('tells of %s', (_, damage, told) => {
    environment.transact(damage);
    expect(faults().join('\n')).toMatch(told);
  });

  test('tells of arrays and shortened keys an index does not know of, since queries would be answered wrongly', () => {
    Object.assign(index('tags'), { multikey: 0 });
    expect(faults().join('\n')).toMatch(/index tags hides an array/);
    Object.assign(index('tags'), { multikey: 1 });
    const records = new Records(environment, catalog);
    const long = { _id: 99, number: 99, area: 'x'.repeat(5000), tags: [] };
    environment.transact(() => records.insert(wishes, long, encode(long)));
    expect(faults()).toEqual([]);
    Object.assign(index('area'), { shortened: false });
    expect(faults().join('\n')).toMatch(/index area hides a shortened key/);
  });

  test('is content with an array of one element the index does not know of, as stores of old have it', () => {
    const records = new Records(environment, catalog);
    const before = WISHES[7] as Document;
    const after = { ...before, area: ['a2'] };
    environment.transact(() => records.replace(wishes, 8, before, after, encode(after)));
    Object.assign(index('area'), { multikey: 0 });
    expect(faults()).toEqual([]);
  });

  test('sees the collection as it stood at the first step, whatever is written meanwhile', () => {
    const records = new Records(environment, catalog);
    const work = checkCollection(environment, wishes);
    work.next();
    environment.transact(() => {
      WISHES.slice(10, 30).forEach((wish) => void records.remove(wishes, wish._id + 1, wish));
      const more = { _id: 100, number: 100, area: 'a0', tags: [] };
      records.insert(wishes, more, encode(more));
    });
    expect(finish(work)).toMatchObject({ records: 50, faults: [] });
    expect(check().collections[0]).toMatchObject({ records: 31, faults: [] });
  });

  test('of a folder tells how far it is, and is refused where there is none', async () => {
    await environment.close();
    const told: [number, number][] = [];
    const found = await checkFolder(folder, (...far) => told.push(far));
    expect(found.faults).toEqual([]);
    expect(found.collections[0]).toMatchObject({ records: 50, faults: [] });
    await expect(checkFolder(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'store_missing' });
    const engine = await openEngine({ folder, listen: { port: 0 } });
    await expect(checkFolder(folder)).rejects.toMatchObject({ code: 'store_in_use' });
    await engine.close();
    environment = openEnvironment(folder);
  });
});

const REPLACED: [string, Document, Document, Document][] = [
  ['one element', { a: 1 }, { a: 5 }, { a: [5] }],
  ['null', { a: 1 }, {}, { a: [null] }],
  ['an empty one', { a: 1 }, { a: 5 }, { a: [] }],
  ['several', { a: 1 }, { a: 5 }, { a: [5, 6] }],
  ['one, on the way to the field', { 'a.b': 1 }, { a: { b: 5 } }, { a: [{ b: 5 }] }],
  ['one, in the second field', { k: 1, a: 1 }, { k: 1, a: 5 }, { k: 1, a: [5] }],
];
test.each(REPLACED)(
  'a value replaced by an array of %s leaves the index sound, and known to hold arrays',
  async (_, key, before, after) => {
    const db = await freshDatabase();
    try {
      const things = db.connection.collection<Document>('things');
      await things.createIndex(key as never, { name: 'it' });
      await things.insertOne({ _id: 1 as never, ...before });
      await things.replaceOne({ _id: 1 as never }, after);
      expect(await db.connection.db?.command({ validate: 'things' })).toMatchObject({ valid: true, errors: [] });
      const { queryPlanner } = await things.find({}).hint('it').explain('queryPlanner');
      expect(queryPlanner.winningPlan.inputStage.isMultiKey).toBe(true);
    } finally {
      await db.drop();
    }
  },
);

test('the command validate answers as MongoDB does', async () => {
  const db = await freshDatabase();
  try {
    const wishes = db.connection.collection<Document>('wishes');
    await wishes.insertMany(WISHES as Document[]);
    await wishes.createIndex({ tags: 1 });
    expect(await db.connection.db?.command({ validate: 'wishes', full: true })).toMatchObject({
      ns: `${db.connection.name}.wishes`,
      nrecords: 50,
      nIndexes: 2,
      keysPerIndex: { _id_: 50 },
      valid: true,
      errors: [],
      ok: 1,
    });
    await expect(db.connection.db?.command({ validate: 'dreams' })).rejects.toMatchObject({ code: 26 });
  } finally {
    await db.drop();
  }
});
