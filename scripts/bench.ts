/** `npm run bench [-- --json] [--wishes N] [--seconds N] [--only list,get] [--profile DIR]`: the API's hot paths beside Koa's hello, in one run. */

import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import type { Person } from '../src/features/people/index.ts';
import type { WishDoc } from '../src/features/wishes/index.ts';
import { type Started, startHello, startHouse } from './bench/house.ts';
import { inHouse } from './open-house.ts';
import { showProgress } from './progress.ts';
import { seedCity } from './seed/city.ts';
import { seedWishes } from './seed/wishes.ts';

const CONNECTIONS = 20;
const PORT = 38_711;
const YARDSTICK_SECONDS = 3;

interface Figures {
  rps: number;
  ratio: number;
  p50: number;
  p99: number;
}

interface Cast {
  grid: string;
  worker: string;
  residents: string[];
  wishIds: string[];
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    wishes: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '6' },
    /** Only these cases, separated by commas. */
    only: { type: 'string' },
    /** A folder for CPU profiles of the house. */
    profile: { type: 'string' },
  },
});
const count = Number(values.wishes);
const seconds = Number(values.seconds);
const only = values.only?.split(',');
const say = (line: string) => values.json || process.stdout.write(`${line}\n`);

const folder = await mkdtemp(join(tmpdir(), 'haolin-bench-'));
try {
  const cast = await fill(folder);
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], { stdio: 'inherit' });
  const house = await startHouse(folder, PORT, `/api/v1/wishes/wall?area=${cast.grid}&limit=20`, values.profile);
  const hello = await startHello();
  try {
    const result = await measure(house, hello, cast);
    if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  } finally {
    await house.stop();
    await hello.stop();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** A city's people and `count` published wishes. */
async function fill(where: string): Promise<Cast> {
  const progress = showProgress('准备数据');
  try {
    return await inHouse({ folder: where }, async (open) => {
      await seedCity(open);
      const people = open.model<Person>('people').collection;
      const residents = (await people.find({ 'roles.role': 'resident' }).limit(5_000).toArray()) as unknown as Person[];
      await seedWishes(open, residents, count, progress);
      const wishes = open.model<WishDoc>('wish').collection;
      const some = (await wishes
        .find({ column: 'open' })
        .sort({ _id: -1 })
        .limit(60_000)
        .project({ grid: 1, areas: 1 })
        .toArray()) as unknown as WishDoc[];
      const grid = some[0]?.grid ?? '';
      const worker = await people.findOne({ roles: { $elemMatch: { role: 'supervisor', area: some[0]?.areas[0] } } });
      const clerk = await people.findOne({ 'roles.role': 'worker', areas: some[0]?.areas[3] });
      if (!grid || !(clerk ?? worker)) throw new Error('the seed holds no worker beside a wish');
      return {
        grid,
        worker: String((clerk ?? worker)?._id),
        residents: residents.map((person) => person._id),
        wishIds: some.filter((wish) => wish.areas.includes(some[0]?.areas[3] ?? '')).map((wish) => wish._id),
      };
    });
  } finally {
    progress.end();
  }
}

async function measure(house: Started, hello: Started, cast: Cast) {
  const signIn = async (person: string) => {
    const answer = await fetch(`${house.address}/api/v1/session/demo`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person }),
    });
    return `Bearer ${((await answer.json()) as { token: string }).token}`;
  };
  const authorization = await signIn(cast.worker);
  const json = { authorization, 'content-type': 'application/json' };
  let next = 0;
  const authors = await Promise.all(cast.residents.slice(0, 500).map(signIn));
  const cases: Record<string, Partial<autocannon.Options>> = {
    list: { url: `${house.address}/api/v1/wishes?area=${cast.grid}&limit=20`, headers: { authorization } },
    get: {
      url: house.address,
      requests: [
        each(() => ({
          method: 'GET',
          path: `/api/v1/wishes/${pick(cast.wishIds, next++)}`,
          headers: { authorization },
        })),
      ],
    },
    create: {
      url: house.address,
      requests: [
        each(() => ({
          method: 'POST',
          path: '/api/v1/wishes',
          headers: { authorization: pick(authors, next++), 'content-type': 'application/json' },
          body: JSON.stringify({ text: `想要一台收音机，第${next}台，听听戏`, category: 'goods' }),
        })),
      ],
    },
    claim: {
      url: house.address,
      requests: [
        each(() => ({
          method: 'POST',
          path: `/api/v1/wishes/${pick(cast.wishIds, next++)}/claim`,
          headers: json,
          body: '{}',
        })),
      ],
    },
  };
  const yardsticks: number[] = [];
  const results: Record<string, Figures> = {};
  for (const [name, options] of Object.entries(cases)) {
    if (only && !only.includes(name)) continue;
    const before = await shoot({ url: hello.address, duration: YARDSTICK_SECONDS });
    yardsticks.push(before.rps);
    next = 0;
    const found = await shoot({ duration: seconds, ...options });
    results[name] = { ...found, ratio: round(found.rps / before.rps, 4) };
    say(
      `${name.padEnd(8)}${String(found.rps).padStart(7)} /s  ${((100 * found.rps) / before.rps).toFixed(1).padStart(5)} % of hello  p50 ${found.p50} ms  p99 ${found.p99} ms${found.failed ? `  (${found.failed} refused)` : ''}`,
    );
  }
  const rps = Math.round(yardsticks.reduce((sum, one) => sum + one, 0) / yardsticks.length);
  const rssMb = Math.round(await house.rssMb());
  say(
    `Koa hello ${rps} /s · ${count} wishes · first answer after ${Math.round(house.startupMs)} ms · ${rssMb} MB resident`,
  );
  return {
    node: process.version,
    wishes: count,
    startupMs: Math.round(house.startupMs),
    rssMb,
    koaHello: { rps },
    cases: results,
  };
}

function each(make: () => autocannon.Request): autocannon.Request {
  return { setupRequest: (request) => ({ ...request, ...make() }) };
}

async function shoot(options: Partial<autocannon.Options>) {
  const done = await autocannon({ connections: CONNECTIONS, url: '', ...options });
  return {
    rps: Math.round(done['2xx'] / done.duration),
    p50: done.latency.p50,
    p99: done.latency.p99,
    failed: done.non2xx + done.errors,
  };
}

function pick<T>(all: readonly T[], index: number): T {
  const one = all[index % all.length];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
