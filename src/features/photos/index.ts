import { z } from 'zod';
import { notFound } from '../../core/errors.ts';
import { type Feature, type Job, type PhotoUse, Raw, type Route, route } from '../../core/feature.ts';
import { called } from '../../core/input.ts';
import { LARGEST_PHOTO_BYTES, photoFile, photoMissing, storePhoto, tidyPhotos } from '../../core/photos.ts';
import { DAY } from '../../core/time.ts';

const tag = '照片';
const id = called('照片编号', z.string().regex(/^[0-9a-f]{24}$/));
const photo = z.object({ id: z.string(), width: z.number().int(), height: z.number().int() });

/** What was sent and never put to anything is nobody's to see and nobody's to keep. */
const UNUSED_FOR_MS = DAY;

const photoRoutes = (uses: readonly PhotoUse[]): Route[] => [
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
    summary: '看一张照片：自己传的，或者放在自己能看的事情里的',
    tag,
    params: z.object({ id }),
    async handle({ params, actor, ability }, house) {
      const { path, by } = await photoFile(house, params.id);
      if (by !== actor.id) {
        const seen = await Promise.all(uses.map((use) => use.maySee(house, { actor, ability }, params.id)));
        if (!seen.includes(true)) throw notFound('照片');
      }
      return new Raw({ kind: 'file', path, type: 'image/jpeg', cacheSeconds: 3600 });
    },
  }),
];

const tidying = (uses: readonly PhotoUse[]): Job => ({
  name: 'photos.unused',
  title: '删掉上传一天还没有用上的照片',
  cron: '23 * * * *',
  makeUpWithinMs: DAY,
  async run({ now, dryRun }, house) {
    const used = async (ids: string[]) =>
      new Set((await Promise.all(uses.map((use) => use.used(house, ids)))).flatMap((found) => [...found]));
    const before = new Date(now.getTime() - UNUSED_FOR_MS);
    const deleted = await tidyPhotos(house, { now, before, dryRun, used });
    return { lines: deleted.map((gone) => `photo ${gone}`) };
  },
});

/** Photos: sent before they are put to something, seen by those who may read what they were put to. */
export const photosFor = (uses: readonly PhotoUse[]): Feature => ({
  name: 'photos',
  uses: [],
  models: {},
  rules: [],
  lifecycles: [],
  routes: photoRoutes(uses),
  intents: [],
  jobs: [tidying(uses)],
  messages: {},
});
