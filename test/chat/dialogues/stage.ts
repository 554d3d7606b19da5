import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Area } from '../../../src/features/areas/index.ts';
import { features } from '../../../src/features/index.ts';
import { actorOf, attach, issueBindingCode, type Person } from '../../../src/features/people/index.ts';
import { MONDAY, makeCommunity, makePerson, type TestCommunity } from '../../support/house.ts';
import { chatWorld, type World } from '../world.ts';
import { NEIGHBOURS } from './neighbourhood.ts';
import type { Dialogue, Turn } from './read.ts';
import { outcomeIn, type Scene, SETTINGS } from './settings.ts';

/** Plays recorded dialogues with the real bot on one store; each has a community, people and a group of its own. */

export interface Said {
  group: boolean;
  text: string;
}

export interface Stage {
  /** Plays a dialogue turn by turn: `heard` is told what the bot said to each. */
  play(dialogue: Dialogue, heard: (turn: Turn, said: Said[], outcome: string | undefined) => void): Promise<void>;
  close(): Promise<void>;
}

const UNITS: Readonly<Record<string, number>> = { 分钟: 60_000, 小时: 3_600_000, 天: 86_400_000 };

/** Opens a house with the neighbourhood in it; whatever else there is goes before the next dialogue. */
export async function openStage(): Promise<Stage> {
  const world = await chatWorld({ features, intents: features.flatMap(({ intents }) => [...intents]) });
  const folder = world.house.settings.folder;
  const files = { picture: join(folder, 'picture.jpg'), voice: join(folder, 'voice.sil') };
  await sharp({ create: { width: 20, height: 20, channels: 3, background: '#b33' } })
    .jpeg()
    .toFile(files.picture);
  await writeFile(files.voice, 'voice');
  freeCodes(world);
  await keepOldRows(world);
  const place = await settle(world);
  let played = 0;

  async function play(dialogue: Dialogue, heard: Parameters<Stage['play']>[1]): Promise<void> {
    played += 1;
    await place.clear();
    const performance = await perform(world, place, `${played}`, files);
    for (const turn of dialogue.turns) {
      const from = world.said.length;
      const outcome = await performance.act(turn);
      const said = world.said.slice(from).map(({ to, text }) => ({
        group: 'room' in to,
        text: performance.readable(text),
      }));
      heard(turn, said, outcome);
    }
    if (performance.restarted()) await forget(world);
  }

  return { play, close: () => world.close() };
}

interface Place {
  community: TestCommunity;
  people: ReadonlyMap<string, Person>;
  /** Takes away all that came of a dialogue. */
  clear(): Promise<void>;
}

/** These stay as they are from one dialogue to the next. */
const STAYS: ReadonlySet<string> = new Set(['areas']);

async function settle({ house, clock }: World): Promise<Place> {
  clock.set(MONDAY);
  const community = await makeCommunity(house, { name: '幸福里社区' });
  const people = new Map<string, Person>();
  for (const [who, { grid, name, roles, street }] of Object.entries(NEIGHBOURS)) {
    const area = community.grids[grid] ?? community.community;
    const held = street ? roles.map((role) => ({ role, area: community.street })) : roles;
    people.set(who, await makePerson(house, { area, name, roles: held }));
  }
  const rows = house.db.collection<Person>('people');
  const asMade = await rows.find({}).toArray();
  return {
    community,
    people,
    async clear() {
      const names = (await house.db.listCollections()).map(({ name }) => name).filter((name) => !STAYS.has(name));
      await Promise.all(
        names.filter((name) => name !== 'people').map((name) => house.db.collection(name).deleteMany({})),
      );
      await rows.bulkWrite(
        asMade.map((person) => ({ replaceOne: { filter: { _id: person._id }, replacement: person } })),
      );
    },
  };
}

/** In an hour nobody is given as many binding codes as in these dialogues. */
function freeCodes({ house: { coordination } }: World): void {
  const take = coordination.take.bind(coordination);
  Object.assign(coordination, {
    take: ((key, points, seconds) =>
      key.startsWith('binding-')
        ? Promise.resolve({ retryAfterMs: 0, remaining: points })
        : take(key, points, seconds)) satisfies typeof take,
  });
}

/** The clock of a dialogue stands where it was recorded, and the store lets old rows go by the host's. */
async function keepOldRows({ house }: World): Promise<void> {
  await house.db.collection('chat_dialogues').dropIndex('expireAt_1');
  await house.db.collection('chat_messages').dropIndex('seenAt_1');
}

/** The next dialogue may play on an earlier day: nothing of it is old. */
async function forget(world: World): Promise<void> {
  await world.house.db.collection('chat_marks').deleteMany({});
  await world.restart();
  await keepOldRows(world);
  await world.house.db.collection('chat_marks').deleteMany({});
}

