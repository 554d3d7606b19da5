import { z } from 'zod';
import { rawCollection } from '../../core/aggregate.ts';
import { notFound } from '../../core/errors.ts';
import { type Job, Raw, type Route, route } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { called } from '../../core/input.ts';
import { LARGEST_PHOTO_BYTES, photoFile, storePhoto, tidyPhotos } from '../../core/photos.ts';
import { DAY } from '../../core/time.ts';
import { photoMissing } from './errors.ts';
import type { WishDoc } from './model.ts';
import { mayRead } from './views.ts';

/** Photos of wishes: sent before they are put to one, seen by those who may read one they were put to. */

const tag = '照片';
const id = called('照片编号', z.string().regex(/^[0-9a-f]{24}$/));
const photo = z.object({ id: z.string(), width: z.number().int(), height: z.number().int() });

export const photoRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/photos',
    summary: '上传一张照片，得到编号；一天内没有用上就会删掉',
    tag,
    upload: { maxBytes: LARGEST_PHOTO_BYTES },
    response: photo,
    status: 201,
    limit: { points: 60, seconds: 3600 },
    async handle({ upload, actor }, house) {
      if (!upload) throw photoMissing();
      return storePhoto(house, upload.path, actor.id);
    },
  }),
  route({
    method: 'get',
    path: '/photos/{id}',
    summary: '看一张照片：能看心愿的人才能看',
    tag,
    params: z.object({ id }),
    async handle({ params, actor, ability }, house) {
      const { path, by } = await photoFile(house, params.id);
      if (by !== actor.id) {
        const wishes = await wishesWith(house, [params.id]);
        if (!wishes.some((wish) => mayRead(ability, wish))) throw notFound('照片');
      }
      return new Raw({ kind: 'file', path, type: 'image/jpeg', cacheSeconds: 3600 });
    },
  }),
];

/** What tells who may read a wish, and which photos it has. */
const READERS = { areas: 1, authors: 1, helpers: 1, offeredTo: 1, photoIds: 1 } as const;

/** Every wish one of these photos was put to; it may be several. */
async function wishesWith(house: House, ids: readonly string[]): Promise<Pick<WishDoc, keyof typeof READERS>[]> {
  const found = rawCollection(house.model<WishDoc>('wish')).find({ photoIds: { $in: [...ids] } });
  return (await found.project(READERS).toArray()) as unknown as Pick<WishDoc, keyof typeof READERS>[];
}

/** What was sent and never put to anything is nobody's to see and nobody's to keep. */
const UNUSED_FOR_MS = DAY;

export const tidying: Job = {
  name: 'wishes.photos',
  title: '删掉上传一天还没有用上的照片',
  cron: '23 * * * *',
  makeUpWithinMs: DAY,
  async run({ now, dryRun }, house) {
    const used = async (ids: string[]) =>
      new Set((await wishesWith(house, ids)).flatMap(({ photoIds = [] }) => photoIds));
    const before = new Date(now.getTime() - UNUSED_FOR_MS);
    const deleted = await tidyPhotos(house, { now, before, dryRun, used });
    return { lines: deleted.map((photo) => `photo ${photo}`) };
  },
};
