import { choice, dayIn, text } from './topic-fields';
import type { Form } from './topic-form';

/** The forms of what is to be done after a topic was decided. */

export type ItemMove = 'addItem' | 'itemDone' | 'passItem' | 'extendItem' | 'dropItem';

/** @param now by which the days to choose from are counted */
export function itemForm(move: ItemMove, now: Date): Form {
  switch (move) {
    case 'addItem':
      return {
        title: '要办的事',
        lead: '来办的人会收到消息，过期没办好会提醒。',
        fields: [
          text('text', '办什么', '例如：买灯、装灯', 300),
          { kind: 'person', name: 'owner', label: '谁来办', needed: true },
          {
            kind: 'day',
            name: 'deadline',
            label: '办到哪一天',
            needed: true,
            first: dayIn(now, 0),
            last: dayIn(now, 365),
          },
          choice('as', '怎么办', [
            { value: 'task', label: '直接办' },
            { value: 'wish', label: '变成微心愿，请大家认领' },
          ]),
        ],
        button: '列上',
      };
    case 'itemDone':
      return {
        title: '办好了',
        lead: '大家会收到消息。',
        fields: [text('note', '怎么办的', '例如：六盏灯都装好了，试过都亮', 300)],
        button: '办好了',
      };
    case 'passItem':
      return {
        title: '换人办',
        lead: '原来的人和新来办的人都会收到消息，期限不变。原因大家看得到。',
        fields: [
          { kind: 'person', name: 'owner', label: '改请谁来办', needed: true },
          text('reason', '为什么换人', '可以不写，例如：他出远门了', 200, false),
        ],
        button: '换人办',
      };
    case 'extendItem':
      return {
        title: '延期',
        lead: '来办的人会收到消息。原来的期限和原因大家看得到。',
        fields: [
          {
            kind: 'day',
            name: 'deadline',
            label: '延到哪一天',
            needed: true,
            first: dayIn(now, 0),
            last: dayIn(now, 365),
          },
          text('reason', '为什么延期', '例如：灯还没有到货', 200),
        ],
        button: '延期',
      };
    case 'dropItem':
      return {
        title: '这件事不办了',
        lead: '定下不办就不能再改回来。来办的人、提议题和附议的人都会收到消息。',
        fields: [text('reason', '为什么不办了', '例如：物业已经装好了', 200)],
        button: '不办了',
      };
  }
}
