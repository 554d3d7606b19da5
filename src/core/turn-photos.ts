import { z } from 'zod';
import type { House } from './house.ts';
import type { Turn } from './intent.ts';
import { storePhoto } from './photos.ts';

const keptPhotos = z.object({ stored: z.record(z.string(), z.string()) });

/** Photos of a turn as they are stored: file on disk → id. */
export type Stored = Record<string, string>;

/** Stores those photos of a turn that were not stored before, and says which id each has. */
export async function storedPhotos(house: House, turn: Turn): Promise<Stored> {
  const before = keptPhotos.safeParse(turn.kept ?? {}).data?.stored ?? {};
  const stored: Stored = {};
  for (const path of turn.photos) {
    stored[path] = before[path] ?? (await storePhoto(house, path, turn.actor.id)).id;
  }
  return stored;
}
