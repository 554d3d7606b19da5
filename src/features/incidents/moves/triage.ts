import { notFound } from '../../../core/errors.ts';
import { can } from '../../../core/lifecycle.ts';
import { ANSWER_WITHIN, startClock, waitForDispatch } from '../due.ts';
import { dangerStandsAlone, gridMissing, mergeEarlier, notMergeable, sameIncident } from '../errors.ts';
import { concludeInput, declineInput, mergeInput, referInput, triageInput } from '../inputs.ts';
import type { IncidentDoc } from '../model.ts';
import { move } from '../table.ts';
import { toAll, toFollowers, toGrid, toHandlers, toReporters, toSecretary, toTold, toWorkers } from '../tellings.ts';
import { unnamed } from '../unnamed.ts';

/** What the grid worker or secretary makes of what was reported, before or instead of somebody doing something. */

/** It is so: what it is about, how urgent it is, in which grid. */
export const triage = move({
  from: ['reported'],
  to: 'triaged',
  by: can('triage'),
  input: triageInput,
  guard: (incident, { grid }, { facts: { site } }) =>
    grid === undefined || (site?.grid === grid && site.community === incident.community) ? undefined : gridMissing(),
  apply(incident, input, { facts: { site }, now, calendar }) {
    const place = site?.grid === undefined ? {} : { areas: site.areas, grid: site.grid };
    return {
      ...place,
      ...(site && { place: { ...incident.place, label: site.label } }),
      category: input.category ?? incident.category,
      urgency: input.urgency,
      title: unnamed(incident, input.title ?? '') || incident.title,
      ...waitForDispatch({ ...incident, urgency: input.urgency }, now, calendar),
    };
  },
  tell: (incident) =>
    incident.urgency === 'danger'
      ? [...toAll(incident, 'incident.danger', { text: incident.text }), ...toReporters(incident, 'incident.triaged')]
      : [
          ...toReporters(incident, 'incident.triaged'),
          ...toGrid(incident, 'incident.open'),
          ...toWorkers(incident, 'incident.open'),
        ],
});

export const decline = move({
  from: ['reported', 'triaged', 'rejected'],
  to: 'declined',
  by: can('decline'),
  input: declineInput,
  apply: (_incident, _input, { now }) => ({ closedAt: now }),
  tell: (incident, { actor }, { reason }, before) => [
    ...toReporters(incident, 'incident.declined', { reason }),
    ...(incident.urgency === 'danger' ? toTold(before, 'incident.calledOff', { who: actor.name, reason }) : []),
    ...toFollowers(incident, 'declined', 'incident.followEnded'),
  ],
});

const OPEN = [
  'reported',
  'triaged',
  'dispatched',
  'assisting',
  'resolved',
  'rejected',
  'partial',
  'reopened',
  'referred',
];

/** The same matter as another incident: its reporters keep hearing how it goes, and not who else reported it. */
export const merge = move({
  from: ['reported', 'triaged', 'rejected'],
  to: 'merged',
  by: can('merge'),
  input: mergeInput,
  guard(incident, input, { facts: { into } }) {
    if (!into) return notFound('事件');
    if (into._id !== input.into || into._id === incident._id) return sameIncident();
    if (!OPEN.includes(into.state) || into.community !== incident.community) return notMergeable();
    // Its alarms would end with it.
    if (incident.urgency === 'danger' && into.urgency !== 'danger') return dangerStandsAlone();
    // `into` was read a moment ago and may be merged away by now; numbers that only fall lead to an end all the same.
    return into.number < incident.number ? undefined : mergeEarlier(incident.number, into.number);
  },
  apply: (_incident, _input, { facts: { into }, now }) => ({
    mergedInto: into && { id: into._id, number: into.number },
    closedAt: now,
  }),
  tell(incident, _ctx, _input, before) {
    const into = incident.mergedInto?.number;
    return [
      ...toReporters(incident, 'incident.merged', { into }),
      // Whoever is on their way must know which of the two goes on.
      ...(incident.urgency === 'danger' ? toTold(before, 'incident.mergedNow', { into }) : []),
    ];
  },
});

/** In nobody's hands here any more. */
const givenAway = { handler: undefined, helpers: [] } satisfies Partial<Record<keyof IncidentDoc, unknown>>;

/** To 12345 or a department, with its number. */
export const refer = move({
  from: ['reported', 'triaged', 'dispatched', 'assisting', 'rejected', 'partial', 'reopened'],
  to: 'referred',
  by: can('refer'),
  input: referInput,
  apply: (_incident, { to, number }) => ({ ...givenAway, referral: { to, number }, left: undefined }),
  tell: (incident, _ctx, { to, number }, before) => [
    ...toReporters(incident, 'incident.referred', { to, referral: number }),
    ...toFollowers(incident, 'referred'),
    ...toHandlers(before, 'incident.takenOver', { who: to }),
  ],
});

/** What came of a referral, or of what was left: whoever reported it is asked. */
export const conclude = move({
  from: ['referred', 'partial'],
  to: 'resolved',
  by: can('conclude'),
  input: concludeInput,
  apply: (incident, { note }, { now, calendar }) => ({
    ...startClock(incident, 'answer', ANSWER_WITHIN, now, calendar),
    outcome: { note, photos: incident.outcome?.photos ?? [], at: now },
    content: undefined,
  }),
  tell: (incident, _ctx, { note }) => [
    ...toReporters(incident, 'incident.resolved', { note }),
    ...toFollowers(incident, 'resolved', 'incident.followResolved', { note }),
    ...toHandlers(incident, 'incident.concluded', { note }),
    ...(incident.urgency === 'danger' ? toSecretary(incident, 'incident.concluded', { note }) : []),
  ],
});
