import { beforeEach, describe, expect, it } from 'vitest';
import { invitationTo, secondsWord, storyOfTopic, type Topic } from '../../../miniprogram/logic/topic';
import { BESIDE, topicButtons } from '../../../miniprogram/logic/topic-buttons';
import { inputFor } from '../../../miniprogram/logic/topic-moves';
import {
  calendarEntry,
  itemCards,
  meetingCard,
  nextOfTopic,
  objectionCards,
  reviewWord,
  stagesOf,
  stageWord,
  voteBanner,
} from '../../../miniprogram/logic/topic-progress';
import { TOPIC_MOVES, topicLifecycle } from '../../../src/features/topics/index.ts';
import { PAGE_WORDS } from '../../../src/features/topics/papers/page-words.ts';
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
  objectionCount: 0,
  objections: [],
  items: [],
  reviews: { count: 0 },
  history: [],
};
const NOW = new Date('2026-03-09T02:00:00Z');

/** What nobody hears of, as the house has it. */
const UNTOLD = [
  'absorb',
  'settle',
  'second',
  'unsecond',
  'askMerge',
  'refuseMerge',
  'remind',
  'object',
  'itemDue',
  'itemLate',
  'makeWish',
  'nudge',
  'review',
];

describe('a topic on the phone', () => {
  it('says how many are for it and how many are still wanted', () => {
    expect(secondsWord(topic)).toBe('1人附议，还差2人社区就来受理');
    expect(secondsWord({ ...topic, seconds: 0 })).toBe('还没有人附议，还差3人社区就来受理');
    expect(secondsWord({ ...topic, seconds: 4, state: 'accepted' })).toBe('4人附议');
    expect(nextOfTopic({ ...topic, mine: true }, NOW)).toContain('请他们来附议');
  });

  it('has a button for every move people make, and shows exactly those it may be moved by', () => {
    const all = Object.keys(TOPIC_MOVES);
    expect([...topicButtons(all).map(({ move }) => move), ...BESIDE].sort()).toEqual([...all].sort());
    expect(topicButtons(topic.moves).map(({ label }) => label)).toEqual(['我附议']);
    // The public page tells which button it is.
    expect(PAGE_WORDS.howToObject).toContain(`“${topicButtons(['object'])[0]?.label}”`);
  });
});

