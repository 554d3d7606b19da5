import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Topic } from '../../../miniprogram/logic/topic';
import type { Reply, Sent } from '../phone';
import { from, type OpenPage, type Pocket, phoneOf, settle } from '../pocket';

const AREA = '520201011001';
const ME = { id: 's1', name: '陈建国', roles: [{ role: 'secretary' as const, area: AREA }], areas: ['5202', AREA] };
const meeting: NonNullable<Topic['meeting']> = {
  session: 1,
  venue: { id: 'v', name: '议事厅', address: '二楼' },
  startsAt: '2099-03-11T11:00:00.000Z',
  endsAt: '2099-03-11T12:30:00.000Z',
  agenda: ['装几盏'],
  paused: false,
};
const topic = (change: object = {}) => ({
  id: 't1',
  number: 5,
  title: '楼道装灯',
  text: '楼道装灯',
  state: 'scheduled',
  stateWord: '已定时间',
  place: '幸福里社区',
  community: AREA,
  proposedAt: '2026-03-01T00:00:00.000Z',
  seconds: 3,
  secondsNeeded: 3,
  moves: [],
  mergedFrom: [],
  meetings: [],
  votes: [],
  arithmetic: [],
  objections: [],
  items: [],
  reviews: { count: 0 },
  history: [],
  ...change,
});
const ok = (data: unknown): Reply => ({ statusCode: 200, data });

let phone: Pocket;
let house: Record<string, (request: Sent) => Reply>;
beforeEach(async () => {
  phone = await phoneOf(ME);
  house = {};
  phone.answer((request) => {
    const [last = ''] = new URL(request.url).pathname.split('/').slice(-1);
    return house[last]?.(request) ?? 'offline';
  });
});
afterEach(() => phone.putAway());

async function open(change: object): Promise<OpenPage> {
  house.t1 = () => ok(topic(change));
  const page = await phone.visit('pages/topic/topic', { id: 't1' });
  await settle();
  return page;
}
const ways = () => phone.did.filter(([name]) => name === 'navigateTo').map(([, { url }]) => url);

describe('a topic’s page', () => {
  it('leads to what each of its parts is about', async () => {
    const vote = { ballot: 'b1', question: '装灯吗', packTitle: '', secrecy: 'open', opensAt: '', closesAt: '' };
    const page = await open({
      state: 'voting',
      meeting,
      vote: { ...vote, opensAt: meeting.startsAt, closesAt: meeting.endsAt, phase: 'open' },
      votes: [{ ...vote, ballot: 'b0', phase: 'over' }],
      moves: ['publicise'],
    });
    page.ballot?.();
    page.counted?.();
    page.attend?.();
    page.minutes?.(from({ session: 1 }));
    page.answer?.(from({ id: 'o1' }));
    page.report?.(from({ id: 'i1' }));
    await page.move?.(from({ move: 'publicise' }));
    expect(ways()).toEqual([
      '/pages/ballot/ballot?id=b1',
      '/pages/ballot/ballot?id=b0',
      '/pages/topic-meeting/topic-meeting?id=t1',
      '/pages/topic-minutes/topic-minutes?id=t1&session=1',
      '/pages/topic-move/topic-move?id=t1&move=answerObjection&objection=o1',
      '/pages/topic-move/topic-move?id=t1&move=itemDone&item=i1',
      '/pages/topic-move/topic-move?id=t1&move=publicise',
    ]);
  });

  it('notes the meeting in the phone’s calendar, unless they would rather not', async () => {
    const page = await open({ meeting });
    const noted: object[] = [];
    Object.assign(wx, { addPhoneCalendar: async (entry: object) => void noted.push(entry) });
    await page.remember?.();
    expect(noted).toMatchObject([{ title: '商量议题5号：楼道装灯', startTime: Date.parse(meeting.startsAt) / 1_000 }]);
    Object.assign(wx, { addPhoneCalendar: () => Promise.reject({ errMsg: 'addPhoneCalendar:fail cancel' }) });
    await page.remember?.();
    expect(page.data.trouble).toBe('');
  });

  it('counts once they are sure, and says what is still missing', async () => {
    house.count = () => ({ statusCode: 409, data: { code: 'papers_unresolved', detail: '还有2张纸质票' } });
    const page = await open({ state: 'voting', moves: ['count'] });
    await page.move?.(from({ move: 'count' }));
    expect(phone.sent.filter(({ url }) => url.endsWith('/count'))).toEqual([]);
    phone.say({ confirm: true });
    await page.move?.(from({ move: 'count' }));
    expect(page.data.trouble).toBe('还有2张纸质票');
  });
});
