import type { Answer } from '../../api/ask';
import { ask } from '../../api/session';
import { allPages } from '../../logic/all-pages';
import type { Option } from '../components/fields/field';

type Load = Answer<'getCareLoad'>['items'][number];
type Person = Answer<'getPeople'>['items'][number];

const MOST_LEADS = 300;
const A_PAGE = 100;

/** Those who could look after somebody, with how many each has already: whoever has the fewest is named first. */
export const sentinelsOf = (loads: readonly Load[], but?: string): Option[] =>
  loads
    .flatMap(({ sentinel, total }) => (sentinel && sentinel.id !== but ? [{ ...sentinel, total }] : []))
    .sort((a, b) => a.total - b.total)
    .map(({ id, name, total }) => ({
      value: id,
      label: total === 0 ? `${name}（还没有）` : `${name}（已有${total}人）`,
    }));

/** Household leads, told apart by the end of their telephone number: of their names only the first letter is shown. */
export const leadsOf = (people: readonly Person[], but?: string): Option[] =>
  people
    .filter(({ id }) => id !== but)
    .map(({ id, name, phone }) => ({ value: id, label: phone ? `${name}（尾号${phone.slice(-4)}）` : name }));

/** @throws Trouble */
export async function findSentinels(community: string, but?: string): Promise<Option[]> {
  return sentinelsOf((await ask('getCareLoad', { query: { area: community } })).items, but);
}

/** @throws Trouble */
export async function findLeads(community: string, but?: string): Promise<Option[]> {
  const query = { area: community, role: 'household_lead' as const, limit: A_PAGE };
  const found = await allPages((cursor) => ask('getPeople', { query: { ...query, cursor } }), MOST_LEADS);
  return leadsOf(found.items, but);
}
