/** A community that chats: a house on an empty database, people bound to contacts of a web channel, and the bot. */

import { type Chat, type ChatOptions, createChat, type Outgoing, webChannel } from '../../src/chat/index.ts';
import type { Where } from '../../src/chat/puppets/web-channel.ts';
import type { Feature, Intent } from '../../src/core/feature.ts';
import type { Log } from '../../src/core/house.ts';
import type { Area } from '../../src/features/areas/index.ts';
import { areaOfGroup, areas } from '../../src/features/areas/index.ts';
import { handoffs } from '../../src/features/handoffs/index.ts';
import { type Person, people } from '../../src/features/people/index.ts';
import { wishIntents } from '../../src/features/wishes/chat.ts';
import { type WishDoc, wishes } from '../../src/features/wishes/index.ts';
import { makeCommunity, makePerson, type TestHouse, testHouse } from '../support/house.ts';

export interface LogLine {
  level: 'debug' | 'info' | 'warn' | 'error';
  fields: object;
  message: string;
}

export interface World extends TestHouse {
  chat: Chat;
  channel: ReturnType<typeof webChannel>;
  community: Awaited<ReturnType<typeof makeCommunity>>;
  persons: Record<'granny' | 'daughter' | 'li' | 'zhao' | 'chen', Person>;
  log: LogLine[];
  /** Everything the bot said, in order. */
  said: Outgoing[];
  /** Writes as a contact and gives what the bot said, to whomever, until it was done with it. */
  says(contact: string, text: string, where?: Where): Promise<string[]>;
  sends(contact: string, content: { picture: string } | { voice: string }, where?: Where): Promise<string[]>;
  wish(number: number): Promise<WishDoc>;
  wishes(): Promise<WishDoc[]>;
  /**
   * Another bot on the same house, as after a restart; the old one is stopped first unless it "crashed".
   * `before` sees the new one's channel before it starts; with `wait: false` nobody waits until it is up.
   */
  restart(options?: { crashed?: boolean; wait?: boolean; before?: (channel: World['channel']) => void }): Promise<void>;
  /** A second bot on the same store, as another process would run. */
  another(): Promise<{ chat: Chat; channel: World['channel']; said: Outgoing[] }>;
  bindGroup(room: string, prefix?: string): Promise<void>;
}

export const FEATURES: readonly Feature[] = [areas, people, wishes, handoffs];
const INTENTS: readonly Intent[] = [...areas.intents, ...people.intents, ...wishIntents, ...handoffs.intents];

export async function chatWorld(
  options: {
    intents?: readonly Intent[];
    more?: Partial<ChatOptions['options']>;
    features?: readonly Feature[];
    /** For tests of minutes: the store lets old rows go by the host's clock. */
    now?: Date;
    quotas?: boolean;
  } = {},
): Promise<World> {
  const log: LogLine[] = [];
  const note = (level: LogLine['level']) => (fields: object, message: string) =>
    void log.push({ level, fields, message });
  const logger: Log = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
  const test = await testHouse(options.features ?? FEATURES, {
    log: logger,
    ...(options.now ? { now: options.now } : {}),
    quotas: options.quotas ?? false,
  });
  const { house, clock } = test;
  const community = await makeCommunity(house, { name: '幸福里社区' });
  const area = community.grids[0] ?? community.community;
  const bound = (id: string) => ({
    area,
    contacts: [
      { puppet: 'web', id },
      { puppet: 'mock', id },
    ],
  });
  const persons = {
    granny: await makePerson(house, { ...bound('granny'), name: '王桂芳' }),
    daughter: await makePerson(house, { ...bound('daughter'), name: '刘小燕' }),
    li: await makePerson(house, { ...bound('li'), name: '李强', roles: ['worker'] }),
    zhao: await makePerson(house, { ...bound('zhao'), name: '赵磊', roles: ['volunteer'] }),
    chen: await makePerson(house, { ...bound('chen'), name: '陈建国', roles: ['secretary'] }),
  };

  const said: Outgoing[] = [];
  const build = (heard = said) => {
    const channel = webChannel();
    channel.on((message) => void heard.push(message));
    const chat = createChat({
      house,
      intents: options.intents ?? INTENTS,
      progress: (options.features ?? FEATURES).flatMap(({ progress }) => progress ?? []),
      puppet: { kind: 'web', channel },
      log: logger,
      options: {
        limit: { points: 10_000, seconds: 60 },
        groupOf: async (puppet, room) => {
          const found = await areaOfGroup(house, puppet, room);
          const prefix = found?.group.prefix;
          return found && { area: found.area._id, name: found.area.name, ...(prefix ? { prefix } : {}) };
        },
        // Nothing happens behind a test's back unless it asks for that.
        lookEveryMs: 3_600_000,
        retryAfterMs: 5,
        ...options.more,
      },
    });
    return { chat, channel };
  };

  const wishRows = () => house.db.collection<WishDoc>('wish');
  const world: World = {
    ...test,
    ...build(),
    community,
    persons,
    log,
    said,
    async says(contact, text, where) {
      const from = said.length;
      await world.channel.receive(contact, text, where);
      return said.slice(from).map((message) => message.text);
    },
    async sends(contact, content, where) {
      const from = said.length;
      await world.channel.receive(contact, content, where);
      return said.slice(from).map((message) => message.text);
    },
    async wish(number) {
      const wish = await wishRows().findOne({ number });
      if (!wish) throw new Error(`no wish ${number}`);
      return wish;
    },
    wishes: async () => wishRows().find({}).sort({ number: 1 }).toArray(),
    async restart({ crashed = false, wait = true, before } = {}) {
      if (!crashed) await world.chat.stop();
      else clock.shift(11_000);
      Object.assign(world, build());
      before?.(world.channel);
      const up = world.chat.start();
      if (wait) await up;
    },
    async another() {
      const heard: Outgoing[] = [];
      const built = build(heard);
      await built.chat.start();
      return { ...built, said: heard };
    },
    async bindGroup(room, prefix) {
      await house
        .model<Area>('areas')
        .updateOne(
          { _id: community.community },
          { $push: { chatGroups: { puppet: 'web', room, ...(prefix ? { prefix } : {}) } } },
        );
    },
    async close() {
      await world.chat.stop();
      await test.close();
    },
  };
  await world.chat.start();
  return world;
}
