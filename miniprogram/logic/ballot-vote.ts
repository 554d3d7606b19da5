import { ask } from '../api/session';
import { Trouble, troubleFrom } from '../api/trouble';
import type { Ballot, Choice, Voice } from './ballot';
import { choiceWord } from './ballot';
import { forgetReceipt, keepReceipt, keptReceipt } from './ballot-receipts';

const NOT_SENT = '网络断了，票没有投出去，手机也不会自己去投。连上网以后请再投一次。';
const UNKNOWN = '网络断了，还不知道票送到没有，手机不会自己再投。连上网以后再打开这一页，就看得到。';
/** Of a vote that went out and whose answer did not come. */
const LOST = 'vote_lost';
const NO_ROOM = '手机存储满了，存不下回执，票没有投。请先清理一下手机，再投一次。';

/** Votes for one voice. A repeat does no harm: the house keeps one vote for each. @throws Trouble */
export async function castVote(person: string, ballot: Ballot, { elector }: Voice, choice: Choice): Promise<void> {
  const receipt = ballot.secrecy === 'secret' ? await receiptFor(person, ballot.id, elector) : undefined;
  try {
    await ask('postBallotsByIdVote', {
      path: { id: ballot.id },
      body: { choice, elector, ...(receipt && { receipt }) },
    });
  } catch (error) {
    const trouble = troubleFrom(error);
    // Another of the household was faster, or on paper: this receipt is nobody's. Of one that is not good, another is drawn.
    const isUseless = trouble.code === 'already_voted' || trouble.code === 'receipt_not_yours';
    if (isUseless) forgetReceipt(person, ballot.id, elector);
    throw trouble.status === 0 ? new Trouble(LOST, 0, UNKNOWN) : trouble;
  }
}

/** The receipt a vote goes out under: the one kept from a first attempt, or a new one, kept before anything is sent. */
async function receiptFor(person: string, ballot: string, elector: string): Promise<string> {
  const before = keptReceipt(person, ballot, elector);
  if (before !== undefined) return before;

  const { receipt } = await ask('postBallotsByIdReceipt', { path: { id: ballot } }).catch((error: unknown) => {
    const trouble = troubleFrom(error);
    throw trouble.status === 0 ? new Trouble(trouble.code, 0, NOT_SENT) : trouble;
  });
  if (!keepReceipt(person, ballot, elector, receipt)) throw new Trouble('no_room', 400, NO_ROOM);
  return receipt;
}

/** What came of looking after a vote by its receipt. */
export interface Checked {
  /** `out`: nothing lies in the urn under this receipt. */
  found: 'in' | 'out' | 'unknown';
  words: string;
}

/** Looks after a vote. It never fails: without a network it says so. */
export async function checkVote({ id }: Pick<Ballot, 'id'>, receipt: string): Promise<Checked> {
  try {
    const { inUrn, choice } = await ask('postBallotsByIdCheck', { path: { id }, body: { receipt } });
    if (!inUrn) return { found: 'out', words: '票箱里没有这张回执的票。' };
    if (choice) return { found: 'in', words: `您的票在票箱里，算的是“${choiceWord(choice)}”。` };
    return { found: 'in', words: '您的票在票箱里。截止以前，谁也打不开看。' };
  } catch (error) {
    const trouble = troubleFrom(error);
    return {
      found: 'unknown',
      words: trouble.status === 0 ? '网络断了，现在查不了您的票，连上网再查。' : trouble.message,
    };
  }
}

/** What is said of a vote that is noted as cast and lies in no urn; empty when there is nothing of that kind. */
export function unfinished({ state }: Ballot, { found }: Checked): string {
  if (found !== 'out') return '';
  return state === 'open'
    ? '您的票还没有投完：名单上记了您投票，选的是什么没有送到。请再选一次，把票投完。'
    : '这一票没有投完，投票已经截止。请联系社区工作人员。';
}

/**
 * What is said of a vote whose answer got lost once the house is reached again and says where that voice stands.
 * @returns `undefined` when no answer got lost: the house's own words say it
 */
export function afterLoss(error: unknown, voice: Voice | undefined, choice: Choice): string | undefined {
  if (troubleFrom(error).code !== LOST) return undefined;
  // Of a secret vote it is looked for in the urn, and said there.
  const arrived = voice?.voted === true && (voice.choice === undefined || voice.choice === choice);
  return arrived ? '' : '刚才网络断了一下，票没有送到，请再投一次。';
}
