import { rawCollection } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import type { House } from '../../core/house.ts';
import { electorsOf } from './electors.ts';
import type { BallotDoc } from './model.ts';
import { type Standing, standingOf } from './votes.ts';

/** A ballot somebody may vote on at this moment, and where they stand in it. */
export interface OpenBallot {
  ballot: BallotDoc;
  mine: Standing[];
}

/** More than are ever open for one person. */
const MOST = 50;
/** Lists of voters one person stands on: those of the last years. */
const MOST_LISTS = 500;

/**
 * The ballots that are open by the clock and in which the caller has a voice, the first to close first: wherever they are
 * held, for owners may live anywhere, and whoever moves away keeps the voice.
 */
export async function openBallotsFor(house: House, caller: Caller): Promise<OpenBallot[]> {
  const { actor, now } = caller;
  // An id begins with the moment it was made at: the latest lists first.
  const lists = await electorsOf(house)
    .find({ people: actor.id })
    .project<{ ballot: string }>({ ballot: 1 })
    .sort({ ballot: -1 })
    .limit(MOST_LISTS)
    .toArray();
  const open = (await rawCollection(house.model<BallotDoc>('ballot'))
    .find({
      _id: { $in: [...new Set(lists.map(({ ballot }) => ballot))] },
      state: 'open',
      opensAt: { $lte: now },
      closesAt: { $gt: now },
    })
    .project({ history: 0, outbox: 0 })
    .sort({ closesAt: 1, _id: 1 })
    .limit(MOST)
    .toArray()) as unknown as BallotDoc[];
  const standing = await Promise.all(
    open.map(async (ballot) => ({ ballot, mine: await standingOf(house, caller, ballot) })),
  );
  return standing.filter(({ mine }) => mine.length > 0);
}
