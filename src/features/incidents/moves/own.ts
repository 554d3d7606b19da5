import { can } from '../../../core/lifecycle.ts';
import { waitForDispatch } from '../due.ts';
import { others, ownWork, sayAllClear } from '../errors.ts';
import { addInput, confirmInput, withdrawInput } from '../inputs.ts';
import { move, staying } from '../table.ts';
import {
  dueMoment,
  inDangerOr,
  toAll,
  toFollowers,
  toGrid,
  toHandlers,
  toReporters,
  toSecretary,
  toStreet,
} from '../tellings.ts';
import { photosThere, withPhotos } from './notes.ts';

/** What those who reported it do: say more, judge, take it back. */

/** From this many second attempts on the street hears of it. */
const STREET_FROM_REOPENINGS = 3;

/** More words or photos, as long as it is not over. */
export const add = move({
  ...staying(['reported', 'triaged', 'dispatched', 'assisting', 'rejected', 'partial', 'reopened', 'referred']),
  by: can('add'),
  input: addInput,
  guard: photosThere,
  apply(incident, { text }, ctx) {
    const { actor, facts, now } = ctx;
    const photos = facts.photos ?? [];
    return {
      ...withPhotos(incident, ctx),
      before: [...incident.before, ...photos],
      reporters: [...incident.reporters, { id: actor.id, name: actor.name, at: now, text, photos }],
    };
  },
  tell: (incident, _ctx, { text }) =>
    incident.urgency === 'danger'
      ? [...toHandlers(incident, 'incident.dangerMore', { text }), ...toAll(incident, 'incident.dangerMore', { text })]
      : incident.handler
        ? toHandlers(incident, 'incident.more')
        : toGrid(incident, 'incident.more'),
});

/** An unsatisfied answer sends it back to the same handler and to the secretary. */
export const confirm = move({
  from: ['resolved', 'partial'],
  to: {
    among: ['confirmed', 'reopened'],
    choose: (_incident, { satisfied }) => (satisfied ? 'confirmed' : 'reopened'),
  },
  by: can('confirm'),
  input: confirmInput,
  when: (incident, { actor }) => (incident.handlers.includes(actor.id) ? ownWork() : undefined),
  apply(incident, { satisfied, words }, { actor, now, calendar }) {
    const rating = { satisfied, ...(words && { words }), at: now, by: actor.id };
    if (satisfied) return { rating, closedAt: now };
    return {
      ...waitForDispatch(incident, now, calendar),
      rating,
      left: undefined,
      reopenings: incident.reopenings + 1,
    };
  },
  tell(incident, _ctx, { words }) {
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
      ...toFollowers(incident, 'reopened'),
      ...(incident.reopenings >= STREET_FROM_REOPENINGS
        ? toStreet(incident, 'incident.unsatisfiedAgain', { times: incident.reopenings })
        : []),
    ];
  },
});

/** Taken back by whoever reported it, as long as nobody else did and nobody has solved it. Of a danger it is said why. */
export const withdraw = move({
  from: ['reported', 'triaged', 'dispatched', 'assisting', 'rejected', 'reopened', 'referred'],
  to: 'withdrawn',
  by: can('withdraw'),
  input: withdrawInput,
  when: ({ mergedFrom = [] }) => (mergedFrom.length > 0 ? others() : undefined),
  guard: ({ urgency }, { reason }) => (urgency === 'danger' && reason === undefined ? sayAllClear() : undefined),
  apply: (_incident, _input, { now }) => ({ closedAt: now }),
  tell: (incident, _ctx, { reason }, before) => [
    ...(incident.urgency === 'danger'
      ? [...toHandlers(before, 'incident.allClear', { reason }), ...toAll(incident, 'incident.allClear', { reason })]
      : toHandlers(before, 'incident.withdrawn')),
    ...toReporters(incident, 'incident.withdrawnToo'),
  ],
});
