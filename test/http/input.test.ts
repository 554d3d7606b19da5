import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, getRaw, openApi, sendBytes, WORKER } from './support.ts';

let api: Api;
let token: string;
beforeAll(async () => {
  api = await openApi();
  token = await api.http.issueToken(WORKER);
});
afterAll(() => api.close());

const post = (body: string | Uint8Array, type = 'application/json', headers: Record<string, string> = {}) =>
  api.call('POST', '/api/v1/notes', { body, headers: { ...(type ? { 'content-type': type } : {}), ...headers } });

async function refused(response: Response, status: number, code: string): Promise<Record<string, unknown>> {
  const problem = (await response.json()) as Record<string, unknown>;
  expect([response.status, problem.code]).toEqual([status, code]);
  expect(problem.detail).toMatch(/\p{Script=Han}/u);
  return problem;
}

test('what a schema refuses comes back field by field, in Chinese', async () => {
  const problem = await refused(await post(JSON.stringify({ title: '', tags: ['a', 7] })), 400, 'invalid_input');
  const fields = problem.fields as { path: string; problem: string }[];
  expect(fields.map(({ path }) => path)).toEqual(['title', 'tags.1']);
  for (const field of fields) expect(field.problem).toMatch(/\p{Script=Han}/u);
});

test('an array, a text, a number or nothing where an object is needed', async () => {
  for (const body of ['[]', '[{"title":"x"}]', '"x"', '7', 'null', 'true', '']) {
    await refused(await post(body), 400, 'invalid_input');
  }
});

test('JSON that is none', async () => {
  for (const body of [
    '{',
    '{"title":"x"',
    "{'title':1}",
    '{"title":NaN}',
    '\0',
    'title=x',
    '{"title":"a\nb"}',
    '{}{}',
  ]) {
    await refused(await post(body), 400, 'malformed_request');
  }
});

test('a byte order mark is passed over; bytes that are no UTF-8 are refused', async () => {
  expect((await post('\ufeff{"title":"好"}')).status).toBe(201);
  await refused(await post(Buffer.from('{"title":"\xc4\xe3"}', 'latin1')), 400, 'malformed_request');
});

test('other types, charsets and compressed bodies are 415', async () => {
  const body = '{"title":"x"}';
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/xml',
    '',
    'json',
    'application/json;charset=gbk',
  ]) {
    await refused(await post(Buffer.from(body), type), 415, 'unsupported_type');
  }
  for (const type of ['application/json', 'Application/JSON; charset=UTF-8', 'application/merge-patch+json']) {
    expect((await post(body, type)).status).toBe(201);
  }
  const gzip = await post(gzipSync(body), 'application/json', { 'content-encoding': 'gzip' });
  await refused(gzip, 415, 'unsupported_type');
  expect((await post(body, 'application/json', { 'content-encoding': 'identity' })).status).toBe(201);
});

test('more than a megabyte is 413, announced or not; exactly a megabyte is read', async () => {
  const whole = JSON.stringify({ title: 'x', extra: { a: '' } });
  const sized = (bytes: number) => JSON.stringify({ title: 'x', extra: { a: 'a'.repeat(bytes - whole.length) } });
  expect((await post(sized(1_048_576))).status).toBe(201);
  const problem = await refused(await post(sized(1_048_577)), 413, 'too_large');
  expect(problem.detail).toContain('1 MB');
  const chunked = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let n = 0; n < 40; n += 1) controller.enqueue(Buffer.alloc(65_536, 0x20));
      controller.close();
    },
  });
  const response = await fetch(`${api.url}/api/v1/notes`, {
    method: 'POST',
    body: chunked,
    duplex: 'half',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  } as RequestInit);
  await refused(response, 413, 'too_large');
});

test('names that reach into prototypes, NUL characters and endless nesting are refused wherever they are', async () => {
  for (const body of [
    '{"title":"x","__proto__":{"admin":true}}',
    '{"title":"x","extra":{"a":[{"__proto__":1}]}}',
    '{"title":"x","extra":{"\\u005f_proto__":1}}',
    '{"title":"x","constructor":{"prototype":{}}}',
    '{"title":"a\\u0000b"}',
    '{"title":"x","tags":["\\u0000"]}',
    '{"title":"x","extra":{"a\\u0000":1}}',
    `{"title":"x","extra":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`,
    `{"title":"x","extra":{"a":${'['.repeat(300_000)}${']'.repeat(300_000)}}}`,
  ]) {
    await refused(await post(body), 400, 'malformed_request');
  }
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
  expect((await post(`{"title":"x","extra":${'{"a":'.repeat(28)}1${'}'.repeat(28)}}`)).status).toBe(201);
});

