import type { mongo } from 'mongoose';
import type { Role } from '../core/ability.ts';
import type { Message } from '../core/feature.ts';
import type { About, Address, House } from '../core/house.ts';
import { insertNew } from '../core/insert.ts';
import { NOTICES } from '../core/notice.ts';
import { nameOf, type OutboxEntry, type Recipient } from '../core/outbox.ts';
import { outsideQuietHours } from '../core/time.ts';
import { type Delivery, deliveriesOf, INBOX, RANKS } from './model.ts';
import { onceEach } from './once.ts';

/** A document that has messages to tell. */
interface Told {
  _id: string;
  outbox: OutboxEntry[];
}

type Words = Pick<Delivery, 'title' | 'text' | 'link' | 'urgent'>;

/** An entry ready to be told: its words, and all it is meant for. */
interface Telling {
  entry: OutboxEntry;
  words: Words;
  people: string[];
  /** The document that says whether it still holds, where that may change. */
  about?: Delivery['about'];
}

/** What was relayed. */
interface Relayed {
  /** How many entries. */
  entries: number;
  /** Whether some of their deliveries wait for a channel. */
  waiting: boolean;
}

/** Looked up once in a pass, however many messages ask. */
interface Lookups {
  holders: Map<string, Promise<string[]>>;
  addresses: Map<string, Promise<Address[]>>;
}

export interface RelayOptions {
  house: House;
  /** Collections whose documents have an outbox. */
  collections: readonly string[];
  messages: Readonly<Record<string, Message>>;
}

/** Documents taken at once: one insert and one bulk write for all of them. */
const BATCH = 100;
/** A range, so that the sparse index on it is used: only documents with something to tell are looked at. */
const SOMETHING_TO_TELL = { 'outbox.key': { $gte: '' } };

/**
 * Turns outbox entries into deliveries. First the deliveries are written, each under its unique key; only then is the entry
 * taken out of its document. So it may die anywhere, and run anywhere else at the same time: whoever comes next finds the
 * entry again and writes nothing twice.
 */
