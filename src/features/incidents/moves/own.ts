import { wrongState } from '../../../core/errors.ts';
import { can } from '../../../core/lifecycle.ts';
import { isDespair } from '../despair.ts';
import { waitForDispatch } from '../due.ts';
import { alreadyAnswered, comesAnyway, others, ownWork, sayAllClear } from '../errors.ts';
import { addInput, confirmInput, withdrawInput } from '../inputs.ts';
import { INCIDENT_STATES } from '../model.ts';
import { move, staying } from '../table.ts';
import {
  dueMoment,
  inDangerOr,
  toFollowers,
  toGrid,
  toHandlers,
  toReporters,
  toSecretary,
  toStreet,
  toTold,
} from '../tellings.ts';
import { isHeard, unheardIn } from '../voices.ts';
import { photosThere, withPhotos } from './notes.ts';

/** What those who reported it do: say more, judge, take it back. */

/** From this many second attempts on the street hears of it. */
export const STREET_FROM_REOPENINGS = 3;

/** Over or nearly so: of a danger what is said further is heard all the same. */
const SOLVED_OR_DECLINED = ['resolved', 'declined'];

/** More words or photos, as long as it is not over. */
export const add = move({
  ...staying([
    'reported',
    'triaged',
    'dispatched',
    'assisting',
    'rejected',
    'partial',
    'reopened',
    'referred',
    'resolved',
    'declined',
  ]),
  by: can('add'),
  input: addInput,
  when: ({ state, urgency }) =>
    urgency !== 'danger' && SOLVED_OR_DECLINED.includes(state) ? wrongState(INCIDENT_STATES[state]) : undefined,
  guard: photosThere,
  apply(incident, { text }, ctx) {
    const { actor, facts, now } = ctx;
    const photos = facts.photos ?? [];
    return {
      ...withPhotos(incident, ctx),
      before: incident.authors.includes(actor.id) ? [...incident.before, ...photos] : incident.before,
      reporters: [...incident.reporters, { id: actor.id, name: actor.name, at: now, text, photos }],
    };
  },
  tell: (incident, _ctx, { text }) =>
    incident.urgency === 'danger'
      ? toTold(incident, 'incident.dangerMore', { text })
      : incident.handler
        ? toHandlers(incident, 'incident.more')
        : toGrid(incident, 'incident.more'),
});

/**
 * An unsatisfied answer, whoever of those who reported it gives it, sends it back to the same handler and to the secretary.
 * Where several did, it is over once all are content; those who say nothing are when the clock says so.
 */
export const confirm = move({
  from: ['resolved', 'partial'],
  to: {
    among: ['resolved', 'partial', 'confirmed', 'reopened'],
    choose(incident, { satisfied }, { actor }) {
      if (!satisfied) return 'reopened';
      return unheardIn(incident, actor.id).length === 0 ? 'confirmed' : incident.state;
    },
  },
  by: can('confirm'),
  input: confirmInput,
  when(incident, { actor }) {
    if (incident.handlers.includes(actor.id)) return ownWork();
    return isHeard(incident, actor.id) ? alreadyAnswered() : undefined;
  },
  apply(incident, { satisfied, words }, { actor, now, calendar }) {
    const said = { ...(words && { words }), at: now, by: actor.id };
    const rating = { satisfied, ...said };
    if (satisfied) {
      const content = [...(incident.content ?? []), said];
      return { rating, content, ...(unheardIn(incident, actor.id).length === 0 && { closedAt: now }) };
    }
    const reopenings = incident.reopenings + 1;
    return {
      ...waitForDispatch(incident, now, calendar),
      rating,
      content: undefined,
      left: undefined,
      reopenings,
      ...(reopenings >= STREET_FROM_REOPENINGS && { toldStreet: true }),
    };
  },
  tell(incident, { actor }, { words }) {
    if (incident.state === 'resolved' || incident.state === 'partial') return [];
    if (incident.state === 'confirmed') {
      return [
        ...toHandlers(incident, 'incident.thanked', { words }),
        ...toReporters(incident, 'incident.confirmed'),
        ...toFollowers(incident, 'confirmed'),
      ];
    }
    return [
      ...toHandlers(incident, inDangerOr(incident, 'incident.reopenedNow', 'incident.reopened'), {
        words,
        ...dueMoment(incident, 'done'),
      }),
      ...toSecretary(incident, inDangerOr(incident, 'incident.unsatisfiedNow', 'incident.unsatisfied'), { words }),
      ...(incident.authors.includes(actor.id) ? [] : toReporters(incident, 'incident.again')),
      ...toFollowers(incident, 'reopened'),
      ...(incident.reopenings >= STREET_FROM_REOPENINGS
        ? toStreet(incident, 'incident.unsatisfiedAgain', { times: incident.reopenings })
        : []),
    ];
  },
});

/**
 * Taken back by whoever reported it, as long as nobody else did and nobody has solved it. Of a danger it is said why; who
 * spoke of ending their life is looked after by somebody who comes, whoever says what next.
 */
export const withdraw = move({
  from: ['reported', 'triaged', 'dispatched', 'assisting', 'rejected', 'reopened', 'referred'],
  to: 'withdrawn',
  by: can('withdraw'),
  input: withdrawInput,
  when: ({ mergedFrom = [] }) => (mergedFrom.length > 0 ? others() : undefined),
  guard(incident, { reason }) {
    if (isDespair(incident)) return comesAnyway();
    return incident.urgency === 'danger' && reason === undefined ? sayAllClear() : undefined;
  },
  apply: (_incident, _input, { now }) => ({ closedAt: now }),
  tell: (incident, _ctx, { reason }, before) => [
    ...toTold(before, inDangerOr(incident, 'incident.allClear', 'incident.withdrawn'), { reason }),
    ...toReporters(incident, 'incident.withdrawnToo'),
  ],
});
