import type { Actor } from '../../core/ability.ts';
import { rawCollection } from '../../core/aggregate.ts';
import type { HaolinError } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { DAY, MINUTE } from '../../core/time.ts';
import { topicsInAWeek, topicsWaiting } from './errors.ts';
import type { TopicDoc, TopicState } from './model.ts';
import { giveSlotBack, takeSlot } from './slots.ts';

/** How many topics one person may put before the neighbours, so that nobody's drown in another's. */
export const LIMITS = {
  /** That wait for neighbours or for the community, at once. */
  waiting: 3,
  /** In so many days, whatever became of them: who withdraws one has still asked for everybody's attention. */
  recent: 5,
  days: 7,
} as const;

const WAITING: readonly TopicState[] = ['proposed', 'seconded'];

/**
 * What stands in the way of one more topic. Pure.
 * @param waiting how many of theirs wait
 * @param recent when their latest were proposed, the latest first
 */
export function floodObjection(waiting: number, recent: readonly Date[], now: Date): HaolinError | undefined {
  const first = recent[LIMITS.recent - 1];
  const again = first && Math.ceil((first.getTime() + LIMITS.days * DAY) / MINUTE) * MINUTE;
  // The longer wait is said first: nobody asks three neighbours to second something and is then told to come next week.
  if (again !== undefined && again > now.getTime()) return topicsInAWeek(LIMITS, new Date(again), now);
  return waiting >= LIMITS.waiting ? topicsWaiting(waiting) : undefined;
}

/**
 * Refuses whoever has put forward as many as one may. The community's secretary, who writes down what others say, may go on.
 * What is sent at the very same moment it does not know of: see `takeTurn`.
 * @param areas codes of the place it is about, down from the city
 * @throws HaolinError topics_waiting, topics_in_a_week
 */
export async function refuseFlood(house: House, actor: Actor, areas: readonly string[], now: Date): Promise<void> {
  if (goesOn(actor, areas)) return;
  const { id } = actor;
  const topics = rawCollection(house.model<TopicDoc>('topic'));
  const [waiting, latest] = await Promise.all([
    topics.countDocuments({ 'proposer.id': id, state: { $in: [...WAITING] } }, { limit: LIMITS.waiting }),
    topics
      .find({ 'proposer.id': id }, { projection: { createdAt: 1 } })
      .sort({ createdAt: -1, _id: -1 })
      .limit(LIMITS.recent)
      .toArray(),
  ]);
  const recent = latest.map(({ createdAt }) => createdAt);
  const objection = floodObjection(waiting, recent, now);
  if (objection) throw objection;
}

const goesOn = ({ roles }: Actor, areas: readonly string[]): boolean =>
  roles.some(({ role, area }) => role === 'secretary' && areas.includes(area));

/**
 * Lets a topic begin, or refuses it as `refuseFlood` does, and several sent at the very same moment together: they take
 * slots, of which there are as many as one may.
 * @throws HaolinError topics_waiting, topics_in_a_week
 */
export async function takeTurn(house: House, actor: Actor, topic: Pick<TopicDoc, '_id' | 'areas' | 'createdAt'>) {
  const { _id, areas, createdAt: now } = topic;
  await refuseFlood(house, actor, areas, now);
  if (goesOn(actor, areas)) return;
  const isWaiting = ({ state }: Pick<TopicDoc, 'state'>) => WAITING.includes(state);
  const waiting = { name: `waiting:${actor.id}`, count: LIMITS.waiting, holds: isWaiting };
  if (await takeSlot(house, waiting, _id, now)) throw topicsWaiting(LIMITS.waiting);
  const since = now.getTime() - LIMITS.days * DAY;
  const isRecent = ({ createdAt }: Pick<TopicDoc, 'createdAt'>) => createdAt.getTime() > since;
  const recent = { name: `recent:${actor.id}`, count: LIMITS.recent, holds: isRecent };
  const taken = await takeSlot(house, recent, _id, now);
  if (!taken) return;
  await giveSlotBack(house, waiting.name, _id);
  const latest = taken.map(({ at }) => at).sort((one, other) => other.getTime() - one.getTime());
  throw floodObjection(0, latest, now) ?? topicsWaiting(LIMITS.waiting);
}
