/**
 * A disk that refuses LMDB's header: after that LMDB refuses everything, reads too. It happens on a full disk that never
 * writes in place. Here the file LMDB writes its header through is exchanged for one that is always full.
 */
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Collection, MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { checkFolder, openEngine } from '../../src/storage/embedded/engine.ts';

interface Wish {
  _id: number;
  area: number;
}

/** A file that is on disk as soon as it is written, as LMDB's header must be. */
const O_DSYNC = 0o10000;
const WISHES = 20_000;

let folder: string;
let engine: Awaited<ReturnType<typeof openEngine>> | undefined;
let client: MongoClient;
let wishes: Collection<Wish>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-header-'));
  const path = join(folder, 'store.sock');
  engine = await openEngine({ folder: join(folder, 'store'), listen: { path } });
  client = new MongoClient(`mongodb://${encodeURIComponent(path)}/`, { retryWrites: false, maxPoolSize: 32 });
  wishes = client.db('city').collection('wishes');
  await wishes.insertMany(Array.from({ length: WISHES }, (_, _id) => ({ _id, area: _id % 7 })));
});
afterEach(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

async function close(): Promise<void> {
  await client.close();
  await engine?.close();
  engine = undefined;
}

/** The next header LMDB writes finds the disk full. */
function refuseHeader(): void {
  const data = join(folder, 'store', 'data.mdb');
  const header = readdirSync('/proc/self/fd')
    .map(Number)
    .find((file) => {
      try {
        if (readlinkSync(`/proc/self/fd/${file}`) !== data) return false;
        const flags = /^flags:\s+(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${file}`, 'utf8'))?.[1] ?? '0';
        return (Number.parseInt(flags, 8) & O_DSYNC) !== 0;
      } catch {
        return false;
      }
    });
  if (header === undefined) throw new Error('LMDB writes its header in some other way');
  closeSync(header);
  // A new file gets the lowest number that is free.
  const opened: number[] = [];
  do opened.push(openSync('/dev/full', 'r+'));
  while (opened.at(-1) !== header && opened.length < 1_000);
  for (const file of opened.slice(0, -1)) closeSync(file);
}

const FULL = { code: 14031, codeName: 'OutOfDiskSpace', message: expect.stringContaining('nothing was written') };

describe.skipIf(process.platform !== 'linux')('a store whose disk refuses the header', () => {
  beforeEach(() => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test('says so, goes on reading, and writes again as soon as the disk takes it', async () => {
    for (let again = 0; again < 3; again++) {
      refuseHeader();
      await expect(wishes.insertOne({ _id: -1, area: 0 })).rejects.toMatchObject(FULL);
      expect(await wishes.findOne({ _id: -1 })).toBeNull();
      expect(await wishes.countDocuments()).toBe(WISHES + again);
      await wishes.insertOne({ _id: WISHES + again, area: 0 });
    }
    await wishes.createIndex({ area: 1 });
    expect(await client.db('city').command({ validate: 'wishes' })).toMatchObject({ valid: true, errors: [] });
    await close();
    const { faults, collections } = await checkFolder(join(folder, 'store'));
    expect(faults).toEqual([]);
    expect(collections).toEqual([expect.objectContaining({ records: WISHES + 3, faults: [] })]);
  });

  test('answers what is being read and written meanwhile', async () => {
    const grouped = Array.from({ length: 8 }, () =>
      wishes.aggregate<{ n: number }>([{ $group: { _id: '$area', n: { $sum: 1 } } }]).toArray(),
    );
    // Commands the driver does not ask again by itself: one that holds a snapshot just then is told to be asked again.
    const askAgain = (error: unknown) => expect(error).toMatchObject({ code: 11602 });
    const found = Array.from({ length: 4 }, () =>
      wishes
        .find()
        .batchSize(500)
        .toArray()
        .then((read) => expect(read.length).toBeGreaterThanOrEqual(WISHES), askAgain),
    );
    const checked = client
      .db('city')
      .command({ validate: 'wishes' })
      .then(({ valid }) => expect(valid).toBe(true), askAgain);
    await client.db('city').command({ ping: 1 });
    refuseHeader();
    const writes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => wishes.insertOne({ _id: WISHES + n, area: 99 })),
    );
    const stored = writes.filter(({ status }) => status === 'fulfilled').length;
    for (const one of writes) if (one.status === 'rejected') expect(one.reason).toMatchObject(FULL);
    for (const groups of await Promise.all(grouped)) {
      expect(groups.reduce((sum, { n }) => sum + n, 0)).toBeGreaterThanOrEqual(WISHES);
    }
    await Promise.all([...found, checked]);
    expect(await wishes.countDocuments({ area: 99 })).toBe(stored);
  });
});
