import type { Answer } from '../api/ask';
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
}

/** In the order they stand on the screen. */
const BUTTONS: readonly TopicButton[] = [
  { move: 'second', label: '我附议', weight: 'main' },
  { move: 'agreeMerge', label: '同意一起商量', weight: 'main' },
  { move: 'accept', label: '受理', weight: 'main' },
  { move: 'resume', label: '接着办', weight: 'main' },
  { move: 'refuseMerge', label: '还是单独商量', weight: 'plain' },
  { move: 'unsecond', label: '撤回附议', weight: 'plain' },
  { move: 'appoint', label: '请人主持', weight: 'plain', asks: 'person' },
  { move: 'askMerge', label: '和另一条合并', weight: 'plain', asks: 'number' },
  { move: 'shelve', label: '先放一放', weight: 'careful', asks: 'reason' },
  { move: 'decline', label: '不予受理', weight: 'careful', asks: 'reason' },
  { move: 'withdraw', label: '撤回议题', weight: 'careful', asks: 'sure' },
];

/** The buttons of a topic: exactly those its `moves` allow. */
export const topicButtons = (moves: readonly string[]): TopicButton[] =>
  BUTTONS.filter(({ move }) => moves.includes(move));

/** What happens next, in one sentence. */
export function nextOfTopic(topic: Topic): string {
  switch (topic.state) {
    case 'proposed':
      return topic.mine ? '把这条议题告诉邻居，请他们来附议。' : '觉得该商量，就附议一下。';
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
