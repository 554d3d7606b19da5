import type { Message } from '../../core/feature.ts';
import { shortened } from '../../core/letters.ts';
import { INCIDENT_STATES, type IncidentState, LEVELS, type Level } from './model.ts';
import {
  alarm,
  type Data,
  due,
  given,
  incident,
  message,
  moment,
  placed,
  reminder,
  saidInFull,
  words,
} from './wording.ts';

export const REPORT_WORDS = {
  /** Stands in a title where somebody's name was. */
  someone: '一位居民',
  /** Stands in a history for whoever reported it, to those who need not know. */
  reporter: '报告人',
};

/** What the audit says of a look at who is behind an incident. */
export const unmaskedBecause = (number: number, why: string | undefined): string =>
  why ? `事件${number}号：${why}` : `事件${number}号`;

const STAGE_LATE: Record<string, string> = {
  triage: '还没有核实',
  dispatch: '还没有人接手',
  done: '还没有办好',
  answer: '只解决了一部分',
};
const late = (data: Data): string => STAGE_LATE[words(data.stage)] ?? '';

/** Every message of an incident. Short, clear, and nothing of who reported it but to themselves. */
export const incidentMessages = {
  // To those who reported it, each alone.
  'incident.reportedFor': message(
    '有人替您报告了问题',
    (d) => `${words(d.who)}替您报告了${incident(d)}，社区会尽快核实。如果不对，告诉网格员就好。`,
  ),
  'incident.triaged': message(
    '问题已核实',
    (d) => `您报告的${incident(d)}已经核实，正在安排人处置，有消息马上告诉您。`,
  ),
  'incident.declined': message(
    '问题没有受理',
    (d) => `很抱歉，您报告的${incident(d)}没能受理：${words(d.reason)}。有疑问请问问网格员。`,
  ),
  'incident.dispatched': message(
    '有人在处置了',
    (d) => `您报告的${incident(d)}由${words(d.who)}处置${due(d, (t) => `，预计${t}前办好`)}。`,
  ),
  'incident.raisedReporter': message(
    '问题上报了一级',
    (d) => `您报告的${incident(d)}已上报到${LEVELS[d.level as Level] ?? '上一级'}，由他们安排处置，进展照样告诉您。`,
  ),
  'incident.assisting': message('多方一起处置', (d) => `您报告的${incident(d)}请了${words(d.who)}一起处置。`),
  'incident.progress': message('处置有进展', (d) => `您报告的${incident(d)}有进展：${words(d.text)}`),
  'incident.progressNow': alarm('危急事件有进展', (d) => `您报告的${incident(d)}有进展：${words(d.text)}`),
  'incident.coming': alarm('有人来处置了', (d) => `您报告的${incident(d)}由${words(d.who)}处置，正在想办法赶来。`),
  'incident.helpThere': alarm(
    '有人到场了',
    (d) => `您报告的${incident(d)}，${words(d.who)}已经到场了。有什么变化马上告诉我。`,
  ),
  'incident.extended': message(
    '处置要晚几天',
    (d) => `您报告的${incident(d)}要晚一些，预计${moment(d)}前办好。原因：${words(d.reason)}。`,
  ),
  'incident.resolved': message(
    '问题办好了，请确认',
    (d) => `您报告的${incident(d)}办好了：${words(d.note)}。真的好了请回“满意”，没办好请回“不满意”，说说哪里不好。`,
  ),
  'incident.partial': message(
    '问题解决了一部分，请确认',
    (d) => `您报告的${incident(d)}解决了一部分，还差：${words(d.left)}。您看这样行不行？不行我们再想办法。`,
  ),
  'incident.askConfirm': reminder(
    '事件办好了，还等您一句话',
    ['事件确认的提醒'],
    (d) => `您报告的${incident(d)}真的办好了吗？到${moment(d)}没有回复，我们就当办好了。`,
  ),
  'incident.askPartial': reminder(
    '事件解决了一部分，还等您一句话',
    ['事件部分解决的提醒'],
    (d) => `您报告的${incident(d)}解决了一部分，还差：${words(d.left)}。您看这样行不行，请告诉我们一声。`,
  ),
  'incident.confirmed': message(
    '问题已办结',
    (d) => `您报告的${incident(d)}已办结，谢谢您。还有别的情况，随时告诉我们。`,
  ),
  'incident.merged': message(
    '问题已合并处置',
    (d) => `您报告的${incident(d)}和事件${String(d.into)}号是同一件事，一起处置，进展照样告诉您。`,
  ),
  'incident.follow': message(
    '合并的事件有进展',
    (d) =>
      `您报告的事件${String(d.number)}号和别人报告的一起处置，现在是：${INCIDENT_STATES[d.now as IncidentState] ?? ''}。`,
  ),
  'incident.followResolved': message(
    '问题办好了，请确认',
    (d) =>
      `您报告的事件${String(d.number)}号和别人报告的一起办好了：${words(d.note)}。真的好了请回“满意”，没办好请回“不满意”，说说哪里不好。`,
  ),
  'incident.followPartial': message(
    '问题解决了一部分，请确认',
    (d) =>
      `您报告的事件${String(d.number)}号和别人报告的一起办，解决了一部分，还差：${words(d.left)}。您看这样行不行？不行我们再想办法。`,
  ),
  'incident.followAsk': reminder(
    '一起报的事件办好了，还等您一句话',
    ['一起报的事件的提醒'],
    (d) => `您报告的事件${String(d.number)}号真的办好了吗？到${moment(d)}没有回复，我们就当办好了。`,
  ),
  'incident.again': message(
    '问题正在重办',
    (d) => `您报告的${incident(d)}，一起报告的邻居说还没办好，正在再办一次，办好了再请您看。`,
  ),
  'incident.followEnded': message(
    '合并的事件不再处置',
    (d) => `和您的事件${String(d.number)}号一起处置的那件没有继续办。您要是还需要，请再报告一次，我们接着办。`,
  ),
  'incident.referred': message(
    '问题已转办',
    (d) => `您报告的${incident(d)}转给了${words(d.to)}办理，受理编号 ${words(d.referral)}。有结果会告诉您。`,
  ),
  'incident.withdrawnToo': message(
    '事件已撤回',
    (d) => `${incident(d)}已经撤回，不再处置。要是还有情况，请再告诉我们。`,
  ),

  // To those near by, and to those who decide.
  'incident.danger': alarm(
    '危急！请马上去看',
    (d) => `${placed(d)}可能有生命危险，请马上赶到或联系，并报告书记。${saidInFull(d)}`,
  ),
  'incident.dangerMore': alarm('危急事件有新情况', (d) => `${placed(d)}报告人又说：${shortened(words(d.text), 200)}`),
  'incident.dangerWaits': alarm(
    '危急事件还没人接手',
    (d) => `${placed(d)}还没有人接手，谁离得近请马上去，并点“我来办”。`,
  ),
  'incident.dangerLate': alarm('危急事件超时', (d) => `${placed(d)}到现在${late(d)}，请书记马上过问。`),
  'incident.dangerLateStreet': alarm('危急事件请街道马上过问', (d) => `${placed(d)}到现在${late(d)}，请街道马上过问。`),
  'incident.allClear': alarm('危急解除', (d) => `${placed(d)}报告人说：${words(d.reason)}。不用再赶去了。`),
  'incident.calledOff': alarm(
    '危急事件不予受理',
    (d) => `${placed(d)}${words(d.who)}核实后不予受理：${words(d.reason)}。`,
  ),
  'incident.rejectedNow': alarm(
    '危急事件退单',
    (d) => `${placed(d)}${words(d.who)}退单，原因：${words(d.reason)}。现在没有人在办，请马上再定由谁去。`,
  ),
  'incident.unsatisfiedNow': alarm('危急事件没办好', (d) => `${placed(d)}报告人说没办好，已退回重办，请马上过问。`),
  'incident.mergedNow': alarm(
    '两件危急事件是同一件',
    (d) => `${placed(d)}和事件${String(d.into)}号是同一件事，请按事件${String(d.into)}号一起处置，已经在路上的照样去。`,
  ),
  'incident.raisedOnNow': alarm(
    '危急事件已上报',
    (d) => `${placed(d)}已上报，由${LEVELS[d.level as Level] ?? '上一级'}安排。离得近的请照样先去，守到有人来。`,
  ),
  'incident.lookedNow': alarm('危急事件有人到场', (d) => `${placed(d)}${words(d.who)}到场了：${words(d.words)}`),
  'incident.notedNow': alarm('危急事件有新进展', (d) => `${placed(d)}${words(d.who)}登记了进展：${words(d.text)}`),
  'incident.takenNow': message('危急事件有人处置', (d) => `${placed(d)}由${words(d.who)}去处置了。`),
  'incident.resolvedNow': message('危急事件已处置', (d) => `${placed(d)}${words(d.who)}已经处置好。`),
  'incident.lookFirst': message('请先去看一看', (d) => `${placed(d)}离您近，方便的话请先去看一看，把情况告诉网格员。`),
  'incident.toTriage': message('有新事件待核实', (d) => `${placed(d)}请核实。`),
  'incident.looked': message('有人先去看了', (d) => `${incident(d)}${words(d.who)}去看过了：${words(d.words)}`),
  'incident.more': message('报告人有补充', (d) => `${incident(d)}报告人又说了些情况，请看一下。`),
  'incident.open': message('有事件待处置', (d) => `${placed(d)}已核实，请安排人处置，或点“我来办”。`),
  'incident.rejected': message(
    '事件退单',
    (d) => `${incident(d)}${words(d.who)}退单，原因：${words(d.reason)}。请再定由谁来办。`,
  ),
  'incident.raised': message(
    '有事件上报',
    (d) => `${placed(d)}由${words(d.who)}上报，原因：${words(d.reason)}。请安排处置。`,
  ),
  'incident.raisedNow': alarm(
    '危急事件上报',
    (d) => `${placed(d)}由${words(d.who)}上报，原因：${words(d.reason)}。请马上安排处置。`,
  ),
  'incident.raisedOn': message(
    '事件已上报',
    (d) => `${incident(d)}已上报，由${LEVELS[d.level as Level] ?? '上一级'}安排处置，您这里不用再跟进了，谢谢您。`,
  ),
  'incident.triageSoon': reminder(
    '事件等您核实',
    ['事件核实的提醒'],
    (d) => `${placed(d)}到${moment(d)}要核实，请看一下。`,
  ),
  'incident.dispatchSoon': reminder(
    '事件还没人接手',
    ['事件分办的提醒'],
    (d) => `${placed(d)}到${moment(d)}还没人接手就超期了，请安排。`,
  ),
  'incident.late': message('事件超期', (d) => `${placed(d)}到期${late(d)}，请您协调。`),
  'incident.lateStreet': message('事件超期，请街道督办', (d) => `${placed(d)}超期${late(d)}，社区尚未解决。`),
  'incident.unsatisfied': message(
    '报告人说没办好',
    (d) => `${incident(d)}报告人说没办好${given(d.words, (t) => `：“${t}”`)}，已退回重办，请关注。`,
  ),
  'incident.unsatisfiedAgain': message(
    '事件多次重办',
    (d) => `${incident(d)}已经重办${String(d.times)}次，报告人仍不满意，请帮助协调。`,
  ),
  'incident.partialNotice': message('事件部分解决', (d) => `${incident(d)}只解决了一部分，还差：${words(d.left)}。`),
  'incident.partialUnanswered': message(
    '部分解决的事件没有下文',
    (d) =>
      `${incident(d)}只解决了一部分，还差：${words(d.left)}。报告人一直没有回复，请您定：再派人、转办，或者和本人说好后登记结果。`,
  ),
  'incident.extendedTwice': message(
    '事件两次延期',
    (d) => `${incident(d)}第二次延期，到${moment(d)}。原因：${words(d.reason)}。`,
  ),

  // To those who have it in hand.
  'incident.assigned': message(
    '有事件请您处置',
    (d) => `请您处置${placed(d)}${due(d, (t) => `，${t}前办好`)}。${given(d.note, (t) => `说明：${t}`)}`,
  ),
  'incident.assignedNow': alarm(
    '危急！请您马上处置',
    (d) => `请您马上处置${placed(d)}。${given(d.note, (t) => `说明：${t}`)}`,
  ),
  'incident.takenOver': message(
    '事件换人处置',
    (d) => `${incident(d)}改由${words(d.who) || '别的同志或部门'}处置，您不用再跟进了，谢谢您。`,
  ),
  'incident.help': message('请您协助处置', (d) => `${words(d.who)}请您协助处置${placed(d)}：${words(d.words)}`),
  'incident.helpNow': alarm(
    '危急！请您马上协助',
    (d) => `${words(d.who)}请您马上协助处置${placed(d)}：${words(d.words)}`,
  ),
  'incident.helped': message('有人协助您', (d) => `${incident(d)}请了${words(d.who)}协助：${words(d.words)}`),
  'incident.noted': message('处置有新进展', (d) => `${incident(d)}${words(d.who)}登记了进展：${words(d.text)}`),
  'incident.doneSoon': reminder(
    '事件快到期了',
    ['事件办结的提醒'],
    (d) => `${incident(d)}要在${moment(d)}前办好。来不及请申请延期。`,
  ),
  'incident.doneNow': alarm('危急事件快到时限', (d) => `${incident(d)}要在${moment(d)}前处置好，办好了请马上登记。`),
  'incident.lateHandler': message('事件超期了', (d) => `${incident(d)}已经超期，已告诉书记。有困难请上报或请人协助。`),
  'incident.reopened': message(
    '报告人希望再办一次',
    (d) => `${incident(d)}报告人说没办好${given(d.words, (t) => `：“${t}”`)}${due(d, (t) => `，请在${t}前再办一次`)}。`,
  ),
  'incident.reopenedNow': alarm(
    '危急事件没办好，请马上再去',
    (d) => `${placed(d)}报告人说没办好${given(d.words, (t) => `：“${t}”`)}，请马上再去处置。`,
  ),
  'incident.thanked': message(
    '报告人确认了',
    (d) => `${incident(d)}报告人确认办好了${given(d.words, (t) => `：“${t}”`)}，谢谢您的付出！`,
  ),
  'incident.concluded': message('事件登记了结果', (d) => `${incident(d)}登记了结果：${words(d.note)}。谢谢您的付出！`),
  'incident.closedHandler': message('事件已办结', (d) => `${incident(d)}已自动办结，谢谢您的付出！`),
  'incident.withdrawn': message('事件已撤回', (d) => `${incident(d)}报告人撤回了，不用再办，谢谢您。`),
} satisfies Record<string, Message>;

export type IncidentMessage = keyof typeof incidentMessages;

/** The moves people make, as buttons and API summaries name them. */
export const INCIDENT_MOVES = {
  look: '先去看了',
  add: '补充',
  triage: '核实',
  decline: '不予受理',
  merge: '合并',
  withdraw: '撤回',
  take: '我来办',
  dispatch: '分办',
  reject: '退单',
  raise: '上报',
  assist: '请人协助',
  note: '登记进展',
  extend: '延期',
  resolve: '办结',
  partial: '部分解决',
  confirm: '确认',
  refer: '转办',
  conclude: '登记结果',
} as const;
