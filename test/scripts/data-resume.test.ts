/** The command as people run it, both ways, and killed again and again: what comes out is what an undisturbed run makes. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readManifest } from '../../scripts/data-move/files.ts';
import { openFolder, openUri } from '../../scripts/data-move/place.ts';
import { contents, data, killAt, mongo, type Room, room, type Served, serve, takeTime } from './data-support.ts';

takeTime();

/** More than twice as many as are written between two saves. */
const ROWS = 11_000;

let home: Room;
let target: Served;
beforeAll(async () => {
  home = await room();
  target = await mongo(home.at('target'));
  const place = await openFolder(home.at('source', 'store'), true);
  const db = place.client.db('haolin');
  await db.collection('people').insertMany(Array.from({ length: 300 }, (_, n) => ({ name: `王${n}` })));
  await db
    .collection('wishes')
    .insertMany(Array.from({ length: ROWS }, (_, n) => (n % 1_000 === 7 ? { odd: { $oid: n } } : { n, list: [n] })));
  await db.collection('wishes').createIndex({ n: 1 }, { name: 'by number' });
  await place.close();
});
afterAll(async () => {
  await target?.stop();
  await home?.remove();
});

const source = () => ['--folder', home.at('source')];
const nameThere = (client: MongoClient) => (process.env.MONGODB_URI ? client.options.dbName : 'haolin');
const files = async (folder: string) => (await readManifest(folder))?.databases.map((one) => one.collections);

async function killedAt(args: readonly string[], what: RegExp): Promise<void> {
  const { code, said } = await data(args, killAt(what));
  expect(said).toMatch(what);
  expect(code).toBeNull();
}

test('an export killed at any moment and run again is the export nobody disturbed', async () => {
  const calm = home.at('calm');
  expect(await data(['export', calm, ...source()])).toMatchObject({
    code: 0,
    said: expect.stringContaining(`共${ROWS + 300}条，逐条核对一致`),
  });
  const folder = home.at('killed');
  await killedAt(['export', folder, ...source()], /导出 7\d%/);
  const checkpoint = JSON.parse(await readFile(join(folder, 'export.checkpoint.json'), 'utf8'));
  expect(checkpoint.collections[1].files[0].documents).toBeGreaterThan(4_900);
  await killedAt(['export', folder, ...source()], /核对 [4-9]\d%/);
  const again = await data(['export', folder, ...source()]);
  expect(again).toMatchObject({ code: 0 });
  // All was written before it was killed the second time.
  expect(again.said).not.toMatch(/导出 [4-9]\d%/);
  expect(await files(folder)).toEqual(await files(calm));
  expect((await readdir(folder, { recursive: true })).sort()).toEqual(
    (await readdir(calm, { recursive: true })).sort(),
  );
  for (const { file } of (await files(folder))?.flat().flatMap((one) => one.files) ?? []) {
    expect((await readFile(join(folder, file))).equals(await readFile(join(calm, file)))).toBe(true);
  }
});

test('an import killed at any moment and run again brings everything once, there and back', async () => {
  const out = home.at('calm');
  const there = ['--uri', target.uri];
  for (const what of [/导入 [67]\d%/, /核对 [4-9]\d%/]) await killedAt(['import', out, ...there], what);
  expect((await readdir(out)).filter((name) => name.endsWith('.checkpoint.json'))).toHaveLength(1);
  expect(await data(['import', out, ...there])).toMatchObject({ code: 0 });
  expect((await readdir(out)).filter((name) => name.endsWith('.checkpoint.json'))).toEqual([]);
  const place = await openFolder(home.at('source', 'store'), false);
  const before = await contents(place.client, 'haolin').finally(place.close);
  const remote = await openUri(target.uri);
  expect(await contents(remote.client, nameThere(remote.client)).finally(remote.close)).toEqual(before);
  expect(await data(['import', out, ...there])).toMatchObject({
    code: 1,
    said: expect.stringContaining('target_not_empty'),
  });

  const back = home.at('back');
  expect(await data(['export', back, ...there])).toMatchObject({ code: 0 });
  await killedAt(['import', back, '--folder', home.at('home')], /导入 [67]\d%/);
  expect(await data(['import', back, '--folder', home.at('home')])).toMatchObject({ code: 0 });
  const arrived = await openFolder(home.at('home', 'store'), false);
  try {
    const [name = ''] = (await readManifest(back))?.databases.map((one) => one.name) ?? [];
    expect(await contents(arrived.client, name)).toEqual(before);
    expect((await arrived.client.db(name).collection('wishes').indexes()).map((index) => index.name)).toEqual([
      '_id_',
      'by number',
    ]);
  } finally {
    await arrived.close();
  }
});

test('a store that is in use is exported as it is now, and an import into it is refused', async () => {
  const open = await serve(home.at('open'));
  try {
    await open.client
      .db('haolin')
      .collection('wishes')
      .insertMany([{ n: 1 }, { n: 2 }]);
    const where = ['--folder', home.at('open')];
    expect(await data(['export', home.at('of-open'), ...where])).toMatchObject({
      code: 0,
      said: expect.stringContaining('共2条'),
    });
    expect((await readdir(home.at('of-open'))).sort()).toEqual(['haolin', 'manifest.json']);
    expect(await data(['import', home.at('of-open'), ...where])).toMatchObject({
      code: 1,
      said: expect.stringMatching(/进程.*（store_in_use）/),
    });
  } finally {
    await open.stop();
  }
});

test('what cannot be understood or found is told, and nothing is made', async () => {
  expect(await data(['export'])).toMatchObject({ code: 2, said: expect.stringContaining('用法') });
  const missing = home.at('missing');
  const out = home.at('nothing');
  for (const args of [
    ['export', out],
    ['backup', out],
  ])
    expect(await data([...args, '--folder', missing])).toMatchObject({
      code: 1,
      said: expect.stringContaining('（store_missing）'),
    });
  expect(await data(['export', out, '--uri', 'mongodb://127.0.0.1:1/x?serverSelectionTimeoutMS=100'])).toMatchObject({
    code: 1,
    said: expect.stringContaining('（unreachable）'),
  });
  expect(existsSync(missing) || existsSync(out)).toBe(false);
});
