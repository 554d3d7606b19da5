import type { mongo } from 'mongoose';
import type { House } from '../core/house.ts';
import { DAY } from '../core/time.ts';

/** Message ids are remembered this long. */
const KEPT_S = (30 * DAY) / 1_000;

/** Indexes of the chat's own collections, those that let old rows go included. */
export async function createIndexes({ db }: House): Promise<void> {
  await Promise.all([
    db.collection('chat_messages').createIndex({ seenAt: 1 }, { expireAfterSeconds: KEPT_S }),
    db.collection('chat_messages').createIndex({ state: 1, seenAt: 1 }),
    db.collection('chat_dialogues').createIndex({ expireAt: 1 }, { expireAfterSeconds: 0 }),
    db.collection('chat_said').createIndex({ at: 1 }, { expireAfterSeconds: KEPT_S }),
  ]);
}

export interface SaidRow {
  _id: string;
  at: Date;
}

/** Says something once under its key, however often it is asked to; a saying that failed may be asked for again. */
export function sayOnce(
  rows: mongo.Collection<SaidRow>,
  puppet: string,
  now: () => Date,
  say: (contact: string, text: string) => Promise<void>,
): (contact: string, text: string, key: string) => Promise<void> {
  const underWay = new Map<string, Promise<void>>();

  async function once(contact: string, text: string, id: string): Promise<void> {
    if (await rows.findOne({ _id: id })) return;
    await say(contact, text);
    await rows.updateOne({ _id: id }, { $setOnInsert: { at: now() } }, { upsert: true });
  }

  return (contact, text, key) => {
    const id = `${puppet}:${key}`;
    const running = underWay.get(id);
    if (running) return running;
    const saying = once(contact, text, id).finally(() => underWay.delete(id));
    underWay.set(id, saying);
    return saying;
  };
}
