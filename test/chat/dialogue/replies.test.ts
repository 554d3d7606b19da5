import { describe, expect, it } from 'vitest';
import {
  bareSlots,
  choiceInSentence,
  isBack,
  isCancel,
  isConfirm,
  isPlainCancel,
  isWrong,
  readChoice,
} from '../../../src/chat/dialogue/replies.ts';
import type { Choice } from '../../../src/chat/dialogue/state.ts';

const choice = (label: string, number?: number): Choice => ({
  label,
  matter: { intent: 'x', slots: number === undefined ? {} : { number }, text: '', photos: [], explicit: false },
});
const wishes = [choice('12号 电饭煲', 12), choice('2号 换灯泡', 2), choice('3号 陪诊', 3)];
const kinds = [choice('登记微心愿'), choice('报告问题')];
const label = (text: string, list = wishes) => readChoice(text, list)?.label;

describe('short replies', () => {
  it.each(['确认', '对', '对的', '是的', '嗯嗯', '好的', '要得', '没错。', 'OK', '行吧'])(
    'takes %s for a yes',
    (text) => {
      expect(isConfirm(text)).toBe(true);
    },
  );
  it.each(['不对', '不是', '对门的吴爷爷', '好冷', '是我妈', '可以的话帮我看看'])(
    'does not take %s for a yes',
    (text) => {
      expect(isConfirm(text)).toBe(false);
    },
  );
  it('knows no, back and wrong', () => {
    expect(['取消', '算了', '不要了吧', '不用了'].every(isCancel)).toBe(true);
    expect(['取消', '算了吧'].every(isPlainCancel)).toBe(true);
    // Possibly the very reason somebody was asked for.
    expect(['不要了', '不用了'].some(isPlainCancel)).toBe(false);
    expect(['上一个', '返回', '上一步吧'].every(isBack)).toBe(true);
    expect(['不是这个', '都不是', '错了', '不对'].every(isWrong)).toBe(true);
    expect(isCancel('取消不了怎么办')).toBe(false);
  });
});

describe('choosing from a list', () => {
  it('reads the place of a line', () => {
    expect(label('1')).toBe('12号 电饭煲');
    expect(label('第一个')).toBe('12号 电饭煲');
    expect(label('选3')).toBe('3号 陪诊');
    expect(label('最后一个')).toBe('3号 陪诊');
    expect(label('2', kinds)).toBe('报告问题');
    expect(label('二', kinds)).toBe('报告问题');
  });
  it('reads a matter’s own number before the place', () => {
    expect(label('2号')).toBe('2号 换灯泡');
    expect(label('12号')).toBe('12号 电饭煲');
    expect(label('12')).toBe('12号 电饭煲');
    expect(label('1号')).toBeUndefined();
    expect(label('1号', kinds)).toBe('登记微心愿');
  });
  it('reads a label, when only one can be meant', () => {
    expect(label('报告问题', kinds)).toBe('报告问题');
    expect(label('灯泡')).toBe('2号 换灯泡');
    expect(label('号')).toBeUndefined();
  });
  it('takes nothing else for a choice', () => {
    for (const text of ['0', '9', '13号', '我要一个电饭煲', '1和2', '']) expect(label(text)).toBeUndefined();
  });
  it('finds the line inside a sentence', () => {
    expect(choiceInSentence('第二个我来弄，我家近', wishes)?.label).toBe('2号 换灯泡');
    expect(choiceInSentence('第九个我来', wishes)).toBeUndefined();
  });
});

describe('bare words as an answer', () => {
  const now = new Date('2026-03-09T09:00:00+08:00');
  it('reads one day, and none when two are named or they contradict', () => {
    expect(bareSlots('下周五', now)).toMatchObject({ until: '2026-03-20' });
    expect(bareSlots('3月20号', now)).toMatchObject({ until: '2026-03-20' });
    expect(bareSlots('明天或者后天', now)).not.toHaveProperty('until');
    expect(bareSlots('3月20号星期一', now)).not.toHaveProperty('until');
  });
  it('reads a score', () => {
    expect(bareSlots('4', now)).toEqual({ score: 4 });
    expect(bareSlots('五分', now)).toEqual({ score: 5 });
    expect(bareSlots('6', now)).toEqual({});
  });
});
