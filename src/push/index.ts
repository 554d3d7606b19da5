import type { Schema } from 'mongoose';
import type { Job, Message, Route } from '../core/feature.ts';
import type { House } from '../core/house.ts';
import { NOTICES, noticeSchema } from '../core/notice.ts';
import { within } from '../core/patience.ts';
import { type Rounds, startRounds } from '../core/rounds.ts';
import { MINUTE } from '../core/time.ts';
import type { PushChannel } from './channel.ts';
import { PUSH_DAYS, pushDaySchema, SINGLES_A_DAY } from './digest.ts';
import { pushRoutes } from './http.ts';
import { DELIVERIES, deliverySchema } from './model.ts';
import { createRelay } from './relay.ts';
import { createSender } from './sender.ts';
import { tidy } from './tidy.ts';

export { GiveUp, type PushChannel, RetryLater, TryNextChannel } from './channel.ts';
export { countUnread, type InboxItem, listInbox, markRead } from './inbox.ts';
export type { Delivery } from './model.ts';

/** From a move's outbox to people: relay, deliveries, inbox and channels. */
export interface Push {
  /** Relays and sends from now on: when woken, and every few seconds in case the waking was lost. */
  start(): Promise<void>;
  /**
   * Takes nothing more and lets the sends under way finish, for at most `graceMs`. One that does not is taken up by another
   * process when its lease is over, as after a crash.
   */
  stop(graceMs?: number): Promise<void>;
  /** Turns all outbox entries into deliveries. @returns how many entries */
  relayOnce(): Promise<number>;
  /** Sends all that is due through this process's channels. @returns how many deliveries were handled */
  sendOnce(): Promise<number>;
  /** Relays and sends until nothing is due by the house's clock. */
  drain(): Promise<void>;
  routes: readonly Route[];
  jobs: readonly Job[];
  models: Readonly<Record<string, Schema>>;
}

export interface PushOptions {
  house: House;
  /** Every feature's messages, by name. */
  messages: Readonly<Record<string, Message>>;
  /** Names of the aggregates, which are those of their collections. */
  aggregates: readonly string[];
  channels: readonly PushChannel[];
  /** From 0 up to 1; spreads retries. */
  random?: () => number;
  /** How many ordinary messages a day go to a person's chat one by one before the others wait for a list; 3 by default. */
  singlesADay?: number;
}

/** Wakes relays: something was written that has messages to tell. */
const OUTBOX = 'outbox';
const LOOK_EVERY_MS = 3_000;
/** A single message leaves at once; of many that come one after another, those of so long leave together. */
const RELAYS_APART_MS = 100;
const GRACE_MS = 5_000;
const ORPHANS_EVERY_MS = 10 * MINUTE;

/** Puts the push together and declares its models on the house's connection. Nothing runs before `start`. */
export function createPush(options: PushOptions): Push {
  const { house, messages, aggregates, channels, random = Math.random, singlesADay = SINGLES_A_DAY } = options;
  const models = { [DELIVERIES]: deliverySchema, [NOTICES]: noticeSchema, [PUSH_DAYS]: pushDaySchema };
  for (const [name, schema] of Object.entries(models)) {
    if (!house.db.models[name]) house.db.model(name, schema, name);
  }
  const relay = createRelay({ house, collections: [...aggregates, NOTICES], messages });
  const sender = createSender({ house, messages, channels, random, singlesADay });
  const relaying = inTurn();
  const hands = sender.hands.map((hand) => ({ work: hand, turn: inTurn() }));
  let running: { stop(graceMs: number): Promise<void> } | undefined;

  const relayOnce = () =>
    relaying(async () => {
      const { entries, waiting } = await relay.pass();
      // The process that speaks the channel may be another one.
      if (waiting) await house.coordination.publish(DELIVERIES, {});
      return entries;
    });

  async function sendOnce(): Promise<number> {
    const [handled] = await Promise.all([
      Promise.all(hands.map(({ work, turn }) => turn(() => work()))),
      sender.layDownOrphans(),
    ]);
    return handled.reduce((sum, one) => sum + one, 0);
  }

  const rounds = (work: () => Promise<unknown>, everyMs: number, what: string, apartMs = 0): Rounds =>
    startRounds({
      work,
      everyMs,
      apartMs,
      onTrouble: (error) => house.log.error({ err: error }, `${what} failed and will be tried again`),
    });

  async function start(): Promise<void> {
    if (running) return;
    const stopping = new AbortController();
    const relays = rounds(relayOnce, LOOK_EVERY_MS, 'relaying messages', RELAYS_APART_MS);
    const sends = hands.map(({ work, turn }) =>
      rounds(() => turn(() => work(stopping.signal)), LOOK_EVERY_MS, 'sending messages'),
    );
    const orphans = rounds(sender.layDownOrphans, ORPHANS_EVERY_MS, 'laying down messages');
    const endings = [
      house.coordination.subscribe(OUTBOX, () => relays.wake()),
      house.coordination.subscribe(DELIVERIES, () => {
        for (const one of sends) one.wake();
      }),
    ];
    running = {
      async stop(graceMs) {
        stopping.abort();
        const deaf = endings.map(async (end) => (await end)());
        await within(graceMs, Promise.all([...deaf, ...[relays, ...sends, orphans].map((one) => one.stop())]));
      },
    };
    await Promise.all(endings);
  }

  return {
    start,
    async stop(graceMs = GRACE_MS) {
      const ending = running;
      running = undefined;
      await ending?.stop(graceMs);
    },
    relayOnce,
    sendOnce,
    async drain() {
      while ((await relayOnce()) + (await sendOnce()) > 0);
    },
    routes: pushRoutes,
    jobs: [tidy],
    models,
  };
}

/** One at a time within this process: whoever asks while one is under way gets one that begins after it. */
function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
