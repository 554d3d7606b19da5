/** The import command as people run it: a process of its own on a folder of its own, killed at any moment. */
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStorage } from '../../src/storage/mongo.ts';
import { fileOf } from '../support/sheets.ts';
import { type Ran, runToEnd } from './commands.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-import-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs the command; `watch` sees all it has said so far after each new piece. */
const run = (args: string[], watch?: (said: string, child: ChildProcess) => void): Promise<Ran> =>
  runToEnd('scripts/import.ts', [...args, '--folder', join(folder, 'data')], watch ? { watch } : {});

async function count(model: string): Promise<number> {
  const storage = await openStorage({ folder: join(folder, 'data/store') });
  try {
    return await storage.connection.collection(model).countDocuments();
  } finally {
    await storage.close();
  }
}

const AREAS = '编码,名称\n9900,和风市\n990001,清溪区\n990001001,向阳街道\n990001001001,幸福里社区\n';
const PEOPLE = 3_000;
const register = () =>
  `姓名,手机号,社区编码\n${Array.from({ length: PEOPLE }, (_, n) => `甲,154${String(n).padStart(8, '0')},990001001001`).join('\n')}\n`;

test('a good file goes in, a bad one is listed row by row, and the exit code tells which', async () => {
  const areas = await fileOf(folder, AREAS);
  expect(await run(['areas', areas, '--dry-run'])).toMatchObject({
    code: 0,
    said: expect.stringContaining('检查通过：共4行，将新增4'),
  });
  expect(await count('areas')).toBe(0);
  const done = await run(['areas', areas]);
  expect(done).toMatchObject({ code: 0, said: expect.stringContaining('导入完成：共4行，新增4') });
  expect(done.said).toContain('写入 100% 4/4');
  const bad = await run(['people', await fileOf(folder, '姓名,手机号,社区编码\n甲,123,990001001001\n')]);
  expect(bad).toMatchObject({ code: 1, said: expect.stringMatching(/第2行\t手机号\t不是手机号.*\n.*一行也没有写入/) });
  expect(await run(['wishes', areas])).toMatchObject({ code: 2, said: expect.stringContaining('用法') });
  expect(await run(['areas', join(folder, 'none.csv')])).toMatchObject({
    code: 1,
    said: expect.stringContaining('没有找到'),
  });
  expect(await count('people')).toBe(0);
}, 180_000);

test('killed with kill -9 while it checks, stages or writes, it leaves nothing or what the next import completes', async () => {
  await run(['areas', await fileOf(folder, AREAS)]);
  const people = await fileOf(folder, register());
  const nothing = await fileOf(folder, '编码,名称\n9900,和风市\n');
  for (const moment of process.env.CI ? [/写入 \d/] : [/检查 \d/, /写入 \d/]) {
    const killed = await run(['people', people], (said, child) => {
      if (moment.test(said)) child.kill('SIGKILL');
    });
    const left = await count('people');
    // Any other import first finishes what a killed one had begun to write.
    expect(await run(['areas', nothing])).toMatchObject({ code: 0 });
    const after = await count('people');
    expect([0, PEOPLE]).toContain(after);
    if (left > 0 || killed.said.includes('写入')) expect(after).toBe(PEOPLE);
    expect(await count('import_chunks')).toBe(0);
    if (after === 0) continue;
    // The same register again adds nobody.
    expect(await run(['people', people])).toMatchObject({ code: 0, said: expect.stringContaining('新增0，更新0') });
    expect(await count('people')).toBe(PEOPLE);
    return;
  }
  throw new Error('neither kill met an import that had begun to write');
}, 180_000);
