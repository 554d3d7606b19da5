import { describe, expect, it } from 'vitest';
import {
  daysToExtend,
  fullWord,
  inputOf,
  MOVE_FORMS,
  missingIn,
  type Values,
} from '../../../miniprogram/logic/move-form';
import { buttonsFor, type MoveName } from '../../../miniprogram/logic/moves';
import { WISH_MOVES, wishLifecycle } from '../../../src/features/wishes/index.ts';

const ID = '0'.repeat(24);

/** Every form filled in as somebody would. */
const FILLED: Record<string, Values> = {
  rate: { score: 2, words: '盖子是坏的' },
  publish: { title: '想要一个电饭煲', text: '家里的坏了', category: 'goods' },
  claim: { promise: '明天送去', group: '三人小组' },
  contact: { note: '约好周六' },
  done: { note: '送到了', photos: [ID], cost: '89.5' },
  partial: { note: '换了灯泡', left: '灯罩还没买', cost: '' },
  extend: { until: '2026-12-01', reason: '零件没到' },
  release: { reason: '家里有急事' },
  decline: { reason: '归社保所办' },
  withdraw: { reason: '' },
  merge: { into: '12' },
  refer: { to: '12345', number: 'A-1' },
  conclude: { note: '已经修好' },
  assign: { to: ID, note: '' },
};

describe('the forms of moves', () => {
  it('exist for exactly the moves whose button opens one', () => {
    const opened = buttonsFor(Object.keys(WISH_MOVES)).filter(({ form }) => form);
    expect(Object.keys(MOVE_FORMS).sort()).toEqual(opened.map(({ move }) => move).sort());
  });

  it.each(Object.entries(MOVE_FORMS))('%s: what is filled in is what the house takes', (name, form) => {
    const move = name as MoveName;
    const values = FILLED[move] ?? {};
    expect(missingIn(form, values)).toBeUndefined();
    const input = inputOf(move, form, values);
    // Merging is sent by id; the page looks it up.
    const sent = move === 'merge' ? { ...input, into: ID } : input;
    expect(wishLifecycle.moves[move].input.safeParse(sent).error).toBeUndefined();
  });

  it('says in a sentence what is missing or unreadable', () => {
    const { rate, done, merge, extend } = MOVE_FORMS;
    if (!rate || !done || !merge || !extend) throw new Error('a form is gone');
    expect(missingIn(rate, {})).toBe('请点一个表情。');
    expect(missingIn(done, { note: '  ' })).toBe('请填“是怎么办的”。');
    expect(missingIn(done, { note: '好了', cost: '一百' })).toContain('只写数字');
    expect(missingIn(done, { note: '好了', cost: '999999999999' })).toContain('太大了');
    expect(missingIn(done, { note: '好了', cost: '100000' })).toBeUndefined();
    expect(missingIn(merge, { into: '十二' })).toContain('只写数字');
    expect(missingIn(extend, { reason: '零件没到' })).toBe('请填“延到哪一天”。');
  });

  it('puts off to the days the house takes, counted in China', () => {
    const now = new Date('2026-11-25T16:30:00Z');
    expect(daysToExtend(undefined, now)).toEqual({ firstDay: '2026-11-27', lastDay: '2026-12-26' });
    expect(daysToExtend('2026-12-01T15:59:59.999Z', now)).toEqual({ firstDay: '2026-12-02', lastDay: '2026-12-31' });
  });

  it('says that a field is full, and nothing before', () => {
    expect([fullWord('好'.repeat(199), 200), fullWord('好'.repeat(200), 200)]).toEqual([
      '',
      expect.stringContaining('200字'),
    ]);
  });
});
