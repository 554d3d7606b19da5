import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COLOURS } from '../../../miniprogram/logic/colours';
import { FLAGS } from '../../../miniprogram/logic/flags';
import { actionsOf, beginningOf, fieldsOf } from '../../../miniprogram/work/care/actions';
import { leadsOf, sentinelsOf } from '../../../miniprogram/work/care/servants';
import type { Care } from '../../../miniprogram/work/care/words';
import { CONSENTS } from '../../../miniprogram/work/care/words';
import { evenly, loadCards } from '../../../miniprogram/work/care-load/loads';
import { queryOf } from '../../../miniprogram/work/cares/rows';
import * as house from '../../../src/features/care/kinds.ts';
import { CONSENTS as houseConsents } from '../../../src/features/care/model.ts';
import { refusedBy } from '../house';
import type { Reply, Sent } from '../phone';
import { from, type OpenPage, type Pocket, phoneOf, settle } from '../pocket';

const W1 = '65f0c0ffee65f0c0ffee65f1';
const NOW = new Date('2026-03-09T09:00:00+08:00');
const flag = (kind: string, due = false) => ({
  kind,
  word: '独居老人',
  reviewBy: '2026-03-09',
  due,
  since: '2026-01-01',
  reason: '一个人住',
  consent: { by: 'self', byWord: '本人同意', at: '2026-01-01' },
  by: { id: 'k', name: '何静' },
});
const care = (more: object = {}) =>
  ({
    id: 'c1',
    person: { id: W1, name: '王*' },
    community: '990001001001',
    colour: 'red',
    colourWord: '红色',
    mine: true,
    state: 'kept',
    since: '2026-01-01',
    sentinel: { id: 's1', name: '李敏' },
    flags: [flag('living_alone', true)],
    reviewDue: true,
    version: 1,
    moves: ['note', 'review', 'handOver', 'recolour', 'unflag', 'end'],
    ...more,
  }) as Care;

it('calls everything as the house does', () => {
  expect([FLAGS, COLOURS, CONSENTS]).toEqual([house.FLAGS, house.COLOUR_WORDS, houseConsents]);
});

it('shows what waits first, what is done every week at hand, and the rest behind one press', () => {
  const names = (given: Care) => {
    const { often, rest } = actionsOf(given);
    return [often.map(({ name }) => name), rest.map(({ name }) => name)];
  };
  expect(names(care())).toEqual([
    ['review', 'note'],
    ['handOver', 'recolour', 'end'],
  ]);
  expect(names(care({ reviewDue: false, flags: [flag('living_alone'), flag('disabled')] }))).toEqual([
    ['note'],
    ['review', 'handOver', 'recolour', 'unflag', 'end'],
  ]);
  expect(names(care({ reviewDue: false, moves: ['assign', 'note'] }))).toEqual([['assign', 'note'], []]);
});

it('asks only for what can be: other colours, flags there are not yet, somebody else, a day within a year', () => {
  const one = { value: 's2', label: '周强' };
  const options = (name: Parameters<typeof fieldsOf>[0]) =>
    fieldsOf(name, care(), { sentinels: [one], leads: [] }, NOW)[0]?.options?.map(({ value }) => value);
  expect(options('recolour')).toEqual(['yellow', 'green']);
  expect(options('flag')).not.toContain('living_alone');
  expect(options('unflag')).toEqual(['living_alone']);
  expect(options('handOver')).toEqual(['s2']);
  const [, day] = fieldsOf('review', care(), { sentinels: [], leads: [] }, NOW);
  expect([day?.first, day?.last]).toEqual(['2026-03-10', '2027-03-10']);
  expect(beginningOf('review', care(), NOW)).toEqual({ kind: 'living_alone', reviewBy: '2026-09-05' });
});

