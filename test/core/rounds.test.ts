import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startRounds } from '../../src/core/rounds.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const takes = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

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
      await takes(10);
      running -= 1;
      done += 1;
    },
  });
  for (let n = 0; n < 50; n += 1) rounds.wake();
  await pass(20);
  expect(done).toBe(2);
  await pass(199);
  expect(done).toBe(2);
  rounds.wake();
  await pass(10);
  expect(done).toBe(3);
  await pass(210);
  expect(done).toBe(4);
  await rounds.stop();
  rounds.wake();
  await pass(1_000);
  expect(done).toBe(4);
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
  await pass(250);
  expect(count).toBe(1);
  rounds.wake();
  await pass(0);
  expect(count).toBe(2);
  for (let n = 0; n < 10; n += 1) {
    rounds.wake();
    await pass(10);
  }
  expect(count).toBe(2);
  await pass(99);
  expect(count).toBe(2);
  await pass(1);
  expect(count).toBe(3);
  // No time passes for it.
  await rounds.stop();
});

test('a wake during the work is not lost', async () => {
  let seen = 0;
  let value = 0;
  const rounds = startRounds({
    everyMs: 60_000,
    onTrouble: () => undefined,
    work: async () => {
      const read = value;
      await takes(20);
      seen = read;
    },
  });
  await pass(5);
  value = 7;
  rounds.wake();
  await pass(40);
  expect(seen).toBe(7);
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
    await pass(2);
  }
  expect(troubles).toHaveLength(1);
  await pass(60);
  expect(troubles).toHaveLength(2);
  await rounds.stop();
});

test('waits as told after failures in a row, and as ever once a round was good', async () => {
  const at: number[] = [];
  const began = Date.now();
  const rounds = startRounds({
    everyMs: 1_000,
    afterFailuresMs: (failures) => failures * 10,
    onTrouble: () => undefined,
    work: async () => {
      at.push(Date.now() - began);
      if (at.length !== 4) throw new Error('down');
    },
  });
  await pass(1_100);
  expect(at).toEqual([0, 10, 30, 60, 1_060, 1_070, 1_090]);
  await rounds.stop();
});

test('stopping waits for the round under way', async () => {
  let ended = false;
  const rounds = startRounds({
    everyMs: 10,
    onTrouble: () => undefined,
    work: async () => {
      await takes(60);
      ended = true;
    },
  });
  await pass(5);
  const stopped = rounds.stop().then(() => ended);
  await pass(55);
  expect(await stopped).toBe(true);
});
