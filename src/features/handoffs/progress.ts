import { rawCollection } from '../../core/aggregate.ts';
import { HaolinError } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import type { Turn } from '../../core/intent.ts';
import type { Progress } from '../../core/progress.ts';
import { communityOf } from '../areas/index.ts';
import { PROGRESS } from './messages.ts';
import type { HandoffDoc } from './model.ts';
import { aheadOf } from './queue.ts';
import { handoffByNumber } from './service.ts';

const SHOWN = 8;

/** Where calls for a human stand: who asked is told what was answered last, and how many are answered before. */
export const handoffProgress: Progress = {
  called: '求助',
  async byNumber(turn, house, number) {
    const found = await ownOrKept(turn, house, number);
    return Promise.all(
      found.map(async (one) => ({
        label: PROGRESS.label(one.number),
        own: one.requester.id === turn.actor.id,
        text: await lineOf(house, one),
      })),
    );
  },
  async mine(turn, house) {
    const open = (await rawCollection(house.model<HandoffDoc>('handoff'))
      .find({ 'requester.id': turn.actor.id, state: { $ne: 'closed' } })
      .sort({ createdAt: -1, _id: -1 })
      .limit(SHOWN)
      .toArray()) as unknown as HandoffDoc[];
    const matters = await Promise.all(open.map(async (one) => ({ line: await lineOf(house, one) })));
    return [{ heading: PROGRESS.mine, matters }];
  },
  nothing: PROGRESS.nothing,
};

async function lineOf(house: House, handoff: HandoffDoc): Promise<string> {
  const answered = handoff.said.findLast(({ answer }) => answer);
  const ahead = handoff.state === 'opened' ? await aheadOf(house, handoff) : 0;
  return PROGRESS.line(handoff, ahead, handoff.state === 'opened' ? undefined : answered?.text);
}

async function ownOrKept(turn: Turn, house: House, number: number): Promise<HandoffDoc[]> {
  const community = communityOf(turn.actor.areas);
  if (community === undefined) return [];
  try {
    return [await handoffByNumber(house, turn, community, number)];
  } catch (error) {
    if (error instanceof HaolinError && error.code === 'not_found') return [];
    throw error;
  }
}
