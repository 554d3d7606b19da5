import { z } from 'zod';
import { idFor } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { digestOf } from '../../core/digest.ts';
import { forbidden, invalidInput, keyReused, notFound, tooBusy } from '../../core/errors.ts';
import type { Page } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { parseInput } from '../../core/input.ts';
import { isDuplicate } from '../../core/insert.ts';
import { decodeCursor, encodeCursor } from '../../core/page.ts';
import { communityOf, findArea } from '../areas/index.ts';
import { venueChanged, venueNameTaken } from './errors.ts';
import { closeInput, openingOf, venueEdit, venueInput } from './inputs.ts';
import { formWords } from './messages.ts';
import { type Venue, type VenueChange, venuesOf } from './model.ts';
import { permits, type VenueView, viewOf } from './views.ts';

/** The register of halls and courtyards, kept by the community's secretary. */

const WHAT = '地方';

/** @throws HaolinError not_found */
export async function findVenue(house: House, id: string): Promise<Venue> {
  const venue = await venuesOf(house).findOne({ _id: id });
  if (!venue) throw notFound(WHAT);
  return venue;
}

/** @throws HaolinError not_found, forbidden */
async function keptBy(house: House, caller: Caller, id: string, action: 'edit' | 'close'): Promise<Venue> {
  const venue = await findVenue(house, id);
  if (!permits(caller, action, 'venue', venue)) throw forbidden();
  return venue;
}

const cursorSchema = z.object({ community: z.string(), name: z.string() });

export interface VenueQuery {
  /** Code of an area; by default the community the caller lives or serves in. */
  area?: string | undefined;
  /** With those that are closed, too. */
  closed?: boolean | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** A page of the venues of an area, by community and name. @throws HaolinError invalid_input for a bent cursor */
export async function listVenues(house: House, caller: Caller, query: VenueQuery): Promise<Page<VenueView>> {
  const { limit = 20, closed = false, cursor } = query;
  const area = query.area ?? communityOf(caller.actor.areas) ?? caller.actor.areas.at(-1);
  if (area === undefined) return { items: [] };
  const from = cursor === undefined ? undefined : decodeCursor(house.vault, cursor, cursorSchema);
  const found = await venuesOf(house)
    .find({
      areas: area,
      ...(closed ? {} : { active: true }),
      ...(from
        ? { $or: [{ community: { $gt: from.community } }, { community: from.community, name: { $gt: from.name } }] }
        : {}),
    })
    .sort({ community: 1, name: 1 })
    .limit(limit + 1)
    .toArray();
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const items = page.map((venue) => viewOf(caller, venue));
  return found.length > limit && last
    ? { items, next: encodeCursor(house.vault, { community: last.community, name: last.name }) }
    : { items };
}

/** @throws HaolinError not_found */
export async function getVenue(house: House, caller: Caller, id: string): Promise<VenueView> {
  return viewOf(caller, await findVenue(house, id));
}

/**
 * Registers a venue in a community or a grid. The same caller's same key registers once.
 * @throws HaolinError invalid_input, forbidden, not_found for an area nobody knows, venue_name_taken
 */
export async function createVenue(house: House, caller: Caller, input: unknown): Promise<VenueView> {
  const { area: code, opening, ...form } = parseInput(venueInput, input);
  const area = await findArea(house, code);
  if (!area) throw notFound('区域');
  if (!permits(caller, 'create', 'venue', { areas: area.areas })) throw forbidden();
  const community = communityOf(area.areas);
  if (community === undefined) {
    throw invalidInput([{ path: 'area', code: 'not_a_community', problem: formWords.notHere }]);
  }
  const { now } = caller;
  const digest = digestOf({ code, opening, ...form });
  const venue: Venue = {
    _id: idFor('venue', caller.actor.id, caller.key),
    ...form,
    community,
    areas: area.areas,
    opening: openingOf(opening),
    active: true,
    version: 1,
    history: [changeOf(caller, 'create', 1, digest)],
    createdAt: now,
    updatedAt: now,
  };
  try {
    await venuesOf(house).insertOne(venue);
    return viewOf(caller, venue);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  const first = await venuesOf(house).findOne({ _id: venue._id });
  if (!first) throw venueNameTaken(venue.name);
  if (first.history[0]?.digest !== digest) throw keyReused();
  return viewOf(caller, first);
}

/**
 * Changes what the register says of a venue. Bookings made before stay; those that no longer fit say so.
 * @throws HaolinError invalid_input, not_found, forbidden, venue_changed, venue_name_taken
 */
export async function editVenue(house: House, caller: Caller, id: string, input: unknown): Promise<VenueView> {
  const { version, opening, ...form } = parseInput(venueEdit, input);
  const venue = await keptBy(house, caller, id, 'edit');
  const digest = digestOf({ opening, ...form });
  const change = changeOf(caller, 'edit', version + 1, digest);
  const last = venue.history.at(-1);
  // The same again, for instance after the answer was lost on the way.
  if (last?.version === change.version && last.digest === digest && last.by.id === caller.actor.id) {
    return viewOf(caller, venue);
  }
  const after = await venuesOf(house)
    .findOneAndUpdate(
      { _id: id, version },
      {
        $set: { ...form, opening: openingOf(opening), updatedAt: caller.now },
        $inc: { version: 1 },
        $push: { history: change },
      },
      { returnDocument: 'after' },
    )
    .catch((error: unknown) => {
      throw isDuplicate(error) ? venueNameTaken(form.name) : error;
    });
  if (!after) throw venueChanged();
  return viewOf(caller, after);
}

const ATTEMPTS = 20;

/**
 * Takes a venue out of use, or into it again; doing so twice changes nothing. Bookings made before stay: those who made
 * them, or the secretary, move or cancel them.
 * @throws HaolinError invalid_input, not_found, forbidden, busy
 */
export async function setActive(
  house: House,
  caller: Caller,
  id: string,
  active: boolean,
  input: unknown = {},
): Promise<VenueView> {
  const { reason } = parseInput(closeInput, input);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const venue = await keptBy(house, caller, id, 'close');
    if (venue.active === active) return viewOf(caller, venue);
    const { version } = venue;
    const change = changeOf(caller, active ? 'reopen' : 'close', version + 1, digestOf({ reason }));
    const because = active || !reason ? { $unset: { closedBecause: '' as const } } : {};
    const after = await venuesOf(house).findOneAndUpdate(
      { _id: id, version },
      {
        $set: { active, updatedAt: caller.now, ...(active || !reason ? {} : { closedBecause: reason }) },
        ...because,
        $inc: { version: 1 },
        $push: { history: change },
      },
      { returnDocument: 'after' },
    );
    if (after) return viewOf(caller, after);
  }
  throw tooBusy();
}

const changeOf = (
  { actor, now }: Caller,
  change: VenueChange['change'],
  version: number,
  digest: string,
): VenueChange => ({ version, change, at: now, by: { id: actor.id, name: actor.name }, digest });
