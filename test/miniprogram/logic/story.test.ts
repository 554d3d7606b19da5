import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../miniprogram/api/ask';
import { nextWord, storyOf } from '../../../miniprogram/logic/story';
import { factsOf } from '../../../miniprogram/logic/wish-facts';
import { WISH_MOVES, WISH_STATES } from '../../../src/features/wishes/index.ts';

type Full = Extract<Answer<'getWishesById'>, { view: 'full' }>;

const NOW = new Date('2026-03-12T10:00:00+08:00');

function wish(change: Partial<Full> = {}): Full {
  return {
    view: 'full',
    id: '1',
    number: 12,
    title: '想要一个电饭煲',
    text: '想要一个电饭煲，家里的坏了',
    category: 'goods',
    state: 'claimed',
    stateWord: '办理中',
    urgent: false,
    place: '幸福里社区',
    community: '520201011001',
    postedAt: '2026-03-09T02:00:00.000Z',
    moves: [],
    version: 3,
    requester: { id: 'g', name: '王秀英' },
    claimant: { id: 'w', name: '李敏' },
    dueAt: '2026-03-11T15:59:59.999Z',
    late: true,
    unmask: false,
    wall: { title: '想要一个电饭煲', text: '想要一个电饭煲' },
    priority: 0,
    photos: [],
    extensions: [],
    due: {},
    reopenings: 0,
    duplicates: 0,
    history: [],
    ...change,
  };
}

describe('the story of a wish', () => {
  it('has words for every move people make, the latest first, with the reason', () => {
    const history = Object.keys(WISH_MOVES).map((move, at) => ({
      at: new Date(NOW.getTime() + at).toISOString(),
      move,
      to: 'claimed' as const,
      toWord: '办理中',
      by: '李敏',
      channel: 'api',
      ...(move === 'extend' && { why: '零件没到' }),
    }));
    const steps = storyOf(wish({ history }), NOW);
    for (const { words } of steps) expect(words).not.toContain('：');
    expect(steps.find(({ why }) => why)?.words).toBe('李敏延了期');
    expect(steps[0]?.words).toContain('撤回');
  });

  it('says who is waited for in every state, and nothing once it is over', () => {
    const over = ['closed', 'declined', 'withdrawn'];
    for (const state of Object.keys(WISH_STATES) as Full['state'][]) {
      expect(nextWord(wish({ state })) === '', state).toBe(over.includes(state));
    }
  });

  it('shows strangers nothing but what the wall has', () => {
    const { view: _view, ...rest } = wish();
    const stranger = { ...rest, view: 'public' as const };
    const { facts, left, steps } = factsOf(stranger as Answer<'getWishesById'>, NOW);
    expect(facts.map(({ label }) => label)).toEqual(['类别', '地点', '发布']);
    expect([left, steps]).toEqual(['', []]);
  });

  it('says what is late in words and in tone', () => {
    expect(factsOf(wish(), NOW)).toMatchObject({ left: '已超期1天', urgency: 'late' });
  });

  it('leaves out what nobody knows', () => {
    const labels = factsOf(wish({ address: '3栋', rating: { score: 2, words: '盖子坏了', at: '' } }), NOW).facts;
    expect(labels.map(({ label, value }) => `${label}：${value}`)).toEqual([
      '类别：物品',
      '地点：幸福里社区',
      '发布：3月9日',
      '许愿人：王秀英',
      '详细地址：3栋',
      '帮忙的人：李敏',
      '评价：不太满意，盖子坏了',
    ]);
  });
});
