import { z } from 'zod';
import { type Ability, may } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import type { House } from '../../core/house.ts';
import { movesFor } from '../../core/lifecycle.ts';
import { wholeWords } from '../../core/sealed-words.ts';
import { stateAt } from './clock.ts';
import { topicLifecycle } from './lifecycle.ts';
import { TOPIC_STATES, type TopicDoc, type TopicState } from './model.ts';
import { progressFields, progressOf, stateWordOf } from './progress.ts';
import { publicPageOf } from './public-page.ts';

/** A topic as it leaves the house. Who seconded it is nobody's business; how many is everybody's. */

export const topicState = z.enum(Object.keys(TOPIC_STATES) as [TopicState, ...TopicState[]]);
const at = z.iso.datetime();
const named = z.object({ id: z.string(), name: z.string() });

/** What a line of a list carries. */
export const topicLine = z
  .object({
    id: z.string(),
    number: z.number().int(),
    title: z.string(),
    state: topicState,
    stateWord: z.string(),
    place: z.string().describe('社区和网格'),
    community: z.string(),
    proposedAt: at,
    seconds: z.number().int().describe('有多少人附议'),
    secondsNeeded: z.number().int().describe('要多少人附议，社区才必须受理'),
    mine: z.boolean().describe('是不是自己提的'),
    seconded: z.boolean().describe('自己附议过没有'),
    facilitator: named.optional(),
    version: z.number().int(),
    moves: z.array(z.string()).describe('这个人现在能做的操作'),
  })
  .meta({ id: 'TopicLine' });
export type TopicLine = z.output<typeof topicLine>;

export const topicView = topicLine
  .extend({
    text: z.string(),
    ...progressFields,
    proposer: named.optional().describe('只给自己和社区看'),
    publicPage: z.url().optional().describe('谁都能看的网页'),
    mergeAsked: z.object({ number: z.number().int(), title: z.string() }).optional(),
    mergedInto: z.object({ id: z.string(), number: z.number().int() }).optional(),
    mergedFrom: z.array(z.object({ id: z.string(), number: z.number().int() })),
    shelved: z.string().optional().describe('为什么暂缓'),
    history: z.array(
      z.object({ at, move: z.string(), to: topicState, toWord: z.string(), why: z.string().optional() }),
    ),
  })
  .meta({ id: 'Topic' });
export type TopicView = z.output<typeof topicView>;

/** Whether this ability covers knowing of the topic at all. */
export const mayRead = (ability: Ability, topic: object): boolean => may(ability, 'read', 'topic', topic);

/** Moves of bookkeeping, and those that would say who is for it. */
const UNTOLD = new Set([
  'absorb',
  'settle',
  'second',
  'unsecond',
  'askMerge',
  'refuseMerge',
  'remind',
  'object',
  'itemDue',
  'itemLate',
  'makeWish',
  'nudge',
  'review',
]);
/** Reasons that were given to everybody. */
const SAID = new Set([
  'decline',
  'shelve',
  'withdraw',
  'callOff',
  'pause',
  'adjourn',
  'dropVote',
  'passItem',
  'extendItem',
  'dropItem',
]);

/** As a line of a list. */
export function lineOf(house: Pick<House, 'calendar'>, caller: Caller, topic: TopicDoc): TopicLine {
  const words = may(caller.ability, 'readWritten', 'topic', topic) ? topic : topic.posted;
  const { _id: id, number, place, community, createdAt, supporters, terms, facilitator, version } = topic;
  const state = stateAt(topic, caller.now);
  return {
    id,
    number,
    title: words.title,
    state,
    stateWord: stateWordOf(topic, caller.now),
    place,
    community,
    proposedAt: createdAt.toISOString(),
    seconds: supporters.length,
    secondsNeeded: terms.seconds,
    mine: topic.proposer.id === caller.actor.id,
    seconded: supporters.includes(caller.actor.id),
    ...(facilitator && { facilitator }),
    version,
    moves: movesFor(topicLifecycle, { ...topic, state }, { ...caller, calendar: house.calendar, facts: {} }),
  };
}

/** The whole of a topic, for whoever may read it. */
export function viewOf(
  house: Pick<House, 'calendar' | 'settings' | 'vault'>,
  caller: Caller,
  topic: TopicDoc,
): TopicView {
  const written = may(caller.ability, 'readWritten', 'topic', topic);
  const { proposer, mergeAsked, mergedInto, mergedFrom = [], shelved, history } = topic;
  const own = wholeWords(house.vault, 'topic', topic, ({ by }) => by.id === caller.actor.id);
  const publicPage = publicPageOf(house, topic);
  return {
    ...lineOf(house, caller, topic),
    text: written ? own(topic.text) : topic.posted.text,
    ...progressOf(caller, topic),
    ...(publicPage !== undefined && { publicPage }),
    ...(written && { proposer }),
    ...(written && mergeAsked && { mergeAsked: { number: mergeAsked.number, title: mergeAsked.title } }),
    ...(mergedInto && { mergedInto }),
    mergedFrom: mergedFrom.map(({ id, number }) => ({ id, number })),
    ...(shelved && { shelved: shelved.reason }),
    history: history
      .filter(({ move }) => !UNTOLD.has(move))
      .map(({ at: when, move, to, why }) => ({
        at: when.toISOString(),
        move,
        to: to as TopicState,
        toWord: TOPIC_STATES[to as TopicState],
        ...(why !== undefined && SAID.has(move) && { why }),
      })),
  };
}
