import { HOUSE } from '../config';
import { carry } from './session';
import { OFFLINE, Trouble, troubleOf } from './trouble';

/** A slow network takes its time. */
const TIMEOUT_MS = 60_000;

/**
 * Fetches a file of the house into a file on the phone.
 * @param path of its route, with the query
 * @returns where it lies while the mini-program runs
 * @throws Trouble
 */
export const fetchFile = (path: string): Promise<string> =>
  carry(
    (token) =>
      new Promise((resolve, reject) => {
        wx.downloadFile({
          url: `${HOUSE}${path}`,
          timeout: TIMEOUT_MS,
          header: { authorization: `Bearer ${token ?? ''}` },
          // What the house says of a refusal is in that file; its status says enough.
          success: ({ statusCode, tempFilePath }) =>
            statusCode === 200 ? resolve(tempFilePath) : reject(troubleOf(statusCode, undefined)),
          fail: () => reject(new Trouble('offline', 0, OFFLINE)),
        });
      }),
  );
