import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusedBy } from '../house';
import type { Reply, Sent } from '../phone';
import { from, type OpenPage, type Pocket, phoneOf, settle } from '../pocket';

const AREA = '520201011001';
const ME = { id: 's1', name: '陈建国', roles: [{ role: 'secretary' as const, area: AREA }], areas: ['5202', AREA] };
const ID = '0123456789abcdef01234567';
const topic = (moves: string[], change: object = {}) => ({
  id: 't1',
  number: 5,
  title: '楼道装灯',
  state: 'accepted',
  community: AREA,
  meetings: [],
  moves,
  ...change,
});
const pack = {
  code: 'courtyard-poll',
  version: 1,
  title: '小院意见表决',
  source: { text: '自带' },
  verified: true,
  secrecy: ['open', 'secret'],
  hours: { shortest: 1, longest: 168 },
  variants: [],
};
const ok = (data: unknown): Reply => ({ statusCode: 200, data });

let phone: Pocket;
let house: Record<string, (request: Sent) => Reply>;
beforeEach(async () => {
  phone = await phoneOf(ME);
  house = {
    'ballot-packs': () => ok({ items: [pack] }),
    venues: () => ok({ items: [{ id: ID, name: '议事厅', address: '二楼', capacity: 60 }] }),
    free: () => ok({ free: [{ from: '09:00', to: '12:00' }] }),
  };
  phone.answer((request) => {
    const [last = ''] = new URL(request.url).pathname.split('/').slice(-1);
    return house[last]?.(request) ?? 'offline';
  });
});
afterEach(() => phone.putAway());

async function open(move: string, query: Record<string, string> = {}): Promise<OpenPage> {
  const page = await phone.visit('pages/topic-move/topic-move', { id: 't1', move, ...query });
  await settle();
  return page;
}
const sentTo = (part: string) => phone.sent.filter(({ url }) => url.endsWith(`/${part}`));
const bodies = (part: string) => sentTo(part).map(({ data }) => JSON.parse(String(data)));
const fieldOf = (page: OpenPage, name: string) =>
  (page.data.form as { fields: { name: string; note?: string }[] }).fields.find((field) => field.name === name);

describe('the form of a move on a topic', () => {
  it('asks when the chosen place is free, and announces the meeting', async () => {
    house.t1 = () => ok(topic(['schedule']));
    house.schedule = () => ok(topic(['callOff']));
    const page = await open('schedule');
    page.pick?.(from({ field: 'venue', value: ID }));
    page.turn?.(from({ field: 'day' }, { value: '2099-03-13' }));
    await settle();
    expect(fieldOf(page, 'day')?.note).toContain('09:00到12:00');
    page.turn?.(from({ field: 'from' }, { value: '09:00' }));
    await page.send?.();
    expect(page.data.state).toMatchObject({ trouble: expect.stringContaining('几点结束') });
    page.turn?.(from({ field: 'to' }, { value: '10:30' }));
    page.write?.(from({ field: 'agenda' }, { value: '装几盏\n谁出钱' }));
    await page.send?.();
    expect(bodies('schedule')).toEqual([
      { venue: ID, day: '2099-03-13', from: '09:00', to: '10:30', agenda: ['装几盏', '谁出钱'] },
    ]);
    expect(refusedBy(phone.sent)).toEqual([]);
  });

  it('says the same of the moment again when an answer got lost, and another after a refusal', async () => {
    house.t1 = () => ok(topic(['prepareVote']));
    const page = await open('prepareVote');
    for (const [field, value] of Object.entries({ pack: pack.code, secrecy: 'secret', hours: '24' }))
      page.pick?.(from({ field, value }));
    const send = async (answer: Reply) => {
      house.prepareVote = () => answer;
      await page.send?.();
      await new Promise((later) => setTimeout(later, 3));
    };
    await send('offline');
    await send({ statusCode: 422, data: { code: 'wrong_span', detail: '时间不对' } });
    await send(ok(topic([])));
    const [first, again, anew] = bodies('prepareVote').map(({ opensAt }) => opensAt);
    expect(again).toBe(first);
    expect(anew).not.toBe(first);
    const [one, two, three] = sentTo('prepareVote').map(({ header }) => header['idempotency-key']);
    expect([one === two, two === three]).toEqual([true, false]);
  });

  it('is about what it was opened for', async () => {
    house.t1 = () => ok(topic(['answerObjection', 'itemDone']));
    house.answerObjection = () => ok(topic([]));
    const page = await open('answerObjection', { objection: ID });
    page.write?.(from({ field: 'answer' }, { value: '一楼不摊' }));
    page.pick?.(from({ field: 'upheld', value: 'no' }));
    page.pick?.(from({ field: 'shown', value: 'no' }));
    await page.send?.();
    expect(bodies('answerObjection')).toEqual([{ answer: '一楼不摊', upheld: false, shown: false, objection: ID }]);
  });

  it('offers oneself where others may not be listed', async () => {
    house.t1 = () => ok(topic(['addItem']));
    house.people = () => ({ statusCode: 403, data: { code: 'forbidden', detail: '没有权限' } });
    expect((await open('addItem')).data.people).toEqual([{ id: 's1', label: '我自己' }]);
    house.people = ({ url }) =>
      ok({
        items: url.includes('role=worker') ? [{ id: 'w', name: '李敏', roles: [{ role: 'worker', area: AREA }] }] : [],
      });
    expect((await open('addItem')).data.people).toEqual([
      { id: 's1', label: '我自己' },
      { id: 'w', label: '李敏（社区工作者）' },
    ]);
  });

  it('says so when the move cannot be made', async () => {
    house.t1 = () => ok(topic([]));
    expect((await open('review')).data.standing).toBe('gone');
    house.t1 = () => 'offline';
    expect((await open('review')).data).toMatchObject({ standing: 'failed', trouble: expect.stringContaining('网络') });
  });
});
