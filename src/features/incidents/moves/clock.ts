import { onlyWhenDueBy } from '../../../core/clockwork.ts';
import { newFollowers } from '../../../core/merging.ts';
import { dueMoves } from '../due.ts';
import { absorbInput, escalateInput, nothing, warnInput } from '../inputs.ts';
import type { IncidentDoc, Stage } from '../model.ts';
import { move, staying } from '../table.ts';
import {
  dueMoment,
  toFollowers,
  toGrid,
  toHandlers,
  toLeads,
  toLevel,
  toReporters,
  toSecretary,
  toStreet,
  toUnheard,
  toWorkers,
} from '../tellings.ts';

/** What the house itself does when a moment has come; `due.ts` says which and when. */

const onlyWhenDue = onlyWhenDueBy(dueMoves);

/** A deadline is near: whoever can still meet it is told. */
export const warn = move({
  ...staying(['reported', 'triaged', 'dispatched', 'assisting', 'rejected', 'reopened', 'resolved', 'partial']),
  by: 'system',
  input: warnInput,
  guard: onlyWhenDue('warn'),
  apply: (incident, { stage }, { now }) => ({ warned: { ...incident.warned, [stage]: { step: 'before', at: now } } }),
  tell: (incident, _ctx, { stage }) => warningOf(incident, stage),
});

function warningOf(incident: IncidentDoc, stage: Stage) {
  const data = dueMoment(incident, stage);
  const danger = incident.urgency === 'danger';
  switch (stage) {
    case 'triage':
      return [...toGrid(incident, 'incident.triageSoon', data), ...toLeads(incident, 'incident.lookFirst')];
    case 'dispatch':
      return danger
        ? [...toLevel(incident, 'incident.dangerWaits', data), ...toWorkers(incident, 'incident.dangerWaits', data)]
        : toLevel(incident, 'incident.dispatchSoon', data);
    case 'done':
      return toHandlers(incident, danger ? 'incident.doneNow' : 'incident.doneSoon', data);
    case 'answer':
      return incident.state === 'partial'
        ? toUnheard(incident, ['incident.askPartial', 'incident.followPartial'], { left: incident.left })
        : toUnheard(incident, ['incident.askConfirm', 'incident.followAsk'], data);
  }
}

/** A deadline has passed: the secretary, and later the street. */
export const escalate = move({
  ...staying(['reported', 'triaged', 'dispatched', 'assisting', 'rejected', 'reopened', 'partial']),
  by: 'system',
  input: escalateInput,
  guard: onlyWhenDue('escalate'),
  apply: (incident, { stage, to }, { now }) => ({
    warned: { ...incident.warned, [stage]: { step: to, at: now } },
    ...(to === 'street' && { toldStreet: true }),
  }),
  tell(incident, _ctx, { stage, to }) {
    const danger = incident.urgency === 'danger';
    if (to === 'street')
      return toStreet(incident, danger ? 'incident.dangerLateStreet' : 'incident.lateStreet', { stage });
    if (stage === 'answer') return toSecretary(incident, 'incident.partialUnanswered', { left: incident.left });
    return [
      ...toSecretary(incident, danger ? 'incident.dangerLate' : 'incident.late', { stage }),
      ...(stage === 'done' ? toHandlers(incident, 'incident.lateHandler') : []),
    ];
  },
});

/** No answer to what is solved is taken for a content one. */
export const autoConfirm = move({
  from: ['resolved'],
  to: 'confirmed',
  by: 'system',
  input: nothing,
  guard: onlyWhenDue('autoConfirm'),
  apply: (_incident, _input, { now }) => ({ closedAt: now }),
  tell: (incident) => [
    ...toReporters(incident, 'incident.confirmed'),
    ...toFollowers(incident, 'confirmed'),
    ...toHandlers(incident, 'incident.closedHandler'),
  ],
});

/** The reporters of duplicates join those who hear of this one; again is no more than once. */
export const absorb = move({
  ...staying([
    'reported',
    'triaged',
    'dispatched',
    'assisting',
    'resolved',
    'confirmed',
    'rejected',
    'partial',
    'reopened',
    'referred',
    'declined',
    'withdrawn',
  ]),
  by: 'system',
  input: absorbInput,
  apply: (incident, { followers }) => ({
    mergedFrom: [...(incident.mergedFrom ?? []), ...newFollowers(incident, followers)],
  }),
  // It may have come to its end while they were merged into it: then nothing else would ever tell them.
  tell(incident, _ctx, { followers }, before) {
    const fresh = { ...incident, mergedFrom: newFollowers(before, followers) };
    if (incident.state === 'confirmed') return toFollowers(fresh, 'confirmed');
    return incident.state === 'declined' || incident.state === 'withdrawn'
      ? toFollowers(fresh, incident.state, 'incident.followEnded')
      : [];
  },
});

/** The incident merged into knows its new followers. */
export const settle = move({
  ...staying(['merged']),
  by: 'system',
  input: nothing,
  guard: onlyWhenDue('settle'),
  apply: () => ({ settled: true }),
});
