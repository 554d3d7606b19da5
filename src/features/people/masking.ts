import type { mongo } from 'mongoose';
import { type Actor, may, type Role } from '../../core/ability.ts';
import { forbidden } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { maskName, maskPhone } from '../../core/text.ts';
import type { Vault } from '../../core/vault.ts';
import { audit } from './audit.ts';
import { UNREADABLE } from './messages.ts';
import type { Gender, Person } from './model.ts';
import { fieldPlace, readablePerson } from './service.ts';

/** A person as others see them unless they ask, and are entitled, to see more. */
export interface MaskedPerson {
  id: string;
  name: string;
  gender?: Gender;
  birthYear?: number;
  phone?: string;
  idNumber?: string;
  hasAddress: boolean;
}

/** 张*, 138****5678, 520**************4; the address not at all. A number that does not open says so, and nothing else fails. */
export function maskedPerson(person: Person, vault: Vault): MaskedPerson {
  const masked = (field: 'phone' | 'idNumber', mask: (number: string) => string) => {
    const sealed = person[field];
    if (sealed === undefined) return {};
    const number = vault.tryOpen(sealed, fieldPlace(person._id, field));
    return { [field]: number === undefined ? UNREADABLE : mask(number) };
  };
  return {
    id: person._id,
    name: maskName(person.name),
    ...(person.gender === undefined ? {} : { gender: person.gender }),
    ...(person.birthYear === undefined ? {} : { birthYear: person.birthYear }),
    ...masked('phone', maskPhone),
    ...masked('idNumber', maskIdNumber),
    hasAddress: person.address !== undefined,
  };
}

function maskIdNumber(idNumber: string): string {
  return `${idNumber.slice(0, 3)}${'*'.repeat(Math.max(0, idNumber.length - 4))}${idNumber.slice(-1)}`;
}

/** Roles whose holders' names hang on the community's notice board; everybody else's is masked. */
const ON_DUTY: readonly Role[] = [
  'worker',
  'grid_worker',
  'social_worker',
  'facilitator',
  'care_keeper',
  'secretary',
  'supervisor',
];

/** The name others may read: in full of those on public duty, else the surname. */
export function publicName(person: Pick<Person, 'name' | 'roles'>): string {
  return person.roles.some(({ role }) => ON_DUTY.includes(role)) ? person.name : maskName(person.name);
}

/** What people of these ids are called by everybody, by id; unknown ids are left out. Reads of each no more than that. */
export async function publicNames(house: House, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await (house.model<Person>('people').collection as unknown as mongo.Collection<Person>)
    .find({ _id: { $in: [...new Set(ids)] }, active: true })
    .project<Pick<Person, '_id' | 'name' | 'roles'>>({ name: 1, roles: 1 })
    .toArray();
  return new Map(found.map((person) => [person._id, publicName(person)]));
}

/** What can be unmasked. */
export const PERSONAL_FIELDS = ['name', 'phone', 'idNumber', 'address'] as const;
export type PersonalField = (typeof PERSONAL_FIELDS)[number];

/**
 * Shows fields of a person in clear to somebody entitled to it, and writes down who saw what of whom and why first.
 * A field that is not known is left out.
 * @throws HaolinError not_found, forbidden, sealed_unreadable
 */
export async function unmask(
  house: House,
  personId: string,
  fields: readonly PersonalField[],
  why: string,
  actor: Actor,
): Promise<Partial<Record<PersonalField, string>>> {
  const person = await readablePerson(house, personId, actor);
  if (!may(house.abilityOf(actor), 'unmask', 'person', person)) throw forbidden();
  const asked = PERSONAL_FIELDS.filter((field) => fields.includes(field));
  await audit(house, actor, person._id, 'unmask', { fields: asked, why });
  const shown: Partial<Record<PersonalField, string>> = {};
  for (const field of asked) {
    const kept = person[field];
    if (kept !== undefined)
      shown[field] = field === 'name' ? kept : house.vault.open(kept, fieldPlace(person._id, field));
  }
  return shown;
}
