import { may } from '../../../core/ability.ts';
import { can } from '../../../core/lifecycle.ts';
import { waitForDispatch } from '../due.ts';
import { atTheTop, rejectedOnce, streetDecided } from '../errors.ts';
import { raiseInput, rejectInput } from '../inputs.ts';
import type { IncidentDoc, Level } from '../model.ts';
import { type IncidentContext, move } from '../table.ts';
import {
  inDangerOr,
  toFollowers,
  toGrid,
  toHandlers,
  toLevel,
  toPerson,
  toReporters,
  toSecretary,
  toTold,
} from '../tellings.ts';

/** Where it goes when it cannot be solved where it is: back, or up. */

/** 退单, with a reason; once, and not after the street has said whose it is. */
export const reject = move({
  from: ['dispatched', 'reopened', 'assisting'],
  to: 'rejected',
  by: can('reject'),
  input: rejectInput,
  when(incident) {
    if (incident.decidedByStreet) return streetDecided();
    return incident.rejections.length > 0 ? rejectedOnce() : undefined;
  },
  apply: (incident, { reason }, { actor, now, calendar }) => ({
    ...onlyDispatchClock(incident, now, calendar),
    handler: undefined,
    helpers: [],
    rejections: [
      ...incident.rejections,
      { by: { id: actor.id, name: actor.name }, reason, at: now, level: incident.level },
    ],
  }),
  tell: (incident, { actor }, { reason }, before) => [
    ...toGrid(incident, inDangerOr(incident, 'incident.rejectedNow', 'incident.rejected'), { who: actor.name, reason }),
    ...toSecretary(incident, inDangerOr(incident, 'incident.rejectedNow', 'incident.rejected'), {
      who: actor.name,
      reason,
    }),
    ...helpersOf(before).flatMap((person) => toPerson(incident, person, 'incident.takenOver')),
  ],
});

/** It waits anew to be given to somebody; what it may take at its level goes on. */
function onlyDispatchClock(
  incident: IncidentDoc,
  now: Date,
  calendar: IncidentContext['calendar'],
): Pick<IncidentDoc, 'due' | 'warnAt' | 'warned'> {
  const fresh = waitForDispatch(incident, now, calendar);
  return {
    due: { ...incident.due, ...(fresh.due.dispatch && { dispatch: fresh.due.dispatch }) },
    warnAt: { ...incident.warnAt, ...(fresh.warnAt.dispatch && { dispatch: fresh.warnAt.dispatch }) },
    warned: Object.fromEntries(Object.entries(incident.warned).filter(([stage]) => stage !== 'dispatch')),
  };
}

const helpersOf = ({ helpers }: IncidentDoc): string[] => helpers.flatMap(({ person }) => (person ? [person.id] : []));

const ABOVE: Record<Level, Level> = { grid: 'community', community: 'street', street: 'street' };

/** 上报: what cannot be solved here goes one level up; what the secretary gives up goes to the street. */
export const raise = move({
  from: ['triaged', 'rejected', 'dispatched', 'assisting', 'reopened', 'partial'],
  to: 'triaged',
  by: can('raise'),
  input: raiseInput,
  when: ({ level }) => (level === 'street' ? atTheTop() : undefined),
  apply(incident, { reason }, { actor, ability, now, calendar }) {
    const to = may(ability, 'raiseToStreet', 'incident', incident) ? 'street' : ABOVE[incident.level];
    const by = { id: actor.id, name: actor.name };
    return {
      ...waitForDispatch({ ...incident, level: to }, now, calendar),
      level: to,
      handler: undefined,
      helpers: [],
      left: undefined,
      ...(to === 'street' && { toldStreet: true }),
      raised: [...incident.raised, { from: incident.level, to, reason, at: now, by }],
    };
  },
  tell: (incident, { actor }, { reason }, before) => [
    ...toLevel(incident, inDangerOr(incident, 'incident.raisedNow', 'incident.raised'), {
      who: actor.name,
      reason,
    }),
    ...toReporters(incident, 'incident.raisedReporter', { level: incident.level }),
    ...toFollowers(incident, 'triaged'),
    ...toHandlers(before, inDangerOr(incident, 'incident.raisedOnNow', 'incident.takenOver'), {
      level: incident.level,
    }),
    ...toTold(before, inDangerOr(incident, 'incident.raisedOnNow', 'incident.raisedOn'), { level: incident.level }),
  ],
});
