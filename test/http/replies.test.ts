import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Raw, type Route, route } from '../../src/core/feature.ts';
import { until } from '../support/until.ts';
import { type Api, openApi, WORKER } from './support.ts';

interface Board {
  events: { event: string; data: unknown; id?: string }[];
  wake: () => void;
  given: number;
  over: boolean;
  aborted: boolean;
}
const board: Board = { events: [], wake: () => undefined, given: 0, over: false, aborted: false };

/** A board as a feature has it: events as they come, until the request's signal says that nobody looks any more. */
async function* watch(signal: AbortSignal) {
  try {
    signal.addEventListener('abort', () => board.wake());
    while (!signal.aborted) {
      const next = board.events.shift();
      if (next) {
        board.given += 1;
        yield next;
      } else {
        await new Promise<void>((resolve) => {
          board.wake = resolve;
        });
      }
    }
    board.aborted = true;
  } finally {
    board.over = true;
  }
}
const put = (...events: Board['events']) => {
  board.events.push(...events);
  board.wake();
};

const raw = (path: string, make: (signal: AbortSignal) => Raw): Route =>
  route({ method: 'get', path, summary: path, tag: '流', handle: async ({ signal }) => make(signal) });

const routes = [
  raw('/live', (signal) => {
    Object.assign(board, { events: [], given: 0, over: false, aborted: false });
    return new Raw({ kind: 'events', events: watch(signal) });
  }),
  raw(
    '/three',
    () => new Raw({ kind: 'events', events: Readable.from([1, 2, 3].map((n) => ({ event: 'n', data: n }))) }),
  ),
  raw('/failing', () => {
    async function* failing() {
      yield { event: 'a', data: 1 };
      throw new Error('source broke');
    }
    return new Raw({ kind: 'events', events: failing() });
  }),
  raw('/export', () => {
    const body = Readable.from(['姓名,电话\n', '张*,138****0000\n']);
    return new Raw({ kind: 'stream', type: 'text/csv; charset=utf-8', body, filename: '微心愿 "9月"\ud800.csv' });
  }),
  raw('/broken', () => {
    const body = new Readable({
      read() {
        this.push('half');
        this.destroy(new Error('disk'));
      },
    });
    return new Raw({ kind: 'stream', type: 'text/plain', body });
  }),
];

let api: Api;
beforeAll(async () => {
  api = await openApi({ routes, limits: { heartbeatMs: 100 } });
});
afterAll(() => api.close());

test('a file is sent with what a cache needs, and not again to one who has it', async () => {
  const first = await api.call('GET', '/api/v1/file/photo');
  expect(await first.text()).toBe('jpeg bytes');
  expect(Object.fromEntries(first.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-length': '10',
    'cache-control': 'private, max-age=3600',
    'x-content-type-options': 'nosniff',
  });
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[0-9a-z-]+"$/);
  // As a browser asks whether its copy is still good; fetch would forbid an answer from any copy.
  const ask = (name: string, value: string) =>
    api.call('GET', '/api/v1/file/photo', { headers: { [name]: value, 'cache-control': 'max-age=0' } });
  expect((await ask('if-none-match', etag)).status).toBe(304);
  expect((await ask('if-modified-since', first.headers.get('last-modified') ?? '')).status).toBe(304);
  expect((await ask('if-none-match', '"other"')).status).toBe(200);
  expect((await ask('if-modified-since', 'Sat, 01 Jan 2000 00:00:00 GMT')).status).toBe(200);
  const head = await api.call('HEAD', '/api/v1/file/photo');
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '10']);
});

test('a file that is not there is a problem like any other', async () => {
  const response = await api.call('GET', '/api/v1/file/missing');
  expect(response.status).toBe(404);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.json()).toMatchObject({ code: 'not_found' });
});

test('a download has its Chinese name by RFC 5987 and never half a character', async () => {
  const response = await api.call('GET', '/api/v1/export');
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const disposition = response.headers.get('content-disposition') ?? '';
  expect(disposition).toMatch(/^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''%E5%BE%AE%E5%BF%83%E6%84%BF/);
  expect(disposition).toContain('_.csv');
  expect(await response.text()).toBe('姓名,电话\n张*,138****0000\n');
});

test('a download that breaks off ends the connection, not the house', async () => {
  await expect(api.call('GET', '/api/v1/broken').then((response) => response.text())).rejects.toThrow();
  await until(() => api.lines.some(({ message }) => message === 'an answer broke off'));
  expect((await api.call('GET', '/api/v1/me')).status).toBe(200);
});

/** Reads a stream of events until enough has come. */
async function reader(path: string) {
  const abort = new AbortController();
  const response = await api.call('GET', path, { signal: abort.signal });
  let text = '';
  const done = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk as Uint8Array, { stream: true });
  })().catch(() => undefined);
  return { response, text: () => text, leave: () => abort.abort(), done };
}

test('events come as they happen, with id and retry, and heartbeats in between', async () => {
  const live = await reader('/api/v1/live');
  expect(Object.fromEntries(live.response.headers)).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  await until(() => live.text().startsWith('retry: 3000\n\n'));
  put({ event: 'wish', id: 'w1:2', data: { state: 'claimed', text: '两\n行' } });
  await until(() => live.text().includes('event: wish\nid: w1:2\ndata: {"state":"claimed","text":"两\\n行"}\n\n'));
  put({ event: 'sneaky\ndata: 1', id: 'a\r\nb', data: undefined });
  await until(() => live.text().includes('event: sneaky data: 1\nid: a  b\ndata: null\n\n'));
  await until(() => (live.text().match(/: \n\n/g) ?? []).length >= 2);
  live.leave();
  await until(() => board.over && board.aborted);
});

test('a source that ends ends the stream; one that fails breaks it off and is logged', async () => {
  const three = await reader('/api/v1/three');
  await three.done;
  expect(three.text()).toBe(`retry: 3000\n\n${[1, 2, 3].map((n) => `event: n\ndata: ${n}\n\n`).join('')}`);
  const failing = await reader('/api/v1/failing');
  await failing.done;
  expect(failing.text()).toContain('event: a');
  await until(() => api.lines.some(({ fields }) => JSON.stringify(fields).includes('source broke')));
  expect((await api.call('HEAD', '/api/v1/three')).status).toBe(200);
});

test('a client that does not read is not fed, and in the end let go', async () => {
  const token = await api.http.issueToken(WORKER);
  const socket = connect(api.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.pause();
  socket.write(`GET /api/v1/live HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  await until(() => !board.over && board.given === 0);
  await pause(50);
  const large = 'x'.repeat(100_000);
  put(...Array.from({ length: 400 }, () => ({ event: 'big', data: large })));
  await until(() => board.over);
  expect(board.given).toBeLessThan(400);
  const open = await (await fetch(`${api.url}/metrics`)).text();
  expect(open).toMatch(/^haolin_http_event_streams 0$/m);
  socket.destroy();
});
