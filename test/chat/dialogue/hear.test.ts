import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctionIn } from '../../../src/chat/dialogue/correction.ts';
import { withoutCourtesy } from '../../../src/chat/dialogue/courtesy.ts';
import { hear } from '../../../src/chat/dialogue/hear.ts';
import { react } from '../../../src/chat/dialogue/react.ts';
import { type Choice, type DialogueState, IDLE, type Matter, type Waiting } from '../../../src/chat/dialogue/state.ts';
import { understand } from '../../../src/chat/understanding/index.ts';
import { verbsOf } from './verbs.ts';

const heard = (text: string, role: 'resident' | 'secretary' = 'resident') =>
  hear(text, {
    understand,
    role,
    place: 'private',
    now: new Date('2026-03-09T10:00:00+08:00'),
    photos: [],
    verbsOf,
  });

describe('courtesies', () => {
  it.each([
    ['要得，谢谢', '要得'],
    ['好的谢谢', '好的'],
    ['好的，谢谢你们了', '好的'],
    ['要得，多谢了哈', '要得'],
    ['谢谢你们，确认', '确认'],
    ['你好，1', '1'],
    ['1谢谢', '1'],
    ['发布1号，谢谢', '发布1号'],
    ['书记好，发布1号', '发布1号'],
    ['社区的同志你好，取消', '取消'],
    ['不用了，谢谢', '不用了'],
    ['谢谢，不用了', '不用了'],
    ['要得要得，辛苦你们咯', '要得要得'],
    ['家里有事走不开，不好意思哈', '家里有事走不开'],
    ['确认🙏🙏', '确认'],
    ['幺妹，要', '要'],
  ])('%s is %s', (text, core) => {
    expect(withoutCourtesy(text)).toBe(core);
  });
  it.each([
    '谢谢',
    '你好',
    '🙏',
    '👌',
    '不用谢',
    '不用谢谢',
    '老人说谢谢',
    '他们很辛苦',
    '书记找我谈过心',
    '师傅来修了',
    '感谢信怎么写',
    '老师教得好',
  ])('%s stays', (text) => {
    expect(withoutCourtesy(text)).toBe(text);
  });

  const matter = (intent: string, slots: Matter['slots'] = {}, extra: Partial<Matter> = {}): Matter => ({
    intent,
    slots,
    text: '原话',
    photos: [],
    explicit: false,
    ...extra,
  });
  const choices: Choice[] = [12, 15, 2].map((number) => ({
    label: `${number}号 电饭煲`,
    matter: matter('wish.claim', { number }),
  }));
  const list: Waiting = { for: 'choice', choices, shown: '…', lasting: true };
  const human: Choice = { label: '转给社区工作人员', matter: matter('handoff', {}, { explicit: true }) };
  const STATES: Record<string, DialogueState> = {
    nothing: IDLE,
    'a read-back of a wish': { ...IDLE, waiting: { for: 'confirm', matter: matter('wish.submit'), shown: '…' } },
    'a read-back from a list': {
      ...IDLE,
      waiting: { for: 'confirm', matter: matter('wish.claim', { number: 12 }), shown: '…' },
      before: list,
    },
    'a list': { ...IDLE, waiting: list },
    'a list before': { ...IDLE, before: list },
    'a list of one': { ...IDLE, waiting: { for: 'choice', choices: [human], shown: '…', lasting: false } },
    'a question': { ...IDLE, waiting: { for: 'words', matter: matter('wish.release', { number: 12 }), shown: '…' } },
    'a question for a day': {
      ...IDLE,
      waiting: { for: 'words', matter: matter('wish.extend', { number: 12 }), shown: '…' },
    },
    'something that can be undone': {
      ...IDLE,
      waiting: { for: 'words', matter: matter('handoff'), shown: '…', undo: true },
    },
  };
  const ANSWERS =
    '确认 要得 好的 对头 要 是的 行 取消 算了 不用了 不要了 1 2 第一个 第二个 12号 2号 上一个 返回 不是这个 都不是 不对 下周五 3月20号 4 满意 认领3号 撤回2号 家里有事走不开 送到家了 菜单'.split(
      ' ',
    );
  const before = fc.constantFrom(
    '',
    '谢谢，',
    '你好，',
    '谢谢你们，',
    '幺妹，',
    '同志你好，',
    '不好意思，',
    '书记，',
    '麻烦了，',
  );
  const after = fc.constantFrom(
    '',
    '，谢谢',
    '谢谢',
    ' 谢谢了',
    '，多谢你们了',
    '，辛苦了',
    '，麻烦你们咯',
    '🙏',
    '，谢谢！🙏🙏',
    '，再见',
    '，不好意思哈',
    '，费心了',
  );

  it('around an answer never change what the answer does', () => {
    const state = fc.constantFrom(...Object.keys(STATES));
    fc.assert(
      fc.property(state, fc.constantFrom(...ANSWERS), before, after, (name, answer, first, last) => {
        const from = STATES[name] ?? IDLE;
        const plain = react(from, heard(answer));
        const polite = react(from, heard(first + answer + last));
        // With nothing under way, 好的谢谢 is thanks and answered as such: neither does anything.
        if (plain.do === 'remark' && plain.remark.startsWith('nothing_to') && polite.do === 'begin') return;
        expect(polite, `${name}: ${first}${answer}${last}`).toEqual(plain);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('a correction', () => {
  it.each([
    ['改成想要一个轮椅', '想要一个轮椅'],
    ['换成轮椅', '轮椅'],
    ['不是，我是想要电磁炉', '想要电磁炉'],
    ['不对不对，是一床毯子', '一床毯子'],
    ['不对头，我要的是电磁炉', '电磁炉'],
    ['搞错了 是轮椅', '轮椅'],
    ['说错了，是3号', '3号'],
    ['不是轮椅，是拐杖', '拐杖'],
    ['不要轮椅了，要拐杖', '拐杖'],
    ['我要的是毯子', '毯子'],
    ['等等，改成下周三', '下周三'],
    ['不是的，我想要一床被子', '我想要一床被子'],
  ])('%s says %s', (text, rest) => {
    expect(correctionIn(text)?.words).toBe(rest);
  });
  it.each([
    '不对',
    '不是',
    '都不是',
    '是给我妈的',
    '不是给我的，是给我妈的',
    '想把灯换成LED的',
    '不是我的',
    '要两个',
    '点错了，不报了',
    '确认',
  ])('%s is none', (text) => {
    expect(correctionIn(text)).toBeUndefined();
  });

  const wish: Matter = {
    intent: 'wish.submit',
    slots: { category: 'goods', for: 'self' },
    text: '想要一个锅',
    photos: ['p'],
    explicit: false,
    kept: { text: '想要一个锅' },
    key: 'k',
  };
  const state: DialogueState = { ...IDLE, waiting: { for: 'confirm', matter: wish, shown: '…' } };
  it('begins the same matter anew in the other words, and keeps its pictures', () => {
    for (const [text, rest] of [
      ['改成想要一个轮椅', '想要一个轮椅'],
      ['不是，我是想要电磁炉', '想要电磁炉'],
      ['不对不对，是一床毯子，谢谢', '一床毯子'],
    ] as const) {
      const reaction = react(state, heard(text));
      expect(reaction).toMatchObject({ do: 'go_on', matter: { intent: 'wish.submit', text: rest, photos: ['p'] } });
      if (reaction.do === 'go_on') expect(reaction.matter).not.toHaveProperty('kept');
    }
  });
  it('names another number or another day', () => {
    const extension: Matter = {
      intent: 'wish.extend',
      slots: { number: 1, until: '2026-03-13' },
      text: '等货',
      photos: [],
      explicit: false,
      kept: { id: 'a', reason: '等货' },
    };
    const asked: DialogueState = { ...IDLE, waiting: { for: 'confirm', matter: extension, shown: '…' } };
    expect(react(asked, heard('不对，是下周六'))).toMatchObject({
      matter: { slots: { number: 1, until: '2026-03-21' }, kept: { reason: '等货' } },
    });
    const other = react(asked, heard('错了，是2号'));
    expect(other).toMatchObject({ matter: { slots: { number: 2 } } });
    if (other.do === 'go_on') expect(other.matter).not.toHaveProperty('kept');
  });
  it.each([
    '等一下，我问问我家老头子',
    '等等 我先去吃饭',
    '慢点，我想想',
    '稍等一下，我去把门关上',
    '不对，我问问我家老头子',
  ])('%s leaves the matter as it is', (text) => {
    const reaction = react(state, heard(text));
    expect(reaction).toMatchObject({
      do: 'remark',
      remark: expect.stringMatching(/^(answer_yes_or_no|no_hurry)$/),
      again: '…',
    });
    expect(reaction.state.waiting).toEqual(state.waiting);
  });
  it('keeps for whom it is', () => {
    const proxy: Matter = { ...wish, slots: { category: 'goods', for: 'proxy' } };
    const asked: DialogueState = { ...IDLE, waiting: { for: 'confirm', matter: proxy, shown: '…' } };
    expect(react(asked, heard('不对，是一床毯子'))).toMatchObject({ matter: { slots: { for: 'proxy' } } });
  });
  it.each(['等一下', '等等', '慢点'])('%s, before words, denies nothing', (wait) => {
    for (const words of ['我问问我家老头子', '我妈回来了', '想要一个轮椅'])
      expect(correctionIn(`${wait}，${words}`)).toBeUndefined();
    expect(correctionIn(`${wait}，改成轮椅`)).toEqual({ words: '轮椅', instead: true });
    expect(correctionIn(`${wait}，不对，轮椅`)).toEqual({ words: '轮椅', instead: false });
  });
  it('turns to another matter, or ends this one', () => {
    expect(react(state, heard('不对，我要认领3号'))).toMatchObject({
      do: 'begin',
      dropped: { intent: 'wish.submit' },
      said: { understanding: { intent: 'wish.claim', slots: { number: 3 } } },
    });
    expect(react(state, heard('不对不对 不是这个意思 先不要提交'))).toMatchObject({ remark: 'cancelled' });
  });
});

describe('a list', () => {
  const human: Choice = {
    label: '转给社区工作人员',
    matter: { intent: 'handoff', slots: {}, text: '楼道灯坏了', photos: [], explicit: true },
  };
  const one: DialogueState = { ...IDLE, waiting: { for: 'choice', choices: [human], shown: '…', lasting: false } };
  it('is no trap: what chooses nothing is taken for what it says', () => {
    for (const text of [
      '登记',
      '微心愿',
      '我要投诉',
      '婉拒1号',
      '统计',
      '想要一个轮椅',
      '我的心愿到哪一步了',
      '屋头灯坏了',
    ]) {
      expect(react(one, heard(text)), text).toMatchObject({ do: 'begin' });
    }
  });
  it('asks again after what would choose and does not', () => {
    for (const text of ['9', '随便', '那个', '5号', '嗯']) {
      const two: DialogueState = {
        ...IDLE,
        waiting: { for: 'choice', choices: [human, { ...human, label: '登记微心愿' }], shown: '…', lasting: false },
      };
      expect(react(two, heard(text)), text).toMatchObject({ do: 'remark', remark: 'answer_a_number' });
    }
  });
  it('of one is chosen from by a yes', () => {
    for (const text of ['好的', '要得', '可以，谢谢', '1', '要']) {
      expect(react(one, heard(text)), text).toMatchObject({ do: 'go_on', matter: { intent: 'handoff' } });
    }
  });
});

it('another number begins another matter while the first is asked about', () => {
  const waiting: Waiting = {
    for: 'words',
    matter: { intent: 'wish.extend', slots: { number: 1 }, text: '', photos: [], explicit: false },
    shown: '…',
  };
  expect(react({ ...IDLE, waiting }, heard('2号延期到3月20号'))).toMatchObject({
    do: 'begin',
    dropped: { slots: { number: 1 } },
  });
  expect(react({ ...IDLE, waiting }, heard('1号延期到3月20号'))).toMatchObject({
    do: 'go_on',
    matter: { slots: { number: 1, until: '2026-03-20' } },
  });
});
