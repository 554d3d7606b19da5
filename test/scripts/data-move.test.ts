/** Export and import between stores: everything arrives, unharmed; what does not is told, and nothing is overwritten. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Document, EJSON, Long, ObjectId, Timestamp } from 'bson';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { exportAll, type Phase, takeFolder } from '../../scripts/data-move/export.ts';
import type { Manifest } from '../../scripts/data-move/files.ts';
import { openFolder, openUri, type Place } from '../../scripts/data-move/place.ts';
import { insertRaw } from '../../scripts/data-move/raw.ts';
import { encode } from '../../src/storage/embedded/values/bson.ts';
import { documents } from '../storage/values/arbitraries.ts';
import { bringIn, contents, mongo, quietly, type Room, room, type Served, takeTime } from './data-support.ts';

takeTime();

let home: Room;
let target: Served;
let from: Place;
let to: Place;
beforeAll(async () => {
  home = await room();
  target = await mongo(home.at('target'));
  from = await openFolder(home.at('source'), true);
  to = await openUri(target.uri);
});
afterAll(async () => {
  await to?.close();
  await from?.close();
  await target?.stop();
  await home?.remove();
});

let turn = 0;
let name: string;
/** A folder for the test's export. */
let folder: string;
const source = () => from.client.db(name);
/** Where the database goes: a served store takes any, a real MongoDB has one for us. */
const arrived = () => to.client.db(to.database ?? name);
beforeEach(async () => {
  turn += 1;
  name = `move_${turn}`;
  folder = home.at(`out${turn}`);
  await arrived().dropDatabase();
});

const about = () => ({ madeAt: new Date('2026-03-09T01:00:00Z'), only: name });

async function exported(phase: Phase = quietly()): Promise<Manifest> {
  return exportAll(from, folder, await takeFolder(folder, from.name), phase, about());
}

const imported = (phase: Phase = quietly()) => bringIn(to, folder, { only: name }, phase);

const ids = [
  (n: number) => n,
  (n: number) => Long.fromNumber(2 ** 53).add(n),
  (n: number) => `名${n}`,
  (n: number) => ObjectId.createFromHexString(n.toString(16).padStart(24, '0')),
  (n: number) => new Date(n),
  (n: number) => ({ n, a: 'b' }),
  (n: number) => n + 0.5,
];

test('any documents arrive byte for byte, in both directions', async () => {
  await fc.assert(
    fc
      .asyncProperty(fc.array(documents, { minLength: 1, maxLength: 40 }), async (made) => {
        const bytes = made.map((one, n) => {
          const { _id: _, ...rest } = one;
          return encode({ _id: (ids[n % ids.length] as (n: number) => unknown)(n), ...rest });
        });
        expect(await insertRaw(source(), 'things', bytes)).toEqual([]);
        const before = await contents(from.client, name);
        await exported();
        expect((await imported()).documents).toBe(made.length);
        expect(await contents(to.client, arrived().databaseName)).toEqual(before);

        await source().dropDatabase();
        const back = home.at(`back${turn}`);
        await exportAll(to, back, await takeFolder(back, to.name), quietly(), {
          ...about(),
          only: arrived().databaseName,
        });
        await bringIn(from, back, { only: arrived().databaseName });
        expect(await contents(from.client, arrived().databaseName)).toEqual(before);
      })
      .afterEach(async () => {
        await from.client.db(arrived().databaseName).dropDatabase();
        await source().dropDatabase();
        await arrived().dropDatabase();
        turn += 1;
        folder = home.at(`out${turn}`);
      }),
    { numRuns: 8 },
  );
});

