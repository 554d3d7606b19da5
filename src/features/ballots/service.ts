import { may, system } from '../../core/ability.ts';
import { create, idFor, perform, readAggregate, type Table } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { HaolinError, notFound } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { parseInput } from '../../core/input.ts';
import { objectionTo } from '../../core/lifecycle.ts';
import { dayOf } from '../../core/time.ts';
import { communityOf, findArea } from '../areas/index.ts';
import { boxAt } from './box.ts';
import { packsOf } from './confirmations.ts';
import { countBallot } from './counting.ts';
import { dropElectorate, writeElectorate, writeOwners } from './electors.ts';
import { type BallotFacts, type BallotMoveName, ballotLifecycle, type DraftInput, enrolInput } from './lifecycle.ts';
import type { BallotDoc, BallotState } from './model.ts';
import { dropUrns, setUpUrns } from './urn.ts';

/** A ballot after a move, and whether the request was one already carried out. */
export interface MovedBallot {
  ballot: BallotDoc;
  repeated: boolean;
}

const table = (house: House): Table<BallotDoc, BallotState, BallotFacts> => ({
  lifecycle: ballotLifecycle,
  model: house.model<BallotDoc>('ballot'),
  announce: (change) => house.announce(change),
});

/**
 * Drafts a ballot for all who live in an area, under the version of a pack in force today.
 * @param area code of a community or of a grid
 * @throws HaolinError not_found, forbidden, no_pack, secrecy_not_allowed, wrong_span, begins_too_soon, invalid_input
 */
export async function draftBallot(house: House, caller: Caller, area: string, input: DraftInput): Promise<MovedBallot> {
  const found = await findArea(house, area);
  const community = found && communityOf(found.areas);
  if (!found || community === undefined) throw notFound('社区');
  const facts: BallotFacts = {
    place: { areas: [...found.areas], community },
    packs: { all: await packsOf(house), day: dayOf(caller.now) },
  };
  const ctx = { ...caller, calendar: house.calendar, facts };
  const id = idFor(ballotLifecycle.name, caller.actor.id, caller.key);
  const { document, repeated } = await create(table(house), 'draft', input, ctx, id);
  return { ballot: document, repeated };
}

/**
 * Makes a move on a ballot.
 * @throws HaolinError not_found (also for what the caller may not read), forbidden, invalid_input, wrong_state, or what
 *   the move names: no_electors, too_late_to_open, not_closed_yet, papers_unresolved, too_many_papers, papers_outstanding
 */
export async function moveBallot(
  house: House,
  caller: Caller,
  id: string,
  move: BallotMoveName,
  input: unknown = {},
): Promise<MovedBallot> {
  const ctx = { ...caller, calendar: house.calendar };
  /** Lists that were written down on the way, and that nobody will vote by if the move comes to nothing. */
  const written: string[] = [];
  let replaced: string | undefined;
  try {
    const { document, repeated } = await perform(table(house), id, move, input, ctx, async (ballot) => {
      // Nothing is written down or counted for a move that will be refused.
      if (objectionTo(ballotLifecycle, move, ballot, { ...ctx, facts: {} })) return {};
      const facts = await factsFor(house, ballot, move, input, caller.now);
      const snapshot = facts.roll ?? facts.electorate?.snapshot;
      if (snapshot !== undefined && snapshot !== ballot.roll) written.push(snapshot);
      replaced = facts.roll === undefined ? undefined : ballot.roll;
      return facts;
    });
    if (replaced !== undefined && !repeated) written.push(replaced);
    const used = document.snapshot ?? document.roll;
    await forget(
      house,
      written.filter((one) => one !== used),
    );
    return { ballot: document, repeated };
  } catch (error) {
    // Only a refusal says for certain that the move was not made; after a broken line it may have been.
    if (error instanceof HaolinError && error.status < 500) await forget(house, written);
    throw await withoutHint(house, caller, id, error);
  }
}

/** Takes away lists nobody votes by. What stays behind because of an error is in nobody's way. */
async function forget(house: House, snapshots: readonly string[]): Promise<void> {
  for (const snapshot of snapshots) {
    try {
      await dropElectorate(house, snapshot);
      await dropUrns(house, snapshot);
    } catch (error) {
      house.log.warn({ err: error }, 'a list of voters that is not used could not be taken away');
    }
  }
}

async function factsFor(
  house: House,
  ballot: BallotDoc,
  move: BallotMoveName,
  input: unknown,
  now: Date,
): Promise<BallotFacts> {
  if (move === 'enrol') return { roll: await writeOwners(house, ballot, parseInput(enrolInput, input)) };
  if (move === 'open') {
    const electorate = await writeElectorate(house, ballot, now);
    // Before the ballot is open: no vote ever finds it without its urn.
    if (ballot.secrecy === 'secret') await setUpUrns(house, electorate.snapshot, electorate.heads);
    return { electorate };
  }
  if (move === 'close') return { papers: (await boxAt(house, ballot)).outstanding };
  if (move === 'count') return { count: await countBallot(house, ballot) };
  return {};
}

/** A ballot the caller may not read is refused like one that is not there. */
async function withoutHint(house: House, { actor, ability }: Caller, id: string, error: unknown): Promise<unknown> {
  if (!(error instanceof HaolinError && error.status < 500) || actor.kind === 'system') return error;
  const ballot = await readAggregate(house.model<BallotDoc>('ballot'), id);
  return ballot && may(ability, 'read', 'ballot', ballot) ? error : notFound('表决');
}

/** The clock says that a ballot is over, when it is. */
export function closeBallot(house: House, id: string, now: Date): Promise<MovedBallot> {
  const actor = system();
  return moveBallot(house, { actor, ability: house.abilityOf(actor), now }, id, 'close');
}
