import type { Schema } from 'mongoose';
import type { Job, Run, RunReport } from '../core/feature.ts';
import type { House } from '../core/house.ts';
import { within } from '../core/patience.ts';
import { type Rounds, startRounds } from '../core/rounds.ts';
import { tellOfFailure } from './alarm.ts';
import { accountFor, purposeEnds, type Timed } from './catch-up.ts';
import { alreadyRun, unknownJob } from './errors.ts';
import { type Held, LEASE_MS, MOST_ATTEMPTS, openLedger } from './ledger.ts';
import { type JobRun, scheduleModels } from './model.ts';
import { slotsOf } from './slots.ts';
import { startTicker } from './ticker.ts';
import { tidy } from './tidy.ts';

export { scheduleMessages } from './messages.ts';
export type { JobRun } from './model.ts';
export { type Foreseen, type ForeseenMoves, foresee, foreseeMoves } from './preview.ts';

/** How one slot of one job came out: `taken` when another has it (or had it). */
export type Outcome =
  | { kind: 'taken' }
  | { kind: 'done'; job: string; slot: Date; report: RunReport }
  | { kind: 'failed'; job: string; slot: Date; error: unknown };

/** A job as an operator sees it. */
export interface JobOverview {
  name: string;
  title: string;
  cron: string;
  next: Date;
  last: JobRun | undefined;
}

/** The clockwork: every job at its time, once, however many processes there are and whichever of them die. */
export interface Schedule {
  /** Catches up, then ticks. Returns at once; runs go on behind it. */
  start(): Promise<void>;
  /** No more ticks; waits for runs under way for at most `graceMs`. What is left is taken over when its lease is over. */
  stop(graceMs?: number): Promise<void>;
  /**
   * Makes up, for each job, the newest missed slot if it still has a purpose, notes the others as skipped, and takes over
   * runs whose process died. Waits for what it runs; also what a moved clock asks for.
   */
  catchUp(now: Date): Promise<Outcome[]>;
  /** One tick: runs the slot unless somebody has taken it. */
  tick(jobName: string, slot: Date): Promise<Outcome>;
  /**
   * Runs a job by hand, at `at` if given. A dry run changes nothing and leaves no trace.
   * @throws HaolinError unknown_job, already_run, or what the job throws
   */
  runNow(jobName: string, options?: { dryRun?: boolean; at?: Date }): Promise<RunReport>;
  overview(): Promise<JobOverview[]>;
  jobs: readonly Job[];
  models: Readonly<Record<string, Schema>>;
}

export interface ScheduleOptions {
  house: House;
  /** Every feature's jobs, and those of the other parts of the house. */
  jobs: readonly Job[];
  /** Codes of the areas above all others: those who administer them are told of a job that is given up. */
  cities: () => Promise<readonly string[]>;
  /** How often it looks for what was missed; 5 seconds unless told otherwise. */
  lookEveryMs?: number;
}

/** How often it looks whether a slot was missed: by a lost tick, a sleeping machine, a moved clock, a death elsewhere. */
const LOOK_EVERY_MS = 5_000;
/** When the house's clock is this far from the host's, ticks by the host's clock mean nothing. */
const SAME_CLOCK_MS = 30_000;
const GRACE_MS = 5_000;

/**
 * Puts the schedule together and declares its models on the house's connection. Nothing runs before `start`.
 * @throws Error when two jobs have one name or a cron expression is none
 */
