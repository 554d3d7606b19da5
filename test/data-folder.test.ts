import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeFolder } from '../src/data-folder.ts';

let room: string;
beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), 'haolin-folder-'));
  await writeFile(join(room, 'file'), '');
});
afterAll(() => rm(room, { recursive: true, force: true }));

it('a folder is made with all above it, however many make it at once, and what is there stays', async () => {
  const folder = join(room, 'a', 'b', 'c');
  await Promise.all(Array.from({ length: 8 }, () => makeFolder(folder)));
  await writeFile(join(folder, 'kept'), 'x');
  await makeFolder(folder);
  expect((await stat(join(folder, 'kept'))).size).toBe(1);
});

it('one that cannot be made is named with the reason in both languages, and nobody waits for it', async () => {
  for (const [folder, reason] of [
    ['/proc/x', '那里建不了文件夹'],
    ['/proc/self/x/y', '那里建不了文件夹'],
    [join(room, 'file'), '是一个文件'],
    [join(room, 'file', 'sub', 'sub'), `${join(room, 'file')} 不是文件夹`],
    [join(room, 'n'.repeat(300)), '名字太长了'],
  ] as const) {
    const refused = makeFolder(folder);
    await expect(refused).rejects.toThrow(`数据文件夹 ${folder} 用不了`);
    await expect(refused).rejects.toThrow(reason);
    await expect(refused).rejects.toThrow('cannot be used');
  }
});
