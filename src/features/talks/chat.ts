import { z } from 'zod';
import type { Answer, Intent, Turn } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { dayOf } from '../../core/time.ts';
import type { DueTalk } from './due.ts';
import { duesIn, duesOf } from './lists.ts';
import { CHAT } from './messages.ts';
import { namedIn, pastDayIn } from './names.ts';
import { quarterAt } from './quarters.ts';
import { askForTalk, claimTalk, findTalk, finishTalk, holdTalk, moveTalk } from './service.ts';
import { placeOf, type Worker } from './serving.ts';

const HOLDERS = ['secretary', 'worker', 'grid_worker'] as const;
const SHOWN = 9;
/** Of what was said no more than this stays with the dialogue: the rest may be what only two are to know. */
const ALL_THAT_IS_KEPT = '谈过了';

/** Whom, which day, and which talk under way, as far as that was found out. */
const underWay = z.object({ worker: z.string().optional(), day: z.string().optional() });
const planned = z.object({
  day: z.string(),
  worker: z.string().optional(),
  name: z.string().optional(),
  talk: z.string().optional(),
});
type Planned = z.output<typeof planned>;
type Ready = Answer | { readBack: string; kept: Planned; words: string };

/**
 * 和小王谈过了: a secretary registers a talk, a worker has the secretary asked whether it was one. What came up in it is not for
 * the chat: of the words only whom and when are kept, and where to write the rest is said.
 */
export const talkDone: Intent = {
  name: 'talk.done',
  effect: 'change',
  discreet: true,
  verbs: ['登记'],
  help: { ...CHAT.help, roles: HOLDERS },
  async readBack(turn, house) {
    if (turn.place === 'group') return { text: CHAT.inPrivate };
    if (TO_COME.test(turn.text) && !OVER.test(turn.text)) return { text: CHAT.toCome };
    const { roles } = turn.actor;
    if (roles.some(({ role }) => role === 'secretary')) return asSecretary(turn, house);
    return placeOf(turn.actor) === undefined ? { text: CHAT.notYours } : asWorker(turn, house);
  },
  async handle(turn, house) {
    const { day, worker, name = '', talk } = planned.parse(turn.kept);
    if (worker === undefined) {
      await (talk === undefined ? claimTalk(house, turn, { day }) : moveTalk(house, turn, talk, 'claim', { day }));
      return { text: CHAT.claimed };
    }
    await (talk === undefined
      ? holdTalk(house, turn, { worker, day, topics: [] })
      : finishTalk(house, turn, talk, { day, topics: [] }));
    return { text: CHAT.done(name) };
  },
};

/** What there is to be talked about in the quarter of a day, in each place the speaker is secretary of. */
function listsOf({ actor }: Turn, house: House, day: string) {
  const areas = actor.roles.filter(({ role }) => role === 'secretary').map(({ area }) => area);
  return Promise.all([...new Set(areas)].map((area) => duesIn(house, quarterAt(day), area)));
}

async function asSecretary(turn: Turn, house: House): Promise<Ready> {
  const { worker: chosen, day = pastDayIn(turn.text, turn.now) } = underWay.parse(turn.kept ?? {});
  const lists = await listsOf(turn, house, day);
  const dues = lists.flatMap((one) => one.dues);
  const workers = lists.flatMap(({ staff }) => staff.workers).filter(({ id }) => id !== turn.actor.id);
  const named = chosen === undefined ? namedIn(turn.text, workers) : workers.filter(({ id }) => id === chosen);
  const [only, ...others] = named;
  if (only && others.length === 0) return readBackOf(turn, house, only, day, dues);
  const left = workers.filter(({ id }) => dues.some((due) => due.worker === id && !due.done));
  const among = only ? named : left;
  if (among.length === 0) return { text: CHAT.nobodyLeft };
  const options = among
    .slice(0, SHOWN)
    .map(({ id, name }) => ({ label: name, intent: talkDone.name, slots: {}, kept: { worker: id, day } }));
  return { text: CHAT.which, options };
}

async function readBackOf(
  turn: Turn,
  house: House,
  { id: worker, name }: Worker,
  day: string,
  dues: readonly DueTalk[],
): Promise<Ready> {
  const open = openOf(dues.filter((due) => due.worker === worker));
  if (!open) {
    const { talk } = dues.find((due) => due.worker === worker && due.done) ?? {};
    const { heldOn = day } = talk === undefined ? {} : await findTalk(house, turn, talk);
    return { text: CHAT.already(name, heldOn, turn.now) };
  }
  const kept = { worker, name, day, ...(open.talk !== undefined && { talk: open.talk }) };
  return { readBack: CHAT.readBack(name, day, turn.now), kept, words: ALL_THAT_IS_KEPT };
}

