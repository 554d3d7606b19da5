import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPhotos, LARGEST_PHOTO_BYTES, photoFile, storePhoto, tidyPhotos } from '../../src/core/photos.ts';
import { DAY, HOUR } from '../../src/core/time.ts';
import { type TestHouse, testHouse } from '../support/house.ts';

let test: TestHouse;
let folder: string;
beforeAll(async () => {
  test = await testHouse([]);
  folder = await mkdtemp(join(tmpdir(), 'haolin-core-photos-'));
});
afterAll(async () => {
  await test.close();
  await rm(folder, { recursive: true, force: true });
});

const plain = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#c96' } });
async function received(name: string, content: Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}
const stored = async (content: Buffer, by = 'granny') => storePhoto(test.house, await received('sent', content), by);
const bytesOf = async (id: string) => readFile((await photoFile(test.house, id)).path);

describe('a photo that comes in', () => {
  it('is kept as a JPEG no longer than 1,600 pixels a side, small ones as they are', async () => {
    for (const [width, height, expected] of [
      [4_000, 3_000, { width: 1_600, height: 1_200 }],
      [900, 3_200, { width: 450, height: 1_600 }],
      [40, 30, { width: 40, height: 30 }],
    ] as const) {
      const ref = await stored(await plain(width, height).png().toBuffer());
      expect(ref).toMatchObject(expected);
      expect(await sharp(await bytesOf(ref.id)).metadata()).toMatchObject({ format: 'jpeg', ...expected });
    }
  });

  it('is turned upright and loses every note inside it: where and when it was taken, and by what', async () => {
    const noted = await plain(60, 40)
      .withExif({
        IFD0: { Make: 'SecretPhone', ImageDescription: '人民路12号' },
        IFD3: { GPSLatitude: '26/1 35/1 0/1' },
      })
      .jpeg()
      .toBuffer();
    expect(noted.toString('latin1')).toContain('SecretPhone');
    const turned = await sharp(noted).keepExif().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const ref = await stored(turned);
    expect(ref).toMatchObject({ width: 40, height: 60 });
    const bytes = await bytesOf(ref.id);
    expect(bytes.toString('latin1')).not.toContain('SecretPhone');
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
  });

  it('is refused when it has more pixels than one can look at, and whoever sent it reads what to do', async () => {
    for (const [width, height, format] of [
      [9_000, 9_000, 'png'],
      [60_000, 1_100, 'jpeg'],
    ] as const) {
      const vast = await plain(width, height)[format]().toBuffer();
      await expect(stored(vast)).rejects.toMatchObject({
        code: 'photo_too_many_pixels',
        status: 413,
        detail: expect.stringMatching(`宽${width}、高${height}个像素，一共最多6400万个.*裁小`),
      });
    }
  });

  it('is refused when it is too large, no picture or torn', async () => {
    const torn = (await plain(400, 300).jpeg().toBuffer()).subarray(0, 300);
    const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect/></svg>');
    for (const content of [Buffer.from('hello'), Buffer.alloc(0), torn, drawing]) {
      await expect(stored(content)).rejects.toMatchObject({ code: 'photo_unreadable', status: 415 });
    }
    const large = await received('large', Buffer.alloc(1));
    await truncate(large, LARGEST_PHOTO_BYTES + 1);
    await expect(storePhoto(test.house, large, 'granny')).rejects.toMatchObject({
      code: 'photo_too_large',
      status: 413,
    });
    expect(existsSync(large)).toBe(true);
  });

  it('is its sender’s to use and nobody else’s, in the order asked', async () => {
    const [one, two] = [
      await stored(await plain(9, 9).png().toBuffer()),
      await stored(await plain(8, 8).png().toBuffer()),
    ];
    expect(await findPhotos(test.house, [two.id, one.id, 'f'.repeat(24)], 'granny')).toEqual([two, one]);
    expect(await findPhotos(test.house, [one.id], 'neighbour')).toEqual([]);
    expect((await photoFile(test.house, one.id)).by).toBe('granny');
    await expect(photoFile(test.house, 'f'.repeat(24))).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('photos that belong to nothing', () => {
  it('are closed to use first, and an hour later gone with their files; one found in use is asked about no more', async () => {
    const sent = async () => (await stored(await plain(9, 9).png().toBuffer())).id;
    const [loose, used, late] = [await sent(), await sent(), await sent()];
    const { path } = await photoFile(test.house, loose);
    const inUse = new Set([used]);
    const asked: string[] = [];
    const began = test.clock.now().getTime();
    const tidy = (ms: number, dryRun = false) =>
      tidyPhotos(test.house, {
        now: new Date(began + ms),
        before: new Date(began + ms - DAY),
        dryRun,
        used: async (ids) => {
          asked.push(...ids);
          return inUse;
        },
      });
    const usable = async () => (await findPhotos(test.house, [loose, used, late], 'granny')).map(({ id }) => id);
    await tidy(DAY - 1);
    expect(asked).not.toContain(loose);
    await tidy(DAY, true);
    expect(await usable()).toEqual([loose, used, late]);
    await tidy(DAY);
    expect(await usable()).toEqual([used]);
    // Put to something by a request that had found it good before.
    inUse.add(late);
    expect(await tidy(DAY + HOUR - 1)).not.toContain(loose);
    expect(await tidy(DAY + HOUR, true)).toContain(loose);
    expect(existsSync(path)).toBe(true);
    expect(await tidy(DAY + HOUR)).toContain(loose);
    expect(existsSync(path)).toBe(false);
    expect(await usable()).toEqual([used, late]);
    asked.length = 0;
    await tidy(9 * DAY);
    expect(asked.filter((id) => [loose, used, late].includes(id))).toEqual([]);
  });
});
