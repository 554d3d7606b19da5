import { readAggregate } from '../../core/aggregate.ts';
import type { Message } from '../../core/feature.ts';
import { lateAt, stateAt, unansweredIn } from './clock.ts';
import { TOPIC_STATES, type TopicDoc } from './model.ts';

/** What stands instead of a number that says who somebody is. */
export const HIDDEN = '（号码略）';
/** What stands instead of somebody's door. */
export const HIDDEN_DOOR = '（门牌略）';

type Data = Record<string, unknown>;
const words = (value: unknown): string => (typeof value === 'string' ? value : '');
/** 议题5号“小区要不要装电梯” */
const topic = (data: Data): string => `议题${String(data.number)}号“${words(data.title)}”`;
const why = (data: Data): string => (words(data.reason) === '' ? '' : `：${words(data.reason)}`);

const message = (title: string, body: (data: Data) => string, holds?: Message['holds']): Message => ({
  title,
  body,
  link: (data) => `/pages/topic/topic?id=${words(data.id)}`,
  ...(holds && { holds }),
});

/** What the clock says before something is late, or again: may be muted. @param called what people call it */
const reminder = (called: readonly string[], told: Message): Message => ({ ...told, kind: 'reminder', called });

/** As long as the meeting it tells of is still to come, by the hours and place it names. */
const whileAnnounced: Message['holds'] = (document, { data }) => {
  const { state, meeting } = document as TopicDoc;
  return state === 'scheduled' && meeting?.changes === data.changes;
};
/** As long as that ballot can be voted on. */
const whileVoting: Message['holds'] = (document, { data, now }) => {
  const { state, vote } = document as TopicDoc;
  return state === 'voting' && vote?.ballot === data.ballot && vote !== undefined && vote.closesAt > now;
};
/** As long as something may be objected to the result. */
const whilePublicised: Message['holds'] = (document, { now }) => {
  const { state, publicity } = document as TopicDoc;
  return state === 'publicised' && publicity !== undefined && publicity.until > now;
};
/** As long as it is still its day, and not done yet. */
const whileDue: Message['holds'] = (document, { data, to, now }) =>
  (document as TopicDoc).items?.some(
    (item) => item.id === data.item && item.owner.id === to && !item.done && !item.dropped && lateAt(item) > now,
  ) ?? false;

const voteWords = (d: Data): string =>
  `${topic(d)}请您投票：“${words(d.question)}”从${words(d.opens)}到${words(d.closes)}，${
    d.secret === true ? '不记名，谁也不知道您怎么投' : '记名'
  }。`;

