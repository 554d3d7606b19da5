import { create, idFor, perform, rawCollection, readAggregate } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { HaolinError, notFound } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { parseInput } from '../../core/input.ts';
import { settledOrLeft, standing } from '../../core/merging.ts';
import { factsFor, factsToReport } from './facts.ts';
import { followed, movesFollowing } from './following.ts';
import { glanceView, mayGlance } from './glance.ts';
import { reportInput } from './inputs.ts';
import { type IncidentMoveName, incidentLifecycle, incidentTable } from './lifecycle.ts';
import type { IncidentDoc, IncidentState } from './model.ts';
import { fullView, type IncidentView, mayRead, movesOf } from './views.ts';

/** An incident after a move, and whether the move was only a repeat. */
export interface Moved {
  incident: IncidentDoc;
  repeated: boolean;
  /** Of one merged into another, that other as the move left it. */
  into?: IncidentDoc;
}

/**
 * Reports an incident; one that endangers life is told at once, at whatever hour. The same caller's same key makes it once.
 * @param input `ReportInput` as the person gave it
 * @param origin what it was found on, which only the house can say
 * @throws HaolinError invalid_input, forbidden, no_place, area_missing, person_missing, photo_missing,
 *   idempotency_key_reused, too_many_requests (never in danger)
 */
export async function reportIncident(
  house: House,
  caller: Caller,
  input: unknown,
  origin: Pick<IncidentDoc, 'visit'> = {},
): Promise<Moved> {
  const given = parseInput(reportInput, input);
  const id = idFor(incidentLifecycle.name, caller.actor.id, caller.key);
  const facts = { ...(await factsToReport(house, caller, given, id)), origin };
  const ctx = { ...caller, calendar: house.calendar, facts };
  const { document, repeated } = await create(incidentTable(house), given.danger ? 'alarm' : 'report', given, ctx, id);
  return { incident: document, repeated };
}

/**
 * Makes a person's move on an incident: any of the lifecycle table but those of the house itself.
 * @throws HaolinError not_found (also for what the caller may know nothing of), forbidden, wrong_state or the move's own named error
 */
export async function moveIncident(
  house: House,
  caller: Caller,
  id: string,
  move: IncidentMoveName,
  input: unknown = {},
): Promise<Moved> {
  const table = incidentTable(house);
  const elsewhere = await followed(house, caller, id, move);
  const ctx = { ...(elsewhere?.caller ?? caller), calendar: house.calendar };
  const { document, repeated } = await perform(table, elsewhere?.into._id ?? id, move, input, ctx, (incident) =>
    factsFor(house, caller, incident, move, input),
  ).catch(async (error: unknown) => {
    throw await withoutHint(house, caller, id, error);
  });
  if (elsewhere) return { incident: elsewhere.own, repeated, into: document };
  return { incident: move === 'merge' ? await settledOrLeft(house, table, document, caller.now) : document, repeated };
}

/** An incident the caller may know nothing of, its state included, is refused like one that is not there. */
async function withoutHint(house: House, caller: Caller, id: string, error: unknown): Promise<unknown> {
  if (!(error instanceof HaolinError && error.status < 500)) return error;
  const incident = await readAggregate(house.model<IncidentDoc>('incident'), id);
  return incident && isVisible(house, caller, incident) ? error : notFound('事件');
}

/** Whether the caller may know that the incident is there at all. Whoever may act on it must be able to see it. */
export function isVisible(house: Pick<House, 'calendar'>, caller: Caller, incident: IncidentDoc): boolean {
  return mayRead(caller.ability, incident) || movesOf(house, caller, incident).length > 0;
}

/** An incident as the caller may see it; of one merged into another, how the other stands. @throws HaolinError not_found */
export async function getIncident(house: House, caller: Caller, id: string): Promise<IncidentView> {
  const incident = await readAggregate(house.model<IncidentDoc>('incident'), id);
  if (!incident) throw notFound('事件');
  return viewOf(house, caller, incident);
}

/** An incident by its human number in a community, as the caller may see it. @throws HaolinError not_found */
export async function findByNumber(
  house: House,
  caller: Caller,
  community: string,
  number: number,
): Promise<IncidentView> {
  const incident = await rawCollection(house.model<IncidentDoc>('incident')).findOne({ community, number });
  if (!incident) throw notFound('事件');
  return viewOf(house, caller, incident as unknown as IncidentDoc);
}

/** An incident already read, as the caller may see it. @throws HaolinError not_found when it is none of their business */
export async function viewOf(house: House, caller: Caller, incident: IncidentDoc): Promise<IncidentView> {
  if (!isVisible(house, caller, incident)) {
    if (await mayGlance(house, caller, incident)) return glanceView(caller, incident);
    throw notFound('事件');
  }
  const into = incident.mergedInto && (await standing(incidentTable(house), incident.mergedInto.id));
  const theirs = into && incident.authors.includes(caller.actor.id) ? movesFollowing(house, caller, into) : [];
  return fullView(house, caller, incident, [...movesOf(house, caller, incident), ...theirs], into);
}

/** In which state incidents are, by id; for who may know of them anyway: nothing else of an incident is told. */
export async function incidentStatesOf(house: House, ids: readonly string[]): Promise<Map<string, IncidentState>> {
  if (ids.length === 0) return new Map();
  const found = await house
    .model<IncidentDoc>('incident')
    .find({ _id: { $in: [...ids] } })
    .select({ state: 1 })
    .lean<Pick<IncidentDoc, '_id' | 'state'>[]>();
  return new Map(found.map(({ _id, state }) => [_id, state]));
}
