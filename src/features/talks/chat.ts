import { z } from 'zod';
import type { Answer, Intent, Turn } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { type Day, dayOf } from '../../core/time.ts';
import { pastDay } from './days.ts';
import type { DueTalk } from './due.ts';
import { type Claim, claimsOf, duesIn, duesOf } from './lists.ts';
import { CHAT } from './messages.ts';
import { namedIn, withoutNames } from './names.ts';
import { quarterAt } from './quarters.ts';
import { dayToldIn, quarterToldIn } from './said-day.ts';
import { askForTalk, claimTalk, finishTalk, holdTalk, moveTalk } from './service.ts';
import { isWide, placeOf, type Worker } from './serving.ts';

const HOLDERS = ['secretary', 'worker', 'grid_worker'] as const;
const SHOWN = 9;
/** Of what was said no more than this stays with the dialogue: the rest may be what only two are to know. */
const ALL_THAT_IS_KEPT = '谈过了';

/** Whom, and which day, as far as that was found out. */
const underWay = z.object({
  worker: z.string().optional(),
  day: z.string().optional(),
  /** What was said of the time is no day: it is never taken for today. */
  unclear: z.literal(true).optional(),
  /** It was the quarter's talk, and not one that something called for. */
  quarterly: z.literal(true).optional(),
});
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

/** What there is to be talked about in the quarter of a day, in each place the speaker is secretary of that is no more than a street. */
function listsOf({ actor }: Turn, house: House, day: string) {
  const areas = actor.roles.filter(({ role }) => role === 'secretary').map(({ area }) => area);
  const narrow = [...new Set(areas)].filter((area) => !isWide(area));
  return Promise.all(narrow.map((area) => duesIn(house, quarterAt(day), area)));
}

/** What is known of the day: said, to be asked for, or nothing. A day to come, or one long ago, is refused. */
function whenIn(text: string, turn: Turn): { day?: Day; unclear?: true } | { refused: string } {
  const { day: known, unclear } = underWay.parse(turn.kept ?? {});
  if (known !== undefined) return { day: known };
  const today = dayOf(turn.now);
  const told = dayToldIn(text, today);
  if (told === undefined || told === 'vague') {
    const asksFor = unclear || told === 'vague' || quarterToldIn(text, today) === 'before';
    return asksFor ? { unclear: true } : {};
  }
  if (told > today) return { refused: CHAT.dayToCome(told) };
  const objection = pastDay(told, turn);
  return objection ? { refused: objection.detail } : { day: told };
}

const askForDay = (kept: Pick<z.output<typeof underWay>, 'worker' | 'quarterly'>): Answer => ({
  text: CHAT.whichDay,
  ask: { intent: talkDone.name, slots: {}, kept: { ...kept, unclear: true }, free: true },
});

async function asSecretary(turn: Turn, house: House): Promise<Ready> {
  const { worker: chosen } = underWay.parse(turn.kept ?? {});
  const today = dayOf(turn.now);
  const now = await listsOf(turn, house, today);
  if (now.length === 0) return { text: CHAT.tooWide };
  const workers = now.flatMap(({ staff }) => staff.workers).filter(({ id }) => id !== turn.actor.id);
  const when = whenIn(withoutNames(turn.text, workers), turn);
  if ('refused' in when) return { text: when.refused };
  const { day = today } = when;
  const lists = quarterAt(day).key === quarterAt(today).key ? now : await listsOf(turn, house, day);
  const dues = lists.flatMap((one) => one.dues);
  const named = chosen === undefined ? namedIn(turn.text, workers) : workers.filter(({ id }) => id === chosen);
  const [only, ...others] = named;
  if (only && others.length === 0)
    return readBackOf(turn, only, { ...when, claims: await claimsOf(house, only.id) }, dues);
  const left = workers.filter(({ id }) => dues.some((due) => due.worker === id && !due.done));
  const among = only ? named : left;
  if (among.length === 0) return { text: CHAT.nobodyLeft };
  const options = among
    .slice(0, SHOWN)
    .map(({ id, name }) => ({ label: name, intent: talkDone.name, slots: {}, kept: { worker: id, ...when } }));
  return { text: CHAT.which, options };
}

/** What the worker claimed comes first: the secretary answers that, and it was on the day the worker said. */
function readBackOf(
  turn: Turn,
  { id: worker, name }: Worker,
  { day: said, unclear, claims }: { day?: Day; unclear?: true; claims: readonly Claim[] },
  dues: readonly DueTalk[],
): Ready {
  const claim = claims.find(({ claimed }) => claimed === said) ?? claims[0];
  if (said === undefined && unclear && !claim) return askForDay({ worker });
  const day = said ?? claim?.claimed ?? dayOf(turn.now);
  const own = dues.filter((due) => due.worker === worker);
  const open = claim ? { talk: claim.id } : openOf(own, day);
  if (!open) {
    const { heldOn = day } = own.find(({ done }) => done) ?? {};
    return { text: CHAT.already(name, heldOn, turn.now) };
  }
  const kept = { worker, name, day, ...(open.talk !== undefined && { talk: open.talk }) };
  return { readBack: CHAT.readBack(name, day, turn.now), kept, words: ALL_THAT_IS_KEPT };
}

