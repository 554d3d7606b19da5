import { may } from '../../core/ability.ts';
import { create, idFor, perform, readAggregate } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden, HaolinError, notFound } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { parseInput } from '../../core/input.ts';
import { findPhotos } from '../../core/photos.ts';
import { dayOf } from '../../core/time.ts';
import { communityOf, findArea, gridOf, lineage } from '../areas/index.ts';
import { goneToAmong, servedAmong } from '../care/index.ts';
import { loggedAlready } from './errors.ts';
import { findHappened } from './happened.ts';
import { correctInput, incidentInput, logInput, spawnInput } from './inputs.ts';
import { type VisitFacts, type VisitMoveName, visitLifecycle } from './lifecycle.ts';
import { foundPlace, type VisitDoc } from './model.ts';
import { isLoggedAlready } from './same.ts';
import { settle } from './settling.ts';
import { type SpawnedFrom, spawnFrom } from './spawning.ts';
import { visitTable } from './table.ts';

/** A visit after a move, and whether the request was one already carried out. */
export interface Moved {
  visit: VisitDoc;
  repeated: boolean;
}

/**
 * Logs a visit and, when asked, makes the wish and the incident that came of it. The same caller's same key does all of
 * it once: a repeat after a crash in between makes what is missing.
 * @throws HaolinError invalid_input, forbidden, no_place, not_served, day_to_come, too_long_ago, nothing_seen, logged_already, no_happening, happened_elsewhere, before_it_happened, photo_missing, or what a wish or an incident is refused with (the visit is logged then)
 */
export async function logVisit(house: House, caller: Caller, input: unknown): Promise<Moved> {
  const given = parseInput(logInput, input);
  const id = idFor(visitLifecycle.name, caller.actor.id, caller.key);
  // A repeat under its own key is no second one.
  if (given.once && given.event === undefined) {
    const [day, today] = [given.day ?? dayOf(caller.now), dayOf(caller.now)];
    if (await isLoggedAlready(house, caller.actor.id, { ...given, day }, id)) throw loggedAlready(day === today);
  }
  const happened = given.event === undefined ? undefined : await findHappened(house, given.event);
  const [place, served, photos] = await Promise.all([
    placeFor(house, caller, given.area ?? happened?.areas.at(-1)),
    goneToAmong(house, caller.actor, given.persons),
    given.photos.length > 0 ? findPhotos(house, given.photos, caller.actor.id) : [],
  ]);
  const facts: VisitFacts = {
    ...(place && { place }),
    served,
    photos,
    ...(happened && { happened }),
    ...(given.found !== undefined && { found: house.vault.seal(given.found, foundPlace(id)) }),
  };
  const { document, repeated } = await create(
    visitTable(house),
    'log',
    given,
    { ...caller, calendar: house.calendar, facts },
    id,
  );
  await settledOrLeft(house, document);
  let visit = document;
  for (const asked of [given.wish, given.incident]) {
    if (asked) ({ visit } = await spawnFrom(house, caller, visit, asked));
  }
  return { visit, repeated };
}

/** Makes a move on a visit. @throws HaolinError not_found (also for what the caller may not read), forbidden, correction_over, not_served, own_check, invalid_input */
export async function moveVisit(
  house: House,
  caller: Caller,
  id: string,
  move: VisitMoveName,
  input: unknown = {},
): Promise<Moved> {
  const ctx = { ...caller, calendar: house.calendar };
  const { document, repeated } = await perform(visitTable(house), id, move, input, ctx, () =>
    move === 'correct' ? factsToCorrect(house, caller, id, input) : {},
  ).catch(async (error: unknown) => {
    throw await withoutHint(house, caller, id, error);
  });
  await settledOrLeft(house, document);
  return { visit: document, repeated };
}

/**
 * Makes a wish or an incident of what a visit found, and writes it down with the visit. Made once for the same key or,
 * without one, the same words.
 * @throws HaolinError not_found (also for what the caller may not read), forbidden, wrong_state, too_many_spawned, invalid_input, or what a wish or an incident is refused with
 */
export async function spawn(house: House, caller: Caller, id: string, input: unknown): Promise<SpawnedFrom> {
  const given = parseInput(spawnInput, input);
  const visit = await readAggregate(house.model<VisitDoc>('visit'), id);
  if (!visit) throw notFound('走访记录');
  if (!may(caller.ability, 'spawn', 'visit', visit)) throw await withoutHint(house, caller, id, forbidden());
  const { what, ...rest } = given;
  const asked = what === 'wish' ? { what, ...rest } : parseInput(incidentInput, given);
  return spawnFrom(house, caller, visit, asked);
}

async function factsToCorrect(house: House, caller: Caller, id: string, input: unknown): Promise<VisitFacts> {
  const { persons = [], found } = parseInput(correctInput, input);
  return {
    served: await goneToAmong(house, caller.actor, persons),
    ...(found !== undefined && { found: house.vault.seal(found, foundPlace(id)) }),
  };
}

/** Where a visit was made: the place that is named or, failing that, the one its maker serves, else lives in. */
async function placeFor(house: House, { actor }: Caller, named: string | undefined): Promise<VisitFacts['place']> {
  const post = actor.roles.find(({ role, area }) => role !== 'resident' && communityOf(lineage(area)) !== undefined);
  const areas = lineage(named ?? post?.area ?? actor.areas.at(-1) ?? '');
  const community = communityOf(areas);
  if (community === undefined || !(await findArea(house, areas.at(-1) ?? community))) return undefined;
  const grid = gridOf(areas);
  return { areas, community, ...(grid !== undefined && { grid }) };
}

type Reader = Pick<Caller, 'actor' | 'ability'>;

/** Whether whoever spot-checks the place sees the photos of a visit: not of where somebody in care lives. Pure. */
export const mayCheckPhotos = ({ ability }: Pick<Caller, 'ability'>, visit: VisitDoc): boolean =>
  visit.persons.length === 0 && may(ability, 'sample', 'visit', visit);

/** Whether a caller may read all of a visit: its maker, those who keep the place, and whoever serves all it names. */
export async function mayReadVisit(house: House, caller: Reader, visit: VisitDoc): Promise<boolean> {
  if (may(caller.ability, 'read', 'visit', visit)) return true;
  if (visit.persons.length === 0) return false;
  return (await servedAmong(house, caller.actor, visit.persons)).size === visit.persons.length;
}

/** Whether a caller may know of a visit, if not all of it: who spot-checks the place, and who serves some of those it names. */
export async function mayGlimpse(house: House, caller: Caller, visit: VisitDoc): Promise<boolean> {
  if (may(caller.ability, 'sample', 'visit', visit)) return true;
  return visit.persons.length > 0 && (await servedAmong(house, caller.actor, visit.persons)).size > 0;
}

/** A visit the caller may not read is refused like one that is not there. */
async function withoutHint(house: House, caller: Caller, id: string, error: unknown): Promise<unknown> {
  if (!(error instanceof HaolinError && error.status < 500)) return error;
  const visit = await readAggregate(house.model<VisitDoc>('visit'), id);
  if (!visit) return notFound('走访记录');
  const known = (await mayReadVisit(house, caller, visit)) || (await mayGlimpse(house, caller, visit));
  return known ? error : notFound('走访记录');
}

/** It is logged whatever comes of telling those in care; what could not be done now, the clock does. */
async function settledOrLeft(house: House, visit: VisitDoc): Promise<void> {
  if (!visit.unsettled) return;
  try {
    await settle(house, visit);
  } catch (error) {
    house.log.warn({ visit: visit._id, err: error }, 'a visit is left for the clock to settle');
  }
}
