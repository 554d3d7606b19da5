import { z } from 'zod';
import { type Actor, type Conditions, scope } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import type { Page } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { decodeCursor, encodeCursor } from '../../core/page.ts';
import { type Day, dayOf } from '../../core/time.ts';
import { COLOURS, type Colour, type FlagKind } from './kinds.ts';
import { BY_AREA, type CareDoc, type CareState } from './model.ts';
import { servedBy } from './serving.ts';
import { cares } from './store.ts';
import { type CareRow, shownRows } from './views.ts';

/** Which people in care a list is of; all the caller may see without any. */
export interface CareQuery {
  area?: string | undefined;
  /** Only those one looks after oneself. */
  mine?: boolean | undefined;
  colour?: Colour | undefined;
  kind?: FlagKind | undefined;
  person?: string | undefined;
  state?: CareState | undefined;
  /** Only those whose flags are due for review. */
  due?: boolean | undefined;
  /** Only those without a sentinel. */
  alone?: boolean | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

const cursorSchema = z.object({ colour: z.enum(COLOURS), after: z.string().regex(/^[0-9a-f]{24}$/) });

function conditionsOf(caller: Caller, query: CareQuery): Conditions | undefined {
  const { actor, ability, now } = caller;
  const visible = [scope(ability, 'read', 'care'), scope(ability, 'glimpse', 'care')].filter(
    (one) => one !== undefined,
  );
  if (visible.length === 0) return undefined;
  // Whoever is shown a name and a colour learns nothing more by asking for it.
  const kept = scope(ability, 'read', 'care');
  const asksMore = query.kind !== undefined || query.due || query.alone || query.area !== undefined;
  if (asksMore && kept === undefined) return undefined;
  return {
    $and: [
      asksMore ? kept : visible.length === 1 ? visible[0] : { $or: visible },
      query.mine ? { $or: [servedBy(actor), { lead: actor.id }] } : {},
      query.area === undefined ? {} : { areas: query.area },
      query.kind === undefined ? {} : { 'flags.kind': query.kind },
      query.person === undefined ? {} : { person: query.person },
      query.due ? { 'flags.reviewBy': { $lte: dayOf(now) } } : {},
      query.alone ? { sentinel: { $exists: false } } : {},
      { state: query.state ?? 'kept' },
    ],
  };
}

/**
 * A page of the people in care the caller may see, those at greatest risk first. Each of them is written down as seen.
 * @throws HaolinError invalid_input for a bent cursor
 */
export async function listCare(house: House, caller: Caller, query: CareQuery): Promise<Page<CareRow>> {
  const limit = query.limit ?? 20;
  const from = query.cursor === undefined ? undefined : decodeCursor(house.vault, query.cursor, cursorSchema);
  const conditions = conditionsOf(caller, query);
  if (!conditions) return { items: [] };
  const colours = query.colour === undefined ? COLOURS : [query.colour];
  const found: CareDoc[] = [];
  for (const colour of colours.slice(from ? Math.max(0, (colours as readonly Colour[]).indexOf(from.colour)) : 0)) {
    if (found.length > limit) break;
    const after = from?.colour === colour ? { _id: { $gt: from.after } } : {};
    const some = await cares(house)
      .find({ ...conditions, colour, ...after })
      .project<CareDoc>({ history: 0, outbox: 0, notes: 0 })
      .sort({ _id: 1 })
      .limit(limit + 1 - found.length)
      .toArray();
    found.push(...some);
  }
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const items = await shownRows(house, caller, page);
  if (found.length <= limit || !last) return { items };
  return { items, next: encodeCursor(house.vault, { colour: last.colour, after: last._id }) };
}

/** A person in care as plans are made of them. */
export interface CaredFor {
  care: string;
  person: string;
  colour: Colour;
  flags: FlagKind[];
  sentinel?: string;
  lead?: string;
  areas: string[];
  since: Day;
  /** The latest days they were seen on, newest first. */
  visits: Day[];
  lastVisit?: Day;
}

export interface CaredForFilter {
  /** Who lives there, or anywhere below. */
  area?: string;
  sentinel?: string;
  /** Whom somebody is to see: as sentinel or, where there is none, as keeper of the grid. */
  servedBy?: Pick<Actor, 'id' | 'roles'>;
  /** Whom somebody looks in on as household lead. */
  lead?: string;
  persons?: readonly string[];
}

/** Rows of one answer of the store. */
const BATCH = 2_000;

/**
 * Everybody in care now, one sentinel's people after the other (first those of none), as a stream: a whole city is never
 * in memory. For the house's own plans: nobody is shown any of it, so nothing is written down.
 */
export async function* caredFor(
  house: House,
  { area, sentinel, servedBy: actor, lead, persons }: CaredForFilter = {},
): AsyncGenerator<CaredFor> {
  const found = cares(house)
    .find({
      ...(area === undefined ? {} : { areas: area }),
      state: 'kept',
      // Whom the register has no more nobody has to see.
      missing: { $exists: false },
      ...(sentinel === undefined ? {} : { sentinel }),
      ...(actor === undefined ? {} : servedBy(actor)),
      ...(lead === undefined ? {} : { lead }),
      ...(persons === undefined ? {} : { person: { $in: [...persons] } }),
    })
    .project<Pick<CareDoc, '_id' | 'person' | 'colour' | 'flags' | 'sentinel' | 'lead' | 'areas' | 'since' | 'visits'>>(
      {
        person: 1,
        colour: 1,
        'flags.kind': 1,
        sentinel: 1,
        lead: 1,
        areas: 1,
        since: 1,
        visits: 1,
      },
    )
    .sort({ sentinel: 1, _id: 1 })
    .batchSize(BATCH);
  // Weighing the other ways to read a street costs more than reading it.
  const rows =
    area === undefined || sentinel !== undefined || actor || lead !== undefined || persons
      ? found
      : found.hint(BY_AREA);
  for await (const { _id, flags, visits, ...row } of rows) {
    yield {
      care: _id,
      ...row,
      flags: flags.map(({ kind }) => kind),
      visits,
      ...(visits[0] === undefined ? {} : { lastVisit: visits[0] }),
    };
  }
}
