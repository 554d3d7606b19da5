import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { partialOf, removeAbandoned } from '../../scripts/data-move/partial.ts';

const HOUR = 3600;

test('what killed processes left goes, and nothing that may still be at work, here or in another container', async () => {
  const home = await mkdtemp(join(tmpdir(), 'haolin-partial-'));
  try {
    const path = join(home, 'my.backup');
    const own = basename(partialOf(path));
    const { pid: dead } = spawnSync(process.execPath, ['--version']);
    const ofDead = own.replace(`-${process.pid}.`, `-${dead}.`);
    const elsewhere = (name: string) => name.replace(/[\da-f]{12}-/, '0123456789ab-');
    /** Names, how many hours ago the folder and the file in it changed, and whether they stay. */
    const rooms: [string, number, number, boolean][] = [
      [own, 99, 99, true],
      [ofDead, 0, 0, false],
      [elsewhere(own), 99, 0, true],
      [elsewhere(ofDead), 0, 1, true],
      [elsewhere(ofDead).replace('ab-', 'cd-'), 99, 99, false],
      [`my.backup.${dead}.partial`, 1, 1, true],
      [`my.backup.${dead}1.partial`, 99, 99, false],
      [ofDead.replace('my.backup', 'your.backup'), 99, 99, true],
      ['my.backup.old', 99, 99, true],
    ];
    const ago = (hours: number) => Date.now() / 1000 - hours * HOUR;
    for (const [name, folder, file] of rooms) {
      await mkdir(join(home, name));
      await writeFile(join(home, name, 'data.mdb'), '');
      await utimes(join(home, name, 'data.mdb'), ago(file), ago(file));
      await utimes(join(home, name), ago(folder), ago(folder));
    }
    await removeAbandoned(path);
    const stay = rooms.filter(([, , , stays]) => stays).map(([name]) => name);
    expect((await readdir(home)).sort()).toEqual(stay.sort());
    await removeAbandoned(join(home, 'none', 'my.backup'));
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});