test('the files are lines any reader of extended JSON understands, with the checksums sha256sum would print', async () => {
  await source()
    .collection<{ _id: string }>('人/.x')
    .insertMany([
      { _id: 'a', n: Long.fromNumber(1) } as { _id: string },
      { _id: 'b', odd: { $date: 'no date' } } as { _id: string },
    ]);
  await source().collection('PEOPLE').insertOne({});
  await source().collection('people').insertOne({});
  const { databases } = await exported();
  const files = databases.flatMap(({ collections }) => collections.flatMap((one) => one.files));
  expect(files.map(({ file }) => file)).toEqual([
    `${name}/PEOPLE.jsonl`,
    `${name}/people~2.jsonl`,
    `${name}/%E4%BA%BA%2F.x.jsonl`,
    `${name}/%E4%BA%BA%2F.x.bson`,
  ]);
  expect((await readdir(folder)).sort()).toEqual(['manifest.json', name]);
  for (const { file, sha256, bytes } of files) {
    const content = await readFile(join(folder, file));
    expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
    expect(content).toHaveLength(bytes);
    expect((await stat(join(folder, file))).mode & 0o77).toBe(0);
  }
  const [line = '', ...more] = (await readFile(join(folder, `${name}/%E4%BA%BA%2F.x.jsonl`), 'utf8')).split('\n');
  expect(EJSON.parse(line, { relaxed: false })).toEqual({ _id: 'a', n: Long.fromNumber(1) });
  expect(more).toEqual(['']);
});

test('fields named like numbers and empty timestamps arrive, the `_id` before them as a MongoDB has it', async () => {
  const things = source().collection<{ _id: string }>('things');
  await things.insertMany([
    { _id: 'a', 7: 1 } as { _id: string },
    { _id: 'b', 7: { $date: 'no date' } } as { _id: string },
    { _id: 'c', at: new Timestamp({ t: 0, i: 0 }) } as { _id: string },
  ]);
  await exported();
  await imported();
  const first = Buffer.from('\x02_id\0').toString('hex');
  const { things: arrivals = [] } = await contents(to.client, arrived().databaseName);
  expect(arrivals.map((hex) => hex.slice(8, 8 + first.length))).toEqual([first, first, first]);
  expect(arrivals).toEqual((await contents(from.client, name)).things);
  expect((await readFile(join(folder, name, 'things.bson'))).subarray(4, 9).toString('hex')).toBe(first);
  expect(await arrived().collection('things').find().sort({ _id: 1 }).toArray()).toEqual(
    await things.find().sort({ _id: 1 }).toArray(),
  );
});

test('collections, options and indexes come too, and what should expire does so only after both sides were compared', async () => {
  const wishes = source().collection<Document>('wishes');
  await source().createCollection('wishes', { validator: { title: { $type: 'string' } }, validationLevel: 'moderate' });
  await source().createCollection('empty');
  await wishes.insertMany([{ title: '电饭煲', at: new Date(0) }, { title: '灯' }]);
  await wishes.insertOne({ title: 5 }, { bypassDocumentValidation: true });
  await wishes.createIndex(
    { title: 1, at: -1 },
    { unique: true, partialFilterExpression: { title: { $exists: true } } },
  );
  await wishes.createIndex({ at: 1 }, { expireAfterSeconds: 60, name: 'gone' });
  await wishes.createIndex({ 'a.b': 1 }, { sparse: true });
  await exported();
  let expiring: boolean | undefined;
  await imported(
    quietly((title) => {
      if (title === '核对')
        void arrived()
          .collection('wishes')
          .indexExists('gone')
          .then((is) => (expiring = is));
    }),
  );
  expect(expiring).toBe(false);
  const settings = async (db: ReturnType<typeof source>) => ({
    options: (await db.listCollections().toArray())
      .map((one) => ({ name: one.name, options: 'options' in one && one.options }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    indexes: (await db.collection('wishes').indexes()).sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1)),
  });
  expect(await settings(arrived())).toEqual(await settings(source()));
});

test('views come without documents, and a capped collection in the order it will let go of them', async () => {
  const log = await source().createCollection<{ _id: number }>('log', { capped: true, size: 100_000, max: 3 });
  for (const _id of [9, 1, 5, 3]) await log.insertOne({ _id });
  await source().createCollection('high', { viewOn: 'log', pipeline: [{ $match: { _id: { $gt: 3 } } }] });
  await exported();
  expect((await readdir(join(folder, name))).sort()).toEqual(['log.jsonl', 'metadata.json']);
  await imported();
  await arrived().collection<{ _id: number }>('log').insertOne({ _id: 4 });
  expect(await arrived().collection('log').find().sort({ $natural: 1 }).toArray()).toEqual([
    { _id: 5 },
    { _id: 3 },
    { _id: 4 },
  ]);
  expect(await arrived().collection('high').find().sort({ _id: 1 }).toArray()).toEqual([{ _id: 4 }, { _id: 5 }]);
});
