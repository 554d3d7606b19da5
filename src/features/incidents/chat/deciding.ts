import { z } from 'zod';
import type { Answer, Intent, Turn } from '../../../core/feature.ts';
import { MATTER_NUMBER, NUMERAL, readNumeral } from '../../../core/numerals.ts';
import { commandWithWords, meant } from '../../../core/said-besides.ts';
import { foundIn } from '../../../core/which.ts';
import { asSaid } from '../../../core/written.ts';
import { type Candidates, candidatesFor } from '../candidates.ts';
import { HELP, WHICH } from '../chat-messages.ts';
import { DECLINE, DISPATCH, MERGE } from '../deciding-messages.ts';
import { sameIncident } from '../errors.ts';
import { moveIncident } from '../service.ts';
import type { IncidentView } from '../views.ts';
import { byNumber, incidentFits, rehearse, whichIncident } from './find.ts';
import { KEEPERS, withWords } from './handling.ts';
import { planOf, worded } from './worded.ts';

/** What those who decide say of an incident: who is to do it, that it is none of ours, that two are one. */

const DISPATCHERS = ['grid_worker', 'secretary', 'supervisor'] as const;
/** 事件2号, 2号事件, 2号: nothing else is given out or put together in the same words. */
const ONE = `(?:把|将)?(?:事件)?\\s?${MATTER_NUMBER}(?:的?那?个?事件)?`;
const PLEASE = '^(?:请|麻烦|我要)?';

export const decline = worded({
  move: 'decline',
  like: 'wish.decline',
  field: 'reason',
  said: DECLINE,
  grave: true,
  verbs: ['不予受理', '不受理'],
  help: { ...HELP.decline, roles: KEEPERS },
  command: [commandWithWords('不予受理|不受理', '事件'), withWords('(?:先)?(?:不予受理|不受理)了?')],
});

// ── 分办 ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const GIVE = '(?:派|分办|分派|指派|安排|交办)';
const TOWARDS = '(?:给|到|派给|交给|转给)';
const DOES = '(?:[来去](?:办|处理|处置|看看?|弄|修|跑一趟|负责)?|办|处理|处置|负责)?(?:一?下)?[吧嘛了。.!！]*';
const WHOM = '(?<words>[\\p{L}·]{1,10}?)';

const assigned = z.object({ to: z.string().optional() });
type Candidate = Candidates['items'][number];

export const dispatch: Intent = {
  name: 'incident.dispatch',
  about: '事件',
  effect: 'change',
  grave: true,
  fits: incidentFits('dispatch'),
  verbs: ['派出', '派'],
  help: { ...HELP.dispatch, roles: DISPATCHERS },
  command: [
    new RegExp(`${PLEASE}${GIVE}给?${ONE}[\\s，,]*(?:由|让|叫|${TOWARDS})?${WHOM}${DOES}$`, 'u'),
    new RegExp(`${PLEASE}${ONE}[\\s，,]*(?:${GIVE}(?:${TOWARDS})?|交给|转给|由|让|叫)${WHOM}${DOES}$`, 'u'),
    new RegExp(`${PLEASE}(?:让|叫|派|安排)${WHOM}[来去]?(?:办|处理|处置|负责|看看?)${ONE}[吧嘛了。.!！]*$`, 'u'),
    new RegExp(`${PLEASE}${GIVE}${ONE}(?<words>)[吧嘛了。.!！]*$`, 'u'),
  ],
  async readBack(turn, house) {
    const which = await whichIncident(house, turn, dispatch.name, 'dispatch');
    if ('answer' in which) return which.answer;
    const { id, number, title } = which.incident;
    const { items } = await candidatesFor(house, turn, id);
    const chosen = whomOf(turn, items);
    if (!('whom' in chosen)) return asking(turn, which.incident, chosen.text, chosen.items);
    const { whom } = chosen;
    const input = { to: whom.id };
    await rehearse(house, turn, id, 'dispatch', input);
    return { readBack: DISPATCH.readBack(number, title, whom.name, whom.title), kept: { id, input } };
  },
  async handle(turn, house) {
    const { id, input } = planOf(turn);
    const { incident } = await moveIncident(house, turn, id, 'dispatch', input);
    return { text: DISPATCH.done(incident.number, incident.handler?.name ?? '') };
  },
};

/** Whom the words mean, or among whom to ask. */
function whomOf(
  turn: Turn,
  items: Candidate[],
): { whom: Candidate } | { text: string | undefined; items: Candidate[] } {
  const { to } = assigned.safeParse(turn.kept ?? {}).data ?? {};
  const picked = items.find(({ id }) => id === to);
  if (picked) return { whom: picked };
  // A line of a list says which incident, and nothing of whom.
  const said = (foundIn(turn).words ?? turn.text).trim();
  if (said === '') return { text: undefined, items };
  const found = meantBy(said, turn, items);
  const [only, another] = found;
  if (!only) return { text: DISPATCH.nobody(said), items };
  return another ? { text: DISPATCH.which(said), items: found } : { whom: only };
}

function asking(turn: Turn, { id, number, title }: IncidentView, text: string | undefined, items: Candidate[]): Answer {
  if (items.length === 0) return { text: DISPATCH.none(number) };
  const options = items.slice(0, MOST_NAMED).map((one) => ({
    label: DISPATCH.label(one.name, one.title),
    intent: dispatch.name,
    slots: { ...turn.slots, number },
    kept: { id, to: one.id },
  }));
  return { text: text ?? DISPATCH.who(number, title), options };
}
const MOST_NAMED = 9;

