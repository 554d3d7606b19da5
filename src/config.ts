import { z } from 'zod';
import { CannotStart } from './complaints.ts';

/**
 * Every setting of the process, from the environment. This table is their only documentation.
 * Lists and numbers are text; empty means "not set".
 */
const environment = z.object({
  /** Port of the HTTP API. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** Address it listens on; `0.0.0.0` behind a proxy or in a container. */
  HOST: z.string().default('127.0.0.1'),
  /**
   * The address people reach it at, for links in messages and to topics' public pages, which are given only when this is
   * set. Default `http://HOST:PORT`.
   */
  PUBLIC_URL: z.url().optional(),
  /** Set to trust `X-Forwarded-For` of a reverse proxy. */
  TRUST_PROXY: z.stringbool().default(false),
  /** Folder of the embedded store, photos and generated secrets. */
  DATA_DIR: z.string().default('data'),
  /** A MongoDB (standalone, replica set or sharded). Not set: the embedded engine in DATA_DIR. */
  MONGODB_URI: z.string().startsWith('mongodb').optional(),
  /** A Redis. Not set: one process coordinates itself. */
  REDIS_URL: z.string().startsWith('redis').optional(),
  /** base64 of at least 32 random bytes; seals phone numbers. Lose it and they are lost. Needed with MONGODB_URI. */
  FIELD_SECRET: z.base64().optional(),
  /**
   * FIELD_SECRETs used before, latest first, with commas between: what they sealed still opens. Keep the very first one
   * here for as long as there is data: telephone numbers are looked up by fingerprints made with it.
   */
  FIELD_SECRETS_OLD: z
    .string()
    .transform((list) => list.split(',').map((one) => one.trim()))
    .pipe(z.array(z.base64()))
    .default([]),
  /** base64 of at least 32 random bytes; signs sign-in tokens. Needed with MONGODB_URI. */
  TOKEN_SECRET: z.base64().optional(),
  /** The mini-program's app id and secret, for wx.login. */
  WECHAT_APPID: z.string().optional(),
  WECHAT_SECRET: z.string().optional(),
  /** Where WeChat's API is; only tests change it. */
  WECHAT_API: z.url().default('https://api.weixin.qq.com'),
  /** The chat channel: `none`, `console`, `web`, `service` (needs PUPPET_TOKEN) or `wechat4u`. */
  PUPPET: z.enum(['none', 'console', 'web', 'service', 'wechat4u']).default('none'),
  /** Token of the Wechaty puppet service. */
  PUPPET_TOKEN: z.string().optional(),
  /**
   * A speech service that speaks OpenAI's API, up to `/v1`: voice messages of people who are bound are sent there to be
   * written down, and read back. Not set: they are only acknowledged.
   */
  SPEECH_URL: z.url().optional(),
  SPEECH_KEY: z.string().optional(),
  SPEECH_MODEL: z.string().default('whisper-1'),
  /**
   * A language model that speaks OpenAI's API, up to `/v1`: where the bot is unsure between two meanings it may say which
   * is the likelier, within two seconds, of a message without names, numbers and addresses. Not set: people are asked.
   */
  CHAT_MODEL_URL: z.url().optional(),
  CHAT_MODEL_KEY: z.string().optional(),
  CHAT_MODEL_NAME: z.string().optional(),
  /** `fatal`, `error`, `warn`, `info`, `debug` or `silent`. */
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  /**
   * Demo mode: anybody signs in as anybody, the clock moves. Never set it where real people are; with MONGODB_URI, where
   * they usually are, it is refused unless DEMO_ON_MONGODB is set too.
   */
  DEMO: z.stringbool().default(false),
  /** Says that the MongoDB holds no real people, so that DEMO may use it. */
  DEMO_ON_MONGODB: z.stringbool().default(false),
  /**
   * At least 16 characters: `/metrics` is for whoever sends it as a bearer token. Not set: only for loopback and private
   * addresses that ask directly, not through a proxy.
   */
  METRICS_TOKEN: z.string().min(16).optional(),
  /** Requests a signed-in person (or an address) may make in a minute. */
  REQUESTS_PER_MINUTE: z.coerce.number().int().positive().default(600),
  /** Ordinary chat messages a person gets one by one on a day; what comes after them waits for the evening's list. */
  SINGLES_A_DAY: z.coerce.number().int().positive().default(3),
});

