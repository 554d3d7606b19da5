import type { Table } from '../../core/aggregate.ts';
import type { House } from '../../core/house.ts';
import { takerOf } from '../../core/quota.ts';
import { nextNumber } from '../areas/index.ts';
import { takeTurn } from './flood.ts';
import { TOPIC_STATES, type TopicDoc, type TopicState } from './model.ts';
import { archive, finish, review } from './moves/execute.ts';
import { addItem, itemDone, itemDue, itemLate, makeWish } from './moves/items.ts';
import { dropItem, extendItem, passItem } from './moves/items-changed.ts';
import { adjourn, begin, callOff, goOn, pause, remind, schedule } from './moves/meet.ts';
import { absorb, agreeMerge, askMerge, refuseMerge, settle } from './moves/merge.ts';
import { accept, appoint, decline, nudge, resume, shelve } from './moves/moderate.ts';
import { propose, second, unsecond, withdraw } from './moves/propose.ts';
import { answerObjection, endPublicity, object, publicise } from './moves/publicise.ts';
import { agree, count, dropVote, openVote, prepareVote } from './moves/vote.ts';
import { lifecycle, type TopicFacts } from './table.ts';

/** 议题: proposed, seconded, accepted, talked over, decided, publicised, carried out and judged. */
export const topicLifecycle = lifecycle({
  name: 'topic',
  states: TOPIC_STATES,
  start: { propose },
  moves: {
    second,
    unsecond,
    withdraw,
    accept,
    decline,
    appoint,
    shelve,
    resume,
    askMerge,
    agreeMerge,
    refuseMerge,
    absorb,
    settle,
    schedule,
    callOff,
    remind,
    begin,
    pause,
    goOn,
    adjourn,
    agree,
    prepareVote,
    openVote,
    dropVote,
    count,
    publicise,
    object,
    answerObjection,
    endPublicity,
    addItem,
    itemDone,
    passItem,
    extendItem,
    dropItem,
    makeWish,
    itemDue,
    itemLate,
    nudge,
    finish,
    review,
    archive,
  },
});
export type TopicMoveName = keyof typeof topicLifecycle.moves;

/** More topics than even a secretary has at once, in the API and in chat together; for others see `LIMITS`. */
const MOST_TOPICS = { points: 10, seconds: 24 * 3_600 };

export const topicTable = (house: House): Table<TopicDoc, TopicState, TopicFacts> => ({
  lifecycle: topicLifecycle,
  model: house.model<TopicDoc>('topic'),
  announce: (change) => house.announce(change),
  vault: house.vault,
  async spend(topic, actor) {
    await takeTurn(house, actor, topic);
    await takerOf(house)(`topic:${actor.id}`, MOST_TOPICS);
  },
  number: ({ community }) => nextNumber(house, 'topic', community),
});
