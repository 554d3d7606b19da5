import { afterEach, expect, test } from 'vitest';
import { Raw, route } from '../../src/core/feature.ts';
import { until } from '../support/until.ts';
import { type Api, NEIGHBOUR, openApi } from './support.ts';

let api: Api | undefined;
afterEach(() => api?.close());

/** A board that says its number when it is opened and then nothing more. */
async function open(): Promise<{
  watch(token?: string): Promise<{ over: () => boolean; leave(): void }>;
  openNow(): Promise<number>;
}> {
  const board = route({
    method: 'get',
    path: '/board',
    summary: '看板',
    tag: '看板',
    async handle({ signal }) {
      return new Raw({
        kind: 'events',
        events: (async function* () {
          yield { event: 'hello', data: {} };
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
        })(),
      });
    },
  });
  const opened = await openApi({ routes: [board], limits: { streamsEach: 3 } });
  api = opened;
  return {
    async watch(token) {
      const leaving = new AbortController();
      const response = await opened.call('GET', '/api/v1/board', {
        signal: leaving.signal,
        ...(token ? { token } : {}),
      });
      expect(response.status).toBe(200);
      let over = false;
      const reader = response.body?.getReader();
      await reader?.read();
      void (async () => {
        while (!(await reader?.read())?.done);
      })()
        .catch(() => undefined)
        .then(() => {
          over = true;
        });
      return { over: () => over, leave: () => leaving.abort() };
    },
    async openNow() {
      const text = await (await fetch(`${opened.url}/metrics`)).text();
      return Number(/^haolin_http_event_streams (\d+)$/m.exec(text)?.[1]);
    },
  };
}

test('of more streams than one person may have the oldest ends, and nobody else’s', async () => {
  const board = await open();
  const neighbour = await board.watch(await api?.http.issueToken(NEIGHBOUR));
  const own: Awaited<ReturnType<typeof board.watch>>[] = [];
  for (let n = 0; n < 6; n += 1) own.push(await board.watch());
  await until(() => own.filter((one) => one.over()).length === 3);
  expect(own.map((one) => one.over())).toEqual([true, true, true, false, false, false]);
  expect(neighbour.over()).toBe(false);
  await until(async () => (await board.openNow()) === 4);
});

test('who leaves makes room again', async () => {
  const board = await open();
  const own: Awaited<ReturnType<typeof board.watch>>[] = [];
  for (let n = 0; n < 3; n += 1) own.push(await board.watch());
  own[2]?.leave();
  await until(async () => (await board.openNow()) === 2);
  const next = await board.watch();
  expect([own[0]?.over(), own[1]?.over(), next.over()]).toEqual([false, false, false]);
  expect(await board.openNow()).toBe(3);
});

test('who is no longer who they were begins to watch anew, if they still may', async () => {
  const board = await open();
  const token = await api?.http.issueToken(NEIGHBOUR);
  const [mine, neighbour] = [await board.watch(), await board.watch(token)];
  await api?.house.coordination.publish('people', { id: NEIGHBOUR });
  await until(() => neighbour.over());
  expect(mine.over()).toBe(false);
  expect((await board.watch(token)).over()).toBe(false);
  await api?.call('DELETE', '/api/v1/session');
  await until(() => mine.over());
  expect((await api?.call('GET', '/api/v1/board'))?.status).toBe(401);
});
