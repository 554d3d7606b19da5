import type { Role } from '../../core/ability.ts';
import type { House } from '../../core/house.ts';
import { subtreeOf } from '../areas/index.ts';
import type { Person } from './model.ts';

/** Somebody serving a place. */
export interface Post {
  person: string;
  name: string;
  role: Role;
  /** Code of the place. */
  area: string;
}

/** Who serves an area or anything below it in one of these roles, with all their posts of those roles, wherever they are. */
export async function postsWithin(house: House, area: string, roles: readonly Role[]): Promise<Post[]> {
  const codes = await subtreeOf(house, area);
  const found = await house
    .model<Person>('people')
    .find({ roles: { $elemMatch: { role: { $in: roles }, area: { $in: codes } } }, active: true })
    .select({ name: 1, roles: 1 })
    .lean<Pick<Person, '_id' | 'name' | 'roles'>[]>();
  // Here, not in the store: it would weigh reading everybody in that order.
  found.sort((a, b) => (a._id < b._id ? -1 : 1));
  return found.flatMap(({ _id: person, name, roles: held }) =>
    held.filter(({ role }) => roles.includes(role)).map((grant) => ({ person, name, ...grant })),
  );
}