it('names whoever has the fewest first, and those whom nobody looks after before all', () => {
  const loads = [
    { sentinel: { id: 'a', name: '周强' }, colours: { red: 1, yellow: 2, green: 0 }, total: 3 },
    { sentinel: { id: 'b', name: '李敏' }, colours: { red: 0, yellow: 0, green: 0 }, total: 0 },
    { colours: { red: 0, yellow: 0, green: 1 }, total: 1 },
  ];
  expect(sentinelsOf(loads, 'x').map(({ label }) => label)).toEqual(['李敏（还没有）', '周强（已有3人）']);
  expect(sentinelsOf(loads, 'a').map(({ value }) => value)).toEqual(['b']);
  expect(loadCards(loads).map(({ name, words, tags }) => [name, words, tags.map(({ word }) => word).join()])).toEqual([
    ['还没有守望哨', '1人没人按期去看', '绿色1'],
    ['周强', '照看3人', '红色1,黄色2'],
    ['李敏', '现在没有照看谁', ''],
  ]);
  expect(evenly(loads)).toContain('平均每位照看1.5人');
  const lead = { id: 'l', name: '孙*', phone: '154****0010', hasAddress: true, areas: [], roles: [], skills: [] };
  expect(leadsOf([lead])).toEqual([{ value: 'l', label: '孙*（尾号0010）' }]);
  expect(queryOf('', 'red')).toEqual({ mine: 'true', colour: 'red' });
  expect(queryOf('9900', 'due')).toEqual({ area: '9900', due: 'true' });
});

