import { HOUSE } from '../config';
import { ROUTES } from './routes';
import { token } from './session';
import { OFFLINE, Trouble, troubleOf } from './trouble';

/** A photo the house has stored. */
export interface StoredPhoto {
  id: string;
  width: number;
  height: number;
}

const signed = () => ({ authorization: `Bearer ${token() ?? ''}` });

/**
 * Sends a photo from the phone. WeChat may have made it smaller already; the house checks it and takes out where it was taken.
 * @param path of a file on the phone
 * @param onProgress of 0 to 100
 * @throws Trouble
 */
export function sendPhoto(path: string, onProgress: (percent: number) => void): Promise<StoredPhoto> {
  return new Promise((resolve, reject) => {
    const task = wx.uploadFile({
      url: `${HOUSE}${ROUTES.postPhotos[1]}`,
      filePath: path,
      name: 'file',
      header: signed(),
      success({ statusCode, data }) {
        const body = parsed(data);
        if (statusCode === 201) resolve(body as StoredPhoto);
        else reject(troubleOf(statusCode, body));
      },
      fail: () => reject(new Trouble('offline', 0, OFFLINE)),
    });
    task.onProgressUpdate(({ progress }) => onProgress(progress));
  });
}

/**
 * Fetches a photo into a file on the phone, to be shown by `image`: it can be seen only by those who may see the wish.
 * @throws Trouble
 */
export function fetchPhoto(id: string): Promise<string> {
  return new Promise((resolve, reject) => {
    wx.downloadFile({
      url: `${HOUSE}${ROUTES.getPhotosById[1].replace('{id}', id)}`,
      header: signed(),
      success: ({ statusCode, tempFilePath }) =>
        statusCode === 200 ? resolve(tempFilePath) : reject(troubleOf(statusCode, undefined)),
      fail: () => reject(new Trouble('offline', 0, OFFLINE)),
    });
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
