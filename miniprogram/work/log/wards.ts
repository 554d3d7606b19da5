import { recall, remember } from '../../api/kept';
import { ask } from '../../api/session';
import { allPages } from '../../logic/all-pages';
import type { Option } from '../components/fields/field';
import { wardOptions } from './ward-options';

const MOST_WARDS = 300;
const A_PAGE = 100;

const nameOf = (servant: string) => `wards:${servant}`;

/** Whom somebody served when they were last asked for. */
export const wardsRemembered = (servant: string): Option[] => recall<Option[]>(nameOf(servant)) ?? [];

/**
 * Whom somebody serves, as they can be chosen; without a network, whom they served last time.
 * @param also somebody a visit is logged of who is another's to look after: whoever keeps the register visits too
 */
export async function findWards(servant: string, also = ''): Promise<Option[]> {
  try {
    const mine = await allPages(
      (cursor) => ask('getCare', { query: { mine: 'true', limit: A_PAGE, cursor } }),
      MOST_WARDS,
    );
    const wards = mine.items;
    remember(nameOf(servant), wardOptions(wards, new Date()));
    const isKnown = also === '' || wards.some(({ person }) => person.id === also);
    const others = isKnown ? [] : (await ask('getCare', { query: { person: also } })).items;
    return wardOptions([...others, ...wards], new Date());
  } catch {
    return wardsRemembered(servant);
  }
}
