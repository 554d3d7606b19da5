import { z } from 'zod';
import { shown } from '../../core/echo.ts';
import { forbidden, HaolinError } from '../../core/errors.ts';
import type { Answer, Intent, Turn } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { fitting } from '../../core/letters.ts';
import { MATTER_NUMBER } from '../../core/numerals.ts';
import { onOneLine } from '../../core/written.ts';
import { communityOf, lineage } from '../areas/index.ts';
import { alreadyClosed } from './errors.ts';
import { CHAT } from './messages.ts';
import type { HandoffDoc } from './model.ts';
import { aheadOf, officeClosed } from './queue.ts';
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
const SHOWN_LETTERS = 40;

/** `asked`: the words answer what was asked after the call. `move` is what they were found to do to it. */
const underWay = z.object({
  id: z.string().optional(),
  asked: z.boolean().optional(),
  move: z.enum(['open', 'add', 'close', 'none']).optional(),
});
const HUMAN = '(?:人工|真人|活人|客服|工作人员|社区的人|社区)';
const END = '[。.!！?？~\\s]*$';
/** 转人工, 有真人吗: the call itself, without a matter. */
const ONLY_A_CALL = new RegExp(
  `^(?:(?:我)?(?:还是)?(?:要|想)?(?:转|找|接|和|跟)(?:一?下|一?个)?${HUMAN}(?:说|讲|谈|聊|来)*(?:一?下|话)?|人工(?:客服|服务)?|有?(?:没有)?(?:真人|人工)(?:在|吗|么|没得)*)${END}`,
  'u',
);
/** 求助, 请帮帮忙: that help is wanted, and nothing about which. */
const ONLY_HELP = new RegExp(
  `^(?:你好|您好|喂|请问?|麻烦|[，,\\s])*(?:我|你们?|社区)?(?:要|想|想要|需要|求|请求|能|可以)?(?:求助|救助|帮助|帮[帮个]?忙|帮帮[我忙]|帮我)(?:一?下|我)?[了吧嘛啊呀哈吗么，,]*${END}`,
  'u',
);
/** 帮助 alone asks what can be done here: the menu's word. */
const WANTS_HELP = new RegExp(`^(?!帮助${END})${ONLY_HELP.source.slice(1)}`, 'u');
/** Said to what was asked after a call, this takes the call back. */
const TAKEN_BACK = new RegExp(
  `^(?:算了|取消|不用了?|不必了?|不要了?|不找了?|不转了?|不问了?|不需要了?|没事了?|没得事了?|搞错了?|弄错了?|点错了?|误会|误报|撤回|撤了|不办了)(?:算了|不用了|不找了|谢谢|取消|[，,\\s吧嘛啦咯哈了])*${END}`,
  'u',
);
/** 不用人工了, 取消求助: at any time. */
const NO_HUMAN = new RegExp(
  `^(?:不用|不必|不要|不找|不转|不需要|取消|撤回|撤销|结束|关闭)(?:再)?(?:转|找)?(?:我的|刚才的?)?(?:${HUMAN}|求助(?:\\s?${MATTER_NUMBER})?)(?:了|吧|嘛|啦|咯|来|帮忙|回复)*(?:[，,\\s]+[^，,。？?]{1,8}了)?${END}`,
  'u',
);
/** 要得，谢谢: says nothing to those who are to answer. */
const ONLY_A_NOD = new RegExp(
  `^(?:好的?|要得|嗯|哦|行|可以|晓得|知道|收到|谢谢你?们?|谢了|多谢|辛苦|麻烦你?们?|[了哈啊嘛吧，,\\s])+${END}`,
  'u',
);

/**
 * 转人工: at once, since somebody who wants a human has had enough of questions. An urgent one tells everybody near,
 * and so does what is added to it.
 */
export const call: Intent = {
  name: 'handoff',
  effect: 'create',
  alarm: true,
  help: CHAT.help,
  async readBack(turn, house) {
    const { id, asked = false } = underWay.parse(turn.kept ?? {});
    const open = await openOf(house, turn.actor.id);
    if (asked && id !== undefined && open?._id !== id) return { kept: { asked, move: 'open' } };
    if (!open) return { kept: { asked, move: 'open' } };
    // Whoever calls again while a call is open is not passed on again for that alone.
    const nothingNew = isSilent(turn) && open.state === 'opened';
    const move = asked && TAKEN_BACK.test(turn.text) ? 'close' : nothingNew || nods(turn, asked) ? 'none' : 'add';
    return { kept: { id: open._id, asked, move } };
  },
  async handle(turn, house) {
    const { id, move } = underWay.parse(turn.kept ?? {});
    const urgent = turn.slots.urgent === true;
    if (id !== undefined && move === 'close') return closed(house, turn, id);
    if (id !== undefined && move === 'none') {
      const open = await getHandoff(house, turn, id);
      return asking(turn, open, urgent, await waitFor(house, turn));
    }
    const text = isSilent(turn) ? CHAT.nothingSaid : fitting(turn.written, LONGEST);
    const input = { text, ...(urgent ? { urgent } : {}) };
    const { handoff } = await (id === undefined
      ? openHandoff(house, turn, input)
      : moveHandoff(house, turn, id, 'add', input));
    const wait = urgent ? [] : await waitFor(house, turn, handoff);
    const answer = asking(turn, { id: handoff._id, number: handoff.number }, urgent, wait, id === undefined);
    return turn.written.length > LONGEST
      ? { ...answer, text: `${CHAT.onlyBeginning(LONGEST)}\n${answer.text}` }
      : answer;
  },
};

