import type { Model } from 'mongoose';
import { z } from 'zod';
import type { Conditions } from './ability.ts';
import { rawCollection } from './aggregate.ts';
import { oneFor, shared } from './gather.ts';
import type { House } from './house.ts';
import type { Aggregate } from './moves.ts';
import { decodeCursor, encodeCursor } from './page.ts';

/** Equalities an index can answer, and in `$and` what is looked at afterwards. */
export type Filter = Conditions & { $and?: Conditions[] };

/** A page of a list of aggregates. */
export interface Listing<D extends Aggregate> {
  model: Model<D>;
  filter: Filter;
  /** What the list is in the order of; the id decides between equals. */
  field: string & keyof D;
  direction: 1 | -1;
  limit: number;
  /** Where the page before ended. */
  cursor?: string | undefined;
  /** What a document holds there, where it may be missing. */
  placeOf(doc: D): Date | number;
  /** Fields no line looks at: taking bytes apart is what a page costs. */
  without: Readonly<Record<string, 0>>;
}

/**
 * Reads one page in one query. What many ask for at once is read once for all of them: do not change what is returned.
 * @returns the documents, and the cursor of the page after this one if there is one
 * @throws HaolinError invalid_input for a cursor that is not this list's
 */
export async function pageOf<D extends Aggregate>(
  house: House,
  { model, filter, field, direction, limit, cursor, placeOf, without }: Listing<D>,
): Promise<{ page: D[]; next?: string }> {
  const { $and: also = [], ...plain } = filter;
  const later = cursor === undefined ? undefined : after(house, cursor, field, direction);
  const every = [...also, ...(later ? [later.orSame] : [])];
  const found = (await readerOf(model as unknown as Model<Aggregate>)({
    filter: {
      ...plain,
      // The range goes where the index looks; which of those at the same moment follow is decided after it.
      ...(later && { [field]: { ...(plain[field] as Conditions | undefined), ...later.range } }),
      ...(every.length > 0 && { $and: every }),
    },
    sort: { [field]: direction, _id: direction },
    limit: limit + 1,
    without,
  })) as readonly unknown[] as readonly D[];
  const page = found.slice(0, limit);
  const last = page.at(-1);
  if (found.length <= limit || !last) return { page };
  const place = placeOf(last);
  const values = [field, typeof place === 'number' ? 'number' : 'date', Number(place), last._id];
  return { page, next: encodeCursor(house.vault, values) };
}

interface PageQuery {
  filter: Conditions;
  sort: Record<string, 1 | -1>;
  limit: number;
  without: Readonly<Record<string, 0>>;
}

/** Many look at the same wall and the same grid at once: the same page is read once for all of them. */
const readerOf = oneFor((model: Model<Aggregate>) =>
  shared(
    async ({ filter, sort, limit, without }: PageQuery): Promise<readonly Aggregate[]> =>
      (await rawCollection(model).find(filter).project(without).sort(sort).limit(limit).toArray()) as Aggregate[],
    ({ filter, sort, limit }) => JSON.stringify([filter, sort, limit]),
  ),
);

/** A cursor names its list's order, so that one of another list is not taken for a place in this one. */
const cursorOf = (field: string) =>
  z.tuple([z.literal(field), z.enum(['number', 'date']), z.number().int(), z.string().regex(/^[0-9a-f]{24}$/)]);

function after(
  house: House,
  cursor: string,
  field: string,
  direction: 1 | -1,
): { range: Conditions; orSame: Conditions } {
  const [, kind, place, id] = decodeCursor(house.vault, cursor, cursorOf(field));
  const at = kind === 'number' ? place : new Date(place);
  const beyond = direction === 1 ? '$gt' : '$lt';
  return {
    range: { [direction === 1 ? '$gte' : '$lte']: at },
    orSame: { $or: [{ [field]: { [beyond]: at } }, { _id: { [beyond]: id } }] },
  };
}