/** What is most pressing of what is still to be held: an occasion before the quarter, but none that came after the talk. */
const openOf = (dues: readonly DueTalk[], day: Day): DueTalk | undefined =>
  dues
    .filter(({ done, why }) => !done && (why.kind === 'quarter' || why.at <= day))
    .sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0))[0];

async function asWorker(turn: Turn, house: House): Promise<Ready> {
  const when = whenIn(turn.text, turn);
  if ('refused' in when) return { text: when.refused };
  const { day: said, unclear } = when;
  const day = said ?? dayOf(turn.now);
  const quarter = quarterAt(day);
  const ofQuarter = quarterToldIn(turn.text, dayOf(turn.now));
  if (ofQuarter === 'before') return { text: CHAT.quarterBefore };
  const quarterly = ofQuarter === 'this' || underWay.parse(turn.kept ?? {}).quarterly === true;
  const claim = (await claimsOf(house, turn.actor.id)).find(({ claimed }) => quarterAt(claimed).key === quarter.key);
  if (unclear && !claim) return askForDay(quarterly ? { quarterly } : {});
  const all = await duesOf(house, turn.actor.id, quarter);
  // An occasion's talk is not meant by 这季度的谈心.
  const dues = quarterly ? all.filter(({ why }) => why.kind === 'quarter') : all;
  const open = openOf(dues, day);
  if (!open) {
    const { heldOn = day } = dues.find(({ done }) => done) ?? {};
    return { text: CHAT.alreadyHeld(heldOn, turn.now) };
  }
  if (claim && (said === undefined || said === claim.claimed))
    return { text: CHAT.claimedBefore(claim.claimed, turn.now) };
  const talk = claim?.id ?? open.talk;
  const kept = { day, ...(talk !== undefined && { talk }) };
  return { readBack: CHAT.claimReadBack(day, turn.now), kept, words: ALL_THAT_IS_KEPT };
}

const TALK = '(?<![座洽会])(?:谈|聊|摆龙门阵|说说(?:话|心里话))(?![了过完好判论到])';
const CLAUSE = '[^，,。；;！!？?\\n]';
/** A neighbour's wish, told by whoever works: 王奶奶想找书记谈谈. Where 我 is said it is taken for one's own, which is asked back. */
const ANOTHERS =
  '^[^我]*(?:奶奶|爷爷|大爷|大妈|大娘|阿姨|叔叔|居民|群众|老人|住户|家属|有人|[0-9一二两三几]户|[他她])[^我]*书记[^我]*$';
const WITH = '(?:约|找|请|和|跟|与|同|向|让|给|见)';
/** 我不想跟书记谈, 书记找我谈心谈完了; 我不想干了，想跟书记谈谈 is another matter. */
const NOT_WANTED = `不(?:太|大)?(?:想|要|用|愿|必|敢|肯|需要)(?:再|去|单独)*${WITH}${CLAUSE}{0,4}书记|(?:谈|聊)(?:心|话|天)?(?:了)?(?:过|完|结束)`;
/**
 * 我家里有事，想跟书记谈谈; 约书记聊聊家里的事: 书记 and a talk with them in one clause. Said by somebody at work it is nobody's
 * business but the secretary's: it is to become neither a wish nor a request for help.
 */
const WANTS_A_TALK = new RegExp(
  `^(?!${ANOTHERS})(?:[^]*[，,。；;！!？?\\n])?(?!${CLAUSE}*(?:${NOT_WANTED}))${CLAUSE}*(?:(?:${WITH}|想|要)${CLAUSE}{0,12}书记${CLAUSE}{0,12}${TALK}|书记${CLAUSE}{0,8}(?:和|跟|与|同|找|陪|约)我${CLAUSE}{0,4}${TALK}|${TALK}${CLAUSE}{0,8}${WITH}${CLAUSE}{0,8}书记)`,
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
    const serves = turn.actor.roles.some(({ role }) => role === 'secretary');
    if (serves && lists.length === 0) return { text: CHAT.tooWide };
    const names = lists.flatMap(({ dues, staff }) =>
      staff.workers
        .filter(({ id }) => id !== turn.actor.id && dues.some(({ worker, done }) => worker === id && !done))
        .map(({ name }) => name),
    );
    return { text: names.length === 0 ? CHAT.nobodyLeft : CHAT.left(names), private: true };
  },
};

export const talkIntents: readonly Intent[] = [talkDone, talkAsk, talkLeft];
