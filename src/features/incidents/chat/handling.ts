import { z } from 'zod';
import type { Intent, Turn } from '../../../core/feature.ts';
import { MATTER_NUMBER } from '../../../core/numerals.ts';
import { commandWithWords, daysMore, meant, reasonBesidesDate } from '../../../core/said-besides.ts';
import { addDays, type Day, dayOf, WEEKDAYS, weekdayOf } from '../../../core/time.ts';
import { foundIn } from '../../../core/which.ts';
import { asSaid } from '../../../core/written.ts';
import { URGENCIES, type Urgency } from '../../areas/index.ts';
import { EXTEND, HELP, LOOK, NOTE, RAISE, REJECT, RESOLVE, TAKE, TRIAGE } from '../chat-messages.ts';
import { moveIncident } from '../service.ts';
import { incidentFits, rehearse, whichIncident } from './find.ts';
import { urgencyIn } from './urgency.ts';
import { planOf, worded } from './worded.ts';

/** What those who serve the place say of an incident: looked at, checked, taken on, how it goes, solved, sent on. */

export const SERVING = ['worker', 'grid_worker', 'secretary', 'social_worker'] as const;
const TAKERS = ['worker', 'grid_worker'] as const;
export const KEEPERS = ['grid_worker', 'secretary'] as const;

const NUMBER = `事件\\s?${MATTER_NUMBER}`;
export const withWords = (between: string) =>
  new RegExp(`^${NUMBER}[\\s，,]*${between}[\\s，,。:：；;]*(?<words>.*)$`, 'u');

export const look = worded({
  move: 'look',
  field: 'words',
  said: LOOK,
  photos: true,
  verbs: ['记下'],
  help: { ...HELP.look, roles: ['household_lead'] },
  command: [withWords('我?(?:先|已经|刚)?(?:去|来|过去)?(?:看过|看了|看到了|看哈了)')],
});

export const note = worded({
  move: 'note',
  field: 'text',
  said: NOTE,
  photos: true,
  besides: { toReporters: true },
  verbs: ['记下', '记'],
  help: { ...HELP.note, roles: SERVING },
  command: [withWords('的?(?:最新)?(?:进展|情况|进度)(?:是|[:：，,\\s])(?!.*(?:[?？吗么]|怎|咋|哪|如何|多久))')],
});

export const resolve = worded({
  move: 'resolve',
  like: 'wish.done',
  field: 'note',
  said: RESOLVE,
  photos: true,
  verbs: ['上报', '办结', '办好'],
  ofEach: true,
  help: { ...HELP.resolve, roles: SERVING },
  command: [
    commandWithWords('办结|完成', '事件'),
    withWords('(?:已经?)?(?:都|全部?)?(?:办好|办完|办结|处理好|处理完|解决|修好|搞定)了?'),
  ],
});

export const raise = worded({
  move: 'raise',
  field: 'reason',
  said: RAISE,
  verbs: ['上报'],
  help: { ...HELP.raise, roles: SERVING },
  command: [
    new RegExp(`^(?:请|要)?上报\\s?${NUMBER}(?:事件)?[\\s，,。:：；;]*(?<words>.*)$`, 'u'),
    withWords('(?:要|请|需要)?(?:上报|报(?:社区|街道))'),
  ],
});

export const reject = worded({
  move: 'reject',
  like: 'wish.release',
  field: 'reason',
  said: REJECT,
  verbs: ['退回', '退单'],
  help: { ...HELP.reject, roles: SERVING },
  command: [commandWithWords('退回|退掉|退单', '事件'), withWords('(?:退单|退回|办不了)')],
});

export const take: Intent = {
  name: 'incident.take',
  like: 'wish.claim',
  about: '事件',
  effect: 'change',
  fits: incidentFits('take'),
  verbs: ['接办', '接'],
  ofEach: true,
  help: { ...HELP.take, roles: TAKERS },
  command: [
    new RegExp(`^${NUMBER}[\\s，,]*(?:我来?办|我来|我接|我去|接办|接单)[吧嘛了。.!！]*$`, 'u'),
    new RegExp(`^(?:接办|接单|认领)\\s?${NUMBER}[吧嘛了。.!！]*$`, 'u'),
  ],
  async readBack(turn, house) {
    const which = await whichIncident(house, turn, take.name, 'take');
    if ('answer' in which) return which.answer;
    const { id, number, title, place } = which.incident;
    await rehearse(house, turn, id, 'take', {});
    return { readBack: TAKE.readBack(number, title, place), kept: { id, input: {} } };
  },
  async handle(turn, house) {
    const { id } = planOf(turn);
    const { incident } = await moveIncident(house, turn, id, 'take');
    return { text: TAKE.done(incident.number, incident.title, incident.due.done?.toISOString()) };
  },
};

