import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Coordination } from '../../core/coordination.ts';
import { connect } from './connection.ts';
import { coordinationUnavailable } from './errors.ts';
import { listenersByTopic } from './topics.ts';

const PREFIX = 'haolin:';

/** How long a process that fetches a token may take before others think it dead. */
const FETCH_MS = 10_000;
/** How long a caller waits for a token another process fetches. */
const TOKEN_WITHIN_MS = 3 * FETCH_MS;
const TOKEN_POLL_MS = 40;

/** Deletes a lock, or keeps it alive, only while it is still ours: one atomic step each. */
const RELEASE = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;
const RENEW = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0`;

/** Coordination on a Redis; `openCoordination` says what happens while it is away. */
export async function openRedisCoordination(
  url: string,
  onTrouble: (error: Error) => void = () => undefined,
): Promise<Coordination> {
  const { redis, listener, close } = await connect(url, onTrouble);
  const topics = listenersByTopic(onTrouble);
  const channel = (topic: string) => `${PREFIX}topic:${topic}`;
  const limiters = new Map<string, RateLimiterRedis>();
  const fetching = new Map<string, Promise<string>>();
  const asked = new Map<string, Promise<unknown>>();

  listener.on('message', (name: string, text: string) => topics.deliver(name.slice(channel('').length), text));
  listener.on('ready', () => {
    const all = topics.names().map(channel);
    if (all.length > 0) listener.subscribe(...all).catch(onTrouble);
  });

  async function lock<T>(name: string, ttlMs: number, work: () => Promise<T>): Promise<T | undefined> {
    const key = `${PREFIX}lock:${name}`;
    const owner = randomUUID();
    if ((await exact(redis.set(key, owner, 'PX', ttlMs, 'NX'))) !== 'OK') return undefined;
    const renewal = setInterval(() => {
      // One that fails is followed by others; when all of them do, the hold lapses, as `ttlMs` promised.
      redis.eval(RENEW, 1, key, owner, ttlMs).catch(() => undefined);
    }, ttlMs / 3);
    try {
      return await work();
    } finally {
      clearInterval(renewal);
      // A release that does not arrive is made good by the lapse.
      await redis.eval(RELEASE, 1, key, owner).catch(() => undefined);
    }
  }

  function limiterFor(points: number, seconds: number): RateLimiterRedis {
    const kind = `${points}/${seconds}`;
    const known = limiters.get(kind);
    if (known) return known;
    const limit = { points, duration: seconds, keyPrefix: `${PREFIX}rate:${kind}` };
    const limiter = new RateLimiterRedis({
      ...limit,
      storeClient: redis,
      insuranceLimiter: new RateLimiterMemory(limit),
    });
    limiters.set(kind, limiter);
    return limiter;
  }

  async function fetchOnce(name: string, fetch: () => Promise<{ value: string; ttlMs: number }>): Promise<string> {
    const key = `${PREFIX}token:${name}`;
    const until = performance.now() + TOKEN_WITHIN_MS;
    for (;;) {
      const fetched = await lock(`token:${name}`, FETCH_MS, async () => {
        // Somebody may have fetched it between our look and our lock.
        const known = await exact(redis.get(key));
        if (known !== null) return known;
        const { value, ttlMs } = await fetch();
        if (ttlMs >= 1) await exact(redis.set(key, value, 'PX', Math.floor(ttlMs)));
        return value;
      });
      if (fetched !== undefined) return fetched;
      await pause(TOKEN_POLL_MS);
      const known = await exact(redis.get(key));
      if (known !== null) return known;
      if (performance.now() > until) throw coordinationUnavailable();
    }
  }

  return {
    lock,
    async take(key, points, seconds) {
      try {
        const { remainingPoints } = await limiterFor(points, seconds).consume(key);
        return { retryAfterMs: 0, remaining: remainingPoints };
      } catch (refusal) {
        if (refusal instanceof Error) throw coordinationUnavailable(refusal);
        return { retryAfterMs: Math.max(1, (refusal as RateLimiterRes).msBeforeNext), remaining: 0 };
      }
    },
    once: async (key, ttlMs) => (await exact(redis.set(`${PREFIX}once:${key}`, '1', 'PX', ttlMs, 'NX'))) === 'OK',
    async forget(key) {
      await exact(redis.del(`${PREFIX}once:${key}`));
    },
    async publish(topic, message) {
      const text = JSON.stringify(message);
      try {
        await redis.publish(channel(topic), text);
      } catch {
        topics.deliver(topic, text);
      }
    },
    async subscribe(topic, one) {
      // One that cannot be asked for now is asked for when the connection is back.
      if (topics.add(topic, one))
        asked.set(
          topic,
          listener.subscribe(channel(topic)).catch(() => undefined),
        );
      await asked.get(topic);
      return async () => {
        if (!topics.remove(topic, one)) return;
        asked.delete(topic);
        await listener.unsubscribe(channel(topic)).catch(() => undefined);
      };
    },
    async token(name, fetch) {
      const known = await exact(redis.get(`${PREFIX}token:${name}`));
      if (known !== null) return known;
      const underWay = fetching.get(name);
      if (underWay) return underWay;
      const fetched = fetchOnce(name, fetch).finally(() => fetching.delete(name));
      fetching.set(name, fetched);
      return fetched;
    },
    async dropToken(name) {
      await exact(redis.del(`${PREFIX}token:${name}`));
    },
    healthy: () =>
      redis.ping().then(
        () => true,
        () => false,
      ),
    async close() {
      topics.clear();
      close();
    },
  };
}

/** Where a guess would be worse than a refusal. */
async function exact<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw coordinationUnavailable(error);
  }
}
