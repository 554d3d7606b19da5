/**
 * `npm run bench [-- --json] [--wishes N] [--seconds N] [--only list,get|understand] [--folder DIR] [--profile DIR]`:
 * the API's hot paths beside Koa's hello, in one run; `--only understand`: what one core understands of messages.
 */

import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { casesOf } from './bench/cases.ts';
import { type Cast, fill } from './bench/cast.ts';
import { type Processor, type Started, startHello, startHouse } from './bench/house.ts';
import { EXAMPLES, measureUnderstanding } from './bench/understand.ts';
import { isCount, runCommand, WRONG_USAGE } from './command-line.ts';

const CONNECTIONS = 20;
const PORT = 38_711;
const YARDSTICK_SECONDS = 3;
const WARMING_SECONDS = 2;

interface Figures {
  rps: number;
  ratio: number;
  p50: number;
  p99: number;
}

const USAGE = `用法 Usage：npm run bench -- [--json] [--wishes 100000] [--seconds 6] [--only list,get|understand] [--folder 目录/DIR] [--profile 目录/DIR]
  接口最常用的几条路，和 Koa 的 hello 比 / the API's hot paths beside Koa's hello, in one run`;

const OPTIONS = {
  json: { type: 'boolean', default: false },
  wishes: { type: 'string', default: '100000' },
  seconds: { type: 'string', default: '6' },
  /** Only these cases, separated by commas. */
  only: { type: 'string' },
  /** Keeps the data here, and takes what an earlier run left. */
  folder: { type: 'string' },
  /** A folder for CPU profiles of the house. */
  profile: { type: 'string' },
} as const;

/** What is asked for, once it is understood. */
interface Asked {
  json: boolean;
  wishes: number;
  seconds: number;
  only: readonly string[] | undefined;
}

await runCommand({
  usage: USAGE,
  options: OPTIONS,
  async run(values) {
    if (!isCount(values.wishes) || !isCount(values.seconds)) return WRONG_USAGE;
    const asked: Asked = {
      json: values.json,
      wishes: Number(values.wishes),
      seconds: Number(values.seconds),
      only: values.only?.split(','),
    };
    if (asked.only?.includes('understand')) {
      await sayUnderstood(asked);
      if (asked.only.length === 1) return 0;
    }
    const folder = values.folder ?? (await mkdtemp(join(tmpdir(), 'haolin-bench-')));
    try {
      const cast = await fill(folder, asked.wishes);
      execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], { stdio: 'inherit' });
      const wall = `/api/v1/wishes/wall?area=${cast.grid}&limit=20`;
      const house = await startHouse(folder, PORT, wall, values.profile);
      const hello = await startHello();
      try {
        const result = await measure(house, hello, cast, asked);
        if (asked.json) process.stdout.write(`${JSON.stringify(result)}\n`);
      } finally {
        await house.stop();
        await hello.stop();
      }
    } finally {
      if (values.folder === undefined) await rm(folder, { recursive: true, force: true });
    }
    return 0;
  },
});

/** What one core understands; only when it is asked for by name, since it has nothing to do with the API. */
async function sayUnderstood({ json, seconds }: Asked): Promise<void> {
  const found = await measureUnderstanding(EXAMPLES, seconds);
  const line = `understand ${found.perSecond} messages/s of a core's time  p99 ${found.p99.toFixed(2)} ms  (${found.messages} messages)`;
  process.stdout.write(`${json ? JSON.stringify({ understand: found }) : line}\n`);
}

async function measure(house: Started, hello: Started, cast: Cast, { json, wishes, seconds, only }: Asked) {
  const say = (line: string) => json || process.stdout.write(`${line}\n`);
  const yardsticks: number[] = [];
  const results: Record<string, Figures> = {};
  for (const [name, prepare] of Object.entries(casesOf(house.address, cast))) {
    if (only && !only.includes(name)) continue;
    const options = await prepare();
    // Neither side is measured while its code is still being compiled.
    await shoot({ url: hello.address, duration: WARMING_SECONDS });
    await shoot({ duration: WARMING_SECONDS, ...options });
    const before = await shoot({ url: hello.address, duration: YARDSTICK_SECONDS });
    yardsticks.push(before.rps);
    const start = await house.processor();
    const { failed, answered, ...found } = await shoot({ duration: seconds, ...options });
    const end = await house.processor();
    results[name] = { ...found, ratio: round(found.rps / before.rps, 4) };
    const each = (part: keyof Processor) => ((end[part] - start[part]) / Math.max(1, answered)).toFixed(2);
    say(
      `${name.padEnd(8)}${String(found.rps).padStart(7)} /s  ${((100 * found.rps) / before.rps).toFixed(1).padStart(5)} % of hello  ` +
        `p50 ${found.p50} ms  p99 ${found.p99} ms  ` +
        `processor ms each: application ${each('application')}, store ${each('store')}, other threads ${each('others')}` +
        `${failed ? `  (${failed} refused)` : ''}`,
    );
  }
  const rps = Math.round(yardsticks.reduce((sum, one) => sum + one, 0) / yardsticks.length);
  const memory = await house.memory();
  const [rssMb, ownMb] = [Math.round(memory.rss), Math.round(memory.own)];
  say(
    `Koa hello ${rps} /s · ${wishes} wishes · first answer after ${Math.round(house.startupMs)} ms · ` +
      `${rssMb} MB resident, ${ownMb} MB without the store's mapped file`,
  );
  return {
    node: process.version,
    wishes,
    startupMs: Math.round(house.startupMs),
    rssMb,
    ownMb,
    koaHello: { rps },
    cases: results,
  };
}

async function shoot(options: Partial<autocannon.Options>) {
  const done = await autocannon({ connections: CONNECTIONS, url: '', ...options });
  return {
    rps: Math.round(done['2xx'] / done.duration),
    p50: done.latency.p50,
    p99: done.latency.p99,
    answered: done['2xx'],
    failed: done.non2xx + done.errors,
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
