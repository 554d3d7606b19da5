import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Coordination } from '../../src/core/coordination.ts';
import { DAY, MINUTE } from '../../src/core/time.ts';
import { openLedger } from '../../src/schedule/ledger.ts';
import { runCoordinator } from '../../src/schedule/ticker.ts';
import { tidy } from '../../src/schedule/tidy.ts';
import { openCoordination } from '../../src/storage/coordination.ts';
import { noRedis, redisForTests, type TestRedis } from '../support/redis.ts';
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

test('a tick runs its slot, and the ledger says so', async () => {
  const job = noting();
  const schedule = await here.schedule([job]);
  const outcome = await schedule.tick('visits.plan', NINE);
  expect(outcome).toEqual({ kind: 'done', job: 'visits.plan', slot: NINE, report: { lines: ['第1次'] } });
  expect(job.ran).toEqual([{ slot: NINE, now: NINE, late: false, dryRun: false }]);
  expect(await here.runs()).toEqual([
    {
      _id: 'visits.plan@2026-03-09T01:00:00.000Z',
      job: 'visits.plan',
      slot: NINE,
      state: 'done',
      late: false,
      attempts: 1,
      startedAt: NINE,
      finishedAt: NINE,
      lines: ['第1次'],
    },
  ]);
  expect(await schedule.tick('visits.plan', NINE)).toEqual({ kind: 'taken' });
  await expect(schedule.tick('nothing', NINE)).rejects.toMatchObject({ code: 'unknown_job' });
});

const TICKS = 200;

/** 200 slots, each ticked by two processes at once (and by one of them twice): what the acceptance asks for. */
async function everySlotOnce(coordinations: [Coordination, Coordination], elected: boolean): Promise<number> {
  const job = noting({ cron: '* * * * *' });
  const both = [
    await here.schedule([job], { coordination: coordinations[0] }),
    await here.schedule([job], { coordination: coordinations[1] }),
    await here.schedule([job], { coordination: coordinations[0] }),
  ];
  const electors = here.houses.map(runCoordinator);
  let asked = 0;
  for (let n = 0; n < TICKS; n += 20) {
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => past((n + i) * MINUTE)).flatMap((slot) =>
        both.map(async (schedule, which) => {
          const key = `${job.name}:${slot.toISOString()}`;
          if (elected && !(await electors[which]?.shouldRun(key, 60_000))) return;
          asked += 1;
          await schedule.tick(job.name, slot);
        }),
      ),
    );
  }
  const runs = await here.runs();
  expect(runs).toHaveLength(TICKS);
  expect(new Set(runs.map((run) => run.state))).toEqual(new Set(['done']));
  expect(runs.every((run) => run.attempts === 1)).toBe(true);
  expect(job.ran).toHaveLength(TICKS);
  expect(new Set(job.ran.map((run) => +run.slot)).size).toBe(TICKS);
  return asked;
}

test('200 ticks by several processes are 200 lines of the ledger and 200 runs, by the ledger alone', async () => {
  const asked = await everySlotOnce([await openCoordination(), await openCoordination()], false);
  expect(asked).toBe(3 * TICKS);
});

describe.skipIf(noRedis !== undefined)(`with a real Redis${noRedis ? ` (${noRedis})` : ''}`, () => {
  let redis: TestRedis | undefined;
  beforeAll(async () => {
    redis = await redisForTests();
  });
  afterAll(() => redis?.stop());

  test('200 ticks are 200 lines and 200 runs, and only the elected process asks the ledger', async () => {
    const ends = [1, 2].map(() => openCoordination({ url: redis?.url ?? '' }));
    const [one, two] = (await Promise.all(ends)) as [Coordination, Coordination];
    expect(await everySlotOnce([one, two], true)).toBe(TICKS);
    await Promise.all([one.close(), two.close()]);
  });
});

test('when coordination is away the ledger decides alone', async () => {
  const away: Coordination = { ...(await openCoordination()), once: () => Promise.reject(new Error('away')) };
  expect(await everySlotOnce([away, away], true)).toBe(3 * TICKS);
});

