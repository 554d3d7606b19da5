import type { FormMove } from './topic-form';

/** What can be done with a topic, as buttons. The house says which: a button is shown exactly when `moves` has it. */

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
  | 'refuseMerge'
  | 'callOff'
  | 'begin'
  | 'pause'
  | 'goOn'
  | 'adjourn'
  | 'openVote'
  | 'dropVote'
  | 'count'
  | FormMove;

export interface TopicButton {
  move: TopicMove;
  label: string;
  weight: 'main' | 'plain' | 'careful';
  /** What is asked before it is done. */
  asks?: 'sure' | 'reason' | 'number' | 'person' | 'form';
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
  { move: 'review', label: '评价', weight: 'main', asks: 'form' },
  { move: 'second', label: '我附议', weight: 'main' },
  { move: 'begin', label: '开始开会', weight: 'main', asks: 'sure', means: '会有一个签到码，念给到会的人听。' },
  { move: 'goOn', label: '接着开会', weight: 'main' },
  {
    move: 'openVote',
    label: '开始投票',
    weight: 'main',
    asks: 'sure',
    means: '可以投票的名单就此定下来，大家都会收到消息。',
  },
  { move: 'count', label: '计票', weight: 'main', asks: 'sure', means: '纸质票要先录完。数完以后，结果大家都看得到。' },
  { move: 'publicise', label: '公示结果', weight: 'main', asks: 'form' },
  { move: 'schedule', label: '定时间地点', weight: 'main', asks: 'form' },
  { move: 'addItem', label: '列一件要办的事', weight: 'main', asks: 'form' },
  { move: 'prepareVote', label: '准备表决', weight: 'main', asks: 'form' },
  { move: 'agree', label: '大家商量一致了', weight: 'plain', asks: 'form' },
  { move: 'object', label: '我有不同意见', weight: 'plain', asks: 'form' },
  { move: 'finish', label: '都办好了，请大家评价', weight: 'plain', asks: 'form' },
  { move: 'refuseMerge', label: '还是单独商量', weight: 'plain' },
  { move: 'unsecond', label: '撤回附议', weight: 'plain' },
  { move: 'appoint', label: '请人主持', weight: 'plain', asks: 'person' },
  { move: 'askMerge', label: '和另一条合并', weight: 'plain', asks: 'number' },
  { move: 'pause', label: '休息一会儿', weight: 'plain' },
  { move: 'adjourn', label: '改天接着开', weight: 'careful', asks: 'reason' },
  { move: 'callOff', label: '取消这次会', weight: 'careful', asks: 'reason' },
  { move: 'dropVote', label: '取消表决', weight: 'careful', asks: 'reason' },
  { move: 'shelve', label: '先放一放', weight: 'careful', asks: 'reason' },
  { move: 'decline', label: '不予受理', weight: 'careful', asks: 'reason' },
  { move: 'withdraw', label: '撤回议题', weight: 'careful', asks: 'sure' },
];

/** Moves that stand beside what they are about: an objection, a thing to be done. */
export const BESIDE: readonly TopicMove[] = ['answerObjection', 'itemDone', 'passItem', 'extendItem', 'dropItem'];

/** The buttons of a topic: exactly those its `moves` allow. One thing is waited for; the others are also possible. */
export function topicButtons(moves: readonly string[]): TopicButton[] {
  const shown = BUTTONS.filter(({ move }) => moves.includes(move));
  const [first] = shown.filter(({ weight }) => weight === 'main');
  return shown.map((button) => {
    const label = button.move === 'schedule' && moves.includes('callOff') ? '改时间地点' : button.label;
    return { ...button, label, weight: button.weight === 'main' && button !== first ? 'plain' : button.weight };
  });
}