describe('the pages', () => {
  const ME = {
    id: 'k',
    name: '何静',
    roles: [{ role: 'care_keeper' as const, area: '990001001001' }],
    areas: ['990001001001'],
  };
  let phone: Pocket;
  let moved: (request: Sent) => Reply;
  const ok = (data: unknown): Reply => ({ statusCode: 200, data });
  const bodies = (end: string) =>
    phone.sent
      .filter(({ method, url }) => method === 'POST' && url.endsWith(end))
      .map(({ data }) => JSON.parse(String(data)));

  beforeEach(async () => {
    phone = await phoneOf(ME);
    moved = () => ok(care({ colour: 'green', colourWord: '绿色', reviewDue: false }));
    phone.answer((request) => {
      const { pathname, searchParams } = new URL(request.url);
      if (request.method === 'POST' && pathname.endsWith('/unmask'))
        return ok({ name: '王秀英', phone: '15400000001', address: '3栋501' });
      if (request.method === 'POST') return moved(request);
      if (pathname.endsWith('/people')) {
        const name = searchParams.get('name');
        const items = [{ id: W1, name: '王*', phone: '154****0001', hasAddress: true, birthYear: 1945 }];
        return ok({ items: name === '王秀英' ? items : [] });
      }
      if (pathname.endsWith('/care/load'))
        return ok({ items: [{ sentinel: { id: 's2', name: '周强' }, colours: {}, total: 1 }] });
      if (pathname.endsWith('/care/c1')) return ok(care());
      if (pathname.endsWith('/care')) return ok({ items: searchParams.get('person') === null ? [] : [care()] });
      return ok({ items: [] });
    });
  });
  afterEach(() => phone.putAway());

  const write = (page: OpenPage, values: object) => {
    for (const [name, value] of Object.entries(values)) page.fill?.({ detail: { name, value } });
  };

  it('hands somebody over: what is missing is said, who has how many is shown, and a lost answer is no second move', async () => {
    const page = await phone.visit('work/care/care', { id: 'c1' });
    await settle();
    await page.choose?.(from({ name: 'handOver' }));
    expect(page.data.fields).toMatchObject([{ options: [{ value: 's2', label: '周强（已有1人）' }] }, {}]);
    await page.send?.();
    expect(page.data.wrong).toBe('请选择“交给谁”。');
    write(page, { to: 's2', words: '周三上午在家' });
    const works = moved;
    moved = () => 'offline';
    await page.send?.();
    expect(page.data).toMatchObject({ form: 'handOver', wrong: expect.stringContaining('网'), busy: false });
    moved = works;
    await page.send?.();
    expect(bodies('/care/c1/handOver')).toEqual(Array(2).fill({ to: 's2', words: '周三上午在家' }));
    const keys = phone.sent.filter(({ method }) => method === 'POST').map(({ header }) => header['idempotency-key']);
    expect(new Set(keys).size).toBe(1);
    expect(page.data).toMatchObject({ form: '', facts: { tag: '绿色' } });
    expect(refusedBy(phone.sent)).toEqual([]);
  });

  it('shows the last notes of many, and the rest when asked', async () => {
    const note = (nth: number) => ({
      move: 'note',
      moveWord: '写一条记录',
      text: `第${nth}条`,
      by: { id: 's', name: '李敏' },
      at: NOW.toISOString(),
    });
    phone.answer(({ url }) =>
      ok(url.includes('/visits') ? { items: [] } : care({ notes: Array.from({ length: 23 }, (_, nth) => note(nth)) })),
    );
    const page = await phone.visit('work/care/care', { id: 'c1' });
    await settle();
    expect(page.data).toMatchObject({ older: 3, notes: { length: 20 } });
    page.olderNotes?.();
    expect(page.data).toMatchObject({ older: 0, notes: { length: 23 } });
    expect((page.data.notes as { about: string }[])[0]?.about).toContain('李敏 · 记录 · ');
  });

  it('shows a name, a number and a door for a reason, and puts them away when somebody looks away', async () => {
    const page = await phone.visit('work/care/care', { id: 'c1' });
    await settle();
    phone.say({ confirm: true, content: '上门前打电话' });
    await page.unmask?.();
    expect(page.data.opened).toEqual({ name: '王秀英', phone: '15400000001', address: '3栋501' });
    page.onHide?.();
    expect(page.data.opened).toBeNull();
    expect([...phone.storage.values()].map((one) => JSON.stringify(one)).join()).not.toMatch(/王秀英|独居/u);
  });

  it('takes somebody into care once they were found by their whole name', async () => {
    const page = await phone.visit('work/care-open/care-open');
    await settle();
    page.write?.(from({}, { value: '王秀' }));
    await page.seek?.();
    expect(page.data).toMatchObject({ found: [], said: expect.stringContaining('姓名写全') });
    page.write?.(from({}, { value: '王秀英' }));
    await page.seek?.();
    expect(page.data.found).toEqual([{ id: W1, name: '王*', about: '1945年出生 · 电话154****0001 · 有住址' }]);
    await page.choose?.(from({ id: W1 }));
    await page.send?.();
    expect(page.data.wrong).toBe('请选择“类别”。');
    write(page, { kind: 'living_alone', reason: '一个人住', by: 'self', colour: 'red', sentinel: 's2' });
    await page.send?.();
    expect(bodies('/care')).toMatchObject([
      { person: W1, kind: 'living_alone', consent: { by: 'self' }, colour: 'red', sentinel: 's2' },
    ]);
    expect(phone.did.at(-1)).toEqual(['redirectTo', { url: '/work/care/care?id=c1' }]);
    expect(refusedBy(phone.sent)).toEqual([]);
  });

  it('finds somebody in care by their whole name, and says when nobody of that name is', async () => {
    const page = await phone.visit('work/cares/cares');
    await settle();
    expect(page.data.list).toMatchObject({ state: 'ready', items: [] });
    page.write?.(from({}, { value: '李四' }));
    await page.seek?.();
    expect(page.data).toMatchObject({ found: [], said: expect.stringContaining('没有找到') });
    page.write?.(from({}, { value: '王秀英' }));
    await page.seek?.();
    expect(page.data.found).toMatchObject([{ id: 'c1', name: '王*', due: true }]);
    page.all?.();
    expect(page.data.found).toBeNull();
    expect(refusedBy(phone.sent)).toEqual([]);
  });
});
