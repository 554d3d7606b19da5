import { z } from 'zod';
import type { Page } from '../core/feature.ts';
import type { House } from '../core/house.ts';
import { decodeCursor, encodeCursor } from '../core/page.ts';
import { DIGEST } from './digest.ts';
import { type Delivery, deliveriesOf } from './model.ts';

/** A message as its reader sees it. */
export type InboxItem = Pick<Delivery, 'message' | 'title' | 'text' | 'link' | 'urgent' | 'createdAt' | 'readAt'> & {
  key: string;
};

/**
 * What a message is called to its reader. Its own key tells of jobs, people and occasions that its words take care not to
 * name, so that a keyed hash stands for it: always the same one, and good for nothing but to find it again.
 */
const shownKey = ({ vault }: Pick<House, 'vault'>, id: string): string => vault.fingerprint(`inbox\n${id}`);

/** More unread than this is not counted: nobody reads "4,317 unread" differently. */
export const MOST_UNREAD = 100;

const place = z.tuple([z.iso.datetime(), z.string().max(300)]);

const SHOWN = { message: 1, title: 1, text: 1, link: 1, urgent: 1, createdAt: 1, readAt: 1 } as const;

/**
 * A page of a person's messages, newest first.
 * @throws HaolinError invalid_input when the cursor is not one of ours
 */
export async function listInbox(
  house: Pick<House, 'db' | 'vault'>,
  person: string,
  query: { limit: number; cursor?: string | undefined; unread?: boolean | undefined },
): Promise<Page<InboxItem>> {
  const after = query.cursor === undefined ? undefined : decodeCursor(house.vault, query.cursor, place);
  const found = await deliveriesOf(house)
    .find({
      to: person,
      // What lists others says nothing that is not here already.
      message: { $ne: DIGEST },
      ...(query.unread && { readAt: { $exists: false } }),
      ...(after && {
        createdAt: { $lte: new Date(after[0]) },
        $or: [{ createdAt: { $lt: new Date(after[0]) } }, { _id: { $lt: after[1] } }],
      }),
    })
    .project<Pick<Delivery, '_id' | keyof typeof SHOWN>>(SHOWN)
    .sort({ createdAt: -1, _id: -1 })
    .limit(query.limit + 1)
    .toArray();
  const page = found.slice(0, query.limit);
  const items = page.map(({ _id, ...shown }) => ({ key: shownKey(house, _id), ...shown }));
  const last = page.at(-1);
  if (found.length <= query.limit || !last) return { items };
  return { items, next: encodeCursor(house.vault, [last.createdAt.toISOString(), last._id]) };
}

/** How many messages a person has not read, counted up to `MOST_UNREAD`. */
export async function countUnread(house: Pick<House, 'db'>, person: string): Promise<number> {
  return deliveriesOf(house).countDocuments({ to: person, readAt: null as never }, { limit: MOST_UNREAD });
}

/**
 * Marks a person's messages as read: those named, or all up to a moment. Others' keys are passed over.
 * @returns how many were unread until now
 */
export async function markRead(
  house: Pick<House, 'db' | 'clock' | 'vault'>,
  person: string,
  which: { keys: readonly string[] } | { until: Date },
): Promise<number> {
  const { modifiedCount } = await deliveriesOf(house).updateMany(
    {
      to: person,
      readAt: null as never,
      ...('keys' in which
        ? { _id: { $in: await unreadAmong(house, person, new Set(which.keys)) } }
        : { createdAt: { $lte: which.until } }),
    },
    { $set: { readAt: house.clock.now() } },
  );
  return modifiedCount;
}

/** Ids of those of a person's unread messages that go by these keys: nobody else's can be among them. */
async function unreadAmong(
  house: Pick<House, 'db' | 'vault'>,
  person: string,
  keys: ReadonlySet<string>,
): Promise<string[]> {
  const ids: string[] = [];
  const unread = deliveriesOf(house)
    .find({ to: person, readAt: null as never })
    .project<Pick<Delivery, '_id'>>({ _id: 1 });
  for await (const { _id } of unread) {
    if (keys.has(shownKey(house, _id))) ids.push(_id);
    if (ids.length === keys.size) break;
  }
  return ids;
}
