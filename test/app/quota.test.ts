/** What one may make in an hour: only what is made counts, and how long to wait is said as people say it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type WholeApp, wholeApp } from '../support/app.ts';

let whole: WholeApp;
beforeAll(async () => {
  whole = await wholeApp();
}, 60_000);
afterAll(() => whole.close());

const NOBODY = 'f'.repeat(24);
/** What makes something, what is refused of it before and after the form is looked at, and how much of it an hour (of topics a day) bears. */
const MAKING = [
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
  // Residents are stopped sooner, in words of its own: see test/features/topics/flood.test.ts.
  {
    path: '/topics',
    who: '陈建国' as const,
    right: (n: number) => ({ text: `楼下要装第${n}盏路灯` }),
    wrong: [{}, { text: 7 }],
    most: 10,
  },
  { path: '/handoffs', right: (n: number) => ({ text: `电话打不通${n}` }), wrong: [{}, { text: 7 }], most: 10 },
];

it('every route that makes a document of an aggregate is tried here', () => {
  const aggregates = new Set(whole.app.features.flatMap(({ lifecycles }) => lifecycles.map(({ name }) => name)));
  const making = whole.app.features
    .flatMap(({ routes }) => routes)
    .filter(({ status, path }) => status === 201 && aggregates.has(path.slice(1).replace(/e?s$/u, '')));
  expect(making.map(({ path }) => path).sort()).toEqual(MAKING.map(({ path }) => path).sort());
});

for (const { path, who = '王秀英' as const, right, wrong, most } of MAKING) {
  it(`POST ${path}: what is refused, or sent again, uses up nothing of it`, async () => {
    const granny = whole.ids[who];
    for (let n = 0; n < 2 * most; n += 1) {
      const { status } = await whole.ask(granny, 'POST', path, wrong[n % wrong.length]);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).not.toBe(429);
    }
    for (let n = 0; n < most; n += 1) {
      const headers = {
        ...(await whole.signed(granny)),
        'content-type': 'application/json',
        'idempotency-key': `${path}${n}`,
      };
      for (const replayed of [null, 'true']) {
        const answer = await fetch(`${whole.address}/api/v1${path}`, {
          method: 'POST',
          headers,
          body: JSON.stringify(right(n)),
        });
        expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([201, replayed]);
      }
    }
    expect(await whole.ask(granny, 'POST', path, wrong[0])).toMatchObject({ status: 400 });
    expect(await whole.ask(granny, 'POST', path, right(most))).toMatchObject({
      status: 429,
      body: { code: 'too_many_requests', detail: expect.stringMatching(/^操作太频繁了，请等1(?:小时|天)再试。$/u) },
    });
    expect((await whole.ask(whole.ids.孙桂芳, 'POST', path, right(most))).status).toBe(201);
  });
}

it('an emergency is never one too many', async () => {
  const urgent = { text: '我老伴摔倒了起不来', urgent: true };
  for (let n = 0; n < 12; n += 1)
    expect((await whole.ask(whole.ids.马德福, 'POST', '/handoffs', urgent)).status).toBe(201);
});
