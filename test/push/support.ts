/** A house with one thing that tells people: notes, read by neighbours and watched by the secretary. */

import type { Role } from '../../src/core/ability.ts';
import { aggregateSchema, newId, rawCollection } from '../../src/core/aggregate.ts';
import type { Feature, Message } from '../../src/core/feature.ts';
import type { Log } from '../../src/core/house.ts';
import type { Aggregate, OutboxEntry, Recipient } from '../../src/core/lifecycle.ts';
import { areas } from '../../src/features/areas/index.ts';
import { people } from '../../src/features/people/index.ts';
import { createPush, type Delivery, type Push, type PushChannel } from '../../src/push/index.ts';
import { deliveriesOf } from '../../src/push/model.ts';
import { makeCommunity, makePerson, type TestCommunity, type TestHouse, testHouse } from '../support/house.ts';

const messages: Record<string, Message> = {
  'note.told': {
    title: '有新消息',
    body: ({ text }) => `邻居说：${String(text)}`,
    link: ({ id }) => `/pages/note/note?id=${String(id)}`,
  },
  'note.asks': {
    title: '请看一下',
    body: ({ text }) => `邻居问：${String(text)}`,
    holds({ state }, { to, data }) {
      if (state === 'odd') throw new Error('nobody knows');
      return state === 'told' && to !== data.done;
    },
  },
  'note.many': { title: '都看看', body: ({ text }) => `大家好：${String(text)}`, toMany: true },
  'note.alarm': { title: '紧急', body: ({ text }) => String(text), urgent: true },
  'note.broken': {
    title: '坏的',
    body: () => {
      throw new Error('no words for this');
    },
  },
};

const notes: Feature = {
  name: 'notes',
  uses: [],
  models: { note: aggregateSchema({}, []) },
  rules: [],
  lifecycles: [],
  routes: [],
  intents: [],
  jobs: [],
  messages,
};

export interface Line {
  level: 'debug' | 'info' | 'warn' | 'error';
  fields: Record<string, unknown>;
  message: string;
}

/** A channel that counts what reached the other side, by key. */
export interface FakeChannel extends PushChannel {
  reached: string[];
  /** What the next sends do instead of arriving. */
  failures: unknown[];
}

export function fakeChannel(name = 'wechaty', rest: Partial<PushChannel> = {}): FakeChannel {
  const channel: FakeChannel = {
    name,
    reached: [],
    failures: [],
    async send(_address, { _id }) {
      const failure = channel.failures.shift();
      if (failure !== undefined) throw failure;
      channel.reached.push(_id);
    },
    ...rest,
  };
  return channel;
}

interface Told {
  to: Recipient;
  message?: string;
  text?: string;
}

interface Note {
  id: string;
  /** Of the outbox entries. */
  keys: string[];
  /** The move each of them tells of; followed by a person, the key of a delivery. */
  events: string[];
}

export interface PushHouse extends TestHouse {
  community: TestCommunity;
  lines: Line[];
  push(channels?: readonly PushChannel[], rest?: Partial<Parameters<typeof createPush>[0]>): Push;
  /** A person with a chat (unless told otherwise). */
  person(options?: { chat?: boolean; roles?: readonly Role[] }): Promise<string>;
  /** A note whose outbox tells these, each by a move of its own. */
  tell(...tellings: Told[]): Promise<Note>;
  /** A note whose one move tells all of these. */
  tellTogether(...tellings: Told[]): Promise<Note>;
  deliveries(filter?: object): Promise<Delivery[]>;
  /** Entries not relayed yet. */
  waiting(): Promise<OutboxEntry[]>;
}

export async function openPushHouse(now?: string): Promise<PushHouse> {
  const lines: Line[] = [];
  const at = (level: Line['level']) => (fields: object, message: string) =>
    void lines.push({ level, fields: fields as Record<string, unknown>, message });
  const log: Log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  const opened = await testHouse([areas, people, notes], { log, ...(now === undefined ? {} : { now }) });
  const { house } = opened;
  const push: PushHouse['push'] = (channels = [], rest = {}) =>
    createPush({ house, messages, aggregates: ['note'], channels, random: () => 0.5, ...rest });
  for (const name of Object.keys(push().models)) await house.model(name).createIndexes();
  const community = await makeCommunity(house);
  const raw = rawCollection(house.model<Aggregate>('note'));
  let contacts = 0;

  async function note(tellings: readonly Told[], versionOf: (index: number) => number): Promise<Note> {
    const id = newId();
    const at = house.clock.now();
    const outbox = tellings.map(({ to, message = 'note.told', text = '水管坏了' }, index): OutboxEntry => {
      const event = `note:${id}:${versionOf(index)}`;
      return { key: `${event}:${index}`, event, to, message, data: { id, text }, at };
    });
    await raw.insertOne({
      _id: id,
      state: 'told',
      version: 1,
      areas: community.areas,
      history: [],
      outbox,
      createdAt: at,
      updatedAt: at,
    });
    return { id, keys: outbox.map(({ key }) => key), events: outbox.map(({ event = '' }) => event) };
  }

  return {
    ...opened,
    community,
    lines,
    push,
    async person({ chat = true, roles = ['resident'] }: { chat?: boolean; roles?: readonly Role[] } = {}) {
      contacts += 1;
      const made = await makePerson(house, {
        area: community.community,
        roles,
        contacts: chat ? [{ puppet: 'mock', id: `contact-${contacts}` }] : [],
      });
      return made._id;
    },
    tell: (...tellings) => note(tellings, (index) => index + 1),
    tellTogether: (...tellings) => note(tellings, () => 1),
    deliveries: (filter = {}) => deliveriesOf(house).find(filter).sort({ _id: 1 }).toArray(),
    async waiting() {
      const found = await raw.find({}).sort({ _id: 1 }).toArray();
      return found.flatMap(({ outbox }) => outbox);
    },
  };
}
