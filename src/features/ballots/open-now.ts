import { may } from '../../core/ability.ts';
import { rawCollection } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import type { House } from '../../core/house.ts';
import type { BallotDoc } from './model.ts';
import { type Standing, standingOf } from './votes.ts';

/** A ballot somebody may vote on at this moment, and where they stand in it. */
export interface OpenBallot {
  ballot: BallotDoc;
  mine: Standing[];
}

/** More than are ever open in the places of one person. */
const MOST = 50;

/** The ballots of some communities that are open by the clock and in which the caller has a voice, the first to close first. */
export async function openBallotsFor(
  house: House,
  caller: Caller,
  communities: readonly string[],
): Promise<OpenBallot[]> {
  const { ability, now } = caller;
  const open = (await rawCollection(house.model<BallotDoc>('ballot'))
    .find({ community: { $in: [...communities] }, state: 'open', opensAt: { $lte: now }, closesAt: { $gt: now } })
    .project({ history: 0, outbox: 0 })
    .sort({ closesAt: 1, _id: 1 })
    .limit(MOST)
    .toArray()) as unknown as BallotDoc[];
  const readable = open.filter((ballot) => may(ability, 'read', 'ballot', ballot));
  const standing = await Promise.all(
    readable.map(async (ballot) => ({ ballot, mine: await standingOf(house, caller, ballot) })),
  );
  return standing.filter(({ mine }) => mine.length > 0);
}
