import type { mongo } from 'mongoose';
import mongoose from 'mongoose';
import type { House } from './house.ts';
import { insertNew } from './insert.ts';
import type { OutboxEntry, Recipient } from './lifecycle.ts';

/** A message that no move tells: a job's reminder, say. */
export interface Notice {
  /** Unique for ever: job, subject, recipient and period, `visits.plan:2026-W11:…`. The same key is told once. */
  key: string;
  to: Recipient;
  /** Name of the feature's message. */
  message: string;
  data?: Record<string, unknown>;
}

/** A notice as it is kept: an outbox without an aggregate, so that it leaves by the same way as every other message. */
export interface NoticeDoc {
  _id: string;
  at: Date;
  outbox: OutboxEntry[];
}

/** Name of the model and of its collection. */
export const NOTICES = 'notices';

export const noticeSchema = new mongoose.Schema(
  {
    _id: { type: String, required: true },
    at: { type: Date, required: true },
    outbox: { type: [mongoose.Schema.Types.Mixed], required: true },
  },
  { versionKey: false, minimize: false, autoIndex: false },
);
noticeSchema.index({ 'outbox.key': 1 }, { name: 'outbox', sparse: true });
noticeSchema.index({ at: 1 });

/** Whether something was told under this key; known for a year. */
export async function wasTold({ db }: Pick<House, 'db'>, key: string): Promise<boolean> {
  return (await db.collection(NOTICES).findOne({ _id: key as never }, { projection: { _id: 1 } })) !== null;
}

/** When something was told under these keys, of those it was. */
export async function toldAt({ db }: Pick<House, 'db'>, keys: readonly string[]): Promise<Map<string, Date>> {
  if (keys.length === 0) return new Map();
  const notices = db.collection(NOTICES) as unknown as mongo.Collection<NoticeDoc>;
  const found = await notices
    .find({ _id: { $in: [...keys] } })
    .project<Pick<NoticeDoc, '_id' | 'at'>>({ at: 1 })
    .toArray();
  return new Map(found.map(({ _id, at }) => [_id, at]));
}

/** Notes under a key that all there was to tell is told, so that nobody begins it again. @param at when; now by default */
export async function allTold(
  house: Pick<House, 'db' | 'clock'>,
  keys: string | readonly string[],
  at: Date = house.clock.now(),
): Promise<void> {
  const notices = house.db.collection(NOTICES) as unknown as mongo.Collection<NoticeDoc>;
  await insertNew(
    notices,
    [keys].flat().map((key) => ({ _id: key, at, outbox: [] })),
  );
}

/**
 * Tells people something, each key once however often and from however many processes it is asked for. When this
 * resolves the messages are as safe as a move's; the relay takes them from there.
 * @returns how many were not told before
 */
export async function deliver(
  house: Pick<House, 'db' | 'clock' | 'coordination'>,
  ...notices: readonly Notice[]
): Promise<number> {
  if (notices.length === 0) return 0;
  const at = house.clock.now();
  const rows = notices.map(({ key, to, message, data = {} }): NoticeDoc => {
    return { _id: key, at, outbox: [{ key, to, message, data, at }] };
  });
  const fresh = await insertNew(house.db.collection(NOTICES) as unknown as mongo.Collection<NoticeDoc>, rows);
  if (fresh > 0) await house.coordination.publish('outbox', { aggregate: NOTICES });
  return fresh;
}
