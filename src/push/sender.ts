import { randomUUID } from 'node:crypto';
import type { mongo } from 'mongoose';
import { readAggregate } from '../core/aggregate.ts';
import type { Message } from '../core/feature.ts';
import type { Address, House } from '../core/house.ts';
import type { Aggregate } from '../core/lifecycle.ts';
import { DAY, HOUR, MINUTE, outsideQuietHours } from '../core/time.ts';
import { backoff, MOST_ATTEMPTS } from './backoff.ts';
import { type PushChannel, RetryLater, reasonOf, verdictOf } from './channel.ts';
import { DIGEST, openDigests, SINGLES_A_DAY } from './digest.ts';
import { passed } from './messages.ts';
import { type Delivery, deliveriesOf, INBOX, RANKS } from './model.ts';
import { oneByOne, type Take } from './one-by-one.ts';
import { aboutOf } from './relay.ts';

/** How long after its sender's death a delivery is taken up by another. A living sender renews it while it sends. */
export const LEASE_MS = MINUTE;
/** What waits this long for a channel no process speaks any more lies in the inbox only. */
const ORPHANED_MS = 3 * DAY;
/** Where a channel does not answer at all, its hand must not be tied for ever. */
export const ANSWER_WITHIN_MS = 5 * MINUTE;
const AT_ONCE = 4;
/** So many messages to one person each may leave before one of those that everybody hears has its turn. */
export const PERSONAL_IN_A_ROW = 4;

/** Fields of a delivery on its way; none is left on one that is settled. */
const UNDER_WAY = { via: '', rank: '', nextAt: '', digest: '', lease: '', leaseUntil: '', trying: '' } as const;

type Leased = Delivery & { lease: string; via: string };

export interface SenderOptions {
  house: House;
  messages: Readonly<Record<string, Message>>;
  channels: readonly PushChannel[];
  random: () => number;
  /** How many ordinary messages a day go to a person one by one. */
  singlesADay?: number;
}

/**
 * Carries deliveries to people. Every step is one conditional write on the delivery, so any number of senders in any number
 * of processes share the work, and a process only takes what waits for a channel it speaks.
 *
 * Just before a channel is asked, the attempt is written down (`trying`). Should the process die between asking and writing
 * what came of it, nobody can know whether the message left: the next sender then leaves it at the inbox – unless the
 * channel recognises keys, when the same attempt is made again.
 */
