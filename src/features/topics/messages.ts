import type { Message } from '../../core/feature.ts';

/** What stands instead of a number that says who somebody is. */
export const HIDDEN = '（号码略）';

type Data = Record<string, unknown>;
const words = (value: unknown): string => (typeof value === 'string' ? value : '');
/** 议题5号“小区要不要装电梯” */
const topic = (data: Data): string => `议题${String(data.number)}号“${words(data.title)}”`;
const why = (data: Data): string => (words(data.reason) === '' ? '' : `：${words(data.reason)}`);

const message = (title: string, body: (data: Data) => string): Message => ({
  title,
  body,
  link: (data) => `/pages/topic/topic?id=${words(data.id)}`,
});

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
      `社区觉得您的${topic(d)}和议题${String(d.into)}号“${words(d.intoTitle)}”是同一件事，想一起商量。您同意的话，附议您的邻居也会一起转过去。`,
  ),
  'topic.mergeRefused': message('议题不合并', (d) => `${topic(d)}的提议人希望单独商量，不和别的议题合并。`),
  'topic.merged': message(
    '议题合并商量',
    (d) => `${topic(d)}和议题${String(d.into)}号一起商量了，您的附议也转过去了，有进展照样告诉您。`,
  ),
  'topic.absorbed': message('议题并进来了', (d) => `议题${String(d.from)}号并到了${topic(d)}，一起商量。`),
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
} as const;