/** What each variable should be, for whoever gave it something else. */
const SHOULD_BE: Readonly<Record<keyof z.input<typeof environment>, readonly [chinese: string, english: string]>> = {
  PORT: ['0 到 65535 的整数', 'a whole number from 0 to 65535'],
  HOST: ['一个地址，例如 127.0.0.1', 'an address, such as 127.0.0.1'],
  PUBLIC_URL: ['一个完整的网址，例如 https://haolin.example.cn', 'a whole URL, such as https://haolin.example.cn'],
  TRUST_PROXY: ['true 或 false', 'true or false'],
  DATA_DIR: ['一个文件夹', 'a folder'],
  MONGODB_URI: ['mongodb:// 开头的地址', 'an address that begins with mongodb://'],
  REDIS_URL: ['redis:// 开头的地址', 'an address that begins with redis://'],
  FIELD_SECRET: ['base64（openssl rand -base64 32）', 'base64 (openssl rand -base64 32)'],
  FIELD_SECRETS_OLD: ['几个 base64，用逗号隔开', 'base64, several with commas between'],
  TOKEN_SECRET: ['base64（openssl rand -base64 32）', 'base64 (openssl rand -base64 32)'],
  WECHAT_APPID: ['小程序的 AppID', "the mini-program's app id"],
  WECHAT_SECRET: ['小程序的 AppSecret', "the mini-program's secret"],
  WECHAT_API: ['一个完整的网址', 'a whole URL'],
  PUPPET: ['none、console、web、service 或 wechat4u', 'none, console, web, service or wechat4u'],
  PUPPET_TOKEN: ['机器人服务的令牌', 'the token of the puppet service'],
  SPEECH_URL: [
    '一个完整的网址，例如 https://speech.example.cn/v1',
    'a whole URL, such as https://speech.example.cn/v1',
  ],
  SPEECH_KEY: ['语音服务的密钥', 'the key of the speech service'],
  SPEECH_MODEL: ['语音服务的模型名称', 'the name of a model of the speech service'],
  CHAT_MODEL_URL: [
    '一个完整的网址，例如 https://model.example.cn/v1',
    'a whole URL, such as https://model.example.cn/v1',
  ],
  CHAT_MODEL_KEY: ['语言模型服务的密钥', 'the key of the language model service'],
  CHAT_MODEL_NAME: ['语言模型的名称', 'the name of the language model'],
  LOG_LEVEL: ['fatal、error、warn、info、debug 或 silent', 'fatal, error, warn, info, debug or silent'],
  DEMO: ['true 或 false', 'true or false'],
  DEMO_ON_MONGODB: ['true 或 false', 'true or false'],
  METRICS_TOKEN: ['至少16个字符', 'at least 16 characters'],
  REQUESTS_PER_MINUTE: ['1 以上的整数', 'a whole number from 1 on'],
  SINGLES_A_DAY: ['1 以上的整数', 'a whole number from 1 on'],
};

export interface Config {
  port: number;
  host: string;
  baseUrl: string;
  /** As people outside reach it; not known unless it is said. */
  publicUrl: string | undefined;
  trustProxy: boolean;
  folder: string;
  mongoUri: string | undefined;
  redisUrl: string | undefined;
  fieldSecret: string | undefined;
  oldFieldSecrets: readonly string[];
  tokenSecret: string | undefined;
  wechat: { appid: string; secret: string; baseUrl: string } | undefined;
  puppet: { name: 'none' | 'console' | 'web' | 'service' | 'wechat4u'; token: string | undefined };
  speech: { url: string; key: string | undefined; model: string } | undefined;
  chatModel: { url: string; key: string | undefined; model: string } | undefined;
  logLevel: string;
  demo: boolean;
  metricsToken: string | undefined;
  requestsPerMinute: number;
  singlesADay: number;
}

