import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refusedBy } from '../house';
import type { Reply, Sent } from '../phone';
import { from, type OpenPage, type Pocket, phoneOf, settle } from '../pocket';

const AREA = '520201011001';
const ME = { id: 's1', name: '陈建国', roles: [{ role: 'secretary' as const, area: AREA }], areas: ['5202', AREA] };
const wish = (moves: string[]) => ({
  view: 'full',
  id: 'w1',
  number: 1,
  title: '想要一个电饭煲',
  community: AREA,
  category: 'goods',
  postedAt: '2026-11-25T02:00:00.000Z',
  requester: { name: '王秀英' },
  extensions: [],
  due: { done: '2099-12-01T15:59:59.999Z' },
  history: [],
  wall: { title: '电饭煲', text: '家里的坏了' },
  moves,
});
const ok = (data: unknown): Reply => ({ statusCode: 200, data });
const typed = (field: string, value: string) => from({ field }, { value });

let phone: Pocket;
/** What the house answers, by the last part of the address. */
let house: Record<string, (request: Sent) => Reply>;
beforeEach(async () => {
  phone = await phoneOf(ME);
  house = { w1: () => ok(wish(['contact', 'publish', 'assign', 'done'])) };
  phone.answer((request) => house[request.url.split('?')[0]?.split('/').at(-1) ?? '']?.(request) ?? 'offline');
});
afterEach(() => {
  phone.putAway();
  vi.useRealTimers();
});

async function open(move: string): Promise<OpenPage> {
  await phone.visit('pages/wish/wish', { id: 'w1' });
  const page = await phone.visit('pages/move/move', { id: 'w1', move });
  await settle();
  return page;
}
const sentTo = (move: string) => phone.sent.filter(({ url }) => url.endsWith(`/${move}`));
const wentBack = () => phone.did.filter(([name]) => name === 'navigateBack').length;

describe('sending a move', () => {
  beforeEach(() => {
    house.contact = () => ok(wish(['done']));
  });

  it('is done once, however often the button is pressed after it arrived', async () => {
    const page = await open('contact');
    await page.send?.();
    await page.send?.();
    page.write?.(typed('note', '约好了'));
    await page.send?.();
    expect(sentTo('contact')).toHaveLength(1);
    expect(page.data.state).toMatchObject({ sent: true, sending: false });
    expect([...phone.storage.keys()].filter((key) => key.includes('contact'))).toEqual([]);
  });

  it.each([
    ['goes back by itself', false, 1],
    ['leaves alone who went back before', true, 0],
  ])('%s', async (_what, wentBefore, times) => {
    const page = await open('contact');
    vi.useFakeTimers();
    await vi.advanceTimersByTimeAsync(0);
    await page.send?.();
    if (wentBefore) phone.back();
    await vi.advanceTimersByTimeAsync(5000);
    expect(wentBack()).toBe(times);
  });
});

describe('whoever took the wish on while the form was open', () => {
  const heldBy = (id?: string) => () =>
    ok({ ...wish(['assign']), ...(id === undefined ? {} : { claimant: { id, name: '李敏' } }) });

  it.each([
    ['is not put aside unasked', undefined, 'li', false, 0, 1],
    ['is put aside when that is meant', undefined, 'li', true, 1, 1],
    ['is not asked about when it was known before', 'li', 'li', false, 1, 0],
    ['is not asked about when it is who was chosen', undefined, 'zhao', false, 1, 0],
  ])('%s', async (_what, before, after, yes, times, questions) => {
    house = { w1: heldBy(before), people: () => ok({ items: [] }), assign: heldBy('zhao') };
    const page = await open('assign');
    page.pick?.(from({ field: 'to', value: 'zhao' }));
    house.w1 = heldBy(after);
    const asked = vi.spyOn(wx, 'showModal').mockResolvedValue({ confirm: yes } as never);
    await page.send?.();
    expect(sentTo('assign')).toHaveLength(times);
    expect(asked).toHaveBeenCalledTimes(questions);
  });
});

