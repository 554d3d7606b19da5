/** A simulated year: two processes of one house walk through it and are killed; what was told is compared with a plain model. */
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Job } from '../../src/core/feature.ts';
import { startEngine } from '../../src/storage/embedded/start.ts';
import { chanceFrom } from '../seed/random.ts';
import { type Cast, castOf } from './cast.ts';
import { sparesFor, walkerOf } from './crashes.ts';
import { DAY_MS, type Days, daysOf, momentOf } from './days.ts';
import { fill } from './fill.ts';
import { features } from './house.ts';
import { watchMemory } from './memory.ts';
import { LISTS_AT, modelOf, TELLING } from './model.ts';
import { type Environment, placeFor } from './place.ts';
import { type Crew, startCrew } from './processes.ts';
import { type Figures, reckoningOf } from './reckoning.ts';
import { SCALES, type Size } from './scale.ts';
import { workersOf } from './workers.ts';

export interface SimulationOptions {
  /** First day, `2026-01-01`. */
  from: string;
  days: number;
  size: Size;
  seed: number;
  /** How often a process is killed in the middle of its work. */
  crashes: number;
  /** People in care, if not as many as the size has. */
  wards?: number | undefined;
  /** Keeps here what it fills a store with, and takes what an earlier run left. */
  folder?: string | undefined;
  /** How far the filling has come. */
  filling?: (done: number, total: number) => void;
  /** How many days are over. */
  progress?: (done: number, total: number) => void;
  /** Ends it before its time, leaving nothing behind. */
  signal?: AbortSignal | undefined;
}

export interface Simulation extends Figures {
  crashes: number;
  seconds: number;
  /** What filling the store, or copying what was filled, took of them. */
  fillSeconds: number;
  /** At most what one of the processes held; this one holds the store as well, whose file is mapped. */
  peakMb: number;
  /** At most what this process held without that file. */
  storeMb: number;
  /** Some keys that are lost, doubled or unexpected. */
  wrong: string[];
}

/** After so many days a process has done most of what there is to do: those loaded later begin with what it came to. */
const WARM = 7;
const NOON = '12:00';
/** Far beyond what is simulated: nobody waits for the engine's own sweeps. */
const NEVER_MS = 2 ** 31 - 1;

/** The house this process looks into the store with. */
async function houseOn<T>(
  store: string,
  env: Environment,
  now: Date,
  work: (app: App, uri: string) => Promise<T>,
): Promise<T> {
  const engine = await startEngine(store, { sweepEveryMs: NEVER_MS, fleeting: true });
  try {
    const app = await createApp(readConfig({ ...env, MONGODB_URI: engine.uri }), {
      clock: { now: () => now },
      features,
    });
    try {
      return await work(app, engine.uri);
    } finally {
      await app.stop(0);
    }
  } finally {
    await engine.close();
  }
}

export async function simulate(options: SimulationOptions): Promise<Simulation> {
  const { from, size, seed, wards, folder, filling, signal } = options;
  const began = performance.now();
  const days = daysOf(from, options.days);
  const first = momentOf(from, '00:00');
  const name = `${size}-${wards ?? SCALES[size].wards}-${seed}-${from}`;
  try {
    const place = await placeFor(folder, name, (store, env) =>
      houseOn(store, env, first, ({ house }) => fill(house, castOf(house, size, seed, wards), days, filling)),
    );
    try {
      return await houseOn(place.store, place.env, first, async (app, uri) => {
        const made = castOf(app.house, size, seed, wards);
        const env = { ...place.env, MONGODB_URI: uri, SIMULATE_SENT: place.sent };
        const filled = () => (place.isFilled ? undefined : fill(app.house, made, days, filling));
        return walkThrough(app, made.cast, env, days, began, filled, options);
      });
    } finally {
      await place.remove();
    }
  } catch (error) {
    // What was cut off fails in ways of its own.
    signal?.throwIfAborted();
    throw error;
  }
}

