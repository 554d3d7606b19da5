import type { Intent } from '../../../core/feature.ts';
import { HELP, LIST } from '../chat-messages.ts';
import type { TopicState } from '../model.ts';
import { listTopics } from '../service.ts';

const SHOWN = 8;
const LOOKED_AT = 30;
const OVER: readonly TopicState[] = ['declined', 'withdrawn', 'merged', 'failed', 'reviewed'];

/** 有哪些议题: what the community has under way, to look at each. */
export const list: Intent = {
  name: 'topic.list',
  effect: 'read',
  help: HELP.list,
  command: [
    /^(?:看看?|查看?|打开)?(?:现在|最近)?(?:我们)?(?:社区|小区)?(?:现在|最近)?(?:都?有(?:些)?)?(?:哪些|什么|啥子?|哪样)(?:些)?(?:新)?议题(?:啊|呢|吗|没有)?[?？。]?$/u,
    /^(?:看看?|查看?|打开)?(?:全部|所有|社区的?)?议题(?:列表|清单)?[。]?$/u,
  ],
  async handle(turn, house) {
    const { items } = await listTopics(house, turn, { limit: LOOKED_AT });
    const open = items.filter(({ state }) => !OVER.includes(state)).slice(0, SHOWN);
    if (open.length === 0) return { text: LIST.none };
    const options = open.map(({ number, title, stateWord }) => ({
      label: LIST.line(number, title, stateWord),
      intent: 'progress.query',
      slots: { number },
      kept: { kind: '议题' },
    }));
    return { text: LIST.head, options };
  },
};
