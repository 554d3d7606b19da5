import type { mongo } from 'mongoose';
import { rawCollection } from '../../core/aggregate.ts';
import type { House } from '../../core/house.ts';
import { onPaper } from './electors.ts';
import type { BallotDoc, Paper } from './model.ts';

/** The box of papers: what lies in it, and how a count learns that this changed. */

export const papersOf = (house: House): mongo.Collection<Paper> =>
  house.model<Paper>('ballot_papers').collection as unknown as mongo.Collection<Paper>;

/** How many papers were handed in, and how many of those are not settled yet. */
export async function boxAt(house: House, ballot: BallotDoc): Promise<{ handedIn: number; outstanding: number }> {
  const [handedIn, settled] = await Promise.all([
    onPaper(house, ballot),
    papersOf(house).countDocuments({ snapshot: ballot.snapshot ?? '', settled: true }),
  ]);
  return { handedIn, outstanding: Math.max(0, handedIn - settled) };
}

/**
 * Notes at a ballot that its papers changed, after they did: a count that was reckoned before that is reckoned anew, for
 * it is written only over the version it was reckoned from.
 * @returns false when it is counted already
 */
export async function noteAt(house: House, { _id }: BallotDoc): Promise<boolean> {
  const { matchedCount } = await rawCollection(house.model<BallotDoc>('ballot')).updateOne(
    { _id, state: { $in: ['open', 'closed'] } },
    { $inc: { version: 1 } },
  );
  return matchedCount === 1;
}
