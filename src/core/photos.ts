import { mkdir, open, readFile, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { mongo } from 'mongoose';
import { newId } from './aggregate.ts';
import { HaolinError, namedError, notFound } from './errors.ts';
import type { House } from './house.ts';
import { civil, HOUR } from './time.ts';

/** A stored photo as documents keep it. */
export interface PhotoRef {
  id: string;
  width: number;
  height: number;
}

/** A photo as it was received: who sent it, when, and where its file lies below the house's folder. */
interface PhotoDoc {
  _id: string;
  by: string;
  at: Date;
  file: string;
  width: number;
  height: number;
  bytes: number;
  /** Since when it has belonged to nothing, as far as is known: set when it comes, taken off once it is seen in use. */
  loose?: Date;
  /** When it was found unused; from then on nobody can put it to anything, and a while later it is deleted. */
  doomed?: Date;
}

export const LARGEST_PHOTO_BYTES = 10 * 1024 * 1024;
const LONGEST_SIDE = 1_600;
/** Enough for any telephone's camera, too little for a picture made to fill the memory. */
const MOST_PIXELS = 64_000_000;
const QUALITY = 82;
/** What the decoder calls the formats people's telephones make; HEIC counts as `heif`. */
const FORMATS = new Set(['jpeg', 'png', 'webp', 'heif']);

export const photoMissing = namedError(
  'photo_missing',
  422,
  () => '有照片没有传上来，或不是您传的，请重新上传再提交。',
);
export const photoTooLarge = namedError(
  'photo_too_large',
  413,
  () => '照片太大了，一张不能超过 10 MB，请压缩或重新拍一张。',
);
export const photoUnreadable = namedError(
  'photo_unreadable',
  415,
  () => '这个文件打不开，可能不是照片，也可能没有传完整。请重新发一次 JPG、PNG 或 WebP 格式的照片。',
);
export const photoTooManyPixels = namedError(
  'photo_too_many_pixels',
  413,
  (width: number, height: number) =>
    `这张照片太大了：宽${width}、高${height}个像素，一共最多${MOST_PIXELS / 10_000}万个。请在相册里把它裁小一点，或者打开它截个屏，再发一次。`,
);

const photosOf = (house: House) => house.db.collection<PhotoDoc>('photos');

/**
 * Takes in a photo somebody sent: looks at what it really is, turns it upright, shrinks it to 1,600 pixels, drops every
 * note inside it (place and time taken among them) and keeps it as JPEG. What was sent is left where it is.
 * @param path the file as received
 * @param by id of the person who sent it; only they may put it to something
 * @throws HaolinError photo_too_large, photo_too_many_pixels, photo_unreadable
 */
export async function storePhoto(house: House, path: string, by: string): Promise<PhotoRef> {
  if ((await stat(path)).size > LARGEST_PHOTO_BYTES) throw photoTooLarge();
  const { data, width, height } = await asPlainJpeg(await readFile(path));
  const id = newId();
  const at = house.clock.now();
  const { year, month } = civil(at);
  const file = join('photos', String(year % 100).padStart(2, '0'), String(month).padStart(2, '0'), `${id}.jpg`);
  await writeDurably(join(house.settings.folder, file), data);
  await photosOf(house).insertOne({ _id: id, by, at, file, width, height, bytes: data.length, loose: at });
  return { id, width, height };
}

/** Those of the photos with these ids that `by` sent, in the order asked. */
export async function findPhotos(house: House, ids: readonly string[], by: string): Promise<PhotoRef[]> {
  const found = await photosOf(house)
    .find({ _id: { $in: [...ids] }, by, doomed: { $exists: false } })
    .toArray();
  const byId = new Map(found.map(({ _id, width, height }) => [_id, { id: _id, width, height }]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Those of the photos an input names, not checked yet, that `by` sent. */
export async function photosIn(house: House, input: unknown, by: string): Promise<PhotoRef[]> {
  const ids = typeof input === 'object' && input !== null && 'photos' in input ? input.photos : [];
  const given = Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  return given.length > 0 ? findPhotos(house, given, by) : [];
}

/** Where a photo's file lies and who sent it. Whoever asks decides first who may see it. @throws HaolinError not_found */
export async function photoFile(house: House, id: string): Promise<{ path: string; by: string }> {
  const photo = await photosOf(house).findOne({ _id: id });
  if (!photo) throw notFound('照片');
  return { path: join(house.settings.folder, photo.file), by: photo.by };
}

/** Between being found unused and being deleted: longer than any request that found it good before may take. */
const LAST_CHANCE_MS = HOUR;
const TIDY_BATCH = 200;

/**
 * Deletes photos that were sent before a moment and belong to nothing. Found unused, a photo is first closed to new use;
 * only if an hour later it is still unused does it go. So none is taken from whoever was just putting it to something.
 * @param used those of these ids that belong to something
 * @returns the ids of those deleted (or that would be)
 */
export async function tidyPhotos(
  house: House,
  options: { now: Date; before: Date; dryRun: boolean; used: (ids: string[]) => Promise<ReadonlySet<string>> },
): Promise<string[]> {
  const { now, before, dryRun, used } = options;
  const deleted: string[] = [];
  for await (const batch of loosePhotos(house, before)) {
    const inUse = await used(batch.map(({ _id }) => _id));
    for (const photo of batch) {
      const over = photo.doomed !== undefined && now.getTime() - photo.doomed.getTime() >= LAST_CHANCE_MS;
      const going = over && !inUse.has(photo._id);
      if (going) deleted.push(photo._id);
      if (dryRun) continue;
      if (going) await deletePhoto(house, photo);
      else if (inUse.has(photo._id)) await changePhoto(house, photo, { $unset: { loose: '', doomed: '' } });
      else if (!photo.doomed) await changePhoto(house, photo, { $set: { doomed: now } });
    }
  }
  return deleted;
}

async function* loosePhotos(house: House, before: Date): AsyncGenerator<PhotoDoc[]> {
  const photos = photosOf(house);
  await photos.createIndex({ loose: 1 }, { sparse: true });
  let last: PhotoDoc | undefined;
  for (;;) {
    const from = last?.loose;
    const batch: PhotoDoc[] = await photos
      .find({
        loose: { $lte: before, ...(from && { $gte: from }) },
        ...(from && last && { $or: [{ loose: { $gt: from } }, { _id: { $gt: last._id } }] }),
      })
      .sort({ loose: 1, _id: 1 })
      .limit(TIDY_BATCH)
      .toArray();
    if (batch.length > 0) yield batch;
    if (batch.length < TIDY_BATCH) return;
    last = batch.at(-1);
  }
}

const changePhoto = (house: House, { _id }: PhotoDoc, change: mongo.UpdateFilter<PhotoDoc>) =>
  photosOf(house).updateOne({ _id }, change);

/** The file first: a row without a file is found again, a file without a row never. */
async function deletePhoto(house: House, { _id, file }: PhotoDoc): Promise<void> {
  await rm(join(house.settings.folder, file), { force: true });
  await photosOf(house).deleteOne({ _id });
}

async function asPlainJpeg(received: Buffer): Promise<{ data: Buffer; width: number; height: number }> {
  // Loaded when the first photo comes: the decoder is large and most processes never need it.
  const { default: sharp } = await import('sharp');
  try {
    // Only what the file says of itself is read here, however large it says it is.
    const { format, width, height } = await sharp(received, { limitInputPixels: false }).metadata();
    if (!FORMATS.has(format)) throw photoUnreadable();
    if (width * height > MOST_PIXELS) throw photoTooManyPixels(width, height);
    const image = sharp(received, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
    const { data, info } = await image
      .autoOrient()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: QUALITY })
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height };
  } catch (error) {
    // A HEIC whose codec is missing, a torn file: to the person it is all the same.
    if (error instanceof HaolinError) throw error;
    throw new HaolinError('photo_unreadable', 415, photoUnreadable().detail, { cause: error });
  }
}

/** On disk whole or not at all, and still there after the power went. */
async function writeDurably(path: string, data: Buffer): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const draft = `${path}.part`;
  const file = await open(draft, 'wx', 0o640);
  try {
    await file.writeFile(data);
    await file.sync();
  } catch (error) {
    await unlink(draft).catch(() => undefined);
    throw error;
  } finally {
    await file.close();
  }
  await rename(draft, path);
  const directory = await open(folder, 'r');
  await directory.sync().finally(() => directory.close());
}
