import type { mongo } from 'mongoose';
import { z } from 'zod';
import type { Conditions } from '../../core/ability.ts';
import type { House } from '../../core/house.ts';
import type { Aggregate } from '../../core/lifecycle.ts';
import { decodeCursor, encodeCursor } from '../../core/page.ts';

export interface PageQuery {
  limit?: number | undefined;
  cursor?: string | undefined;
}

const cursorSchema = z.object({ at: z.iso.datetime(), id: z.string().regex(/^[0-9a-f]{24}$/) });
const DEFAULT_LIMIT = 20;

/** A page of what all filters let through, the newest first, without history and outbox. @throws HaolinError invalid_input for a bent cursor */
export async function pageOf<D extends Aggregate>(
  house: House,
  collection: mongo.Collection<Aggregate>,
  filters: readonly Conditions[],
  { limit = DEFAULT_LIMIT, cursor }: PageQuery,
): Promise<{ items: D[]; next?: string }> {
  const from = cursor === undefined ? undefined : decodeCursor(house.vault, cursor, cursorSchema);
  const moment = from && new Date(from.at);
  const after = from ? { $or: [{ createdAt: { $lt: moment } }, { createdAt: moment, _id: { $lt: from.id } }] } : {};
  const found = (await collection
    .find({ $and: [...filters, after] } as mongo.Filter<Aggregate>)
    .project({ history: 0, outbox: 0 })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit + 1)
    .toArray()) as unknown as D[];
  const items = found.slice(0, limit);
  const last = items.at(-1);
  if (found.length <= limit || !last) return { items };
  return { items, next: encodeCursor(house.vault, { at: last.createdAt.toISOString(), id: last._id }) };
}