export function createSchedule({ house, jobs: given, cities, lookEveryMs = LOOK_EVERY_MS }: ScheduleOptions): Schedule {
  const { clock, log } = house;
  for (const [name, schema] of Object.entries(scheduleModels)) {
    if (!house.db.models[name]) house.db.model(name, schema, name);
  }
  const jobs = [...given, tidy];
  const timed = timedByName(jobs);
  const ledger = openLedger(house);
  const underWay = new Set<Promise<unknown>>();
  const busy = new Map<string, number>();
  /** By when each job is to be looked at again, as this process knows. */
  const upcoming = new Map<string, Date>();
  let lookedAt: Date | undefined;
  let running: { stop(): Promise<void> } | undefined;

  const jobNamed = (name: string): Timed => {
    const found = timed.get(name);
    if (!found) throw unknownJob(name);
    return found;
  };

  /** Runs what this process holds, and writes down what came of it. */
  function execute(run: Held, now: Date): Promise<Outcome> {
    const work = perform(run, now);
    underWay.add(work);
    busy.set(run.job, (busy.get(run.job) ?? 0) + 1);
    return work.finally(() => {
      underWay.delete(work);
      busy.set(run.job, (busy.get(run.job) ?? 1) - 1);
    });
  }

  async function perform(run: Held, now: Date): Promise<Outcome> {
    const { job } = jobNamed(run.job);
    const { slot, late } = run;
    const renewal = setInterval(() => {
      ledger
        .renew(run, clock.now())
        .catch((error: unknown) => log.warn({ run: run._id, err: error }, 'the lease of a run could not be renewed'));
    }, LEASE_MS / 3);
    renewal.unref();
    try {
      const outcome = await attempt(job, { slot, now, late, dryRun: false });
      if (outcome.kind === 'failed') {
        log.error({ run: run._id, attempts: run.attempts, err: outcome.error }, 'a job failed');
        const left = await ledger.fail(run, outcome.error, clock.now(), purposeEnds(job, slot));
        if (left === 'over' && !run.byHand) await tellOfFailure(house, cities, job, run);
      } else {
        const ours = await ledger.finish(run, outcome.report, clock.now());
        const { length } = outcome.report.lines;
        log.info({ run: run._id, late, lines: length }, ours ? 'a job is done' : 'a job was taken over meanwhile');
      }
      return outcome;
    } finally {
      clearInterval(renewal);
    }
  }

  async function attempt(job: Job, run: Run): Promise<Exclude<Outcome, { kind: 'taken' }>> {
    const what = { job: job.name, slot: run.slot };
    try {
      return { kind: 'done', ...what, report: await job.run(run, house) };
    } catch (error) {
      return { kind: 'failed', ...what, error };
    }
  }

  const isBusy = (name: string) => (busy.get(name) ?? 0) > 0;

  /** Takes over what died or failed elsewhere, as long as it has a purpose; here only while the job does not run already. */
  async function unattended(now: Date): Promise<Held[]> {
    const taken: Held[] = [];
    for (const run of await ledger.unattended(now)) {
      const found = timed.get(run.job);
      if (!found || isBusy(run.job)) continue;
      const hopeless = hopelessness(found.job, run, now);
      if (hopeless) await giveUp(found.job, run, now, hopeless);
      else taken.push(...[await ledger.takeOver(run, now)].filter((one) => one !== undefined));
    }
    return taken;
  }

  async function giveUp(job: Job, run: JobRun, now: Date, why: string): Promise<void> {
    if (!(await ledger.abandon(run, now, why))) return;
    log.error({ run: run._id, attempts: run.attempts }, `a job is given up: ${why}`);
    if (!run.byHand) await tellOfFailure(house, cities, job, run);
  }

  async function claimMissed(one: Timed, now: Date): Promise<Held | undefined> {
    // A job that still runs is looked at again afterwards: its slots must not overlap.
    if (isBusy(one.job.name)) return undefined;
    const held = await accountFor(one, ledger, now);
    upcoming.set(one.job.name, one.slots.next(now));
    return held;
  }

  async function look(): Promise<void> {
    const now = clock.now();
    // A clock put back makes everything known about the future worthless.
    if (lookedAt && now < lookedAt) upcoming.clear();
    lookedAt = now;
    for (const run of await unattended(now)) void execute(run, now).catch(lost);
    const due = [...timed.values()].filter(({ job }) => {
      const next = upcoming.get(job.name);
      return !next || now >= next;
    });
    const looked = await Promise.allSettled(due.map((one) => claimMissed(one, now)));
    for (const one of looked) if (one.status === 'fulfilled' && one.value) void execute(one.value, now).catch(lost);
    const failed = looked.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }

  const lost = (error: unknown) => log.error({ err: error }, 'what came of a run could not be written down');

  async function tick(jobName: string, slot: Date): Promise<Outcome> {
    jobNamed(jobName);
    const now = clock.now();
    const held = await ledger.claim(jobName, slot, now);
    return held ? execute(held, now) : { kind: 'taken' };
  }

  async function onTick({ name }: Job, slot: Date): Promise<void> {
    const off = Math.abs(clock.now().getTime() - slot.getTime());
    if (off > SAME_CLOCK_MS || isBusy(name)) return;
    await tick(name, slot);
  }

  return {
    async start() {
      if (running) return;
      const rounds: Rounds = startRounds({
        work: look,
        everyMs: lookEveryMs,
        onTrouble: (error) => log.error({ err: error }, 'the schedule could not be looked at and will be again'),
      });
      const ticker = startTicker(house, jobs, onTick);
      running = {
        async stop() {
          await ticker.stop();
          await rounds.stop();
        },
      };
    },
    async stop(graceMs = GRACE_MS) {
      const ending = running;
      running = undefined;
      const ended = async () => {
        await ending?.stop();
        await Promise.allSettled(underWay);
      };
      await within(graceMs, ended());
    },
    async catchUp(now) {
      const held = await unattended(now);
      const missed = await Promise.all([...timed.values()].map((one) => claimMissed(one, now)));
      return Promise.all([...held, ...missed].flatMap((run) => (run ? [execute(run, now)] : [])));
    },
    tick,
    async runNow(jobName, { dryRun = false, at } = {}) {
      const { job } = jobNamed(jobName);
      const now = at ?? clock.now();
      if (dryRun) return job.run({ slot: now, now, late: false, dryRun }, house);
      const held = await ledger.claim(jobName, now, now, true);
      if (!held) throw alreadyRun();
      const outcome = await execute(held, now);
      if (outcome.kind === 'failed') throw outcome.error;
      return outcome.kind === 'done' ? outcome.report : { lines: [] };
    },
    overview: () =>
      Promise.all(
        [...timed.values()].map(async ({ job: { name, title, cron }, slots }) => {
          return { name, title, cron, next: slots.next(clock.now()), last: await ledger.last(name) };
        }),
      ),
    jobs,
    models: scheduleModels,
  };
}

function timedByName(jobs: readonly Job[]): Map<string, Timed> {
  const timed = new Map<string, Timed>();
  for (const job of jobs) {
    if (timed.has(job.name)) throw new Error(`Two jobs are called ${job.name}`);
    try {
      timed.set(job.name, { job, slots: slotsOf(job.cron) });
    } catch (error) {
      throw new Error(`The job ${job.name} has no valid cron expression: ${job.cron}`, { cause: error });
    }
  }
  return timed;
}

/** Why a run that died is not begun again, if so. What takes its process with it would do so each time. */
function hopelessness(job: Job, { slot, startedAt, attempts }: JobRun, now: Date): string | undefined {
  if (attempts >= MOST_ATTEMPTS) return `its process died, ${MOST_ATTEMPTS} attempts in all`;
  const ends = Math.max(purposeEnds(job, slot).getTime(), (startedAt?.getTime() ?? 0) + 5 * LEASE_MS);
  return now.getTime() > ends ? 'its process died, and its time has passed' : undefined;
}
