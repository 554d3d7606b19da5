import type { Model } from 'mongoose';
import { type Chat, chatMessages, createChat, type PuppetSpec, tellsOfDanger, webChannel } from './chat/index.ts';
import { CannotStart } from './complaints.ts';
import { type Config, doubtsAbout } from './config.ts';
import { abilityFor } from './core/ability.ts';
import type { Change } from './core/aggregate.ts';
import { describeError } from './core/describe.ts';
import type { Feature, Message } from './core/feature.ts';
import type { House, Log } from './core/house.ts';
import { within } from './core/patience.ts';
import { type Clock, stateCouncilCalendar, systemClock } from './core/time.ts';
import { openVault } from './core/vault.ts';
import { makeFolder } from './data-folder.ts';
import { areaOfGroup, citiesOf } from './features/areas/index.ts';
import { features as allFeatures } from './features/index.ts';
import { createHttp, type Http, type StaticPage } from './http/index.ts';
import { openLog } from './log.ts';
import { createPush, type Push, type PushChannel } from './push/index.ts';
import { createSchedule, type Schedule, scheduleMessages } from './schedule/index.ts';
import { proveSecrets, readSecrets } from './secrets.ts';
import { openCoordination } from './storage/coordination.ts';
import { ensureIndexes, openStorage } from './storage/mongo.ts';
import { startUpgrades } from './storage/upgrades.ts';

/** The running house and its rooms. */
export interface App {
  house: House;
  features: readonly Feature[];
  /** Every message there is, by name. */
  messages: Readonly<Record<string, Message>>;
  push: Push;
  schedule: Schedule;
  http: Http;
  chat: Chat | undefined;
  /** Listens, starts relay, schedule and chat. Resolves once the API answers; chat comes up behind it. */
  start(): Promise<{ port: number }>;
  /**
   * Stops taking work, lets what is under way finish for at most `graceMs` in all, and closes everything. What is not
   * finished by then is taken up after the next start, or by another process. Asked again, it waits for the first time's end.
   */
  stop(graceMs?: number): Promise<void>;
}

/** What a caller may put in place of the ordinary: tests and the demo do. */
export interface AppOptions {
  features?: readonly Feature[];
  clock?: Clock;
  log?: Log;
  /** The chat's channel instead of the configured one. */
  puppet?: PuppetSpec;
  /** Ways to people instead of the chat. */
  channels?: readonly PushChannel[];
  /** Moves the demo's clock on by so many milliseconds; offered over HTTP in demo mode only. */
  onDemoClock?: (ms: number) => Promise<void> | void;
  /** Pages served beside the API. */
  pages?: readonly StaticPage[];
}

const GRACE_MS = 5_000;
/** What closing may take once nothing is under way any more. */
const CLOSING_MS = 1_000;

/**
 * Wires the parts once: storage → models → house → push, schedule, chat, http.
 * @throws Error when a feature lacks one it names, a secret is missing, or a store cannot be opened
 */