const chosen = z.object({ urgency: z.enum(Object.keys(URGENCIES) as [Urgency, ...Urgency[]]).optional() });

export const triage: Intent = {
  name: 'incident.triage',
  about: '事件',
  effect: 'change',
  fits: incidentFits('triage'),
  verbs: ['核实'],
  help: { ...HELP.triage, roles: KEEPERS },
  command: [
    new RegExp(`^(?:核实)\\s?${NUMBER}[\\s，,。:：；;]*(?<words>.*)$`, 'u'),
    withWords('(?:已?核实|属实|情况属实)了?'),
  ],
  async readBack(turn, house) {
    const which = await whichIncident(house, turn, triage.name, 'triage');
    if ('answer' in which) return which.answer;
    const { id, number, title } = which.incident;
    const urgency = chosen.safeParse(turn.kept ?? {}).data?.urgency ?? urgencyIn(foundIn(turn).words ?? turn.text);
    if (urgency === undefined) {
      const options = (Object.entries(URGENCIES) as [Urgency, string][]).map(([value, label]) => ({
        label,
        intent: triage.name,
        slots: { ...turn.slots, number },
        kept: { id, urgency: value },
      }));
      return { text: TRIAGE.askUrgency(number), options };
    }
    const input = { urgency };
    await rehearse(house, turn, id, 'triage', input);
    return { readBack: TRIAGE.readBack(number, title, URGENCIES[urgency]), kept: { id, urgency, input } };
  },
  async handle(turn, house) {
    const { id, input } = planOf(turn);
    const { incident } = await moveIncident(house, turn, id, 'triage', input);
    return { text: TRIAGE.done(incident.number) };
  },
};

const begun = z.object({
  asking: z.enum(['until', 'reason']).optional(),
  until: z.string().optional(),
  reason: z.string().optional(),
});

export const extend: Intent = {
  name: 'incident.extend',
  like: 'wish.extend',
  about: '事件',
  effect: 'change',
  fits: incidentFits('extend'),
  verbs: ['延期'],
  wantsDay: true,
  help: { ...HELP.extend, roles: SERVING },
  async readBack(turn, house) {
    const which = await whichIncident(house, turn, extend.name, 'extend');
    if ('answer' in which) return which.answer;
    const { id, number, title, due } = which.incident;
    const before = begun.safeParse(turn.kept ?? {}).data ?? {};
    const words = foundIn(turn).words ?? (before.asking === 'until' ? '' : turn.text);
    const until = turn.slots.until ?? before.until ?? daysLater(turn.text, due.done);
    const said = before.asking === 'reason' ? meant(turn.text) : reasonBesidesDate(words);
    const reason = before.reason ?? (said === undefined ? undefined : asSaid(turn, said));
    const kept = { id, ...(until !== undefined && { until }), ...(reason !== undefined && { reason }) };
    const asking = until === undefined ? 'until' : reason === undefined ? 'reason' : undefined;
    if (until === undefined || reason === undefined) {
      const text = asking === 'until' ? EXTEND.askUntil(number) : EXTEND.askReason(number);
      return { text, ask: { intent: extend.name, slots: { ...turn.slots, number }, kept: { ...kept, asking } } };
    }
    const input = { until, reason };
    await rehearse(house, turn, id, 'extend', input);
    const weekday = WEEKDAYS[weekdayOf(until) - 1] ?? '';
    return { readBack: EXTEND.readBack(number, title, until, weekday, reason), kept: { ...kept, input } };
  },
  async handle(turn: Turn, house) {
    const { id, input } = planOf(turn);
    const { incident } = await moveIncident(house, turn, id, 'extend', input);
    return { text: EXTEND.done(incident.number, String(input.until)) };
  },
};

/** 延期三天: so many days after the deadline there is. */
function daysLater(text: string, due: string | undefined): Day | undefined {
  const more = daysMore(text);
  return more === undefined || due === undefined ? undefined : addDays(dayOf(new Date(due)), more);
}
