import { execFileSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UNFINISHED } from '../../src/storage/embedded/commands/outlets.ts';
import { Catalog, describeIndex } from '../../src/storage/embedded/disk/catalog.ts';
import { openEnvironment } from '../../src/storage/embedded/disk/environment.ts';
import { lookAtPages } from '../../src/storage/embedded/disk/pages.ts';
import { Records } from '../../src/storage/embedded/disk/records.ts';
import { checkFolder, openEngine } from '../../src/storage/embedded/engine.ts';
import { startEngine } from '../../src/storage/embedded/start.ts';
import { encode } from '../../src/storage/embedded/values/bson.ts';
import { cutToPages } from './data-file.ts';

const PAGE = 4096;
const DOCUMENTS = 400;

let room: string;
let sound: string;
let folders = 0;

beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), 'haolin-opening-'));
  sound = join(room, 'sound');
  await mkdir(sound);
  const environment = openEnvironment(sound);
  const catalog = new Catalog(environment);
  const records = new Records(environment, catalog);
  environment.transact(() => {
    const wishes = catalog.create('city', 'wishes', {});
    const spec = { v: 2, name: 'area', key: { area: 1 } };
    catalog.setIndexes(wishes, [...wishes.indexes, describeIndex(catalog.newId(), spec)]);
    for (let _id = 0; _id < DOCUMENTS; _id++) {
      const wish = { _id, area: `a${_id % 7}`, text: 'x'.repeat(_id % 50 === 0 ? 9000 : 300) };
      records.insert(wishes, wish, encode(wish));
    }
  });
  await environment.close();
  cutToPages(join(sound, 'data.mdb'));
});
afterAll(() => rm(room, { recursive: true, force: true }));

/** A new folder with a copy of the sound store's data file, changed by `damage`. */
async function copy(damage: (file: string) => void): Promise<string> {
  folders += 1;
  const folder = join(room, `copy${folders}`);
  await mkdir(folder);
  const file = join(folder, 'data.mdb');
  copyFileSync(join(sound, 'data.mdb'), file);
  damage(file);
  return folder;
}

function overwrite(file: string, at: number, bytes: Uint8Array): void {
  const open = openSync(file, 'r+');
  writeSync(open, bytes, 0, bytes.length, at);
  closeSync(open);
}

const open = (folder: string) => openEngine({ folder, listen: { port: 0 } });

