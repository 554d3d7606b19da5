import type { Message } from '../../core/feature.ts';
import { civil, dateWords, dayOf } from '../../core/time.ts';
import { WISH_STATES, type WishState } from './model.ts';

/** Words of the public wall. */
export const WALL_WORDS = {
  child: '一个孩子的心愿',
  childText: '这是一个孩子的心愿，具体情况由社区保管，认领后会告诉您。',
  someone: '一位居民',
  place: '（地址略）',
  number: '（号码略）',
  school: '一所学校',
};

/** 3月9日10:05 */
export const momentWords = (at: Date): string => {
  const { hour, minute } = civil(at);
  return `${dateWords(dayOf(at))}${hour}:${String(minute).padStart(2, '0')}`;
};

/** What the audit says of a look at the contacts behind a wish. */
export const unmaskedBecause = (number: number, why: string | undefined): string =>
  why ? `心愿${number}号：${why}` : `心愿${number}号`;

type Data = Record<string, unknown>;

const words = (value: unknown): string => (typeof value === 'string' ? value : '');

/** 心愿12号“想要一个电饭煲” */
const wish = (data: Data): string => `心愿${String(data.number)}号“${words(data.title)}”`;

/** 2026-03-09 → 3月9日 */
const day = (value: unknown): string => dateWords(words(value));

/** Adds a sentence only when there is something to say. */
const given = (value: unknown, sentence: (text: string) => string): string =>
  words(value) === '' ? '' : sentence(words(value));

/** The day is known where the clock of the first contact runs. */
const reachedBy = ({ until }: Data): string =>
  words(until) === '' ? '几天内会和您联系。' : `${day(until)}前会和您联系。`;

const message = (title: string, body: (data: Data) => string, urgent = false): Message => ({
  title,
  body,
  ...(urgent && { urgent }),
  link: (data) => `/pages/wish/wish?id=${words(data.id)}`,
});

/** What the clock says to whom it may concern before something is late: may be muted. @param called what people call it */
const reminder = (title: string, called: readonly string[], body: (data: Data) => string): Message => ({
  ...message(title, body),
  kind: 'reminder',
  called,
});

const STAGE_LATE: Record<string, string> = {
  publish: '还没有受理',
  claim: '还没有人认领',
  done: '还没有办结',
  rate: '只办了一部分',
};