export function createSender({ house, messages, channels, random, singlesADay = SINGLES_A_DAY }: SenderOptions) {
  const digests = openDigests(house, messages, singlesADay);
  const deliveries = () => deliveriesOf(house);

  /** How many in a row went to one person each, while others may have waited with what everybody hears. */
  const inARow = new Map<string, number>();

  /** The next one due for a channel: see `turnOf`; of one rank, who waited longest before the others. */
  async function lease(via: string): Promise<Leased | undefined> {
    const turn = turnOf(inARow.get(via) ?? 0);
    for (const ranks of turn) {
      const now = house.clock.now();
      const leaseUntil = new Date(now.getTime() + LEASE_MS);
      const taken = await deliveries().findOneAndUpdate(
        // Ranks by name, not as a range: the index then leads to the first one due, past all that waits for the morning.
        { via, rank: { $in: [...ranks] }, nextAt: { $lte: now } },
        { $set: { state: 'leased', lease: randomUUID(), leaseUntil, nextAt: leaseUntil } },
        { sort: { rank: 1, nextAt: 1 }, returnDocument: 'after' },
      );
      if (!taken) continue;
      if (taken.rank === RANKS.ordinary) inARow.set(via, turn.length > 1 ? 1 : (inARow.get(via) ?? 0) + 1);
      if (taken.rank === RANKS.broadcast) inARow.delete(via);
      return taken as Leased;
    }
    inARow.delete(via);
    return undefined;
  }

  /** Writes to a delivery that is still ours; false when the lease was lost to another sender. */
  async function write({ _id, lease: held }: Leased, update: mongo.UpdateFilter<Delivery>): Promise<boolean> {
    const { matchedCount } = await deliveries().updateOne({ _id, lease: held }, update);
    if (matchedCount === 0) house.log.warn({ key: _id }, 'a delivery was taken over by another sender meanwhile');
    return matchedCount > 0;
  }

  async function settle(delivery: Leased, fields: Partial<Delivery>): Promise<boolean> {
    if (delivery.message === DIGEST) await digests.settleTold(delivery, fields.channel ?? INBOX, house.clock.now());
    return write(delivery, { $set: fields, $unset: UNDER_WAY } as mongo.UpdateFilter<Delivery>);
  }

  const settleAtInbox = (delivery: Leased, lastError?: string) =>
    settle(delivery, {
      state: 'sent',
      channel: INBOX,
      sentAt: house.clock.now(),
      ...(lastError === undefined ? {} : { lastError }),
    });

  /** Whether a delivery still says how things are, by the document it tells of and by whatever else its feature asks. */
  async function holds({ _id, message, about, to, data, createdAt: at }: Delivery, now: Date): Promise<boolean> {
    const { holds: ask, stands } = messages[message] ?? {};
    const told = { to, data, at, now };
    const document = ask && about && (await readAggregate(house.model<Aggregate>(about.aggregate), about.id));
    if (ask && about && !document) return false;
    try {
      return (!ask || !document || ask(document, told)) && (!stands || (await stands(told, house)));
    } catch (error) {
      house.log.error({ key: _id, message, err: error }, 'whether a message still holds could not be found out');
      return true;
    }
  }

  const addressesFor = ({ to, message, urgent }: Delivery) =>
    house.directory.addresses(to, aboutOf(message, { ...messages[message], urgent }));

  /** What is asked of each message before it is listed with others. */
  const asking = (now: Date) => ({
    holds: (one: Delivery) => holds(one, now),
    isWanted: async (one: Delivery) => (await addressesFor(one)).length > 0,
  });

  async function bury(delivery: Leased, lastError: string): Promise<void> {
    await settle(delivery, { state: 'dead', lastError });
    house.log.error({ key: delivery._id, channel: delivery.via, reason: lastError }, 'a message could not be pushed');
  }

  const requeue = (delivery: Leased, nextAt: Date, rest: Partial<Delivery> = {}, tried?: string) =>
    write(delivery, {
      $set: { state: 'queued', nextAt, ...rest },
      $unset: { lease: '', leaseUntil: '', trying: '' },
      ...(tried === undefined ? {} : { $addToSet: { tried } }),
    } as mongo.UpdateFilter<Delivery>);

  const allowed = ({ urgent }: Delivery, at: Date) => (urgent ? at : outsideQuietHours(at));

  async function handle(delivery: Leased, channel: PushChannel): Promise<void> {
    const now = house.clock.now();
    if (delivery.trying && !channel.recognisesKeys) {
      await settleAtInbox(delivery, `unfinished attempt through ${delivery.trying.channel}`);
      return;
    }
    const earliest = allowed(delivery, now);
    if (earliest > now) {
      await requeue(delivery, earliest);
      return;
    }
    const addresses = await addressesFor(delivery);
    const address = addresses.find((one) => !delivery.tried?.includes(labelOf(one)));
    if (!address) {
      await settleAtInbox(delivery, delivery.lastError);
      return;
    }
    if (address.channel !== channel.name) {
      await requeue(delivery, now, { via: address.channel });
      return;
    }
    if (!(await holds(delivery, now))) {
      await settle(delivery, {
        state: 'sent',
        channel: INBOX,
        sentAt: now,
        passedAt: now,
        text: passed(delivery.text),
      });
      return;
    }
    if (await isPutOff(delivery, now)) return;
    const parcel = delivery.message === DIGEST ? await digests.composed(delivery, asking(now), now) : delivery;
    if (!parcel) {
      await settleAtInbox(delivery);
      return;
    }
    const trying = { channel: channel.name, target: address.target, at: now };
    const { title, text } = parcel;
    if (!(await write(delivery, { $set: { trying, title, text }, $inc: { attempts: 1 } }))) return;
    await attempt(delivery, channel, address, parcel);
  }

  /** Keeps for the day's list what is one too many. What was kept and came too late for its list begins anew. */
  async function isPutOff(delivery: Leased, now: Date): Promise<boolean> {
    if (delivery.digest !== undefined && (await digests.isComing(delivery.digest))) {
      await requeue(delivery, new Date(now.getTime() + HOUR));
      return true;
    }
    if (await digests.goesSingly(delivery, now)) return false;
    const { digest, at } = await digests.listFor(delivery, now);
    await requeue(delivery, at, { digest });
    return true;
  }

  /** @param parcel what the channel is given: the delivery, or what it tells instead */
  async function attempt(delivery: Leased, channel: PushChannel, address: Address, parcel: Delivery): Promise<void> {
    const renewal = setInterval(() => void renew(delivery), LEASE_MS / 3);
    renewal.unref();
    const outcome = await answered(async () => channel.send(address, parcel));
    clearInterval(renewal);
    if (outcome === 'sent') {
      await settle(delivery, { state: 'sent', channel: channel.name, sentAt: house.clock.now() });
    } else if (outcome === 'unanswered' && !channel.recognisesKeys) {
      await settleAtInbox(delivery, `unanswered attempt through ${channel.name}`);
    } else {
      await conclude(delivery, address, outcome === 'unanswered' ? new RetryLater('no answer') : outcome.error);
    }
  }

  async function renew({ _id, lease: held }: Leased): Promise<void> {
    const leaseUntil = new Date(house.clock.now().getTime() + LEASE_MS);
    try {
      await deliveries().updateOne({ _id, lease: held }, { $set: { leaseUntil, nextAt: leaseUntil } });
    } catch (error) {
      house.log.warn({ key: _id, err: error }, 'the lease of a delivery could not be renewed');
    }
  }

  async function conclude(delivery: Leased, address: Address, error: unknown): Promise<void> {
    const verdict = verdictOf(error);
    const lastError = reasonOf(error);
    const attempts = delivery.attempts + 1;
    const now = house.clock.now();
    if (verdict.kind === 'next') {
      await requeue(delivery, now, { lastError }, labelOf(address));
    } else if (verdict.kind === 'never' || attempts >= MOST_ATTEMPTS) {
      await bury(delivery, lastError);
    } else {
      const delay = Math.max(verdict.afterMs, backoff(attempts, random()));
      await requeue(delivery, allowed(delivery, new Date(now.getTime() + delay)), { lastError });
      house.log.debug({ key: delivery._id, channel: address.channel, reason: lastError }, 'a push will be tried again');
    }
  }

  /** Takes and sends until nothing is due, or until `signal` says so. */
  async function work(channel: PushChannel, take: Take<Leased>, signal: AbortSignal | undefined): Promise<number> {
    for (let handled = 0; ; handled += 1) {
      const delivery = await take(signal);
      if (!delivery) return handled;
      await handle(delivery, channel);
    }
  }

  async function layDownOrphans(): Promise<void> {
    const now = house.clock.now();
    const before = new Date(now.getTime() - ORPHANED_MS);
    // The range keeps it to the small index of what is on its way.
    const orphaned = { via: { $gt: '', $nin: channels.map(({ name }) => name) }, nextAt: { $lte: before } };
    if ((await deliveries().findOne(orphaned, { projection: { _id: 1 } })) === null) return;
    // What a list was to tell goes with it, first: once it is laid down nobody looks for that any more.
    for await (const list of deliveries().find({ ...orphaned, message: DIGEST })) {
      await digests.settleTold(list, INBOX, now);
    }
    const { modifiedCount } = await deliveries().updateMany(orphaned, {
      $set: { state: 'dead', lastError: 'no process speaks this channel' },
      $unset: UNDER_WAY,
    });
    if (modifiedCount > 0) house.log.error({ count: modifiedCount }, 'messages waited in vain for a channel');
  }

  return {
    /**
     * As many for each channel as it sends at once, each working by itself: one that waits for a slow answer keeps
     * nobody else. Each sends what is due and says how many deliveries that were; the signal ends it after the present one.
     */
    hands: channels.flatMap((channel) => {
      const take = oneByOne(() => lease(channel.name));
      const hand = (signal?: AbortSignal) => work(channel, take, signal);
      return Array.from({ length: channel.atOnce ?? AT_ONCE }, () => hand);
    }),
    /** Gives up on what no process of the house has been able to send for days. */
    layDownOrphans,
  };
}

/**
 * Which ranks are asked for a delivery, one group after another; within a group the lower rank goes first. What is urgent
 * always does. What is meant for one goes before what everybody hears, but of every so many that leave one is the
 * latter's: where people are written to all day, a notice still comes through. Pure.
 * @param inARow how many meant for one left since the last that everybody hears
 */
export function turnOf(inARow: number): readonly (readonly number[])[] {
  const { urgent, ordinary, broadcast } = RANKS;
  return inARow >= PERSONAL_IN_A_ROW ? [[urgent, broadcast], [ordinary]] : [[urgent, ordinary, broadcast]];
}

type Outcome = 'sent' | 'unanswered' | { error: unknown };

/** What a channel answers, if it does within a time far beyond any pacing. */
async function answered(send: () => Promise<void>): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve('unanswered'), ANSWER_WITHIN_MS);
    timer.unref();
  });
  const answer = send().then(
    (): Outcome => 'sent',
    (error: unknown): Outcome => ({ error }),
  );
  try {
    return await Promise.race([answer, patience]);
  } finally {
    clearTimeout(timer);
  }
}

const labelOf = ({ channel, target }: Address): string => `${channel}:${target}`;
