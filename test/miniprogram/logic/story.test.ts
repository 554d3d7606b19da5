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
      expect(nextWord(wish({ state }), NOW) === '', state).toBe(over.includes(state));
    }
  });

  it('shows strangers nothing but what the wall has', () => {
    const { view: _view, ...rest } = wish();
    const stranger = { ...rest, view: 'public' as const };
    const { facts, left, steps } = factsOf(stranger as Answer<'getWishesById'>, NOW);
    expect(facts.map(({ label }) => label)).toEqual(['类别', '地点', '发布']);
    expect([left, steps]).toEqual(['', []]);
  });

  it('speaks to whoever wished as 您, and to the others of them', () => {
    for (const [state, word] of [
      ['claimed', '联系'],
      ['done', '请'],
      ['partial', '请'],
    ] as const) {
      const whole = wish({ state, proxy: { id: 'p', name: '张丽' } });
      for (const reader of ['g', 'p']) expect(factsOf(whole, NOW, reader).next).toContain(`${word}您`);
      expect(factsOf(whole, NOW, 'w').next).toContain(`${word}许愿人`);
    }
  });

  it('says for whom it is kept, and until when', () => {
    const kept = wish({ state: 'published', offeredUntil: '2026-03-13T02:00:00.000Z' });
    expect(nextWord(kept, NOW)).toBe('已经公开，先留给熟悉的网格员，明天 10:00起大家都可以认领。');
    expect(nextWord({ ...kept, moves: ['claim', 'pass'] }, NOW)).toBe('先留给您到明天 10:00，之后大家都可以认领。');
  });

  it('says to whom it was given, as long as that is who has it', () => {
    const step = (move: string) => ({
      at: NOW.toISOString(),
      move,
      to: 'claimed' as const,
      toWord: '',
      by: '陈建国',
      channel: 'api',
    });
    const told = (...moves: string[]) => storyOf(wish({ history: moves.map(step) }), NOW).map(({ words }) => words);
    expect(told('publish', 'assign', 'contact')[1]).toBe('陈建国指派给李敏');
    expect(told('assign', 'release', 'claim')[2]).toBe('陈建国指派了人');
    expect(told('assign', 'assign')).toEqual(['陈建国指派给李敏', '陈建国指派了人']);
  });

  it('names the one who leads a group, and needs no members', () => {
    const helpers = (...members: { id: string; name: string }[]) =>
      factsOf(wish({ group: { name: '爱心小组', members } }), NOW).facts.find(({ label }) => label === '帮忙的人')
        ?.value;
    expect(helpers()).toBe('爱心小组：李敏');
    expect(helpers({ id: 'z', name: '周强' })).toBe('爱心小组：李敏、周强');
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
      '墙上的内容：想要一个电饭煲',
      '评价：不太满意，盖子坏了',
    ]);
  });
});
