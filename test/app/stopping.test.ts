import { expect, it, vi } from 'vitest';
import { webChannel } from '../../src/chat/index.ts';
import { type Feature, Raw, route } from '../../src/core/feature.ts';
import { features } from '../../src/features/index.ts';
import { wholeApp } from '../support/app.ts';

/** A house in which everything that can be under way never ends. */

const GRACE_MS = 400;
const never = () => new Promise<never>(() => undefined);

it('stops when all that is under way never ends, and gives each part no more than the one grace there is', async () => {
  const begun: Record<'request' | 'job' | 'message' | 'push', number> = { request: 0, job: 0, message: 0, push: 0 };
  const hang = (what: keyof typeof begun) => {
    begun[what] += 1;
    return never();
  };
  const endless: Feature = {
    name: 'endless',
    uses: [],
    models: {},
    rules: [],
    lifecycles: [],
    routes: [
      route({
        method: 'get',
        path: '/endless',
        summary: '没完没了',
        tag: '测试',
        auth: 'public',
        handle: async () => new Raw(await hang('request')),
      }),
    ],
    intents: [{ name: 'endless', effect: 'read', open: true, command: [/^没完没了$/u], handle: () => hang('message') }],
    jobs: [{ name: 'endless', title: '没完没了', cron: '0 0 1 1 *', makeUpWithinMs: 0, run: () => hang('job') }],
    messages: { 'endless.told': { title: '没完没了', body: () => '', urgent: true } },
  };
  const channel = webChannel();
  const { app, address, ids, close } = await wholeApp({
    features: [...features, endless],
    puppet: { kind: 'web', channel },
    channels: [{ name: 'wechaty', send: () => hang('push') }],
  });
  await vi.waitUntil(() => app.chat?.online(), { timeout: 30_000 });
  void app.schedule.tick('endless', app.house.clock.now());
  void channel.receive('somebody', '没完没了').catch(() => undefined);
  void fetch(`${address}/api/v1/endless`).catch(() => undefined);
  vi.spyOn(app.house.directory, 'addresses').mockResolvedValue([{ channel: 'wechaty', target: 'somebody' }]);
  const key = 'endless:1';
  await app.house.db.collection('notices').insertOne({
    _id: key as never,
    at: app.house.clock.now(),
    outbox: [{ key, to: { person: ids.王秀英 }, message: 'endless.told', data: {}, at: app.house.clock.now() }],
  });
  await app.house.coordination.publish('outbox', {});
  await vi.waitUntil(() => Object.values(begun).every((times) => times > 0), { timeout: 30_000 });

  const given = [
    vi.spyOn(app.http, 'close'),
    vi.spyOn(app.schedule, 'stop'),
    vi.spyOn(app.push, 'stop'),
    vi.spyOn(app.chat ?? { stop: never }, 'stop'),
  ];
  await app.stop(GRACE_MS);
  for (const spy of given) {
    expect(spy).toHaveBeenCalledTimes(1);
    const [ms] = spy.mock.calls[0] ?? [];
    expect(ms).toBeLessThanOrEqual(GRACE_MS);
  }
  await close();
}, 120_000);