test('a body a route has no use for must still be one', async () => {
  const remove = (body: string) =>
    api.call('DELETE', '/api/v1/notes/1', { body, headers: { 'content-type': 'application/json' } });
  expect((await remove('{"any":"thing"}')).status).toBe(204);
  await refused(await remove('{'), 400, 'malformed_request');
});

test('paths and queries: broken percent-encoding, NUL, repeated names, prototypes', async () => {
  for (const path of [
    '/notes/%zz',
    '/notes/%',
    '/notes/%E4%BD',
    '/notes/%00',
    '/notes?tag=%zz',
    '/notes?%=1',
    '/notes?tag=%00',
    '/notes?__proto__=1',
  ]) {
    expect([path, await getRaw(api.port, `/api/v1${path}`, token)]).toEqual([path, 400]);
  }
  expect(await getRaw(api.port, '/api/v1/notes?limit=1&limit=2', token)).toBe(400);
  expect(await getRaw(api.port, '/api/v1/notes?limit=x', token)).toBe(400);
  expect(await getRaw(api.port, `/api/v1/notes/${'x'.repeat(51)}`, token)).toBe(400);
  const said = await api.call('GET', '/api/v1/notes?tag=%E4%BD%A0+%E5%A5%BD&&limit=5&other');
  expect(await said.json()).toEqual({ limit: 5, tag: '你 好' });
  const id = await api.call('GET', '/api/v1/notes/%E4%BD%A0%2F1');
  expect(await id.json()).toEqual({ id: '你/1', may: true });
});

test('a client that is too slow with its headers or its body is let go with 408', async () => {
  const strict = await openApi({ limits: { headersMs: 200, requestMs: 400 } });
  const headers = sendBytes(strict.port, 'GET /api/v1/wall HTTP/1.1\r\nHost: a\r\nX-Slow: ');
  const body = sendBytes(
    strict.port,
    `POST /api/v1/notes HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"title"`,
  );
  for (const answer of [await headers, await body]) {
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('"code":"request_timeout"');
  }
  expect((await strict.call('GET', '/api/v1/wall')).status).toBe(200);
  await strict.close();
});

const letter = fc.string({ unit: 'binary', maxLength: 60 });
const hostile = fc.oneof(
  { weight: 4, arbitrary: fc.json({ maxDepth: 6 }) },
  {
    weight: 4,
    arbitrary: fc
      .record(
        { title: fc.oneof(letter, fc.anything()), tags: fc.anything(), extra: fc.anything(), due: fc.anything() },
        { requiredKeys: [] },
      )
      .map((value) => {
        try {
          return JSON.stringify(value) ?? '';
        } catch {
          return '{"title":1n}';
        }
      }),
  },
  { weight: 2, arbitrary: letter },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('__proto__', 'constructor', '$where', 'a.b', '\0', ''), fc.json())
      .map(([name, value]) => `{"title":"x","extra":{${JSON.stringify(name)}:${value}}}`),
  },
);
const types = fc.oneof(
  { weight: 8, arbitrary: fc.constant('application/json') },
  { weight: 1, arbitrary: fc.constantFrom('text/plain', 'multipart/form-data', 'application/json;charset=utf-16') },
);

test('2,000 bodies that nobody thought of: never a 5xx, never another shape of answer', {
  timeout: 120_000,
}, async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(hostile, types, fc.uint8Array({ maxLength: 3 }), async (text, type, tail) => {
      const body = tail.length === 3 ? Buffer.concat([Buffer.from(text), tail]) : Buffer.from(text);
      const response = await post(body, type);
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      const answer = (await response.json()) as { code?: string; requestId?: string };
      if (response.status === 201) return true;
      return response.status < 500 && answer.code !== undefined && answer.requestId !== undefined;
    }),
    { numRuns: 2_000 },
  );
  expect([...statuses.keys()].sort()).toEqual([201, 400, 415]);
});
