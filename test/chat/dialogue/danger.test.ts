import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hear } from '../../../src/chat/dialogue/hear.ts';
import { react } from '../../../src/chat/dialogue/react.ts';
import { type DialogueState, IDLE, type Waiting } from '../../../src/chat/dialogue/state.ts';
import { overAsSaid, soundsOver } from '../../../src/chat/understanding/all-clear.ts';
import { understand } from '../../../src/chat/understanding/index.ts';

const now = new Date('2026-03-09T09:00:00+08:00');
const verbsOf = () => ['登记'];
const says = (state: DialogueState, text: string) =>
  react(state, hear(text, { understand, role: 'resident', place: 'private', now, photos: [], verbsOf }));

const matter = { text: '', photos: [], explicit: true };
const danger: Waiting = {
  for: 'words',
  matter: { ...matter, intent: 'incident.report', slots: { urgent: true }, kept: { id: 'i', number: 1 } },
  shown: '已经告诉网格员',
  undo: true,
};
const open: DialogueState = { ...IDLE, waiting: danger };
/** Where words went: to the danger, to it with a question, or where they would have gone without one. */
const whither = (state: DialogueState, text: string): string => {
  const reaction = says(state, text);
  if (reaction.do !== 'go_on' || reaction.matter.kept?.id !== 'i') return 'elsewhere';
  return reaction.aside ? 'both' : 'danger';
};

const OF_IT =
  '3栋2单元 在5栋后面 他醒不过来 快来人啊 人呢 现在怎么办 救护车还没到 流了好多血 谢谢 好的 没事了 不用来了 算了 取消 没事了，不用来了，谢谢你们 有个老人在里面'.split(
    ' ',
  );
const ELSEWHERE = [
  '我想要一盏台灯',
  '你们几点上班',
  '我的心愿到哪一步了',
  '认领3号',
  '我想开个居住证明',
  '撤回心愿3号',
  '想给我妈要一个轮椅',
];

describe('while somebody’s danger is open', () => {
  it.each(OF_IT)('%s is more of it', (text) => expect([text, whither(open, text)]).toEqual([text, 'danger']));
  it.each(['需要一个担架', '我想要一瓶氧气', '多久才到'])('%s is told, and asked about', (text) =>
    expect(whither(open, text)).toBe('both'),
  );
  it.each(ELSEWHERE)('%s is another matter, and the danger can be come back to', (text) => {
    const reaction = says(open, text);
    expect([text, whither(open, text)]).toEqual([text, 'elsewhere']);
    expect(reaction.state).toMatchObject({ dropped: danger });
    expect(says(reaction.state, '刚才那个')).toMatchObject({ remark: 'back_again', state: { waiting: danger } });
  });

  it('what is said of it later goes back to it, though something else is asked', () => {
    const left: DialogueState = { ...IDLE, dropped: danger };
    const shown = '要登记微心愿：台灯。对吗？';
    const asked: Waiting = { for: 'confirm', matter: { ...matter, intent: 'wish.submit', slots: {} }, shown };
    for (const text of ['在3栋2单元门口', '救护车还没到', '有人受伤了'])
      expect([text, whither(left, text)]).toEqual([text, 'danger']);
    expect(says({ ...left, waiting: asked }, '救护车还没到')).toMatchObject({ do: 'go_on', state: { dropped: asked } });
    for (const text of ['确认', '取消'])
      expect([text, whither({ ...left, waiting: asked }, text)]).toEqual([text, 'elsewhere']);
    for (const text of ['想要一把雨伞', '你好']) expect([text, whither(left, text)]).toEqual([text, 'elsewhere']);
  });

  it('1 takes what was asked about besides', () => {
    const other = {
      label: '登记微心愿',
      matter: { ...matter, intent: 'wish.submit', slots: {}, text: '需要一个担架' },
    };
    const both: DialogueState = { ...IDLE, waiting: { ...danger, aside: other } };
    expect(says(both, '1')).toMatchObject({ do: 'go_on', matter: other.matter, state: { dropped: danger } });
    expect(whither(both, '2')).toBe('danger');
  });
});

it('what may mean that a danger is over is told from what does not', () => {
  const over =
    '灯灭了，火也灭了 电线的火灭了 电动车灭了 没事了 没得事了 火灭了 已经扑灭了 虚惊一场 是误报 人找到了 救出来了 阀门关好了 不用来了'.split(
      ' ',
    );
  const not =
    '没事干 楼道的路灯灭了 灯灭了 电灭了 路灯全熄灭了 火还没灭 人找到了吗 灭了没有 怎么还不来 今天没事 找到了一把钥匙放在门卫那里请失主来领一下谢谢大家配合转发'.split(
      ' ',
    );
  expect(over.filter((text) => !soundsOver(text))).toEqual([]);
  expect(not.filter(soundsOver)).toEqual([]);
});

describe('said in a group, and not to the bot', () => {
  const names = fc.constantFrom('刘小燕', '张阿姨', '小李', '王师傅');
  const clear = fc.constantFrom('没事了', '火灭了', '虚惊一场', '是误报', '人找到了', '不用来了，谢谢大家');

  it('plainly, only of what burnt or was none', () => {
    for (const text of ['火灭了', '火灭了，虚惊一场', '虚惊一场，谢谢大家', '@所有人 火已经扑灭了', '误报，不好意思'])
      expect([text, overAsSaid(text)]).toEqual([text, 'plainly']);
    for (const text of [
      '没事了',
      '没事了没事了',
      '人找到了',
      '老人找到了，谢谢大家',
      '阀门关好了',
      '火灭了，人还在里面',
    ])
      expect([text, overAsSaid(text)]).toEqual([text, 'perhaps']);
    for (const text of ['快递找到了', '娃儿感冒没事了', '作业没问题了', '门关好了', '会议解除了没', '钥匙找到了，谢谢'])
      expect([text, overAsSaid(text)]).toEqual([text, undefined]);
  });

  it('never, to somebody who is called by name', () => {
    fc.assert(
      fc.property(names, clear, fc.boolean(), (name, text, first) => {
        expect(overAsSaid(first ? `@${name} ${text}` : `${text} @${name}`)).toBeUndefined();
      }),
    );
  });
});
