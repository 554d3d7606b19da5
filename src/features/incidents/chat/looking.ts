import type { Intent, Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import type { Progress } from '../../../core/progress.ts';
import { HELP, LIST, PROGRESS, WHICH } from '../chat-messages.ts';
import { listIncidents } from '../lists.ts';
import { getIncident } from '../service.ts';
import type { IncidentView, ListedIncident } from '../views.ts';
import { dispatch } from './deciding.ts';
import { byNumber, openIn } from './find.ts';
import { SERVING, take, triage } from './handling.ts';

/** What people ask about incidents: which wait for somebody, and where their own stand. */

const SHOWN = 8;
/** What choosing one of the list leads to: whoever decides has it checked or given to somebody, whoever works there takes it. */
const DECIDED = [
  ['dispatch', dispatch.name],
  ['triage', triage.name],
] as const;
const TAKEN = [['take', take.name]] as const;

export const list: Intent = {
  name: 'incident.list',
  effect: 'read',
  help: { ...HELP.list, roles: [...SERVING, 'household_lead', 'supervisor'] },
  command: [
    /^(?:我?想?看看?|查看?)?(?:现在)?(?:还?有(?:哪些|什么))?(?:待办|待处置|待核实|待分办|没人办)?的?(?:网格)?事件(?:列表|清单)?(?:还?有(?:哪些|几个|多少|吗|没有))?[。?？]?$/u,
  ],
  async handle(turn, house) {
    const { items: all, more: further, known } = await openIn(house, turn);
    if (!known) return { text: LIST.noPlace };
    if (all.length === 0) return { text: LIST.none };
    const decides = turn.actor.roles.some(({ role }) => role === 'secretary' || role === 'supervisor');
    const choosing = decides ? DECIDED : TAKEN;
    const able = all.flatMap((one) => {
      const [, intent] = choosing.find(([move]) => one.moves.includes(move)) ?? [];
      return intent === undefined ? [] : [{ one, intent }];
    });
    if (able.length === 0) {
      const lines = all.slice(0, SHOWN).map(LIST.line);
      return { text: [LIST.looking(further || lines.length < all.length), ...lines].join('\n') };
    }
    const options = able.slice(0, SHOWN).map(({ one, intent }) => ({
      label: decides ? LIST.undecided(one) : LIST.line(one),
      intent,
      slots: { number: one.number },
      kept: { id: one.id },
    }));
    const more = further || options.length < able.length;
    return { text: decides ? LIST.deciding(more) : LIST.waiting(more), options };
  },
};

/** Where incidents stand: the one by a number, or all the asker reported or has in hand. */
export const incidentProgress: Progress = {
  called: '事件',
  async byNumber(turn, house, number) {
    const found = await byNumber(house, turn, number);
    return found.map((one) => ({
      label: WHICH.called(one.number, one.title),
      own: one.own || one.handler?.id === turn.actor.id,
      text: detail(one, found.length > 1),
    }));
  },
  async mine(turn, house) {
    const [mine, handling] = await Promise.all([
      listIncidents(house, turn, { mine: true, limit: SHOWN }),
      listIncidents(house, turn, { handling: true, column: 'handling', limit: SHOWN }),
    ]);
    const matter = (one: ListedIncident) => ({ line: PROGRESS.line(one), whole: () => whole(house, turn, one.id) });
    return [
      { heading: PROGRESS.mine, matters: mine.items.map(matter) },
      { heading: PROGRESS.handling, matters: handling.items.map(matter) },
    ];
  },
  nothing: PROGRESS.nothing,
};

const whole = async (house: House, turn: Turn, id: string): Promise<string> =>
  detail(await getIncident(house, turn, id));

/** Where one stands, as far as the asker may know. */
function detail(one: IncidentView, withPlace = false): string {
  const { state, handler, referral, mergedInto, left, outcome, notes, history, dueAt, own } = one;
  const where = PROGRESS.detail(one);
  const lines = [withPlace ? PROGRESS.detailAt(one.place, where) : where];
  if (handler && ['dispatched', 'assisting', 'reopened', 'partial'].includes(state))
    lines.push(PROGRESS.handler(handler.name));
  const last = notes.at(-1);
  if (last && ['dispatched', 'assisting'].includes(state)) lines.push(PROGRESS.noted(last.text));
  if (referral && state === 'referred') lines.push(PROGRESS.referred(referral.to, referral.number));
  if (mergedInto) lines.push(PROGRESS.merged(mergedInto.number, mergedInto.stateWord));
  if (mergedInto && one.moves.includes('confirm')) lines.push(PROGRESS.askConfirm);
  if (outcome && ['resolved', 'partial', 'confirmed'].includes(state)) lines.push(PROGRESS.outcome(outcome.note));
  if (left && state === 'partial') lines.push(PROGRESS.left(left));
  const declined = history.findLast((entry) => entry.move === 'decline')?.why;
  if (declined && state === 'declined') lines.push(PROGRESS.declined(declined));
  if (dueAt) lines.push(PROGRESS.due(dueAt));
  const next = state === 'resolved' && !own ? undefined : PROGRESS.next[state];
  return [...lines, ...(next === undefined ? [] : [next])].join('\n');
}
