import { z } from 'zod';
import { may, scope } from '../../core/ability.ts';
import { create, idFor, perform, rawCollection, readAggregate, type Table } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { HaolinError, notFound } from '../../core/errors.ts';
import type { Page } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { parseInput } from '../../core/input.ts';
import { isDuplicate } from '../../core/insert.ts';
import { movesFor } from '../../core/lifecycle.ts';
import { takerOf } from '../../core/quota.ts';
import {
  CARE_VISIT_KINDS,
  CARE_VISIT_STATES,
  type CareVisitDoc,
  type CareVisitFacts,
  type CareVisitKind,
  type CareVisitMoveName,
  type CareVisitState,
  careVisitInput,
  careVisitLifecycle,
} from './care-visit.ts';
import { careVisitTwice } from './errors.ts';
import { type PageQuery, pageOf } from './pages.ts';
import { workerFor } from './service.ts';

const MOST = { points: 20, seconds: 3_600 };

export const careVisitsOf = (house: House) => rawCollection(house.model<CareVisitDoc>('care_visit'));

const table = (house: House): Table<CareVisitDoc, CareVisitState, CareVisitFacts> => ({
  lifecycle: careVisitLifecycle,
  model: house.model<CareVisitDoc>('care_visit'),
  announce: (change) => house.announce(change),
  spend: (_careVisit, { id }) => takerOf(house)(`care_visit:${id}`, MOST),
});

/** Writes down that a care visit was paid to a worker. @throws HaolinError invalid_input, forbidden, not_a_worker, care_visit_twice */
export async function recordCareVisit(house: House, caller: Caller, input: unknown): Promise<CareVisitDoc> {
  const given = parseInput(careVisitInput, input);
  const worker = await workerFor(house, caller, given.worker, 'record', 'care_visit');
  const id = idFor('care_visit', caller.actor.id, caller.key);
  const { day, kind } = given;
  const same = { 'worker.id': worker.id, day, kind, state: 'recorded', _id: { $ne: id } };
  // What is refused takes nothing of the quota; who is faster than this is found by the unique index.
  const recorded = (await careVisitsOf(house).findOne(same as object, { projection: { _id: 1 } })) !== null;
  const ctx = { ...caller, calendar: house.calendar, facts: { worker, recorded } };
  const { document } = await create(table(house), 'record', given, ctx, id).catch((error: unknown) => {
    throw isDuplicate(error) ? careVisitTwice() : error;
  });
  return document;
}

/** Makes a move on a care visit. @throws HaolinError not_found (also for what the caller may not read), forbidden, wrong_state, invalid_input */
export async function moveCareVisit(
  house: House,
  caller: Caller,
  id: string,
  move: CareVisitMoveName,
  input: unknown,
): Promise<CareVisitDoc> {
  const ctx = { ...caller, calendar: house.calendar };
  try {
    return (await perform(table(house), id, move, input, ctx, () => ({}))).document;
  } catch (error) {
    if (!(error instanceof HaolinError && error.status < 500)) throw error;
    const there = await readAggregate(house.model<CareVisitDoc>('care_visit'), id);
    throw there && may(caller.ability, 'read', 'care_visit', there) ? error : notFound('走访慰问');
  }
}

const named = z.object({ id: z.string(), name: z.string() });

/** A care visit as it leaves the house. */
export const careVisitView = z
  .object({
    id: z.string(),
    state: z.enum(Object.keys(CARE_VISIT_STATES) as [CareVisitState, ...CareVisitState[]]),
    stateWord: z.string(),
    community: z.string(),
    worker: named,
    by: named,
    day: z.string(),
    kind: z.enum(Object.keys(CARE_VISIT_KINDS) as [CareVisitKind, ...CareVisitKind[]]),
    kindWord: z.string(),
    version: z.number().int(),
    moves: z.array(z.string()),
  })
  .meta({ id: 'CareVisit' });
export type CareVisitView = z.output<typeof careVisitView>;

export function careVisitViewOf(house: House, caller: Caller, one: CareVisitDoc): CareVisitView {
  const { _id: id, state, place: community, worker, by, day, kind, version } = one;
  const moves = movesFor(careVisitLifecycle, one, { ...caller, calendar: house.calendar, facts: {} });
  const words = { stateWord: CARE_VISIT_STATES[state], kindWord: CARE_VISIT_KINDS[kind] };
  return { id, state, community, worker, by, day, kind, version, moves, ...words };
}

/** A page of the care visits the caller may read, the newest first. @throws HaolinError invalid_input for a bent cursor */
export async function listCareVisits(house: House, caller: Caller, query: PageQuery): Promise<Page<CareVisitView>> {
  const readable = scope(caller.ability, 'read', 'care_visit');
  if (!readable) return { items: [] };
  const page = await pageOf<CareVisitDoc>(house, careVisitsOf(house), [readable], query);
  return { ...page, items: page.items.map((one) => careVisitViewOf(house, caller, one)) };
}
