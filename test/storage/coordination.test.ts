import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Coordination } from '../../src/core/coordination.ts';
import { Expiring } from '../../src/storage/coordination/expiring.ts';
import { openCoordination } from '../../src/storage/coordination.ts';
import { noRedis, type OwnRedis, ownRedis, redisForTests, type TestRedis } from '../support/redis.ts';

let names = 0;
const run = randomUUID();
const fresh = (kind: string) => `${kind}-${run}-${names++}`;

/** Two ends of one coordination: two processes on a Redis, or twice the same one in-process. */
function contract(open: () => Promise<[Coordination, Coordination]>) {
  let here: Coordination;
  let there: Coordination;
  beforeAll(async () => {
    [here, there] = await open();
  });
  afterAll(async () => {
    await here.close();
    await there.close();
  });

  it('lets one hold a lock at a time and hands it on afterwards', async () => {
    const name = fresh('lock');
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await wait(20);
      inside -= 1;
      return 'done';
    };
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? here : there).lock(name, 1_000, work)),
    );
    expect(results.filter((one) => one === 'done')).toHaveLength(1);
    expect(results.filter((one) => one === undefined)).toHaveLength(19);
    expect(most).toBe(1);
    expect(await there.lock(name, 1_000, async () => 'mine')).toBe('mine');
  });

  it('keeps a lock alive for longer than its time while the work runs, and frees it when the work fails', async () => {
    const name = fresh('lock');
    const long = here.lock(name, 150, () => wait(500, 'long'));
    await wait(350);
    expect(await there.lock(name, 150, async () => 'stolen')).toBeUndefined();
    expect(await long).toBe('long');
    await expect(here.lock(name, 150, () => Promise.reject(new Error('broke')))).rejects.toThrow('broke');
    expect(await there.lock(name, 150, async () => 'free')).toBe('free');
  });

  it('counts points over both ends and says when to come back', async () => {
    const key = fresh('rate');
    const results = await Promise.all(Array.from({ length: 12 }, (_, i) => (i % 2 ? here : there).take(key, 10, 60)));
    expect(results.filter((one) => one.retryAfterMs === 0)).toHaveLength(10);
    const refused = await here.take(key, 10, 60);
    expect(refused.retryAfterMs).toBeGreaterThan(50_000);
    expect(refused.retryAfterMs).toBeLessThanOrEqual(60_000);
    expect(refused.remaining).toBe(0);
    expect((await here.take(fresh('rate'), 10, 60)).remaining).toBe(9);
  });

  it('opens the window again after its time', async () => {
    const key = fresh('rate');
    await here.take(key, 1, 1);
    expect((await there.take(key, 1, 1)).retryAfterMs).toBeGreaterThan(0);
    await wait(1_100);
    expect((await there.take(key, 1, 1)).retryAfterMs).toBe(0);
  });

  it('is the first time exactly once, until forgotten or past', async () => {
    const key = fresh('once');
    const firsts = await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? here : there).once(key, 60_000)));
    expect(firsts.filter(Boolean)).toHaveLength(1);
    await there.forget(key);
    expect(await here.once(key, 100)).toBe(true);
    await wait(150);
    expect(await there.once(key, 100)).toBe(true);
  });

  it('carries messages to every listener of a topic, as copies, until they stop listening', async () => {
    const topic = fresh('topic');
    const heard: unknown[] = [];
    const stopHere = await here.subscribe(topic, (message) => heard.push(['here', message]));
    const stopThere = await there.subscribe(topic, (message) => heard.push(['there', message]));
    await here.publish(topic, { id: 1 });
    await here.publish(fresh('topic'), { id: 2 });
    await expect.poll(() => heard.length).toBe(2);
    expect(heard).toEqual(
      expect.arrayContaining([
        ['here', { id: 1 }],
        ['there', { id: 1 }],
      ]),
    );
    await stopThere();
    await there.publish(topic, { id: 3 });
    await expect.poll(() => heard.length).toBe(3);
    await stopHere();
    await there.publish(topic, { id: 4 });
    await wait(50);
    expect(heard).toHaveLength(3);
  });

  it('a listener that throws spoils nothing for the others', async () => {
    const topic = fresh('topic');
    const heard: unknown[] = [];
    await here.subscribe(topic, () => {
      throw new Error('a careless listener');
    });
    await here.subscribe(topic, (message) => heard.push(message));
    await there.publish(topic, 1);
    await there.publish(topic, 2);
    await expect.poll(() => heard).toEqual([1, 2]);
  });

  it('hears what is published right after any of several listeners began', async () => {
    const topic = fresh('topic');
    const heard: number[] = [];
    await Promise.all(
      [1, 2, 3].map(async (n) => {
        const stop = await here.subscribe(topic, () => heard.push(n));
        await there.publish(topic, {});
        return stop;
      }),
    );
    await expect.poll(() => new Set(heard)).toEqual(new Set([1, 2, 3]));
  });

  it('fetches a token once for all, keeps it, and again when dropped or past', async () => {
    const name = fresh('token');
    let fetched = 0;
    const fetch = async () => {
      fetched += 1;
      await wait(30);
      return { value: `token-${fetched}`, ttlMs: 400 };
    };
    const tokens = await Promise.all(Array.from({ length: 8 }, (_, i) => (i % 2 ? here : there).token(name, fetch)));
    expect(new Set(tokens)).toEqual(new Set(['token-1']));
    await there.dropToken(name);
    expect(await here.token(name, fetch)).toBe('token-2');
    await wait(450);
    expect(await there.token(name, fetch)).toBe('token-3');
    await expect(here.token(fresh('token'), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('says that it is well', async () => {
    expect(await here.healthy()).toBe(true);
  });
}

describe('coordination within one process', () => {
  contract(async () => {
    const one = await openCoordination();
    return [one, one];
  });

  it('forgets what has lapsed, so that the memory stays bounded', async () => {
    const short = new Expiring<number>();
    for (let n = 0; n < 50_000; n += 1) {
      short.set(`${n}`, n, 1);
      if (n % 1_000 === 0) await wait(2);
    }
    expect(short.size).toBeLessThan(5_000);
    const long = new Expiring<number>();
    for (let n = 0; n < 5_000; n += 1) long.set(`${n}`, n, 60_000);
    expect(long.size).toBe(5_000);
    expect([long.get('0'), long.get('4999')]).toEqual([0, 4_999]);
  });
});

describe.skipIf(noRedis !== undefined)(`coordination on a real Redis${noRedis ? ` (${noRedis})` : ''}`, () => {
  let redis: TestRedis | undefined;
  beforeAll(async () => {
    redis = await redisForTests();
  });
  afterAll(() => redis?.stop());
  const open = () => openCoordination({ url: redis?.url ?? '' });

  contract(async () => [await open(), await open()]);

  it('lets go of a lock whose holder died', async () => {
    const name = fresh('lock');
    const dying = await open();
    void dying.lock(name, 300, () => new Promise(() => undefined));
    await wait(50);
    await dying.close();
    const next = await open();
    expect(await next.lock(name, 300, async () => 'too early')).toBeUndefined();
    await expect.poll(() => next.lock(name, 300, async () => 'taken over'), { timeout: 2_000 }).toBe('taken over');
    await next.close();
  });

  it('does not free a lock that has lapsed and is held by another', async () => {
    const name = fresh('lock');
    const [first, second] = [await open(), await open()];
    let letGo: () => void = () => undefined;
    let taken: Promise<string | undefined> | undefined;
    await first.lock(name, 60, async () => {
      // It loses its hold by blocking this process for longer than its time: no renewal gets through.
      const until = performance.now() + 200;
      while (performance.now() < until);
      taken = second.lock(name, 5_000, () => new Promise((resolve) => (letGo = () => resolve('second'))));
      await wait(100);
    });
    expect(await first.lock(name, 60, async () => 'stolen')).toBeUndefined();
    letGo();
    expect(await taken).toBe('second');
    expect(await first.lock(name, 60, async () => 'free again')).toBe('free again');
    await Promise.all([first.close(), second.close()]);
  });
});

describe.skipIf(noRedis !== undefined)(`a Redis that goes away${noRedis ? ` (${noRedis})` : ''}`, () => {
  let redis: OwnRedis;
  let coordination: Coordination;
  let troubles: Error[];
  beforeEach(async (test) => {
    const own = await ownRedis();
    if (!own) return test.skip('only a Redis of our own can be killed');
    redis = own;
    troubles = [];
    coordination = await openCoordination({ url: redis.url, onTrouble: (error) => troubles.push(error) });
  });
  afterEach(async () => {
    await coordination?.close();
    await redis?.stop();
  });

  const promises = async () => {
    const away = { code: 'coordination_unavailable', status: 503 };
    let worked = false;
    const work = async () => {
      worked = true;
    };
    await expect(coordination.once('x', 1_000)).rejects.toMatchObject(away);
    await expect(coordination.forget('x')).rejects.toMatchObject(away);
    await expect(coordination.lock('x', 1_000, work)).rejects.toMatchObject(away);
    await expect(coordination.token('x', async () => ({ value: 'v', ttlMs: 1 }))).rejects.toMatchObject(away);
    await expect(coordination.dropToken('x')).rejects.toMatchObject(away);
    expect(worked).toBe(false);
    expect(await coordination.healthy()).toBe(false);
  };

  it('killed: limits hold by themselves, exact things refuse at once, messages stay here, and all comes back', async () => {
    const heard: unknown[] = [];
    await coordination.subscribe('board', (message) => heard.push(message));
    await redis.kill();
    await expect.poll(() => coordination.healthy()).toBe(false);
    const began = performance.now();
    await promises();
    const taken = await Promise.all([1, 2, 3].map(() => coordination.take('x', 2, 60)));
    expect(taken.filter((one) => one.retryAfterMs > 0)).toHaveLength(1);
    await coordination.publish('board', 'from here');
    expect(heard).toEqual(['from here']);
    await coordination.subscribe('later', (message) => heard.push(message));
    expect(performance.now() - began).toBeLessThan(1_000);
    await expect.poll(() => troubles.length).toBe(1);

    await redis.restart();
    await expect.poll(() => coordination.healthy(), { timeout: 5_000 }).toBe(true);
    expect(await coordination.once('x', 60_000)).toBe(true);
    const other = await openCoordination({ url: redis.url });
    const sendUntilHeard = async (topic: string) => {
      await other.publish(topic, topic);
      return heard;
    };
    await expect.poll(() => sendUntilHeard('board'), { timeout: 5_000 }).toContain('board');
    await expect.poll(() => sendUntilHeard('later'), { timeout: 5_000 }).toContain('later');
    await other.close();
    expect(troubles).toHaveLength(1);
  });

  it('frozen: no call waits for ever', async () => {
    redis.freeze();
    const began = performance.now();
    await Promise.all([promises(), coordination.take('x', 1, 60), coordination.publish('board', {})]);
    // Five refusals one after another: the first waits for its answer, the later ones find the connection given up.
    expect(performance.now() - began).toBeLessThan(9_000);
    await expect.poll(() => troubles.length, { timeout: 10_000 }).toBe(1);
  });

  it('a lock held when it goes away still returns what the work returns', async () => {
    const result = coordination.lock('x', 300, async () => {
      await redis.kill();
      await wait(400);
      return 'done';
    });
    expect(await result).toBe('done');
  });

  it('absent at the start: says so, without the password', async () => {
    await redis.kill();
    const url = redis.url.replace('redis://', 'redis://:hunter2@');
    const refused = openCoordination({ url }).catch((error: Error) => error.message);
    expect(await refused).toMatch(/^The Redis at REDIS_URL does not answer: .*ECONNREFUSED/);
    expect(await refused).not.toContain('hunter2');
  });
});
