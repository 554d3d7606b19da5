/** What export and import will not do, what they notice, and how they go on from there. */
import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { exportAll, takeFolder } from '../../scripts/data-move/export.ts';
import { sha256Of } from '../../scripts/data-move/files.ts';
import type { DataError } from '../../scripts/data-move/messages.ts';
import { openFolder, openUri, type Place } from '../../scripts/data-move/place.ts';
import { bringIn, contents, quietly, type Room, room, type Served, serve, takeTime } from './data-support.ts';

takeTime();

let home: Room;
let target: Served;
let from: Place;
let to: Place;
beforeAll(async () => {
  home = await room();
  target = await serve(home.at('target'));
  from = await openFolder(home.at('source'), true);
  to = await openUri(target.uri);
});
afterAll(async () => {
  await to?.close();
  await from?.close();
  await target?.stop();
  await home?.remove();
});

interface Row {
  _id: number;
  n: number;
}

let turn = 0;
let name: string;
let folder: string;
const source = () => from.client.db(name).collection<Row>('rows');
const arrived = () => to.client.db(name).collection<Row>('rows');
const rows = (count: number): Row[] => Array.from({ length: count }, (_, n) => ({ _id: n, n }));
beforeEach(async () => {
  turn += 1;
  name = `refusals_${turn}`;
  folder = home.at(`out${turn}`);
  await source().insertMany(rows(2_500));
  await source().createIndex({ n: 1 }, { unique: true });
});

const about = () => ({ madeAt: new Date('2026-03-09T01:00:00Z'), only: name });
const exported = async (phase = quietly()) =>
  exportAll(from, folder, await takeFolder(folder, from.name), phase, about());
const imported = (phase = quietly(), intoExisting = false) => bringIn(to, folder, { only: name, intoExisting }, phase);
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: DataError) => error.code,
  );

/** A phase that waits for nobody: `then` is done after `documents` of phase `title` were dealt with. */
function interruptedIn(title: string, documents: number) {
  const stop = new AbortController();
  const phase = quietly();
  return (begun: string) => {
    let left = documents;
    return {
      ...phase(begun, 0),
      step: (more: number) => {
        left -= more;
        if (begun === title && left <= 0) stop.abort(new Error('stopped'));
      },
      signal: stop.signal,
    };
  };
}

test('a folder with anything else in it is left as it was', async () => {
  await mkdir(folder);
  await writeFile(join(folder, 'note.txt'), 'mine');
  expect(await code(exported())).toBe('folder_not_empty');
  expect(await readdir(folder)).toEqual(['note.txt']);
});

test('a complete export is never written over, and an unfinished one only from where it came', async () => {
  await expect(exported(interruptedIn('导出', 1_000))).rejects.toThrow('stopped');
  expect(await code(takeFolder(folder, '/somewhere/else'))).toBe('other_source');
  expect(await code(bringIn(to, folder))).toBe('no_export');
  // What a killed run wrote after it last said how far it was.
  await appendFile(join(folder, name, 'rows.jsonl'), 'x'.repeat(1_000_000));
  await exported();
  const before = await readFile(join(folder, 'manifest.json'), 'utf8');
  expect(await code(exported())).toBe('already_exported');
  expect(await readFile(join(folder, 'manifest.json'), 'utf8')).toBe(before);
});

test('what changes in the store during its export is noticed, and the next run has it', async () => {
  const write = quietly((title) => {
    if (title === '核对') void source().updateOne({ _id: 2_400 }, { $set: { n: -1 } });
  });
  expect(await code(exported(write))).toBe('differs');
  const { databases } = await exported();
  expect(databases[0]?.collections[0]?.files[0]?.documents).toBe(2_500);
  await imported();
  expect(await contents(to.client, name)).toEqual(await contents(from.client, name));
});

