/** An environment that LMDB refuses to open anew, half-way: until it is there again nothing is done in it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Environment } from '../../src/storage/embedded/disk/environment.ts';

type Open = typeof import('lmdb').open;

/** Which of the tables cannot be opened, while one cannot; and whether a lock is another's. */
const faults = { table: undefined as string | undefined, locked: false };

async function faulty() {
  const lmdb = await vi.importActual<typeof import('lmdb')>('lmdb');
  const open = ((options: never) => {
    const root = lmdb.open(options) as unknown as Record<'openDB' | 'tryLock', (...of: unknown[]) => unknown>;
    const { openDB, tryLock } = root;
    return Object.assign(root, {
      openDB(name: string, ...of: unknown[]) {
        if (name === faults.table) throw new Error('no table');
        return openDB.call(root, name, ...of);
      },
      tryLock: (...of: unknown[]) => !faults.locked && tryLock.apply(root, of),
    });
  }) as unknown as Open;
  return { ...lmdb, open };
}

let openEnvironment: typeof import('../../src/storage/embedded/disk/environment.ts').openEnvironment;
let folder: string;
let environment: Environment;

// Files of tests share what is loaded in a process: others have the true one.
beforeAll(async () => {
  vi.doMock('lmdb', faulty);
  vi.resetModules();
  ({ openEnvironment } = await import('../../src/storage/embedded/disk/environment.ts'));
});
afterAll(() => {
  vi.doUnmock('lmdb');
  vi.resetModules();
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-reopening-'));
  environment = openEnvironment(folder, true);
});
afterEach(async () => {
  await environment.close();
  await rm(folder, { recursive: true, force: true });
});

const put = (nth: number) => environment.transact(() => environment.records.putSync(Buffer.of(nth), Buffer.of(nth)));

/** The next commit fails, as LMDB's own. */
function failNext(): void {
  const { root } = environment;
  const own = root.transactionSync;
  const failing = (action: () => unknown) => {
    Object.assign(root, { transactionSync: own });
    action();
    throw Object.assign(new Error('a fault of its own'), { code: -30_782 });
  };
  Object.assign(root, { transactionSync: failing });
}

const keys = () => [...environment.records.getKeys({})].map((key) => (key as Uint8Array)[0]);

test.each(['records', 'entries', 'meta'])('without its table %s it refuses what comes, until it has it', (table) => {
  put(1);
  expect(environment.hold('mine')).toBe(true);
  failNext();
  faults.table = table;
  // It wrote through what is given up now: nobody may take that for written.
  expect(() => environment.transact(() => undefined)).toThrow('a fault of its own');
  for (const nth of [2, 3]) expect(() => put(nth)).toThrow('no table');
  faults.table = undefined;
  put(4);
  expect(keys()).toEqual([1, 4]);
  expect(environment.hold('mine')).toBe(false);
});

test('without a lock that it held it refuses what comes, until it has it', () => {
  expect(environment.hold('mine')).toBe(true);
  failNext();
  faults.locked = true;
  expect(() => environment.transact(() => undefined)).toThrow('a fault of its own');
  expect(() => put(1)).toThrow('has the lock');
  faults.locked = false;
  put(2);
  expect(keys()).toEqual([2]);
  expect(environment.hold('mine')).toBe(false);
});
