import type { mongo } from 'mongoose';
import mongoose from 'mongoose';
import type { Message } from '../core/feature.ts';
import type { House } from '../core/house.ts';
import { insertNew, isDuplicate } from '../core/insert.ts';
import { addDays, atCivil, dayOf, HOUR } from '../core/time.ts';
import { digestWords, passed } from './messages.ts';
import { type Delivery, deliveriesOf, INBOX, RANKS } from './model.ts';

/** So many messages a day reach a person's chat one by one; the others of the day wait for one that lists them. */
export const SINGLES_A_DAY = 3;
/** Of so many the titles are listed. */
export const MOST_LISTED = 10;
/** Name of the message that lists others. */
export const DIGEST = 'push.digest';
/** Where the whole of it is to be read. */
const INBOX_PAGE = '/pages/inbox/inbox';

/** Which messages went to a person's chat one by one on a Shanghai day. */
interface PushDay {
  /** `2026-03-09:` and the person. */
  _id: string;
  at: Date;
  /** Keys of their deliveries. */
  singles: string[];
}

/** Name of the model and of its collection. */
export const PUSH_DAYS = 'push_days';

export const pushDaySchema = new mongoose.Schema(
  {
    _id: { type: String, required: true },
    at: { type: Date, required: true },
    singles: { type: [String], required: true },
  },
  { versionKey: false, autoIndex: false },
);
pushDaySchema.index({ at: 1 });

export const pushDaysOf = ({ db }: Pick<House, 'db'>) =>
  db.collection(PUSH_DAYS) as unknown as mongo.Collection<PushDay>;

/** When what is put off now is told: at half past five in the afternoon or, after that, at half past eight next morning. */
export function digestAt(now: Date): Date {
  const today = dayOf(now);
  const evening = atCivil(today, 17, 30);
  return now < evening ? evening : atCivil(addDays(today, 1), 8, 30);
}

/**
 * Messages that wait to be told together. A list is a delivery of its own, under a key made of the person and the moment, and
 * goes the way of all others: leased, tried, settled. What waits for it stays in the queue an hour beyond that moment, so
 * that nothing is lost should it come too late for the list; whoever sends the list first takes out of the queue, one
 * conditional write each, what it will tell. So each is told once: singly or in a list, never both.
 */
export function openDigests(house: House, messages: Readonly<Record<string, Message>>, singlesADay: number) {
  const deliveries = () => deliveriesOf(house);
  const days = () => pushDaysOf(house);

  /** Whether a message leaves by itself: it is urgent, an answer, or one of the first few of the day. */
  async function goesSingly({ _id, to, urgent, message }: Delivery, now: Date): Promise<boolean> {
    if (urgent || message === DIGEST || messages[message]?.kind === 'answer') return true;
    if (singlesADay === Number.POSITIVE_INFINITY) return true;
    const day = `${dayOf(now)}:${to}`;
    const take = (upsert: boolean) =>
      days().updateOne(
        { _id: day, $or: [{ singles: _id }, { [`singles.${singlesADay - 1}`]: { $exists: false } }] },
        { $addToSet: { singles: _id }, $setOnInsert: { at: now } },
        { upsert },
      );
    try {
      await take(true);
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // The day's record is there: it is full, or another made it just now.
      return (await take(false)).matchedCount > 0;
    }
  }

  /** The list a message of now waits for, made when it is the first to do so. @returns its key and moment */
  async function listFor({ to, via }: Delivery, now: Date): Promise<{ digest: string; at: Date }> {
    const at = digestAt(now);
    const digest = `${DIGEST}:${at.toISOString()}:${to}`;
    const list: Delivery = {
      _id: digest,
      to,
      message: DIGEST,
      title: '',
      text: '',
      data: {},
      urgent: false,
      state: 'queued',
      createdAt: now,
      // It says nothing the inbox does not have: nobody reads it there.
      readAt: now,
      attempts: 0,
      ...(via === undefined ? {} : { via }),
      rank: RANKS.ordinary,
      nextAt: at,
    };
    await insertNew(deliveries(), [list]);
    return { digest, at: new Date(at.getTime() + HOUR) };
  }

  /** Whether the list a message waits for is still to be sent. */
  async function isComing(digest: string): Promise<boolean> {
    const list = await deliveries().findOne({ _id: digest }, { projection: { state: 1 } });
    return list?.state === 'queued' || list?.state === 'leased';
  }

  /**
   * What a list comes to now: what no longer holds or is no longer wanted is left out, one message alone is sent as it is,
   * more in one with their titles. From here on they are the list's to tell.
   */
  async function composed(
    list: Delivery,
    ask: Record<'holds' | 'isWanted', (delivery: Delivery) => Promise<boolean>>,
    now: Date,
  ): Promise<Delivery | undefined> {
    const { _id: digest, to } = list;
    // An attempt that may have arrived is made again with the same messages or not at all.
    if (!list.trying) {
      await deliveries().updateMany({ digest, state: 'queued' }, {
        $set: { state: 'gathered' },
        $unset: { via: '', rank: '', nextAt: '' },
      } as mongo.UpdateFilter<Delivery>);
    }
    const waiting = await deliveries().find({ digest, to, state: 'gathered' }).sort({ createdAt: 1, _id: 1 }).toArray();
    const kept: Delivery[] = [];
    for (const one of waiting) {
      if (!(await ask.isWanted(one))) await leave(one, { sentAt: now });
      else if (!(await ask.holds(one))) await leave(one, { sentAt: now, passedAt: now, text: passed(one.text) });
      else kept.push(one);
    }
    const [only] = kept;
    if (kept.length < 2) return only;
    return {
      ...list,
      title: digestWords.title(kept.length),
      text: digestWords.text(kept.slice(0, MOST_LISTED), kept.length - MOST_LISTED),
      link: INBOX_PAGE,
    };
  }

  /** Leaves one of the gathered at the inbox. */
  const leave = ({ _id }: Delivery, fields: Partial<Delivery>) =>
    deliveries().updateOne({ _id, state: 'gathered' }, {
      $set: { state: 'sent', channel: INBOX, ...fields },
      $unset: { digest: '' },
    } as mongo.UpdateFilter<Delivery>);

  /** Settles what a list told, or could not tell, before the list itself is settled. */
  async function settleTold({ _id: digest }: Delivery, channel: string, now: Date): Promise<void> {
    await deliveries().updateMany({ digest, state: 'gathered' }, {
      $set: { state: 'sent', channel, sentAt: now },
      $unset: { digest: '' },
    } as mongo.UpdateFilter<Delivery>);
  }

  return { goesSingly, listFor, isComing, composed, settleTold };
}
