import { ask } from '../api/session';
import { allPages } from './all-pages';
import { HELPERS, titleOf } from './people';

/** Somebody a wish can be given to. */
export interface Assignable {
  id: string;
  /** The name and what they are here: 周强（社区工作者）. */
  label: string;
}

const MOST = 500;
const A_PAGE = 100;
/** More than these are searched rather than looked through. */
const SHOWN = 12;

/**
 * Everybody who takes wishes on in a community, those on duty first.
 * @throws Trouble
 */
export async function assignableIn(community: string): Promise<Assignable[]> {
  const found = await Promise.all(
    HELPERS.map((role) =>
      allPages((cursor) => ask('getPeople', { query: { area: community, role, limit: A_PAGE, cursor } }), MOST),
    ),
  );
  // Who holds two roles comes twice.
  const people = new Map(found.flatMap(({ items }) => items).map((person) => [person.id, person]));
  return [...people.values()].map((person) => ({ id: person.id, label: `${person.name}（${titleOf(person)}）` }));
}

/** Those of them to be shown: by what is searched for, the chosen one always, never too many at once. */
export function shownOf(all: readonly Assignable[], search: string, chosen: unknown): Assignable[] {
  const sought = all.filter(({ label }) => label.includes(search.trim())).slice(0, SHOWN);
  const one = all.find(({ id }) => id === chosen);
  return one && !sought.includes(one) ? [one, ...sought] : sought;
}

/** Whether there are so many that a field to search by stands above them. */
export const isSearched = (all: readonly Assignable[]): boolean => all.length > SHOWN;
