import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { Raw, route } from '../../src/core/feature.ts';
import { until } from '../support/until.ts';
import { openApi } from './support.ts';

const waiting = route({
  method: 'get',
  path: '/live',
  summary: '看板',
  tag: '流',
  handle: async ({ signal }) =>
    new Raw({
      kind: 'events',
      events: (async function* () {
        yield { event: 'hello', data: 1 };
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      })(),
    }),
});

test('closing ends event streams in good order, finishes what is under way and takes nothing new', async () => {
  const api = await openApi({ routes: [waiting] });
  const idle = connect(api.port, '127.0.0.1').resume();
  const idleClosed = new Promise((resolve) => idle.on('close', resolve));
  idle.write('GET /api/v1/wall HTTP/1.1\r\nHost: a\r\n\r\n');
  const live = await api.call('GET', '/api/v1/live');
  const slow = api.call('GET', '/api/v1/slow');
  await until(() => api.seen.held.length === 1);
  const started = performance.now();
  const closed = api.http.close(5_000);
  expect(await live.text()).toContain('event: hello');
  await expect(fetch(`${api.url}/api/v1/wall`)).rejects.toThrow();
  api.seen.held.pop()?.();
  const finished = await slow;
  expect([finished.status, finished.headers.get('connection')]).toEqual([200, 'close']);
  expect(await finished.json()).toEqual({ done: true });
  expect(api.seen.aborted).toBe(false);
  await closed;
  await idleClosed;
  expect(performance.now() - started).toBeLessThan(2_000);
  await api.close();
});

test('what takes longer than the grace is broken off, and its handler hears of it', async () => {
  const api = await openApi();
  const slow = api.call('GET', '/api/v1/slow');
  slow.catch(() => undefined);
  await until(() => api.seen.held.length === 1);
  await api.http.close(100);
  await expect(slow).rejects.toThrow();
  await until(() => api.seen.aborted === true);
  await api.close();
});

test('a handler hears that its client has left, and the log says so', async () => {
  const api = await openApi();
  const abort = new AbortController();
  const slow = api.call('GET', '/api/v1/slow', { signal: abort.signal });
  await until(() => api.seen.held.length === 1);
  abort.abort();
  await expect(slow).rejects.toThrow();
  await until(() => api.seen.aborted === true);
  await until(() => api.lines.some(({ fields }) => fields.route === '/api/v1/slow'));
  expect(api.lines.find(({ fields }) => fields.route === '/api/v1/slow')?.fields.status).toBe(499);
  await api.close();
});

test('what a client that left had begun is finished before closing is done', async () => {
  let release: (() => void) | undefined;
  let finished = false;
  const slow = route({
    method: 'get',
    path: '/stubborn',
    summary: '不理会离开',
    tag: '流',
    handle: async () => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      finished = true;
      return {};
    },
  });
  const api = await openApi({ routes: [slow] });
  const abort = new AbortController();
  const request = api.call('GET', '/api/v1/stubborn', { signal: abort.signal });
  await until(() => release !== undefined);
  abort.abort();
  await expect(request).rejects.toThrow();
  setTimeout(() => release?.(), 200);
  await api.http.close(5_000);
  expect(finished).toBe(true);
  await api.close();
});

test('a port that is taken is an error of listen', async () => {
  const one = await openApi();
  const two = await openApi();
  await expect(two.http.listen(one.port, '127.0.0.1')).rejects.toThrow('EADDRINUSE');
  await one.close();
  await two.close();
});
