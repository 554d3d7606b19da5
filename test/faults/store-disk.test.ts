/** A disk that becomes full under the store, in the middle of whatever it is writing. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Collection, MongoBulkWriteError } from 'mongodb';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { SMALL_DISKS } from './small-disk.ts';
import { bundledStore, StoreProcess } from './store-process.ts';

/** Room for some transactions of a long command, but not for all of them. */
const ROOM = 12 << 20;
const LITTLE = 8 << 20;
const BATCH = 100;
/** More documents than there is room for, in one command of no more than 16 MB. */
const MANY = 22_000;
/** A text so long that each lies on a page of its own, and so many that there is no room for all of them once more. */
const LONG = 3_000;
const LONG_ONES = 4_000;

interface Wish {
  _id: string;
  batch: string;
  area: number;
  text: string;
}

/** How many documents of each batch must be there. */
type Stored = Map<string, number>;

// It fills disks, which takes its time while others use the machine.
vi.setConfig({ testTimeout: 90_000 });

let script: string;
let room: string;
let store: StoreProcess;

beforeAll(async () => {
  script = await bundledStore();
});
beforeEach(async () => {
  room = await mkdtemp(join(tmpdir(), 'haolin-disk-'));
  store = new StoreProcess(script, room);
});
afterEach(async () => {
  await store.end();
  spawnSync('umount', [room], { stdio: 'ignore' });
  await rm(room, { recursive: true, force: true });
});

function batch(name: string, size = BATCH, length = 400): Wish[] {
  return Array.from({ length: size }, (_, n) => ({
    _id: `${name}-${String(n).padStart(6, '0')}`,
    batch: name,
    area: n % 7,
    text: `${n} `.repeat(length).slice(0, length),
  }));
}

const isFull = (stored: string) => ({
  code: 14031,
  message: expect.stringMatching(new RegExp(`^${stored}, the store's disk is full or failing: .*free some space`)),
});
const NOTHING = isFull('nothing was written');
const REST = isFull('the rest was not written');

/** Does what must fail for want of room. Returns why. */
async function refused(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => {
      throw new Error('there was room after all');
    },
    (error: Error) => error,
  );
}

/** Writes batch after batch until the store refuses one. Returns what it acknowledged. */
async function fill(wishes: Collection<Wish>, writer: string): Promise<Stored> {
  const stored: Stored = new Map();
  for (let n = 0; ; n++) {
    const name = `${writer}${n}`;
    try {
      await wishes.insertMany(batch(name));
      stored.set(name, BATCH);
    } catch (error) {
      const { insertedCount = 0 } = error as Partial<MongoBulkWriteError>;
      // On a slow machine a batch takes more than one transaction, of which the first may find room.
      expect(error).toMatchObject(insertedCount > 0 ? REST : NOTHING);
      if (insertedCount > 0) stored.set(name, insertedCount);
      return stored;
    }
  }
}

/** What is stored of each batch: the first so many of its documents. */
async function batches(wishes: Collection<Wish>): Promise<Stored> {
  const found = await wishes
    .aggregate([{ $group: { _id: '$batch', n: { $sum: 1 }, last: { $max: '$_id' } } }, { $sort: { _id: 1 } }])
    .toArray();
  for (const { _id, n, last } of found) expect(last).toBe(`${_id}-${String(n - 1).padStart(6, '0')}`);
  return new Map(found.map(({ _id, n }) => [_id as string, n as number]));
}

const sorted = (stored: Iterable<[string, number]>): Stored =>
  new Map([...stored].sort(([a], [b]) => (a < b ? -1 : 1)));

async function valid(wishes: Collection<Wish>): Promise<void> {
  expect(await wishes.db.command({ validate: wishes.collectionName })).toMatchObject({ valid: true, errors: [] });
}

const ONE_KIND = SMALL_DISKS.find(({ possible }) => possible);