describe('a folder that cannot be opened is told of in a sentence that says what to do', () => {
  test('a file in its place', async () => {
    const file = join(room, 'file');
    writeFileSync(file, 'not a folder');
    for (const path of [file, join(file, 'below')]) {
      await expect(open(path)).rejects.toMatchObject({
        code: 'store_not_folder',
        message: expect.stringMatching(/不能用作数据目录.*换一个目录.*（store_not_folder）/),
      });
    }
    expect(readFileSync(file, 'utf8')).toBe('not a folder');
  });

  const mounted = (folder: string, options: string) => {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };

  test('one on a disk mounted read-only, with a store in it or without', async ({ skip }) => {
    const disk = join(room, 'disk');
    await mkdir(disk);
    if (!mounted(disk, 'size=8m')) skip('needs the right to mount');
    try {
      await (await open(join(disk, 'store'))).close();
      execFileSync('mount', ['-o', 'remount,ro', disk]);
      for (const folder of ['store', 'new']) {
        await expect(open(join(disk, folder))).rejects.toMatchObject({
          code: 'store_read_only',
          message: expect.stringContaining('无法写入'),
        });
      }
      // Through the thread the house runs it on.
      await expect(startEngine(join(disk, 'store'))).rejects.toMatchObject({ code: 'store_read_only' });
      execFileSync('mount', ['-o', 'remount,rw', disk]);
      await (await open(join(disk, 'store'))).close();
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  test.skipIf(process.getuid?.() === 0)('one this user may not write to', async () => {
    const folder = await copy(() => undefined);
    execFileSync('chmod', ['500', folder]);
    await expect(open(folder)).rejects.toMatchObject({ code: 'store_read_only' });
  });

  test('one on a disk without any room', async ({ skip }) => {
    const disk = join(room, 'full');
    await mkdir(disk);
    if (!mounted(disk, 'size=64k')) skip('needs the right to mount');
    try {
      await expect(open(join(disk, 'store'))).rejects.toMatchObject({
        code: 'store_disk_full',
        message: expect.stringContaining('请腾出空间'),
      });
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  const damages: [string, (file: string) => void][] = [
    ['other bytes altogether', (file) => writeFileSync(file, Buffer.alloc(50_000, 'text'))],
    ['the first bytes only', (file) => truncateSync(file, 100)],
    ['a header without pages', (file) => truncateSync(file, 2 * PAGE)],
    ['half of its pages', (file) => truncateSync(file, statSync(file).size / 2)],
    ['zeros instead of one header', (file) => overwrite(file, PAGE, Buffer.alloc(PAGE))],
    ['zeros after the header', (file) => overwrite(file, 2 * PAGE, Buffer.alloc(statSync(file).size - 2 * PAGE))],
  ];
  test.each(damages)('a data file with %s', async (_, damage) => {
    const folder = await copy(damage);
    const before = readFileSync(join(folder, 'data.mdb'));
    for (const attempt of [() => open(folder), () => checkFolder(folder)]) {
      await expect(attempt()).rejects.toMatchObject({
        code: 'store_damaged',
        message: expect.stringMatching(/已损坏.*另存一份.*备份/),
      });
    }
    expect(readFileSync(join(folder, 'data.mdb')).equals(before)).toBe(true);
  });
});

describe('a data file', () => {
  test('is sound after all that was done to it, and opens', async () => {
    const folder = await copy(() => undefined);
    expect(lookAtPages(join(folder, 'data.mdb'))).toEqual({ damage: undefined, short: undefined });
    const { collections, faults } = await checkFolder(folder);
    expect(faults).toEqual([]);
    expect(collections).toMatchObject([{ records: DOCUMENTS, faults: [] }]);
  });

  test('that was only about to be made is made', async () => {
    const folder = await copy((file) => truncateSync(file, 0));
    await (await open(folder)).close();
  });

  test('whose last pages were given out and never written is lengthened, and opens', async () => {
    const folder = await copy((file) => {
      const lastPage = statSync(file).size / PAGE - 1;
      for (const header of [0, PAGE])
        overwrite(file, header + 144, Buffer.from(BigUint64Array.of(BigInt(lastPage + 3)).buffer));
    });
    const file = join(folder, 'data.mdb');
    const { size } = statSync(file);
    expect(lookAtPages(file)).toEqual({ damage: undefined, short: size + 3 * PAGE });
    await (await open(folder)).close();
    expect(statSync(file).size).toBeGreaterThanOrEqual(size + 3 * PAGE);
    expect((await checkFolder(folder)).collections).toMatchObject([{ records: DOCUMENTS, faults: [] }]);
  });

  test('that ends in a half-made index and a half-made collection is opened without them', async () => {
    const folder = await copy(() => undefined);
    const environment = openEnvironment(folder);
    const catalog = new Catalog(environment);
    environment.transact(() => {
      const [wishes] = catalog.collections('city');
      if (wishes === undefined) throw new Error('no collection');
      const half = { ...describeIndex(catalog.newId(), { v: 2, name: 'text', key: { text: 1 } }), building: true };
      catalog.setIndexes(wishes, [...wishes.indexes, half]);
      const made = catalog.create('city', `${UNFINISHED}1.2`, {});
      new Records(environment, catalog).insert(made, { _id: 1 }, encode({ _id: 1 }));
    });
    await environment.close();
    await (await open(folder)).close();
    const { collections, faults } = await checkFolder(folder);
    expect(faults).toEqual([]);
    expect(collections.map(({ namespace, indexes }) => [namespace, indexes.map(({ name }) => name)])).toEqual([
      ['city.wishes', ['_id_', 'area']],
    ]);
    const again = openEnvironment(folder);
    expect([...new Catalog(again).all()].flatMap(({ indexes }) => indexes.map(({ name }) => name))).toEqual([
      '_id_',
      'area',
    ]);
    await again.close();
  });

  test('with any page spoilt is found spoilt, by its pages or by its documents, and ends no process', async () => {
    const pages = statSync(join(sound, 'data.mdb')).size / PAGE;
    let found = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: pages - 1 }),
        fc.oneof(fc.constant(0), fc.constant(0xff), fc.integer({ min: 1, max: 254 })),
        async (page, byte) => {
          const folder = await copy((file) => overwrite(file, page * PAGE, Buffer.alloc(PAGE, byte)));
          if (lookAtPages(join(folder, 'data.mdb')).damage !== undefined) found += 1;
          else {
            // A page nothing was on, or an inner page of a large value: these have no form of their own.
            const { faults, collections } = await checkFolder(folder);
            expect(faults).toEqual([]);
            const wrong = collections.flatMap((one) => one.faults);
            expect(wrong.length === 0 || /record \d+ cannot be read/.test(wrong.join())).toBe(true);
            expect(collections).toMatchObject([{ records: DOCUMENTS }]);
          }
          await rm(folder, { recursive: true });
        },
      ),
      { numRuns: 60 },
    );
    expect(found).toBeGreaterThan(20);
  });
});
