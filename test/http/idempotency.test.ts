import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { DAY } from '../../src/core/time.ts';
import { until } from '../support/until.ts';
import { type Api, NEIGHBOUR, openApi, WORKER } from './support.ts';

let api: Api;
let neighbour: string;
beforeAll(async () => {
  api = await openApi();
  neighbour = await api.http.issueToken(NEIGHBOUR);
});
afterAll(() => api.close());

let keys = 0;
const newKey = () => {
  keys += 1;
  return `key-${keys}`;
};

const write = (title: string, key: string, token?: string) =>
  api.call('POST', '/api/v1/notes', {
    json: { title },
    headers: { 'idempotency-key': key },
    ...(token ? { token } : {}),
  });
const times = (title: string) => api.effects.get(title) ?? 0;
const code = async (response: Response) => ((await response.json()) as { code?: string }).code;

test('the same request under the same key takes effect once and is answered the same', async () => {
  const key = newKey();
  const first = await write('一次', key);
  expect(first.status).toBe(201);
  expect(first.headers.get('idempotency-replayed')).toBeNull();
  expect(api.seen.key).toBe(key);
  const again = await write('一次', key);
  expect(again.status).toBe(201);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(again.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(await again.text()).toBe(await first.text());
  expect(times('一次')).toBe(1);
});

test("a key is one person's own; without a key nothing is remembered", async () => {
  const key = newKey();
  await write('各写各的', key);
  const other = await write('各写各的', key, neighbour);
  expect(other.headers.get('idempotency-replayed')).toBeNull();
  expect(((await other.json()) as { author: string }).author).toBe('李强');
  expect(times('各写各的')).toBe(2);
  const records = await api.house.db.collection('idempotency').countDocuments();
  await api.call('POST', '/api/v1/notes', { json: { title: '无编号' } });
  await api.call('POST', '/api/v1/notes', { json: { title: '无编号' } });
  expect(times('无编号')).toBe(2);
  expect(await api.house.db.collection('idempotency').countDocuments()).toBe(records);
});

test('the same key for something else is 422', async () => {
  const key = newKey();
  await write('甲', key);
  const other = await write('乙', key);
  expect([other.status, await code(other)]).toEqual([422, 'idempotency_key_reused']);
  const path = await api.call('DELETE', '/api/v1/notes/1', { headers: { 'idempotency-key': key } });
  expect(path.status).toBe(422);
  expect(times('乙')).toBe(0);
});

test('while the first is under way, the same key is 409 and says to come back', async () => {
  const key = newKey();
  const first = write('忙', key);
  await until(() => api.seen.held.length === 1);
  for (const response of await Promise.all(Array.from({ length: 9 }, () => write('忙', key)))) {
    expect([response.status, response.headers.get('retry-after')]).toEqual([409, '1']);
    expect(await code(response)).toBe('request_in_progress');
  }
  api.seen.held.pop()?.();
  expect((await first).status).toBe(201);
  expect(times('忙')).toBe(1);
  expect((await write('忙', key)).headers.get('idempotency-replayed')).toBe('true');
});

test("a refusal that is the business's last word is kept, one to be put right is not", async () => {
  const key = newKey();
  const refused = await write('抢', key);
  const again = await write('抢', key);
  expect([refused.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([409, 409, 'true']);
  expect(again.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(await again.text()).toBe(await refused.text());
  const waiting = newKey();
  expect((await write('等等', waiting)).status).toBe(409);
  const later = await write('等等', waiting);
  expect([later.status, later.headers.get('idempotency-replayed')]).toEqual([409, null]);
  const form = newKey();
  expect((await write('再填', form)).status).toBe(400);
  expect((await write('', form)).status).toBe(400);
  expect((await write('填好了', form)).status).toBe(201);
});

test('a 5xx is not kept: the same request may try again', async () => {
  const key = newKey();
  expect((await write('坏', key)).status).toBe(500);
  const again = await write('坏', key);
  expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([500, null]);
  expect((await write('好了', key)).status).toBe(201);
});

test('after a crash between effect and answer the key is held for its lease only, then passed to the handler again', async () => {
  const key = newKey();
  await write('停电', key);
  const records = api.house.db.collection<{ _id: string; lease?: Date }>('idempotency');
  const id = `${WORKER}:${key}`;
  const lease = new Date(api.clock.now().getTime() + 30_000);
  await records.updateOne({ _id: id }, { $unset: { status: '', sealed: '' }, $set: { lease } });
  expect((await write('停电', key)).status).toBe(409);
  expect((await write('别的', key)).status).toBe(422);
  api.clock.shift(30_000);
  api.seen.key = undefined;
  const racing = await Promise.all(Array.from({ length: 8 }, () => write('停电', key)));
  const fresh = racing.filter((one) => one.status === 201 && one.headers.get('idempotency-replayed') === null);
  expect(fresh).toHaveLength(1);
  expect(api.seen.key).toBe(key);
  expect(times('停电')).toBe(2);
  expect((await write('停电', key)).headers.get('idempotency-replayed')).toBe('true');
});

test('after a day a key is as good as new, whether or not the store has forgotten it', async () => {
  const key = newKey();
  await write('昨天', key);
  api.clock.shift(DAY - 1);
  expect((await write('昨天', key)).headers.get('idempotency-replayed')).toBe('true');
  api.clock.shift(1);
  const today = await write('今天', key);
  expect([today.status, today.headers.get('idempotency-replayed')]).toEqual([201, null]);
  const [index] = (await api.house.db.collection('idempotency').indexes()).filter((one) => 'expiresAt' in one.key);
  expect(index).toMatchObject({ expireAfterSeconds: 0 });
});

test('a key is 1 to 200 visible ASCII characters, and ignored where nothing is changed or nobody signed in', async () => {
  for (const key of ['', ' ', 'a b', 'x'.repeat(201), '\u00e9']) {
    const response = await write('编号', key);
    expect([key, response.status, await code(response)]).toEqual([key, 400, 'malformed_request']);
  }
  expect((await write('编号', 'x'.repeat(200))).status).toBe(201);
  expect((await write('编号', '"5c7e-0f5e"')).status).toBe(201);
  for (const path of ['/api/v1/me', '/api/v1/wall']) {
    expect((await api.call('GET', path, { headers: { 'idempotency-key': 'a b' } })).status).toBe(200);
  }
});

test('deleting under a key is answered 204 the second time too; a file counts by its content', async () => {
  const key = newKey();
  const remove = () => api.call('DELETE', '/api/v1/notes/7', { headers: { 'idempotency-key': key } });
  expect((await remove()).status).toBe(204);
  const again = await remove();
  expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([204, 'true']);
  const photo = (content: string, under: string) => {
    const form = new FormData();
    form.set('file', new Blob([content]), 'a.jpg');
    return api.call('POST', '/api/v1/notes/1/photo', { body: form, headers: { 'idempotency-key': under } });
  };
  const under = newKey();
  expect((await photo('花', under)).status).toBe(200);
  expect((await photo('花', under)).headers.get('idempotency-replayed')).toBe('true');
  expect((await photo('草', under)).status).toBe(422);
  expect(times('photo')).toBe(1);
});

test('no answer lies in the store in clear', async () => {
  const key = newKey();
  const first = await write('藏好 13912345678', key);
  expect(await first.text()).toContain('藏好 13912345678');
  expect(await (await write('藏好 13912345678', key)).text()).toContain('藏好 13912345678');
  const records = await api.house.db.collection('idempotency').find().toArray();
  expect(records.length).toBeGreaterThan(0);
  expect(JSON.stringify(records)).not.toMatch(/藏好|13912345678|"title"/);
});

test('where no answer is kept a repeat runs again, and is refused once it is not allowed any more', async () => {
  const key = newKey();
  const ask = (note: string) =>
    api.call('POST', `/api/v1/notes/${note}/secret`, { headers: { 'idempotency-key': key } });
  for (let n = 1; n <= 3; n += 1) {
    const answer = await ask('7');
    expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([200, null]);
    expect(await answer.json()).toEqual({ phone: '13912345678' });
    expect(times('secret 7')).toBe(n);
  }
  expect((await ask('8')).status).toBe(422);
  const record = await api.house.db.collection<{ _id: string }>('idempotency').findOne({ _id: `${WORKER}:${key}` });
  expect(Object.keys(record ?? {}).sort()).toEqual(['_id', 'expiresAt', 'fingerprint']);

  const worker = api.people.get(WORKER);
  if (!worker) throw new Error('the worker is missing');
  api.people.set(WORKER, { ...worker, roles: [] });
  await api.house.coordination.publish('people', { id: WORKER });
  expect((await ask('7')).status).toBe(403);
  api.people.set(WORKER, worker);
  await api.house.coordination.publish('people', { id: WORKER });
  expect(times('secret 7')).toBe(3);
});

test('where no answer is kept the key still holds others off while the first is under way, refusals are not kept either', async () => {
  const key = newKey();
  const ask = (note: string, under: string) =>
    api.call('POST', `/api/v1/notes/${encodeURIComponent(note)}/secret`, { headers: { 'idempotency-key': under } });
  const first = ask('忙', key);
  await until(() => api.seen.held.length === 1);
  expect(await code(await ask('忙', key))).toBe('request_in_progress');
  api.seen.held.pop()?.();
  expect((await first).status).toBe(200);
  const refused = newKey();
  for (let n = 0; n < 2; n += 1) {
    const answer = await ask('抢', refused);
    expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([409, null]);
  }
});

test('while work takes longer than the lease, it is renewed and nobody begins a second time', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const key = newKey();
    const first = write('忙', key);
    await until(() => api.seen.held.length === 1);
    const before = times('忙');
    const records = api.house.db.collection<{ _id: string; lease?: Date }>('idempotency');
    for (let n = 0; n < 12; n += 1) {
      api.clock.shift(10_000);
      vi.advanceTimersByTime(10_000);
      const renewed = new Date(api.clock.now().getTime() + 30_000);
      await until(
        async () => (await records.findOne({ _id: `${WORKER}:${key}` }))?.lease?.getTime() === renewed.getTime(),
      );
      expect(await code(await write('忙', key))).toBe('request_in_progress');
    }
    api.seen.held.pop()?.();
    expect((await first).status).toBe(201);
    expect((await write('忙', key)).headers.get('idempotency-replayed')).toBe('true');
    expect(times('忙')).toBe(before + 1);
  } finally {
    vi.useRealTimers();
  }
});
