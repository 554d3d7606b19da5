import type { Role } from '../../core/ability.ts';
import type { House } from '../../core/house.ts';
import { type Day, dayOf } from '../../core/time.ts';
import { subtreeOf } from '../areas/index.ts';
import type { Person } from './model.ts';

/** Somebody serving a place. */
export interface Post {
  person: string;
  name: string;
  role: Role;
  /** Code of the place. */
  area: string;
  /** The day they began there. */
  since: Day;
}

/** Who serves an area or anything below it in one of these roles, with all their posts of those roles, wherever they are. */
export async function postsWithin(house: House, area: string, roles: readonly Role[]): Promise<Post[]> {
  const codes = await subtreeOf(house, area);
  const found = await house
    .model<Person>('people')
    .find({ roles: { $elemMatch: { role: { $in: roles }, area: { $in: codes } } }, active: true })
    .select({ name: 1, roles: 1, createdAt: 1 })
    .lean<Held[]>();
  // Here, not in the store: it would weigh reading everybody in that order.
  found.sort((a, b) => (a._id < b._id ? -1 : 1));
  return found.flatMap((person) => postsOf(person).filter(({ role }) => roles.includes(role)));
}

type Held = Pick<Person, '_id' | 'name' | 'roles' | 'createdAt'>;

/** The posts somebody's roles are. */
export const postsOf = ({ _id: person, name, roles, createdAt }: Held): Post[] =>
  roles.map(({ role, area, since = dayOf(createdAt) }) => ({ person, name, role, area, since }));
