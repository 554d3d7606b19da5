import { z } from 'zod';
import { can, lifecycleOf } from '../../core/lifecycle.ts';
import { tooOften } from '../../core/often.ts';
import {
  comingTime,
  heldObjection,
  isForgone,
  lastDayOf,
  notWithin,
  pastDay,
  quarterOfDay,
  today,
  unfitHour,
} from './days.ts';
import { occasionBy } from './due.ts';
import {
  agreedAlready,
  alreadyAsked,
  notAWorker,
  nothingClaimed,
  notTheirRequest,
  notWithOneself,
  ownRequestOnly,
  quarterOver,
  quarterStays,
  settledAlready,
} from './errors.ts';
import {
  addRecordMove,
  anotherInput,
  askInput,
  claimInput,
  doneMove,
  dropInput,
  heldStart,
  inviteInput,
  scheduleInput,
} from './inputs.ts';
import { TALK_STATES, type TalkDoc, type TalkState } from './model.ts';
import { awaited, type Context, meetingOff, type TalkFacts, timeOf, toHosts, toWorker } from './tellings.ts';

const { move, start, lifecycle } = lifecycleOf<TalkDoc, TalkState, TalkFacts>();

const me = ({ actor }: Context) => ({ id: actor.id, name: actor.name });

/** Nobody talks with themselves, whatever roles they have. */
const withAnother = ({ worker }: TalkDoc, { actor }: Context) =>
  worker.id === actor.id ? notWithOneself() : undefined;

function begunWith(ctx: Context) {
  const { worker } = ctx.facts;
  if (!worker) throw notAWorker();
  return { areas: worker.areas, place: worker.place, worker: { id: worker.id, name: worker.name } };
}

const meetingOf = ({ day, time, place }: z.output<typeof scheduleInput>) => ({
  day,
  time,
  ...(place !== undefined && { place }),
  agreed: false,
});

const heldWith = ({ day, topics, recordMark }: z.output<typeof doneMove>, ctx: Context) => ({
  heldOn: day,
  heldIn: quarterOfDay(day),
  host: me(ctx),
  topics,
  ...(recordMark !== undefined && ctx.facts.sealed !== undefined && recordedBy(ctx.facts.sealed, ctx)),
});
const recordedBy = (sealed: string, ctx: Context) => ({ record: sealed, author: ctx.actor.id });

/**
 * A talk: `asked → scheduled → done`. A quarter's talk needs no document before somebody does something about it. Nothing
 * that was said goes into an input, a history entry or a message.
 */