/**
 * Reads the environment.
 * @throws CannotStart that names each variable that is wrong and what it should be
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = environment.safeParse(given);
  if (!result.success) {
    const wrong = [...new Set(result.error.issues.map(({ path }) => path[0] as keyof typeof SHOULD_BE))];
    throw new CannotStart(
      ['环境变量不对：', ...wrong.map((name) => `  ${name}：应当是 ${SHOULD_BE[name][0]}`)].join('\n'),
      ['These environment variables are not right:', ...wrong.map((name) => `  ${name}: ${SHOULD_BE[name][1]}`)].join(
        '\n',
      ),
    );
  }
  const e = result.data;
  if (e.DEMO && e.MONGODB_URI !== undefined && !e.DEMO_ON_MONGODB) {
    throw new CannotStart(
      'DEMO 让任何人都能以任何人的身份登录：设了 MONGODB_URI 时不允许。如果那个 MongoDB 里没有真实的人，请再设 DEMO_ON_MONGODB=true。',
      'DEMO lets anybody sign in as anybody: with MONGODB_URI it is refused. If that MongoDB holds no real people, set DEMO_ON_MONGODB=true too.',
    );
  }
  if (e.CHAT_MODEL_URL !== undefined && e.CHAT_MODEL_NAME === undefined) {
    throw new CannotStart(
      '设了 CHAT_MODEL_URL，还需要 CHAT_MODEL_NAME，就是语言模型的名称。',
      'CHAT_MODEL_URL needs CHAT_MODEL_NAME, the name of the language model.',
    );
  }
  return {
    port: e.PORT,
    host: e.HOST,
    baseUrl: e.PUBLIC_URL?.replace(/\/$/, '') ?? `http://${e.HOST}:${e.PORT}`,
    publicUrl: e.PUBLIC_URL?.replace(/\/$/, ''),
    trustProxy: e.TRUST_PROXY,
    folder: e.DATA_DIR,
    mongoUri: e.MONGODB_URI,
    redisUrl: e.REDIS_URL,
    fieldSecret: e.FIELD_SECRET,
    oldFieldSecrets: e.FIELD_SECRETS_OLD,
    tokenSecret: e.TOKEN_SECRET,
    wechat:
      e.WECHAT_APPID && e.WECHAT_SECRET
        ? { appid: e.WECHAT_APPID, secret: e.WECHAT_SECRET, baseUrl: e.WECHAT_API }
        : undefined,
    puppet: { name: e.PUPPET, token: e.PUPPET_TOKEN },
    speech: e.SPEECH_URL === undefined ? undefined : { url: e.SPEECH_URL, key: e.SPEECH_KEY, model: e.SPEECH_MODEL },
    chatModel:
      e.CHAT_MODEL_URL === undefined || e.CHAT_MODEL_NAME === undefined
        ? undefined
        : { url: e.CHAT_MODEL_URL, key: e.CHAT_MODEL_KEY, model: e.CHAT_MODEL_NAME },
    logLevel: e.LOG_LEVEL,
    demo: e.DEMO,
    metricsToken: e.METRICS_TOKEN,
    requestsPerMinute: e.REQUESTS_PER_MINUTE,
    singlesADay: e.SINGLES_A_DAY,
  };
}

/** What is allowed but seldom meant, a sentence each for the log. */
export function doubtsAbout(config: Config): string[] {
  const { mongoUri, redisUrl, demo } = config;
  return [
    ...(mongoUri !== undefined && redisUrl === undefined
      ? [
          'MONGODB_URI without REDIS_URL: right for one process only; several need a Redis to share limits, locks and boards',
        ]
      : []),
    ...(demo ? ['DEMO: anybody may sign in as anybody'] : []),
  ];
}
