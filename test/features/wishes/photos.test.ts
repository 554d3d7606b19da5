import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HaolinError } from '../../../src/core/errors.ts';
import { findPhotos, photoFile, storePhoto } from '../../../src/core/photos.ts';
import { DAY, HOUR } from '../../../src/core/time.ts';
import { photosFor } from '../../../src/features/photos/index.ts';
import { wishPhotos } from '../../../src/features/wishes/photos.ts';
import { openTown, type Town } from './town.ts';

const { routes, jobs } = photosFor([wishPhotos]);
let town: Town;
let folder: string;
let picture: string;
beforeAll(async () => {
  town = await openTown();
  folder = await mkdtemp(join(tmpdir(), 'haolin-photos-'));
  picture = join(folder, 'photo.jpg');
  await sharp({ create: { width: 40, height: 30, channels: 3, background: '#383' } })
    .jpeg()
    .toFile(picture);
});
afterAll(async () => {
  await town.close();
  await rm(folder, { recursive: true, force: true });
});

type Who = Parameters<Town['as']>[0];
const sent = async (who: keyof Town['cast']): Promise<string> =>
  (await storePhoto(town.house, picture, town.cast[who]._id)).id;
const sees = async (who: Who, id: string): Promise<boolean> => {
  const route = routes.find((one) => one.method === 'get');
  const request = { ...town.as(who), params: { id } };
  try {
    await route?.handle(request as never, town.house);
    return true;
  } catch (error) {
    if (error instanceof HaolinError && error.code === 'not_found') return false;
    throw error;
  }
};
const fileOf = async (id: string) => (await photoFile(town.house, id)).path;
const tidy = async (dryRun = false) => {
  const now = town.clock.now();
  return (await jobs[0]?.run({ slot: now, now, late: false, dryRun }, town.house))?.lines ?? [];
};

describe('a photo', () => {
  it('is seen by whoever may read a wish it was put to, be it one of several, and by nobody else', async () => {
    const photo = await sent('li');
    const finished = async (who: 'granny' | 'neighbour') => {
      const wish = await town.make({ text: '想要一个书架' }, who);
      await town.move(wish, 'chen', 'publish');
      await town.move(wish, 'li', 'claim');
      await town.move(wish, 'li', 'done', { note: '两家一起办的', photos: [photo] });
    };
    expect([await sees('li', photo), await sees('chen', photo)]).toEqual([true, false]);
    await finished('granny');
    expect([await sees('granny', photo), await sees('neighbour', photo)]).toEqual([true, false]);
    await finished('neighbour');
    for (const who of ['granny', 'neighbour', 'li', 'chen', 'wu'] as const)
      expect(await sees(who, photo), who).toBe(true);
    for (const who of ['zhao', 'far', 'zheng', 'farGranny'] as const) expect(await sees(who, photo), who).toBe(false);
  });
});

describe('photos nobody put to anything', () => {
  it('go after a day, and those in use stay', async () => {
    const loose = await sent('granny');
    const used = await sent('granny');
    const wish = await town.make({ text: '想要一个脸盆', photos: [used] });
    const path = await fileOf(loose);
    town.clock.shift(DAY - HOUR);
    expect(await tidy()).toEqual([]);
    expect(await findPhotos(town.house, [loose], town.cast.granny._id)).toHaveLength(1);

    // Found unused it can be used no more; gone it is an hour later.
    town.clock.shift(HOUR);
    expect(await tidy()).toEqual([]);
    expect(await findPhotos(town.house, [loose], town.cast.granny._id)).toEqual([]);
    expect(existsSync(path)).toBe(true);
    town.clock.shift(HOUR);
    expect(await tidy(true)).toEqual([`photo ${loose}`]);
    expect(existsSync(path)).toBe(true);
    expect(await tidy()).toEqual([`photo ${loose}`]);
    expect(existsSync(path)).toBe(false);
    await expect(photoFile(town.house, loose)).rejects.toMatchObject({ code: 'not_found' });

    town.clock.shift(30 * DAY);
    for (let hour = 0; hour < 3; hour += 1, town.clock.shift(HOUR)) expect(await tidy()).toEqual([]);
    expect(existsSync(await fileOf(used))).toBe(true);
    expect((await town.stored(wish)).photoIds).toEqual([used]);
  });

  it('are not taken from whoever put one to a wish in the very moment it was found unused', async () => {
    const photo = await sent('granny');
    const [found] = await findPhotos(town.house, [photo], town.cast.granny._id);
    town.clock.shift(DAY);
    await tidy();
    // The request had found it good before the job did not; now it writes the wish.
    const wish = await town.make({ text: '想要一个热水袋' });
    await town.house.db
      .collection('wish')
      .updateOne({ _id: wish._id as never }, { $set: { photos: [found], photoIds: [photo] } });
    town.clock.shift(2 * HOUR);
    expect(await tidy()).toEqual([]);
    town.clock.shift(2 * HOUR);
    expect(await tidy()).toEqual([]);
    expect(existsSync(await fileOf(photo))).toBe(true);
    expect(await findPhotos(town.house, [photo], town.cast.granny._id)).toHaveLength(1);
  });

  it('are cleared away however many there are', async () => {
    const rows = town.house.db.collection('photos');
    const at = town.clock.now();
    const row = (n: number) => ({
      _id: n.toString(16).padStart(24, '0'),
      by: 'x',
      at,
      loose: at,
      file: `photos/none-${n}.jpg`,
      width: 1,
      height: 1,
      bytes: 1,
    });
    await rows.insertMany(Array.from({ length: 450 }, (_, n) => row(n)) as never[]);
    town.clock.shift(2 * DAY);
    await tidy();
    town.clock.shift(2 * HOUR);
    expect(await tidy()).toHaveLength(450);
    expect(await rows.countDocuments({ loose: { $lte: town.clock.now() } })).toBe(0);
  });
});