export const talkLifecycle = lifecycle({
  name: 'talk',
  states: TALK_STATES,
  start: {
    /** The worker wants a talk, or the secretary knows of something that calls for one. */
    ask: start({
      to: 'asked',
      by: can('ask'),
      input: askInput,
      guard({ occasion, at }, ctx) {
        const own = ctx.facts.worker?.id === ctx.actor.id;
        if (own !== (occasion === 'own_request')) return own ? ownRequestOnly() : notTheirRequest();
        if (ctx.facts.purpose === undefined) return alreadyAsked();
        return at === undefined ? undefined : pastDay(at, ctx);
      },
      build(input, ctx) {
        const at = input.occasion === 'own_request' ? today(ctx) : (input.at ?? today(ctx));
        return {
          ...begunWith(ctx),
          purpose: ctx.facts.purpose ?? '',
          occasion: { kind: input.occasion, at },
          by: occasionBy(ctx.calendar, at),
        };
      },
      tell: awaited,
    }),
    /** A time is proposed for the quarter's talk. */
    invite: start({
      to: 'scheduled',
      by: can('schedule'),
      input: inviteInput,
      guard: (input, ctx) => comingTime(input, ctx),
      build: (input, ctx) => ({
        ...begunWith(ctx),
        purpose: quarterOfDay(input.day),
        host: me(ctx),
        meeting: meetingOf(input),
      }),
      tell: (talk, { actor }) => toWorker(talk, 'talk.proposed', { who: actor.name, ...timeOf(talk) }),
    }),
    /** The quarter's talk was held without much ado. */
    held: start({
      to: 'done',
      by: can('done'),
      input: heldStart,
      guard: ({ day, worker }, ctx) => (worker === ctx.actor.id ? notWithOneself() : pastDay(day, ctx)),
      build: (input, ctx) => ({ ...begunWith(ctx), purpose: quarterOfDay(input.day), ...heldWith(input, ctx) }),
      tell: (talk, { actor }) => toWorker(talk, 'talk.done', { who: actor.name, day: talk.heldOn }),
    }),
    /** The worker says that the quarter's talk was held; the secretary is to say so too. */
    say: start({
      to: 'asked',
      by: can('claim'),
      input: claimInput,
      guard: ({ day }, ctx) => pastDay(day, ctx),
      build: ({ day }, ctx) => ({ ...begunWith(ctx), purpose: quarterOfDay(day), claimed: day }),
      tell: (talk, ctx) => toHosts(talk, ctx, 'talk.claimed', { day: talk.claimed }),
    }),
  },
  moves: {
    schedule: move({
      from: ['asked', 'scheduled'],
      to: 'scheduled',
      by: can('schedule'),
      input: scheduleInput,
      when(talk, ctx) {
        const last = lastDayOf(talk);
        return withAnother(talk, ctx) ?? (last !== undefined && today(ctx) > last ? quarterOver() : undefined);
      },
      guard: (talk, input, ctx) =>
        comingTime(input, ctx) ?? notWithin(talk, input.day) ?? tooOften(talk, 'schedule', ctx),
      apply: (_talk, input, ctx) => ({ host: me(ctx), meeting: meetingOf(input) }),
      tell: (talk, { actor }) => toWorker(talk, 'talk.proposed', { who: actor.name, ...timeOf(talk) }),
    }),
    agree: move({
      from: ['scheduled'],
      to: 'scheduled',
      by: can('answer'),
      input: z.object({}),
      when: ({ meeting }) => (meeting?.agreed ? agreedAlready() : undefined),
      apply: ({ meeting }) => ({ meeting: meeting && { ...meeting, agreed: true } }),
      tell: (talk, ctx) => toHosts(talk, ctx, 'talk.agreed', timeOf(talk)),
    }),
    /** Another time, please. */
    another: move({
      from: ['scheduled'],
      to: 'asked',
      by: can('answer'),
      input: anotherInput,
      guard: (talk, { day, time }) =>
        (time === undefined ? undefined : unfitHour(time)) ?? (day === undefined ? undefined : notWithin(talk, day)),
      apply: () => ({ meeting: undefined }),
      tell: (talk, ctx, { day, time }) => toHosts(talk, ctx, 'talk.another', { day, time }),
    }),
    /** The worker says that it was held. */
    claim: move({
      from: ['asked', 'scheduled'],
      to: { among: ['asked', 'scheduled'], choose: ({ state }) => state },
      by: can('claim'),
      input: claimInput,
      guard: (talk, { day }, ctx) => heldObjection(talk, day, ctx) ?? tooOften(talk, 'claim', ctx),
      apply: (_talk, { day }) => ({ claimed: day }),
      // Asked already, they see on its page which day it is; whoever said that it was not hears of it anew.
      tell: (talk, ctx, _input, before) =>
        before.claimed === undefined ? toHosts(talk, ctx, 'talk.claimed', { day: talk.claimed }) : [],
    }),
    /** It was not, says the secretary. */
    notYet: move({
      from: ['asked', 'scheduled'],
      to: { among: ['asked', 'scheduled'], choose: ({ state }) => state },
      by: can('done'),
      input: z.object({}),
      when: (talk, ctx) => withAnother(talk, ctx) ?? (talk.claimed === undefined ? nothingClaimed() : undefined),
      apply: () => ({ claimed: undefined }),
      tell: (talk, { actor }, _input, before) =>
        toWorker(talk, 'talk.not_yet', { who: actor.name, day: before.claimed }),
    }),
    done: move({
      from: ['asked', 'scheduled'],
      to: 'done',
      by: can('done'),
      input: doneMove,
      when: withAnother,
      guard: (talk, { day }, ctx) => heldObjection(talk, day, ctx),
      apply: (_talk, input, ctx) => ({ ...heldWith(input, ctx), claimed: undefined }),
      tell: (talk, { actor }) => toWorker(talk, 'talk.done', { who: actor.name, day: talk.heldOn }),
    }),
    /** What was said is written down later, or anew, by whoever held the talk and by nobody else. */
    addRecord: move({
      from: ['done'],
      to: 'done',
      by: can('addRecord'),
      input: addRecordMove,
      apply: (_talk, { topics, recordMark }, ctx) => ({
        ...(topics && { topics }),
        ...(recordMark !== undefined && ctx.facts.sealed !== undefined && recordedBy(ctx.facts.sealed, ctx)),
      }),
    }),
    /** What called for it is over. */
    drop: move({
      from: ['asked', 'scheduled'],
      to: 'dropped',
      by: can('drop'),
      input: dropInput,
      when: (talk, ctx) => (talk.occasion ? ownOnly(talk, ctx) : quarterStays()),
      apply: () => ({ meeting: undefined, claimed: undefined }),
      tell: (talk, ctx) =>
        ctx.actor.id === talk.worker.id
          ? toHosts(talk, ctx, 'talk.taken_back')
          : toWorker(talk, 'talk.dropped', { who: ctx.actor.name }),
    }),
    /** The worker serves in another community now: its secretary talks with them, at a time of their own. */
    moved: move({
      from: ['asked', 'scheduled'],
      to: 'asked',
      by: 'system',
      input: z.object({}),
      guard: ({ place }, _input, { facts: { worker } }) =>
        worker && worker.place !== place ? undefined : settledAlready(),
      apply: ({ areas, place }, _input, { facts: { worker } }) => ({
        areas: worker?.areas ?? areas,
        place: worker?.place ?? place,
        meeting: undefined,
        host: undefined,
      }),
      tell: (talk, ctx, _input, before) => [...meetingOff(before), ...awaited(talk, ctx)],
    }),
    /** Its quarter is long over, and it was not held. */
    forgo: move({
      from: ['asked', 'scheduled'],
      to: 'missed',
      by: 'system',
      input: z.object({}),
      guard: (talk, _input, ctx) => (isForgone(talk, today(ctx)) ? undefined : settledAlready()),
      apply: () => ({ meeting: undefined, claimed: undefined }),
    }),
  },
});

/** The worker takes back what they asked for themselves; what the secretary knows of stays. */
const ownOnly = ({ occasion, worker }: TalkDoc, { actor }: Context) =>
  worker.id === actor.id && occasion?.kind !== 'own_request' ? quarterStays() : undefined;

export type TalkMoveName = keyof typeof talkLifecycle.moves;
export type TalkStartName = keyof typeof talkLifecycle.start;
