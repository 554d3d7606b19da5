import { describe, expect, it } from 'vitest';
import type { Heard } from '../../../src/chat/dialogue/hear.ts';
import { react } from '../../../src/chat/dialogue/react.ts';
import { type Choice, type DialogueState, IDLE, type Matter, type Waiting } from '../../../src/chat/dialogue/state.ts';
import type { Understanding } from '../../../src/chat/understanding/labels.ts';
import { verbsOf } from './verbs.ts';

const matter = (intent: string, extra: Partial<Matter> = {}): Matter => ({
  intent,
  slots: {},
  text: '原话',
  photos: [],
  explicit: false,
  ...extra,
});
const hears = (
  text: string,
  intent: Understanding['intent'] = 'none',
  extra: Partial<Understanding> & Partial<Pick<Heard, 'command' | 'photos' | 'bare'>> = {},
): Heard => {
  const { command, photos = [], bare = {}, ...understanding } = extra;
  return {
    text,
    photos,
    bare,
    verbsOf,
    takenInBy: () => undefined,
    anew: () => undefined,
    understanding: { intent, slots: {}, confidence: 0.95, explicit: false, ...understanding },
    ...(command ? { command } : {}),
  };
};

const readBack: Waiting = { for: 'confirm', matter: matter('wish.submit'), shown: '要登记…对吗？' };
const choices: Choice[] = [
  { label: '12号 电饭煲', matter: matter('wish.claim', { slots: { number: 12 } }) },
  { label: '15号 换灯泡', matter: matter('wish.claim', { slots: { number: 15 } }) },
];
const list: Waiting = { for: 'choice', choices, shown: '1. … 2. …', lasting: true };
const question: Waiting = {
  for: 'words',
  matter: matter('wish.release', { slots: { number: 12 } }),
  shown: '为什么？',
};
const waitingFor = (waiting: Waiting, extra: Partial<DialogueState> = {}): DialogueState => ({
  ...IDLE,
  waiting,
  ...extra,
});

it('says that something was put aside only where it was not done yet', () => {
  const subject = hears('我的心愿到哪一步了', 'progress.query', { explicit: true });
  expect(react(waitingFor(question), subject)).toHaveProperty('dropped');
  expect(react(waitingFor({ ...question, undo: true }), subject)).not.toHaveProperty('dropped');
});

describe('a read-back', () => {
  it('is carried out on yes, dropped on no', () => {
    expect(react(waitingFor(readBack), hears('确认', 'confirm'))).toMatchObject({ do: 'carry_out', state: IDLE });
    expect(react(waitingFor(readBack), hears('对头'))).toMatchObject({ do: 'carry_out' });
    expect(react(waitingFor(readBack), hears('不确认 莫报上去', 'cancel'))).toMatchObject({
      do: 'remark',
      remark: 'cancelled',
      state: IDLE,
    });
  });
  it('comes back with the list it was chosen from when it was not that', () => {
    const state = waitingFor(readBack, { before: list });
    expect(react(state, hears('不是这个'))).toMatchObject({
      remark: 'choose_again',
      again: list.shown,
      state: { waiting: list },
    });
    expect(react(state, hears('取消', 'cancel'))).toMatchObject({
      remark: 'cancelled_list_stays',
      state: { waiting: list },
    });
    expect(react(waitingFor(readBack), hears('不是这个'))).toMatchObject({ remark: 'not_this', state: IDLE });
  });
  it('gives way to a clear new subject, and says so', () => {
    const reaction = react(waitingFor(readBack), hears('认领3号', 'wish.claim', { explicit: true }));
    expect(reaction).toMatchObject({ do: 'begin', dropped: { intent: 'wish.submit' }, state: IDLE });
  });
  it('asks what is to be changed when it was only said that something is, and stays', () => {
    for (const text of ['改一下', '我要改一下', '修改', '能改吗', '我想改点内容']) {
      const reaction = react(waitingFor(readBack), hears(text));
      expect(reaction, text).toMatchObject({ remark: 'say_the_change', again: readBack.shown, state: { vain: 0 } });
    }
    expect(react(waitingFor(readBack), hears('改天'))).not.toMatchObject({ remark: 'say_the_change' });
  });
  it('does not give way to what is unclear', () => {
    expect(react(waitingFor(readBack), hears('嗯……', 'wish.claim', { confidence: 0.4 }))).toMatchObject({
      do: 'remark',
      remark: 'answer_yes_or_no',
      again: readBack.shown,
    });
  });
  it('takes the same wish said again for a correction', () => {
    const reaction = react(waitingFor(readBack), hears('想要两个电饭煲', 'wish.submit'));
    expect(reaction).toMatchObject({ do: 'begin' });
    expect(reaction).not.toHaveProperty('dropped');
  });
  it('takes in what says more about it', () => {
    expect(
      react(waitingFor(readBack), hears('是给我妈的', 'none', { slots: { for: 'proxy' }, confidence: 0.3 })),
    ).toMatchObject({
      do: 'go_on',
      matter: { intent: 'wish.submit', slots: { for: 'proxy' }, text: '是给我妈的' },
    });
  });
  it('is not carried out on a yes that is only likely', () => {
    expect(react(waitingFor(readBack), hears('没有', 'confirm', { confidence: 0.5 }))).toMatchObject({ do: 'remark' });
    expect(react(waitingFor(readBack), hears('要两个', 'menu', { confidence: 0.4 }))).toMatchObject({
      do: 'go_on',
      matter: { text: '要两个' },
    });
  });
  it('is given up after being asked three times in vain', () => {
    let state = waitingFor(readBack);
    const remarks: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      const reaction = react(state, hears('哈哈'));
      state = reaction.state;
      remarks.push(reaction.do === 'remark' ? reaction.remark : reaction.do);
    }
    expect(remarks).toEqual(['answer_yes_or_no', 'answer_yes_or_no', 'given_up']);
    expect(state).toEqual(IDLE);
  });
  it('stays while the menu is shown or thanks are said', () => {
    for (const intent of ['menu', 'thanks'] as const) {
      expect(react(waitingFor(readBack), hears('…', intent))).toMatchObject({
        do: 'begin',
        state: { waiting: readBack },
      });
    }
  });
});

