import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Job, Run } from '../../src/core/feature.ts';
import { HOUR, MINUTE } from '../../src/core/time.ts';
import { LEASE_MS, openLedger } from '../../src/schedule/ledger.ts';
import { until } from '../support/until.ts';
import { type Ledgers, NINE, noting, openLedgers, past } from './support.ts';

let here: Ledgers;
beforeEach(async () => {
  here = await openLedgers();
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  await here.close();
});

test('throws: written down, tried again twice while it has a purpose, with an alarm each time', async () => {
  let tries = 0;
  const job = noting({
    run: async () => {
      tries += 1;
      throw new Error(`no such collection ${tries}`);
    },
  });
  const schedule = await here.schedule([job]);
  expect(await schedule.tick(job.name, NINE)).toMatchObject({ kind: 'failed', error: { message: /1$/ } });
  expect(await here.runs()).toMatchObject([
    { state: 'failed', attempts: 1, error: 'Error: no such collection 1', nextAt: past(2 * MINUTE) },
  ]);
  expect(await schedule.catchUp(here.clock.now())).toEqual([]);
  here.clock.shift(2 * MINUTE);
  const outcomes = await Promise.all([schedule.catchUp(here.clock.now()), schedule.catchUp(here.clock.now())]);
  expect(outcomes.flat()).toHaveLength(1);
  here.clock.shift(4 * MINUTE);
  await schedule.catchUp(here.clock.now());
  here.clock.shift(HOUR);
  await schedule.catchUp(here.clock.now());
  expect(tries).toBe(3);
  const [run] = await here.runs();
  expect(run).toMatchObject({ state: 'failed', attempts: 3, late: true });
  expect(run).not.toHaveProperty('nextAt');
  expect(run).not.toHaveProperty('holder');
  expect(here.lines.filter((line) => line.level === 'error')).toHaveLength(3);
});

test('throws once: the second attempt is the run', async () => {
  const ran: Run[] = [];
  const job = noting({
    run: async (run) => {
      ran.push(run);
      if (ran.length === 1) throw new Error('a hiccup');
      return { lines: ['好了'] };
    },
  });
  const schedule = await here.schedule([job]);
  await schedule.tick(job.name, NINE);
  here.clock.shift(2 * MINUTE);
  await schedule.catchUp(here.clock.now());
  const [run] = await here.runs();
  expect(run).toMatchObject({ state: 'done', attempts: 2, late: true, lines: ['好了'] });
  expect(run).not.toHaveProperty('error');
  expect(ran.map(({ late }) => late)).toEqual([false, true]);
});

test('throws when its purpose is gone by the next attempt: not tried again', async () => {
  const job = noting({ makeUpWithinMs: MINUTE, run: () => Promise.reject(new Error('no')) });
  const schedule = await here.schedule([job]);
  await schedule.tick(job.name, NINE);
  const [run] = await here.runs();
  expect(run).toMatchObject({ state: 'failed' });
  expect(run).not.toHaveProperty('nextAt');
});

test('dies: another process takes it over after its lease, not before, and once', async () => {
  const job = noting();
  const [one, two] = [await here.schedule([job]), await here.schedule([job])];
  // What a process leaves behind that was killed right after taking the slot.
  const [house] = here.houses;
  if (!house) throw new Error('no house');
  await openLedger(house).claim(job.name, NINE, NINE);
  expect(await one.tick(job.name, NINE)).toEqual({ kind: 'taken' });
  here.clock.shift(LEASE_MS - 1);
  expect(await one.catchUp(here.clock.now())).toEqual([]);
  here.clock.shift(1);
  const taken = await Promise.all([one.catchUp(here.clock.now()), two.catchUp(here.clock.now())]);
  expect(taken.flat()).toMatchObject([{ kind: 'done', slot: NINE }]);
  expect(job.ran).toHaveLength(1);
  expect(await here.runs()).toMatchObject([{ state: 'done', attempts: 2 }]);
});

test('dies for so long that its purpose is gone: laid down', async () => {
  const job = noting({ makeUpWithinMs: HOUR });
  const schedule = await here.schedule([job]);
  const [house] = here.houses;
  if (!house) throw new Error('no house');
  await openLedger(house).claim(job.name, NINE, NINE);
  here.clock.shift(HOUR + 1);
  expect(await schedule.catchUp(here.clock.now())).toEqual([]);
  expect(job.ran).toEqual([]);
  const [run] = await here.runs();
  expect(run).toMatchObject({ state: 'failed', error: expect.stringContaining('died') });
  expect(run).not.toHaveProperty('nextAt');
});

/** A run whose process dies each time it has begun, so many times. */
async function dying(job: Job, times: number): Promise<void> {
  const [house] = here.houses;
  if (!house) throw new Error('no house');
  const ledger = openLedger(house);
  let held = await ledger.claim(job.name, NINE, NINE);
  for (let n = 1; n < times && held; n += 1) {
    here.clock.shift(LEASE_MS);
    held = await ledger.takeOver(held, here.clock.now());
  }
  expect(held).toBeDefined();
  here.clock.shift(LEASE_MS);
}

