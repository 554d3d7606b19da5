import { z } from 'zod';
import type { Answer, Intent, Turn } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { dayOf } from '../../core/time.ts';
import type { DueTalk } from './due.ts';
import { duesIn, duesOf } from './lists.ts';
import { CHAT } from './messages.ts';
import { namedIn, pastDayIn } from './names.ts';
import { quarterAt } from './quarters.ts';
import { askForTalk, claimTalk, finishTalk, holdTalk, moveTalk } from './service.ts';
import { isWide, placeOf, type Worker } from './serving.ts';

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

async function asSecretary(turn: Turn, house: House): Promise<Ready> {
  const { worker: chosen, day = pastDayIn(turn.text, turn.now) } = underWay.parse(turn.kept ?? {});
  const areas = turn.actor.roles.filter(({ role }) => role === 'secretary').map(({ area }) => area);
  const narrow = [...new Set(areas)].filter((area) => !isWide(area));
  if (narrow.length === 0) return { text: CHAT.tooWide };
  const lists = await Promise.all(narrow.map((area) => duesIn(house, quarterAt(day), area)));
  const dues = lists.flatMap((one) => one.dues);
  const workers = lists.flatMap(({ staff }) => staff.workers).filter(({ id }) => id !== turn.actor.id);
  const named = chosen === undefined ? namedIn(turn.text, workers) : workers.filter(({ id }) => id === chosen);
  const [only, ...others] = named;
  if (only && others.length === 0) return readBackOf(turn, only, day, dues);
  const left = workers.filter(({ id }) => dues.some((due) => due.worker === id && !due.done));
  const among = only ? named : left;
  if (among.length === 0) return { text: CHAT.nobodyLeft };
  const options = among
    .slice(0, SHOWN)
    .map(({ id, name }) => ({ label: name, intent: talkDone.name, slots: {}, kept: { worker: id, day } }));
  return { text: CHAT.which, options };
}

function readBackOf(turn: Turn, { id: worker, name }: Worker, day: string, dues: readonly DueTalk[]): Ready {
  const open = openOf(dues.filter((due) => due.worker === worker));
  if (!open) {
    const { heldOn = day } = dues.find((due) => due.worker === worker && due.done) ?? {};
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
    const { heldOn = day } = dues.find(({ done }) => done) ?? {};
    return { text: CHAT.alreadyHeld(heldOn, turn.now) };
  }
  const kept = { day, ...(open.talk !== undefined && { talk: open.talk }) };
  return { readBack: CHAT.claimReadBack(day, turn.now), kept, words: ALL_THAT_IS_KEPT };
}

const END = '(?:一下|一次|一谈|谈)?[\\s，,。.!！~了吧嘛啊哦呢噻哈]*';
/** 我想找书记谈心, 约书记谈心: that alone, for it is told to the secretary. */
const WANTS_A_TALK = new RegExp(
  `^(?:我|请|帮我|麻烦)*(?:想|要|想要|申请)?(?:约|找|和|跟|与|同)(?:一?下)?(?:我们)?(?:社区)?书记(?:约|谈|做)?(?:一?个|一?次)?谈(?:谈)?心${END}$`,
  'u',
);

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

export const talkIntents: readonly Intent[] = [talkDone, talkAsk];