describe('a list', () => {
  it('is chosen from, and remembered for another choice', () => {
    const reaction = react(waitingFor(list), hears('2'));
    expect(reaction).toMatchObject({ do: 'go_on', matter: { slots: { number: 15 } }, state: { before: list } });
    expect(react({ ...IDLE, before: list }, hears('1'))).toMatchObject({
      do: 'go_on',
      matter: { slots: { number: 12 } },
    });
  });
  it('lets another thing be done with a line of it', () => {
    expect(react(waitingFor(list), hears('第一个我退了', 'wish.release', { slots: { number: 1 } }))).toMatchObject({
      do: 'go_on',
      matter: { intent: 'wish.release', slots: { number: 12 } },
    });
  });
  it('takes none of these and goes on with a new subject without a word', () => {
    expect(react(waitingFor(list), hears('都不是'))).toMatchObject({ remark: 'none_of_these', state: IDLE });
    const reaction = react(waitingFor(list), hears('想要一个轮椅', 'wish.submit'));
    expect(reaction).toMatchObject({ do: 'begin' });
    expect(reaction).not.toHaveProperty('dropped');
  });
});

describe('a question for free words', () => {
  it('takes nearly everything for the answer', () => {
    for (const heard of [
      hears('家里有事'),
      hears('不要了', 'cancel'),
      hears('3号房有病人', 'wish.submit', { confidence: 0.7 }),
    ]) {
      expect(react(waitingFor(question), heard)).toMatchObject({
        do: 'go_on',
        matter: { intent: 'wish.release', text: heard.text },
      });
    }
  });
  it('keeps what was known and takes in what was missing', () => {
    const heard = hears('9号病房走不开，下周五再说', 'none', { slots: { number: 9 }, bare: { until: '2026-03-20' } });
    expect(react(waitingFor(question), heard)).toMatchObject({
      matter: { slots: { number: 12, until: '2026-03-20' } },
    });
  });
  it('is left for a command or something that can be nothing else', () => {
    expect(react(waitingFor(question), hears('认领3号', 'wish.claim', { explicit: true }))).toMatchObject({
      do: 'begin',
      dropped: { intent: 'wish.release' },
    });
    expect(react(waitingFor(question), hears('有哪些心愿', 'wish.list', { confidence: 0.97 }))).toMatchObject({
      do: 'begin',
    });
    expect(react(waitingFor(question), hears('算了', 'cancel'))).toMatchObject({ remark: 'cancelled' });
  });
});

describe('a list of what may have been meant', () => {
  const meant: Waiting = { ...list, lasting: false };
  it('can be gone back to until the matter is over', () => {
    const reaction = react(waitingFor(meant), hears('1'));
    expect(reaction).toMatchObject({ do: 'go_on', state: { before: meant } });
    expect(react(waitingFor(readBack, { before: meant }), hears('上一个'))).toMatchObject({
      state: { waiting: meant },
    });
    expect(react(waitingFor(readBack, { before: meant }), hears('确认', 'confirm')).state).toEqual(IDLE);
    expect(react(waitingFor(readBack, { before: meant }), hears('取消', 'cancel')).state).toEqual(IDLE);
  });
});

describe('nothing under way', () => {
  it('begins whatever it is', () => {
    expect(react(IDLE, hears('想要一个电饭煲', 'wish.submit'))).toEqual({ do: 'begin', state: IDLE });
  });
  it('does not pretend there was something to confirm, cancel or go back to', () => {
    expect(react(IDLE, hears('确认', 'confirm'))).toMatchObject({ remark: 'nothing_to_confirm' });
    expect(react(IDLE, hears('算了', 'cancel'))).toMatchObject({ remark: 'nothing_to_cancel' });
    expect(react(IDLE, hears('上一个'))).toMatchObject({ remark: 'nothing_before' });
    expect(react(IDLE, hears('1'))).toMatchObject({ remark: 'nothing_to_choose' });
  });
  it('goes back to the list before', () => {
    expect(react({ ...IDLE, before: list }, hears('上一个'))).toMatchObject({
      remark: 'back_again',
      again: list.shown,
      state: { waiting: list },
    });
  });
});

it('puts a command before everything', () => {
  const command = matter('wish.publish', { explicit: true, slots: { number: 3 } });
  for (const state of [IDLE, waitingFor(readBack), waitingFor(list), waitingFor(question)]) {
    expect(react(state, hears('发布3号', 'none', { command }))).toMatchObject({ do: 'go_on', matter: command });
  }
});