async function walkThrough(
  app: App,
  cast: Cast,
  env: Environment & { SIMULATE_SENT: string },
  days: Days,
  began: number,
  filled: () => Promise<void> | undefined,
  { size, seed, from, crashes, progress, signal }: SimulationOptions,
): Promise<Simulation> {
  const seconds = () => Math.round((performance.now() - began) / 100) / 10;
  const first = momentOf(from, '00:00');
  const memory = watchMemory();
  let crew: Crew | undefined;
  const interrupt = () => void Promise.all([crew?.end(), app.stop(0)]);
  signal?.addEventListener('abort', interrupt);
  try {
    signal?.throwIfAborted();
    // They load while the store is filled.
    crew = startCrew(env, sparesFor(crashes));
    await filled();
    const fillSeconds = seconds();
    const model = modelOf(cast, days, app.house.vault.fingerprint);
    const workers = workersOf(app.house, cast, SCALES[size], model, days, chanceFrom(seed + 1));
    const walker = walkerOf(crew, chanceFrom(seed + 2), crashes, first, days.count);
    const reckoning = reckoningOf(app.house, env.SIMULATE_SENT, cast.chats);
    await Promise.all(crew.members.map((one) => one.ask({ at: first.toISOString() })));
    const keepsHouse = (day: number) => days.weekday(day) === 0 && Math.floor(day / 7) % SCALES[size].keepsHouse === 0;
    const over: { name: string; midnight: Date; keys: ReadonlySet<string> }[] = [];
    const closeDays = async () => {
      await walker.settle();
      for (const { name, midnight, keys } of over.splice(0)) {
        await reckoning.close(name, midnight, new Date(midnight.getTime() + DAY_MS), keys);
      }
    };
    for (let day = 0; day < days.count; day += 1) {
      const midnight = momentOf(days.name(day), '00:00');
      model.begin(day);
      if (day === Math.min(WARM, days.count - 1)) await crew.keep(midnight);
      for (const [clock, at, jobs] of momentsOf(app.schedule.jobs, days.name(day), keepsHouse(day))) {
        signal?.throwIfAborted();
        const before = model.today.size;
        model.tell(clock);
        const tells = model.today.size > before || (clock === LISTS_AT && model.hasLists());
        if (tells && over.length > 0) await closeDays();
        await walker.walk({ at, jobs, tells });
        if (clock !== NOON || !days.isWorked(day)) continue;
        const settled = walker.settle();
        const write = workers.day(day, at);
        await settled;
        await Promise.all([write(), closeDays()]);
      }
      over.push({ name: days.name(day), midnight, keys: new Set(model.today) });
      progress?.(day + 1, days.count);
      // A day of rest on which nobody is to be told anything is looked at with the next one.
      if (model.today.size === 0 && !days.isWorked(day) && day < days.count - 1) continue;
      await closeDays();
    }
    return {
      ...reckoning.figures,
      crashes: walker.crashes(),
      seconds: seconds(),
      fillSeconds,
      peakMb: Math.max(Math.round(crew.peakMb()), memory.peakMb()),
      storeMb: memory.ownMb(),
      wrong: reckoning.wrong,
    };
  } finally {
    signal?.removeEventListener('abort', interrupt);
    memory.end();
    await crew?.end();
  }
}

/** Times of day at which a job runs every day: `30 9 * * *`, `0 8,16 * * *` */
const DAILY = /^(?<minute>\d{1,2}) (?<hours>\d{1,2}(?:,\d{1,2})*) \* \* \*$/u;

/**
 * The moments of a day on which something happens, in their order, with the names of the jobs. What only keeps house and
 * tells nobody anything runs once a week, of a city more seldom, to save time; what runs oftener than once a day does so at noon.
 */
function momentsOf(jobs: readonly Job[], day: string, keepsHouse: boolean): [string, Date, string[]][] {
  const moments = new Map<string, string[]>([...TELLING, NOON, LISTS_AT].map((clock) => [clock, []]));
  for (const { name, cron, preview } of jobs) {
    if (!preview && !keepsHouse) continue;
    const { hours, minute = '' } = DAILY.exec(cron)?.groups ?? {};
    const clocks = hours?.split(',').map((hour) => `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`) ?? [NOON];
    for (const clock of clocks) moments.set(clock, [...(moments.get(clock) ?? []), name]);
  }
  return [...moments]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([clock, names]) => [clock, momentOf(day, clock), names]);
}
