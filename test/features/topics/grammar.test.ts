/** Which sentences are taken for something done to a topic, whoever says them and in whatever words. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { normalise } from '../../../src/core/text.ts';
import { topics } from '../../../src/features/topics/index.ts';

/** The first command that takes a text, as the chat looks for it. */
function heard(text: string): string {
  for (const { name, command = [] } of topics.intents) {
    for (const pattern of command) {
      const match = pattern.exec(normalise(text));
      if (match) return [name, match.groups?.number ?? '', match.groups?.words?.trim() ?? ''].join('|');
    }
  }
  return '';
}

it.each([
  ['2号议题发言：灯装在转角', 'topic.say|2|灯装在转角'],
  ['议题2号发言：灯装在转角', 'topic.say|2|灯装在转角'],
  ['我在第二号议题上说两句：灯太暗', 'topic.say|二|灯太暗'],
  ['发言（2号议题）：灯太暗', 'topic.say|2|灯太暗'],
  ['我想说两句：灯太暗', 'topic.say||灯太暗'],
  ['2号议题我要发言', 'topic.say|2|'],
  ['2号议题发言：', 'topic.say|2|'],
  ['议题2号，我发言 ：', 'topic.say|2|'],
  ['发言（2号议题）：', 'topic.say|2|'],
  ['发言：', 'topic.say||'],
  ['对4号议题有异议：太贵了', 'topic.object|4|太贵了'],
  ['我对议题4号的公示结果有意见，太贵了', 'topic.object|4|太贵了'],
  ['4号议题提异议', 'topic.object|4|'],
  ['我要提异议', 'topic.object||'],
  ['我有异议：太贵了', 'topic.object||太贵了'],
  ['我不同意4号议题的公示结果，因为太贵了', 'topic.object|4|太贵了'],
  ['4号议题的结果我不认可：太贵了', 'topic.object|4|太贵了'],
  ['评价议题1号', 'topic.review|1|'],
  ['给1号议题打5分，办得好', 'topic.review|1|打5分，办得好'],
  ['1号议题我打4分', 'topic.review|1|打4分'],
  ['议题1号办得好，满意', 'topic.review|1|办得好，满意'],
  ['我对1号议题不太满意', 'topic.review|1|不太满意'],
  ['评价议题', 'topic.review||'],
  ['同意合并', 'topic.agreeMerge||'],
  ['可以合并的', 'topic.agreeMerge||'],
  ['合并吧', 'topic.agreeMerge||'],
  ['我的2号议题同意和1号合并', 'topic.agreeMerge|2|'],
  ['我同意把2号议题合并到1号', 'topic.agreeMerge|2|'],
  ['不同意合并', 'topic.refuseMerge||'],
  ['我不想合并', 'topic.refuseMerge||'],
  ['2号议题不愿意和1号议题一起商量', 'topic.refuseMerge|2|'],
  ['要不要合并', ''],
  ['有哪些议题', 'topic.list||'],
  ['议题有哪些', 'topic.list||'],
  ['有什么议题？', 'topic.list||'],
  ['我们社区最近有没有新议题', 'topic.list||'],
  ['正在讨论哪些议题', 'topic.list||'],
  ['最近在商量什么', 'topic.list||'],
  ['大家在讨论什么', 'topic.list||'],
  ['最近小区在商量啥子事情', 'topic.list||'],
  ['社区最近有什么事要大家一起商量吗', 'topic.list||'],
  ['议题清单', 'topic.list||'],
  ['想看看有哪些议题', 'topic.list||'],
  // Neither of a topic nor a command of one.
  ['5号议题我同意', ''],
  ['1号议题我投反对票，不满意', ''],
  ['5号议题办得怎么样了', ''],
  ['对楼上有意见：太吵了', ''],
  ['满意', ''],
  ['打5分', ''],
  ['大家商量一下装电梯的事嘛', ''],
  ['能不能大家商量一下广场舞跳到几点', ''],
  ['把两张桌子合并一下', ''],
])('%s is heard as %s', (text, as) => {
  expect(heard(text)).toBe(as);
});

it('takes nothing away from what the labelled messages mean', () => {
  const file = new URL('../../chat/understanding/held-out.jsonl', import.meta.url);
  const messages = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { text: string; expect: { intent: string } });
  const taken = messages.filter(({ text, expect: { intent } }) => !intent.startsWith('topic.') && heard(text) !== '');
  expect(messages.length).toBeGreaterThan(50);
  expect(taken).toEqual([]);
});
