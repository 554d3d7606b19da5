import type { Channel, Role } from '../../core/ability.ts';
import { gather, oneFor } from '../../core/gather.ts';
import type { About, Address, Directory, House } from '../../core/house.ts';
import { communityOf, lineage } from '../areas/index.ts';
import { bindContact } from './binding.ts';
import { type Contact, contactKey, MINIPROGRAM, type Person } from './model.ts';
import { wants } from './reminders.ts';
import { actorOf, endSignIns, findPerson } from './service.ts';

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
    signInsEnded: async (personId) => (await findPerson(house, personId))?.signInsEnded ?? 0,
    endSignIns: (personId) => endSignIns(house, personId),
    holders: (role, area) => holdersOf(house)({ role, area }),
    living: (area) => whoLive(house, area),
    named: (words, areas) => namesOf(house, words, areas),
    addresses: (personId, about = {}) => addresses(house, personId, about),
  };
}

interface Post {
  role: Role;
  area: string;
}

/** Whoever holds these roles in these areas or, failing that, above: one query a role. */
const holdersOf = oneFor((house: House) =>
  gather(async (posts: Post[]) => {
    const codes = new Map<Role, Set<string>>();
    for (const { role, area } of posts) {
      codes.set(role, new Set([...(codes.get(role) ?? []), ...lineage(area)]));
    }
    const holders = new Map(
      await Promise.all([...codes].map(async ([role, areas]) => [role, await whoHold(house, role, areas)] as const)),
    );
    return posts.map(({ role, area }) => {
      const here = lineage(area).findLast((code) => holders.get(role)?.has(code));
      return here === undefined ? [] : (holders.get(role)?.get(here) ?? []).toSorted();
    });
  }),
);

/** Looked for in one community only: there are as many names as people. */
async function namesOf(house: House, words: readonly string[], areas: readonly string[]): Promise<string[]> {
  const community = communityOf(areas);
  if (community === undefined || words.length === 0) return [];
  return house.model<Person>('people').distinct('name', { areas: community, name: { $in: words } });
}

async function whoLive(house: House, area: string): Promise<string[]> {
  const people = await house
    .model<Person>('people')
    .find({ areas: area, active: true })
    .select({ _id: 1 })
    .sort({ _id: 1 })
    .lean<Pick<Person, '_id'>[]>();
  return people.map(({ _id }) => _id);
}

/** Ids of those who hold a role in each of these areas. */
async function whoHold(house: House, role: Role, codes: ReadonlySet<string>): Promise<Map<string, string[]>> {
  const people = await house
    .model<Person>('people')
    .find({ roles: { $elemMatch: { role, area: { $in: [...codes] } } }, active: true })
    .select({ roles: 1 })
    .lean<Pick<Person, '_id' | 'roles'>[]>();
  return grouped(
    people.flatMap(({ _id, roles }) =>
      roles.filter((grant) => grant.role === role).map(({ area }): [string, string] => [area, _id]),
    ),
  );
}

/** The chats of each of these people, the latest bound first. */
const chatsOf = oneFor((house: House) =>
  gather(async (people: string[]) => {
    const contacts = await house
      .model<Contact>('contacts')
      .find({ person: { $in: [...new Set(people)] }, puppet: { $ne: MINIPROGRAM } })
      .sort({ boundAt: -1 })
      .lean<Contact[]>();
    const chats = grouped(contacts.map(({ person, contact }): [string, string] => [person, contact]));
    return people.map((person) => chats.get(person) ?? []);
  }),
);

/** Every value under its key, each once. */
function grouped(pairs: readonly [string, string][]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (!group) groups.set(key, [value]);
    else if (!group.includes(value)) group.push(value);
  }
  return groups;
}

async function addresses(house: House, personId: string, about: About): Promise<Address[]> {
  const [person, chats] = await Promise.all([findPerson(house, personId), chatsOf(house)(personId)]);
  if (!person) return [];
  if (!wants(person, about, house.clock.now())) return [];
  const found = chats.map((target) => ({ channel: CHAT_CHANNEL, target }));
  const liked = found.filter(({ channel }) => channel === person.channel);
  return [...liked, ...found.filter((one) => !liked.includes(one))];
}
