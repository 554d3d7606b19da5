import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, openApi, sendBytes, WORKER } from './support.ts';

let api: Api;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

const problem = async (response: Response) => {
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  return (await response.json()) as Record<string, unknown>;
};

test('a good request id is kept, any other is replaced, and the answer always carries one', async () => {
  const kept = await api.call('GET', '/api/v1/me', { headers: { 'x-request-id': 'mini-42.a:B_c' } });
  expect(kept.headers.get('x-request-id')).toBe('mini-42.a:B_c');
  for (const bad of ['x'.repeat(65), 'two words', '{"a":1}']) {
    const replaced = await api.call('GET', '/api/v1/me', { headers: { 'x-request-id': bad } });
    expect(replaced.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test('an error is one RFC 9457 problem with a Chinese sentence, whoever threw it', async () => {
  const response = await api.call('POST', '/api/v1/notes', {
    json: { title: '抢' },
    headers: { 'x-request-id': 'r1' },
  });
  expect(response.status).toBe(409);
  expect(await problem(response)).toEqual({
    type: 'http://localhost/api/docs#already_taken',
    title: '与当前情况冲突',
    status: 409,
    detail: '已经有人先做了，请看看别的。',
    code: 'already_taken',
    requestId: 'r1',
  });
});

test('a bug answers calmly; the log holds where, and nothing of whom', async () => {
  const response = await api.call('POST', '/api/v1/notes', {
    json: { title: '坏' },
    headers: { 'x-request-id': 'bug-1' },
  });
  expect(response.status).toBe(500);
  const told = await problem(response);
  expect(told).toMatchObject({ code: 'internal', title: '系统出错' });
  expect(JSON.stringify(told)).not.toMatch(/13812345678|support\.ts/);
  const line = api.lines.find(({ fields }) => fields.requestId === 'bug-1' && 'err' in fields);
  expect(line).toMatchObject({ level: 'error', fields: { route: '/api/v1/notes', method: 'POST' } });
  expect(JSON.stringify(line?.fields.err)).toMatch(/support\.ts/);
  expect(JSON.stringify(line)).not.toContain('13812345678');
});

test('a database that is away is 503 and says when to come back', async () => {
  const response = await api.call('GET', '/api/v1/away');
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('5');
  expect(await problem(response)).toMatchObject({ code: 'unavailable', title: '暂时不可用' });
});

test('nowhere is 404, a wrong method 405 with what is allowed, OPTIONS says the same in peace', async () => {
  const nowhere = await api.call('GET', '/api/v1/nothing/here');
  expect(nowhere.status).toBe(404);
  expect(await problem(nowhere)).toMatchObject({ code: 'not_found' });
  expect((await api.call('GET', '/api/v1/notes/')).status).toBe(404);
  const wrong = await api.call('PATCH', '/api/v1/notes/1');
  expect(wrong.status).toBe(405);
  expect(wrong.headers.get('allow')).toBe('GET, DELETE, HEAD, OPTIONS');
  expect(await problem(wrong)).toMatchObject({ code: 'method_not_allowed' });
  const options = await api.call('OPTIONS', '/api/v1/notes');
  expect(options.status).toBe(204);
  expect(options.headers.get('allow')).toBe('POST, GET, HEAD, OPTIONS');
});

test('HEAD is GET without the body; a handler with nothing to say answers 204', async () => {
  const head = await api.call('HEAD', '/api/v1/me');
  expect(head.status).toBe(200);
  expect(Number(head.headers.get('content-length'))).toBeGreaterThan(10);
  expect(await head.text()).toBe('');
  const gone = await api.call('DELETE', '/api/v1/notes/1');
  expect(gone.status).toBe(204);
  expect(await gone.text()).toBe('');
});

test('every answer carries the security headers and stays out of caches', async () => {
  for (const response of [await api.call('GET', '/api/v1/me'), await api.call('GET', '/x')]) {
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'strict-transport-security': expect.stringContaining('max-age='),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-site',
      'cache-control': 'no-store',
    });
    expect(response.headers.get('x-powered-by')).toBeNull();
  }
});

test('the log names the route, the status and the time, and nothing that says who or what it was about', async () => {
  const before = api.lines.length;
  const token = await api.http.issueToken(WORKER);
  await api.call('GET', '/api/v1/notes/13800001111?name=张三', { token });
  await api.call('POST', '/api/v1/notes', { json: { title: '李奶奶 13800001111' } });
  await api.call('GET', '/api/v1/secret-path-13800001111');
  const lines = api.lines.slice(before);
  expect(lines.map(({ fields }) => [fields.method, fields.route, fields.status, fields.code])).toEqual([
    ['GET', '/api/v1/notes/{id}', 200, undefined],
    ['POST', '/api/v1/notes', 201, undefined],
    ['GET', 'unmatched', 404, 'not_found'],
  ]);
  for (const { fields } of lines) expect(fields.ms).toEqual(expect.any(Number));
  const text = JSON.stringify(lines);
  for (const secret of ['13800001111', '张三', '%E5', '李奶奶', '王敏', token, WORKER])
    expect(text).not.toContain(secret);
});

test('what is not even HTTP gets a problem too', async () => {
  const garbage = await sendBytes(api.port, 'GARBAGE\r\n\r\n');
  expect(garbage).toMatch(/^HTTP\/1\.1 400 /);
  expect(garbage).toContain('"code":"malformed_request"');
  const huge = await sendBytes(api.port, `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
  expect(huge).toMatch(/^HTTP\/1\.1 431 /);
  expect(huge).toContain('"code":"headers_too_large"');
});

test('two routes for one method and path are refused at the start', async () => {
  const twice = { method: 'get', path: '/me', summary: '', tag: '', handle: async () => ({}) } as const;
  await expect(openApi({ routes: [twice] })).rejects.toThrow('Two routes for GET /api/v1/me');
});
