import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliver, NOTICES } from '../../src/core/notice.ts';
import { DAY } from '../../src/core/time.ts';
import { pushRoutes } from '../../src/push/http.ts';
import { createPush, type Delivery, listInbox } from '../../src/push/index.ts';
import { deliveriesOf } from '../../src/push/model.ts';
import { tidy } from '../../src/push/tidy.ts';
import { type Api, NEIGHBOUR, openApi, WORKER } from '../http/support.ts';

let api: Api;
beforeEach(async () => {
  api = await openApi({ routes: [...pushRoutes] });
  const push = createPush({ house: api.house, messages: {}, aggregates: [], channels: [] });
  for (const name of Object.keys(push.models)) await api.house.model(name).createIndexes();
});
afterEach(() => api.close());

const delivery = (key: string, to: string, at: Date, rest: Partial<Delivery> = {}): Delivery => ({
  _id: `${key}:${to}`,
  to,
  message: 'wish.claimed',
  title: '有人来帮忙了',
  text: `${key}的消息`,
  data: { secret: 'not for the reader' },
  urgent: false,
  state: 'sent',
  channel: 'inbox',
  attempts: 0,
  createdAt: at,
  ...rest,
});

/** As its reader knows it. */
const keyOf = (id: string): string => api.house.vault.fingerprint(`inbox\n${id}`);
const minute = (n: number) => new Date(api.house.clock.now().getTime() + n * 60_000);
const insert = (...all: Delivery[]) => deliveriesOf(api.house).insertMany(all);
const get = async (path: string) => (await api.call('GET', `/api/v1${path}`)).json() as Promise<Record<string, never>>;
const post = (path: string, json: unknown) => api.call('POST', `/api/v1${path}`, { json });

test('everybody reads their own, newest first, queued or not, and nobody another’s', async () => {
  await insert(
    delivery('a', WORKER, minute(1), { link: '/pages/wish/wish?id=1' }),
    delivery('b', WORKER, minute(2), { state: 'queued', via: 'wechaty', nextAt: minute(900), urgent: true }),
    delivery('c', NEIGHBOUR, minute(3)),
    delivery('d', WORKER, minute(0), { state: 'dead', readAt: minute(5) }),
  );
  expect(await get('/inbox')).toEqual({
    items: [
      {
        key: keyOf(`b:${WORKER}`),
        message: 'wish.claimed',
        title: '有人来帮忙了',
        text: 'b的消息',
        urgent: true,
        createdAt: minute(2).toISOString(),
      },
      {
        key: keyOf(`a:${WORKER}`),
        message: 'wish.claimed',
        title: '有人来帮忙了',
        text: 'a的消息',
        link: '/pages/wish/wish?id=1',
        urgent: false,
        createdAt: minute(1).toISOString(),
      },
      {
        key: keyOf(`d:${WORKER}`),
        message: 'wish.claimed',
        title: '有人来帮忙了',
        text: 'd的消息',
        urgent: false,
        createdAt: minute(0).toISOString(),
        readAt: minute(5).toISOString(),
      },
    ],
  });
  expect((await get('/inbox?unread=true')).items).toMatchObject([
    { key: keyOf(`b:${WORKER}`) },
    { key: keyOf(`a:${WORKER}`) },
  ]);
  expect(await get('/inbox/unread')).toEqual({ unread: 2 });
  // Whom and what a key tells of is nobody's to read out of it.
  expect(JSON.stringify(await get('/inbox?limit=1'))).not.toContain(WORKER);
  expect((await api.call('GET', '/api/v1/inbox', { token: null })).status).toBe(401);
});

test('marking as read counts what was unread, touches only one’s own, and keeps the first moment', async () => {
  await insert(
    delivery('a', WORKER, minute(1)),
    delivery('b', WORKER, minute(2)),
    delivery('c', WORKER, minute(3)),
    delivery('a', NEIGHBOUR, minute(1)),
  );
  const keys = [keyOf(`a:${WORKER}`), keyOf(`a:${NEIGHBOUR}`), `b:${WORKER}`, 'nothing'];
  expect(await (await post('/inbox/read', { keys })).json()).toEqual({ read: 1 });
  const first = api.house.clock.now();
  api.clock.shift(60_000);
  expect(await (await post('/inbox/read', { keys })).json()).toEqual({ read: 0 });
  expect((await deliveriesOf(api.house).findOne({ _id: `a:${WORKER}` }))?.readAt).toEqual(first);
  expect((await deliveriesOf(api.house).findOne({ _id: `a:${NEIGHBOUR}` }))?.readAt).toBeUndefined();
  expect(await (await post('/inbox/read', { until: minute(1).toISOString() })).json()).toEqual({ read: 1 });
  expect((await get('/inbox?unread=true')).items).toMatchObject([{ key: keyOf(`c:${WORKER}`) }]);
  for (const wrong of [{}, { keys: [] }, { until: '昨天' }, { keys: ['a'], until: minute(1).toISOString() }]) {
    expect((await post('/inbox/read', wrong)).status).toBe(400);
  }
});

test('any page size shows every message once and in order, many of the same moment included', async () => {
  const all = Array.from({ length: 60 }, (_, n) => delivery(`m${n}`, WORKER, minute(Math.floor(n / 7))));
  await insert(...all, delivery('other', NEIGHBOUR, minute(1)));
  const expected = all
    .toSorted((a, b) => +b.createdAt - +a.createdAt || (a._id < b._id ? 1 : -1))
    .map((one) => keyOf(one._id));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 70 }), async (limit) => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await listInbox(api.house, WORKER, { limit, cursor });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        seen.push(...page.items.map((item) => item.key));
        cursor = page.next;
      } while (cursor !== undefined);
      expect(seen).toEqual(expected);
    }),
    { numRuns: 12 },
  );
  expect((await api.call('GET', '/api/v1/inbox?cursor=nonsense')).status).toBe(400);
});

test('more than a hundred unread are not counted', async () => {
  await insert(...Array.from({ length: 130 }, (_, n) => delivery(`m${n}`, WORKER, minute(n))));
  expect(await get('/inbox/unread')).toEqual({ unread: 100 });
});

test('tidying lets go of what is older than a year and settled, and of nothing on its way', async () => {
  const now = api.house.clock.now();
  const old = new Date(now.getTime() - 401 * DAY);
  await insert(
    delivery('old', WORKER, old),
    delivery('dead', WORKER, old, { state: 'dead' }),
    delivery('waiting', WORKER, old, { state: 'queued', via: 'wechaty', nextAt: now }),
    delivery('new', WORKER, new Date(now.getTime() - 399 * DAY)),
  );
  const notice = { to: { person: WORKER }, message: 'x' };
  await deliver(
    { ...api.house, clock: { now: () => old } },
    { key: 'old', ...notice },
    { key: 'unrelayed', ...notice },
  );
  await api.house.db.collection(NOTICES).updateOne({ _id: 'old' as never }, { $set: { outbox: [] } });
  const run = (dryRun: boolean) => tidy.run({ slot: now, now, late: false, dryRun }, api.house);
  expect(await run(true)).toEqual({ lines: ['将清理消息 2 条、提醒记录 1 条'] });
  expect(await run(false)).toEqual({ lines: ['清理消息 2 条、提醒记录 1 条'] });
  expect((await deliveriesOf(api.house).find({}).toArray()).map(({ _id }) => _id.split(':')[0]).sort()).toEqual([
    'new',
    'waiting',
  ]);
  expect((await api.house.db.collection(NOTICES).find({}).toArray()).map(({ _id }) => String(_id))).toEqual([
    'unrelayed',
  ]);
});