/** Every message a topic sends. */
export const topicMessages = {
  'topic.proposed': message('有居民提了议题', (d) => `${words(d.who)}提了${topic(d)}，正在征集附议。`),
  'topic.enough': message('附议的人够了', (d) => `您的${topic(d)}已经有${String(d.count)}位邻居附议，社区会来受理。`),
  'topic.toModerate': message(
    '有议题等受理',
    (d) => `${topic(d)}已经有${String(d.count)}位居民附议，请看看要不要受理。`,
  ),
  'topic.accepted': message('议题受理了', (d) => `${topic(d)}已经受理，会安排大家一起商量，定了时间地点再告诉您。`),
  'topic.appointed': message('请您主持一条议题', (d) => `社区请您主持${topic(d)}，请和大家定个商量的时间。`),
  'topic.declined': message('议题没有受理', (d) => `很抱歉，${topic(d)}没能受理${why(d)}。有疑问请问问社区。`),
  'topic.withdrawn': message('议题撤回了', (d) => `${topic(d)}已经由提议题的人撤回${why(d)}。`),
  'topic.shelved': message('议题先放一放', (d) => `${topic(d)}先放一放${why(d)}。条件成熟了再接着办，会告诉您。`),
  'topic.resumed': message('议题接着办', (d) => `${topic(d)}接着办了。`),
  'topic.mergeAsked': message(
    '要不要和另一条议题一起商量',
    (d) =>
      `社区觉得您的${topic(d)}和议题${String(d.into)}号“${words(d.intoTitle)}”是同一件事，想一起商量。您同意的话，附议您的邻居也会一起转过去。请说“同意合并”或者“不同意合并”。`,
  ),
  'topic.mergeRefused': message('议题不合并', (d) => `${topic(d)}的提议人希望单独商量，不和别的议题合并。`),
  'topic.merged': message(
    '议题合并商量',
    (d) => `${topic(d)}和议题${String(d.into)}号一起商量了，您的附议也转过去了，有进展照样告诉您。`,
  ),
  'topic.absorbed': message('议题并进来了', (d) => `议题${String(d.from)}号并到了${topic(d)}，一起商量。`),
  'topic.scheduled': message(
    '请来商量',
    (d) => `${topic(d)}定在${words(d.when)}，在${words(d.where)}商量，请您来参加。议程：${words(d.agenda)}。`,
    whileAnnounced,
  ),
  'topic.rescheduled': message(
    '商量的时间地点改了',
    (d) => `${topic(d)}改在${words(d.when)}，在${words(d.where)}商量。议程：${words(d.agenda)}。`,
    whileAnnounced,
  ),
  'topic.calledOff': message(
    '会议取消了',
    (d) => `${topic(d)}原定${words(d.when)}的会取消了${why(d)}。再定了时间会告诉您。`,
  ),
  'topic.tomorrow': reminder(
    ['开会的提醒', '商量的提醒'],
    message(
      '请您记得来商量',
      (d) => `${words(d.day)}商量${topic(d)}：${words(d.when)}，在${words(d.where)}，请您记得来。`,
      whileAnnounced,
    ),
  ),
  'topic.adjourned': message('改天接着商量', (d) => `${topic(d)}今天没有商量完${why(d)}，定了时间再告诉您。`),
  'topic.agreed': message('商量出结果了', (d) => `${topic(d)}大家商量一致了，结果会公示。`),
  'topic.vote': message('请您投票', voteWords, whileVoting),
  // Whoever lives elsewhere may not read the topic, and votes all the same.
  'topic.voteElsewhere': {
    ...message('请您投票', voteWords, whileVoting),
    link: (d) => `/pages/ballot/ballot?id=${words(d.ballot)}`,
  },
  'topic.voteDropped': message('投票取消了', (d) => `${topic(d)}的投票取消了${why(d)}。已经投的票不算，会再告诉您。`),
  'topic.counted': message('投票有结果了', (d) => `${topic(d)}计完票了。${words(d.result)}`),
  'topic.waiting': reminder(
    ['议题的提醒'],
    message(
      '议题在等下一步',
      (d) => `${topic(d)}还是“${words(d.state)}”，已经等了几天了，请看看下一步怎么办。`,
      (document, { data, now }) => TOPIC_STATES[stateAt(document as TopicDoc, now)] === data.state,
    ),
  ),
  'topic.toPublicise': message(
    '请公示结果',
    (d) => `${topic(d)}有结果了。${words(d.result)}请写好决议，公示至少五天。`,
  ),
  'topic.publicised': message(
    '结果公示',
    (d) => `${topic(d)}的结果公示到${words(d.until)}。有不同意见，可以在公示期里提出来。`,
    whilePublicised,
  ),
  'topic.objected': message('公示有人提异议', (d) => `${topic(d)}的结果有居民提了异议，请看看怎么答复。`),
  'topic.toAnswer': {
    kind: 'reminder',
    called: ['异议的提醒'],
    ...message('还有异议没有答复', (d) =>
      d.overdue === true
        ? `${topic(d)}的公示期已满，还有${String(d.count)}条异议没有答复。答复了，议题才能往下办。`
        : `${topic(d)}公示到${words(d.until)}，还有${String(d.count)}条异议没有答复，请在这以前答复。`,
    ),
    async stands({ data }, house) {
      const found = await readAggregate(house.model<TopicDoc>('topic'), words(data.id));
      return found?.state === 'publicised' && unansweredIn(found) > 0;
    },
  } satisfies Message,
  'topic.objectionAnswered': message(
    '您的异议有答复了',
    (d) => `您对${topic(d)}提的异议，社区答复：${words(d.answer)}`,
  ),
  'topic.objectionUpheld': message(
    '您的异议成立',
    (d) => `您对${topic(d)}提的异议成立，会重新商量。社区答复：${words(d.answer)}`,
  ),
  'topic.objectionLapsed': message(
    '您的异议一并处理',
    (d) =>
      `${topic(d)}的结果有异议成立，已经撤下。您提的异议已随重新商量一并处理；对新的结果有不同意见，公示的时候可以再提。`,
  ),
  'topic.reopened': message('议题重新商量', (d) => `${topic(d)}的结果有异议成立，会重新商量。`),
  'topic.failed': message('议题没有通过', (d) => `${topic(d)}公示结束，没有通过，不再办理。谢谢您的参与。`),
  'topic.executing': message('开始落实', (d) => `${topic(d)}公示结束，开始落实，有进展会告诉您。`),
  'topic.toExecute': message('请安排落实', (d) => `${topic(d)}公示结束。请列出要办的事，定好谁来办、办到哪天。`),
  'topic.item': message(
    '请您落实一件事',
    (d) => `${topic(d)}定下来要办：${words(d.text)}。请您来办，${words(d.deadline)}以前办好，办好了请报一声。`,
  ),
  'topic.itemDropped': message(
    '这件事先不办了',
    (d) => `${topic(d)}要重新商量，原来请您办的“${words(d.text)}”先不用办了，谢谢您。`,
  ),
  'topic.itemPassed': message(
    '这件事请别人办了',
    (d) => `${topic(d)}：原来请您办的“${words(d.text)}”，改请别人来办${why(d)}。谢谢您。`,
  ),
  'topic.itemExtended': message(
    '办事的期限延后了',
    (d) => `${topic(d)}：请您办的“${words(d.text)}”，期限延到${words(d.deadline)}${why(d)}。办好了请报一声。`,
  ),
  'topic.itemGivenUp': message(
    '有一件事不办了',
    (d) => `${topic(d)}：“${words(d.text)}”不办了${why(d)}。有疑问请问问社区。`,
  ),
  'topic.itemDue': reminder(
    ['落实的提醒'],
    message(
      '请您办的事今天到期',
      (d) => `${topic(d)}：请您办的“${words(d.text)}”今天到期，办好了请报一声；来不及，请和社区说。`,
      whileDue,
    ),
  ),
  'topic.itemDone': message('议题有进展', (d) => `${topic(d)}：${words(d.text)}，已经办好了。`),
  'topic.itemLate': message(
    '要办的事过期了',
    (d) =>
      `${topic(d)}：${words(d.text)}，已经过了期限还没有办好${d.who === undefined ? '' : `，负责的是${words(d.who)}`}。`,
  ),
  'topic.review': message(
    '请您评价',
    (d) => `${topic(d)}办好了，请您说说满不满意，一个星期以内都可以评价。`,
    (document, { to, now }) => {
      const { reviews = [] } = document as TopicDoc;
      return stateAt(document as TopicDoc, now) === 'executing' && !reviews.some(({ by }) => by === to);
    },
  ),
  'topic.reviewed': message('议题办结了', (d) => `${topic(d)}办结归档了，谢谢您的参与。`),
} satisfies Record<string, Message>;

export type TopicMessage = keyof typeof topicMessages;

/** Summaries of the moves as the API names them. */
export const TOPIC_MOVES = {
  second: '附议',
  unsecond: '撤回附议',
  accept: '受理',
  decline: '不予受理',
  appoint: '请人主持',
  shelve: '暂缓',
  resume: '恢复办理',
  askMerge: '问要不要合并',
  agreeMerge: '同意合并',
  refuseMerge: '不合并',
  withdraw: '撤回议题',
  schedule: '定时间地点，通知大家',
  callOff: '取消会议',
  begin: '开始开会',
  pause: '会议休息',
  goOn: '继续开会',
  adjourn: '改天接着开',
  agree: '商量一致',
  prepareVote: '准备表决',
  openVote: '开始投票',
  dropVote: '取消表决',
  count: '计票',
  publicise: '公示结果',
  object: '提异议',
  answerObjection: '答复异议',
  addItem: '列一件要办的事',
  itemDone: '报办好了',
  passItem: '要办的事换人办',
  extendItem: '要办的事延期',
  dropItem: '要办的事不办了',
  finish: '办好了，请大家评价',
  review: '评价',
} as const;