const isSilent = ({ text }: Turn): boolean => text === '' || ONLY_A_CALL.test(text) || ONLY_HELP.test(text);
const nods = ({ text }: Turn, asked: boolean): boolean => asked && ONLY_A_NOD.test(text);

/** What is said after a call, with the question for what is still to be told. */
function asking(
  turn: Turn,
  { id, number }: { id: string; number: number },
  urgent: boolean,
  wait: readonly string[],
  opened = false,
): Answer {
  const { asked = false, move } = underWay.parse(turn.kept ?? {});
  if (asked && move === 'none' && !isSilent(turn)) return { text: CHAT.waitForThem(number) };
  const slots = urgent ? { urgent } : {};
  const ask = { intent: call.name, slots, kept: { id, asked: true }, undo: true as const };
  if (urgent && !asked) return { text: `${CHAT.alarmed(number)}\n${CHAT.tellWhere}`, ask };
  if (!isSilent(turn)) return { text: opened ? [CHAT.opened(number), ...wait].join('\n') : CHAT.added(number) };
  return { text: [opened ? CHAT.opened(number) : CHAT.openAlready(number), ...wait, CHAT.tellMore].join('\n'), ask };
}

/** What whoever waits is told: how many come first, and when somebody is in the office again. */
async function waitFor(house: House, { actor, now }: Turn, opened?: HandoffDoc): Promise<string[]> {
  const handoff = opened ?? (await openOf(house, actor.id));
  const ahead = handoff?.state === 'opened' ? await aheadOf(house, handoff) : 0;
  const closed = handoff && (await officeClosed(house, handoff.areas, now));
  return [...(ahead > 0 ? [`${CHAT.ahead(ahead)}。`] : []), ...(closed ? [CHAT.officeClosed(closed)] : [])];
}

async function closed(house: House, turn: Turn, id: string): Promise<Answer> {
  const { handoff } = await moveHandoff(house, turn, id, 'close', {});
  return { text: CHAT.takenBack(handoff.number) };
}

/** 求助 alone may be a call or the beginning of a wish: what is said next is heard as what it is, and a person is offered. */
export const help: Intent = {
  name: 'handoff.help',
  effect: 'read',
  command: [WANTS_HELP],
  handle: async () => ({
    text: CHAT.whichHelp,
    options: [{ label: CHAT.help.title, intent: call.name, slots: {} }],
  }),
};

/** 不用人工了: takes the open call back. */
export const takeBack: Intent = {
  name: 'handoff.close',
  about: '求助',
  effect: 'change',
  command: [NO_HUMAN],
  async readBack(turn, house) {
    const open = await openOf(house, turn.actor.id);
    return open ? { kept: { id: open._id } } : { text: CHAT.noneOpen };
  },
  handle: (turn, house) => closed(house, turn, z.object({ id: z.string() }).parse(turn.kept).id),
};

const planned = z.object({ id: z.string(), who: z.string(), text: z.string() });
/** What earlier steps of an answer found out: which handoff, and the words if they came before that was clear. */
const begun = z.object({ id: z.string().optional(), text: z.string().optional() });

/** 回复3号 …: a worker's answer, pushed to the resident. */
export const answer: Intent = {
  name: 'handoff.answer',
  about: '求助',
  effect: 'change',
  verbs: ['发出', '发', '回复'],
  help: { ...CHAT.helpAnswer, roles: KEEPERS },
  // 答复12号之前给 names a day.
  command: [
    new RegExp(`^(?:回复|答复)\\s?(?:求助)?\\s?${MATTER_NUMBER}(?!之|以?[前后]|那天)[\\s，,。:：]*(?<words>.*)$`, 'u'),
  ],
  async readBack(turn, house) {
    const { number } = turn.slots;
    if (number === undefined) return { text: CHAT.whichNumber };
    const { id, text: before } = begun.parse(turn.kept ?? {});
    const said = before ?? turn.written;
    const text = fitting(said, LONGEST);
    const found = id === undefined ? await byNumber(house, turn, number) : [await getHandoff(house, turn, id)];
    const [handoff] = found;
    if (!handoff) return { text: CHAT.notFound(number) };
    // An answer goes to a person: of two that can be meant, none is guessed.
    if (found.length > 1) return { text: CHAT.which, options: found.map((one) => optionOf(one, text)) };
    if (!handoff.moves.includes('answer')) throw handoff.state === 'closed' ? alreadyClosed() : forbidden();
    if (text === '') {
      return {
        text: CHAT.askAnswer(number),
        ask: { intent: answer.name, slots: { number }, kept: { id: handoff.id } },
      };
    }
    const who = handoff.requester.name;
    const note = said.length > LONGEST ? `${CHAT.onlyBeginning(LONGEST)}\n` : '';
    return { readBack: `${note}${CHAT.readBack(number, who, text)}`, kept: { id: handoff.id, who, text } };
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
    const lines = others.map((one) => CHAT.line(one.number, one.requester.name, oneLine(one.gist), one.urgent));
    return { text: [CHAT.waiting, ...lines, CHAT.howToAnswer(others[0]?.number ?? 1)].join('\n') };
  },
};

/** A row of a list is one line: what somebody wrote never looks like the next row. */
const oneLine = (text: string) => shown(onOneLine(text), SHOWN_LETTERS);

function optionOf({ id, number, requester, gist, urgent }: HandoffView, text: string) {
  const label = CHAT.line(number, requester.name, oneLine(gist), urgent);
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

export const handoffIntents: readonly Intent[] = [call, help, takeBack, answer, waiting];
