import { closeSync, openSync, readFileSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DATA_FILE, openEnvironment } from '../../src/storage/embedded/disk/environment.ts';
import { Journal } from '../../src/storage/embedded/disk/journal.ts';
import { readHeader } from '../../src/storage/embedded/disk/pages.ts';
import { mostPages, Room } from '../../src/storage/embedded/disk/room.ts';
import { type Growth, Table } from '../../src/storage/embedded/disk/table.ts';

const BINARY = { keyEncoding: 'binary', encoding: 'binary', cache: false } as const;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-room-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const ONE: Growth = { changes: 1, bytes: 100, pages: 0 };
const path = () => join(folder, DATA_FILE);

function header() {
  const file = openSync(path(), 'r');
  try {
    return readHeader(file);
  } finally {
    closeSync(file);
  }
}

const change = fc.record({
  table: fc.constantFrom('records' as const, 'entries' as const, 'meta' as const),
  key: fc.uint8Array({ minLength: 1, maxLength: 200 }),
  /** How long the value is; none: the key is removed. */
  length: fc.option(fc.oneof(fc.nat(100), fc.nat(3_000), fc.nat(40_000))),
  /** Further keys beside this one. */
  many: fc.oneof(fc.constant(0), fc.nat(600)),
});

describe.skipIf(!Room.possible())('room for a transaction', () => {
  test('is never less than it takes', async () => {
    const environment = openEnvironment(folder);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        const before = header().lastPage;
        const growth: Growth = { changes: 0, bytes: 0, pages: 0 };
        environment.transact(() => {
          // What the environment's own tables count, counted by others beside them.
          const counted = new Map(
            (['records', 'entries', 'meta'] as const).map((name) => [
              name,
              new Table(environment.root.openDB<Buffer, Uint8Array>(name, BINARY), growth, new Journal()),
            ]),
          );
          for (const { table, key, length, many } of changes) {
            for (let n = 0; n <= many; n++) {
              const one = Buffer.concat([key, Buffer.of(n >> 8, n)]);
              if (length === null) counted.get(table)?.removeSync(one);
              else counted.get(table)?.putSync(one, Buffer.alloc(many === 0 ? length : length % 2_500, n));
            }
          }
        });
        expect(header().lastPage - before).toBeLessThanOrEqual(mostPages(growth, before + 1));
      }),
      { numRuns: 60 },
    );
    await environment.close();
  });

  test('is added at the end of the file, and only when there is too little', async () => {
    await openEnvironment(folder).close();
    const before = readFileSync(path());
    const room = new Room(path());
    room.ensure({ changes: 0, bytes: 0, pages: 0 });
    expect(readFileSync(path()).equals(before)).toBe(true);
    room.ensure(ONE);
    const longer = readFileSync(path());
    expect(longer.subarray(0, before.length).equals(before)).toBe(true);
    expect(longer.subarray(before.length).every((byte) => byte === 0)).toBe(true);
    expect(longer.length).toBeGreaterThan(before.length);
    room.ensure(ONE);
    expect(statSync(path()).size).toBe(longer.length);
    room.close();
  });

  test('on a disk that never writes in place is what is free, however long the file', async () => {
    await openEnvironment(folder).close();
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(path(), Buffer.alloc(1 << 20), { flag: 'a' });
    const room = new Room(path(), true);
    expect(() => room.ensure(ONE)).not.toThrow();
    const pages = Math.ceil((bavail * bsize) / 4096) * 2;
    const { size } = statSync(path());
    expect(() => room.ensure({ ...ONE, pages })).toThrow(expect.objectContaining({ code: 'ENOSPC' }));
    expect(statSync(path()).size).toBe(size);
    room.close();
  });
});
