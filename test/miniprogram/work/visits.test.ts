import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spawnedRows } from '../../../miniprogram/work/log/spawned';
import { wardOptions } from '../../../miniprogram/work/log/ward-options';
import {
  actionBody,
  actionsOf,
  beginningOf,
  fieldsOf,
  objection,
  type Visit,
} from '../../../miniprogram/work/visit/actions';
import { rowOf } from '../../../miniprogram/work/visits/rows';
import { correctInput, spawnInput } from '../../../src/features/visits/inputs.ts';
import { refusedBy } from '../house';
import type { Reply, Sent } from '../phone';
import { from, type OpenPage, type Pocket, phoneOf, settle } from '../pocket';

const NOW = new Date('2026-03-09T09:00:00+08:00');
const W1 = '65f0c0ffee65f0c0ffee65f1';
const visit = (more: object = {}) =>
  ({
    id: 'v1',
    state: 'logged',
    stateWord: '已记录',
    kind: 'visit',
    kindWord: '走访',
    day: '2026-03-09',
    by: { id: 'p1', name: '李敏' },
    community: '990001001001',
    grid: '990001001001G01',
    households: 2,
    well: false,
    found: '灯坏了',
    photos: [],
    late: false,
    corrected: false,
    full: true,
    persons: [{ id: W1, name: '王*' }],
    items: [],
    spawned: [],
    before: [],
    checks: [],
    version: 1,
    moves: ['correct', 'void', 'spawn'],
    createdAt: '2026-03-09T01:00:00Z',
    ...more,
  }) as Visit;

it('offers what may be done, and tells two who look the same apart', () => {
  expect(actionsOf(visit().moves).map(({ name }) => name)).toEqual(['spawn', 'report', 'correct', 'void']);
  expect(actionsOf(['check']).map(({ name }) => name)).toEqual(['agree', 'doubt']);
  const ward = (id: string, colourWord: string, lastVisit?: string) =>
    ({
      id,
      person: { id, name: '王*' },
      colour: 'red',
      colourWord,
      mine: true,
      ...(lastVisit && { lastVisit }),
    }) as never;
  expect(wardOptions([ward('a', '红色', '2026-03-02'), ward('b', '红色'), ward('c', '黄色')], NOW)).toEqual([
    { value: 'a', label: '王*（红色，上次3月2日）' },
    { value: 'b', label: '王*（红色，还没走访过）' },
    { value: 'c', label: '王*（黄色）' },
  ]);
  expect(rowOf(visit({ checked: 'doubted', late: true }), 'p1', NOW)).toEqual({
    id: 'v1',
    title: '3月9日（今天）走访2户',
    about: '我记的 · 第1网格',
    tag: '有情况',
    tone: 'tag-soon',
    more: '抽查对不上 · 补记的',
  });
  // Whoever spot-checks is not told whether all was well.
  const { well: _well, ...glimpsed } = visit({ checked: 'changed' });
  expect(rowOf(glimpsed, 'p1', NOW)).toMatchObject({ tag: '', tone: '', more: '抽查以后改过' });
});

it('corrects only what was changed, with a reason, and takes no words away by leaving them out', () => {
  const before = beginningOf('correct', visit());
  const fields = fieldsOf('correct', visit(), [{ value: 'w2', label: '石*' }], NOW);
  const values = { ...before, households: 3, reason: '少记了一户' };
  expect(actionBody('correct', visit(), fields, values)).toEqual({ households: 3, reason: '少记了一户' });
  expect(correctInput.safeParse(actionBody('correct', visit(), fields, values)).success).toBe(true);
  expect(fields.find(({ name }) => name === 'persons')?.options?.map(({ value }) => value)).toEqual([W1, 'w2']);
  expect(
    [
      values,
      { ...values, reason: '' },
      { ...before, reason: '看错了' },
      { ...values, found: ' ' },
      { ...beginningOf('correct', visit({ well: true, found: undefined })), well: false, reason: '看错了' },
    ].map((given, at) => objection('correct', at === 4 ? {} : before, given)),
  ).toEqual([
    '',
    '请写一句为什么。',
    '还没有改动。',
    '“发现了什么”不能清空，可以改写。',
    '不正常的话，请写一句发现了什么。',
  ]);
});

it('makes a wish later out of what was found, for the one who was seen', () => {
  const values = { ...beginningOf('spawn', visit()), urgent: true };
  const body = actionBody('spawn', visit(), fieldsOf('spawn', visit(), [], NOW), values);
  expect(body).toEqual({ what: 'wish', person: W1, text: '灯坏了', urgent: true, category: 'repair' });
  expect(spawnInput.safeParse(body).success).toBe(true);
});

it('reports an incident later out of what was found, of nobody', () => {
  const values = { ...beginningOf('report', visit()) };
  const body = actionBody('report', visit(), fieldsOf('report', visit(), [], NOW), values);
  expect(body).toEqual({ what: 'incident', text: '灯坏了', category: 'facility' });
  expect(spawnInput.safeParse(body).success).toBe(true);
  expect(objection('report', {}, { text: ' ' })).toBe('请写一句出了什么问题。');
});

