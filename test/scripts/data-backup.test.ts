/** The backup and the check of a store that is at work, and of one that is hurt. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFolder } from '../../scripts/data-move/place.ts';
import { openEnvironment } from '../../src/storage/embedded/disk/environment.ts';
import { checkFolder } from '../../src/storage/embedded/engine.ts';
import { data, killAt, type Room, room, type Served, serve, takeTime } from './data-support.ts';

takeTime();

let home: Room;
beforeEach(async () => {
  home = await room();
});
afterEach(() => home.remove());

const where = () => ['--folder', home.at('house')];

const TURNS = process.env.CI ? [1] : [1, 2];

interface Row {
  _id: string;
  n: number;
  text: string;
}

/** Writes without pause till it is stopped, and knows what was acknowledged. */
function writers({ client }: Served, count: number) {
  const rows = client.db('haolin').collection<Row>('rows');
  const acknowledged = new Set<string>();
  let running = true;
  const work = Array.from({ length: count }, async (_, writer) => {
    for (let n = 0; running; n++) {
      const _id = `${writer}-${n}`;
      await rows.insertOne({ _id, n, text: 'x'.repeat(n % 900) });
      acknowledged.add(_id);
      // Pages are freed and used again while the copy is made.
      if (n % 3 === 2) await rows.updateOne({ _id: `${writer}-${n - 1}` }, { $set: { text: '改' } });
    }
  });
  return {
    rows,
    acknowledged,
    stop: async () => {
      running = false;
      await Promise.all(work);
    },
  };
}

/** Opens a backup as people do: as the data file of a folder of its own. */
async function opened(file: string, folder: string) {
  await mkdir(home.at(folder), { recursive: true });
  await copyFile(file, home.at(folder, 'data.mdb'));
  const { collections, faults } = await checkFolder(home.at(folder));
  expect([...faults, ...collections.flatMap((one) => one.faults)]).toEqual([]);
  return openFolder(home.at(folder), false);
}

test('a backup of a store under writes opens, is whole and has every write acknowledged before it began', async () => {
  const served = await serve(home.at('house'));
  const load = writers(served, 8);
  try {
    await load.rows.createIndex({ n: 1, text: 1 });
    await load.rows.createIndex({ text: 1, _id: 1 }, { unique: true });
    await wait(500);
    for (const turn of TURNS) {
      const before = new Set(load.acknowledged);
      const file = home.at(`backup-${turn}.mdb`);
      expect(await data(['backup', file, ...where()])).toMatchObject({
        code: 0,
        said: expect.stringContaining('备份完成'),
      });
      expect(load.acknowledged.size).toBeGreaterThan(before.size);
      const copy = await opened(file, `copy-${turn}`);
      try {
        const ids = await copy.client.db('haolin').collection<Row>('rows').distinct('_id');
        const there = new Set(ids);
        expect([...before].filter((id) => !there.has(id))).toEqual([]);
        expect(before.size).toBeGreaterThan(0);
      } finally {
        await copy.close();
      }
    }
    expect(await data(['check', ...where()])).toMatchObject({ code: 0, said: expect.stringContaining('全部完好') });
    expect((await readdir(home.at('house'))).sort()).toEqual(['store']);
  } finally {
    await load.stop();
    await served.stop();
  }
  expect((await readdir(home.at())).sort()).toEqual([
    ...TURNS.map((turn) => `backup-${turn}.mdb`),
    ...TURNS.map((turn) => `copy-${turn}`),
    'house',
  ]);
});

async function filled(documents: number): Promise<void> {
  const place = await openFolder(home.at('house', 'store'), true);
  const rows = place.client.db('haolin').collection('rows');
  await rows.insertMany(Array.from({ length: documents }, (_, n) => ({ n, text: `${n}`.repeat(50) })));
  await rows.createIndex({ n: 1 }, { name: 'by n' });
  await place.close();
}

test('a file that is there is only replaced when asked, a killed backup leaves no file and the next one cleans up', async () => {
  await filled(30_000);
  const file = home.at('my.backup');
  const killed = await data(['backup', file, ...where()], killAt(/检查 \d/));
  expect(killed.code).toBeNull();
  expect(existsSync(file)).toBe(false);
  expect(await readdir(home.at())).toHaveLength(2);

  await writeFile(file, 'older');
  expect(await data(['backup', file, ...where()])).toMatchObject({
    code: 1,
    said: expect.stringContaining('file_exists'),
  });
  expect(await readFile(file, 'utf8')).toBe('older');
  expect(await data(['backup', file, '--force', ...where()])).toMatchObject({ code: 0 });
  expect((await readdir(home.at())).sort()).toEqual(['house', 'my.backup']);
  expect((await stat(file)).mode & 0o77).toBe(0);
  const copy = await opened(file, 'copy');
  expect(await copy.client.db('haolin').collection('rows').countDocuments().finally(copy.close)).toBe(30_000);
});

test('a hurt store is told by name, offline and over the wire, and not taken for a backup', async () => {
  await filled(50);
  const environment = openEnvironment(home.at('house', 'store'));
  const [entry] = [...environment.entries.getKeys({ reverse: true, limit: 1 })];
  environment.transact(() => {
    if (entry !== undefined) environment.entries.removeSync(entry);
  });
  await environment.close();
  const expectHurt = async (place: readonly string[]) => {
    const { code, said } = await data(['check', ...place]);
    expect(code).toBe(1);
    expect(said).toMatch(/有误\thaolin\.rows[\s\S]*by n/);
    expect(said).toContain('haolin.rows。请保留现场，并用最近的备份恢复。（damaged）');
  };
  await expectHurt(where());
  expect(await data(['backup', home.at('b'), ...where()])).toMatchObject({
    code: 1,
    said: expect.stringContaining('damaged'),
  });
  expect(existsSync(home.at('b'))).toBe(false);
  const served = await serve(home.at('house'));
  try {
    await expectHurt(['--uri', served.uri]);
    await served.client.db('haolin').collection('rows').drop();
    await served.client.db('haolin').collection('rows').insertOne({ n: 1 });
    expect(await data(['check', '--uri', served.uri])).toMatchObject({
      code: 0,
      said: expect.stringContaining('1个集合，共1条，全部完好'),
    });
  } finally {
    await served.stop();
  }
});
