import { type Actor, type Conditions, may, ROLES, type Role, type RoleGrant } from '../../core/ability.ts';
import { forbidden } from '../../core/errors.ts';
import type { Page } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { communityOf, lineage, subtreeOf } from '../areas/index.ts';
import { nameTooWide } from './errors.ts';
import type { Person } from './model.ts';
import { findPeople } from './service.ts';

/**
 * People of an area by id: those who live or serve there or, with `role`, those who hold it there or below.
 * @param name whole, as the register has it: whoever knows it finds that one, and nobody else's name is learnt
 * @param after id of the last person of the page before
 * @throws HaolinError forbidden, name_too_wide for a name in more than a community
 */
export async function listPeople(
  house: House,
  actor: Actor,
  { area, role, name, limit, after }: { area: string; role?: Role; name?: string; limit: number; after?: string },
): Promise<Page<Person>> {
  if (!may(house.abilityOf(actor), 'list', 'person', { areas: lineage(area) })) throw forbidden();
  // No index has names: a whole county would be walked through.
  if (name !== undefined && communityOf(lineage(area)) === undefined) throw nameTooWide();
  const named = name === undefined ? {} : { name };
  const found =
    role === undefined
      ? await inOrder(house, { areas: area, ...named }, limit + 1, after)
      : await holders(house, role, area, named, limit + 1, after);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return found.length > limit && last ? { items, next: last._id } : { items };
}

async function inOrder(house: House, filter: Conditions, limit: number, after: string | undefined): Promise<Person[]> {
  return house
    .model<Person>('people')
    .find({ ...filter, ...(after === undefined ? {} : { _id: { $gt: after } }), active: true })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<Person[]>();
}

/** A street and all below it. */
const FEW_AREAS = 400;

/**
 * Those who hold a role in an area or below. Asked for in order, a store may well walk through everybody by id: right for
 * a whole county, where the next holder is never far, but not to find the three workers of a community. There they are
 * all read, by the exact codes (an index on an array cannot be bounded from both sides), and put in order here.
 */
async function holders(
  house: House,
  role: Role,
  area: string,
  named: { name?: string },
  limit: number,
  after: string | undefined,
): Promise<Person[]> {
  const codes = await subtreeOf(house, area);
  const filter = { roles: { $elemMatch: { role, area: { $in: codes } } }, ...named };
  if (codes.length > FEW_AREAS) return inOrder(house, filter, limit, after);
  const all = await house
    .model<Person>('people')
    .find({ ...filter, active: true })
    .select({ _id: 1 })
    .lean<Pick<Person, '_id'>[]>();
  const ids = all.map(({ _id }) => _id).sort();
  const page = ids.filter((id) => after === undefined || id > after).slice(0, limit);
  const people = await findPeople(house, page);
  return people.sort((a, b) => (a._id < b._id ? -1 : 1));
}

/** In the order of the alphabet their names are spelled with. */
const SPELLED = new Intl.Collator('zh-CN-u-co-pinyin');

/** The people of a demo house for its person picker: those on duty first, by their duty; then by name. */
export async function demoPeople(house: House): Promise<Person[]> {
  const people = await house
    .model<Person>('people')
    .find({ active: true })
    .sort({ _id: 1 })
    .limit(200)
    .lean<Person[]>();
  const places = new Map(people.map((person) => [person._id, ROLES.indexOf(dutyOf(person.roles))]));
  // Whoever only lives here comes last.
  const place = ({ _id }: Person) => places.get(_id) || ROLES.length;
  return people.sort((a, b) => place(a) - place(b) || SPELLED.compare(a.name, b.name));
}

/** What somebody does here, in one word: the first of their roles beside living here. */
export const dutyOf = (roles: readonly RoleGrant[]): Role =>
  roles.map(({ role }) => role).find((role) => role !== 'resident') ?? 'resident';
