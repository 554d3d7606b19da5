import { abilityFor, allow, own } from '../../core/ability.ts';
import { readAggregate } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import type { House } from '../../core/house.ts';
import { standing } from '../../core/merging.ts';
import { type IncidentMoveName, incidentTable } from './lifecycle.ts';
import type { IncidentDoc } from './model.ts';
import { movesOf } from './views.ts';

/**
 * Whoever reported what was merged into another incident says more of it and judges it like any reporter, under their own
 * number: it is done to the one that goes on, of which they may otherwise know nothing.
 */

const RULES = [allow('anyone', ['confirm', 'add'], 'incident', own('mergedFrom.authors'))];
const THEIRS: readonly string[] = ['confirm', 'add'] satisfies IncidentMoveName[];

/** The caller as a reporter of what was merged into an incident. */
const following = (caller: Caller): Caller => ({ ...caller, ability: abilityFor(caller.actor, RULES) });

/** What such a reporter may do about the incident theirs was merged into, now. */
export const movesFollowing = (house: House, caller: Caller, into: IncidentDoc): string[] =>
  movesOf(house, following(caller), into);

/** Upon which incident, and as whom, a reporter's move on their merged one is made; undefined when it is on their own. */
export async function followed(
  house: House,
  caller: Caller,
  id: string,
  move: IncidentMoveName,
): Promise<{ own: IncidentDoc; into: IncidentDoc; caller: Caller } | undefined> {
  if (!THEIRS.includes(move)) return undefined;
  const incident = await readAggregate(house.model<IncidentDoc>('incident'), id);
  if (!incident?.mergedInto || !incident.authors.includes(caller.actor.id)) return undefined;
  const into = await standing(incidentTable(house), incident.mergedInto.id);
  return into && { own: incident, into, caller: following(caller) };
}
