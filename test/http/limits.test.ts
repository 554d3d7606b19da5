import { expect, test } from 'vitest';
import type { Coordination } from '../../src/core/coordination.ts';
import { network } from '../../src/http/limits.ts';
import { NEIGHBOUR, openApi } from './support.ts';

const minute = (points: number) => ({ points, seconds: 60 });

test('a person who asks too often waits; the others, and the health of the house, do not', async () => {
  const api = await openApi({ limits: { person: minute(3), address: minute(100) } });
  for (let n = 0; n < 3; n += 1) expect((await api.call('GET', '/api/v1/me')).status).toBe(200);
  const refused = await api.call('GET', '/api/v1/me');
  expect(refused.status).toBe(429);
  const wait = Number(refused.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
  expect(await refused.json()).toMatchObject({
    code: 'too_many_requests',
    detail: `操作太频繁了，请等${wait === 60 ? '1分钟' : `${wait}秒`}再试。`,
  });
  expect((await api.call('GET', '/api/v1/nothing')).status).toBe(429);
  const token = await api.http.issueToken(NEIGHBOUR);
  expect((await api.call('GET', '/api/v1/me', { token })).status).toBe(200);
  expect((await api.call('GET', '/api/v1/wall', { token: null })).status).toBe(200);
  for (let n = 0; n < 10; n += 1) {
    for (const path of ['/healthz', '/readyz', '/metrics']) expect((await api.call('GET', path)).status).toBe(200);
  }
  await api.close();
});

test('without a token it is the address that counts, tokens that are none included', async () => {
  const api = await openApi({ limits: { person: minute(100), address: minute(3) } });
  expect((await api.call('GET', '/api/v1/wall', { token: null })).status).toBe(200);
  expect((await api.call('GET', '/api/v1/me', { token: 'guess.ed.token' })).status).toBe(401);
  expect((await api.call('GET', '/api/v1/nowhere', { token: null })).status).toBe(404);
  expect((await api.call('GET', '/api/v1/wall', { token: null })).status).toBe(429);
  expect((await api.call('GET', '/api/v1/me', { token: 'guess.ed.token' })).status).toBe(429);
  expect((await api.call('GET', '/api/v1/me')).status).toBe(200);
  await api.close();
});

test("a route's own limit is tighter, and each person's own", async () => {
  const api = await openApi();
  const ask = (token?: string) => api.call('GET', '/api/v1/limited', token ? { token } : {});
  expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([200, 200, 429]);
  expect((await ask(await api.http.issueToken(NEIGHBOUR))).status).toBe(200);
  expect((await api.call('GET', '/api/v1/me')).status).toBe(200);
  await api.close();
});

test('a proxy is believed only where it is trusted, and only about what it added itself', async () => {
  const from = (address: string) => ({ token: null, headers: { 'x-forwarded-for': address } });
  const open = await openApi({ limits: { address: minute(1) } });
  expect((await open.call('GET', '/api/v1/wall', from('1.1.1.1'))).status).toBe(200);
  expect((await open.call('GET', '/api/v1/wall', from('2.2.2.2'))).status).toBe(429);
  await open.close();
  const behind = await openApi({ trustProxy: true, limits: { address: minute(1) } });
  const status = async (address: string) => (await behind.call('GET', '/api/v1/wall', from(address))).status;
  expect([await status('1.1.1.1'), await status('2.2.2.2'), await status('1.1.1.1')]).toEqual([200, 200, 429]);
  expect(await status('9.9.9.9, 2.2.2.2')).toBe(429);
  await behind.close();
});

test('while coordination is away requests pass, and that is said once', async () => {
  const take: Coordination['take'] = async () => {
    throw new Error('Connection is closed.');
  };
  const api = await openApi({
    house: (house) => ({ ...house, coordination: { ...house.coordination, take, healthy: async () => false } }),
  });
  for (let n = 0; n < 3; n += 1) expect((await api.call('GET', '/api/v1/limited')).status).toBe(200);
  expect(api.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  await api.close();
});

test('an address counts as its network', () => {
  expect(network('203.0.113.9')).toBe('203.0.113.9');
  expect(network('::ffff:203.0.113.9')).toBe('203.0.113.9');
  expect(network('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::');
  expect(network('2001:db8:1:2::9')).toBe('2001:db8:1:2::');
  expect(network('2001:db8::9')).toBe('2001:db8:0:0::');
  expect(network('fe80::1%eth0')).toBe('fe80:0:0:0::');
  expect(network('::1')).toBe('0:0:0:0::');
});
