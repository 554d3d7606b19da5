/** What one may make in an hour: only what is made counts, and how long to wait is said as people say it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DemoName, demo } from '../../scripts/seed/demo.ts';
import { addDays, dayOf } from '../../src/core/time.ts';
import { type WholeApp, wholeApp } from '../support/app.ts';
import { FIRES } from '../support/fires.ts';
import { makePerson } from '../support/house.ts';

let whole: WholeApp;
beforeAll(async () => {
  whole = await wholeApp();
  await whole.app.house.model('duty_packs').collection.insertOne({ _id: 'fires::1', pack: FIRES } as never);
  for (let n = 0; n <= 30; n += 1) await makePerson(whole.app.house, { id: wardId(n), area: GRID });
}, 60_000);
afterAll(() => whole.close());

/** So many of the first are sent twice, as a phone with a bad line does. */
const SENT_AGAIN = 3;
const NOBODY = 'f'.repeat(24);
const GRID = '990001001001G01';
const WORKERS = ['李敏', '周强', '赵小燕', '何春梅', '罗志勇', '韦光明', '杨秀花'] as const;
const OCCASIONS = ['transfer', 'commendation', 'setback', 'illness', 'family', 'conflict'] as const;
/** Residents who are in nobody's care yet. */
const wardId = (n: number): string => `ca${String(n).padStart(22, '0')}`;
const caring = (person: string) => ({
  person,
  kind: 'hardship',
  reason: '低保',
  consent: { by: 'self', at: dayOf(new Date()) },
  reviewBy: addDays(dayOf(new Date()), 90),
  colour: 'green',
});
interface Making {
  path: string;
  /** The grandmother, unless it takes somebody else. */
  who?: DemoName;
  right: (n: number) => unknown;
  wrong: readonly unknown[];
  most: number;
  /** Somebody whose own it still bears; a neighbour with the same unless said otherwise. */
  other?: { who: DemoName; body: unknown } | 'none';
  /** False where an answer is not kept under its key. */
  kept?: false;
}

/** What makes something, what is refused of it before and after the form is looked at, and how much of it an hour (of topics a day) bears. */
const MAKING: readonly Making[] = [
  {
    path: '/wishes',
    right: (n: number) => ({ text: `想要第${n}床被子`, category: 'goods' }),
    wrong: [
      {},
      { text: '想要一床被子' },
      { text: '想要一床被子', category: 'goods', photos: [NOBODY] },
      { text: '想要一床被子', category: 'goods', area: '990001' },
      { text: '想要一床被子', category: 'goods', for: { person: NOBODY } },
    ],
    most: 20,
  },
  {
    path: '/incidents',
    right: (n: number) => ({ text: `楼下第${n}盏路灯坏了`, category: 'facility' }),
    wrong: [
      {},
      { text: '路灯坏了', photos: [NOBODY] },
      { text: '路灯坏了', place: { area: '990001' } },
      { text: '路灯坏了', for: { person: NOBODY } },
    ],
    most: 20,
  },
  // Residents are stopped sooner, in words of its own: see test/features/topics/flood.test.ts.
  {
    path: '/topics',
    who: '陈建国',
    right: (n: number) => ({ text: `楼下要装第${n}盏路灯` }),
    wrong: [{}, { text: 7 }],
    most: 10,
  },
  { path: '/handoffs', right: (n: number) => ({ text: `电话打不通${n}` }), wrong: [{}, { text: 7 }], most: 10 },
  {
    path: '/talks',
    who: '陈建国',
    right: (n) => ({ worker: demo.ids[WORKERS[n % 7] ?? '李敏'], occasion: OCCASIONS[Math.floor(n / 7)] }),
    wrong: [{}, { occasion: 'illness' }, { worker: NOBODY, occasion: 'illness' }],
    most: 30,
    other: { who: '李敏', body: { occasion: 'own_request' } },
  },
  {
    path: '/care-visits',
    who: '陈建国',
    // The same person on the same day and account is one care visit.
    right: (n) => ({ worker: demo.ids.李敏, day: addDays(dayOf(new Date()), -n), kind: 'illness' }),
    wrong: [{}, { worker: NOBODY, day: dayOf(new Date()), kind: 'illness' }],
    most: 20,
    other: 'none',
  },
  {
    path: '/care',
    who: '陈建国',
    kept: false,
    right: (n) => caring(wardId(n)),
    wrong: [{}, caring(NOBODY), caring(demo.ids.王秀英), { ...caring(wardId(0)), reviewBy: '2020-01-01' }],
    most: 30,
    other: 'none',
  },
  {
    path: '/visits',
    who: '李敏',
    kept: false,
    right: (n) => ({ households: n + 1 }),
    wrong: [{ households: -1 }, {}, { households: 1, day: '2020-01-01' }, { households: 1, persons: [NOBODY] }],
    most: 60,
    other: { who: '周强', body: { households: 1 } },
  },
  {
    path: '/duty-events',
    who: '李敏',
    right: () => ({ event: 'fire', area: GRID, bearer: demo.ids.李敏 }),
    wrong: [{}, { event: 'unknown', area: GRID }, { event: 'fire', area: GRID, bearer: NOBODY }],
    most: 20,
    other: { who: '周强', body: { event: 'fire', area: GRID, bearer: demo.ids.李敏 } },
  },
];

