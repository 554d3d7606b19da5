import { readAggregate } from '../../../core/aggregate.ts';
import type { Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { type BallotDoc, type OpenBallot, openBallotsFor } from '../../ballots/index.ts';
import type { TopicDoc } from '../model.ts';

/** A ballot somebody may vote on now, under the number and title people know it by. */
export interface Vote extends OpenBallot {
  topic?: Pick<TopicDoc, '_id' | 'number'>;
  title: string;
}

/** All that are open for the speaker, wherever they live. */
export async function votesFor(house: House, turn: Turn): Promise<Vote[]> {
  const open = await openBallotsFor(house, turn);
  return Promise.all(
    open.map(async (one) => {
      const topic = await topicOf(house, one.ballot);
      return topic ? { ...one, topic, title: topic.posted.title } : { ...one, title: one.ballot.title };
    }),
  );
}

/** Whoever has a voice knows what it is about, also where they may not read the rest of it. */
async function topicOf(house: House, { about }: BallotDoc): Promise<TopicDoc | undefined> {
  return about === undefined ? undefined : readAggregate(house.model<TopicDoc>('topic'), about);
}

/** Whether some voice of theirs is still to be used. */
export const isWaiting = ({ mine }: OpenBallot): boolean => mine.some(({ voted }) => !voted);

/** Whether a vote cast by phone can still be changed. */
export const isChangeable = ({ ballot, mine }: OpenBallot): boolean =>
  ballot.secrecy === 'open' && mine.some(({ way }) => way === 'phone');