describe('logging', () => {
  const ME = {
    id: 'p1',
    name: '李敏',
    roles: [{ role: 'worker' as const, area: '990001001001' }],
    areas: ['990001001001'],
  };
  let phone: Pocket;
  let logged: (request: Sent) => Reply;
  const ok = (data: unknown): Reply => ({ statusCode: 200, data });
  const bodies = () =>
    phone.sent.filter(({ method }) => method === 'POST').map(({ data }) => JSON.parse(String(data)) as object);
  const fill = (page: OpenPage, values: object) => {
    for (const [name, value] of Object.entries(values)) page.set?.({ detail: { name, value } });
  };
  const open = async (query: Record<string, string> = {}) => {
    const page = await phone.visit('work/log/log', query);
    await settle();
    return page;
  };

  beforeEach(async () => {
    phone = await phoneOf(ME);
    logged = () => ok(visit());
    phone.answer((request) => (request.method === 'POST' ? logged(request) : ok({ items: [] })));
  });
  afterEach(() => phone.putAway());

  it('for one person takes nothing of another along, unless it was begun for the same', async () => {
    await open({ kind: 'visit', person: 'a' });
    phone.back();
    const second = await open({ kind: 'visit', person: 'b' });
    expect(second.data.values).toMatchObject({ persons: ['b'] });
    fill(second, { found: '药吃完了' });
    phone.back();
    expect((await open({ person: 'a' })).data.values).toMatchObject({ persons: ['a'], found: '' });
    phone.back();
    expect((await open({ person: 'b' })).data.values).toMatchObject({ persons: ['b'], found: '药吃完了' });
  });

  it('offers those one serves, and whom it was opened for; and whom one looks in on as a neighbour', async () => {
    const row = (id: string, name: string, more: object) => ({ id, person: { id, name }, colourWord: '红色', ...more });
    phone.answer(({ url }) => {
      const one = new URL(url).searchParams.get('person') === 'k';
      const mine = [row('a', '王*', { flags: [] }), row('n', '韦大山', {})];
      return ok({ items: one ? [row('k', '石*', { flags: [] })] : mine });
    });
    const page = await open({ person: 'k' });
    const seen = page.data.seen as { name: string; options: { label: string }[] }[];
    expect(seen.find(({ name }) => name === 'persons')?.options.map(({ label }) => label)).toEqual([
      '石*（红色）',
      '王*（红色）',
      '韦大山（红色）',
    ]);
  });

  it('keeps what was typed on the screen when something is chosen, and begins a wish with it', async () => {
    const page = await open();
    fill(page, { found: '灯坏了', well: false });
    expect(page.data.values).toMatchObject({ found: '灯坏了', well: false });
    fill(page, { wished: true });
    expect(page.data.values).toMatchObject({ wish: '灯坏了' });
  });

  it('makes an incident beside the wish, each in words of its own, and leads to both', async () => {
    const page = await open();
    fill(page, { found: '楼道灯坏了', reported: true });
    expect(page.data.values).toMatchObject({ incident: '楼道灯坏了', wish: '' });
    fill(page, { incident: ' ' });
    await page.send?.();
    expect(page.data.more).toContainEqual(
      expect.objectContaining({ name: 'incident', wrong: '请写一句出了什么问题，或者把它关掉。' }),
    );
    expect(page.data.state).toMatchObject({ trouble: '还差一处，请看上面的红字。' });
    fill(page, { incident: '3单元楼道灯坏了', wished: true, wish: '想换个灯泡' });
    const made = ['wish', 'incident'].map((kind, nth) => ({ kind, id: `made${nth}`, number: nth + 1 }));
    logged = () => ok(visit({ spawned: made }));
    await page.send?.();
    expect(bodies()).toMatchObject([
      { wish: { what: 'wish', text: '想换个灯泡' }, incident: { text: '3单元楼道灯坏了', category: 'facility' } },
    ]);
    expect(refusedBy(phone.sent)).toEqual([]);
    const rows = page.data.spawned as { made: string; url: string }[];
    expect(rows.map((one) => one.made)).toEqual(['登记了微心愿1号', '上报了事件2号']);
    page.look?.(from({ url: rows[1]?.url ?? '' }));
    expect(phone.did.at(-1)).toMatchObject(['navigateTo', { url: '/pages/incident/incident?id=made1' }]);
  });

  it('an incident whose words tell of danger is shown with whom to call', () => {
    const made = [
      { kind: 'incident', id: 'made1', number: 1, danger: true },
      { kind: 'incident', id: 'made2', number: 2 },
    ] as const;
    expect(spawnedRows({ spawned: made }).map(({ danger }) => danger)).toEqual([true, false]);
  });

  it('an incident written without a network is kept with the rest, and sent once', async () => {
    const page = await open();
    fill(page, { found: '楼道灯坏了', reported: true });
    logged = () => 'offline';
    await page.send?.();
    expect(page.data).toMatchObject({ step: 'kept', unsent: 1 });
    phone.back();
    logged = () => ok(visit());
    await open();
    expect(bodies()).toHaveLength(2);
    expect(bodies()[1]).toEqual(bodies()[0]);
    expect(bodies()[1]).toMatchObject({ incident: { text: '楼道灯坏了' } });
  });

  it('that is like one of the same day is asked about, and logged only when it is another', async () => {
    const page = await open({ person: 'a' });
    logged = ({ data }) =>
      (JSON.parse(String(data)) as { once: boolean }).once
        ? { statusCode: 409, data: { code: 'logged_already', detail: '今天已经记过一条一样的。' } }
        : ok(visit());
    phone.say({ confirm: false });
    await page.send?.();
    expect(page.data).toMatchObject({ step: 'write', state: { trouble: '今天已经记过一条一样的。' } });
    phone.say({ confirm: true });
    await page.send?.();
    expect(page.data.step).toBe('done');
    expect(bodies()).toMatchObject([{ once: true }, { once: true }, { once: false }]);
  });

  it('without a network is kept, and sent once when the week is opened again', async () => {
    const page = await open({ person: 'a' });
    logged = () => 'offline';
    await page.send?.();
    expect(page.data).toMatchObject({ step: 'kept', unsent: 1 });
    logged = () => ok(visit());
    const week = await phone.visit('work/duties/duties');
    await settle();
    expect(week.data).toMatchObject({ said: expect.stringContaining('1条'), unsent: 0 });
    const keys = phone.sent.filter(({ method }) => method === 'POST').map(({ header }) => header['idempotency-key']);
    expect([bodies().length, new Set(keys).size]).toEqual([2, 1]);
    phone.back();
    await phone.visit('work/duties/duties');
    await settle();
    expect(bodies()).toHaveLength(2);
    expect(refusedBy(phone.sent)).toEqual([]);
  });

  it('that was refused later is opened again with the reason, and nothing is lost', async () => {
    const page = await open();
    fill(page, { found: '门没关好', place: '2栋' });
    logged = () => 'offline';
    await page.send?.();
    phone.back();
    logged = () => ({ statusCode: 422, data: { code: 'too_long_ago', detail: '只能补记最近30天的走访。' } });
    const again = await open();
    expect(again.data).toMatchObject({
      unsent: 0,
      said: '有1条没有记上：只能补记最近30天的走访。',
      values: { found: '门没关好', place: '2栋' },
    });
  });
});

