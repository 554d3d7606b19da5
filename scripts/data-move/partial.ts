/** Folders in which something is made before it gets its name: they say whose they are, and what was left is removed. */
import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isThere, world } from '../../src/storage/embedded/processes.ts';

/** A process elsewhere cannot be looked up; its folder is left alone for so long after it last changed. */
const LEFT_MS = 24 * 60 * 60_000;

/** Tells the process numbers of this machine, or container, from those of others. */
function here(): string {
  return createHash('sha256').update(`${hostname()} ${world()}`).digest('hex').slice(0, 12);
}

/** The folder beside `path` in which this process makes it. */
export function partialOf(path: string): string {
  return `${path}.${here()}-${process.pid}.partial`;
}

/** Removes what processes that were killed left while they made `path`. */
export async function removeAbandoned(path: string): Promise<void> {
  const place = dirname(path);
  for (const one of await readdir(place).catch(() => [])) {
    if (!one.startsWith(`${basename(path)}.`) || !one.endsWith('.partial')) continue;
    const [, where, pid] = /^([\da-f]{12})-(\d+)$/.exec(one.slice(basename(path).length + 1, -'.partial'.length)) ?? [];
    const room = join(place, one);
    const left = where === here() ? !isThere(Number(pid)) : Date.now() - (await lastChanged(room)) > LEFT_MS;
    if (left) await rm(room, { recursive: true, force: true });
  }
}

/** When a folder or a file in it last changed, in milliseconds; for ever later when it is gone. */
async function lastChanged(folder: string): Promise<number> {
  const paths = [folder, ...(await readdir(folder).catch(() => [])).map((one) => join(folder, one))];
  const times = await Promise.all(
    paths.map((one) =>
      stat(one).then(
        ({ mtimeMs }) => mtimeMs,
        () => Number.POSITIVE_INFINITY,
      ),
    ),
  );
  return Math.max(...times);
}
