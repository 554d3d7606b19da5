import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { route } from '../../src/core/feature.ts';
import { pageQuery } from '../../src/core/page.ts';
import { type Api, openApi, WORKER } from './support.ts';

const spare = z.object({ id: z.string(), at: z.date() }).meta({ id: 'Spare' });
const listed = route({
  method: 'get',
  path: '/spares',
  summary: '<备件> & "清单"',
  tag: '备件',
  query: pageQuery.extend({ since: z.coerce.date().optional(), state: z.enum(['open', 'done']).optional() }),
  response: z.object({ items: z.array(spare), next: z.string().optional() }),
  handle: async () => ({ items: [] }),
});

let api: Api;
beforeAll(async () => {
  api = await openApi({ demo: true, routes: [listed] });
});
afterAll(() => api.close());

interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, unknown>>;
  tags: { name: string }[];
}
interface Operation {
  operationId: string;
  security: object[];
  parameters?: { in: string; name: string; required?: boolean; schema: object }[];
  requestBody?: { content: Record<string, { schema: { properties: Record<string, object>; required?: string[] } }> };
  responses: Record<string, { $ref?: string; content?: Record<string, { schema: object }> }>;
}

test('the document describes every route from the schemas that check it', async () => {
  const response = await fetch(`${api.url}/api/openapi.json`);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  const document = (await response.json()) as Document;
  expect(document).toEqual(JSON.parse(JSON.stringify(api.http.openapi())));
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths).sort()).toEqual(
    [
      'away',
      'demo/only',
      'file/{name}',
      'limited',
      'me',
      'notes',
      'notes/{id}',
      'notes/{id}/photo',
      'notes/{id}/secret',
      'session',
      'session/demo',
      'session/wechat',
      'slow',
      'spares',
      'wall',
    ].map((path) => `/api/v1/${path}`),
  );
  const create = document.paths['/api/v1/notes']?.post;
  expect(create?.operationId).toBe('postNotes');
  expect(create?.security).toEqual([{ bearer: [] }]);
  const body = create?.requestBody?.content['application/json']?.schema;
  expect(body?.required).toEqual(['title']);
  expect(body?.properties.due).toEqual({ type: 'string', format: 'date-time' });
  expect(create?.parameters?.map(({ name, in: where }) => `${where} ${name}`)).toEqual(['header Idempotency-Key']);
  expect(Object.keys(create?.responses ?? {})).toEqual([
    '201',
    '400',
    '401',
    '403',
    '409',
    '413',
    '415',
    '422',
    '429',
    '500',
    '503',
  ]);
  const list = document.paths['/api/v1/spares']?.get;
  expect(list?.parameters?.find(({ name }) => name === 'limit')).toMatchObject({
    in: 'query',
    schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
  });
  expect(list?.parameters?.find(({ name }) => name === 'since')?.schema).toEqual({
    type: 'string',
    format: 'date-time',
  });
  expect(document.components.schemas?.Spare).toMatchObject({
    properties: { at: { type: 'string', format: 'date-time' } },
  });
  const photo = document.paths['/api/v1/notes/{id}/photo']?.post?.requestBody?.content['multipart/form-data']?.schema;
  expect(photo?.properties.file).toMatchObject({ type: 'string', format: 'binary' });
  expect(photo?.required).toEqual(['file']);
  expect(document.paths['/api/v1/notes/{id}']?.delete?.parameters?.[0]).toMatchObject({
    in: 'path',
    name: 'id',
    required: true,
  });
  expect(document.paths['/api/v1/wall']?.get?.security).toEqual([]);
});

test('every reference in the document leads somewhere, and no two operations share a name', () => {
  const document = api.http.openapi() as Document;
  const text = JSON.stringify(document);
  const references = [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)];
  expect(references.length).toBeGreaterThan(20);
  for (const [, kind = '', name = ''] of references) expect(document.components[kind]).toHaveProperty(name);
  const ids = Object.values(document.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
  expect(document.components.schemas?.Problem).toMatchObject({
    required: expect.arrayContaining(['code', 'requestId']),
  });
  expect(document.components.securitySchemes?.bearer).toMatchObject({ type: 'http', scheme: 'bearer' });
});

test('the reference lists every route and loads nothing from elsewhere', async () => {
  const response = await fetch(`${api.url}/api/docs`);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  const page = await response.text();
  for (const path of ['/api/v1/notes/{id}/photo', '/api/v1/session/wechat', '/api/v1/me']) expect(page).toContain(path);
  expect(page).toContain('&#60;备件&#62; &#38; &#34;清单&#34;');
  expect(page).not.toMatch(/<script|<link|src=|<备件>/);
  expect((await fetch(`${api.url}/api/docs`, { method: 'POST' })).status).toBe(405);
});