it('a secretary comes from a worker of the week to what that worker logged', async () => {
  const phone = await phoneOf({
    id: 's',
    name: '陈建国',
    roles: [{ role: 'secretary', area: '990001001001' }],
    areas: [],
  });
  const worker = { id: W1, name: '李敏', all: 2, done: 1, late: 0 };
  phone.answer(({ url }) => ({
    statusCode: 200,
    data: url.includes('/areas/') ? { workers: [worker], nobody: 0, all: 2, done: 1, items: [] } : { items: [visit()] },
  }));
  const week = await phone.visit('work/duties/duties', { area: '990001001001' });
  await settle();
  week.logged?.(from({ id: W1 }));
  const [, { url }] = phone.did.at(-1) ?? ['', {}];
  const [path = '', search = ''] = String(url).split('?');
  const list = await phone.visit(
    path.slice(1),
    Object.fromEntries(search.split('&').map((one) => one.split('=')) as [string, string][]),
  );
  await settle();
  expect(list.data).toMatchObject({ whose: '李敏', list: { items: [{ id: 'v1' }] } });
  expect(phone.sent.at(-1)?.url).toContain(`/visits?area=990001001001&by=${W1}`);
  expect(refusedBy(phone.sent.filter(({ url: asked }) => asked.includes('/visits')))).toEqual([]);
  phone.putAway();
});

describe('a visit', () => {
  it('is spot-checked in words, and a doubt needs some', async () => {
    const phone = await phoneOf({
      id: 's',
      name: '陈建国',
      roles: [{ role: 'secretary', area: '990001001001' }],
      areas: [],
    });
    const seen = visit({ moves: ['check'] });
    phone.answer(({ method }) => ({
      statusCode: 200,
      data:
        method === 'POST'
          ? {
              ...seen,
              checks: [{ by: { id: 's', name: '陈建国' }, at: NOW.toISOString(), agreed: false, words: '没人来过' }],
            }
          : seen,
    }));
    const page = await phone.visit('work/visit/visit', { id: 'v1' });
    await settle();
    page.choose?.(from({ name: 'doubt' }));
    await page.send?.();
    expect(page.data.wrong).toBe('请填写“哪里对不上”。');
    page.fill?.({ detail: { name: 'words', value: '没人来过' } });
    await page.send?.();
    expect(JSON.parse(String(phone.sent.at(-1)?.data))).toEqual({ agreed: false, words: '没人来过' });
    expect(page.data).toMatchObject({ form: '', checks: [{ text: '陈建国抽查：和实际对不上，没人来过' }] });
    phone.putAway();
  });
});
