import { readAggregate } from '../../../core/aggregate.ts';
import type { Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { communitiesMeant } from '../../areas/index.ts';
import { type BallotDoc, type OpenBallot, openBallotsFor } from '../../ballots/index.ts';
import type { TopicDoc } from '../model.ts';
import { mayRead } from '../views.ts';

/** A ballot somebody may vote on now, under the number and title people know it by. */
export interface Vote extends OpenBallot {
  topic?: Pick<TopicDoc, '_id' | 'number'>;
  title: string;
}

/** All that are open for the speaker in the communities they may mean. */
export async function votesFor(house: House, turn: Turn): Promise<Vote[]> {
  const open = await openBallotsFor(house, turn, communitiesMeant(turn));
  return Promise.all(
    open.map(async (one) => {
      const topic = await topicOf(house, turn, one.ballot);
      return topic ? { ...one, topic, title: topic.posted.title } : { ...one, title: one.ballot.title };
    }),
  );
}

async function topicOf(house: House, { ability }: Turn, { about }: BallotDoc): Promise<TopicDoc | undefined> {
  const topic = about === undefined ? undefined : await readAggregate(house.model<TopicDoc>('topic'), about);
  return topic && mayRead(ability, topic) ? topic : undefined;
}

/** Whether some voice of theirs is still to be used. */
export const isWaiting = ({ mine }: OpenBallot): boolean => mine.some(({ voted }) => !voted);

/** Whether a vote cast by phone can still be changed. */
export const isChangeable = ({ ballot, mine }: OpenBallot): boolean =>
  ballot.secrecy === 'open' && mine.some(({ way }) => way === 'phone');
