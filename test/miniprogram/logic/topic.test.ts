import { beforeEach, describe, expect, it } from 'vitest';
import { nextOfTopic, secondsWord, type Topic, topicButtons } from '../../../miniprogram/logic/topic';
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
