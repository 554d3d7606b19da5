import { Redis } from 'ioredis';

/** A call Redis has not answered by then fails: nothing waits for ever on a machine that went silent. */
const ANSWER_WITHIN_MS = 2_000;
/** A connection on which nothing was answered for so long is given up and opened again. */
const SILENT_MS = 4_000;
/** How long the first connection is tried: a Redis started beside this process needs a moment. */
const FIRST_ANSWER_MS = 10_000;
const LONGEST_RETRY_MS = 2_000;
const PING_MS = 10_000;

/** The two connections a process keeps: one for commands, one that listens. */
export interface Connections {
  redis: Redis;
  listener: Redis;
  close(): void;
}

/**
 * Connects. Afterwards both connections come back by themselves whenever they are lost; until then commands fail at once.
 * @param onTrouble told when the connection is lost, once each time
 * @throws Error when there is no answer at the start
 */
export async function connect(url: string, onTrouble: (error: Error) => void): Promise<Connections> {
  const options = {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    // ioredis leaves the promise of its own resubscribing unhandled; `redis.ts` does it, with care.
    autoResubscribe: false,
    commandTimeout: ANSWER_WITHIN_MS,
    connectTimeout: ANSWER_WITHIN_MS,
    socketTimeout: SILENT_MS,
    retryStrategy: (times: number) => Math.min(times * 100, LONGEST_RETRY_MS),
  };
  const redis = new Redis(url, options);
  const listener = new Redis(url, options);
  const close = () => {
    clearInterval(pulse);
    redis.disconnect();
    listener.disconnect();
  };
  // A connection that only listens would never notice that the other end is gone.
  const pulse = setInterval(() => void listener.ping().catch(() => undefined), PING_MS);
  pulse.unref();
  try {
    await Promise.all([firstAnswer(redis), firstAnswer(listener)]);
  } catch (error) {
    close();
    throw error;
  }
  // The listener's troubles are the other's too; once is enough to tell.
  listener.on('error', () => undefined);
  reportLosses(redis, onTrouble);
  return { redis, listener, close };
}

async function firstAnswer(redis: Redis): Promise<void> {
  let last: Error | undefined;
  const remember = (error: Error) => {
    last = error;
  };
  redis.on('error', remember);
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const refuse = () =>
        reject(new Error(`The Redis at REDIS_URL does not answer: ${last?.message ?? 'no reply'}`, { cause: last }));
      timer = setTimeout(refuse, FIRST_ANSWER_MS);
      redis.once('ready', resolve);
      redis.once('end', refuse);
      redis.connect().catch(remember);
    });
  } finally {
    clearTimeout(timer);
    redis.off('error', remember);
    redis.removeAllListeners('end');
  }
}

function reportLosses(redis: Redis, onTrouble: (error: Error) => void): void {
  let away = false;
  let reason: Error | undefined;
  redis.on('error', (error: Error) => {
    reason = error;
  });
  redis.on('reconnecting', () => {
    if (!away) onTrouble(new Error('The connection to Redis was lost', { cause: reason }));
    away = true;
  });
  redis.on('ready', () => {
    away = false;
    reason = undefined;
  });
}
