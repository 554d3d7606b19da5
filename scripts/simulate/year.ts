/** A simulated year: two processes of one house walk through it and are killed; what was told is compared with a plain model. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Job } from '../../src/core/feature.ts';
import { startEngine } from '../../src/storage/embedded/start.ts';
import { chanceFrom } from '../seed/random.ts';
import { fillCast, type Size } from './cast.ts';
import { sparesFor, walkerOf } from './crashes.ts';
import { DAY_MS, daysOf, momentOf } from './days.ts';
import { features } from './house.ts';
import { LISTS_AT, modelOf, TELLING } from './model.ts';
import { type Crew, startCrew } from './processes.ts';
import { type Figures, reckoningOf } from './reckoning.ts';
import { workersOf } from './workers.ts';

export interface SimulationOptions {
  /** First day, `2026-01-01`. */
  from: string;
  days: number;
  size: Size;
  seed: number;
  /** How often a process is killed in the middle of its work. */
  crashes: number;
  progress?: (done: number, total: number) => void;
  /** Ends it before its time, leaving nothing behind. */
  signal?: AbortSignal | undefined;
}

export interface Simulation extends Figures {
  crashes: number;
  seconds: number;
  /** At most what one of the processes held. */
  peakMb: number;
  /** Some keys that are lost, doubled or unexpected. */
  wrong: string[];
}

/** After so many days a process has done most of what there is to do: those loaded later begin with what it came to. */
const WARM = 7;
const NOON = '12:00';
/** Far beyond what is simulated: nobody waits for the engine's own sweeps. */
const NEVER_MS = 2 ** 31 - 1;

/** @param keep see `load.ts` */
export async function simulate(
  { from, size, seed, progress, signal, ...options }: SimulationOptions,
  keep: () => void,
): Promise<Simulation> {
  const began = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'haolin-year-'));
  const engine = await startEngine(join(folder, 'store'), { sweepEveryMs: NEVER_MS, fleeting: true });
  const sentFile = join(folder, 'sent');
  const env = {
    DATA_DIR: folder,
    MONGODB_URI: engine.uri,
    REDIS_URL: '',
    FIELD_SECRET: randomBytes(32).toString('base64'),
    TOKEN_SECRET: randomBytes(32).toString('base64'),
    LOG_LEVEL: 'fatal',
    PUPPET: 'none',
    SIMULATE_SENT: sentFile,
  };
  let crew: Crew | undefined;
  const days = daysOf(from, options.days);
  const first = momentOf(from, '00:00');
  const app = await createApp(readConfig(env), { clock: { now: () => first }, features });
  const interrupt = () => void Promise.all([crew?.end(), app.stop(0)]);
  signal?.addEventListener('abort', interrupt);
  try {
    signal?.throwIfAborted();
    const cast = await fillCast(app.house, size, seed, days);
    keep();
    crew = startCrew(env, sparesFor(options.crashes));
    const model = modelOf(cast, days, app.house.vault.fingerprint);
    const workers = workersOf(app.house, cast, model, days, chanceFrom(seed + 1));
    const walker = walkerOf(crew, chanceFrom(seed + 2), options.crashes, first, days.count);
    const reckoning = reckoningOf(app.house, sentFile, cast.chats);
    await Promise.all(crew.members.map((one) => one.ask({ at: first.toISOString() })));
    for (let day = 0; day < days.count; day += 1) {
      const midnight = momentOf(days.name(day), '00:00');
      model.begin(day);
      if (day === Math.min(WARM, days.count - 1)) await crew.keep(midnight);
      for (const [clock, at, jobs] of momentsOf(app.schedule.jobs, days.name(day), days.weekday(day) === 0)) {
        signal?.throwIfAborted();
        const before = model.today.size;
        model.tell(clock);
        const tells = model.today.size > before || (clock === LISTS_AT && model.hasLists());
        await walker.walk({ at, jobs, tells });
        if (clock !== NOON) continue;
        await walker.settle();
        await workers.day(day, at);
      }
      await walker.settle();
      await reckoning.close(days.name(day), midnight, new Date(midnight.getTime() + DAY_MS), model.today);
      progress?.(day + 1, days.count);
    }
    return {
      ...reckoning.figures,
      crashes: walker.crashes(),
      seconds: Math.round((performance.now() - began) / 100) / 10,
      peakMb: Math.round(crew.peakMb()),
      wrong: reckoning.wrong,
    };
  } catch (error) {
    // What was cut off fails in ways of its own.
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    await crew?.end();
    await app.stop(0);
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A time of day at which a job runs every day: `30 9 * * *` */
const DAILY = /^(?<minute>\d{1,2}) (?<hour>\d{1,2}) \* \* \*$/u;

/**
 * The moments of a day on which something happens, in their order, with the names of the jobs. What only keeps house and
 * tells nobody anything runs once a week, to save time; what runs oftener than once a day does so at noon.
 */
function momentsOf(jobs: readonly Job[], day: string, keepsHouse: boolean): [string, Date, string[]][] {
  const moments = new Map<string, string[]>([...TELLING, NOON, LISTS_AT].map((clock) => [clock, []]));
  for (const { name, cron, preview } of jobs) {
    if (!preview && !keepsHouse) continue;
    const { hour, minute } = DAILY.exec(cron)?.groups ?? {};
    const clock = hour && minute ? `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` : NOON;
    moments.set(clock, [...(moments.get(clock) ?? []), name]);
  }
  return [...moments]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([clock, names]) => [clock, momentOf(day, clock), names]);
}
