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

export type TopicMove =
  | 'second'
  | 'unsecond'
  | 'withdraw'
  | 'accept'
  | 'decline'
  | 'appoint'
  | 'shelve'
  | 'resume'
  | 'askMerge'
  | 'agreeMerge'
  | 'refuseMerge';

export interface TopicButton {
  move: TopicMove;
  label: string;
  weight: 'main' | 'plain' | 'careful';
  /** What is asked before it is done. */
  asks?: 'sure' | 'reason' | 'number' | 'person';
  /** What comes of it, for whoever is asked whether they are sure. */
  means?: string;
}

/** In the order they stand on the screen. */
const BUTTONS: readonly TopicButton[] = [
  {
    move: 'accept',
    label: '受理',
    weight: 'main',
    asks: 'sure',
    means: '提议题和附议的人都会收到消息，接着要安排大家商量。',
  },
  { move: 'resume', label: '接着办', weight: 'main' },
  { move: 'agreeMerge', label: '同意一起商量', weight: 'main' },
  { move: 'second', label: '我附议', weight: 'main' },
  { move: 'refuseMerge', label: '还是单独商量', weight: 'plain' },
  { move: 'unsecond', label: '撤回附议', weight: 'plain' },
  { move: 'appoint', label: '请人主持', weight: 'plain', asks: 'person' },
  { move: 'askMerge', label: '和另一条合并', weight: 'plain', asks: 'number' },
  { move: 'shelve', label: '先放一放', weight: 'careful', asks: 'reason' },
  { move: 'decline', label: '不予受理', weight: 'careful', asks: 'reason' },
  { move: 'withdraw', label: '撤回议题', weight: 'careful', asks: 'sure' },
];

/** The buttons of a topic: exactly those its `moves` allow. Seconding is not what is waited for from who may accept. */
export const topicButtons = (moves: readonly string[]): TopicButton[] =>
  BUTTONS.filter(({ move }) => moves.includes(move)).map((button) =>
    button.move === 'second' && moves.includes('accept') ? { ...button, weight: 'plain' } : button,
  );

/** What happens next, in one sentence. */
export function nextOfTopic(topic: Topic): string {
  switch (topic.state) {
    case 'proposed':
      if (topic.mine) return '把这条议题告诉邻居，请他们来附议。';
      if (topic.seconded) return '您已经附议了，进展会告诉您。';
      return topic.moves.includes('second') ? '觉得该商量，就附议一下。' : '';
    case 'seconded':
      return '附议的人够了，社区会来受理。';
    case 'accepted':
      return topic.facilitator
        ? `${topic.facilitator.name}会定时间地点，请大家来商量。`
        : '社区会请人主持，定好时间地点再告诉大家。';
    case 'shelved':
      return `先放一放：${topic.shelved ?? ''}`;
    case 'merged':
      return `已经和议题${topic.mergedInto?.number ?? ''}号一起商量。`;
    default:
      return '';
  }
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
const OPEN: readonly Topic['state'][] = ['proposed', 'seconded', 'accepted'];
export const mayBePassedOn = ({ state }: Topic): boolean => OPEN.includes(state);

/** What a neighbour is sent. Of the words of the topic nothing: the proposer sees them as they were written, with names. */
export const invitationTo = ({ id, number, place, state }: Topic) => ({
  title: `${place}的议题${number}号，${state === 'proposed' ? '请您看看要不要附议' : '请您看看'}`,
  path: `/pages/topic/topic?id=${id}`,
});
