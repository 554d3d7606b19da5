import { expect, test, vi } from 'vitest';
import { within } from '../../src/core/patience.ts';

test('waits for work that is done in time, and takes its error for its own', async () => {
  expect(await within(60_000, Promise.resolve('anything'))).toBe(true);
  await expect(within(60_000, Promise.reject(new Error('no')))).rejects.toThrow('no');
});

test('waits no longer than told, and does not mind what becomes of the work afterwards', async () => {
  vi.useFakeTimers();
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  try {
    let fail: (error: Error) => void = () => undefined;
    const work = new Promise((_resolve, reject) => {
      fail = reject;
    });
    let answer: boolean | undefined;
    const waiting = within(1_000, work).then((one) => {
      answer = one;
    });
    await vi.advanceTimersByTimeAsync(999);
    expect(answer).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
    expect(answer).toBe(false);
    fail(new Error('too late'));
    vi.useRealTimers();
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).not.toHaveBeenCalled();
  } finally {
    vi.useRealTimers();
    process.off('unhandledRejection', unhandled);
  }
});
