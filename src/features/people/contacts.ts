import type { Actor } from '../../core/ability.ts';
import type { House } from '../../core/house.ts';
import { audit } from './audit.ts';
import { UNREADABLE } from './messages.ts';
import { fieldPlace, findPeople } from './service.ts';

/** How to reach a person, in clear. */
export interface ContactDetails {
  id: string;
  name: string;
  /** Absent when none is known. */
  phone?: string;
}

/**
 * Names and telephone numbers of people in clear, for whoever helps them; a line a person is written down first. Whether
 * the actor may see them is for the caller to decide: what they help with is another feature's.
 * @param ids unknown ones, and people who left the house, are left out
 * @param why what the line gives as the reason, a short sentence
 * @returns in the order of `ids`, each once
 */
export async function contactsOf(
  house: House,
  actor: Actor,
  ids: readonly string[],
  why: string,
): Promise<ContactDetails[]> {
  const people = new Map((await findPeople(house, ids)).map((person) => [person._id, person]));
  const known = [...new Set(ids)].flatMap((id) => people.get(id) ?? []);
  if (known.length === 0) return [];
  const shown = known.map(({ _id }) => _id);
  await audit(house, actor, shown, 'unmask', { fields: ['name', 'phone'], why });
  return known.map(({ _id, name, phone }) => ({
    id: _id,
    name,
    ...(phone === undefined ? {} : { phone: house.vault.tryOpen(phone, fieldPlace(_id, 'phone')) ?? UNREADABLE }),
  }));
}
