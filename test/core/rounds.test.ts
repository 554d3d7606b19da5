import { setTimeout as pause } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { startRounds } from '../../src/core/rounds.ts';

test('works at once, again when woken, again every so often, never twice at a time', async () => {
  let running = 0;
  let most = 0;
  let done = 0;
  const rounds = startRounds({
    everyMs: 200,
    onTrouble: () => undefined,
    work: async () => {
      running += 1;
      most = Math.max(most, running);
      await pause(10);
      running -= 1;
      done += 1;
    },
  });
  for (let n = 0; n < 50; n += 1) rounds.wake();
  await vi.waitUntil(() => done === 2);
  await pause(50);
  expect(done).toBe(2);
  rounds.wake();
  await vi.waitUntil(() => done === 3, { timeout: 150, interval: 5 });
  await vi.waitUntil(() => done === 4, { timeout: 1_000 });
  await rounds.stop();
  const after = done;
  rounds.wake();
  await pause(250);
  expect(done).toBe(after);
  expect(most).toBe(1);
});

test('a burst of wakes is worked off in few rounds, the first at once; stopping waits for no pause', async () => {
  let count = 0;
  const rounds = startRounds({
    everyMs: 60_000,
    apartMs: 200,
    onTrouble: () => undefined,
    work: async () => {
      count += 1;
    },
  });
  await pause(250);
  expect(count).toBe(1);
  const began = performance.now();
  rounds.wake();
  await vi.waitUntil(() => count === 2, { timeout: 150, interval: 5 });
  for (let n = 0; n < 10; n += 1) {
    rounds.wake();
    await pause(10);
  }
  expect(count).toBe(2);
  await vi.waitUntil(() => count === 3, { timeout: 2_000, interval: 5 });
  expect(performance.now() - began).toBeGreaterThan(190);
  const stopping = performance.now();
  await rounds.stop();
  expect(performance.now() - stopping).toBeLessThan(150);
});

test('a wake during the work is not lost', async () => {
  let seen = 0;
  let value = 0;
  const rounds = startRounds({
    everyMs: 60_000,
    onTrouble: () => undefined,
    work: async () => {
      const read = value;
      await pause(20);
      seen = read;
    },
  });
  await pause(5);
  value = 7;
  rounds.wake();
  await vi.waitUntil(() => seen === 7, { timeout: 1_000 });
  await rounds.stop();
});

test('a failing round is reported and repeated after the usual wait, not in a hurry', async () => {
  const troubles: unknown[] = [];
  const rounds = startRounds({
    everyMs: 100,
    onTrouble: (error) => troubles.push(error),
    work: async () => {
      throw new Error('down');
    },
  });
  for (let n = 0; n < 20; n += 1) {
    rounds.wake();
    await pause(2);
  }
  expect(troubles).toHaveLength(1);
  await vi.waitUntil(() => troubles.length === 2, { timeout: 1_000 });
  await rounds.stop();
});

test('stopping waits for the round under way', async () => {
  let ended = false;
  const rounds = startRounds({
    everyMs: 10,
    onTrouble: () => undefined,
    work: async () => {
      await pause(60);
      ended = true;
    },
  });
  await pause(5);
  await rounds.stop();
  expect(ended).toBe(true);
});
