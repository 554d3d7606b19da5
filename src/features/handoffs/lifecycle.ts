import { z } from 'zod';
import type { Role } from '../../core/ability.ts';
import { notDue } from '../../core/errors.ts';
import { called } from '../../core/input.ts';
import { can, lifecycleOf, type MoveContext, NOT_DRAWN, type Telling, to, toRole } from '../../core/lifecycle.ts';
import { addDays, dayOf, deadline, endOfDay, MINUTE } from '../../core/time.ts';
import { asWritten } from '../../core/written.ts';
import { alreadyClosed, noPlace, tooMuchAnswered, tooMuchSaid } from './errors.ts';
import type { HandoffMessage } from './messages.ts';
import { HANDOFF_STATES, type HandoffDoc, type HandoffState } from './model.ts';

/** What beginning a handoff needs besides the words. */
export interface HandoffFacts {
  /** The requester's areas from the city down, and the community among them. */
  place?: { areas: string[]; community: string };
}

type Context = MoveContext<HandoffFacts>;

/** An unanswered call for a human reaches the secretary after this. */
const ANSWER_WITHIN = { workdays: 1 };
/** An emergency nobody answered reaches the secretary once more after this. */
const ALARM_ANSWERED_WITHIN = 15 * MINUTE;
/** An answered one is kept open this long for another question. */
const HELD_DAYS = 3;
/** More than any call needs; the community's answers have room for as many again. */
const MOST_SAID = 100;
const MOST_WITH_ANSWERS = 2 * MOST_SAID;

const { move, start, lifecycle } = lifecycleOf<HandoffDoc, HandoffState, HandoffFacts>();

const words = called('要说的话', z.string().overwrite(asWritten).min(1).max(1_000));
export const saidInput = z.object({ text: words });
/** Somebody calls: `urgent` when life or property is in danger now. */
export const callInput = saidInput.extend({
  urgent: called('是不是紧急', z.boolean()).optional().describe('有人身危险或紧急情况'),
});
export const closeInput = z.object({ reason: called('原因', z.string().overwrite(asWritten).max(200)).optional() });

const alarmDue = ({ now }: Context): Date => new Date(now.getTime() + ALARM_ANSWERED_WITHIN);
const answerDue = ({ now, calendar }: Context): Date => deadline(calendar, now, ANSWER_WITHIN);
/** The clock decided on what it read a moment ago; whoever answered meanwhile has set another moment. */
const onlyWhenDue = ({ nextAt }: HandoffDoc, _input: unknown, { now }: Context) =>
  nextAt && nextAt <= now ? undefined : notDue();
/** The earlier of the answer owed already and this one. */
const soonest = ({ state, nextAt }: HandoffDoc, due: Date): Date =>
  state === 'opened' && nextAt !== undefined && nextAt < due ? nextAt : due;
const says = (text: string, answer: boolean, { actor, now }: Context, urgent = false) => ({
  by: { id: actor.id, name: actor.name },
  answer,
  text,
  at: now,
  ...(urgent && { urgent }),
});

/**
 * Those who are to answer know who asks and what; the resident's number and address stay in the register. Somebody who
 * serves the community and calls for help is not told of it.
 */
const toHolders = (
  role: Role,
  area: string,
  handoff: HandoffDoc,
  message: HandoffMessage,
  data: Record<string, unknown>,
): Telling => {
  const { _id: id, number, requester } = handoff;
  return toRole(role, area, message, { id, number, who: requester.name, ...data }, requester.id);
};
const toSecretary = (handoff: HandoffDoc, message: HandoffMessage, data: Record<string, unknown> = {}): Telling[] => [
  toHolders('secretary', handoff.community, handoff, message, data),
];
const toKeepers = (handoff: HandoffDoc, message: HandoffMessage, data: Record<string, unknown> = {}): Telling[] => [
  toHolders('worker', handoff.community, handoff, message, data),
  ...toSecretary(handoff, message, data),
];
/** In an emergency the nearest first: whoever keeps the grid is round the corner. */
const toAll = (handoff: HandoffDoc, message: HandoffMessage, data: Record<string, unknown> = {}): Telling[] => [
  toHolders('grid_worker', handoff.areas.at(-1) ?? handoff.community, handoff, message, data),
  ...toKeepers(handoff, message, data),
];
const toRequester = (handoff: HandoffDoc, message: HandoffMessage, data: Record<string, unknown> = {}): Telling[] => [
  to(handoff.requester.id, message, { id: handoff._id, number: handoff.number, ...data }),
];

