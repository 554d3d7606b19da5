import { system } from '../../core/ability.ts';
import { perform, readAggregate } from '../../core/aggregate.ts';
import type { House } from '../../core/house.ts';
import { topicTable } from './lifecycle.ts';
import type { TopicDoc } from './model.ts';

/**
 * Makes the topic merged into know the supporters of the one merged, then marks this as done. Each step may be repeated: a
 * crash between them is made good by the clock, which finds the topic unsettled.
 */
export async function settleMerge(house: House, topic: TopicDoc, now: Date): Promise<TopicDoc> {
  if (topic.settled || !topic.mergedInto) return topic;
  const actor = system();
  const ctx = { actor, ability: house.abilityOf(actor), now, calendar: house.calendar };
  const { _id: id, number, proposer, supporters, mergedFrom = [] } = topic;
  const target = await standing(house, topic.mergedInto.id);
  if (target) {
    const merged = [{ id, number, proposer, supporters }, ...mergedFrom];
    await perform(topicTable(house), target._id, 'absorb', { merged }, { ...ctx, key: `absorb:${id}` }, () => ({}));
  }
  const { document } = await perform(topicTable(house), id, 'settle', {}, { ...ctx, key: 'settle' }, () => ({}));
  return document;
}

/** The topic at the end of a chain of merges. Each leads to a lower number, so there is an end. */
async function standing(house: House, id: string): Promise<TopicDoc | undefined> {
  const topic = await readAggregate(house.model<TopicDoc>('topic'), id);
  return topic?.mergedInto ? standing(house, topic.mergedInto.id) : topic;
}
