import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY } from '../core/time.ts';
import type { DialogueState } from './dialogue/state.ts';
import { photosOf } from './dialogue/state.ts';

/** As many as a wish takes. */
export const MOST_PICTURES = 9;

/** Makes the folder and throws away what was left in it by matters nobody finished. */
export async function tidyPictures(folder: string, now: Date): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const { mtime } = await stat(path);
    if (now.getTime() - mtime.getTime() > DAY) await rm(path, { force: true });
  }
}

/** Deletes the pictures a dialogue had and no longer refers to: a feature has its own copy, or nobody wants them. */
export async function dropPictures(had: readonly string[], states: readonly DialogueState[]): Promise<void> {
  const wanted = new Set(states.flatMap(photosOf));
  await Promise.all(had.filter((path) => !wanted.has(path)).map((path) => rm(path, { force: true })));
}
