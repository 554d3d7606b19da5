import { z } from 'zod';
import type { Intent, Turn } from '../../../core/feature.ts';
import { isPlainJudgement } from '../../../core/judgement.ts';
import { commandWithWords, saidBesides, saidInCommand } from '../../../core/said-besides.ts';
import { foundIn } from '../../../core/which.ts';
import { asSaid } from '../../../core/written.ts';
import { HELP, RATE, WITHDRAW } from '../chat-messages.ts';
import { moveWish } from '../service.ts';
import { rehearse, whichWish, wishComplaints, wishFits } from './find.ts';

/** What those who wished say of their own wish: taken back, or how it was done. */

const planned = z.object({ id: z.string(), input: z.record(z.string(), z.unknown()) });

export const withdraw: Intent = {
  name: 'wish.withdraw',
  about: '心愿',
  fits: wishFits('withdraw'),
  effect: 'change',
  verbs: ['撤回'],
  ofEach: true,
  help: HELP.withdraw,
  command: [commandWithWords('撤回|撤销|撤掉')],
  async readBack(turn, house) {
    const which = await whichWish(house, turn, withdraw.name, 'withdraw');
    if ('answer' in which) return which.answer;
    const { id, number, title } = which.wish;
    const said = foundIn(turn).words ?? turn.text;
    const reason = turn.confirmed ? saidInCommand(said, turn.slots.number) : saidBesides(said);
    const input = reason === undefined ? {} : { reason: asSaid(turn, reason) };
    await rehearse(house, turn, id, 'withdraw', input);
    return { readBack: WITHDRAW.readBack(number, title), kept: { id, input } };
  },
  async handle(turn, house) {
    const { id, input } = planned.parse(turn.kept);
    const { wish } = await moveWish(house, turn, id, 'withdraw', input);
    return { text: WITHDRAW.done(wish.number) };
  },
};

/**
 * A judgement answers what the bot asked when the wish was finished: said plainly (不太满意，盖子是坏的), or asked for just
 * now, it counts at once. One that comes up within a sentence is read back.
 */
export const rate: Intent = {
  name: 'rate',
  about: '心愿',
  fits: wishFits('rate'),
  hears: wishComplaints,
  effect: 'change',
  help: HELP.rate,
  async readBack(turn, house) {
    const which = await whichWish(house, turn, rate.name, 'rate');
    if ('answer' in which) return which.answer;
    const { id, number, title } = which.wish;
    const { score } = turn.slots;
    if (score === undefined) {
      const slots = { ...turn.slots, number };
      return { text: RATE.askScore(number, title), ask: { intent: rate.name, slots, kept: { id } } };
    }
    const words = wordsIn(turn);
    const input = { score, ...(words === undefined ? {} : { words }) };
    const kept = { id, input };
    if (turn.confirmed || turn.kept !== undefined || isPlainJudgement(turn.text)) return { kept };
    return { readBack: RATE.readBack(number, title, score), kept };
  },
  async handle(turn, house) {
    const { id, input } = planned.parse(turn.kept);
    const { wish } = await moveWish(house, turn, id, 'rate', input);
    const { score = 0, words } = wish.rating ?? {};
    const text = wish.state === 'reopened' ? RATE.reopened(wish.number, words) : RATE.closed(wish.number, score);
    return { text };
  },
};

const BARE =
  /^(?:很|非常|挺|不|不太|不大|基本|比较)?(?:满意|一般|可以|好)(?:了|的|吧|得很)?$|^(?:打|给)?[\d一二两三四五]\s?(?:分|星|颗星)$/u;

/** The person's own words, when they say more than the score itself. */
function wordsIn(turn: Turn): string | undefined {
  const { slots } = turn;
  const words = (foundIn(turn).words ?? turn.text).replace(/[。.!！~\s]+$/u, '');
  const numbered = slots.number !== undefined && /^#?\d+\s?号?$/u.test(words);
  return words === '' || numbered || BARE.test(words) ? undefined : asSaid(turn, words);
}