/** What is most pressing of what is still to be held: an occasion before the quarter. */
const openOf = (dues: readonly DueTalk[]): DueTalk | undefined =>
  dues.filter(({ done }) => !done).sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0))[0];

async function asWorker(turn: Turn, house: House): Promise<Ready> {
  const day = pastDayIn(turn.text, turn.now);
  const dues = await duesOf(house, turn.actor.id, quarterAt(day));
  const open = openOf(dues);
  if (!open) {
    const { talk } = dues.find(({ done }) => done) ?? {};
    const { heldOn = day } = talk === undefined ? {} : await findTalk(house, turn, talk);
    return { text: CHAT.alreadyHeld(heldOn, turn.now) };
  }
  const kept = { day, ...(open.talk !== undefined && { talk: open.talk }) };
  return { readBack: CHAT.claimReadBack(day, turn.now), kept, words: ALL_THAT_IS_KEPT };
}

const END = '(?:一下|一次|一谈|谈)?[\\s，,。.!！~了吧嘛啊哦呢噻哈]*';
/** 我想找书记谈心, 约书记聊聊: that alone, for it is told to the secretary. */
const WANTS_A_TALK = new RegExp(
  `^(?:我|帮我|麻烦|能不能|可以|可不可以)*(?:想|要|想要|申请|需要)?(?:约|找|请|和|跟|与|同)(?:一?下)?(?:我们)?(?:社区)?(?:\\p{Script=Han})?书记(?:和我|跟我|同我|约|谈|做|来)?(?:一?个|一?次)?(?:谈谈心|谈心|谈一谈|谈谈|谈话|谈一次|聊聊|聊一聊|聊聊天|说说话|说说心里话)${END}$`,
  'u',
);
/** 约小李下周二谈心, 准备和小李谈: a talk still to come. */
const TO_COME =
  /^(?:我)?(?:想|要|准备|打算|计划|安排)*约|(?:准备|打算|计划|安排|想|要)(?:和|跟|与|同|找)|明[天日早晚]|后天|下(?:个)?(?:周|星期|礼拜|月)/u;
const OVER = /谈(?:了|过|完|好)|过了|完了|做了|聊(?:了|过|完)/u;
/** 这季度还有谁没谈. */
const WHO_IS_LEFT =
  /(?:还有|还剩|有哪些|哪些|有谁|谁|哪几个|几个人|多少人).{0,6}(?:没有?|未|还没)(?:谈|聊)|(?:没|未)谈(?:心)?的(?:还)?(?:有|是)(?:谁|哪)/u;

/** A worker wants a talk: the secretary is told, and has three workdays. */
export const talkAsk: Intent = {
  name: 'talk.ask',
  effect: 'create',
  discreet: true,
  grave: true,
  help: { ...CHAT.helpAsk, roles: ['worker', 'grid_worker'] },
  command: [WANTS_A_TALK],
  async readBack(turn) {
    if (turn.place === 'group') return { text: CHAT.inPrivate };
    if (placeOf(turn.actor) === undefined) return { text: CHAT.notYours };
    return { readBack: CHAT.askReadBack, kept: { day: dayOf(turn.now) }, words: '约书记谈心' };
  },
  async handle(turn, house) {
    const { talk } = await askForTalk(house, turn, { occasion: 'own_request' });
    return { text: CHAT.asked(talk.by ?? dayOf(turn.now)) };
  },
};

/** Whom a secretary has still to talk with this quarter. */
export const talkLeft: Intent = {
  name: 'talk.left',
  effect: 'read',
  help: { ...CHAT.helpLeft, roles: ['secretary'] },
  command: [WHO_IS_LEFT],
  async handle(turn, house) {
    if (turn.place === 'group') return { text: CHAT.inPrivate };
    const lists = await listsOf(turn, house, dayOf(turn.now));
    const names = lists.flatMap(({ dues, staff }) =>
      staff.workers
        .filter(({ id }) => id !== turn.actor.id && dues.some(({ worker, done }) => worker === id && !done))
        .map(({ name }) => name),
    );
    return { text: names.length === 0 ? CHAT.nobodyLeft : CHAT.left(names), private: true };
  },
};

export const talkIntents: readonly Intent[] = [talkDone, talkAsk, talkLeft];
