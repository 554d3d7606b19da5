import type { Answer } from '../api/ask';
import type { Me } from '../api/session';
import { isAdmin, isHelper, isSecretary, isStaff, isSupervisor, isVisitor, moderates } from './people';
import { dateWord } from './when';

export type Push = Answer<'getMePush'>;
export type Channel = 'auto' | 'inbox';

/** Where messages come. The house knows more channels than people need to tell apart. */
export const CHANNELS: readonly { channel: Channel; label: string }[] = [
  { channel: 'auto', label: '发到微信，小程序里也有' },
  { channel: 'inbox', label: '不发微信，只放在小程序里' },
];

/** For how many days a pause may be asked for by one press. */
export const PAUSES: readonly { days: number; label: string }[] = [
  { days: 1, label: '停1天' },
  { days: 7, label: '停7天' },
  { days: 30, label: '停30天' },
];

const everybody = () => true;
const forSecretaries = (me: Me) => isSecretary(me);
const whoHelps = (me: Me) => isHelper(me) || isStaff(me);
/** Whoever has some duty, be it that of leading a talk or a few households. */
export const whoServes = (me: Me) => me.roles.some(({ role }) => role !== 'resident');
/** Whom a reminder can come to, and when it does. One that is not named here is everybody's. */
const REMINDERS: Readonly<Record<string, { hint: string; comesTo(me: Me): boolean }>> = {
  'wish.askRating': { hint: '您的心愿办好以后', comesTo: everybody },
  'wish.askPartial': { hint: '您的心愿办了一部分以后', comesTo: everybody },
  'wish.publishSoon': { hint: '受理期限到的那天', comesTo: moderates },
  'wish.claimSoon': { hint: '快到认领期限的时候', comesTo: whoHelps },
  'wish.doneSoon': { hint: '您在帮的心愿快到期的时候', comesTo: whoHelps },
  'incident.askConfirm': { hint: '您报告的问题办好以后', comesTo: everybody },
  'incident.followAsk': { hint: '您一起报告的问题办好以后', comesTo: everybody },
  'incident.askPartial': { hint: '您报告的问题办了一部分以后', comesTo: everybody },
  'incident.triageSoon': { hint: '新事件快到核实期限的时候', comesTo: moderates },
  'incident.dispatchSoon': { hint: '事件快到派人期限的时候', comesTo: moderates },
  'incident.doneSoon': { hint: '您在办的事件快到期的时候', comesTo: whoHelps },
  'topic.tomorrow': { hint: '开会商量的前一天', comesTo: everybody },
  'topic.waiting': { hint: '议题等了几天没动的时候', comesTo: whoServes },
  'topic.toAnswer': { hint: '公示快满、异议没答复的时候', comesTo: whoServes },
  'topic.itemDue': { hint: '请您办的事到期那天', comesTo: everybody },
  'ballot.reminder': { hint: '投票快截止的时候', comesTo: everybody },
  'duties.monday': { hint: '每周一上午', comesTo: isVisitor },
  'duties.thursday': { hint: '每周四下午', comesTo: isVisitor },
  'duties.overdue_bearer': { hint: '该走访的过了日子', comesTo: isVisitor },
  'duties.friday': { hint: '每周五下午', comesTo: forSecretaries },
  'talk.list': { hint: '每个季度开头', comesTo: forSecretaries },
  'talk.progress': { hint: '每个季度过半', comesTo: forSecretaries },
  'talk.left': { hint: '每个季度最后十个工作日', comesTo: forSecretaries },
  'talk.street': { hint: '每个季度结束后', comesTo: (me) => isSecretary(me) || isSupervisor(me) },
  'calendars.missing': { hint: '还没有明年放假安排的时候', comesTo: isAdmin },
};

export interface ReminderLine {
  name: string;
  title: string;
  hint: string;
  on: boolean;
}

/** The reminders that can come to somebody, and whichever they switched off. */
export function reminderLines({ reminders }: Push, me: Me): ReminderLine[] {
  return reminders
    .filter(({ name, muted }) => muted || (REMINDERS[name]?.comesTo(me) ?? true))
    .map(({ name, title, muted }) => ({ name, title, hint: REMINDERS[name]?.hint ?? '', on: !muted }));
}

/** How it stands with somebody's messages, in one sentence. */
export function pushWords({ channel, mutedUntil, reminders }: Push, now: Date): string {
  const off = reminders.filter(({ muted }) => muted).length;
  const single = off > 0 ? `，单独关掉了${off}种` : '';
  if (channel === 'inbox') return `提醒不发微信，只放在小程序里${single}`;
  if (mutedUntil !== undefined && new Date(mutedUntil) > now)
    return `微信提醒停到${dateWord(mutedUntil, now)}${single}`;
  return `会发到微信${single}`;
}
