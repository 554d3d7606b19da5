import { ask } from '../../api/session';
import type { CareRow } from '../care/words';

const MOST_OF_A_NAME = 20;

/**
 * Those in care who have this name, and how many have it who are not. The house finds whole names only.
 * @param area a community or grid
 * @throws Trouble
 */
export async function findInCare(area: string, name: string): Promise<{ rows: CareRow[]; others: number }> {
  const { items } = await ask('getPeople', { query: { area, name, limit: MOST_OF_A_NAME } });
  const found = await Promise.all(items.map(({ id }) => ask('getCare', { query: { person: id } })));
  const rows = found.flatMap((page) => page.items);
  return { rows, others: items.length - rows.length };
}
