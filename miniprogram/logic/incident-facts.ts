import type { Answer } from '../api/ask';
import type { Step } from './story';
import { dayWord, leftWord, momentWord, urgencyOf } from './when';
import type { Fact } from './wish-facts';

export type Incident = Answer<'getIncidentsById'>;
export type IncidentLine = Answer<'getIncidents'>['items'][number];

/** An incident as its page shows it. */
export interface IncidentFacts {
  next: string;
  /** The deadline that counts now, in words; empty when nothing is awaited. */
  left: string;
  tone: 'tag-late' | 'tag-soon' | '';
  facts: Fact[];
  /** What each said, where that is not what stands at the top already. */
  reports: { key: string; who: string; when: string; text: string; photos: Photo[] }[];
  notes: { key: string; who: string; when: string; text: string; photos: Photo[] }[];
  steps: Step[];
  /** Somebody's life is in danger, and it is not over. */
  danger: boolean;
}

type Photo = Incident['before'][number];

const OVER: readonly string[] = ['confirmed', 'declined', 'withdrawn', 'merged'];

export function incidentFacts(incident: Incident, now: Date): IncidentFacts {
  const { reports, notes, own, text, dueAt, state, urgency } = incident;
  const said = own && reports.length === 1 && reports[0]?.text === text ? [] : reports;
  return {
    next: nextWord(incident),
    left: dueWord(incident, now),
    tone: toneOf(dueAt, now),
    facts: factsOf(incident, now),
    reports: said.map((one, at) => ({
      key: String(at),
      who: one.own ? '您' : `${one.name}${one.proxyFor ? `（替${one.proxyFor.relation}${one.proxyFor.name}）` : ''}`,
      when: momentWord(one.at, now),
      text: one.text,
      photos: one.photos,
    })),
    notes: notes.map((one, at) => ({
      key: String(at),
      who: one.by,
      when: `${momentWord(one.at, now)}${one.toReporters && !own ? ' · 报告的人也看得到' : ''}`,
      text: one.text,
      photos: one.photos,
    })),
    steps: storyOf(incident, now),
    danger: urgency === 'danger' && !OVER.includes(state) && state !== 'resolved',
  };
}

/** By when what is waited for now is to be done: 最晚今天 11:30, 最晚周五; once it is past, for how long. */
export function dueWord({ dueAt, late }: Pick<IncidentLine, 'dueAt' | 'late'>, now: Date): string {
  if (dueAt === undefined) return '';
  if (late || Date.parse(dueAt) <= now.getTime()) return leftWord(dueAt, now);
  const moment = momentWord(dueAt, now);
  return `最晚${moment.endsWith(' 23:59') ? dayWord(dueAt, now) : moment}`;
}

export function toneOf(dueAt: string | undefined, now: Date): IncidentFacts['tone'] {
  const urgency = urgencyOf(dueAt, now);
  return urgency === 'late' ? 'tag-late' : urgency === 'soon' ? 'tag-soon' : '';
}

/** What happens next and who is waited for, in one sentence. */
export function nextWord({ state, own, handler, helpers, referral, urgency }: Incident): string {
  const who = handler?.name ?? '处置的人';
  if (urgency === 'danger' && state === 'triaged')
    return own ? '已经告诉附近的人和书记，请他们马上来。' : '危急，离得近的请马上去。';
  switch (state) {
    case 'reported':
      return own ? '社区收到了，正在核实。' : '等人核实：是什么事、急不急。';
    case 'triaged':
      return own ? '核实过了，正在安排人去办。' : '核实过了，等人去办。';
    case 'rejected':
      return own ? '正在重新安排人去办。' : '退了单，等书记另外定人。';
    case 'dispatched':
      return `${who}正在办。`;
    case 'assisting':
      return `${[who, ...helpers.map(({ name }) => name)].join('、')}一起在办。`;
    case 'reopened':
      return '上次没有办好，正在重新办。';
    case 'partial':
      return own ? '解决了一部分。您看这样行不行？' : '解决了一部分，等报告的人看看。';
    case 'resolved':
      return own ? '说是办好了，请您看看是不是真的好了。七天没有回音，就当办好了。' : '说是办好了，等报告的人看看。';
    case 'referred':
      return `已经转给${referral?.to ?? '能办的部门'}，有结果会写在这里。`;
    case 'merged':
      return '和邻居报告的同一件事一起办，进展照样告诉您。';
    default:
      return '';
  }
}

function factsOf(incident: Incident, now: Date): Fact[] {
  const { own, others, extensions, raised, referral, mergedInto, rating, left, outcome } = incident;
  const extended = extensions[extensions.length - 1];
  const up = raised[raised.length - 1];
  const found: [string, string | undefined][] = [
    ['在哪里', incident.place],
    ['详细地址', incident.address],
    ['是哪一类', incident.categoryWord],
    ['急不急', incident.urgencyWord],
    ['谁来管', incident.levelWord],
    ['报告时间', momentWord(incident.postedAt, now)],
    ['谁在办', incident.handler?.name],
    ['一起办的', incident.helpers.map(({ name, words }) => `${name}（${words}）`).join('；')],
    ['一样的', own && others > 0 ? `还有${others}位邻居也报告了` : others > 1 ? `${others}位居民报告了` : ''],
    ['延期', extended && `到${dayWord(extended.until, now)}，${extended.reason}`],
    ['上报', up && `${up.to === 'street' ? '到街道' : '到社区'}${up.reason && `，${up.reason}`}`],
    ['退单', incident.rejections.map(({ by, reason }) => `${by}：${reason}`).join('；')],
    ['办得怎样', outcome?.note],
    ['还差', left],
    ['报告人说', rating && `${rating.satisfied ? '满意' : '没办好'}${rating.words ? `，${rating.words}` : ''}`],
    ['转给', referral && `${referral.to}，受理号${referral.number}`],
    ['并到', mergedInto && `事件${mergedInto.number}号${mergedInto.stateWord ? `（${mergedInto.stateWord}）` : ''}`],
  ];
  return found.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

/** What somebody did, after their name. */
const DID: Record<string, string> = {
  report: '报告了问题',
  alarm: '报告了危险',
  look: '先去看过了',
  add: '补充了情况',
  triage: '核实了',
  decline: '没有受理',
  merge: '并到了另一件事',
  withdraw: '撤回了',
  take: '来办了',
  dispatch: '派了人去办',
  reject: '退了单',
  raise: '上报了一级',
  assist: '请了人来协助',
  note: '登记了进展',
  extend: '延了期',
  resolve: '说办好了',
  partial: '解决了一部分',
  confirm: '看过了',
  refer: '转给了别的部门',
  conclude: '登记了结果',
};
const HOUSE = '系统';

/** An incident's history in words, the latest first. */
function storyOf({ history, handler }: Incident, now: Date): Step[] {
  const given = history.map(({ move }) => move).lastIndexOf('dispatch');
  const isLast = !history.slice(given + 1).some(({ move }) => move === 'take');
  return history
    .map(({ at, by, move, toWord, why = '' }, place): Step => {
      const words =
        by === HOUSE
          ? move === 'autoConfirm'
            ? '办好后七天没有回音，自动办结'
            : `变成了“${toWord}”`
          : place === given && isLast && handler
            ? `${by}派${handler.name}去办`
            : `${by}${DID[move] ?? `：${toWord}`}`;
      return { key: String(place), words, when: momentWord(at, now), why };
    })
    .reverse();
}
