/** Reporting a problem, and an incident on its page. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Reply, Sent } from '../phone';
import { from, type Me, type OpenPage, type Pocket, phoneOf, settle } from '../pocket';

const AREA = '520201011001';
const GRID = `${AREA}G01`;
const person = (role: Me['roles'][number]['role']): Me => ({
  id: 'r1',
  name: '王秀英',
  roles: [{ role, area: AREA }],
  areas: ['5202', AREA, GRID],
});
const ok = (data: unknown, statusCode = 200): Reply => ({ statusCode, data });
const incident = (more: object = {}) => ({
  id: 'i1',
  number: 1,
  title: '路灯坏了',
  community: AREA,
  state: 'dispatched',
  urgency: 'usual',
  category: 'facility',
  step: 3,
  postedAt: '2026-11-25T02:00:00.000Z',
  reports: [],
  notes: [],
  helpers: [],
  rejections: [],
  raised: [],
  extensions: [],
  history: [],
  due: {},
  own: false,
  others: 1,
  moves: ['take', 'resolve'],
  unmask: true,
  ...more,
});

let phone: Pocket;
/** What the house answers, by the last part of the address. */
let house: Record<string, (request: Sent) => Reply>;
async function phoneFor(role: Me['roles'][number]['role']): Promise<void> {
  phone = await phoneOf(person(role));
  house = {
    children: () =>
      ok({
        items: [
          { code: GRID, name: '第一网格', level: 'grid' },
          { code: `${AREA}G02`, name: '第二网格', level: 'grid' },
        ],
      }),
    incidents: () => ok(incident(), 201),
    i1: () => ok(incident()),
  };
  phone.answer((request) => house[request.url.split('?')[0]?.split('/').at(-1) ?? '']?.(request) ?? 'offline');
}
afterEach(() => phone.putAway());
const sentTo = (end: string) => phone.sent.filter(({ url }) => url.split('?')[0]?.endsWith(`/${end}`));
const bodies = () => sentTo('incidents').map(({ data }) => JSON.parse(String(data)));

describe('reporting', () => {
  let page: OpenPage;
  beforeEach(async () => {
    await phoneFor('resident');
    page = await phone.visit('pages/report/report');
    await settle();
  });
  const flip = (on: OpenPage, field: string, value: boolean) => on.flip?.(from({ field }, { value }));

  it('asks where, one’s own grid first, and sends what it read back, once', async () => {
    expect(page.data.places).toEqual([
      { code: '', name: '我家附近' },
      { code: `${AREA}G02`, name: '第二网格' },
    ]);
    page.write?.(from({}, { value: '路灯坏了' }));
    page.where?.(from({ code: `${AREA}G02` }));
    page.read?.();
    expect([page.data.step, page.data.sentence]).toEqual(['read', expect.stringContaining('第二网格')]);
    await page.send?.();
    await page.send?.();
    expect(bodies()).toEqual([expect.objectContaining({ text: '路灯坏了', place: { area: `${AREA}G02` } })]);
    expect(page.data.step).toBe('done');
  });

  it('is one press where life is in danger, and lost to no broken connection', async () => {
    flip(page, 'danger', true);
    house.incidents = () => 'offline';
    await page.send?.();
    expect(page.data).toMatchObject({ step: 'write', state: { trouble: expect.stringContaining('网络') } });
    phone.back();
    house.incidents = () => ok(incident(), 201);
    const again = await phone.visit('pages/report/report');
    expect(again.data.form).toMatchObject({ danger: true });
    await again.send?.();
    expect(bodies().map(({ danger }) => danger)).toEqual([true, true]);
    expect(new Set(sentTo('incidents').map(({ header }) => header['idempotency-key'])).size).toBe(1);
  });
});