test('health, readiness and numbers', async () => {
  expect(await (await fetch(`${api.url}/healthz`)).json()).toEqual({ status: 'alive' });
  const ready = await fetch(`${api.url}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { status: 'ready', parts: { store: 'ok', coordination: 'ok' } },
  ]);
  await api.call('GET', `/api/v1/notes/${WORKER}`);
  await fetch(`${api.url}/api/v1/any/thing`, { method: 'PROPFIND' });
  const metrics = await fetch(`${api.url}/metrics`);
  expect(metrics.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  const text = await metrics.text();
  expect(text).toMatch(/^haolin_http_requests_total\{method="GET",route="\/api\/v1\/notes\/\{id\}",status="200"\} 1$/m);
  expect(text).toMatch(/^haolin_http_requests_total\{method="other",route="unmatched",status="404"\} 1$/m);
  expect(text).toMatch(/^haolin_http_request_seconds_count\{method="GET",route="\/api\/v1\/notes\/\{id\}"\} 1$/m);
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  expect(text).not.toContain(WORKER);
});

test('the numbers are for near addresses that ask directly, or for whoever has the token', async () => {
  const status = async (one: Api, headers: Record<string, string> = {}) =>
    (await fetch(`${one.url}/metrics`, { headers })).status;
  const PUBLIC = '203.0.113.7';
  expect(await status(api)).toBe(200);
  // Not told to trust the proxy, we do not know who stands behind it.
  for (const [name, value] of Object.entries({
    'x-forwarded-for': '10.0.0.1',
    'x-real-ip': PUBLIC,
    forwarded: `for=${PUBLIC}`,
    via: '1.1 proxy',
  })) {
    expect([name, await status(api, { [name]: value })]).toEqual([name, 403]);
  }
  const behind = await openApi({ trustProxy: true });
  try {
    for (const far of [
      PUBLIC,
      '8.8.8.8',
      '172.32.0.1',
      '2001:db8::1',
      '::ffff:8.8.8.8',
      'nonsense',
      '10.0.0.1, 8.8.8.8',
    ]) {
      expect([far, await status(behind, { 'x-forwarded-for': far })]).toEqual([far, 403]);
    }
    for (const near of [
      '10.0.0.1',
      '172.16.9.9',
      '192.168.1.1',
      '::1',
      'fd00::1',
      '::ffff:10.1.1.1',
      '8.8.8.8, 10.0.0.1',
    ]) {
      expect([near, await status(behind, { 'x-forwarded-for': near })]).toEqual([near, 200]);
    }
  } finally {
    await behind.close();
  }
  const token = 'a-token-for-prometheus';
  const guarded = await openApi({ metricsToken: token, trustProxy: true });
  try {
    for (const wrong of ['', 'Bearer ', `Bearer ${token} `.trim().slice(0, -1), `Bearer ${token}x`, token]) {
      expect(await status(guarded, wrong ? { authorization: wrong } : {})).toBe(403);
    }
    const far = { authorization: `Bearer ${token}`, 'x-forwarded-for': PUBLIC };
    expect(await status(guarded, far)).toBe(200);
  } finally {
    await guarded.close();
  }
});

test('a part that is away, or does not answer in time, makes the house unready and is named', async () => {
  const away = await openApi({
    house: (house) => ({
      ...house,
      coordination: { ...house.coordination, healthy: () => new Promise(() => undefined) },
    }),
  });
  const started = performance.now();
  const answers = await Promise.all(Array.from({ length: 5 }, () => fetch(`${away.url}/readyz`)));
  expect(performance.now() - started).toBeLessThan(3_500);
  for (const answer of answers) {
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ status: 'unready', parts: { store: 'ok', coordination: 'away' } });
  }
  expect((await fetch(`${away.url}/healthz`)).status).toBe(200);
  await away.house.db.close();
  const both = await fetch(`${away.url}/readyz`);
  expect(await both.json()).toEqual({ status: 'unready', parts: { store: 'away', coordination: 'away' } });
  await away.http.close(100);
});

test('a long page is packed for whoever can unpack it, and for nobody else', async () => {
  const got = async (path: string, encoding: string) => {
    const answer = await fetch(`${api.url}${path}`, { headers: { 'accept-encoding': encoding } });
    return {
      packed: answer.headers.get('content-encoding'),
      vary: answer.headers.get('vary'),
      text: await answer.text(),
    };
  };
  for (const path of ['/api/openapi.json', '/api/docs']) {
    const whole = await got(path, 'identity');
    expect(whole).toMatchObject({ packed: null, vary: expect.stringContaining('Accept-Encoding') });
    expect(await got(path, 'gzip, br')).toEqual({ ...whole, packed: 'gzip' });
  }
  expect(await got('/healthz', 'gzip')).toMatchObject({ packed: null });
});
