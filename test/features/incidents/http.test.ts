/** Incidents over the real API: from report to confirmation, and what each may read on the way. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/core/caller.ts';
import { DAY, MINUTE } from '../../../src/core/time.ts';
import { areas } from '../../../src/features/areas/index.ts';
import type { IncidentCounts } from '../../../src/features/incidents/counts.ts';
import {
  type IncidentDoc,
  type IncidentView,
  incidents,
  type ListedIncident,
  runIncidentDeadlines,
} from '../../../src/features/incidents/index.ts';
import { incidentEvents } from '../../../src/features/incidents/live.ts';
import { actorOf, type Person, people } from '../../../src/features/people/index.ts';
import { type TestApi, testApi } from '../../support/api.ts';
import { makeCommunity, makePerson, type TestCommunity } from '../../support/house.ts';

let api: TestApi;
let here: TestCommunity;
const cast: Record<string, Person> = {};

beforeAll(async () => {
  api = await testApi([areas, people, incidents]);
  here = await makeCommunity(api.house, { name: '幸福里社区' });
  const elsewhere = await makeCommunity(api.house, { name: '阳光社区' });
  const [grid = ''] = here.grids;
  const make = async (name: string, roles: Parameters<typeof makePerson>[1]['roles'], area = grid) => {
    cast[name] = await makePerson(api.house, { name, area, ...(roles && { roles }) });
  };
  await Promise.all([
    make('王桂芳', ['resident']),
    make('刘小燕', ['resident']),
    make('李强', ['worker']),
    make('周敏', ['worker']),
    make('吴刚', [{ role: 'grid_worker', area: grid }]),
    make('韦联户', [{ role: 'household_lead', area: grid }]),
    make('陈建国', ['secretary']),
    make('郑督', [{ role: 'supervisor', area: here.street }]),
    make('钱远', ['worker'], elsewhere.grids[0]),
    make('罗管', [{ role: 'admin', area: here.city }]),
  ]);
});
afterAll(() => api.close());

async function ask<T = IncidentView>(
  who: string,
  method: string,
  path: string,
  body?: unknown,
  status = 200,
): Promise<T> {
  const answer = await api.call(cast[who], method, path, body);
  expect([answer.status, answer.status === status ? '' : answer.body]).toEqual([status, '']);
  return answer.body as T;
}
const report = (who: string, body: object = {}) =>
  ask(
    who,
    'POST',
    '/incidents',
    { text: '3栋楼下的路灯坏了，我是王桂芳，电话13812345678', category: 'facility', ...body },
    201,
  );
const move = (who: string, { id }: { id: string }, name: string, body: unknown = {}, status = 200) =>
  ask(who, 'POST', `/incidents/${id}/${name}`, body, status);
const code = async (who: string, { id }: { id: string }, name: string, body: unknown = {}) =>
  ((await api.call(cast[who], 'POST', `/incidents/${id}/${name}`, body)).body as { code?: string }).code;

describe('an incident over HTTP', () => {
  it('goes the five steps of the city from report to confirmation', async () => {
    const made = await report('王桂芳', { place: { address: '3栋2单元501' } });
    expect(made).toMatchObject({ state: 'reported', step: 1, stepWord: '信息收集', address: '3栋2单元501', own: true });
    const triaged = await move('吴刚', made, 'triage', { urgency: 'soon' });
    expect(triaged).toMatchObject({ state: 'triaged', step: 2, stepWord: '问题发现', urgencyWord: '较急' });
    expect(triaged).not.toHaveProperty('address');
    const taken = await move('李强', made, 'take');
    expect(taken).toMatchObject({ state: 'dispatched', step: 3, stepWord: '任务分办', handler: { name: '李强' } });
    const helped = await move('李强', made, 'assist', { person: cast.周敏?._id, words: '请带梯子来' });
    expect(helped).toMatchObject({ state: 'assisting', step: 4, stepWord: '协同处置', helpers: [{ name: '周敏' }] });
    const done = await move('李强', made, 'resolve', { note: '换了新灯泡' });
    expect(done).toMatchObject({ state: 'resolved', step: 5, stepWord: '结果反馈' });
    const over = await move('王桂芳', made, 'confirm', { satisfied: true });
    expect(over).toMatchObject({ state: 'confirmed', rating: { satisfied: true }, moves: [] });
    expect(over.history.map((one) => one.move)).toEqual(['report', 'triage', 'take', 'assist', 'resolve', 'confirm']);
  });

  it('of two who take it at once one has it, and the other hears so', async () => {
    const made = await report('王桂芳');
    await move('吴刚', made, 'triage', { urgency: 'usual' });
    const answers = await Promise.all(
      ['李强', '周敏'].map((who) => api.call(cast[who], 'POST', `/incidents/${made.id}/take`, {})),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'already_taken' });
  });

  it('is sent back once, and then the street decides', async () => {
    const made = await report('王桂芳');
    await move('吴刚', made, 'triage', { urgency: 'usual' });
    await move('李强', made, 'take');
    await move('李强', made, 'reject', { reason: '不归我管' });
    await move('陈建国', made, 'dispatch', { to: cast.周敏?._id });
    expect(await code('周敏', made, 'reject', { reason: '也不归我管' })).toBe('rejected_once');
    expect(await move('周敏', made, 'raise', { reason: '请社区定' })).toMatchObject({
      state: 'triaged',
      level: 'community',
    });
    expect(await code('郑督', made, 'dispatch', { to: cast.李强?._id })).toBe('not_found');
    expect(await move('陈建国', made, 'raise', { reason: '要供电所' })).toMatchObject({ level: 'street' });
    expect(await code('李强', made, 'take')).toBe('forbidden');
    expect(await move('郑督', made, 'dispatch', { to: cast.李强?._id })).toMatchObject({
      state: 'dispatched',
      reports: [],
    });
    expect(await code('李强', made, 'reject', { reason: '还是不归我管' })).toBe('street_decided');
    expect(await move('郑督', made, 'assist', { unit: '供电所', words: '请来看线路' })).toMatchObject({
      state: 'assisting',
      helpers: [{ name: '供电所', unit: true }],
    });
  });

  it('tells nobody who need not know who reported it, nor any number', async () => {
    const made = await report('王桂芳', { place: { address: '3栋2单元501' } });
    await move('韦联户', made, 'look', { words: '灯是不亮' });
    await move('吴刚', made, 'triage', { urgency: 'usual' });
    for (const who of ['韦联户']) {
      const seen = await ask(who, 'GET', `/incidents/${made.id}`);
      expect(JSON.stringify(seen)).not.toMatch(/王桂芳|13812345678|3栋2单元501/u);
      expect(seen).toMatchObject({ reports: [], others: 1 });
    }
    expect((await ask('吴刚', 'GET', `/incidents/${made.id}`)).reports).toMatchObject([{ name: '王桂芳' }]);
    for (const who of ['刘小燕', '钱远', '郑督']) await ask(who, 'GET', `/incidents/${made.id}`, undefined, 404);
  });

  it('is listed for those who may see it, the more urgent first', async () => {
    const danger = await report('王桂芳', { text: '楼道里煤气味很重，有人晕倒了', danger: true });
    expect(danger).toMatchObject({ state: 'triaged', urgency: 'danger' });
    type List = { items: ListedIncident[]; next?: string };
    const all = await ask<List>('吴刚', 'GET', `/incidents?area=${here.community}&column=waiting&limit=2`);
    expect(all.items[0]?.id).toBe(danger.id);
    const mine = await ask<List>('王桂芳', 'GET', '/incidents?mine=true');
    expect(mine.items.every(({ own }) => own)).toBe(true);
    expect((await ask<List>('刘小燕', 'GET', `/incidents?area=${here.community}`)).items).toEqual([]);
    const street = await ask<List>('郑督', 'GET', `/incidents?area=${here.street}`);
    expect(street.items.map(({ level }) => level)).toEqual(['street']);
    const handling = await ask<List>('李强', 'GET', '/incidents?handling=true&column=handling');
    expect(handling.items.length).toBeGreaterThan(0);
    expect(await ask('吴刚', 'GET', `/areas/${here.community}/incidents/${danger.number}`)).toMatchObject({
      id: danger.id,
    });
  });

  it('is one with another that was reported before: both reporters are told, neither learns of the other', async () => {
    const first = await report('王桂芳');
    const second = await report('刘小燕', { text: '路灯不亮，我是刘小燕' });
    expect(await code('吴刚', first, 'merge', { into: second.id })).toBe('merge_into_earlier');
    expect(await move('吴刚', second, 'merge', { into: first.id })).toMatchObject({ state: 'merged' });
    await move('吴刚', first, 'triage', { urgency: 'usual' });
    await move('李强', first, 'take');
    await move('李强', first, 'resolve', { note: '换了新灯泡' });
    const mine = await ask('王桂芳', 'GET', `/incidents/${first.id}`);
    expect(mine).toMatchObject({ others: 1, reports: [{ name: '王桂芳', own: true }] });
    expect(JSON.stringify(mine)).not.toContain('刘小燕');
    const theirs = await ask('刘小燕', 'GET', `/incidents/${second.id}`);
    expect(theirs).toMatchObject({ mergedInto: { number: first.number, state: 'resolved', stateWord: '待确认' } });
    expect(JSON.stringify(theirs)).not.toContain('王桂芳');
    await ask('刘小燕', 'GET', `/incidents/${first.id}`, undefined, 404);
    const { outbox } = (await api.house.model<IncidentDoc>('incident').findById(first.id).lean<IncidentDoc>()) ?? {
      outbox: [],
    };
    const follow = outbox
      .filter(({ message }) => message === 'incident.followResolved')
      .map(({ to, data }) => [to, data.number]);
    expect(follow).toContainEqual([{ person: cast.刘小燕?._id }, second.number]);
    expect(await code('王桂芳', first, 'withdraw')).toBe('wrong_state');
    // Each says under their own number whether it is solved; the first who is unhappy has it done again.
    expect(theirs.moves).toEqual(['confirm']);
    expect(await move('王桂芳', first, 'confirm', { satisfied: true })).toMatchObject({ state: 'resolved', moves: [] });
    expect(await code('王桂芳', first, 'confirm', { satisfied: true })).toBe('already_answered');
    const words = '我是刘小燕，还是不亮';
    expect(await move('刘小燕', second, 'confirm', { satisfied: false, words })).toMatchObject({
      state: 'merged',
      mergedInto: { state: 'reopened' },
      moves: ['add'],
    });
    expect(JSON.stringify(await ask('王桂芳', 'GET', `/incidents/${first.id}`))).not.toContain('刘小燕');
    expect(await code('刘小燕', first, 'confirm', { satisfied: true })).toBe('not_found');
    await move('李强', first, 'resolve', { note: '线也换了' });
  });

  it('is warned of and escalated by its job, each step once however often it runs', async () => {
    const made = await report('王桂芳', { text: '有人掉进井里了', danger: true });
    const start = api.clock.now().getTime();
    const lines: string[] = [];
    for (const minutes of [2, 8, 8, 16, 30, 61, 61]) {
      const now = new Date(start + minutes * MINUTE);
      lines.push(...(await runIncidentDeadlines({ now, dryRun: true }, api.house)).lines.map((line) => `dry ${line}`));
      lines.push(...(await runIncidentDeadlines({ now, dryRun: false }, api.house)).lines);
    }
    const ours = lines
      .filter((line) => line.includes(`事件${made.number}号`))
      .map((line) => line.replace(/^(dry )?.*号 /u, '$1'));
    const steps = ['warn dispatch', 'escalate dispatch secretary', 'escalate dispatch street'];
    expect(ours).toEqual(steps.flatMap((step) => [`dry ${step}`, step]));
  });

  it('is opened by whoever was told of it, who see what they were told and no more', async () => {
    await api.house
      .model<Person>('people')
      .updateOne({ _id: cast.刘小燕?._id ?? '' }, { $set: { sentinel: cast.钱远?._id ?? '' } });
    const words = { text: '我是刘小燕，厨房起火了', danger: true };
    const made = await report('刘小燕', words);
    const glance = { title: expect.any(String), state: 'triaged', reports: [], history: [], moves: [], unmask: false };
    expect(await ask('钱远', 'GET', `/incidents/${made.id}`)).toMatchObject(glance);
    expect(JSON.stringify(await ask('钱远', 'GET', `/incidents/${made.id}`))).not.toContain('刘小燕');
    await ask('钱远', 'POST', `/incidents/${made.id}/unmask`, { why: '看看' }, 404);
    await ask('郑督', 'GET', `/incidents/${made.id}`, undefined, 404);
    const now = new Date(api.clock.now().getTime() + DAY);
    await runIncidentDeadlines({ now, dryRun: false }, api.house);
    expect(await ask('郑督', 'GET', `/incidents/${made.id}`)).toMatchObject(glance);
    type List = { items: ListedIncident[] };
    const street = await ask<List>('郑督', 'GET', `/incidents?area=${here.street}`);
    expect(street.items.map(({ id }) => id)).not.toContain(made.id);
    // Of a community without a secretary the street is told instead.
    const quiet = await makeCommunity(api.house, { name: '安静社区' });
    cast.陶然 = await makePerson(api.house, { name: '陶然', area: quiet.grids[0] ?? '' });
    const there = await report('陶然', { text: '楼下的灯坏了' });
    expect(await ask('郑督', 'GET', `/incidents/${there.id}`)).toMatchObject({ state: 'reported', reports: [] });
  });

  it('is counted by state, category and level, and where it happens again and again', async () => {
    const exact = await ask<IncidentCounts>('陈建国', 'GET', `/incidents/counts?area=${here.community}`);
    const sum = (column: Record<string, number | null>) =>
      Object.values(column).reduce((all: number, one) => all + (one ?? 0), 0);
    expect(exact.suppressed).toBe(false);
    expect([sum(exact.states), sum(exact.categories), sum(exact.levels)]).toEqual([
      exact.total,
      exact.total,
      exact.total,
    ]);
    expect(exact).toMatchObject({ solved: 2, inTimePercent: 100 });
    const street = await ask<IncidentCounts>('郑督', 'GET', `/incidents/counts?area=${here.street}`);
    expect(street).toMatchObject({ suppressed: true, from: '2026-03-01', to: '2026-03-31' });
    for (const column of [street.states, street.categories, street.levels])
      expect(Object.values(column).filter((one) => one !== null && one > 0 && one < 5)).toEqual([]);
    type Spots = { items: { grid: string; name: string; category: string; count: number; open: number | null }[] };
    const spots = await ask<Spots>('陈建国', 'GET', `/incidents/hot-spots?area=${here.community}`);
    expect(spots.items[0]).toMatchObject({ grid: here.grids[0], name: '幸福里社区 · 第1网格', category: 'facility' });
    const told = await ask<Spots>('郑督', 'GET', `/incidents/hot-spots?area=${here.street}`);
    expect(told.items.every(({ count, open }) => count >= 5 && (open === null || open === 0 || open >= 5))).toBe(true);
    const postedAt = new Date(+api.clock.now() - 36 * 3_600_000);
    const grid = here.grids[0] ?? '';
    await api.house.model('incident').updateMany({ areas: grid }, { $set: { postedAt, category: 'facility' } });
    // Two spans of days that begin in the same month differ by nothing: what happened on one day is nobody's to find out.
    const spans = [1, 2, 3].map((days) =>
      ask<Spots>('郑督', 'GET', `/incidents/hot-spots?area=${here.street}&days=${days}`),
    );
    const asked = (await Promise.all(spans)).map(({ items }) => items);
    expect(asked[0]).toHaveLength(1);
    expect(new Set(asked.map((items) => JSON.stringify(items))).size).toBe(1);
    for (const path of ['counts', 'hot-spots'])
      expect((await api.call(cast.王桂芳, 'GET', `/incidents/${path}?area=${here.community}`)).status).toBe(403);
  });

  it('is followed live by those who serve the place', async () => {
    const [area] = [here.community];
    const caller = (who: string): Caller => {
      const actor = actorOf(cast[who] as Person, 'api');
      return { actor, ability: api.house.abilityOf(actor), now: api.clock.now() };
    };
    const end = new AbortController();
    expect(() => incidentEvents(api.house, caller('王桂芳'), area, end.signal)).toThrow('forbidden');
    const events = incidentEvents(api.house, caller('李强'), area, end.signal);
    const next = events.next();
    const change = {
      aggregate: 'incident',
      id: 'a'.repeat(24),
      areas: [],
      from: null,
      state: 'reported',
      version: 1,
      move: 'report',
      told: true,
    };
    // Whoever listens is there once the subscription is: the message is sent until it was heard.
    const sending = setInterval(() => void api.house.coordination.publish(`board:${area}`, change), 5);
    expect((await next).value).toMatchObject({ event: 'incident', data: { state: 'reported', move: 'report' } });
    clearInterval(sending);
    end.abort();
    await events.return(undefined);
  });

  it('says whom it can be given to, the nearest first, to whoever gives it out and to nobody else', async () => {
    const made = await report('王桂芳');
    await move('吴刚', made, 'triage', { urgency: 'usual' });
    const path = `/incidents/${made.id}/candidates`;
    const names = async (who: string) => {
      const { items } = await ask<{ items: { name: string; title: string }[] }>(who, 'GET', path);
      expect(items.map((one) => Object.keys(one).sort())).toEqual(items.map(() => ['id', 'name', 'title']));
      return items.map(({ name, title }) => `${title}${name}`);
    };
    const serving = await names('吴刚');
    expect(serving[0]).toBe('网格员吴刚');
    expect([...serving].sort()).toEqual(['书记陈建国', '社区工作者周敏', '社区工作者李强', '网格员吴刚'].sort());
    await ask('王桂芳', 'GET', path, undefined, 403);
    await ask('刘小燕', 'GET', path, undefined, 404);
    await ask('郑督', 'GET', path, undefined, 404);
    await move('吴刚', made, 'raise', { reason: '请社区定' });
    await move('陈建国', made, 'raise', { reason: '要供电所' });
    expect(await names('郑督')).toEqual(serving);
  });

  it('has targets of its own in each area', async () => {
    const path = `/areas/${here.community}/incident-targets`;
    const before = await ask<{ targets: Record<string, object> }>('王桂芳', 'GET', path);
    expect(before.targets.grid).toMatchObject({ danger: { minutes: 60, clock: 'always' }, usual: { days: 7 } });
    expect((await api.call(cast.陈建国, 'PUT', path, { grid: { usual: { days: 5 } } })).status).toBe(403);
    const put = await api.call(cast.罗管, 'PUT', path, { grid: { usual: { days: 5 } } });
    expect(put).toMatchObject({ status: 200, body: { targets: { grid: { usual: { days: 5 }, long: { days: 15 } } } } });
    expect((await api.call(cast.罗管, 'PUT', path, { grid: { usual: { minutes: 0, clock: 'never' } } })).status).toBe(
      400,
    );
    const made = await report('王桂芳');
    const triaged = await move('吴刚', made, 'triage', { urgency: 'usual' });
    const days = (Date.parse(triaged.due.done ?? '') - api.clock.now().getTime()) / DAY;
    expect(Math.floor(days)).toBe(5);
  });
});
