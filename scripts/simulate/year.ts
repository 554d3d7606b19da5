/** A simulated year: two processes of one house walk through it and are killed; what was told is compared with a plain model. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Job } from '../../src/core/feature.ts';
import type { House } from '../../src/core/house.ts';
import { atCivil, clockWords, MINUTE } from '../../src/core/time.ts';
import { slotsOf } from '../../src/schedule/slots.ts';
import { startEngine } from '../../src/storage/embedded/start.ts';
import type { Progress } from '../progress.ts';
import { type Chance, chanceFrom } from '../seed/random.ts';
import { fillCast, type Size } from './cast.ts';
import { daysOf } from './days.ts';
import { modelOf } from './model.ts';
import { type Crew, startCrew } from './processes.ts';
import { workersOf } from './workers.ts';

export interface SimulationOptions {
  year: number;
  size: Size;
  seed: number;
  /** How many days from 1 January on; the whole year when absent. */
  days?: number;
  /** How often one of the two is killed in the middle of its runs. */
  crashes: number;
  progress?: Progress;
}

export interface Simulation {
  expected: number;
  sent: number;
  lost: number;
  doubled: number;
  /** Told though the model expects nothing of the kind. */
  unexpected: number;
  crashes: number;
  seconds: number;
  peakMb: number;
  /** Some keys that are lost or unexpected. */
  wrong: string[];
}

/** Jobs that run oftener than this in a day run once at noon: what they look for is no part of what is compared. */
const MOST_A_DAY = 2;
const COMPARED = /^(?:duties|talks)\./u;

export async function simulate(options: SimulationOptions): Promise<Simulation> {
  const began = performance.now();
  const { year, size, seed, progress } = options;
  const folder = await mkdtemp(join(tmpdir(), 'haolin-year-'));
  const engine = await startEngine(join(folder, 'store'), { sweepEveryMs: 2 ** 31 - 1 });
  const sentFile = join(folder, 'sent');
  const env = {
    DATA_DIR: folder,
    MONGODB_URI: engine.uri,
    FIELD_SECRET: randomBytes(32).toString('base64'),
    TOKEN_SECRET: randomBytes(32).toString('base64'),
    LOG_LEVEL: 'fatal',
    PUPPET: 'none',
    SIMULATE_SENT: sentFile,
  };
  let now = atCivil(`${year}-01-01`);
  const app = await createApp(readConfig(env), { clock: { now: () => now } });
  let crew: Crew | undefined;
  try {
    const length = Math.round((Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / 86_400_000);
    const days = daysOf(year, Math.min(options.days ?? length, length));
    const cast = await fillCast(app.house, size, seed, days);
    const model = modelOf(cast, days);
    const workers = workersOf(app.house, cast, model, days, chanceFrom(seed + 1));
    crew = await startCrew(env);
    const killer = killerOf(crew, chanceFrom(seed + 2), options.crashes, days.count);
    for (const one of crew.members) await one.ask({ at: now.toISOString(), do: 'open' });
    for (let day = 0; day < days.count; day += 1) {
      model.tell(day, '00:00');
      for (const [at, jobs] of momentsOf(app.schedule.jobs, atCivil(days.name(day)))) {
        now = new Date(at);
        const before = model.expected.size;
        model.tell(day, clockWords(now));
        await killer.pass(day, now, jobs, model.expected.size > before);
        if (clockWords(now) === '12:00') await workers.day(day, now);
      }
      progress?.(day + 1, days.count);
    }
    now = new Date(now.getTime() + 24 * 60 * MINUTE);
    await crew.members[0].ask({ at: now.toISOString(), do: 'drain' });
    const sent = await keysSent(app.house);
    const doubled = doubledIn(sentFile);
    const lost = [...model.expected].filter((key) => !sent.has(key));
    const unexpected = [...sent].filter((key) => !model.expected.has(key));
    return {
      expected: model.expected.size,
      sent: sent.size,
      lost: lost.length,
      doubled,
      unexpected: unexpected.length,
      crashes: killer.done(),
      seconds: Math.round((performance.now() - began) / 100) / 10,
      peakMb: Math.round(crew.peakMb()),
      wrong: [...lost.slice(0, 5).map((key) => `- ${key}`), ...unexpected.slice(0, 5).map((key) => `+ ${key}`)],
    };
  } finally {
    await crew?.end();
    await app.stop(0);
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The moments of a day on which something runs, in their order, with the names of the jobs. */
function momentsOf(jobs: readonly Job[], midnight: Date): [number, string[]][] {
  const moments = new Map<number, string[]>();
  const noon = midnight.getTime() + 12 * 60 * MINUTE;
  const until = new Date(midnight.getTime() + 24 * 60 * MINUTE - 1);
  for (const { name, cron } of jobs) {
    const { slots, more } = slotsOf(cron).between(new Date(midnight.getTime() - 1), until, MOST_A_DAY);
    const own = more ? [slotsOf(cron).next(new Date(noon - 1))] : slots;
    for (const slot of own) moments.set(slot.getTime(), [...(moments.get(slot.getTime()) ?? []), name]);
  }
  if (!moments.has(noon)) moments.set(noon, []);
  return [...moments].sort(([a], [b]) => a - b);
}

function killerOf(crew: Crew, chance: Chance, crashes: number, dayCount: number) {
  const planned = Array.from({ length: crashes }, () => chance.below(Math.max(1, dayCount - 7))).sort((a, b) => a - b);
  /** How long what tells people took lately, in ms. */
  let usual = 20;
  let killed = 0;

  async function kill(now: Date, jobs: string[]): Promise<void> {
    const place = chance.below(2) as 0 | 1;
    const order = { at: now.toISOString(), do: 'tick', jobs } as const;
    const victim = crew.members[place];
    let answered = false;
    const asked = victim.ask(order).then(
      () => {
        answered = true;
      },
      () => undefined,
    );
    await new Promise((resolve) => setTimeout(resolve, chance.next() * usual));
    crew.peakMb();
    await victim.kill();
    await asked;
    if (!answered) {
      killed += 1;
      planned.shift();
    }
    crew.replace(place);
    const survivor = crew.members[place === 0 ? 1 : 0];
    await survivor.ask(order);
    // What the dead one held is free once its lease is over.
    const later = new Date(now.getTime() + 2 * MINUTE).toISOString();
    await survivor.ask({ at: later, do: 'catch up' });
    await crew.members[place].ask({ at: later, do: 'catch up' });
  }

  return {
    done: () => killed,
    async pass(day: number, now: Date, jobs: string[], tells: boolean): Promise<void> {
      if (tells && (planned[0] ?? Number.POSITIVE_INFINITY) <= day) return kill(now, jobs);
      if (jobs.length === 0) return;
      const began = performance.now();
      const at = now.toISOString();
      const answers = await Promise.all(
        crew.members.map((one, nth) => one.ask({ at, do: 'tick', jobs: nth === 0 ? jobs : jobs.toReversed() })),
      );
      const failed = answers.flatMap((one) => one.failed);
      if (failed.length > 0) throw new Error(failed.join('; '));
      if (tells) usual = performance.now() - began;
    },
  };
}

async function keysSent(house: House): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const { _id } of house.db.collection('deliveries').find({}, { projection: { _id: 1 } })) {
    if (COMPARED.test(String(_id))) keys.add(String(_id));
  }
  return keys;
}

/** How many messages left through the chat more than once. */
function doubledIn(file: string): number {
  if (!existsSync(file)) return 0;
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.length - new Set(lines).size;
}
