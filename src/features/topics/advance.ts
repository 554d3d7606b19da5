import { system } from '../../core/ability.ts';
import { perform, rawCollection, readAggregate } from '../../core/aggregate.ts';
import { HaolinError } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { countFor } from '../ballots/index.ts';
import { type ClockMove, dueMoves } from './clock.ts';
import { topicTable } from './lifecycle.ts';
import { settleMerge } from './merging.ts';
import type { TopicDoc } from './model.ts';
import type { TopicFacts } from './table.ts';

/** More than ever falls due at once: things to be done, each late, and what follows. */
const MOST = 40;

/**
 * Makes the moves the clock has decided on a topic; done again, or by several at once, each is made once.
 * @param asked the move somebody is about to make: that one is left to them
 * @returns the moves made
 */
export async function advance(house: House, id: string, now: Date, asked?: string): Promise<ClockMove['move'][]> {
  const topics = house.model<TopicDoc>('topic');
  const made: ClockMove['move'][] = [];
  const isDue = await rawCollection(topics).findOne(
    { _id: id as never, nextAt: { $lte: now } },
    { projection: { _id: 1 } },
  );
  if (!isDue) return made;
  for (let round = 0; round < MOST; round += 1) {
    const topic = await readAggregate(topics, id);
    const [due] = topic ? dueMoves(topic, now) : [];
    if (!topic || !due || due.move === asked) return made;
    try {
      await moveByClock(house, topic, due, now);
    } catch (error) {
      if (!(error instanceof HaolinError && error.status < 500)) throw error;
      // Somebody was faster, or papers are still to be entered: whoever looks next sees what is left.
      house.log.debug({ topic: id, move: due.move, code: error.code }, 'the clock leaves a topic as it is');
      return made;
    }
    made.push(due.move);
  }
  return made;
}

async function moveByClock(house: House, topic: TopicDoc, { move, input }: ClockMove, now: Date): Promise<void> {
  if (move === 'settle') {
    await settleMerge(house, topic, now);
    return;
  }
  const { vote, community } = topic;
  const facts: TopicFacts = {};
  if (move === 'count' && vote) facts.counted = await countFor(house, { ballot: vote.ballot, community, now });
  const actor = move === 'count' ? { ...system(), roles: [{ role: 'secretary' as const, area: community }] } : system();
  const ctx = { actor, ability: house.abilityOf(actor), now, calendar: house.calendar };
  await perform(topicTable(house), topic._id, move, input, ctx, () => facts);
}
