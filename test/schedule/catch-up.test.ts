import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Run } from '../../src/core/feature.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import { MOST_SLOTS } from '../../src/schedule/catch-up.ts';
import { runsOf } from '../../src/schedule/model.ts';
import { slotsOf } from '../../src/schedule/slots.ts';
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

const every10 = { name: 'wishes.deadlines', cron: '*/10 * * * *', makeUpWithinMs: DAY };

test('a first start has missed nothing', async () => {
  const job = noting(every10);
  const schedule = await here.schedule([job]);
  here.clock.set('2026-03-09T09:05');
  expect(await schedule.catchUp(here.clock.now())).toEqual([]);
  expect(await here.runs()).toEqual([]);
});

test('after a night away the newest slot is made up once, late, and the others are noted as skipped', async () => {
  const job = noting(every10);
  await (await here.schedule([job])).catchUp(NINE);
  here.clock.set('2026-03-09T12:34');
  const [one, two] = [await here.schedule([job]), await here.schedule([job])];
  const outcomes = await Promise.all([one.catchUp(here.clock.now()), two.catchUp(here.clock.now())]);
  expect(outcomes.flat()).toMatchObject([{ kind: 'done', slot: new Date('2026-03-09T12:30+08:00') }]);
  expect(job.ran).toMatchObject([{ late: true, now: here.clock.now() }]);
  const runs = await here.runs();
  expect(runs).toHaveLength(21);
  expect(runs.slice(0, -1).every((run) => run.state === 'skipped' && run.attempts === 0)).toBe(true);
  expect(runs.at(-1)).toMatchObject({ state: 'done', late: true });
  expect(await one.catchUp(here.clock.now())).toEqual([]);
  expect(job.ran).toHaveLength(1);
  // What is accounted for stays so when the ledger's old lines are let go.
  expect((await here.marks()).find((mark) => mark._id === job.name)?.seenUntil).toEqual(runs.at(-1)?.slot);
});

test('what has lost its purpose is not made up', async () => {
  const job = noting({ makeUpWithinMs: HOUR });
  const schedule = await here.schedule([job]);
  here.clock.set('2026-03-09T08:00');
  await schedule.catchUp(here.clock.now());
  here.clock.set('2026-03-09T10:00:00.001');
  await schedule.catchUp(here.clock.now());
  expect(job.ran).toEqual([]);
  expect(await here.runs()).toMatchObject([{ state: 'skipped', slot: NINE }]);
});

test('a slot found within its minute is not late, even of a job that is never made up', async () => {
  const job = noting({ makeUpWithinMs: 0 });
  const schedule = await here.schedule([job]);
  await schedule.catchUp(past(-1));
  await schedule.catchUp(past(30_000));
  expect(job.ran).toMatchObject([{ late: false, slot: NINE }]);
});

test('a crash between noting and taking leaves nothing out', async () => {
  const job = noting(every10);
  const schedule = await here.schedule([job]);
  await schedule.catchUp(NINE);
  const [house] = here.houses;
  if (!house) throw new Error('no house');
  const runs = runsOf(house);
  const insert = runs.insertMany.bind(runs);
  let inserts = 0;
  vi.spyOn(runs, 'insertMany').mockImplementation(async (...given) => {
    inserts += 1;
    if (inserts === 2) throw new Error('the process died here');
    return insert(...given);
  });
  here.clock.set('2026-03-09T09:45');
  await expect(schedule.catchUp(here.clock.now())).rejects.toThrow('died');
  vi.restoreAllMocks();
  expect(await here.runs()).toHaveLength(3);
  await schedule.catchUp(here.clock.now());
  expect((await here.runs()).map((run) => run.state)).toEqual(['skipped', 'skipped', 'skipped', 'done']);
  expect(job.ran).toHaveLength(1);
});