export function createRelay({ house, collections, messages }: RelayOptions) {
  /** Keys of entries that cannot be told, so that the log says it once. */
  const stuck = new Set<string>();

  async function recipients(to: Recipient, { holders }: Lookups): Promise<string[]> {
    if ('person' in to) return [to.person];
    if ('people' in to) return [...to.people];
    const { directory } = house;
    const found =
      'living' in to
        ? await once(holders, nameOf(to), () => directory.living(to.living))
        : await firstHolders([to.role, ...(to.orElse ?? [])], to.area, holders);
    return found.filter((person) => person !== to.except);
  }

  /** Whoever holds the first of these roles that anybody holds. */
  async function firstHolders(
    [role, ...others]: readonly Role[],
    area: string,
    holders: Lookups['holders'],
  ): Promise<string[]> {
    if (role === undefined) return [];
    const found = await once(holders, nameOf({ role, area }), () => house.directory.holders(role, area));
    return found.length > 0 ? found : firstHolders(others, area, holders);
  }

  /** An entry in the feature's words; nothing when this version of the house has none for it. */
  function worded(entry: OutboxEntry): Words | undefined {
    const message = messages[entry.message];
    if (!message) return wait(entry, 'no message of this name');
    try {
      const { title, urgent = false } = message;
      const link = message.link?.(entry.data);
      return { title, text: message.body(entry.data), urgent, ...(link === undefined ? {} : { link }) };
    } catch (error) {
      return wait(entry, 'its words cannot be put together', error);
    }
  }

  /** An entry's words and people, or nothing when it has to wait for another version of the house. */
  async function tellingOf(
    entry: OutboxEntry,
    about: { aggregate: string; id: string },
    lookups: Lookups,
  ): Promise<Telling | undefined> {
    const words = worded(entry);
    if (!words) return undefined;
    const people = await recipients(entry.to, lookups);
    if (people.length === 0 && 'role' in entry.to) {
      const { role, area } = entry.to;
      house.log.warn({ key: entry.key, role, area }, 'nobody to tell: no one else holds this role here or above');
    }
    return { entry, words, people, ...(messages[entry.message]?.holds && { about }) };
  }

  async function deliveryOf(
    key: string,
    to: string,
    { entry, words, about: document }: Telling,
    lookups: Lookups,
  ): Promise<Delivery> {
    const now = house.clock.now();
    const { urgent } = words;
    const about = aboutOf(entry.message, messages[entry.message]);
    const { kind, message = '' } = about;
    const [best] = await once(lookups.addresses, `${to}:${urgent}:${kind}:${message}`, () =>
      house.directory.addresses(to, about),
    );
    return {
      _id: key,
      to,
      message: entry.message,
      ...words,
      data: entry.data,
      ...(document && { about: document }),
      createdAt: entry.at,
      attempts: 0,
      ...(best
        ? {
            state: 'queued',
            via: best.channel,
            rank: rankOf(entry, words, messages[entry.message]),
            nextAt: urgent ? now : outsideQuietHours(now),
          }
        : { state: 'sent', channel: INBOX, sentAt: now }),
    };
  }

  /** Leaves an entry where it is, and says so once. */
  function wait(entry: OutboxEntry, reason: string, error?: unknown): undefined {
    if (stuck.has(entry.key)) return;
    stuck.add(entry.key);
    house.log.error({ key: entry.key, message: entry.message, err: error }, `a message stays in its outbox: ${reason}`);
  }

  async function relay(
    collection: mongo.Collection<Told>,
    documents: readonly Told[],
    lookups: Lookups,
  ): Promise<Relayed> {
    // All at once: who is to be told, and where, is then asked of the store for the whole batch together.
    const told = await Promise.all(
      documents.map(async ({ _id, outbox }) => {
        const about = { aggregate: collection.collectionName, id: _id };
        const found = await Promise.all(outbox.map((entry) => tellingOf(entry, about, lookups)));
        const tellings = found.filter((one) => one !== undefined);
        const deliveries = await Promise.all(
          onceEach(tellings).map(({ key, person, telling }) => deliveryOf(key, person, telling, lookups)),
        );
        return { _id, keys: tellings.map(({ entry }) => entry.key), deliveries };
      }),
    );
    const deliveries = told.flatMap((one) => one.deliveries);
    await insertNew(deliveriesOf(house), deliveries);
    const takings = told
      .filter(({ keys }) => keys.length > 0)
      .map(({ _id, keys }) => ({
        updateOne: { filter: { _id }, update: { $pull: { outbox: { key: { $in: keys } } } } },
      }));
    if (takings.length > 0) await collection.bulkWrite(takings, { ordered: false });
    return {
      entries: told.reduce((sum, { keys }) => sum + keys.length, 0),
      waiting: deliveries.some((one) => one.state === 'queued'),
    };
  }

  /** Relays what a collection has beyond its first batch. */
  async function relayRest(name: string, lookups: Lookups): Promise<Relayed> {
    const collection = collectionOf(name);
    const cursor = collection.find(SOMETHING_TO_TELL, { projection: { outbox: 1 }, batchSize: BATCH });
    const sum = { entries: 0, waiting: false };
    try {
      let batch: Told[] = [];
      const flush = async () => {
        add(sum, await relay(collection, batch, lookups));
        batch = [];
      };
      for await (const document of cursor) {
        batch.push(document as Told);
        if (batch.length === BATCH) await flush();
      }
      if (batch.length > 0) await flush();
      return sum;
    } finally {
      await cursor.close();
    }
  }

  const collectionOf = (name: string) => house.db.collection(name) as unknown as mongo.Collection<Told>;

  /** The first batch of each collection that has something to tell: one question, as mostly none has. */
  async function firstBatches(): Promise<Map<string, Told[]>> {
    const look = (name: string) => [
      { $match: SOMETHING_TO_TELL },
      { $limit: BATCH },
      { $project: { outbox: 1, of: { $literal: name } } },
    ];
    const [first = NOTICES, ...others] = collections;
    const found = collectionOf(first).aggregate<Told & { of: string }>([
      ...look(first),
      ...others.map((coll) => ({ $unionWith: { coll, pipeline: look(coll) } })),
    ]);
    const batches = new Map<string, Told[]>();
    for await (const { of, ...document } of found) {
      const batch = batches.get(of);
      if (batch) batch.push(document);
      else batches.set(of, [document]);
    }
    return batches;
  }

  return {
    /** Relays all there is. */
    async pass(): Promise<Relayed> {
      const lookups: Lookups = { holders: new Map(), addresses: new Map() };
      const sum = { entries: 0, waiting: false };
      await Promise.all(
        [...(await firstBatches())].map(async ([name, batch]) => {
          add(sum, await relay(collectionOf(name), batch, lookups));
          if (batch.length === BATCH) add(sum, await relayRest(name, lookups));
        }),
      );
      return sum;
    },
  };
}

function add(sum: Relayed, { entries, waiting }: Relayed): void {
  sum.entries += entries;
  sum.waiting ||= waiting;
}

/** What decides whether somebody wants a message now; its name does so of a reminder only. */
export const aboutOf = (name: string, { urgent = false, kind = 'matter' }: Partial<Message> = {}): About => ({
  urgent,
  kind,
  ...(kind === 'reminder' && { message: name }),
});

/** What is meant for one goes before what everybody hears. */
function rankOf({ to }: OutboxEntry, { urgent }: Words, message: Message | undefined): number {
  if (urgent) return RANKS.urgent;
  return 'living' in to || 'people' in to || message?.toMany ? RANKS.broadcast : RANKS.ordinary;
}

export type Relay = ReturnType<typeof createRelay>;

function once<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const asked = known.get(key) ?? ask();
  known.set(key, asked);
  return asked;
}
