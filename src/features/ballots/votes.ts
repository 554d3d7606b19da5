import { may } from '../../core/ability.ts';
import { readAggregate } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden, notFound, tooBusy, wrongState } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import type { Choice } from './arithmetic.ts';
import { electorsOf, hasVoice, mustAttend, voicesOf } from './electors.ts';
import { alreadyVoted, notYet, noVoice, over, receiptNeeded, receiptNotYours, whichVoice } from './errors.ts';
import { stateAt } from './lifecycle.ts';
import { BALLOT_STATES, type BallotDoc, type Elector } from './model.ts';
import { dropIn, isReceiptOf, lookUp, openChoice, sealChoice } from './urn.ts';

/** A ballot that is being voted on or was: it has a list of who may. */
export type OpenedBallot = BallotDoc & Required<Pick<BallotDoc, 'snapshot' | 'electorate'>>;

export interface VoteInput {
  choice: Choice;
  /** Secret ballots: the receipt this vote is cast under. */
  receipt?: string | undefined;
  /** For whom, where one may vote for more than one. */
  elector?: string | undefined;
}

const ATTEMPTS = 20;
/** Who changes their mind more often than this is still counted right; only the beginning is forgotten. */
const MOST_BEFORE = 50;

/**
 * A ballot for who sees it from where they live or serve, or has a voice in it: owners may live anywhere, and whoever moves
 * away keeps the voice.
 * @throws HaolinError not_found also for what is none of the caller's business
 */
export async function readBallot(house: House, { actor, ability }: Caller, id: string): Promise<BallotDoc> {
  const ballot = await readAggregate(house.model<BallotDoc>('ballot'), id);
  if (!ballot) throw notFound('表决');
  if (may(ability, 'read', 'ballot', ballot) || (await hasVoice(house, ballot, actor.id))) return ballot;
  throw notFound('表决');
}

/** @throws HaolinError not_found, forbidden */
export async function ballotFor(house: House, caller: Caller, id: string, action: string): Promise<BallotDoc> {
  const ballot = await readBallot(house, caller, id);
  if (!may(caller.ability, action, 'ballot', ballot)) throw forbidden();
  return ballot;
}

/** The same ballot when it can be voted on at this moment. @throws HaolinError not_open_yet, ballot_over, wrong_state */
export function underWay(ballot: BallotDoc, now: Date): OpenedBallot {
  const state = stateAt(ballot, now);
  if (state === 'closed' || state === 'counted') throw over();
  if (state !== 'open' || !ballot.snapshot || !ballot.electorate) throw wrongState(BALLOT_STATES[state]);
  if (now < ballot.opensAt) throw notYet();
  return { ...ballot, snapshot: ballot.snapshot, electorate: ballot.electorate };
}

/**
 * Casts a vote, or in an open ballot changes it. By one write: it is in when this resolves, and otherwise not at all. A
 * repeat changes nothing.
 * @throws HaolinError not_found, not_open_yet, ballot_over, no_vote_here, which_elector, not_attending, already_voted,
 *   receipt_needed, receipt_not_yours
 */
export async function castVote(house: House, caller: Caller, id: string, vote: VoteInput): Promise<void> {
  const ballot = underWay(await readBallot(house, caller, id), caller.now);
  const elector = await voiceFor(house, ballot, caller.actor.id, vote.elector);
  mustAttend(ballot, elector);
  if (ballot.secrecy === 'open') return castOpen(house, caller, elector, vote.choice);
  const { receipt, choice } = vote;
  if (receipt === undefined) throw receiptNeeded();
  // One's own vote under a receipt from before receipts were anybody's, sent again, is done already.
  const isMine = isReceiptOf(house, id, caller.actor.id, receipt) || (await lookUp(house, elector, receipt));
  if (!isMine) throw receiptNotYours();
  await dropIn(house, elector, { voices: ballot.electorate.heads, receipt, choice });
}

async function voiceFor(house: House, ballot: BallotDoc, person: string, elector?: string): Promise<Elector> {
  const mine = await voicesOf(house, ballot, person);
  const meant = elector === undefined ? mine : mine.filter((one) => one.elector === elector);
  const [voice] = meant;
  if (!voice) throw noVoice();
  if (meant.length > 1) throw whichVoice();
  return voice;
}

async function castOpen(house: House, { actor, now }: Caller, { _id }: Elector, choice: Choice): Promise<void> {
  const next = { choice: sealChoice(house, _id, choice), by: actor.id, at: now };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { way, vote, closed } = (await electorsOf(house).findOne({ _id })) ?? {};
    if (way === 'paper') throw alreadyVoted();
    if (vote?.by === actor.id && openChoice(house, _id, vote.choice) === choice) return;
    if (closed) throw over();
    const { before = [], ...last } = vote ?? {};
    const history = 'choice' in last ? { before: [...before, last].slice(-MOST_BEFORE) } : {};
    const { modifiedCount } = await electorsOf(house).updateOne(
      // Every sealing is another text: it says whether somebody was faster.
      {
        _id,
        closed: { $exists: false },
        way: { $ne: 'paper' },
        'vote.choice': vote?.choice ?? { $exists: false },
      },
      { $set: { way: 'phone', vote: { ...next, ...history } } },
    );
    if (modifiedCount === 1) return;
  }
  throw tooBusy();
}

/** Marks that somebody is at the meeting. @throws HaolinError forbidden, ballot_over, not_found */
export async function markAttending(house: House, caller: Caller, id: string, elector: string): Promise<void> {
  const { snapshot } = underWay(await ballotFor(house, caller, id, 'mark'), caller.now);
  const { matchedCount } = await electorsOf(house).updateOne(
    { _id: `${snapshot}:${elector}` },
    { $set: { attended: true } },
  );
  if (matchedCount === 0) throw notFound('户');
}

/** Where one stands in a ballot, for each voice one may vote for; in an open one also what was chosen. */
export interface Standing {
  elector: string;
  name: string;
  voted: boolean;
  way?: Elector['way'];
  choice?: Choice;
  /** Only who is at the meeting may vote, and they are not: they sign in first. */
  signInFirst?: true;
}

export async function standingOf(house: House, { actor }: Caller, ballot: BallotDoc): Promise<Standing[]> {
  const mine = await voicesOf(house, ballot, actor.id);
  return mine.map(({ _id, elector, name, way, vote, attended }) => ({
    elector,
    name,
    voted: way !== undefined,
    ...(way && { way }),
    ...(vote && { choice: openChoice(house, _id, vote.choice) }),
    ...(ballot.rule.present === 'attending' && !attended && way === undefined && { signInFirst: true as const }),
  }));
}

/**
 * Looks after one's own vote by its receipt: whether it lies in the urn and, once voting is over, as what it counts.
 * @throws HaolinError not_found
 */
export async function checkReceipt(
  house: House,
  caller: Caller,
  id: string,
  receipt: string,
): Promise<{ inUrn: boolean; choice?: Choice }> {
  const ballot = await readBallot(house, caller, id);
  if (ballot.secrecy === 'open') return { inUrn: false };
  for (const voice of await voicesOf(house, ballot, caller.actor.id)) {
    const choice = await lookUp(house, voice, receipt);
    if (choice) return { inUrn: true, ...(stateAt(ballot, caller.now) !== 'open' && { choice }) };
  }
  return { inUrn: false };
}