describe.each(SMALL_DISKS)('a store that fills $name', (disk) => {
  const full = test.skipIf(!disk.possible);
  // What long commands leave behind does not depend on how the disk is full: one kind is enough for every day.
  const fullOnce = test.skipIf(!disk.possible || (disk !== ONE_KIND && process.env.HAOLIN_EVERY_DISK === undefined));

  async function open(): Promise<Collection<Wish>> {
    await disk.make(room);
    const { client } = await store.open();
    return client.db('city').collection<Wish>('wishes');
  }
  const leave = (bytes = ROOM) => disk.leave(room, store, bytes);
  const free = () => disk.free(room, store);

  /** The store is killed and opened again: all that was acknowledged is there, and nothing else. */
  async function outlives(wishes: Collection<Wish>, stored: Stored): Promise<void> {
    // LMDB was never the one who found the disk full: lmdb-js would have written beyond its memory.
    expect(store.trouble).not.toContain('Write error');
    await store.kill();
    await wishes.db.client.close();
    const { faults, client } = await store.open();
    expect(faults).toEqual([]);
    expect(await batches(client.db('city').collection('wishes'))).toEqual(stored);
    await client.close();
  }

  full('says so, loses nothing, goes on reading, and writes again once there is room', async () => {
    const wishes = await open();
    await wishes.createIndex({ area: 1, batch: 1 });
    await leave(LITTLE);
    const stored = sorted(
      (await Promise.all(['a', 'b', 'c', 'd'].map((name) => fill(wishes, name)))).flatMap((one) => [...one]),
    );
    expect(stored.size).toBeGreaterThan(4);

    // It goes on serving reads, and says the same of every further write that needs room.
    expect(await batches(wishes)).toEqual(stored);
    expect(await wishes.find({ area: 3, batch: 'a0' }).toArray()).toHaveLength(Math.ceil((BATCH - 3) / 7));
    const more = await fill(wishes, 'e');
    await valid(wishes);

    await free();
    await wishes.insertMany(batch('free'));
    expect((await wishes.updateMany({ batch: 'free' }, { $set: { area: 99 } })).modifiedCount).toBe(BATCH);
    const all = sorted([...stored, ...more, ['free', BATCH]]);
    expect(await batches(wishes)).toEqual(all);
    await outlives(wishes, all);
  });

  full('answers each of many writers that write together, and holds what it told them', async () => {
    const wishes = await open();
    await leave(LITTLE);
    const stored: Stored = new Map();
    const writers = Array.from({ length: 40 }, async (_, writer) => {
      for (let n = 0; ; n++) {
        const [wish] = batch(`w${writer}-${n}`, 1) as [Wish];
        try {
          await wishes.insertOne({ ...wish, text: 'x'.repeat(LONG) });
          stored.set(wish.batch, 1);
        } catch (error) {
          return error;
        }
      }
    });
    for (const error of await Promise.all(writers))
      expect(error).toMatchObject({ ...NOTHING, codeName: 'OutOfDiskSpace' });
    expect(stored.size).toBeGreaterThan(40);
    expect(await batches(wishes)).toEqual(sorted(stored));
    await free();
    await wishes.insertMany(batch('free'));
    await outlives(wishes, sorted([...stored, ['free', BATCH]]));
  });

  full.each([true, false])('tells how much of a long insert it holds (ordered: %s)', async (ordered) => {
    const wishes = await open();
    await leave(LITTLE);
    const error = (await refused(wishes.insertMany(batch('many', MANY), { ordered }))) as MongoBulkWriteError;
    expect(error).toMatchObject(REST);
    expect(error.insertedCount).toBeGreaterThan(0);
    const failed = [error.writeErrors].flat().map(({ index }) => index);
    const left = ordered ? 1 : MANY - error.insertedCount;
    expect(failed).toEqual(Array.from({ length: left }, (_, i) => error.insertedCount + i));
    const stored: Stored = new Map([['many', error.insertedCount]]);
    expect(await batches(wishes)).toEqual(stored);
    await valid(wishes);
    await free();
    await outlives(wishes, stored);
  });

  fullOnce('leaves no document of a long update by half', async () => {
    const wishes = await open();
    await wishes.createIndex({ text: 1 });
    await wishes.insertMany(batch('before', LONG_ONES));
    await leave();
    const text = 'y'.repeat(LONG);
    const update = () => wishes.updateMany({}, { $set: { text } });
    expect(await refused(update())).toMatchObject(REST);
    await valid(wishes);
    const updated = await wishes.countDocuments({ text });
    expect(updated).toBeGreaterThan(0);
    expect(await wishes.countDocuments({ text: /^\d+ / })).toBe(LONG_ONES - updated);
    await free();
    await update();
    expect(await wishes.countDocuments({ text })).toBe(LONG_ONES);
    await outlives(wishes, new Map([['before', LONG_ONES]]));
  });

  fullOnce('leaves nothing of indexes it could not complete, and makes them once there is room', async () => {
    const wishes = await open();
    await wishes.insertMany(batch('before', 7_000));
    await leave();
    const keys: Record<string, 1>[] = [
      { area: 1 },
      { text: 1 },
      { batch: 1, text: 1 },
      { area: 1, text: 1 },
      { text: 1, area: 1 },
      { text: 1, batch: 1 },
    ];
    const index = () => wishes.createIndexes(keys.map((key) => ({ key })));
    expect(await refused(index())).toMatchObject(NOTHING);
    const names = async () => (await wishes.indexes()).map(({ name }) => name);
    expect(await names()).toEqual(['_id_']);
    expect(await wishes.countDocuments({ area: 3 })).toBe(1_000);
    await valid(wishes);
    await free();
    await index();
    expect(await names()).toHaveLength(7);
    expect(await wishes.find({ area: 3 }).hint('area_1').toArray()).toHaveLength(1_000);
    await valid(wishes);
    await outlives(wishes, new Map([['before', 7_000]]));
  });

  fullOnce('leaves nothing of a collection a pipeline could not complete', async () => {
    const wishes = await open();
    await wishes.insertMany(batch('before', LONG_ONES, LONG));
    await leave();
    const out = () => wishes.aggregate([{ $out: 'copied' }]).toArray();
    expect(await refused(out())).toMatchObject(NOTHING);
    const merge = () => wishes.aggregate([{ $merge: 'merged' }]).toArray();
    expect(await refused(merge())).toMatchObject({ code: 14031 });
    await free();
    await wishes.insertMany(batch('free'));
    const names = async () => (await wishes.db.listCollections().toArray()).map(({ name }) => name as string);
    expect((await names()).filter((name) => name !== 'merged')).toEqual(['wishes']);
    await out();
    await merge();
    for (const name of ['copied', 'merged']) {
      expect(await wishes.db.collection(name).countDocuments()).toBe(LONG_ONES + BATCH);
    }
    await outlives(
      wishes,
      new Map([
        ['before', LONG_ONES],
        ['free', BATCH],
      ]),
    );
  });
});
