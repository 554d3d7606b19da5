import type { Caller } from '../../core/caller.ts';
import { notFound, wrongState } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { deliver } from '../../core/notice.ts';
import { noteAt, papersOf } from './box.ts';
import { electorsOf, mustAttend, onPaper } from './electors.ts';
import { alreadyVoted, notOnPaper, paperEntered } from './errors.ts';
import { stateAt } from './lifecycle.ts';
import { BALLOT_STATES, type BallotDoc, type Elector, type Mark } from './model.ts';
import { handIn, handOut, withWays } from './urn.ts';
import { ballotFor, underWay } from './votes.ts';

/**
 * Which households handed in a paper: written down at the door and, of what is found in the box when it is opened, until
 * the count. Who wrote it down is kept, and the household is told: a mark takes its vote by phone away.
 */

/**
 * Marks that a household handed in a paper, and tells its people. Done again it changes nothing.
 * @throws HaolinError forbidden, already_voted, not_attending, not_open_yet, wrong_state once it is counted, not_found
 */
export async function markPaper(house: House, caller: Caller, id: string, elector: string): Promise<void> {
  const ballot = boxOf(await ballotFor(house, caller, id, 'mark'), caller.now);
  const voice = await voiceIn(house, ballot, elector);
  mustAttend(ballot, voice);
  const isNew = await mark(house, ballot, voice, markBy(caller));
  if (!(await noteAt(house, ballot))) {
    if (isNew) await unmark(house, ballot, await voiceIn(house, ballot, elector), markBy(caller));
    throw wrongState(BALLOT_STATES.counted);
  }
  await tell(house, ballot, await voiceIn(house, ballot, elector));
}

/**
 * Takes back that a household handed in a paper: it was another's, or the paper cannot be found. Until the count. Done again
 * it changes nothing.
 * @throws HaolinError forbidden, not_on_paper when it voted by phone, paper_entered, not_open_yet, wrong_state, not_found
 */
export async function unmarkPaper(house: House, caller: Caller, id: string, elector: string): Promise<void> {
  const ballot = boxOf(await ballotFor(house, caller, id, 'mark'), caller.now);
  const voice = await voiceIn(house, ballot, elector);
  if (voice.way === 'phone') throw notOnPaper();
  if (voice.way === undefined) return;
  if (await isEntered(house, ballot, voice)) throw paperEntered();
  await unmark(house, ballot, voice, markBy(caller));
  if (await noteAt(house, ballot)) return;
  await mark(house, ballot, voice, voice.handedIn ?? markBy(caller));
  throw wrongState(BALLOT_STATES.counted);
}

const markBy = ({ actor, now }: Caller): Mark => ({ by: { id: actor.id, name: actor.name }, at: now });

/** The box takes papers from the beginning of the vote until the count. */
function boxOf(ballot: BallotDoc, now: Date): BallotDoc {
  const state = stateAt(ballot, now);
  if (state === 'closed') return ballot;
  if (state === 'open') return underWay(ballot, now);
  throw wrongState(BALLOT_STATES[state]);
}

async function voiceIn(house: House, { snapshot = '' }: BallotDoc, elector: string): Promise<Elector> {
  const found = await electorsOf(house)
    .find({ _id: `${snapshot}:${elector}` })
    .toArray();
  const [voice] = await withWays(house, found);
  if (!voice) throw notFound('户');
  return voice;
}

/** @returns whether it was not marked before @throws HaolinError already_voted */
async function mark(house: House, { secrecy }: BallotDoc, voice: Elector, handedIn: Mark): Promise<boolean> {
  const { _id } = voice;
  if (secrecy === 'secret') {
    const isNew = await handIn(house, voice);
    await electorsOf(house).updateOne({ _id, handedIn: { $exists: false } }, { $set: { handedIn } });
    return isNew;
  }
  const { modifiedCount } = await electorsOf(house).updateOne(
    { _id, way: { $exists: false } },
    { $set: { way: 'paper', handedIn } },
  );
  if (modifiedCount === 0 && (await electorsOf(house).findOne({ _id }))?.way !== 'paper') throw alreadyVoted();
  return modifiedCount === 1;
}

async function unmark(house: House, { secrecy }: BallotDoc, voice: Elector, undone: Mark): Promise<void> {
  const { _id, handedIn } = voice;
  // In this order: after a crash in between it is still on paper, and taken back once more.
  await electorsOf(house).updateOne(
    { _id, ...(handedIn ? { 'handedIn.at': handedIn.at } : {}), ...(secrecy === 'open' && { way: 'paper' }) },
    {
      $unset: { handedIn: '', ...(secrecy === 'open' && { way: '' }) },
      ...(handedIn && { $push: { handedInBefore: { ...handedIn, undone } } }),
    },
  );
  if (secrecy === 'secret') await handOut(house, voice);
}

/** In a secret ballot nobody knows which paper is whose: all that were handed in may be in already. */
async function isEntered(house: House, ballot: BallotDoc, { _id }: Elector): Promise<boolean> {
  if (ballot.secrecy === 'open') return (await papersOf(house).findOne({ _id })) !== null;
  const entered = await papersOf(house).countDocuments({ snapshot: ballot.snapshot ?? '' });
  return entered >= (await onPaper(house, ballot));
}

/** Once for each time it is marked. */
async function tell(house: House, { _id: id, title }: BallotDoc, voice: Elector): Promise<void> {
  const { elector, people, proxies = [], handedIn } = voice;
  if (!handedIn) return;
  const own = people.filter((one) => !proxies.includes(one));
  await deliver(
    house,
    ...own.map((person) => ({
      key: `ballots.handed-in:${id}:${elector}:${handedIn.at.getTime()}:${person}`,
      to: { person },
      message: 'ballot.handed-in',
      data: { id, title },
    })),
  );
}
