import { z } from 'zod';
import type { Intent, Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { MATTER_NUMBER } from '../../../core/numerals.ts';
import { foundIn } from '../../../core/which.ts';
import { asSaid } from '../../../core/written.ts';
import { ADD, HELP, REJECT, WHICH, WITHDRAW } from '../chat-messages.ts';
import { DECLINE, MISTAKEN } from '../deciding-messages.ts';
import { moveIncident } from '../service.ts';
import type { IncidentView } from '../views.ts';
import { instead, passOn } from './coming-anyway.ts';
import { byNumber, refusalOf, rehearse } from './find.ts';

/**
 * 事件14号是误报: taken back by whoever reported it, declined by whoever keeps the place, sent back by whoever has it. Where
 * others reported it, too, it goes on, and those who have it are told.
 */

const ENDS = ['withdraw', 'decline', 'reject', 'add'] as const;
type End = (typeof ENDS)[number];

const READ_BACK: Record<End, (number: number, title: string, words: string) => string> = {
  withdraw: (number, title) => MISTAKEN.withdraw(number, title),
  decline: (number, title, words) => DECLINE.readBack(number, title, words, 0),
  reject: (number, title, words) => REJECT.readBack(number, title, words, 0),
  add: (number, title, words) => MISTAKEN.passOn(number, title, words),
};
const DONE: Record<End, (number: number) => string> = {
  withdraw: WITHDRAW.done,
  decline: DECLINE.done,
  reject: REJECT.done,
  add: ADD.done,
};

const planned = z.object({ id: z.string(), end: z.enum(ENDS), input: z.record(z.string(), z.unknown()) });

const IS = '[\\s，,]*(?:其实|应该|就)?(?:是|属于|系)?(?:我|个|一场)?';
const FALSE =
  '(?:误报|报错|错报|报重|重报|重复报|谎报|假的|虚惊一场|搞错|弄错|看错|不属实|不存在|没(?:有|得)这?回?(?:个)?事)';
const REST = '(?:了|的|啦|嘛)*(?:[，,。；;\\s].*)?$';

export const mistaken: Intent = {
  name: 'incident.mistaken',
  about: '事件',
  effect: 'change',
  grave: true,
  verbs: ['撤回', '不予受理', '退回'],
  help: HELP.mistaken,
  command: [
    new RegExp(`^(?:我报的)?事件\\s?${MATTER_NUMBER}${IS}(?<words>${FALSE}${REST})`, 'u'),
    new RegExp(
      `^(?:我报的)?${MATTER_NUMBER}(?:的?那?个?事件${IS}(?=${FALSE})|${IS}(?=误报|报错|错报|报重|重报|重复报|谎报))(?<words>.*)$`,
      'u',
    ),
  ],
  async readBack(turn, house) {
    const { number = 0 } = turn.slots;
    const [first, ...others] = await byNumber(house, turn, number);
    if (!first) return { text: WHICH.notFound(number) };
    const one = [first, ...others].find((each) => endOf(each) !== undefined) ?? first;
    const passing = await instead(house, turn, one);
    if (passing) return passing;
    const end = endOf(one);
    if (end === undefined) return { text: await whyNot(house, turn, one) };
    const words = asSaid(turn, foundIn(turn).words ?? turn.text).slice(0, 200);
    const input = end === 'add' ? { text: words } : { reason: words };
    await rehearse(house, turn, one.id, end, input);
    return { readBack: READ_BACK[end](number, one.title, words), kept: { id: one.id, end, input } };
  },
  async handle(turn: Turn, house: House) {
    const passed = await passOn(house, turn);
    if (passed) return passed;
    const { id, end, input } = planned.parse(turn.kept);
    const { incident } = await moveIncident(house, turn, id, end, input);
    return { text: DONE[end](incident.number) };
  },
};

const whyNot = async (house: House, turn: Turn, one: IncidentView): Promise<string> =>
  (one.own && (await refusalOf(house, turn, one, 'withdraw'))) || MISTAKEN.cannot(one.number, one.stateWord);

/** How the speaker can end it, as those it concerns most would. */
function endOf({ moves, others, state }: IncidentView): End | undefined {
  const shared = others > 0 || state === 'merged';
  return ENDS.find((end) => moves.includes(end) && (end !== 'add' || shared));
}
