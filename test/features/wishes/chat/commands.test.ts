import { describe, expect, it } from 'vitest';
import { understand } from '../../../../src/chat/understanding/index.ts';
import type { Intent } from '../../../../src/core/feature.ts';
import { readNumeral } from '../../../../src/core/numerals.ts';
import { handoffs } from '../../../../src/features/handoffs/index.ts';
import { wishIntents } from '../../../../src/features/wishes/chat.ts';

/** An explicit command is carried out without a word back, so it must be one: everything else is only talk. */

const commandOf = (text: string, intents: readonly Intent[] = [...wishIntents, ...handoffs.intents]): string[] =>
  intents.flatMap(({ name, command = [] }) => {
    const groups = command.map((pattern) => pattern.exec(text)).find((found) => found)?.groups;
    return command.some((pattern) => pattern.test(text))
      ? [`${name} ${readNumeral(groups?.number ?? '') ?? '-'} ${groups?.words ?? ''}`.trim()]
      : [];
  });

describe('a command', () => {
  it.each([
    ['已联系12号', 'wish.contact 12'],
    ['已联系12号，约好明天去', 'wish.contact 12 约好明天去'],
    ['已经联系过3号了 老人家在家', 'wish.contact 3 老人家在家'],
    ['联系了#5', 'wish.contact 5'],
    ['已联系十二号', 'wish.contact 12'],
    ['已联系12', 'wish.contact 12'],
    ['我已联系心愿7号', 'wish.contact 7'],
    ['12号已联系', 'wish.contact 12'],
    ['#12 已联系，约了周五', 'wish.contact 12 约了周五'],
    ['退回12号 家里有急事', 'wish.release 12 家里有急事'],
    ['退回12 家里有急事', 'wish.release 12 家里有急事'],
    ['办结2号 已经办好送到家', 'wish.done 2 已经办好送到家'],
    ['撤回我的心愿9号，不需要了', 'wish.withdraw 9 不需要了'],
    ['发布12号', 'wish.publish 12'],
    ['受理第三号', 'wish.publish 3'],
    ['发布12', 'wish.publish 12'],
    ['不予受理12号 不在范围内', 'wish.decline 12 不在范围内'],
    ['待受理', 'wish.waiting -'],
    ['待受理的心愿有哪些', 'wish.waiting -'],
    ['看看还有哪些待发布的心愿', 'wish.waiting -'],
    ['现在待受理的还有几个？', 'wish.waiting -'],
    ['回复3号 明天上午来看您', 'handoff.answer 3 明天上午来看您'],
    ['回复3号明天上午来看您', 'handoff.answer 3 明天上午来看您'],
    ['答复求助#4：低保的事在问', 'handoff.answer 4 低保的事在问'],
    ['待回复', 'handoff.waiting -'],
    ['没回复的求助', 'handoff.waiting -'],
  ])('%s', (text, expected) => {
    expect(commandOf(text)).toEqual([expected]);
  });

  it.each([
    '联系一下我儿子',
    '联系一下12号',
    '联系两次都没人接',
    '已联系三家店都没货',
    '已联系12个人',
    '已联系12户人家',
    '联系12345',
    '已联系3号楼的张大爷',
    '联系三号线的师傅',
    '我联系不上12号',
    '请联系2号',
    '帮我联系7号心愿的人',
    '退掉一个，还有一个要得',
    '退掉两 个',
    '办结一件，还差两件',
    '完成三，还有两个',
    '完成三家的走访 都登记了',
    '办结3件，还有2件没办',
    '撤回一条 发错了',
    '退回12号楼 快递',
    '公开一',
    '公开一下',
    '发布三个',
    '受理两件',
    '受理12号楼',
    '不受理三无小广告的投诉',
    '不受理一般的投诉吗',
    '不受理两次以上的',
    '回复三次了都没人管',
    '回复3号楼的人',
    '答复12号之前给',
    '没回复',
    '待受理的事多不多',
  ])('is not: %s', (text) => {
    expect(commandOf(text)).toEqual([]);
  });

  it.each(['领一个', '我要领一个', '认领一个', '认领两个', '退掉一个', '完成一个了', '办结3件', '领三件', '撤回一条'])(
    'is not, for the general grammar either: %s',
    (text) => {
      const meant = understand({ text, role: 'worker', place: 'private', now: new Date('2026-03-09T02:00:00Z') });
      expect(meant.explicit && meant.slots.number !== undefined).toBe(false);
    },
  );

  it.each([
    ['认领12号', 12],
    ['认领第3个', 3],
    ['领#7', 7],
    ['办结12', 12],
    ['退回三号', 3],
  ])('is one, for the general grammar too: %s', (text, number) => {
    const meant = understand({ text, role: 'worker', place: 'private', now: new Date('2026-03-09T02:00:00Z') });
    expect([meant.explicit, meant.slots.number]).toEqual([true, number]);
  });
});
