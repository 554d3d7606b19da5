import { HOUSE } from '../config';
import { fetchFile } from './files';
import { ROUTES } from './routes';
import { carry, me } from './session';
import { OFFLINE, Trouble, troubleOf } from './trouble';

/** A photo the house has stored. */
export interface StoredPhoto {
  id: string;
  width: number;
  height: number;
}

/** A photo of a phone on a slow network. */
const TIMEOUT_MS = 120_000;

/**
 * Sends a photo from the phone. WeChat may have made it smaller already; the house checks it and takes out where it was taken.
 * @param path of a file on the phone
 * @param onProgress of 0 to 100
 * @throws Trouble
 */
export const sendPhoto = (path: string, onProgress: (percent: number) => void): Promise<StoredPhoto> =>
  carry(
    (token) =>
      new Promise((resolve, reject) => {
        const task = wx.uploadFile({
          url: `${HOUSE}${ROUTES.postPhotos[1]}`,
          filePath: path,
          name: 'file',
          timeout: TIMEOUT_MS,
          header: { authorization: `Bearer ${token ?? ''}` },
          success({ statusCode, data }) {
            const body = parsed(data);
            if (statusCode === 201) resolve(body as StoredPhoto);
            else reject(troubleOf(statusCode, body));
          },
          fail: () => reject(new Trouble('offline', 0, OFFLINE)),
        });
        task.onProgressUpdate(({ progress }) => onProgress(progress));
      }),
  );

/** Files of photos that were fetched since the mini-program began, by who may see them and the photo's id. */
const fetched = new Map<string, string>();

/**
 * Fetches a photo into a file on the phone, to be shown by `image`: it can be seen only by those who may see the wish.
 * @throws Trouble
 */
export async function fetchPhoto(id: string): Promise<string> {
  const name = `${me()?.id} ${id}`;
  const path = fetched.get(name) ?? (await fetchFile(ROUTES.getPhotosById[1].replace('{id}', encodeURIComponent(id))));
  fetched.set(name, path);
  return path;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
