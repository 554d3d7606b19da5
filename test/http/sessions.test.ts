import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY } from '../../src/core/time.ts';
import { type Api, NEIGHBOUR, openApi, SECRET, WORKER } from './support.ts';

let api: Api;
beforeAll(async () => {
  api = await openApi({ demo: true });
});
afterAll(() => api.close());

const code = async (response: Response) => ((await response.json()) as { code: string }).code;
const get = (token: string | null) => api.call('GET', '/api/v1/me', { token });

test('a token says who one is; its payload says only which person', async () => {
  const token = await api.http.issueToken(WORKER);
  expect(await (await get(token)).json()).toEqual({
    id: WORKER,
    name: '王敏',
    roles: [{ role: 'worker', area: '990001001001' }],
    areas: ['9900', '990001', '990001001', '990001001001'],
  });
  const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  const issued = Math.floor(api.clock.now().getTime() / 1_000);
  expect(payload).toEqual({
    iss: 'haolin',
    aud: 'haolin-api',
    sub: WORKER,
    iat: issued,
    exp: issued + (30 * DAY) / 1_000,
  });
});

test('no token, a forged, foreign, unsigned or misspelt one is 401 and says how to sign in', async () => {
  const good = await api.http.issueToken(WORKER);
  const claims = () => new SignJWT().setSubject(WORKER).setIssuer('haolin').setExpirationTime('1d');
  const header = { alg: 'HS256' };
  const bad = [
    await claims().setAudience('haolin-api').setProtectedHeader(header).sign(Buffer.alloc(32, 9)),
    await claims().setAudience('another').setProtectedHeader(header).sign(SECRET),
    await new SignJWT()
      .setSubject(WORKER)
      .setIssuer('haolin')
      .setAudience('haolin-api')
      .setProtectedHeader(header)
      .sign(SECRET),
    await claims().setAudience('haolin-api').setProtectedHeader({ alg: 'HS512' }).sign(Buffer.alloc(64, 1)),
    `${Buffer.from('{"alg":"none"}').toString('base64url')}.${good.split('.')[1]}.x`,
    good.slice(0, -2),
    'nonsense',
  ];
  for (const token of [null, ...bad]) {
    const response = await get(token);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="haolin"');
    expect(await code(response)).toBe('not_signed_in');
  }
  const basic = await api.call('GET', '/api/v1/me', { token: null, headers: { authorization: 'Basic dTpw' } });
  expect(basic.status).toBe(401);
});

test('a token lasts 30 days, whether it was seen before or not', async () => {
  const seen = await api.http.issueToken(WORKER);
  const unseen = await api.http.issueToken(WORKER);
  expect((await get(seen)).status).toBe(200);
  api.clock.shift(30 * DAY - 1_000);
  expect((await get(seen)).status).toBe(200);
  api.clock.shift(1_000);
  for (const token of [seen, unseen]) {
    const response = await get(token);
    expect(response.status).toBe(401);
    expect(await code(response)).toBe('session_expired');
  }
  api.clock.shift(-30 * DAY);
});

test('a person who changes is known anew at once, one who is gone is signed out', async () => {
  const token = await api.http.issueToken(NEIGHBOUR);
  const before = api.people.get(NEIGHBOUR);
  if (!before) throw new Error('nobody there');
  expect((await (await get(token)).json()) as object).toMatchObject({ name: '李强' });
  api.people.set(NEIGHBOUR, { ...before, name: '李强强', roles: [] });
  // Within a few seconds the person is remembered …
  expect((await (await get(token)).json()) as object).toMatchObject({ name: '李强' });
  // … unless the house is told.
  await api.house.coordination.publish('people', { id: NEIGHBOUR });
  expect((await (await get(token)).json()) as object).toMatchObject({ name: '李强强', roles: [] });
  api.people.delete(NEIGHBOUR);
  await api.house.coordination.publish('people', { id: NEIGHBOUR });
  expect((await get(token)).status).toBe(401);
  await api.house.coordination.publish('people', null);
  api.people.set(NEIGHBOUR, before);
});