describe('what a topic says to whom', () => {
  it.each<[who: string, change: Partial<Topic>, next: string]>([
    ['whoever proposed it', { mine: true, moves: ['withdraw'] }, '请他们来附议'],
    ['whoever may second it', {}, '就附议一下'],
    ['whoever seconded it', { seconded: true, moves: ['unsecond'] }, '您已经附议了'],
  ])('says what comes next to %s', (_who, change, next) => {
    expect(nextOfTopic({ ...topic, ...change }, NOW)).toContain(next);
  });

  it('asks nobody to second it who may not', () => {
    expect(nextOfTopic({ ...topic, moves: [] }, NOW)).toBe('');
  });

  it('has one main button for whoever may accept it', () => {
    const weights = topicButtons(['second', 'accept', 'decline']).map(({ label, weight }) => `${label} ${weight}`);
    expect(weights).toEqual(['受理 main', '我附议 plain', '不予受理 careful']);
    expect(topicButtons(['second'])[0]?.weight).toBe('main');
  });

  it('tells what happened, the latest first, by moves that have words of their own', () => {
    const at = '2026-03-09T02:00:00.000Z';
    const moves = Object.keys(topicLifecycle.moves).filter((move) => !UNTOLD.includes(move));
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

describe('how far a topic has come', () => {
  const meeting: NonNullable<Topic['meeting']> = {
    session: 1,
    venue: { id: 'v', name: '幸福里议事厅', address: '党群服务中心二楼' },
    startsAt: '2026-03-11T11:00:00.000Z',
    endsAt: '2026-03-11T12:30:00.000Z',
    agenda: ['装不装', '谁出钱'],
    paused: false,
  };
  const vote: NonNullable<Topic['vote']> = {
    ballot: 'b',
    question: '装灯，同意吗？',
    packTitle: '小院意见表决',
    secrecy: 'secret',
    opensAt: '2026-03-09T01:00:00.000Z',
    closesAt: '2026-03-10T01:00:00.000Z',
    phase: 'open',
  };

  it.each<[what: string, change: Partial<Topic>, here: string, next: string]>([
    ['seconded', { state: 'seconded' }, '现在是第2步：受理', '社区会来受理'],
    ['a meeting', { state: 'scheduled', meeting }, '现在是第3步：商量', '时间地点定了'],
    ['a break', { state: 'discussing', meeting: { ...meeting, paused: true } }, '第3步', '会议在休息'],
    ['a vote to come', { state: 'discussing', meeting, vote: { ...vote, phase: 'prepared' } }, '第3步', '准备好了'],
    ['a vote', { state: 'voting', vote }, '第4步：决定', '明天 9:00截止'],
    ['a vote that is over', { state: 'voting', vote: { ...vote, phase: 'closed' } }, '第4步', '等计票'],
    [
      'a publicity',
      { state: 'publicised', publicity: { from: vote.opensAt, until: '2026-03-14T15:59:59.999Z', awaits: false } },
      '第5步：公示',
      '公示到周六',
    ],
    [
      'a publicity that waits for an answer',
      { state: 'publicised', publicity: { from: vote.opensAt, until: '2026-03-08T15:59:59.999Z', awaits: true } },
      '第5步：公示',
      '公示期已满，等社区答复意见',
    ],
    ['work', { state: 'executing' }, '第6步：落实', '正在落实'],
    [
      'judging',
      { state: 'executing', reviewing: { until: '2026-03-16T15:59:59.999Z', summary: '装好了' } },
      '第7步：评价',
      '到下周一为止',
    ],
    ['the end', { state: 'reviewed' }, '走完了', '谢谢大家'],
  ])('is said: %s', (_what, change, here, next) => {
    const now = { ...topic, ...change };
    expect(stageWord(stagesOf(now))).toContain(here);
    expect(nextOfTopic(now, NOW)).toContain(next);
  });

  it('shows no way to what went another', () => {
    for (const state of ['declined', 'withdrawn', 'merged', 'shelved', 'failed'] as const)
      expect(stagesOf({ ...topic, state })).toEqual([]);
  });

  it('announces a meeting so that it can be kept in the phone’s calendar', () => {
    expect(meetingCard(meeting, NOW)).toEqual({
      when: '3月11日（后天） 19:00到20:30',
      where: '幸福里议事厅（党群服务中心二楼）',
      agenda: ['1. 装不装', '2. 谁出钱'],
      session: 1,
      adjourned: '',
    });
    expect(calendarEntry({ ...topic, meeting })).toMatchObject({
      title: '商量议题5号：楼道装灯',
      startTime: Date.parse(meeting.startsAt) / 1_000,
      endTime: String(Date.parse(meeting.endsAt) / 1_000),
    });
  });

  it('leads to the ballot once it can be seen', () => {
    expect(voteBanner({ ...topic, vote }, NOW)).toMatchObject({ ballot: 'b', label: '去投票', open: true });
    expect(voteBanner({ ...topic, vote: { ...vote, phase: 'closed' } }, NOW)).toMatchObject({ open: false });
    expect(voteBanner({ ...topic, vote: { ...vote, phase: 'prepared' } }, NOW)).toMatchObject({
      label: '',
      open: false,
    });
    const prepared = { ...topic, vote: { ...vote, phase: 'prepared' as const }, moves: ['openVote'] };
    expect(voteBanner(prepared, NOW)).toMatchObject({ label: '看看准备好的表决', open: false });
    expect(voteBanner(topic, NOW)).toBeNull();
  });

  it('shows objections with their answers, and who may answer', () => {
    const said = { id: 'o', at: vote.opensAt, text: '太贵', mine: false };
    const answer = { text: '已经便宜了', upheld: false, at: vote.opensAt };
    const objections = [
      { ...said, standing: 'waiting' as const, standingWord: '待答复' },
      { ...said, standing: 'visible' as const, standingWord: '已公开', answer },
    ];
    const cards = objectionCards({ ...topic, objections, moves: ['answerObjection'] }, NOW);
    expect(cards).toMatchObject([
      { tag: '等答复', answers: true },
      { tag: '答复了', foot: expect.stringContaining('已公开'), answer: '已经便宜了', answers: false },
    ]);
  });

  it('shows what is to be done, and a button to whoever does it or leads', () => {
    const item = { id: 'i', text: '买灯', owner: '李*', mine: false, deadline: '2026-03-08', late: true, changes: [] };
    const given = { ...topic, items: [item], moves: ['itemDone'] };
    expect(itemCards(given, 'me', false, NOW)).toMatchObject([
      { tag: '过期了', foot: '李*，昨天以前', reports: false },
    ]);
    expect(itemCards(given, 'me', true, NOW)[0]?.reports).toBe(true);
    expect(itemCards({ ...given, facilitator: { id: 'me', name: '' } }, 'me', false, NOW)[0]?.reports).toBe(true);
    const mine = itemCards({ ...given, items: [{ ...item, mine: true }] }, 'me', false, NOW)[0];
    expect(mine).toMatchObject({ foot: '您来办，昨天以前', reports: true });
  });

  it('lets whoever leads pass on, extend and give up what is still to be done, and shows what it was before', () => {
    const at = vote.opensAt;
    const changes = [
      { at, what: 'passed' as const, from: '李*', reason: '出远门了' },
      { at, what: 'extended' as const, from: '2026-03-08' },
    ];
    const item = { id: 'i', text: '买灯', owner: '王*', mine: false, deadline: '2026-03-10', late: false, changes };
    const moves = ['itemDone', 'passItem', 'extendItem', 'dropItem'];
    const card = (change: object) =>
      itemCards({ ...topic, items: [{ ...item, ...change }], moves }, 'me', true, NOW)[0];
    expect(card({})).toMatchObject({
      tag: '在办',
      changes: ['原来是李*来办，换人了：出远门了', '原来定在昨天以前，延期了。'],
      passes: true,
      extends: true,
      drops: true,
    });
    const shut = { reports: false, passes: false, extends: false, drops: false };
    expect(card({ dropped: { at, reason: '物业装了' } })).toMatchObject({
      tag: '不办了',
      foot: '原来王*来办',
      note: '物业装了',
      ...shut,
    });
    expect(card({ done: { at, note: '买好了' } })).toMatchObject({ tag: '办好了', ...shut });
    expect(itemCards({ ...topic, items: [item], moves: ['itemDone'] }, 'me', false, NOW)[0]).toMatchObject(shut);
  });

  it('says what those who took part think, once there are enough of them', () => {
    expect(reviewWord(topic)).toBe('');
    expect(reviewWord({ ...topic, reviews: { count: 2, mine: 4 } })).toBe('2人评价了。您评的是“满意”。');
    expect(reviewWord({ ...topic, reviews: { count: 5, average: 4.2 } })).toContain('平均4.2分');
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
