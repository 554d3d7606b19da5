import { z } from 'zod';
import { HaolinError } from '../../core/errors.ts';
import type { Intent, Turn } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { MATTER_NUMBER } from '../../core/numerals.ts';
import { communityOf, lineage } from '../areas/index.ts';
import { CHAT } from './messages.ts';
import {
  getHandoff,
  type HandoffView,
  handoffByNumber,
  listHandoffs,
  moveHandoff,
  openHandoff,
  openOf,
  viewOf,
} from './service.ts';

const KEEPERS = ['secretary', 'worker', 'grid_worker'] as const;
const LONGEST = 1_000;
const SHOWN = 8;

const cut = (text: string, most = LONGEST): string => [...text].slice(0, most).join('');

const underWay = z.object({ id: z.string().optional() });
/** 转人工, 有真人吗: the call itself, without a matter. */
const ONLY_A_CALL =
  /^(?:我?(?:要|想)?(?:转|找|接)(?:一?下)?(?:人工|真人|客服|工作人员|社区的人|社区)|人工(?:客服|服务)?|有?(?:没有)?(?:真人|人工)(?:在|吗|么|没得)*)[。.!！?？~ ]*$/u;

/** 转人工: at once, since somebody who wants a human has had enough of questions. */
export const call: Intent = {
  name: 'handoff',
  effect: 'create',
  help: CHAT.help,
  async readBack(turn, house) {
    const { id } = underWay.parse(turn.kept ?? {});
    const open = id ?? (await openOf(house, turn.actor.id))?._id;
    return { kept: open === undefined ? {} : { id: open } };
  },
  async handle(turn, house) {
    const { id } = underWay.parse(turn.kept ?? {});
    const silent = turn.text === '' || ONLY_A_CALL.test(turn.text);
    const text = silent ? CHAT.nothingSaid : cut(turn.text);
    const { handoff } = await (id === undefined
      ? openHandoff(house, turn, { text })
      : moveHandoff(house, turn, id, 'add', { text }));
    const { number, _id } = handoff;
    if (!silent) return { text: id === undefined ? CHAT.opened(number) : CHAT.added(number) };
    return {
      text: `${CHAT.opened(number)}\n${CHAT.tellMore}`,
      ask: { intent: call.name, slots: {}, kept: { id: _id } },
    };
  },
};

const planned = z.object({ id: z.string(), who: z.string(), text: z.string() });
/** What earlier steps of an answer found out: which handoff, and the words if they came before that was clear. */
const begun = z.object({ id: z.string().optional(), text: z.string().optional() });

/** 回复3号 …: a worker's answer, pushed to the resident. */
export const answer: Intent = {
  name: 'handoff.answer',
  effect: 'change',
  help: { ...CHAT.helpAnswer, roles: KEEPERS },
  // 答复12号之前给 names a day.
  command: [
    new RegExp(`^(?:回复|答复)\\s?(?:求助)?\\s?${MATTER_NUMBER}(?!之|以?[前后]|那天)[\\s，,。:：]*(?<words>.*)$`, 'u'),
  ],
  async readBack(turn, house) {
    const { number } = turn.slots;
    if (number === undefined) return { text: CHAT.whichNumber };
    const { id, text: before } = begun.parse(turn.kept ?? {});
    const text = cut(before ?? turn.text);
    const found = id === undefined ? await byNumber(house, turn, number) : [await getHandoff(house, turn, id)];
    const [handoff] = found;
    if (!handoff) return { text: CHAT.notFound(number) };
    // An answer goes to a person: of two that can be meant, none is guessed.
    if (found.length > 1) return { text: CHAT.which, options: found.map((one) => optionOf(one, text)) };
    if (text === '') {
      return {
        text: CHAT.askAnswer(number),
        ask: { intent: answer.name, slots: { number }, kept: { id: handoff.id } },
      };
    }
    const who = handoff.requester.name;
    return { readBack: CHAT.readBack(number, who, text), kept: { id: handoff.id, who, text } };
  },
  async handle(turn, house) {
    const { id, who, text } = planned.parse(turn.kept);
    const { handoff } = await moveHandoff(house, turn, id, 'answer', { text });
    return { text: CHAT.answered(handoff.number, who) };
  },
};

/** 待回复: what waits for an answer in the places one serves. */
export const waiting: Intent = {
  name: 'handoff.waiting',
  effect: 'read',
  help: { ...CHAT.helpWaiting, roles: KEEPERS },
  command: [/^(?:看看?|有哪些)?(?:待回复的?|没有?回复的)(?:求助)?[。?？]?$/u],
  async handle(turn, house) {
    const { items } = await listHandoffs(house, turn, { state: 'opened', limit: SHOWN });
    const others = items.filter((one) => one.requester.id !== turn.actor.id);
    if (others.length === 0) return { text: CHAT.noneWaiting };
    const lines = others.map((one) => CHAT.line(one.number, one.requester.name, cut(one.said.at(-1)?.text ?? '', 40)));
    return { text: [CHAT.waiting, ...lines, CHAT.howToAnswer].join('\n') };
  },
};

function optionOf({ id, number, requester, said }: HandoffView, text: string) {
  const label = CHAT.line(number, requester.name, cut(said.at(-1)?.text ?? '', 40));
  return { label, intent: answer.name, slots: { number }, kept: { id, ...(text === '' ? {} : { text }) } };
}

/** The handoffs of that number in the communities the speaker serves; those still open if there are any. */
async function byNumber(house: House, turn: Turn, number: number): Promise<HandoffView[]> {
  const served = turn.actor.roles.map((grant) => communityOf(lineage(grant.area)));
  const found: HandoffView[] = [];
  for (const community of new Set([...served, communityOf(turn.actor.areas)])) {
    if (community === undefined) continue;
    try {
      found.push(viewOf(house, turn, await handoffByNumber(house, turn, community, number)));
    } catch (error) {
      if (!(error instanceof HaolinError && error.code === 'not_found')) throw error;
    }
  }
  const open = found.filter((one) => one.state !== 'closed');
  return open.length > 0 ? open : found.slice(0, 1);
}

export const handoffIntents: readonly Intent[] = [call, answer, waiting];