test.each([
  ['added', () => source().insertOne({ _id: 9_999, n: 9_999 })],
  ['removed', () => source().deleteOne({ _id: 2_400 })],
])('a document %s during the export is noticed', async (_what, change) => {
  expect(await code(exported(quietly((title) => void (title === '核对' && change()))))).toBe('differs');
});

test('a damaged file is noticed before anything is written', async () => {
  await exported();
  const file = join(folder, name, 'rows.jsonl');
  await writeFile(file, (await readFile(file, 'utf8')).replace('"2400"', '"2401"'));
  expect(await code(imported())).toBe('export_damaged');
  expect(await contents(to.client, name)).toEqual({});
});

test('a target with documents is refused; asked to, the import goes beside them and overwrites none', async () => {
  await exported();
  await arrived().insertMany([
    { _id: 5, n: 5 },
    { _id: 9_999, n: 9_999 },
  ]);
  expect(await code(imported())).toBe('target_not_empty');
  expect(await arrived().countDocuments()).toBe(2);
  await imported(quietly(), true);
  expect(await arrived().countDocuments()).toBe(2_501);

  await arrived().updateOne({ _id: 7 }, { $set: { n: -7 } });
  await arrived().deleteOne({ _id: 8 });
  expect(await code(imported(quietly(), true))).toBe('conflict');
  expect(await arrived().findOne({ _id: 7 })).toEqual({ _id: 7, n: -7 });
  expect(await arrived().findOne({ _id: 8 })).toBeNull();
});

test('a value that must be unique and is taken stops the import by name', async () => {
  await exported();
  await arrived().insertOne({ _id: 9_999, n: 5 });
  await expect(imported(quietly(), true)).rejects.toMatchObject({ code: 'key_taken', message: /E11000.*n_1/ });
  expect(await arrived().findOne({ _id: 9_999 })).toEqual({ _id: 9_999, n: 5 });
});

test('what goes missing in the target during the import is noticed, and the next run puts it back', async () => {
  await exported();
  const remove = quietly((title) => {
    if (title === '核对') void arrived().deleteOne({ _id: 2_400 });
  });
  expect(await code(imported(remove))).toBe('differs');
  await imported();
  expect(await contents(to.client, name)).toEqual(await contents(from.client, name));
});

test('what somebody adds to the target during the import is noticed', async () => {
  await exported();
  const add = quietly((title) => void (title === '核对' && arrived().insertOne({ _id: 9_999, n: 9_999 })));
  expect(await code(imported(add))).toBe('differs');
});

test('a target that does not take a collection as it is gets none of them', async () => {
  await from.client.db(name).collection('also').insertOne({});
  await exported();
  const file = join(folder, name, 'metadata.json');
  const metadata = JSON.parse(await readFile(file, 'utf8'));
  metadata.collections[1].options = { encryptedFields: {} };
  const before = await sha256Of(file);
  await writeFile(file, JSON.stringify(metadata));
  const manifest = join(folder, 'manifest.json');
  await writeFile(manifest, (await readFile(manifest, 'utf8')).replace(before, await sha256Of(file)));
  await expect(imported()).rejects.toMatchObject({ code: 'refused_by_target', message: /rows.*encryptedFields/ });
  expect(await contents(to.client, name)).toEqual({});
});

test('an address that names a database takes one, under its own name', async () => {
  await exported();
  const named = await openUri(`${target.uri}elsewhere_${turn}`);
  try {
    const { databases } = await bringIn(named, folder);
    expect(databases).toEqual([{ from: name, to: `elsewhere_${turn}` }]);
    expect(await contents(to.client, `elsewhere_${turn}`)).toEqual(await contents(from.client, name));
    const both = home.at(`both${turn}`);
    await exportAll(from, both, await takeFolder(both, from.name), quietly(), { ...about(), only: undefined });
    expect(await code(bringIn(named, both))).toBe('database_unclear');
    expect(await code(bringIn(named, both, { only: 'none' }))).toBe('database_missing');
  } finally {
    await named.close();
  }
});
