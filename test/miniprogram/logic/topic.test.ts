import { beforeEach, describe, expect, it } from 'vitest';
import {
  invitationTo,
  nextOfTopic,
  secondsWord,
  storyOfTopic,
  type Topic,
  topicButtons,
} from '../../../miniprogram/logic/topic';
import { inputFor } from '../../../miniprogram/logic/topic-moves';
import { TOPIC_MOVES } from '../../../src/features/topics/index.ts';
import { freshPhone, type Phone } from '../phone';

const topic: Topic = {
  id: 't',
  number: 5,
  title: '楼道装灯',
  text: '楼道装灯',
  state: 'proposed',
  stateWord: '征集附议',
  place: '幸福里社区',
  community: '520201011001',
  proposedAt: '2026-03-09T02:00:00.000Z',
  seconds: 1,
  secondsNeeded: 3,
  mine: false,
  seconded: false,
  version: 2,
  moves: ['second'],
  mergedFrom: [],
  meetings: [],
  votes: [],
  arithmetic: [],
  objections: [],
  items: [],
  reviews: { count: 0 },
  history: [],
};

describe('a topic on the phone', () => {
  it('says how many are for it and how many are still wanted', () => {
    expect(secondsWord(topic)).toBe('1人附议，还差2人社区就来受理');
    expect(secondsWord({ ...topic, seconds: 0 })).toBe('还没有人附议，还差3人社区就来受理');
    expect(secondsWord({ ...topic, seconds: 4, state: 'accepted' })).toBe('4人附议');
    expect(nextOfTopic({ ...topic, mine: true })).toContain('请他们来附议');
  });

  it('has a button for every move people make, and shows exactly those it may be moved by', () => {
    const all = Object.keys(TOPIC_MOVES);
    expect(
      topicButtons(all)
        .map(({ move }) => move)
        .sort(),
    ).toEqual([...all].sort());
    expect(topicButtons(topic.moves).map(({ label }) => label)).toEqual(['我附议']);
  });
});

describe('what a topic says to whom', () => {
  it.each<[who: string, change: Partial<Topic>, next: string]>([
    ['whoever proposed it', { mine: true, moves: ['withdraw'] }, '请他们来附议'],
    ['whoever may second it', {}, '就附议一下'],
    ['whoever seconded it', { seconded: true, moves: ['unsecond'] }, '您已经附议了'],
  ])('says what comes next to %s', (_who, change, next) => {
    expect(nextOfTopic({ ...topic, ...change })).toContain(next);
  });

  it('asks nobody to second it who may not', () => {
    expect(nextOfTopic({ ...topic, moves: [] })).toBe('');
  });

  it('has one main button for whoever may accept it', () => {
    const weights = topicButtons(['second', 'accept', 'decline']).map(({ label, weight }) => `${label} ${weight}`);
    expect(weights).toEqual(['受理 main', '我附议 plain', '不予受理 careful']);
    expect(topicButtons(['second'])[0]?.weight).toBe('main');
  });

  it('tells what happened, the latest first, by moves that have words of their own', () => {
    const at = '2026-03-09T02:00:00.000Z';
    const moves = ['propose', 'shelve', 'resume', 'accept', 'appoint', 'agreeMerge', 'decline', 'withdraw'];
    const history = moves.map((move) => ({ at, move, to: topic.state, toWord: '某状态', why: `为何${move}` }));
    const steps = storyOfTopic({ ...topic, history }, new Date('2026-03-10T02:00:00Z'));
    expect(steps.map(({ why }) => why)).toEqual(moves.map((move) => `为何${move}`).reverse());
    expect(steps.filter(({ words }) => words.includes('某状态'))).toEqual([]);
    expect(steps[0]?.when).toBe('昨天 10:00');
  });

  it('is passed on without its words', () => {
    expect(invitationTo({ ...topic, title: '张三家楼道', text: '张三家楼道装灯' })).toEqual({
      title: '幸福里社区的议题5号，请您看看要不要附议',
      path: '/pages/topic/topic?id=t',
    });
  });
});

describe('what a move on a topic asks first', () => {
  let phone: Phone;
  const button = (move: string) => topicButtons([move])[0] as ReturnType<typeof topicButtons>[number];
  const says = (content: string | undefined, confirm = true) =>
    Object.assign(wx, { showModal: async () => ({ confirm, content }) });

  beforeEach(() => {
    phone = freshPhone();
  });

  it('is a reason for those who hear of it, or nothing happens', async () => {
    says(' 等规划批下来 ');
    expect(await inputFor(button('shelve'), topic)).toEqual({ reason: '等规划批下来' });
    says('', false);
    expect(await inputFor(button('shelve'), topic)).toBeUndefined();
    says('  ');
    await expect(inputFor(button('shelve'), topic)).rejects.toMatchObject({ code: 'no_reason' });
  });

  it('is whether they are sure, before all who are for it are told', async () => {
    const asked: { title?: string; content?: string }[] = [];
    for (const confirm of [false, true]) {
      const showModal = async (asks: object) => {
        asked.push(asks);
        return { confirm };
      };
      Object.assign(wx, { showModal });
      expect(await inputFor(button('accept'), topic)).toEqual(confirm ? {} : undefined);
    }
    expect(asked[0]).toMatchObject({ title: '受理？', content: expect.stringContaining('收到消息') });
  });

  it('is the number people know the other topic by', async () => {
    phone.answer(({ url }) =>
      url.endsWith('/areas/520201011001/topics/3') ? { statusCode: 200, data: { ...topic, id: 'other' } } : 'offline',
    );
    says('3');
    expect(await inputFor(button('askMerge'), topic)).toEqual({ into: 'other' });
    says('三号');
    await expect(inputFor(button('askMerge'), topic)).rejects.toMatchObject({ code: 'no_number' });
  });

  it('is one of the facilitators there are', async () => {
    phone.answer(() => ({
      statusCode: 200,
      data: {
        items: [
          { id: 'a', name: '老张' },
          { id: 'b', name: '老李' },
        ],
      },
    }));
    Object.assign(wx, { showActionSheet: async () => ({ tapIndex: 1 }) });
    expect(await inputFor(button('appoint'), topic)).toEqual({ facilitator: 'b' });
    Object.assign(wx, { showActionSheet: () => Promise.reject({ errMsg: 'showActionSheet:fail cancel' }) });
    expect(await inputFor(button('appoint'), topic)).toBeUndefined();
    phone.answer(() => ({ statusCode: 200, data: { items: [] } }));
    await expect(inputFor(button('appoint'), topic)).rejects.toMatchObject({ code: 'no_facilitator' });
  });
});