it('every route that makes a document of an aggregate is tried here', () => {
  const aggregates = new Set(whole.app.features.flatMap(({ lifecycles }) => lifecycles.map(({ name }) => name)));
  const making = whole.app.features
    .flatMap(({ routes }) => routes)
    .filter(
      ({ status, path }) => status === 201 && aggregates.has(path.slice(1).replace('-', '_').replace(/e?s$/u, '')),
    );
  expect(making.map(({ path }) => path).sort()).toEqual(MAKING.map(({ path }) => path).sort());
});

for (const { path, who = '王秀英', right, wrong, most, other, kept = true } of MAKING) {
  it(`POST ${path}: what is refused, or sent again, uses up nothing of it`, async () => {
    const maker = whole.ids[who];
    // Had one of them used up anything, or one that is sent again, the last good one would be one too many.
    for (const one of wrong) {
      const { status } = await whole.ask(maker, 'POST', path, one);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).not.toBe(429);
    }
    for (let n = 0; n < most; n += 1) {
      const headers = {
        ...(await whole.signed(maker)),
        'content-type': 'application/json',
        'idempotency-key': `${path}${n}`,
      };
      // What shows what is sealed is not kept to be said again: it is done again, and comes to the same.
      for (const replayed of n < SENT_AGAIN ? [null, kept ? 'true' : null] : [null]) {
        const answer = await fetch(`${whole.address}/api/v1${path}`, {
          method: 'POST',
          headers,
          body: JSON.stringify(right(n)),
        });
        expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([201, replayed]);
      }
    }
    expect(await whole.ask(maker, 'POST', path, wrong[0])).toMatchObject({ status: 400 });
    expect(await whole.ask(maker, 'POST', path, right(most))).toMatchObject({
      status: 429,
      body: { code: 'too_many_requests', detail: expect.stringMatching(/^操作太频繁了，请等1(?:小时|天)再试。$/u) },
    });
    if (other === 'none') return;
    const neighbour = other ?? { who: '孙桂芳', body: right(most) };
    expect((await whole.ask(whole.ids[neighbour.who], 'POST', path, neighbour.body)).status).toBe(201);
  }, 120_000);
}

it('what is reported of visits counts with what is reported by itself, and a visit keeps only what was made', async () => {
  const maker = whole.ids.杨秀花;
  const log = async () => {
    const { body } = await whole.ask(maker, 'POST', '/visits', { households: 1 });
    return (body as { id: string }).id;
  };
  const report = (visit: string, n: number) =>
    whole.ask(maker, 'POST', `/visits/${visit}/spawn`, { what: 'incident', text: `第${n}盏路灯坏了` });
  const visits = [await log(), await log(), await log()];
  for (let n = 0; n < 20; n += 1) {
    // The same once more is the same one.
    for (const _again of [1, 2]) expect((await report(visits[n < 10 ? 0 : 1] ?? '', n)).status).toBe(200);
  }
  expect(await report(visits[0] ?? '', 20)).toMatchObject({ status: 409, body: { code: 'too_many_spawned' } });
  expect((await report(visits[2] ?? '', 20)).status).toBe(429);
  expect((await whole.ask(maker, 'POST', '/incidents', { text: '路灯坏了' })).status).toBe(429);
  expect((await whole.ask(maker, 'GET', `/visits/${visits[2]}`)).body).toMatchObject({ spawned: [] });
});

it('an emergency is never one too many', async () => {
  const urgent = { text: '我老伴摔倒了起不来', urgent: true };
  for (let n = 0; n < 12; n += 1)
    expect((await whole.ask(whole.ids.马德福, 'POST', '/handoffs', urgent)).status).toBe(201);
  const danger = { text: '楼道里煤气味很重', danger: true };
  for (let n = 0; n < 22; n += 1)
    expect((await whole.ask(whole.ids.马德福, 'POST', '/incidents', danger)).status).toBe(201);
});
