import { ask, me } from '../api/session';
import { allPages } from './all-pages';
import type { Assignable } from './assignable';
import { HELPERS, type Role, titleOf } from './people';

const MOST = 500;
const A_PAGE = 100;
const ROLES: readonly Role[] = ['secretary', 'facilitator', ...HELPERS, 'household_lead'];

/**
 * Those a thing to be done can be given to: oneself first, then everybody who serves the community. Whoever leads a talk
 * without serving there may not list people, and takes it on alone.
 * @param roles of whom it may be given to
 */
export async function ownersFor(community: string, roles: readonly Role[] = ROLES): Promise<Assignable[]> {
  const found = await Promise.all(
    roles.map((role) =>
      allPages((cursor) => ask('getPeople', { query: { area: community, role, limit: A_PAGE, cursor } }), MOST).catch(
        () => ({ items: [] }),
      ),
    ),
  );
  const self = me();
  const others = new Map(found.flatMap(({ items }) => items).map((person) => [person.id, person]));
  if (self) others.delete(self.id);
  const listed = [...others.values()].map((person) => ({
    id: person.id,
    label: `${person.name}（${titleOf(person)}）`,
  }));
  return self ? [{ id: self.id, label: '我自己' }, ...listed] : listed;
}
