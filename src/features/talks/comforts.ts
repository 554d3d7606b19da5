import { z } from 'zod';
import { may, scope } from '../../core/ability.ts';
import { create, idFor, perform, rawCollection, readAggregate, type Table } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { HaolinError, notFound } from '../../core/errors.ts';
import type { Page } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { parseInput } from '../../core/input.ts';
import { movesFor } from '../../core/lifecycle.ts';
import { takerOf } from '../../core/quota.ts';
import {
  COMFORT_KINDS,
  COMFORT_STATES,
  type ComfortDoc,
  type ComfortFacts,
  type ComfortKind,
  type ComfortMoveName,
  type ComfortState,
  comfortInput,
  comfortLifecycle,
} from './comfort.ts';
import { type PageQuery, pageOf } from './pages.ts';
import { workerFor } from './service.ts';

const MOST = { points: 20, seconds: 3_600 };

export const comfortsOf = (house: House) => rawCollection(house.model<ComfortDoc>('comfort'));

const table = (house: House): Table<ComfortDoc, ComfortState, ComfortFacts> => ({
  lifecycle: comfortLifecycle,
  model: house.model<ComfortDoc>('comfort'),
  announce: (change) => house.announce(change),
  spend: (_comfort, { id }) => takerOf(house)(`comfort:${id}`, MOST),
});

/** Writes down that a care visit was paid to a worker. @throws HaolinError invalid_input, forbidden, not_a_worker, comfort_twice */
export async function recordComfort(house: House, caller: Caller, input: unknown): Promise<ComfortDoc> {
  const given = parseInput(comfortInput, input);
  const worker = await workerFor(house, caller, given.worker, 'record', 'comfort');
  const id = idFor('comfort', caller.actor.id, caller.key);
  const { day, kind } = given;
  const same = { 'worker.id': worker.id, day, kind, state: 'recorded', _id: { $ne: id } };
  const recorded = (await comfortsOf(house).findOne(same as object, { projection: { _id: 1 } })) !== null;
  const ctx = { ...caller, calendar: house.calendar, facts: { worker, recorded } };
  return (await create(table(house), 'record', given, ctx, id)).document;
}

/** Makes a move on a care visit. @throws HaolinError not_found (also for what the caller may not read), forbidden, wrong_state, invalid_input */
export async function moveComfort(
  house: House,
  caller: Caller,
  id: string,
  move: ComfortMoveName,
  input: unknown,
): Promise<ComfortDoc> {
  const ctx = { ...caller, calendar: house.calendar };
  try {
    return (await perform(table(house), id, move, input, ctx, () => ({}))).document;
  } catch (error) {
    if (!(error instanceof HaolinError && error.status < 500)) throw error;
    const there = await readAggregate(house.model<ComfortDoc>('comfort'), id);
    throw there && may(caller.ability, 'read', 'comfort', there) ? error : notFound('走访慰问');
  }
}

const named = z.object({ id: z.string(), name: z.string() });

/** A care visit as it leaves the house. */
export const comfortView = z
  .object({
    id: z.string(),
    state: z.enum(Object.keys(COMFORT_STATES) as [ComfortState, ...ComfortState[]]),
    stateWord: z.string(),
    community: z.string(),
    worker: named,
    by: named,
    day: z.string(),
    kind: z.enum(Object.keys(COMFORT_KINDS) as [ComfortKind, ...ComfortKind[]]),
    kindWord: z.string(),
    version: z.number().int(),
    moves: z.array(z.string()),
  })
  .meta({ id: 'Comfort' });
export type ComfortView = z.output<typeof comfortView>;

export function comfortViewOf(house: House, caller: Caller, one: ComfortDoc): ComfortView {
  const { _id: id, state, place: community, worker, by, day, kind, version } = one;
  const moves = movesFor(comfortLifecycle, one, { ...caller, calendar: house.calendar, facts: {} });
  const words = { stateWord: COMFORT_STATES[state], kindWord: COMFORT_KINDS[kind] };
  return { id, state, community, worker, by, day, kind, version, moves, ...words };
}

/** A page of the care visits the caller may read, the newest first. @throws HaolinError invalid_input for a bent cursor */
export async function listComforts(house: House, caller: Caller, query: PageQuery): Promise<Page<ComfortView>> {
  const readable = scope(caller.ability, 'read', 'comfort');
  if (!readable) return { items: [] };
  const page = await pageOf<ComfortDoc>(house, comfortsOf(house), [readable], query);
  return { ...page, items: page.items.map((one) => comfortViewOf(house, caller, one)) };
}
