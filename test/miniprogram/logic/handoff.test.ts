import { describe, expect, it } from 'vitest';
import { type Handoff, handoffCard, saidLines, sayMove } from '../../../miniprogram/logic/handoff';

const NOW = new Date('2026-03-12T10:00:00+08:00');
const handoff: Handoff = {
  id: '1',
  number: 7,
  state: 'answered',
  stateWord: '已回复',
  community: '520201011001',
  requester: { id: 'g', name: '王秀英' },
  said: [
    { by: { id: 'g', name: '王秀英' }, answer: false, text: '灯坏了', at: '2026-03-11T02:00:00.000Z' },
    { by: { id: 'w', name: '李敏' }, answer: true, text: '明天来修', at: '2026-03-12T01:05:00.000Z' },
  ],
  urgent: false,
  gist: '明天来修',
  late: false,
  createdAt: '2026-03-11T02:00:00.000Z',
  updatedAt: '2026-03-12T01:05:00.000Z',
  version: 2,
  moves: ['add', 'close'],
};

describe('a talk with the community', () => {
  it('says who said what, and calls its reader 您', () => {
    expect(saidLines(handoff, 'g', NOW).map(({ who, when, answer }) => [who, when, answer])).toEqual([
      ['您', '昨天 10:00', false],
      ['李敏', '今天 9:05', true],
    ]);
  });

  it('shows its last words as a card, and that nobody answered before anything else', () => {
    expect(handoffCard(handoff, NOW)).toMatchObject({
      title: '王秀英 · 求助7号',
      text: '明天来修',
      tag: '已回复',
      tone: '',
    });
    expect(handoffCard({ ...handoff, late: true }, NOW)).toMatchObject({ tag: '还没人回复', tone: 'tag-late' });
  });

  it('shows somebody in danger in red, by the words that say so, with what was said after them below', () => {
    const said = [...handoff.said, { by: handoff.requester, answer: false, text: '改成明天', at: handoff.updatedAt }];
    const danger = { ...handoff, said, urgent: true, gist: '我胸口疼得厉害' };
    const card = { text: '我胸口疼得厉害', more: '后来又说：改成明天', tone: 'tag-late' };
    expect(handoffCard(danger, NOW)).toMatchObject({ ...card, tag: '紧急' });
    expect(handoffCard({ ...danger, late: true }, NOW)).toMatchObject({ ...card, tag: '紧急，还没人回复' });
    expect(handoffCard(handoff, NOW).more).toBe('');
  });

  it('has a box to write in exactly when its moves say so', () => {
    expect(sayMove(handoff.moves)?.move).toBe('add');
    expect(sayMove(['add', 'answer', 'close'])?.move).toBe('answer');
    expect(sayMove(['close'])).toBeNull();
  });
});
