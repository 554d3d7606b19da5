import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { codeToOpenid } from '../../src/http/wechat.ts';
import { type Api, openApi } from './support.ts';

/** WeChat's code2session as its documentation has it: JSON labelled text/plain, errors with HTTP status 200. */
function wechat(): { server: Server; asked: URL[]; busyTimes: (n: number) => void } {
  const asked: URL[] = [];
  const used = new Set<string>();
  let busy = 0;
  const server = createServer((req, res) => {
    const url = new URL(req.url ?? '', 'http://wechat');
    asked.push(url);
    const say = (answer: object) => res.setHeader('Content-Type', 'text/plain').end(JSON.stringify(answer));
    const refuse = (errcode: number, errmsg: string) => say({ errcode, errmsg: `${errmsg}, rid: 1` });
    const { appid, secret, js_code = '', grant_type } = Object.fromEntries(url.searchParams);
    if (url.pathname !== '/sns/jscode2session' || req.method !== 'GET') return res.writeHead(404).end();
    if (appid !== 'wx0123456789abcdef') return refuse(40013, 'invalid appid');
    if (secret !== 'app-secret') return refuse(40125, 'invalid appsecret');
    if (grant_type !== 'authorization_code') return refuse(40002, 'invalid grant_type');
    if (js_code === 'silent') return undefined;
    if (js_code === 'broken') return res.end('<html>busy</html>');
    if (js_code === 'down') return res.writeHead(502).end();
    if (js_code === 'cut') return req.socket.destroy();
    if (js_code === 'often') return refuse(45011, 'api minute-quota reach limit');
    if (js_code === 'risky') return refuse(40226, 'code blocked');
    if (busy > 0) {
      busy -= 1;
      return refuse(-1, 'system error');
    }
    if (used.has(js_code)) return refuse(40163, 'code been used');
    used.add(js_code);
    const openid = { wang: 'openid-of-wang', stranger: 'openid-of-a-stranger' }[js_code.split('-')[0] ?? ''];
    if (!openid) return refuse(40029, 'invalid code');
    return say({ openid, session_key: 'HyVFkGl5F5OQWJZZaNzBBg==' });
  });
  return { server, asked, busyTimes: (n) => (busy = n) };
}

const mock = wechat();
let baseUrl: string;
let api: Api;
beforeAll(async () => {
  await new Promise<void>((resolve) => mock.server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(mock.server.address() as AddressInfo).port}`;
  api = await openApi({ wechat: { appid: 'wx0123456789abcdef', secret: 'app-secret', baseUrl } });
});
beforeEach(() => {
  mock.asked.length = 0;
});
afterAll(async () => {
  await api.close();
  mock.server.closeAllConnections();
  mock.server.close();
});

async function signIn(code: unknown, on = api) {
  const response = await on.call('POST', '/api/v1/session/wechat', { token: null, json: { code } });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

test('a known person gets a token that works; the session key goes no further', async () => {
  const { status, body } = await signIn('wang-1');
  expect(status).toBe(200);
  expect(body.person).toMatchObject({ name: '王敏' });
  expect((await api.call('GET', '/api/v1/me', { token: String(body.token) })).status).toBe(200);
  expect(JSON.stringify([body, api.lines])).not.toMatch(/HyVFkGl5|openid-of/);
});

test('a phone nobody is registered with is told so', async () => {
  expect(await signIn('stranger-1')).toMatchObject({ status: 404, body: { code: 'not_registered' } });
});

test('what WeChat refuses is refused in words for people', async () => {
  expect(await signIn('unknown')).toMatchObject({ status: 400, body: { code: 'wechat_code_invalid' } });
  await signIn('wang-2');
  expect(await signIn('wang-2')).toMatchObject({ status: 400, body: { code: 'wechat_code_invalid' } });
  const often = await signIn('often');
  expect(often).toMatchObject({ status: 429, body: { code: 'wechat_too_frequent' } });
  expect(often.headers.get('retry-after')).toBe('60');
  expect(await signIn('risky')).toMatchObject({ status: 403, body: { code: 'wechat_risk' } });
  for (const wrong of ['', 7, null, 'x'.repeat(300)]) expect((await signIn(wrong)).status).toBe(400);
});

test('a busy WeChat is asked again, and given up on after the third time', async () => {
  mock.busyTimes(2);
  expect((await signIn('wang-3')).status).toBe(200);
  expect(mock.asked).toHaveLength(3);
  mock.asked.length = 0;
  mock.busyTimes(3);
  expect(await signIn('wang-4')).toMatchObject({ status: 503, body: { code: 'wechat_busy' } });
  expect(mock.asked).toHaveLength(3);
});

test('a WeChat that breaks off, answers nonsense or is down is 503, and the code is not tried twice', async () => {
  for (const code of ['broken', 'down', 'cut']) {
    mock.asked.length = 0;
    const answer = await signIn(code);
    expect(answer).toMatchObject({ status: 503, body: { code: 'wechat_unavailable' } });
    expect(answer.headers.get('retry-after')).toBe('10');
    expect(mock.asked).toHaveLength(1);
  }
});

test('a WeChat that says nothing is waited for only so long', async () => {
  const ask = codeToOpenid({ appid: 'wx0123456789abcdef', secret: 'app-secret', baseUrl }, api.house.log, 100);
  const started = performance.now();
  await expect(ask('silent')).rejects.toMatchObject({ code: 'wechat_unavailable', status: 503 });
  expect(performance.now() - started).toBeLessThan(2_000);
});

test("a wrong account is the operator's trouble: 503 outside, the errcode in the log, the secret nowhere", async () => {
  const wrong = await openApi({ wechat: { appid: 'wx0123456789abcdef', secret: 'wrong-secret', baseUrl } });
  expect(await signIn('wang-9', wrong)).toMatchObject({ status: 503, body: { code: 'wechat_unavailable' } });
  expect(wrong.lines).toContainEqual({
    level: 'error',
    fields: { errcode: 40125 },
    message: 'WeChat refuses code2session',
  });
  await signIn('cut', wrong);
  expect(JSON.stringify(wrong.lines)).not.toMatch(/wrong-secret|wang-9/);
  await wrong.close();
});

test('where no account is set up, that is what it says', async () => {
  const bare = await openApi();
  expect(await signIn('wang-5', bare)).toMatchObject({ status: 404, body: { code: 'wechat_not_set_up' } });
  await bare.close();
});
