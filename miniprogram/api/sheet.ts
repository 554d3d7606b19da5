import { fetchFile } from './files';
import { ROUTES } from './routes';

/**
 * Fetches the report of an area as a spreadsheet into a file on the phone.
 * @throws Trouble
 */
export const fetchSheet = (area: string): Promise<string> =>
  fetchFile(`${ROUTES.getWishesReportSheet[1]}?area=${encodeURIComponent(area)}`);
