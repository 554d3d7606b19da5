import { type Actor, may, type Role } from '../../core/ability.ts';
import { forbidden } from '../../core/errors.ts';
import type { Page } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { lineage } from '../areas/index.ts';
import type { Person } from './model.ts';

/** Sorts after every code below an area and before its next neighbour: codes go on with digits or G only. */
const AFTER_CODES = 'H';

/**
 * People of an area by id: those who live or serve there or, with `role`, those who hold it there or below.
 * @param after id of the last person of the page before
 * @throws HaolinError forbidden
 */
export async function listPeople(
  house: House,
  actor: Actor,
  { area, role, limit, after }: { area: string; role?: Role; limit: number; after?: string },
): Promise<Page<Person>> {
  if (!may(house.abilityOf(actor), 'list', 'person', { areas: lineage(area) })) throw forbidden();
  const within = { $gte: area, $lt: `${area}${AFTER_CODES}` };
  const found = await house
    .model<Person>('people')
    .find({
      ...(role === undefined ? { areas: area } : { roles: { $elemMatch: { role, area: within } } }),
      ...(after === undefined ? {} : { _id: { $gt: after } }),
      active: true,
    })
    .sort({ _id: 1 })
    .limit(limit + 1)
    .lean<Person[]>();
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return found.length > limit && last ? { items, next: last._id } : { items };
}

/** The people of a demo house for its person picker, those on duty first. */
export async function demoPeople(house: House): Promise<Person[]> {
  const people = await house
    .model<Person>('people')
    .find({ active: true })
    .sort({ _id: 1 })
    .limit(200)
    .lean<Person[]>();
  const duties = (person: Person) => person.roles.filter(({ role }) => role !== 'resident').length;
  return people.sort((a, b) => Math.sign(duties(b)) - Math.sign(duties(a)));
}
