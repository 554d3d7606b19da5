import { notFound } from '../../../core/errors.ts';
import { can, type Patch } from '../../../core/lifecycle.ts';
import { extensionEarlier, extensionTooLong } from '../../../core/matter-errors.ts';
import { addDays, dayOf, endOfDay } from '../../../core/time.ts';
import { ANSWER_WITHIN, startClock, startUntilDay } from '../due.ts';
import { cannotHandle, noHandler, noMoreTime } from '../errors.ts';
import { assistInput, extendInput, noteInput, partialInput, resolveInput } from '../inputs.ts';
import type { IncidentDoc } from '../model.ts';
import { type IncidentContext, move, staying } from '../table.ts';
import { inDangerOr, toFollowers, toHandler, toHandlers, toPerson, toReporters, toSecretary } from '../tellings.ts';
import { noteOf, photosThere, withPhotos } from './notes.ts';

/** What those who have it in hand do until it is solved. */

const MOST_EXTENSIONS = 2;
const LONGEST_EXTENSION_DAYS = 60;

/** 协同处置: a person of the community, or a department the street calls (街呼区应). */
export const assist = move({
  from: ['dispatched', 'assisting', 'reopened'],
  to: 'assisting',
  by: can('assist'),
  input: assistInput,
  when: ({ handler }) => (handler ? undefined : noHandler()),
  guard(_incident, { person }, { facts: { assignee } }) {
    if (person === undefined) return undefined;
    if (!assignee) return notFound('人');
    return assignee.serves ? undefined : cannotHandle();
  },
  apply: (incident, { unit, words }, { facts: { assignee }, now }) => ({
    helpers: [
      ...incident.helpers,
      {
        ...(assignee && { person: { id: assignee.id, name: assignee.name } }),
        ...(unit !== undefined && { unit }),
        words,
        at: now,
      },
    ],
  }),
  tell: (incident, { actor, facts: { assignee } }, { unit, words }) => [
    ...toPerson(incident, assignee?.id, inDangerOr(incident, 'incident.helpNow', 'incident.help'), {
      who: actor.name,
      words,
    }),
    ...toHandler(incident, 'incident.helped', { who: assignee?.name ?? unit, words }),
    ...toReporters(incident, 'incident.assisting', { who: unit ?? assignee?.name }),
    ...toFollowers(incident, 'assisting'),
  ],
});

/** How it goes, for those who have it in hand; for the reporters too when said so. */
export const note = move({
  ...staying(['dispatched', 'assisting', 'reopened', 'partial']),
  by: can('note'),
  input: noteInput,
  guard: photosThere,
  apply: (incident, { text, toReporters: told }, ctx) => ({
    ...withPhotos(incident, ctx),
    notes: [...incident.notes, noteOf(text, told, ctx)],
  }),
  tell: (incident, { actor }, { text, toReporters: told }) => [
    ...toHandlers(incident, inDangerOr(incident, 'incident.notedNow', 'incident.noted'), { who: actor.name, text }),
    ...(incident.urgency === 'danger' ? toSecretary(incident, 'incident.notedNow', { who: actor.name, text }) : []),
    ...(told ? toReporters(incident, inDangerOr(incident, 'incident.progressNow', 'incident.progress'), { text }) : []),
  ],
});

export const extend = move({
  ...staying(['dispatched', 'assisting', 'reopened']),
  by: can('extend'),
  input: extendInput,
  when: (incident) => (incident.extensions.length < MOST_EXTENSIONS ? undefined : noMoreTime()),
  guard(incident, { until }, { now }) {
    const due = incident.due.done ?? now;
    const latest = addDays([due, now].map(dayOf).sort().at(-1) ?? '', LONGEST_EXTENSION_DAYS);
    if (endOfDay(until) <= due || endOfDay(until) <= now) return extensionEarlier(dayOf(due));
    return until > latest ? extensionTooLong(latest) : undefined;
  },
  apply: (incident, { until, reason }, { now, calendar }) => ({
    ...startUntilDay(incident, 'done', until, now, calendar),
    extensions: [...incident.extensions, { until: endOfDay(until), reason, at: now }],
  }),
  tell: (incident, _ctx, { until, reason }) => [
    ...toReporters(incident, 'incident.extended', { until, reason }),
    ...(incident.extensions.length === MOST_EXTENSIONS
      ? toSecretary(incident, 'incident.extendedTwice', { until, reason })
      : []),
  ],
});

/** Solved: whoever reported it says whether it is. */
export const resolve = move({
  from: ['dispatched', 'assisting', 'reopened', 'partial'],
  to: 'resolved',
  by: can('resolve'),
  input: resolveInput,
  guard: photosThere,
  apply: solved,
  tell: (incident, { actor }, { note: done }) => [
    ...toReporters(incident, 'incident.resolved', { note: done }),
    ...toFollowers(incident, 'resolved', 'incident.followResolved', { note: done }),
    ...(incident.urgency === 'danger' ? toSecretary(incident, 'incident.resolvedNow', { who: actor.name }) : []),
  ],
});

/** Only in part: what is left is said. */
export const partial = move({
  from: ['dispatched', 'assisting', 'reopened'],
  to: 'partial',
  by: can('partial'),
  input: partialInput,
  guard: photosThere,
  apply: (incident, input, ctx) => ({ ...solved(incident, input, ctx), left: input.left }),
  tell: (incident, _ctx, { left }) => [
    ...toReporters(incident, 'incident.partial', { left }),
    ...toFollowers(incident, 'partial', 'incident.followPartial', { left }),
    ...toSecretary(incident, 'incident.partialNotice', { left }),
  ],
});

function solved(incident: IncidentDoc, { note: done }: { note: string }, ctx: IncidentContext): Patch<IncidentDoc> {
  return {
    ...startClock(incident, 'answer', ANSWER_WITHIN, ctx.now, ctx.calendar),
    ...withPhotos(incident, ctx),
    outcome: { note: done, photos: ctx.facts.photos ?? [], at: ctx.now },
    left: undefined,
    content: undefined,
  };
}
