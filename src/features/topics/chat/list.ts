import type { Intent } from '../../../core/feature.ts';
import { HELP, LIST } from '../chat-messages.ts';
import type { TopicState } from '../model.ts';
import { listTopics } from '../service.ts';
import { WHAT_IS_ON } from './grammar.ts';

const SHOWN = 8;
/** What is talked over now may have been proposed long ago. */
const LOOKED_AT = 200;
const OVER: readonly TopicState[] = ['declined', 'withdrawn', 'merged', 'failed', 'reviewed'];

/** What is under way comes before what waits for somebody. */
const FIRST: readonly TopicState[] = [
  'discussing',
  'voting',
  'scheduled',
  'publicised',
  'executing',
  'resolved',
  'accepted',
  'seconded',
];
const rank = (state: TopicState): number => (FIRST.includes(state) ? FIRST.indexOf(state) : FIRST.length);

/** 有哪些议题, 最近在商量什么: what the community has under way, to look at each. */
export const list: Intent = {
  name: 'topic.list',
  effect: 'read',
  help: HELP.list,
  command: WHAT_IS_ON,
  async handle(turn, house) {
    const { items } = await listTopics(house, turn, { limit: LOOKED_AT });
    const open = items
      .filter(({ state }) => !OVER.includes(state))
      .sort((one, other) => rank(one.state) - rank(other.state));
    if (open.length === 0) return { text: LIST.none };
    const options = open.slice(0, SHOWN).map(({ number, title, stateWord }) => ({
      label: LIST.line(number, title, stateWord),
      intent: 'progress.query',
      slots: { number },
      kept: { kind: '议题' },
    }));
    return { text: LIST.head(open.length - options.length), options };
  },
};