async function perform(
  world: World,
  { community, people }: Place,
  mark: string,
  files: { picture: string; voice: string },
) {
  const { house, clock } = world;
  clock.set(MONDAY);
  const room = `room-${mark}`;
  await bound(true);
  const contacts = new Set<string>();
  const codes: string[] = [];
  let messages = 0;
  let latest: Parameters<World['channel']['receive']> | undefined;
  let restarted = false;

  async function bound(yes: boolean): Promise<void> {
    const group = { puppet: 'web', room };
    const areas = house.model<Area>('areas');
    const change = yes ? { $push: { chatGroups: group } } : { $pull: { chatGroups: { room } } };
    await areas.updateOne({ _id: community.community }, change);
  }

  const contactOf = (who: string, device?: string) => [who, mark, ...(device ? [device] : [])].join('-');

  async function person(who: string): Promise<Person> {
    const known = people.get(who);
    if (!known) throw new Error(`不认识${who}`);
    return known;
  }

  /** What somebody writes with is theirs from the first word on; a stranger's is nobody's. */
  async function contactFor(who: string, device?: string): Promise<string> {
    const contact = contactOf(who, device);
    const owner = people.get(who);
    if (owner && !contacts.has(contact)) await attach(house, { puppet: 'web', id: contact }, owner._id, clock.now());
    contacts.add(contact);
    return contact;
  }

  const scene: Scene = {
    house,
    community,
    person,
    async as(who) {
      const actor = actorOf(await person(who), 'api');
      return { actor, ability: house.abilityOf(actor), now: clock.now() };
    },
  };

  type Content = Parameters<World['channel']['receive']>[1];
  async function sends(who: string, content: Content, group: boolean, device?: string): Promise<void> {
    const contact = await contactFor(who, device);
    messages += 1;
    // Nobody writes twice in one instant: what was made first stands first.
    clock.shift(1_000);
    const mention = typeof content === 'string' && content.includes('@好邻');
    const where = { id: `${mark}-${messages}`, ...(group && { room, mention }) };
    latest = [contact, content, where];
    await world.channel.receive(...latest);
  }

  async function order(text: string): Promise<string | undefined> {
    const [, count, unit = ''] = /^过了(\d+)(分钟|小时|天)$/u.exec(text) ?? [];
    if (count !== undefined) return void clock.shift(Number(count) * (UNITS[unit] ?? 0));
    const [, day, time] = /^时间：(\d{4}-\d\d-\d\d) (\d\d:\d\d)$/u.exec(text) ?? [];
    if (day !== undefined) return void clock.set(`${day}T${time}`);
    const [, who = '', where, number = '1', what] =
      /^(\S+?)(在群里)?发了(\d)?(?:一)?(张照片|段语音)$/u.exec(text) ?? [];
    if (what !== undefined) {
      const content = what === '张照片' ? { picture: files.picture } : { voice: files.voice };
      for (let n = 0; n < Number(number); n += 1) await sends(who, content, where !== undefined);
      return undefined;
    }
    const [, forWhom] = /^(\S+)拿到绑定码$/u.exec(text) ?? [];
    if (forWhom !== undefined) {
      const { _id } = await person(forWhom);
      const { code } = await issueBindingCode(house, _id, (await scene.as(forWhom)).actor);
      return void codes.push(code);
    }
    switch (text) {
      case '机器人重启':
      case '机器人死机重启':
        restarted = true;
        await world.restart({ crashed: text.includes('死机') });
        return void (await keepOldRows(world));
      case '同一条消息又来一次':
        if (latest) await world.channel.receive(...latest);
        return undefined;
      case '群还没有绑定':
        return void (await bound(false));
      case '好邻没有说话':
        return undefined;
    }
    if (text.startsWith('结果：')) return outcomeIn(scene);
    for (const [pattern, set] of SETTINGS) {
      const found = pattern.exec(text);
      if (found) {
        await set(scene, found.groups ?? {});
        // What was made first stands first in every list.
        return void clock.shift(UNITS.分钟 ?? 0);
      }
    }
    throw new Error(`不会这样安排：${text}`);
  }

  return {
    restarted: () => restarted,
    /** What is different each time it is played is left out. */
    readable: (text: string) => text.replaceAll(room, '群编号'),
    async act({ does }: Turn): Promise<string | undefined> {
      if (does.is === 'order') return order(does.text);
      const code = codes.at(-1);
      const text = code === undefined ? does.text : does.text.replaceAll('{绑定码}', code);
      await sends(does.who, text, does.group, does.device);
      return undefined;
    },
  };
}