/** Every message a wish sends. Short, warm, and nobody's private matters in it. */
export const wishMessages = {
  // To the person who wished (and who spoke for them).
  'wish.submittedFor': message(
    '有人替您许了心愿',
    (d) => `${words(d.who)}替您许了${wish(d)}，社区会尽快受理。如果不对，告诉网格员就好。`,
  ),
  'wish.published': message('心愿已受理', (d) => `您的${wish(d)}已经受理，正在找人帮忙，有消息马上告诉您。`),
  'wish.declined': message(
    '心愿没有受理',
    (d) => `很抱歉，您的${wish(d)}没能受理：${words(d.reason)}。有疑问请问问网格员。`,
  ),
  'wish.claimed': message(
    '有人来帮忙了',
    (d) => `好消息！${words(d.who)}认领了您的${wish(d)}，${reachedBy(d)}${given(d.promise, (t) => `TA 说：“${t}”`)}`,
  ),
  'wish.handedOver': message('换人来帮您了', (d) => `您的${wish(d)}改由${words(d.who)}来帮忙，${reachedBy(d)}`),
  'wish.contacted': message(
    '已经联系过您',
    (d) => `${words(d.who)}说已经为${wish(d)}和您联系过了。要是没有接到，请告诉我们一声。`,
  ),
  'wish.extended': message(
    '心愿要晚几天',
    (d) => `您的${wish(d)}要晚一些，预计${day(d.until)}前办好。原因：${words(d.reason)}。`,
  ),
  'wish.released': message('正在换人帮忙', (d) => `您的${wish(d)}原来的帮忙人来不了了，我们正在另外找人，请放心。`),
  'wish.done': message(
    '心愿办好了，请评价',
    (d) => `您的${wish(d)}办好了：${words(d.note)}。满意不满意，请告诉我们；不满意会再给您办。`,
  ),
  'wish.partial': message(
    '心愿办了一部分，请评价',
    (d) => `您的${wish(d)}办了一部分，还差：${words(d.left)}。您看这样行不行？不满意我们再想办法。`,
  ),
  'wish.askRating': reminder(
    '还等您一句话',
    ['评价的提醒'],
    (d) => `您的${wish(d)}办得怎么样？到${day(d.until)}没有回复，我们就当您满意了。`,
  ),
  'wish.askPartial': reminder(
    '办了一部分，还等您一句话',
    ['办了一部分的提醒'],
    (d) => `您的${wish(d)}办了一部分，还差：${words(d.left)}。您看这样行不行，请告诉我们一声。`,
  ),
  'wish.closed': message('心愿已办结', (d) => `您的${wish(d)}已办结。还有别的难处，随时告诉我们。`),
  'wish.merged': message(
    '心愿已合并办理',
    (d) => `您的${wish(d)}和心愿${String(d.into)}号是同一件事，一起办，进展照样告诉您。`,
  ),
  'wish.follow': message(
    '合并的心愿有进展',
    (d) => `您的心愿${String(d.number)}号和别人的一起办，现在是：${WISH_STATES[d.now as WishState] ?? ''}。`,
  ),
  'wish.followEnded': message(
    '合并的心愿不再办理',
    (d) => `和您的心愿${String(d.number)}号一起办的那条没有继续办。您要是还需要，请再许一次，我们接着办。`,
  ),
  'wish.referred': message(
    '心愿已转办',
    (d) => `您的${wish(d)}转给了${words(d.to)}办理，受理编号 ${words(d.referral)}。有结果会告诉您。`,
  ),
  'wish.stillOpen': message(
    '还在找人帮忙',
    (d) => `您的${wish(d)}还没找到合适的人，已经请社区书记帮忙协调，请再等等。`,
  ),

  // To those who decide.
  'wish.toPublish': message('有新心愿待受理', (d) => `${wish(d)}等您受理。`),
  'wish.toPublishUrgent': message('有急的心愿待受理', (d) => `${wish(d)}说很急，请尽快受理。`, true),
  'wish.releasedBack': message('心愿退回', (d) => `${wish(d)}被退回认领，原因：${words(d.reason)}。已重新公开。`),
  'wish.lapsedBack': message('超期没联系，已收回', (d) => `${wish(d)}认领后一直没有联系，提醒过了，现已收回重新公开。`),
  'wish.reclaimed': message('心愿又有人认领', (d) => `${wish(d)}已经由${words(d.who)}重新认领。`),
  'wish.unhappy': message(
    '居民不满意',
    (d) => `${wish(d)}居民打了${String(d.score)}分${given(d.words, (t) => `：“${t}”`)}，已退回重办，请关注。`,
  ),
  'wish.unhappyAgain': message(
    '心愿多次重办',
    (d) => `${wish(d)}已经重办${String(d.times)}次，居民仍不满意，请帮助协调。`,
  ),
  'wish.partialNotice': message('心愿部分解决', (d) => `${wish(d)}只办了一部分，还差：${words(d.left)}。`),
  'wish.partialUnanswered': message(
    '部分解决的心愿没有下文',
    (d) =>
      `${wish(d)}只办了一部分，还差：${words(d.left)}。居民一直没有回复，请您定：再派人、转办，或者和本人说好后登记结果。`,
  ),
  'wish.extendedTwice': message(
    '心愿两次延期',
    (d) => `${wish(d)}第二次延期，到${day(d.until)}。原因：${words(d.reason)}。`,
  ),
  'wish.publishSoon': reminder(
    '心愿等您受理',
    ['受理的提醒'],
    (d) => `${wish(d)}今天（${day(d.until)}）到受理期限，请看一下。`,
  ),
  'wish.late': message('心愿超期', (d) => `${wish(d)}到期${STAGE_LATE[words(d.stage)] ?? ''}，请您协调。`),
  'wish.lateStreet': message(
    '心愿超期，请街道督办',
    (d) => `${wish(d)}超期${STAGE_LATE[words(d.stage)] ?? ''}，社区尚未解决。`,
  ),

  // To those who help.
  'wish.offered': message('先请您来帮', (d) => `您负责的人家有新心愿：${wish(d)}。先留给您 24 小时，您看能帮吗？`),
  'wish.open': message('有新心愿可认领', (d) => `${wish(d)}在等人帮忙，您方便的话来认领吧。`),
  'wish.claimSoon': reminder(
    '心愿还没人认领',
    ['认领的提醒'],
    (d) => `${wish(d)}到${day(d.until)}还没人认领就超期了，能帮上忙的请来认领。`,
  ),
  'wish.assigned': message(
    '有心愿请您来办',
    (d) =>
      `书记请您办理${wish(d)}，请在${day(d.until)}前联系对方。${given(d.from, (t) => `之前是${t}在办，请先接个头。`)}${given(d.note, (t) => `说明：${t}`)}`,
  ),
  'wish.takenOver': message(
    '心愿换人办理',
    (d) => `${wish(d)}改由${words(d.who) || '别的同志或部门'}办理，您不用再跟进了，谢谢您。`,
  ),
  'wish.joined': message('有人加入小组', (d) => `${words(d.who)}加入了您的小组，一起办${wish(d)}。`),
  'wish.left': message('有人退出小组', (d) => `${words(d.who)}退出了${wish(d)}的小组。`),
  'wish.groupEnded': message('小组认领已退回', (d) => `${wish(d)}的小组认领已经退回，谢谢您的热心。`),
  'wish.contactSoon': message('该联系居民了', (d) => `${wish(d)}请在${day(d.until)}前联系对方，过期会收回给别人办。`),
  'wish.lapsed': message('心愿已收回', (d) => `${wish(d)}一直没有联系，已经收回给别人办。您忙完了欢迎再来帮忙。`),
  'wish.doneSoon': reminder(
    '心愿快到期了',
    ['办结的提醒'],
    (d) => `${wish(d)}要在${day(d.until)}前办结。来不及请申请延期。`,
  ),
  'wish.reopened': message(
    '居民希望再办一次',
    (d) => `${wish(d)}居民还不满意${given(d.words, (t) => `：“${t}”`)}，请在${day(d.until)}前再办一次。`,
  ),
  'wish.rated': message(
    '居民评价了',
    (d) => `${wish(d)}居民打了${String(d.score)}分${given(d.words, (t) => `：“${t}”`)}，谢谢您的付出！`,
  ),
  'wish.concluded': message('心愿登记了结果', (d) => `${wish(d)}社区登记了结果：${words(d.note)}。谢谢您的付出！`),
  'wish.closedHelper': message('心愿已办结', (d) => `${wish(d)}已自动办结，谢谢您的付出！`),
  'wish.withdrawn': message('心愿已撤回', (d) => `${wish(d)}许愿人撤回了，不用再办，谢谢您。`),
} satisfies Record<string, Message>;

export type WishMessage = keyof typeof wishMessages;

/** The moves people make, as buttons and API summaries name them. */
export const WISH_MOVES = {
  publish: '受理并公开',
  decline: '不予受理',
  merge: '合并',
  refer: '转办',
  conclude: '登记结果',
  assign: '指派',
  claim: '认领',
  join: '加入小组',
  leave: '退出小组',
  pass: '让给别人',
  contact: '已联系',
  extend: '延期',
  release: '退回认领',
  done: '办结',
  partial: '部分解决',
  rate: '评价',
  withdraw: '撤回',
} as const;
