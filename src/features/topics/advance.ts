import { type Actor, system } from '../../core/ability.ts';
import { perform, rawCollection, readAggregate } from '../../core/aggregate.ts';
import { HaolinError, notDue } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { type BallotDoc, countFor } from '../ballots/index.ts';
import { submitWish } from '../wishes/index.ts';
import { type ClockMove, dueMoves } from './clock.ts';
import { type TopicMoveName, topicTable } from './lifecycle.ts';
import { settleMerge } from './merging.ts';
import type { TopicDoc } from './model.ts';
import type { TopicFacts } from './table.ts';
import { placeOf } from './tellings.ts';

/** More than ever falls due at once: things to be done, each late, and what follows. */
const MOST = 60;

/** What the clock did to a topic, and what it could not do for an error that is the house's own. */
export interface Advanced {
  made: ClockMove['move'][];
  troubles: unknown[];
}

/**
 * Makes the moves the clock has decided on a topic; done again, or by several at once, each is made once. One that cannot
 * be made keeps none of the others waiting.
 * @param asked the move somebody is about to make: that one is left to them
 */
export async function advance(house: House, id: string, now: Date, asked?: string): Promise<Advanced> {
  const topics = house.model<TopicDoc>('topic');
  const done: Advanced = { made: [], troubles: [] };
  const due = { _id: id as never, nextAt: { $lte: now } };
  if (!(await rawCollection(topics).findOne(due, { projection: { _id: 1 } }))) return done;
  const left = new Set<string>();
  for (let round = 0; round < MOST; round += 1) {
    const topic = await readAggregate(topics, id);
    const next = topic && dueMoves(topic, now).find((one) => one.move !== asked && !left.has(nameOf(one)));
    if (!topic || !next) return done;
    try {
      await moveByClock(house, topic, next, now);
      done.made.push(next.move);
    } catch (error) {
      left.add(nameOf(next));
      const isRefusal = error instanceof HaolinError && error.status < 500;
      // Somebody was faster, or papers are still to be entered: whoever looks next sees what is left.
      const words = 'the clock leaves a topic as it is';
      house.log[isRefusal ? 'debug' : 'error']({ topic: id, move: next.move, err: error }, words);
      if (!isRefusal) done.troubles.push(error);
    }
  }
  return done;
}

const nameOf = ({ move, input }: ClockMove): string => `${move} ${input.item ?? ''}`;

async function moveByClock(house: House, topic: TopicDoc, { move, input }: ClockMove, now: Date): Promise<void> {
  switch (move) {
    case 'settle':
      await settleMerge(house, topic, now);
      return;
    case 'follow':
      return follow(house, topic, now);
    case 'count': {
      const { vote, community } = topic;
      const counted = vote && (await countFor(house, { ballot: vote.ballot, community, now }));
      return byHouse(house, topic, 'count', {}, now, counted ? { counted } : {});
    }
    case 'makeWish':
      return byHouse(house, topic, move, { ...input, ...(await wishFor(house, topic, input.item, now)) }, now);
    default:
      return byHouse(house, topic, move, input, now);
  }
}

/** The house's own move; one that people make, too, it makes in the secretary's stead. */
async function byHouse(
  house: House,
  topic: TopicDoc,
  move: TopicMoveName,
  input: object,
  now: Date,
  facts: TopicFacts = {},
): Promise<void> {
  const actor: Actor = { ...system(), roles: [{ role: 'secretary', area: topic.community }] };
  const ctx = { actor, ability: house.abilityOf(actor), now, calendar: house.calendar };
  await perform(topicTable(house), topic._id, move, input, ctx, () => facts);
}

/**
 * A ballot may have gone ahead of its topic, when the house stopped between the two: opened, or given up.
 * @throws HaolinError not_due when they are where they should be
 */
async function follow(house: House, topic: TopicDoc, now: Date): Promise<void> {
  const ballot = topic.vote && (await readAggregate(house.model<BallotDoc>('ballot'), topic.vote.ballot));
  if (topic.state === 'discussing' && ballot?.state === 'open') return byHouse(house, topic, 'openVote', {}, now);
  if (topic.state === 'voting' && ballot?.state === 'void') {
    const counted = await countFor(house, { ballot: ballot._id, community: topic.community, now });
    return byHouse(house, topic, 'count', {}, now, { counted });
  }
  throw notDue();
}

/** The wish an item is to become, made in the name of whoever listed it; none when they may not make one here. */
async function wishFor(
  house: House,
  topic: TopicDoc,
  id: string | undefined,
  now: Date,
): Promise<{ wish?: { id: string; number: number } }> {
  const item = topic.items?.find((one) => one.id === id);
  const actor = item && (await house.directory.actor(item.by.id, 'api'));
  if (!item || !actor) return {};
  const caller = { actor, ability: house.abilityOf(actor), now, key: `item:${item.id}` };
  try {
    const { wish } = await submitWish(house, caller, { text: item.text, category: 'other', area: placeOf(topic) });
    return { wish: { id: wish._id, number: wish.number } };
  } catch (error) {
    if (error instanceof HaolinError && error.status < 500) return {};
    throw error;
  }
}