describe('an incident on its page', () => {
  beforeEach(() => phoneFor('grid_worker'));

  it('makes a move by one press, or opens the form of its kind', async () => {
    house.take = () => ok(incident({ moves: ['resolve'] }));
    const page = await phone.visit('pages/incident/incident', { id: 'i1' });
    await settle();
    await page.move?.(from({}, { move: 'take', label: '我来办', form: false, weight: 'main' }));
    expect([sentTo('take').length, page.data.incident]).toMatchObject([1, { moves: ['resolve'] }]);
    await page.move?.(from({}, { move: 'resolve', label: '办好了', form: true, weight: 'main' }));
    expect(phone.did.at(-1)).toEqual(['navigateTo', { url: '/pages/move/move?of=incident&id=i1&move=resolve' }]);
  });

  it.each([
    ['usual', [], undefined],
    ['usual', [{ confirm: true, content: '上门前打电话' }], '上门前打电话'],
    ['danger', [], '危急，马上联系'],
  ])('%s: numbers are seen for a reason, which nobody is asked for in danger', async (urgency, answers, why) => {
    house.i1 = () => ok(incident({ urgency }));
    house.unmask = () => ok({ address: '3栋', reporters: [{ name: '王秀英', phone: '15499000001' }] });
    const page = await phone.visit('pages/incident/incident', { id: 'i1' });
    await settle();
    phone.say(...answers);
    await page.unmask?.();
    expect(sentTo('unmask').map(({ data }) => JSON.parse(String(data)).why)).toEqual(why === undefined ? [] : [why]);
    page.onHide?.();
    expect(page.data.opened).toBeNull();
  });

  it('shows whoever may merge it what may be the same, side by side', async () => {
    house.similar = () =>
      ok({ items: [{ id: 'i2', number: 2, title: '路灯不亮', place: '幸福里社区', stateWord: '待核实' }] });
    const other = await phone.visit('pages/incident/incident', { id: 'i1' });
    await settle();
    expect([other.data.similar, sentTo('similar')]).toEqual([[], []]);
    house.i1 = () => ok(incident({ moves: ['merge'] }));
    const page = await phone.visit('pages/incident/incident', { id: 'i1' });
    await settle();
    expect(page.data.similar).toMatchObject([{ number: 2, title: '路灯不亮' }]);
    house.similar = () => 'offline';
    await page.load?.();
    expect(page.data).toMatchObject({ trouble: '', similar: [{ number: 2 }] });
  });

  it('asks in which grid it is where nobody said so', async () => {
    house.i1 = () => ok(incident({ moves: ['triage'] }));
    house.triage = () => ok(incident());
    const page = await phone.visit('pages/move/move', { id: 'i1', move: 'triage', of: 'incident' });
    await settle();
    page.pick?.(from({ field: 'grid', value: GRID }));
    await page.send?.();
    const sent = sentTo('triage').map(({ data }) => JSON.parse(String(data)));
    expect(sent).toEqual([{ urgency: 'usual', category: 'facility', grid: GRID }]);
  });

  it('gives it to somebody of those the house names', async () => {
    house.i1 = () => ok(incident({ moves: ['dispatch'] }));
    house.candidates = () => ok({ items: [{ id: 'w1', name: '李敏', title: '社区工作者' }] });
    house.dispatch = () => ok(incident());
    const page = await phone.visit('pages/move/move', { id: 'i1', move: 'dispatch', of: 'incident' });
    await settle();
    expect(page.data).toMatchObject({ word: '事件', people: [{ id: 'w1', label: '李敏（社区工作者）' }] });
    page.pick?.(from({ field: 'to', value: 'w1' }));
    await page.send?.();
    expect(sentTo('dispatch').map(({ data }) => JSON.parse(String(data)))).toEqual([{ to: 'w1' }]);
  });
});

it('the board reads itself anew while it is looked at, and not afterwards', async () => {
  await phoneFor('grid_worker');
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const page = await phone.visit('work/incidents/incidents');
    await settle();
    const before = sentTo('counts').length;
    vi.advanceTimersByTime(60_000);
    await settle();
    const looked = sentTo('counts').length;
    page.onHide?.();
    vi.advanceTimersByTime(60_000);
    await settle();
    expect([before, looked, sentTo('counts').length]).toEqual([1, 4, 4]);
  } finally {
    vi.useRealTimers();
  }
});