export async function createApp(config: Config, options: AppOptions = {}): Promise<App> {
  const features = options.features ?? allFeatures;
  checkUses(features);
  const log = options.log ?? openLog(config.logLevel);
  const clock = options.clock ?? systemClock;
  await makeFolder(config.folder);
  const secrets = await readSecrets(config);
  const storage = await openStorage({
    ...(config.mongoUri === undefined ? {} : { uri: config.mongoUri }),
    folder: `${config.folder}/store`,
    sweeps: options.clock === undefined,
  }).catch((error: unknown) => {
    throw config.mongoUri === undefined ? error : away('MONGODB_URI', error);
  });
  const vault = openVault(secrets.field, secrets.oldFields);
  await proveSecrets(storage.connection, vault).catch(async (error: unknown) => {
    await storage.close();
    throw error;
  });
  const coordination = await openCoordination({
    ...(config.redisUrl === undefined ? {} : { url: config.redisUrl }),
    onTrouble: (error) => log.error({ err: error }, 'the Redis is out of reach'),
  }).catch(async (error: unknown) => {
    await storage.close();
    throw away('REDIS_URL', error);
  });

  const rules = features.flatMap((feature) => feature.rules);
  const house: House = {
    db: storage.connection,
    clock,
    calendar: stateCouncilCalendar(),
    vault,
    coordination,
    directory: noDirectory,
    log,
    settings: { demo: config.demo, folder: config.folder, baseUrl: config.baseUrl, publicUrl: config.publicUrl },
    model: <D>(name: string) => storage.connection.model(name) as unknown as Model<D>,
    abilityOf: (actor) => abilityFor(actor, rules),
    tellsOfDanger,
    announce(change) {
      void announce(house, change).catch((error: unknown) => log.warn({ err: error }, 'a change was not announced'));
    },
  };
  const keeper = features.find((feature) => feature.directory);
  if (keeper?.directory) house.directory = keeper.directory(house);

  for (const feature of features) {
    for (const [name, schema] of Object.entries(feature.models)) storage.connection.model(name, schema, name);
  }

  let chat: Chat | undefined;
  const puppet = options.puppet ?? puppetOf(config);
  const wechaty: PushChannel = {
    name: 'wechaty',
    atOnce: 1,
    async send(address, delivery) {
      await chat?.say(address.target, `${delivery.title}\n${delivery.text}`, delivery._id);
    },
  };
  const messages: Record<string, Message> = Object.assign(
    {},
    chatMessages,
    scheduleMessages,
    ...features.map((feature) => feature.messages),
  );
  house.reminders = Object.entries(messages).flatMap(([name, { kind, title, called = [] }]) =>
    kind === 'reminder' ? [{ name, title, called }] : [],
  );
  const push = createPush({
    house,
    messages,
    aggregates: features.flatMap((feature) => feature.lifecycles.map((lifecycle) => lifecycle.name)),
    // A process without the bot leaves messages for the chat to the process that has it.
    channels: options.channels ?? (puppet ? [wechaty] : []),
    singlesADay: config.singlesADay,
  });
  const schedule = createSchedule({
    house,
    jobs: [...features.flatMap((feature) => feature.jobs), ...push.jobs],
    cities: () => citiesOf(house),
  });
  if (puppet) {
    chat = createChat({
      house,
      log,
      puppet,
      intents: features.flatMap((feature) => feature.intents),
      progress: features.flatMap(({ progress }) => progress ?? []),
      options: {
        groupOf: (name, room) => groupOf(house, name, room),
        ...(config.speech ? { speech: config.speech } : {}),
        ...(config.chatModel ? { helper: config.chatModel } : {}),
      },
    });
  }
  const http = createHttp({
    house,
    routes: [...features.flatMap((feature) => feature.routes), ...push.routes],
    publicPages: features.flatMap(({ pages }) => pages ?? []),
    tokenSecret: secrets.token,
    trustProxy: config.trustProxy,
    metricsToken: config.metricsToken,
    requestsPerMinute: config.requestsPerMinute,
    ...(config.wechat ? { wechat: config.wechat } : {}),
    ...(options.onDemoClock ? { onDemoClock: options.onDemoClock } : {}),
    ...(options.pages ? { pages: options.pages } : {}),
  });
  await ensureIndexes(storage.connection);
  const calendar = features.find((feature) => feature.calendar)?.calendar?.(house);
  await calendar?.reload();

  let upgrades: ReturnType<typeof startUpgrades> | undefined;
  let stopped: Promise<void> | undefined;
  async function stop(graceMs: number): Promise<void> {
    // All at once, so that none waits out another's time. The outer limit is for what one of them may wait for by mistake.
    const parts = [
      http.close(graceMs),
      chat?.stop(graceMs),
      schedule.stop(graceMs),
      push.stop(graceMs),
      upgrades?.stop(),
      calendar?.stop(),
    ];
    const endings = parts.map((part) =>
      part?.catch((error: unknown) => log.error({ err: error }, 'a part of the house could not stop cleanly')),
    );
    await within(graceMs + CLOSING_MS, Promise.all(endings));
    await within(CLOSING_MS, coordination.close());
    await storage.close();
  }

  return {
    house,
    features,
    messages,
    push,
    schedule,
    http,
    chat,
    async start() {
      for (const doubt of doubtsAbout(config)) log.warn({}, doubt);
      const { port } = await http.listen(config.port, config.host);
      calendar?.start();
      await push.start();
      await schedule.start();
      // What understanding is made of is made now and not for the first who writes: that may be somebody in danger.
      setImmediate(() => house.tellsOfDanger('水管漏水'));
      upgrades = startUpgrades(
        house,
        features.flatMap((feature) => feature.upgrades ?? []),
      );
      void chat?.start();
      return { port };
    },
    stop(graceMs = GRACE_MS) {
      stopped ??= stop(graceMs);
      return stopped;
    },
  };
}

async function announce(house: House, change: Change): Promise<void> {
  const { coordination } = house;
  await Promise.all([
    change.told ? coordination.publish('outbox', { aggregate: change.aggregate }) : undefined,
    ...change.areas.map((area) => coordination.publish(`board:${area}`, change)),
  ]);
}

function puppetOf({ puppet: { name, token } }: Config): PuppetSpec | undefined {
  switch (name) {
    case 'none':
      return undefined;
    case 'web':
      return { kind: 'web', channel: webChannel() };
    case 'service':
      if (token === undefined) throw puppetToken();
      return { kind: 'service', token };
    default:
      return { kind: name };
  }
}

async function groupOf(house: House, puppet: string, room: string) {
  const found = await areaOfGroup(house, puppet, room);
  return (
    found && {
      area: found.area._id,
      name: found.area.name,
      ...(found.group.prefix ? { prefix: found.group.prefix } : {}),
    }
  );
}

/** What one of our servers does not answer, without a word of what was said to it. */
const away = (variable: string, error: unknown): CannotStart =>
  new CannotStart(
    `连不上 ${variable} 指的服务器，请检查地址、账号和网络，并确认它已经启动。`,
    `The server that ${variable} names does not answer: check address, account and network, and that it runs. ${describeError(error).message}`,
    error,
  );

const puppetToken = () =>
  new CannotStart(
    'PUPPET=service 还需要 PUPPET_TOKEN，就是机器人服务给的令牌。',
    'PUPPET=service needs PUPPET_TOKEN, the token of the puppet service.',
  );

function checkUses(features: readonly Feature[]): void {
  const names = new Set(features.map((feature) => feature.name));
  for (const feature of features) {
    for (const used of feature.uses) {
      if (!names.has(used)) throw new Error(`The feature ${feature.name} needs ${used}: add it to features/index.ts`);
    }
  }
}

const noDirectory: House['directory'] = {
  actor: async () => undefined,
  byContact: async () => undefined,
  byOpenid: async () => undefined,
  holders: async () => [],
  living: async () => [],
  addresses: async () => [],
};
