import type { Channel, Role } from '../../core/ability.ts';
import type { Address, Directory, House } from '../../core/house.ts';
import { lineage } from '../areas/index.ts';
import { bindContact } from './binding.ts';
import { type Contact, contactKey, type Person } from './model.ts';
import { actorOf, findPerson } from './service.ts';

/** The puppet name under which a mini-program openid is kept among a person's contacts. */
export const MINIPROGRAM = 'miniprogram';

/** The push channel that speaks through the bot. */
const CHAT_CHANNEL = 'wechaty';

/** Who people are, for the parts of the house that do not know this feature. */
export function directoryOf(house: House): Directory {
  const byContact = async (puppet: string, contact: string, channel: Channel) => {
    const bound = await house.model<Contact>('contacts').findById(contactKey(puppet, contact)).lean<Contact>();
    const person = bound ? await findPerson(house, bound.person) : undefined;
    return person && actorOf(person, channel);
  };
  return {
    actor: async (personId, channel) => {
      const person = await findPerson(house, personId);
      return person && actorOf(person, channel);
    },
    byContact: (puppet, contact) => byContact(puppet, contact, 'chat'),
    byOpenid: (openid) => byContact(MINIPROGRAM, openid, 'api'),
    bindOpenid: async (openid, code) =>
      actorOf(await bindContact(house, { puppet: MINIPROGRAM, id: openid }, code), 'api'),
    holders: (role, area) => holders(house, role, area),
    addresses: (personId, urgent = false) => addresses(house, personId, urgent),
  };
}

async function holders(house: House, role: Role, area: string): Promise<string[]> {
  const codes = lineage(area);
  const people = await house
    .model<Person>('people')
    .find({ roles: { $elemMatch: { role, area: { $in: codes } } }, active: true })
    .select({ roles: 1 })
    .lean<Pick<Person, '_id' | 'roles'>[]>();
  for (const code of codes.toReversed()) {
    const here = people.filter((person) => person.roles.some((grant) => grant.role === role && grant.area === code));
    if (here.length > 0) return here.map((person) => person._id).sort();
  }
  return [];
}

async function addresses(house: House, personId: string, urgent: boolean): Promise<Address[]> {
  const person = await findPerson(house, personId);
  if (!person) return [];
  if (!urgent && person.mutedUntil && person.mutedUntil > house.clock.now()) return [];
  const contacts = await house
    .model<Contact>('contacts')
    .find({ person: personId, puppet: { $ne: MINIPROGRAM } })
    .sort({ boundAt: -1 })
    .lean<Contact[]>();
  return [...new Set(contacts.map(({ contact }) => contact))].map((target) => ({ channel: CHAT_CHANNEL, target }));
}