/** A resident wants a human: `opened → answered → closed`, back to opened when more is said. */
export const handoffLifecycle = lifecycle({
  name: 'handoff',
  states: HANDOFF_STATES,
  start: {
    open: start({
      to: 'opened',
      by: can('open'),
      input: callInput,
      build(input, ctx) {
        const { place } = ctx.facts;
        if (!place) throw noPlace();
        return {
          areas: place.areas,
          community: place.community,
          number: NOT_DRAWN,
          requester: { id: ctx.actor.id, name: ctx.actor.name },
          said: [says(input.text, false, ctx, input.urgent)],
          nextAt: input.urgent ? alarmDue(ctx) : answerDue(ctx),
          escalated: false,
          ...(input.urgent && { alarm: true }),
        };
      },
      tell: (handoff, _ctx, { text, urgent }) =>
        urgent ? toAll(handoff, 'handoff.alarm', { text }) : toKeepers(handoff, 'handoff.opened', { text }),
    }),
  },
  moves: {
    /** The resident says more, asks again after an answer, or is in danger now. */
    add: move({
      from: ['opened', 'answered'],
      to: 'opened',
      by: can('add'),
      input: callInput,
      otherwise: () => alreadyClosed(),
      when: (handoff) => (handoff.said.length < MOST_SAID ? undefined : tooMuchSaid()),
      apply: (handoff, { text, urgent }, ctx) => ({
        said: [...handoff.said, says(text, false, ctx, urgent)],
        // Saying more does not put off the answer that is owed already.
        ...(urgent ? { nextAt: soonest(handoff, alarmDue(ctx)), escalated: false, alarm: true } : {}),
        ...(urgent || handoff.state === 'opened' ? {} : { nextAt: answerDue(ctx), escalated: false }),
      }),
      // What is said after an alarm may be where they are: it reaches whoever was alarmed, be it night.
      tell: (handoff, _ctx, { text, urgent }) =>
        urgent || handoff.alarm
          ? toAll(handoff, 'handoff.alarm', { text })
          : toKeepers(handoff, 'handoff.added', { text }),
    }),
    answer: move({
      from: ['opened', 'answered'],
      to: 'answered',
      by: can('answer'),
      input: saidInput,
      otherwise: () => alreadyClosed(),
      when: (handoff) => (handoff.said.length < MOST_WITH_ANSWERS ? undefined : tooMuchAnswered()),
      apply: (handoff, { text }, ctx) => ({
        said: [...handoff.said, says(text, true, ctx)],
        nextAt: endOfDay(addDays(dayOf(ctx.now), HELD_DAYS)),
        escalated: false,
        alarm: undefined,
      }),
      tell: (handoff, { actor }, { text }) => toRequester(handoff, 'handoff.answered', { who: actor.name, text }),
    }),
    close: move({
      from: ['opened', 'answered'],
      to: 'closed',
      by: can('close'),
      input: closeInput,
      apply: () => ({ nextAt: undefined, alarm: undefined }),
      // Whoever takes a call back that nobody has answered spares those who would.
      tell: (handoff, { actor }, { reason }, before) => {
        if (actor.id !== handoff.requester.id) return toRequester(handoff, 'handoff.closed', { reason });
        if (before.alarm) return toAll(handoff, 'handoff.alarm_over');
        return before.state === 'opened' ? toKeepers(handoff, 'handoff.taken_back') : [];
      },
    }),
    /** Nobody answered in time: the secretary hears of it, once; of an emergency at once, be it night. */
    escalate: move({
      from: ['opened'],
      to: 'opened',
      by: 'system',
      input: z.object({}),
      guard: onlyWhenDue,
      apply: () => ({ nextAt: undefined, escalated: true }),
      tell: (handoff) =>
        handoff.alarm
          ? toSecretary(handoff, 'handoff.alarm', { text: handoff.said.findLast(({ answer }) => !answer)?.text })
          : toSecretary(handoff, 'handoff.waiting'),
    }),
    /** Answered, and nothing more was asked. */
    lapse: move({
      from: ['answered'],
      to: 'closed',
      by: 'system',
      input: z.object({}),
      guard: onlyWhenDue,
      apply: () => ({ nextAt: undefined }),
    }),
  },
});

export type HandoffMoveName = keyof typeof handoffLifecycle.moves;