test('one who changes while being read is not remembered as before', async () => {
  let reads = 0;
  let finish: () => void = () => undefined;
  const slow = await openApi({
    house: (house) => ({
      ...house,
      directory: {
        ...house.directory,
        async actor(id, channel) {
          const actor = await house.directory.actor(id, channel);
          reads += 1;
          if (reads === 1) await new Promise<void>((resolve) => (finish = resolve));
          return actor && { ...actor, name: `读${reads}次` };
        },
      },
    }),
  });
  const first = slow.call('GET', '/api/v1/me');
  while (reads === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await slow.house.coordination.publish('people', { id: WORKER });
  finish();
  expect((await first).status).toBe(200);
  await slow.call('GET', '/api/v1/me');
  expect(reads).toBe(2);
  await slow.call('GET', '/api/v1/me');
  expect(reads).toBe(2);
  await slow.close();
});

test('a public route needs no token, and a bad one does not shut it', async () => {
  const wall = async (token: string | null) => (await api.call('GET', '/api/v1/wall', { token })).json();
  expect(await wall(null)).toEqual({ who: 'anonymous' });
  expect(await wall('nonsense')).toEqual({ who: 'anonymous' });
  expect(await wall(await api.http.issueToken('nobody'))).toEqual({ who: 'anonymous' });
  expect(await wall(await api.http.issueToken(WORKER))).toEqual({ who: 'person' });
});

test('the demo signs in as anybody; a real house does not even have the route', async () => {
  const sign = (on: Api, person: unknown) => on.call('POST', '/api/v1/session/demo', { token: null, json: { person } });
  const response = await sign(api, NEIGHBOUR);
  expect(response.status).toBe(200);
  const session = (await response.json()) as { token: string; expiresAt: string; person: { name: string } };
  expect(session.person.name).toBe('李强');
  expect(new Date(session.expiresAt).getTime() - api.clock.now().getTime()).toBe(30 * DAY);
  expect((await get(session.token)).status).toBe(200);
  expect((await sign(api, 'nobody')).status).toBe(404);
  expect((await sign(api, 7)).status).toBe(400);
  expect((await api.call('GET', '/api/v1/demo/only', { token: null })).status).toBe(200);
  const real = await openApi();
  expect((await sign(real, NEIGHBOUR)).status).toBe(404);
  expect((await real.call('GET', '/api/v1/demo/only')).status).toBe(404);
  await real.close();
});

test("the demo's clock moves where it can be moved, and nowhere else", async () => {
  const moves: number[] = [];
  const demo = await openApi({
    demo: true,
    onDemoClock: (ms) => {
      moves.push(ms);
      demo.clock.shift(ms);
    },
  });
  const before = demo.clock.now().getTime();
  const response = await demo.call('POST', '/api/v1/demo/clock', { token: null, json: { days: 3, minutes: 30 } });
  expect(response.status).toBe(200);
  expect(moves).toEqual([3 * DAY + 1_800_000]);
  expect(new Date(((await response.json()) as { now: string }).now).getTime()).toBe(before + 3 * DAY + 1_800_000);
  expect((await demo.call('POST', '/api/v1/demo/clock', { token: null, json: { days: -1 } })).status).toBe(400);
  await demo.close();
  expect((await api.call('POST', '/api/v1/demo/clock', { token: null, json: { days: 1 } })).status).toBe(404);
});

test('a secret that can be guessed is refused at the start', async () => {
  await expect(openApi({ tokenSecret: Buffer.alloc(16) })).rejects.toThrow('at least 32 bytes');
});

test('ending sign-ins ends those from before, on every phone and at once, and none from after', async () => {
  const mine = await api.http.issueToken(WORKER);
  let before = [mine, await api.http.issueToken(WORKER)];
  const neighbour = await api.http.issueToken(NEIGHBOUR);
  for (let round = 1; round <= 3; round += 1) {
    for (const token of before) expect((await get(token)).status).toBe(200);
    expect((await api.call('DELETE', '/api/v1/session', { token: before[0] ?? '' })).status).toBe(204);
    for (const token of before) {
      const response = await get(token);
      expect([response.status, await code(response)]).toEqual([401, 'session_expired']);
      expect(await (await api.call('GET', '/api/v1/wall', { token })).json()).toEqual({ who: 'anonymous' });
    }
    expect((await get(neighbour)).status).toBe(200);
    before = [await api.http.issueToken(WORKER)];
  }
  expect((await get(mine)).status).toBe(401);
});

test('a house that remembers a person from before the end takes a new sign-in, and says no to the old one in time', async () => {
  // Another process's, whose message is lost.
  const token = await api.http.issueToken(NEIGHBOUR);
  await get(token);
  api.ended.set(NEIGHBOUR, 1);
  expect((await get(await api.http.issueToken(NEIGHBOUR))).status).toBe(200);
  expect((await get(token)).status).toBe(200);
  await api.house.coordination.publish('people', { id: NEIGHBOUR });
  expect((await get(token)).status).toBe(401);
});