describe('a move’s form', () => {
  it('is shown for what the wish allows, and for nothing else', async () => {
    for (const [move, standing] of [
      ['publish', 'ready'],
      ['rate', 'gone'],
    ] as const)
      expect((await open(move)).data.standing, move).toBe(standing);
  });

  it('says that the house was not reached instead of how empty it is, and can ask again', async () => {
    for (const missing of ['w1', 'people']) {
      const { w1 } = house;
      house = missing === 'w1' ? {} : { w1: w1 as () => Reply };
      const page = await open('assign');
      expect(page.data).toMatchObject({ standing: 'failed', trouble: expect.stringContaining('网络') });
      house = { w1: w1 as () => Reply, people: () => ok({ items: [] }) };
      await page.load?.();
      expect(page.data).toMatchObject({ standing: 'ready', people: [] });
    }
  });

  it('looks again when it was refused because the wish has changed, and keeps what was written', async () => {
    house.contact = () => ({ statusCode: 409, data: { code: 'wrong_state', detail: '已经有人记下了。' } });
    const page = await open('contact');
    page.write?.(typed('note', '约好了'));
    house.w1 = () => ok(wish(['done']));
    await page.send?.();
    await settle();
    expect(page.data).toMatchObject({ standing: 'gone', state: { trouble: '已经有人记下了。' } });
    expect(JSON.stringify([...phone.storage.values()])).toContain('约好了');
  });

  it('leaves a field alone while somebody types into it, and draws what is chosen or filled in for them', async () => {
    const page = await open('publish');
    expect(page.data.values).toMatchObject({ title: '电饭煲', text: '家里的坏了' });
    expect(page.data.values).toMatchObject({ category: 'goods' });
    const set = vi.spyOn(page, 'setData' as never);
    page.write?.(typed('text', '家里的坏了，想'));
    expect(JSON.stringify(set.mock.calls)).not.toContain('想');
    const rate = await open('done');
    rate.pick?.(from({ field: 'cost', value: '5' }));
    expect(rate.data.values).toMatchObject({ cost: '5' });
  });

  it('offers the days a wish may be put off to, and says what does not fit', async () => {
    house.w1 = () => ok(wish(['extend', 'claim']));
    expect((await open('extend')).data).toMatchObject({ firstDay: '2099-12-02', lastDay: '2099-12-31' });
    const page = await open('claim');
    const full = () => (page.data.full as Record<string, string>).promise;
    page.write?.(typed('promise', '好'.repeat(200)));
    expect(full()).toContain('200字');
    page.write?.(typed('promise', '好'));
    expect(full()).toBe('');
  });

  it('does not go without a photo that failed or is on its way, and says so', async () => {
    house.done = () => ok(wish([]));
    const page = await open('done');
    page.write?.(typed('note', '送到了'));
    for (const state of [
      { busy: true, failed: 0 },
      { busy: false, failed: 1 },
    ]) {
      page.photos?.(from({}, { ids: [], ...state }));
      await page.send?.();
      expect(page.data.state).toMatchObject({ trouble: expect.stringContaining('照片') });
    }
    expect(sentTo('done')).toEqual([]);
    page.photos?.(from({}, { ids: ['p1'], busy: false, failed: 0 }));
    await page.send?.();
    expect(JSON.parse(String(sentTo('done')[0]?.data))).toMatchObject({ note: '送到了', photos: ['p1'] });
  });
});

describe('whom a wish can be given to', () => {
  const person = (role: string, at: number) => ({ id: `${role}${at}`, name: `张${at}`, roles: [{ role, area: AREA }] });

  it('is everybody who takes wishes on, each once, page after page; many are searched', async () => {
    house.people = ({ url }) => {
      const role = /role=(\w+)/u.exec(url)?.[1] ?? '';
      if (role !== 'volunteer') return ok({ items: [person('worker', 1)] });
      return url.includes('cursor=2')
        ? ok({ items: [person(role, 20), person(role, 21)] })
        : ok({ items: Array.from({ length: 15 }, (_, at) => person(role, at + 2)), next: '2' });
    };
    const page = await open('assign');
    const labels = () => (page.data.people as { label: string }[]).map(({ label }) => label);
    expect(page.data.searched).toBe(true);
    expect(labels()[0]).toBe('张1（社区工作者）');
    page.pick?.(from({ field: 'to', value: 'worker1' }));
    page.seek?.(from({}, { value: '张21' }));
    expect(labels()).toEqual(['张1（社区工作者）', '张21（志愿者）']);
    expect(refusedBy(phone.sent)).toEqual([]);
  });
});
