import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hear } from '../../../src/chat/dialogue/hear.ts';
import { react } from '../../../src/chat/dialogue/react.ts';
import { type DialogueState, IDLE, type Matter } from '../../../src/chat/dialogue/state.ts';
import { understand } from '../../../src/chat/understanding/index.ts';

const now = new Date('2026-03-09T09:00:00+08:00');

/** Words that answer a read-back and say nothing of what it is about: those people were heard to use, and more alike. */
const HEARD = readFileSync(new URL('../understanding/held-out.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { text: string; expect: { intent: string; slots?: object } })
  .filter(({ expect: { intent, slots = {} }, text }) => {
    const answers = ['confirm', 'cancel', 'thanks'].includes(intent);
    return answers && Object.keys(slots).length === 0 && !text.includes('@') && text.length <= 8;
  })
  .map(({ text }) => text);
const WORDS =
  '是 是的 是啊 是嘞 是的呀 是的哈 是的是的 是的没错 是的，确认 是的谢谢 是的，谢谢你们 好的，是的 就是 就是的 就是这样 对 对的 对头 是对的 是这样 是这样的 是的呢 是的吧 应该是的 应该是吧 没错 没错的 要得 要的 好的 好嘞 可以 可以的 行 行的 得行 确认 确定 嗯 嗯嗯 不是 不是的 不是这个 不对 不对，是的 错了 算了 取消 不要了 不用了 不了 都取消 谢谢 谢谢了 谢谢你们 多谢 辛苦了 麻烦你们了 不好意思 你好 再见 同意 赞成 反对 弃权 满意 都可以 随便 1 2 第一个 最后一个 一般 同意的 是同意 是满意的'.split(
    ' ',
  );
const TEXTS = [
  '3栋的路灯坏了',
  '3栋楼道的灯坏了',
  '门口的垃圾没人收',
  '小区的电梯坏了，是老毛病',
  '想要一个新的台灯',
  '我要的是轮椅',
  '想要一副老花镜，旧的也行',
  '给我妈要一个轮椅',
  '小区的停车位不够',
  '养狗的和不养狗的天天吵，大家商量一下对策',
  '昨晚8点有人吵架，谢师傅看见了',
  '今天走访了3户，都是好的',
  '王奶奶家水管漏了，明天下午3点来修',
];

const readBack = (text: string): { matter: Matter; state: DialogueState } => {
  const matter: Matter = { intent: 'wish.submit', slots: {}, text, photos: [], explicit: false, kept: { text } };
  return { matter, state: { ...IDLE, waiting: { for: 'confirm', matter, shown: `${text}。对吗？` } } };
};
const answered = (text: string, words: string) => {
  const { matter, state } = readBack(text);
  const heard = hear(words, {
    understand,
    role: 'resident',
    place: 'private',
    now,
    photos: [],
    verbsOf: () => ['登记'],
  });
  return { matter, reaction: react(state, heard) };
};

/** What would be made of what is kept. */
const keptAfter = (text: string, words: string): string => {
  const { matter, reaction } = answered(text, words);
  if (reaction.do === 'carry_out') return reaction.matter.text;
  // What is told of it is added, whatever it is; what stands in its stead is something else.
  return reaction.do === 'go_on' ? reaction.matter.text : matter.text;
};

describe('yes, no, thanks and choices', () => {
  it.each([...new Set([...WORDS, ...HEARD])])('%s never changes what was read back', (words) => {
    expect(TEXTS.map((text) => keptAfter(text, words))).toEqual(TEXTS);
  });

  it('whatever else is kept', () => {
    const texts = fc
      .array(fc.constantFrom(...'的是对好要行有一个天点栋楼灯谢确定王师傅他了'), { minLength: 2, maxLength: 14 })
      .map((letters) => letters.join(''));
    fc.assert(
      fc.property(texts, fc.constantFrom(...WORDS, ...HEARD), (text, words) => {
        expect(keptAfter(text, words)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('yes carries out what was read back, as it was', () => {
    for (const words of ['是的', '是啊', '是的呀', '是的，谢谢', '是的没错', '是的呢', '是这样的', '是对的'])
      expect([words, answered('3栋的路灯坏了', words).reaction]).toMatchObject([words, { do: 'carry_out' }]);
  });
});
