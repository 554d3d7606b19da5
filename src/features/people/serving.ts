import type { mongo } from 'mongoose';
import type { Role } from '../../core/ability.ts';
import type { House } from '../../core/house.ts';
import type { Person } from './model.ts';

/** As much of somebody as it takes to know where they serve. */
export type Serving = Pick<Person, '_id' | 'name' | 'areas' | 'roles'>;

/** Codes asked for at once: each part is a walk along the index of roles, and never one through everybody. */
const CODES = 400;

/** Everybody who holds one of these roles in one of these areas, each once, in no particular order; a whole city in batches. */
export async function* holdersWithin(
  house: House,
  roles: readonly Role[],
  codes: readonly string[],
): AsyncGenerator<Serving> {
  const people = house.model<Person>('people').collection as unknown as mongo.Collection<Person>;
  const seen = new Set<string>();
  for (let at = 0; at < codes.length; at += CODES) {
    const found = people.find(
      {
        'roles.area': { $in: codes.slice(at, at + CODES) },
        roles: { $elemMatch: { role: { $in: [...roles] }, area: { $in: codes.slice(at, at + CODES) } } },
        active: true,
      },
      { projection: { name: 1, areas: 1, roles: 1 } },
    );
    for await (const person of found) {
      if (seen.has(person._id)) continue;
      seen.add(person._id);
      yield person as Serving;
    }
  }
}
