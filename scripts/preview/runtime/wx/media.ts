import { openDialog } from '../overlay/dialog.ts';
import { button, make } from '../overlay/make.ts';
import { phone } from '../phone.ts';
import { call, cancelled, WxFailure } from './call.ts';
import { fileOf, keepFile } from './files.ts';
import { withPrivacy } from './privacy.ts';

/** Lets the person choose files the way a browser does. */
function pick(accept: string, count: number): Promise<File[]> {
  return new Promise((resolve, reject) => {
    const field = make('input', { type: 'file', accept, multiple: count > 1, hidden: true });
    const done = (): void => field.remove();
    field.addEventListener('change', () => {
      done();
      resolve([...(field.files ?? [])].slice(0, count));
    });
    field.addEventListener('cancel', () => {
      done();
      reject(cancelled());
    });
    document.body.append(field);
    field.click();
  });
}

async function sizeOf(file: Blob): Promise<{ width: number; height: number }> {
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  const size = { width: bitmap?.width ?? 0, height: bitmap?.height ?? 0 };
  bitmap?.close();
  return size;
}

async function chooseMedia({ count = 9, mediaType = ['image', 'video'] }: { count?: number; mediaType?: string[] }) {
  await withPrivacy('chooseMedia');
  const wanted = mediaType.includes('mix') ? ['image', 'video'] : mediaType;
  const files = await pick(wanted.map((type) => `${type}/*`).join(','), count);
  const tempFiles = await Promise.all(
    files.map(async (file) => ({
      tempFilePath: keepFile(file),
      size: file.size,
      fileType: file.type.startsWith('video') ? 'video' : 'image',
      ...(await sizeOf(file)),
    })),
  );
  return { tempFiles, type: tempFiles.every(({ fileType }) => fileType === 'image') ? 'image' : 'mix' };
}

async function chooseImage({ count = 9 }: { count?: number }) {
  await withPrivacy('chooseImage');
  const tempFiles = (await pick('image/*', count)).map((file) => ({ path: keepFile(file), size: file.size }));
  return { tempFiles, tempFilePaths: tempFiles.map(({ path }) => path) };
}

async function chooseMessageFile({ count = 1, extension = [] }: { count?: number; extension?: string[] }) {
  await withPrivacy('chooseMessageFile');
  const files = await pick(extension.map((each) => `.${each.replace(/^\./u, '')}`).join(','), count);
  return {
    tempFiles: files.map((file) => ({
      path: keepFile(file),
      name: file.name,
      size: file.size,
      time: Math.floor(file.lastModified / 1000),
      type: file.type.split('/')[0] ?? 'file',
    })),
  };
}

async function previewImage({ urls, current }: { urls: string[]; current?: string | number }) {
  if (urls.length === 0) throw new WxFailure('urls is empty');
  let index = typeof current === 'number' ? current : Math.max(0, urls.indexOf(current ?? ''));
  await openDialog<boolean>({
    className: 'phone-pictures',
    label: '图片预览',
    dismissed: true,
    build: (close) => {
      const picture = make('img', {});
      const count = make('p', {});
      const show = (at: number): void => {
        index = (at + urls.length) % urls.length;
        picture.src = phone.facts.assets[urls[index] ?? ''] ?? urls[index] ?? '';
        picture.alt = `图片 ${index + 1} / ${urls.length}`;
        count.textContent = `${index + 1} / ${urls.length}`;
      };
      show(index);
      const others =
        urls.length > 1 ? [button('上一张', () => show(index - 1)), button('下一张', () => show(index + 1))] : [];
      return [
        picture,
        count,
        make('div', { className: 'phone-buttons' }, [...others, button('关闭', () => close(true))]),
      ];
    },
  });
  return {};
}

/** Gives a file to the browser, which shows or stores it. */
function hand(path: string, name?: string): void {
  const file = fileOf(path);
  if (!file) throw new WxFailure("file doesn't exist");
  const href = URL.createObjectURL(file);
  make('a', { href, download: name ?? (file instanceof File ? file.name : 'file') }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

async function getImageInfo({ src }: { src: string }) {
  const address = phone.facts.assets[src] ?? src;
  const blob = await fetch(address).then((response) => response.blob());
  return { ...(await sizeOf(blob)), path: src, orientation: 'up', type: blob.type.split('/')[1] ?? '' };
}

/** Reads what a `<canvas type="2d">` shows into a picture. */
async function canvasToTempFilePath({
  canvas,
  fileType = 'png',
  quality = 1,
}: {
  canvas?: HTMLCanvasElement;
  fileType?: string;
  quality?: number;
}) {
  const blob = await new Promise<Blob | null>((resolve) => canvas?.toBlob(resolve, `image/${fileType}`, quality));
  if (!blob) throw new WxFailure('canvas is empty');
  return { tempFilePath: keepFile(blob) };
}

export const media = {
  chooseMedia: call('chooseMedia', chooseMedia),
  chooseImage: call('chooseImage', chooseImage),
  chooseMessageFile: call('chooseMessageFile', chooseMessageFile),
  previewImage: call('previewImage', previewImage),
  getImageInfo: call('getImageInfo', getImageInfo),
  compressImage: call('compressImage', ({ src }: { src: string }) => ({ tempFilePath: src })),
  canvasToTempFilePath: call('canvasToTempFilePath', canvasToTempFilePath),
  openDocument: call('openDocument', ({ filePath }: { filePath: string }) => {
    hand(filePath);
    return {};
  }),
  saveImageToPhotosAlbum: call('saveImageToPhotosAlbum', async ({ filePath }: { filePath: string }) => {
    await withPrivacy('saveImageToPhotosAlbum');
    hand(filePath);
    return {};
  }),
};