test('kills its process twice: it is given a third chance', async () => {
  const job = noting();
  const schedule = await here.schedule([job]);
  await dying(job, 2);
  expect(await schedule.catchUp(here.clock.now())).toMatchObject([{ kind: 'done' }]);
  expect(await here.told()).toEqual([]);
});

test('kills its process three times: no fourth, a line in the log, and those who administer the place are told once', async () => {
  const job = noting();
  const [one, two] = [await here.schedule([job]), await here.schedule([job])];
  await dying(job, 3);
  const outcomes = await Promise.all([one, two, one].map((schedule) => schedule.catchUp(here.clock.now())));
  expect(outcomes.flat()).toEqual([]);
  here.clock.shift(HOUR);
  expect(await two.catchUp(here.clock.now())).toEqual([]);
  expect(job.ran).toEqual([]);
  const [run] = await here.runs();
  expect(run).toMatchObject({ state: 'failed', attempts: 3, error: expect.stringContaining('died') });
  expect(Object.keys(run ?? {}).filter((field) => ['holder', 'leaseUntil', 'nextAt'].includes(field))).toEqual([]);
  expect(here.lines.filter((line) => line.level === 'error')).toMatchObject([
    { fields: { run: run?._id, attempts: 3 } },
  ]);
  expect(await here.told()).toEqual([
    expect.objectContaining({
      to: { role: 'admin', area: '9900' },
      message: 'schedule.failed',
      data: { job: job.name, title: job.title, attempts: 3 },
    }),
  ]);
});

test('throws three times, or dies and is found too late: told as well; once a day however many slots', async () => {
  const throwing = noting({ name: 'throwing', cron: '*/10 * * * *', run: () => Promise.reject(new Error('no')) });
  const late = noting({ name: 'late', makeUpWithinMs: 0 });
  const schedule = await here.schedule([throwing, late]);
  const [house] = here.houses;
  if (!house) throw new Error('no house');
  await openLedger(house).claim(late.name, NINE, NINE);
  here.clock.shift(10 * MINUTE);
  await schedule.catchUp(here.clock.now());
  expect((await here.told()).map(({ data }) => data.job)).toEqual(['late']);
  for (let n = 0; n < 3; n += 1) {
    await schedule.tick(throwing.name, here.clock.now());
    here.clock.shift(2 * MINUTE);
    await schedule.catchUp(here.clock.now());
    here.clock.shift(4 * MINUTE);
    await schedule.catchUp(here.clock.now());
    here.clock.shift(4 * MINUTE);
  }
  expect((await here.told()).map(({ data }) => data.job).sort()).toEqual(['late', 'throwing']);
  here.clock.shift(24 * HOUR);
  await schedule.tick(throwing.name, here.clock.now());
  here.clock.shift(2 * MINUTE);
  await schedule.catchUp(here.clock.now());
  here.clock.shift(4 * MINUTE);
  await schedule.catchUp(here.clock.now());
  expect(await here.told()).toHaveLength(3);
});

test('fails by hand: whoever started it sees that, and nobody else is bothered', async () => {
  const job = noting({ run: () => Promise.reject(new Error('no')) });
  const schedule = await here.schedule([job]);
  await expect(schedule.runNow(job.name)).rejects.toThrow('no');
  expect(await here.told()).toEqual([]);
});

test('a long run keeps its lease; one that lost it does not overwrite the other’s result', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  let finish: (lines: string[]) => void = () => undefined;
  const begun = vi.fn();
  const slow = noting({
    run: () => {
      begun();
      return new Promise((resolve) => {
        finish = (lines) => resolve({ lines });
      });
    },
  });
  const quick = noting();
  const [one, two] = [await here.schedule([slow]), await here.schedule([quick])];
  const running = one.tick(slow.name, NINE);
  await until(() => begun.mock.calls.length === 1);
  for (let n = 1; n <= 4; n += 1) {
    here.clock.shift(LEASE_MS / 2);
    vi.advanceTimersByTime(LEASE_MS / 2);
    await until(async () => +((await here.runs())[0]?.nextAt ?? 0) === +here.clock.now() + LEASE_MS);
    expect(await two.catchUp(here.clock.now())).toEqual([]);
  }
  // Its own process never takes it over from itself, however the clock jumps.
  here.clock.shift(LEASE_MS);
  expect(await one.catchUp(here.clock.now())).toEqual([]);
  expect(await two.catchUp(here.clock.now())).toMatchObject([{ kind: 'done' }]);
  finish(['太晚了']);
  await running;
  expect(await here.runs()).toMatchObject([{ state: 'done', lines: ['第1次'], attempts: 2 }]);
});

test('a report of any length is kept within bounds', async () => {
  const job = noting({ run: async () => ({ lines: Array.from({ length: 2_000 }, (_, n) => `${n}`) }) });
  await (await here.schedule([job])).tick(job.name, NINE);
  const [run] = await here.runs();
  expect(run?.lines).toHaveLength(500);
  expect(run?.moreLines).toBe(1_500);
});
