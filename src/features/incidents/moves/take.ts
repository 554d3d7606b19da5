import { type HaolinError, notFound, wrongState } from '../../../core/errors.ts';
import { can, type Patch } from '../../../core/lifecycle.ts';
import type { Named } from '../../../core/named.ts';
import { waitForDispatch } from '../due.ts';
import { alreadyTaken, alreadyYours, cannotHandle } from '../errors.ts';
import { dispatchInput, lookInput, nothing } from '../inputs.ts';
import { INCIDENT_STATES, type IncidentDoc } from '../model.ts';
import { type IncidentContext, move, staying } from '../table.ts';
import {
  dueMoment,
  inDangerOr,
  toFollowers,
  toGrid,
  toHandler,
  toHandlers,
  toReporters,
  toSecretary,
} from '../tellings.ts';
import { noteOf, photosThere, withPhotos } from './notes.ts';

/** Who looks first, and who gets it in hand. */

/** Somebody who lives next door has been there: who has it in hand, or is to look at it, knows more. */
export const look = move({
  ...staying(['reported', 'triaged', 'rejected', 'dispatched', 'assisting', 'reopened']),
  by: can('look'),
  input: lookInput,
  guard: photosThere,
  apply(incident, { words }, ctx) {
    const { triage: _triage, dispatch: _dispatch, ...warnAt } = incident.warnAt;
    return {
      ...withPhotos(incident, ctx),
      // Somebody answered: nobody has to be reminded to.
      warnAt,
      notes: [...incident.notes, noteOf(words, false, ctx)],
    };
  },
  tell(incident, { actor }, { words }, before) {
    const data = { who: actor.name, words };
    if (incident.urgency === 'danger') {
      // What was seen there is for those who act; whoever waits for help hears, once of each, that it has come.
      const first = before.notes.every(({ by }) => by.id !== actor.id);
      return [
        ...[toHandlers, toGrid, toSecretary].flatMap((tell) => tell(incident, 'incident.lookedNow', data)),
        ...(first ? toReporters(incident, 'incident.helpThere', { who: actor.name }) : []),
      ];
    }
    return incident.handler ? toHandler(incident, 'incident.looked', data) : toGrid(incident, 'incident.looked', data);
  },
});

/** In somebody's hands. What it may take at its level goes on from when the level had it; a fresh wait begins one. */
function inHandsOf(incident: IncidentDoc, handler: Named, { now, calendar }: IncidentContext): Patch<IncidentDoc> {
  // What was solved in part has had its time; what is left begins anew.
  const known = incident.due.done !== undefined && !['reported', 'partial'].includes(incident.state);
  const clocks = known ? {} : waitForDispatch(incident, now, calendar);
  return { ...clocks, handler, helpers: incident.handler?.id === handler.id ? incident.helpers : [] };
}

/** 我来办. Of any number who try at once, one succeeds. */
export const take = move({
  from: ['reported', 'triaged', 'rejected', 'reopened'],
  to: 'dispatched',
  by: can('take'),
  input: nothing,
  otherwise: (incident, ctx) => takenError(incident, ctx) ?? wrongState(INCIDENT_STATES[incident.state]),
  when: (incident, ctx) => takenError(incident, ctx),
  apply: (incident, _input, ctx) => inHandsOf(incident, { id: ctx.actor.id, name: ctx.actor.name }, ctx),
  tell: (incident, { actor }) => [
    ...toReporters(incident, inDangerOr(incident, 'incident.coming', 'incident.dispatched'), {
      who: actor.name,
      ...dueMoment(incident, 'done'),
    }),
    ...toFollowers(incident, 'dispatched'),
    ...(incident.urgency === 'danger' ? toSecretary(incident, 'incident.takenNow', { who: actor.name }) : []),
  ],
});

function takenError({ handler, number }: IncidentDoc, { actor }: IncidentContext): HaolinError | undefined {
  return handler && (handler.id === actor.id ? alreadyYours : alreadyTaken)(number);
}

/** 分办: the grid worker in the grid, the secretary in the community, the street of what came up to it. */
export const dispatch = move({
  from: ['triaged', 'rejected', 'reopened', 'dispatched', 'assisting', 'partial'],
  to: 'dispatched',
  by: can('dispatch'),
  input: dispatchInput,
  guard(_incident, _input, { facts: { assignee } }) {
    if (!assignee) return notFound('人');
    return assignee.serves ? undefined : cannotHandle();
  },
  apply(incident, _input, ctx) {
    const { assignee } = ctx.facts;
    if (!assignee) return {};
    return {
      ...inHandsOf(incident, { id: assignee.id, name: assignee.name }, ctx),
      left: undefined,
      ...(incident.level === 'street' && { decidedByStreet: true }),
    };
  },
  tell(incident, _ctx, { note }, before) {
    const who = incident.handler?.name;
    return [
      ...toHandler(incident, inDangerOr(incident, 'incident.assignedNow', 'incident.assigned'), {
        note,
        ...dueMoment(incident, 'done'),
      }),
      ...toReporters(incident, inDangerOr(incident, 'incident.coming', 'incident.dispatched'), {
        who,
        ...dueMoment(incident, 'done'),
      }),
      ...toFollowers(incident, 'dispatched'),
      ...(before.handler?.id === incident.handler?.id ? [] : toHandlers(before, 'incident.takenOver', { who })),
    ];
  },
});
