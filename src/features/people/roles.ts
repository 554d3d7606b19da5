import { type Actor, type Conditions, may, type Role, type RoleGrant } from '../../core/ability.ts';
import { forbidden, notFound } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { dayOf } from '../../core/time.ts';
import { findArea } from '../areas/index.ts';
import { audit } from './audit.ts';
import { ownRole } from './errors.ts';
import type { Person } from './model.ts';
import { findPerson, personChanged } from './service.ts';

/** Roles a secretary may give and take in the own community; the others take an admin. */
export const SECRETARY_GRANTS: readonly Role[] = [
  'resident',
  'household_lead',
  'worker',
  'grid_worker',
  'volunteer',
  'social_worker',
  'facilitator',
  'care_keeper',
];

/** A secretary's right over roles, as a CASL condition on `{ role, areas }`. */
export const secretaryGrants = (_actor: Actor, grant: RoleGrant | undefined): Conditions => ({
  areas: grant?.area ?? '',
  role: { $in: SECRETARY_GRANTS },
});

async function checked(house: House, actor: Actor, action: 'grant' | 'revoke', personId: string, given: RoleGrant) {
  const [person, area] = await Promise.all([findPerson(house, personId), findArea(house, given.area)]);
  if (!area) throw notFound('区域');
  if (!may(house.abilityOf(actor), action, 'role', { role: given.role, areas: area.areas })) throw forbidden();
  if (!person) throw notFound('人');
  return person;
}

/**
 * Gives a person a role in an area. Giving it twice changes nothing.
 * @throws HaolinError not_found, forbidden
 */
export async function grantRole(
  house: House,
  personId: string,
  { role, area }: RoleGrant,
  actor: Actor,
): Promise<Person> {
  const person = await checked(house, actor, 'grant', personId, { role, area });
  await audit(house, actor, person._id, 'grant', { role: { role, area } });
  return written(
    house,
    person,
    { roles: { $not: { $elemMatch: { role, area } } } },
    { $push: { roles: { role, area, since: dayOf(house.clock.now()) } } },
  );
}

/**
 * Takes a role in an area from a person. Nobody takes the own role of secretary or admin: a place must not lose its
 * last by a slip.
 * @throws HaolinError not_found, forbidden, own_role
 */
export async function revokeRole(
  house: House,
  personId: string,
  { role, area }: RoleGrant,
  actor: Actor,
): Promise<Person> {
  const person = await checked(house, actor, 'revoke', personId, { role, area });
  if (person._id === actor.id && (role === 'admin' || role === 'secretary')) throw ownRole();
  await audit(house, actor, person._id, 'revoke', { role: { role, area } });
  return written(house, person, { roles: { $elemMatch: { role, area } } }, { $pull: { roles: { role, area } } });
}

async function written(house: House, person: Person, unless: Conditions, change: Conditions): Promise<Person> {
  const after = await house
    .model<Person>('people')
    .findOneAndUpdate(
      { _id: person._id, ...unless },
      { ...change, $set: { updatedAt: house.clock.now() }, $inc: { version: 1 } },
      { returnDocument: 'after' },
    )
    .lean<Person>();
  if (after) await personChanged(house, person._id);
  return after ?? person;
}