const TITLES = /(?:网格员|社区工作者|社工|工作者|书记|主任|同志|师傅|老师|大哥|大姐|[哥姐])$/u;

/** 周强, 强哥, 小周, 周书记, 我: those of the candidates it may be. */
function meantBy(said: string, { actor }: Turn, items: Candidate[]): Candidate[] {
  if (/^我(?:自己)?$/u.test(said)) return items.filter(({ id }) => id === actor.id);
  const exact = items.filter(({ name }) => name === said);
  if (exact.length > 0) return exact;
  const bare = said.replace(TITLES, '');
  const surname = /^[小老阿]?(.)$/u.exec(bare)?.[1];
  if (surname === undefined) return items.filter(({ name }) => bare !== '' && name.includes(bare));
  const titled = TITLES.exec(said)?.[0];
  const called = items.filter(({ name }) => name.startsWith(surname) || (bare.length === 1 && name.endsWith(surname)));
  const holding = called.filter(({ title }) => titled !== undefined && title.includes(titled));
  return holding.length > 0 ? holding : called;
}

// ── 合并 ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const OTHER = `(?:事件)?\\s?(?:[#№第]\\s?)?${NUMERAL}\\s?号?(?:的?那?个?事件)?`;
const SAME =
  '(?:[，,\\s]*(?:就|其实|应该|都)?(?:是|说的是)?(?:同?一(?:回|码|件|个|起)(?:事情?|事件|问题)?|同一(?:件|个)(?:事情?|事件|问题)|一样的?|重复)(?:的|了)?|(?:一起)?(?:合并|并)(?:到|在)?一?起?(?:了|吧|一下)?)';
const REST = '(?:[，,。；;：:\\s].*)?$';

const other = z.object({ other: z.number().int().optional(), asking: z.literal(true).optional() });

/** Whichever way round it is said, the later one goes into the one that was reported before. */
export const merge: Intent = {
  name: 'incident.merge',
  about: '事件',
  effect: 'change',
  grave: true,
  fits: incidentFits('merge'),
  verbs: ['合并', '并'],
  help: { ...HELP.merge, roles: KEEPERS },
  command: [
    new RegExp(`${PLEASE}${ONE}\\s?(?:和|跟|与|同|、)\\s?(?<words>${OTHER}${SAME}${REST})`, 'u'),
    new RegExp(
      `${PLEASE}${ONE}\\s?(?:合并|并|归)(?:到|进|入|给|成)\\s?(?<words>${OTHER}(?:里面?|去|一起|里头)?[了吧]?${REST})`,
      'u',
    ),
    new RegExp(`${PLEASE}合并\\s?${ONE}\\s?(?:和|到|跟|与|、)\\s?(?<words>${OTHER}${REST})`, 'u'),
  ],
  async readBack(turn, house) {
    const known = other.safeParse(turn.kept ?? {}).data ?? {};
    const said = foundIn(turn).words ?? turn.text;
    const second = known.other ?? numberIn(said);
    const { number: first } = turn.slots;
    if (first === undefined || second === undefined) return askOther(turn);
    if (first === second && known.other === undefined) return { text: sameIncident().detail };
    const [later, earlier] = known.other === undefined ? inOrder(first, second) : [first, second];
    const about = { ...turn, slots: { ...turn.slots, number: later }, kept: { ...turn.kept, other: earlier } };
    const which = await whichIncident(house, about, merge.name, 'merge');
    if ('answer' in which) return which.answer;
    const { id, number, title } = which.incident;
    const into = (await byNumber(house, turn, earlier)).find(({ community }) => community === which.incident.community);
    if (!into) return { text: WHICH.notFound(earlier) };
    const reason = reasonIn(turn, said);
    const input = { into: into.id, ...(reason !== undefined && { reason }) };
    await rehearse(house, turn, id, 'merge', input);
    const readBack = MERGE.readBack({ number, title, into: into.number, intoTitle: into.title, reason });
    return { readBack, kept: { id, input } };
  },
  async handle(turn, house) {
    const { id, input } = planOf(turn);
    const { incident } = await moveIncident(house, turn, id, 'merge', input);
    return { text: MERGE.done(incident.number, incident.mergedInto?.number ?? 0) };
  },
};

const inOrder = (one: number, another: number): [later: number, earlier: number] =>
  one > another ? [one, another] : [another, one];

const numberIn = (words: string): number | undefined => readNumeral(new RegExp(NUMERAL, 'u').exec(words)?.[0] ?? '');

function askOther(turn: Turn): Answer {
  const { number } = turn.slots;
  if (number === undefined) return { text: WHICH.none.merge };
  return { text: MERGE.askOther(number), ask: { intent: merge.name, slots: turn.slots, kept: { asking: true } } };
}

/** Why they are one, where more is said than that they are. */
function reasonIn(turn: Turn, said: string): string | undefined {
  const rest = said.replace(
    new RegExp(`^${OTHER}(?:里面?|去|一起|里头)?[了吧]?(?:${SAME})?[，,。；;：:\\s]*`, 'u'),
    '',
  );
  const reason = meant(rest);
  return reason === undefined ? undefined : asSaid(turn, reason);
}
