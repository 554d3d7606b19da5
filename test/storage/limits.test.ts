/** The memory a large collection takes. `npm run bench:store` measures the same at a million documents. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { INDEXES, type Wish, wishOf } from '../../scripts/bench-store/data.ts';
import { type Limits, measureLimits } from '../../scripts/bench-store/limits.ts';
import { bundleServers, startServer } from '../../scripts/bench-store/processes.ts';

const DOCUMENTS = 100_000;
const BATCH = 5_000;
/** What issue 3 allows beyond the page cache. */
const MOST_MB = 300;
/** Held as documents, so many would take more than this. */
const MORE_MB = 64;

let room: string;
let limits: Limits;

beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), 'haolin-limits-'));
  const side = { script: await bundleServers(), room, folder: join(room, 'store') };
  const server = await startServer(side);
  const wishes = server.client.db('city').collection<Wish>('wishes');
  await wishes.createIndexes(INDEXES);
  for (let at = 0; at < DOCUMENTS; at += BATCH) {
    await wishes.insertMany(Array.from({ length: BATCH }, (_, n) => wishOf(at + n, DOCUMENTS)));
  }
  await server.stop();
  limits = await measureLimits(side, 'city', 'wishes');
}, 240_000);
afterAll(() => rm(room, { recursive: true, force: true }));

test('a large collection is opened without being read', () => {
  expect(limits.documents).toBe(DOCUMENTS);
  expect(limits.ownMb.opened).toBeLessThan(MORE_MB);
});

test.each(['sort with limit', 'group by state', 'group by area'])(
  '%s takes no more for many documents than for few',
  (work) => {
    expect(limits.ownMb[work]).toBeLessThan((limits.ownMb.opened as number) + 2 * MORE_MB);
  },
);

test('nothing takes more than is allowed', () => {
  expect(Object.values(limits.ownMb).filter((mb) => mb >= MOST_MB)).toEqual([]);
});
