import { fetchFile } from './files';
import { ROUTES } from './routes';

/**
 * Fetches the minutes of a sitting as a Word document into a file on the phone.
 * @throws Trouble
 */
export const fetchMinutes = (topic: string, session: number): Promise<string> =>
  fetchFile(`${ROUTES.getTopicsByIdMinutesDocx[1].replace('{id}', encodeURIComponent(topic))}?session=${session}`);
