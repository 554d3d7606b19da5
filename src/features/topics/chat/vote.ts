import { z } from 'zod';
import type { Answer, Intent, Slots, Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { MATTER_NUMBER, readNumeral } from '../../../core/numerals.ts';
import { alreadyVoted, ballotOver, castVote, noVoice } from '../../ballots/index.ts';
import { type CalledVote, CHOICE_WORDS, HELP, PROPOSE, VOTE, WHICH } from '../chat-messages.ts';
import { speaksOf, subjectIn } from './about.ts';
import { byNumber } from './find.ts';
import { second } from './second.ts';
import { isChangeable, isWaiting, type Vote, votesFor } from './votes.ts';

/** Which ballot, and for whom, where that was asked. */
const foundBefore = z.object({ ballot: z.string().optional(), elector: z.string().optional() });
const planned = z.object({
  ballot: z.string(),
  elector: z.string(),
  choice: z.enum(['for', 'against', 'abstain']),
});
const CHOICES = ['for', 'against', 'abstain'] as const;
/** 有什么要投票的: asks what there is. */
const CALL =
  /^(?:我)?(?:现在|最近)?(?:还)?(?:有(?:没有)?)(?:什么|哪些|啥子?|哪样)?(?:要|等我|可以|需要|正在)?(?:投的?票|投票|表决)(?:的)?(?:事情?)?(?:吗|没有|嘛)?[?？。]?$/u;
const NUMBERS = new RegExp(MATTER_NUMBER, 'gu');
/** 我同意，不反对; 没意见: either of two, or neither. */
const UNCLEAR =
  /不反对|没得?意见|无所谓|随便|(?<!不)(?:同意|赞成|支持).*(?:反对|不同意|不赞成|弃权)|(?:反对|不同意|不赞成|弃权).*(?<!不)(?:同意|赞成|支持)/u;
const CHANGES = /改|换成/u;
const LEFT = /^(?:我)?(?:先|暂时)?(?:不|别)(?:想)?投/u;

/**
 * 5号我投同意: read back always. An open vote is cast here. A secret one is not taken in words at all: whatever is said in
 * chat passes through the dialogue under the speaker's name, and would be a link from voter to choice. So it leads to the
 * mini-program, and the choice that was named is not repeated, not asked for and not kept.
 */
export const vote: Intent = {
  name: 'ballot.cast',
  about: '议题',
  effect: 'change',
  grave: true,
  discreet: true,
  ofEach: true,
  verbs: ['投出', '投', '投票'],
  help: HELP.vote,
  command: [CALL],
  async readBack(turn, house) {
    if (turn.place === 'group') return { text: VOTE.notInGroup };
    if (LEFT.test(turn.text)) return { text: VOTE.left };
    // 5号同意，6号反对: whoever took it for one would put the one's choice to the other.
    if (numbersIn(turn.text).size > 1) return { text: VOTE.oneAtATime };
    const votes = await votesFor(house, turn);
    const meant = await meantVote(house, turn, votes);
    if ('answer' in meant) return meant.answer;
    if (isWaiting(meant.vote) && meant.vote.mine.every(({ voted, signInFirst }) => voted || signInFirst)) {
      return { text: VOTE.signInFirst(calledOf(meant.vote)) };
    }
    return meant.vote.ballot.secrecy === 'secret' ? { text: inSecret(meant.vote) } : readBackOpen(turn, meant.vote);
  },
  async handle(turn, house) {
    const { ballot, elector, choice } = planned.parse(turn.kept);
    const cast = (await votesFor(house, turn)).find((one) => one.ballot._id === ballot);
    if (!cast) throw ballotOver();
    await castVote(house, turn, ballot, { choice, elector });
    return { text: VOTE.done(calledOf(cast), choice, cast.ballot.closesAt) };
  },
};

const numbersIn = (text: string): Set<number | undefined> =>
  new Set([...text.matchAll(NUMBERS)].map(({ groups }) => readNumeral(groups?.number ?? '')));
/** How it is to be voted, as far as that is clear; from a list there are no words. */
const choiceOf = ({ text, slots }: Turn): Slots['choice'] => (UNCLEAR.test(text) ? undefined : slots.choice);
const calledOf = ({ topic, title }: Vote): CalledVote => ({ number: topic?.number, title });
const slotsOf = ({ topic }: Vote): Slots => (topic ? { number: topic.number } : {});

async function meantVote(
  house: House,
  turn: Turn,
  votes: readonly Vote[],
): Promise<{ vote: Vote } | { answer: Answer }> {
  const { ballot } = foundBefore.safeParse(turn.kept ?? {}).data ?? {};
  if (ballot !== undefined) {
    const vote = votes.find((one) => one.ballot._id === ballot);
    return vote ? { vote } : { answer: { text: ballotOver().detail } };
  }
  const { number } = turn.slots;
  const pool = number === undefined ? likely(turn, votes) : votes.filter(({ topic }) => topic?.number === number);
  const [only, ...others] = pool;
  if (!only) return { answer: number === undefined ? { text: VOTE.none } : await whyNot(house, turn, number) };
  if (others.length === 0) return { vote: only };
  // Of what was said nothing is kept while it may have been meant for a secret one.
  const choice = choiceOf(turn);
  const told = choice !== undefined && pool.every((one) => one.ballot.secrecy === 'open') ? { choice } : {};
  const options = pool.map((one) => ({
    label: VOTE.label(calledOf(one), one.ballot.secrecy, one.ballot.closesAt),
    intent: vote.name,
    slots: { ...slotsOf(one), ...told },
    kept: { ballot: one.ballot._id },
  }));
  return { answer: { text: VOTE.which, options } };
}

/** Whoever names none means the one they speak of or have not voted on; whoever changes their mind, one they have. */
function likely({ text }: Turn, votes: readonly Vote[]): Vote[] {
  const subject = subjectIn(text);
  const described = subject === '' ? [] : votes.filter(({ title }) => speaksOf(title, subject));
  if (described.length > 0) return described;
  const changeable = votes.filter(isChangeable);
  if (CHANGES.test(text) && changeable.length > 0) return changeable;
  const waiting = votes.filter(isWaiting);
  if (waiting.length > 0) return waiting;
  return changeable.length > 0 ? changeable : [...votes];
}

/** There is no vote to be cast under this number. */
async function whyNot(house: House, turn: Turn, number: number): Promise<Answer> {
  const [topic] = await byNumber(house, turn, number);
  if (!topic) return { text: WHICH.notFound(number) };
  const { id, title, stateWord, moves, state, vote: held, votes } = topic;
  if (state === 'voting' && held?.phase === 'waiting') return { text: VOTE.notYet(number, held.opensAt) };
  if (state === 'voting' && held?.phase === 'open') return { text: noVoice().detail };
  if (moves.includes('object')) return { text: VOTE.publicised(number) };
  if (held?.phase === 'closed' || (state !== 'discussing' && votes.length > 0)) return { text: VOTE.over(number) };
  if (!moves.includes('second')) return { text: VOTE.noVote(number, stateWord) };
  const label = PROPOSE.secondThat(number, title, stateWord);
  const option = { label, intent: second.name, slots: { number }, kept: { id, chosen: true } };
  return { text: VOTE.secondFirst(number), options: [option] };
}

function inSecret(vote: Vote): string {
  return isWaiting(vote) ? VOTE.secret(calledOf(vote), vote.ballot.closesAt) : VOTE.secretDone(calledOf(vote));
}

/** For which voice, and how: asked as far as it is not said; then read back with the question. */
function readBackOpen(turn: Turn, vote_: Vote): Answer | { readBack: string; kept: Record<string, unknown> } {
  const { ballot } = vote_;
  const called = calledOf(vote_);
  const { elector } = foundBefore.safeParse(turn.kept ?? {}).data ?? {};
  const choice = choiceOf(turn);
  const usable = vote_.mine.filter(({ way, signInFirst }) => way !== 'paper' && !signInFirst);
  const voices = elector === undefined ? usable : usable.filter((one) => one.elector === elector);
  const [voice, ...others] = voices;
  if (!voice) return { text: alreadyVoted().detail };
  if (others.length > 0) {
    const options = voices.map((one) => ({
      label: VOTE.forVoice(one.name),
      intent: vote.name,
      slots: { ...slotsOf(vote_), ...(choice && { choice }) },
      kept: { ballot: ballot._id, elector: one.elector },
    }));
    return { text: VOTE.whose, options };
  }
  const kept = { ballot: ballot._id, elector: voice.elector };
  if (choice === undefined) {
    const options = CHOICES.map((one) => ({
      label: CHOICE_WORDS[one],
      intent: vote.name,
      slots: { ...slotsOf(vote_), choice: one },
      kept,
    }));
    return { text: VOTE.ask(called, ballot.question, ballot.closesAt, voice.choice), options };
  }
  if (voice.choice === choice) return { text: VOTE.same(called, choice) };
  const name = vote_.mine.length > 1 ? voice.name : undefined;
  return {
    readBack: VOTE.readBack(called, ballot.question, choice, ballot.closesAt, name, voice.choice),
    kept: { ...kept, choice },
  };
}
