import type { Answer } from '../api/ask';
import type { Step } from './story';
import { momentWord } from './when';

export type Topic = Answer<'getTopicsById'>;
export type TopicLine = Answer<'getTopics'>['items'][number];

/** A topic as one card of a list. */
export function topicCard(topic: TopicLine, now: Date) {
  const { id, number, title, stateWord, place, proposedAt } = topic;
  return {
    id,
    title: `${number}号 ${title}`,
    tag: stateWord,
    seconds: secondsWord(topic),
    foot: `${place} · ${momentWord(proposedAt, now)}`,
  };
}
export type TopicCard = ReturnType<typeof topicCard>;

/** How many are for it, and how many are still wanted. */
export function secondsWord({ seconds, secondsNeeded, state }: TopicLine): string {
  const missing = secondsNeeded - seconds;
  const wanted = state === 'proposed' && missing > 0 ? `，还差${missing}人社区就来受理` : '';
  return seconds === 0 ? `还没有人附议${wanted}` : `${seconds}人附议${wanted}`;
}

/** What happened with a topic, by the moves everybody may know of. */
const HAPPENED: Record<string, string> = {
  propose: '有居民提了出来',
  withdraw: '提议题的人撤回了',
  accept: '社区受理了',
  decline: '社区没有受理',
  appoint: '请了人主持',
  shelve: '先放一放',
  resume: '接着办了',
  agreeMerge: '和另一条议题并在一起商量',
  schedule: '定了时间地点，请大家来',
  callOff: '会议取消了',
  begin: '开会了',
  pause: '会议休息',
  goOn: '接着开会',
  adjourn: '改天接着开',
  agree: '商量一致了',
  prepareVote: '准备表决',
  openVote: '开始投票',
  dropVote: '表决取消了',
  count: '计完票了',
  publicise: '结果公示',
  answerObjection: '答复了一条异议',
  endPublicity: '公示结束',
  addItem: '定了一件要办的事',
  itemDone: '办好了一件事',
  passItem: '一件事换人办',
  extendItem: '一件事延期了',
  dropItem: '一件事不办了',
  finish: '都办好了，请大家评价',
  archive: '办结归档',
};

/** A topic's history in words, the latest first. */
export const storyOfTopic = ({ history }: Topic, now: Date): Step[] =>
  history
    .map(({ at, move, toWord, why }, place) => ({
      key: String(place),
      words: HAPPENED[move] ?? `变成了“${toWord}”`,
      when: momentWord(at, now),
      why: why ?? '',
    }))
    .reverse();

/** While there is something to second, follow or talk over, a neighbour may be told of it. */
const OPEN: readonly Topic['state'][] = [
  'proposed',
  'seconded',
  'accepted',
  'scheduled',
  'discussing',
  'voting',
  'publicised',
];
export const mayBePassedOn = ({ state }: Topic): boolean => OPEN.includes(state);

/** What a neighbour is sent. Of the words of the topic nothing: the proposer sees them as they were written, with names. */
export const invitationTo = ({ id, number, place, state }: Topic) => ({
  title: `${place}的议题${number}号，${state === 'proposed' ? '请您看看要不要附议' : '请您看看'}`,
  path: `/pages/topic/topic?id=${id}`,
});
