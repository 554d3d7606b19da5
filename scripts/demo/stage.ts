import { type App, createApp } from '../../src/app.ts';
import { webChannel } from '../../src/chat/index.ts';
import { readConfig } from '../../src/config.ts';
import type { Feature } from '../../src/core/feature.ts';
import { shiftedClock, systemClock } from '../../src/core/time.ts';
import { features } from '../../src/features/index.ts';
import { seedDemo } from '../seed/demo.ts';
import { demoRoutes } from './routes.ts';
import { neighbourhoodPages } from './site.ts';
import { checkSpan } from './span.ts';
import { openTalk, type Talk } from './talk.ts';
import { playWechat } from './wechat.ts';

/** The demo's house: embedded parts, the invented community, a clock that can be moved. */
export interface Stage {
  app: App;
  address: string;
  /** The chats, whoever speaks in them and from wherever. */
  talk: Talk;
  people: Record<string, string>;
  nameOf(id: string): string;
  now(): Date;
  /** Lets time pass: whatever was due meanwhile happens, and everybody concerned is told. @throws HaolinError too_far_ahead */
  pass(ms: number): Promise<void>;
  /** Waits until every message under way has arrived. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the stage and listens.
 * @param options `startsAt`: what the demo's clock shows at first, now when absent; `publicUrl`: under which strangers know
 *   the house, none when absent
 */
export async function openStage(options: {
  folder: string;
  port: number;
  startsAt?: Date;
  logLevel?: string;
  publicUrl?: string;
}): Promise<Stage> {
  const clock = shiftedClock(systemClock);
  const channel = webChannel();
  const talk = openTalk(channel, () => clock.now());
  if (options.startsAt) clock.shift(options.startsAt.getTime() - clock.now().getTime());
  const wechat = await playWechat();
  const app = await createApp(
    readConfig({
      DEMO: 'true',
      DATA_DIR: options.folder,
      PORT: String(options.port),
      LOG_LEVEL: options.logLevel ?? 'warn',
      ...(options.publicUrl !== undefined && { PUBLIC_URL: options.publicUrl }),
      WECHAT_APPID: wechat.appid,
      WECHAT_SECRET: wechat.secret,
      WECHAT_API: wechat.baseUrl,
    }),
    {
      clock,
      features: [...features, neighbourhood(talk)],
      puppet: { kind: 'web', channel },
      onDemoClock: pass,
      pages: neighbourhoodPages(),
    },
  );
  const { ids } = await seedDemo(app.house);
  const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));

  async function settle(): Promise<void> {
    await app.push.drain();
  }

  async function pass(ms: number): Promise<void> {
    checkSpan(ms, clock.now(), systemClock.now());
    clock.shift(ms);
    await app.schedule.catchUp(clock.now());
    await settle();
  }

  const { port } = await app.start();
  return {
    app,
    address: `http://127.0.0.1:${port}`,
    talk,
    people: ids,
    nameOf: (id) => names.get(id) ?? id,
    now: () => clock.now(),
    pass,
    settle,
    async close() {
      await app.stop(2_000);
      wechat.close();
    },
  };
}

/** What only a demo has, as a feature beside the others. */
function neighbourhood(talk: Talk): Feature {
  return {
    name: 'neighbourhood',
    uses: [],
    models: {},
    rules: [],
    lifecycles: [],
    routes: demoRoutes(talk),
    intents: [],
    jobs: [],
    messages: {},
  };
}