test('the ticker of every process ticks each second once between them', async () => {
  const job = noting({ name: 'every.second', cron: '* * * * * *' });
  const schedules = [await here.schedule([job]), await here.schedule([job])];
  for (const house of here.houses) house.clock.now = () => new Date();
  const began = Date.now();
  await Promise.all(schedules.map((schedule) => schedule.start()));
  await pause(4_500);
  await Promise.all(schedules.map((schedule) => schedule.stop()));
  const ran = job.ran.length;
  const seconds = Math.floor(Date.now() / 1_000) - Math.floor(began / 1_000);
  // A busy machine may lose a second; a slot that ran twice would be a fault.
  expect(ran).toBeGreaterThanOrEqual(2);
  expect(ran).toBeLessThanOrEqual(seconds);
  expect(new Set(job.ran.map((run) => +run.slot)).size).toBe(ran);
  expect(job.ran.every((run) => !run.late && run.slot.getMilliseconds() === 0)).toBe(true);
  await pause(1_200);
  expect(job.ran).toHaveLength(ran);
  expect(here.lines.filter((line) => line.level === 'error')).toEqual([]);
});

describe('by hand', () => {
  test('a dry run says what it would do and leaves no trace', async () => {
    const job = noting();
    const schedule = await here.schedule([job]);
    const at = new Date('2026-05-01T10:00:00+08:00');
    expect(await schedule.runNow(job.name, { dryRun: true, at })).toEqual({ lines: ['第1次'] });
    expect(job.ran).toEqual([{ slot: at, now: at, late: false, dryRun: true }]);
    expect(await here.runs()).toEqual([]);
  });

  test('a real one is written down, once a moment, and its error is the caller’s', async () => {
    const job = noting();
    const broken = noting({ name: 'broken', run: () => Promise.reject(new Error('no')) });
    const schedule = await here.schedule([job, broken]);
    expect(await schedule.runNow(job.name)).toEqual({ lines: ['第1次'] });
    await expect(schedule.runNow(job.name)).rejects.toMatchObject({ code: 'already_run' });
    await expect(schedule.runNow('broken')).rejects.toThrow('no');
    expect(await here.runs({ job: job.name })).toMatchObject([{ state: 'done', byHand: true, slot: NINE }]);
    const [failed] = await here.runs({ job: 'broken' });
    expect(failed).toMatchObject({ state: 'failed', byHand: true });
    expect(failed).not.toHaveProperty('nextAt');
    await expect(schedule.runNow('nothing')).rejects.toMatchObject({ code: 'unknown_job' });
  });

  test('the overview names every job with its next moment and its last run', async () => {
    const job = noting();
    const schedule = await here.schedule([job]);
    await schedule.tick(job.name, NINE);
    expect(await schedule.overview()).toMatchObject([
      { name: job.name, title: job.title, cron: job.cron, next: past(7 * DAY), last: { state: 'done', slot: NINE } },
      { name: 'schedule.tidy', next: new Date('2026-03-10T03:20+08:00'), last: undefined },
    ]);
  });

  test('two jobs of one name, or a cron expression that is none, are refused at once', async () => {
    await expect(here.schedule([noting(), noting()])).rejects.toThrow('visits.plan');
    await expect(here.schedule([noting({ cron: '每周一' })])).rejects.toThrow('visits.plan');
  });
});

test('tidying lets go of old lines, not of what still runs', async () => {
  const job = noting();
  const schedule = await here.schedule([job]);
  const [house] = here.houses;
  if (!house) throw new Error('no house');
  await schedule.tick(job.name, past(-91 * DAY));
  await schedule.tick(job.name, past(-89 * DAY));
  await openLedger(house).claim('other', past(-92 * DAY), NINE);
  const run = (dryRun: boolean) => tidy.run({ slot: NINE, now: NINE, late: false, dryRun }, house);
  expect(await run(true)).toEqual({ lines: ['将清理任务记录 1 条'] });
  expect(await run(false)).toEqual({ lines: ['清理任务记录 1 条'] });
  expect((await here.runs()).map((one) => +one.slot)).toEqual([+past(-92 * DAY), +past(-89 * DAY)]);
});