test('a very long time away is noted in few lines', async () => {
  const job = noting(every10);
  const schedule = await here.schedule([job]);
  await schedule.catchUp(NINE);
  await schedule.catchUp(past(365 * DAY));
  const runs = await here.runs({ job: job.name });
  expect(runs).toHaveLength(MOST_SLOTS);
  expect(runs[0]).toMatchObject({ state: 'skipped', skippedSince: NINE });
  expect(runs.at(-1)).toMatchObject({ state: 'done', slot: past(365 * DAY) });
});

test('whatever is up when, each slot is one line, runs at most once, in its time, and none is left out', async () => {
  const step = fc.record({
    jump: fc.integer({ min: 0, max: 40 * MINUTE }),
    who: fc.subarray([0, 1, 2], { minLength: 0 }),
    tick: fc.boolean(),
  });
  let world = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 12 }),
      fc.constantFrom(0, 5 * MINUTE, HOUR),
      async (steps, makeUpWithinMs) => {
        world += 1;
        const job = noting({ name: `job.${world}`, cron: '*/10 * * * *', makeUpWithinMs });
        const schedules = await Promise.all([1, 2, 3].map(() => here.schedule([job])));
        here.clock.set(NINE);
        const slots = slotsOf(job.cron);
        await schedules[0]?.catchUp(NINE);
        let seen = NINE;
        for (const { jump, who, tick } of steps) {
          here.clock.shift(jump);
          const now = here.clock.now();
          await Promise.all(
            who.flatMap((n) => [
              schedules[n]?.catchUp(now),
              ...(tick ? [schedules[n]?.tick(job.name, slots.latest(now))] : []),
            ]),
          );
          if (who.length > 0) seen = now;
        }
        const runs = await here.runs({ job: job.name });
        const { slots: passed } = slots.between(NINE, seen, 1_000);
        const ticked = runs.filter((run) => +run.slot === +NINE);
        expect(runs.slice(ticked.length).map((run) => +run.slot)).toEqual(passed.map(Number).reverse());
        expect(runs.every((run) => run.state === 'done' || run.state === 'skipped')).toBe(true);
        const done = runs.filter((run) => run.state === 'done');
        expect(job.ran.map((run) => +run.slot).sort()).toEqual(done.map((run) => +run.slot).sort());
        for (const { slot, now, late } of job.ran) expect(late).toBe(+now - +slot > MINUTE);
      },
    ),
    { numRuns: 12 },
  );
});

test('running: a moved clock is noticed by itself, a job still running is not overlapped', async () => {
  const finish: (() => void)[] = [];
  const ran: Run[] = [];
  const job = noting({
    ...every10,
    run: (run) => {
      ran.push(run);
      return new Promise((resolve) => finish.push(() => resolve({ lines: [] })));
    },
  });
  const schedule = await here.schedule([job], { lookEveryMs: 20 });
  await schedule.start();
  await until(async () => (await here.marks()).length === schedule.jobs.length);
  here.clock.shift(3 * DAY);
  await until(() => ran.length === 1);
  expect(ran).toMatchObject([{ slot: past(3 * DAY) }]);
  here.clock.shift(25 * MINUTE);
  await pause(200);
  expect(ran).toHaveLength(1);
  finish[0]?.();
  await until(() => ran.length === 2);
  expect(ran[1]).toMatchObject({ slot: past(3 * DAY + 20 * MINUTE), late: true });
  expect((await here.runs({ slot: past(3 * DAY + 10 * MINUTE) })).map((run) => run.state)).toEqual(['skipped']);
  // A clock put back finds nothing to do, and put forward again only what nobody did.
  here.clock.set(NINE);
  await pause(100);
  here.clock.set(past(3 * DAY + 29 * MINUTE));
  await pause(100);
  expect(ran).toHaveLength(2);
  finish[1]?.();
  await schedule.stop();
  expect((await here.runs({ slot: past(3 * DAY + 20 * MINUTE) })).map((run) => run.state)).toEqual(['done']);
});
