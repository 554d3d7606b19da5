import { HOUSE } from '../config';
import { ROUTES } from './routes';
import { token } from './session';
import { OFFLINE, Trouble, troubleOf } from './trouble';

/**
 * Fetches the report of an area as a spreadsheet into a file on the phone.
 * @throws Trouble
 */
export function fetchSheet(area: string): Promise<string> {
  return new Promise((resolve, reject) => {
    wx.downloadFile({
      url: `${HOUSE}${ROUTES.getWishesReportSheet[1]}?area=${area}`,
      header: { authorization: `Bearer ${token() ?? ''}` },
      success: ({ statusCode, tempFilePath }) =>
        statusCode === 200 ? resolve(tempFilePath) : reject(troubleOf(statusCode, undefined)),
      fail: () => reject(new Trouble('offline', 0, OFFLINE)),
    });
  });
}
