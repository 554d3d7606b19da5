import { closeSync, openSync, readFileSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DATA_FILE, openEnvironment } from '../../src/storage/embedded/disk/environment.ts';
import { readHeader } from '../../src/storage/embedded/disk/pages.ts';
import { mostPages, Room } from '../../src/storage/embedded/disk/room.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-room-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

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
  table: fc.constantFrom('records', 'entries', 'meta'),
  key: fc.uint8Array({ minLength: 1, maxLength: 200 }),
  /** How long the value is; none: the key is removed. */
  length: fc.option(fc.oneof(fc.nat(100), fc.nat(3_000), fc.nat(40_000))),
  /** Further keys beside this one. */
  many: fc.oneof(fc.constant(0), fc.nat(600)),
});

describe.skipIf(!Room.possible())('room for a transaction', () => {
  test('is had before LMDB writes, and is never less than it takes', async () => {
    const environment = openEnvironment(folder);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        const used = header().lastPage + 1;
        const growth = { changes: 0, pages: 0 };
        environment.transact(() => {
          for (const { table, key, length, many } of changes) {
            for (let n = 0; n <= many; n++) {
              const one = Buffer.concat([key, Buffer.of(n >> 8, n)]);
              growth.changes += 1;
              if (length === null) environment[table as 'meta'].removeSync(one);
              else environment[table as 'meta'].putSync(one, Buffer.alloc(many === 0 ? length : length % 300, n));
              if (length !== null && many === 0 && length > 1024) growth.pages += 1 + Math.ceil(length / 4096);
            }
          }
        });
        const { lastPage, pageSize } = header();
        expect(lastPage + 1 - used).toBeLessThanOrEqual(mostPages(growth, used));
        expect(statSync(path()).size).toBeGreaterThanOrEqual((lastPage + 1) * pageSize);
      }),
      { numRuns: 60 },
    );
    await environment.close();
  });

  test('is added at the end of the file, and only when there is too little', async () => {
    await openEnvironment(folder).close();
    const before = readFileSync(path());
    const room = new Room(path());
    room.ensure({ changes: 0, pages: 0 });
    expect(readFileSync(path())).toEqual(before);
    room.ensure({ changes: 1, pages: 0 });
    const longer = readFileSync(path());
    expect(longer.subarray(0, before.length)).toEqual(before);
    expect(longer.subarray(before.length)).toEqual(Buffer.alloc(longer.length - before.length));
    expect(longer.length).toBeGreaterThan(before.length);
    room.ensure({ changes: 1, pages: 0 });
    expect(statSync(path()).size).toBe(longer.length);
    room.close();
  });

  test('on a disk that never writes in place is what is free, however long the file', async () => {
    await openEnvironment(folder).close();
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(path(), Buffer.alloc(1 << 20), { flag: 'a' });
    const room = new Room(path(), true);
    expect(() => room.ensure({ changes: 1, pages: 0 })).not.toThrow();
    const pages = Math.ceil((bavail * bsize) / 4096) * 2;
    const { size } = statSync(path());
    expect(() => room.ensure({ changes: 1, pages })).toThrow(expect.objectContaining({ code: 'ENOSPC' }));
    expect(statSync(path()).size).toBe(size);
    room.close();
  });
});
