/**
 * `npm run bench:plan [-- --json] [--only CASE] [--wards N] [--folder DIR] [--profile DIR]`: what a whole city is told of its
 * duties, on Monday, Thursday, Friday and of what is late on a workday, each computed and queued in a process of its own; in
 * the embedded store and, when `MONGODB_URI` is set, in that MongoDB as well.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { CASES, prepare } from './bench-plan/cases.ts';
import { fillPlan } from './bench-plan/cast.ts';
import { NODE_BUNDLE } from './bundle.ts';
import { isCount, runCommand, WRONG_USAGE } from './command-line.ts';
import { inHouse } from './open-house.ts';
import { showProgress } from './progress.ts';

const USAGE = `用法 Usage：npm run bench:plan -- [--json] [--only ${Object.keys(CASES).join('|')}] [--wards 400000] [--folder 目录/DIR] [--profile 目录/DIR]
  全市的走访计划、小结和超期提醒要算多久、占多少内存 / how long a whole city's plans, summaries and reminders take, and in how much memory`;

const OUT = join(import.meta.dirname, '../node_modules/.cache/haolin-bench-plan');

/** What a run prints. */
interface Figures {
  people: number;
  wards: number;
  queued: number;
  seconds: number;
  processorSeconds: number;
  peakMb: number;
  ownMb: number;
}

await runCommand({
  usage: USAGE,
  options: {
    json: { type: 'boolean', default: false },
    /** The one case to measure. */
    only: { type: 'string' },
    wards: { type: 'string', default: '400000' },
    /** Keeps the data here, and takes what an earlier run left. */
    folder: { type: 'string' },
    /** A folder for CPU profiles. */
    profile: { type: 'string' },
  },
  async run({ json, only, wards, folder: kept, profile }) {
    if (!isCount(wards) || (only !== undefined && !(only in CASES))) return WRONG_USAGE;
    const { MONGODB_URI: uri, ...environment } = process.env;
    const folder = kept ?? (await mkdtemp(join(tmpdir(), 'haolin-bench-plan-')));
    // Whether a MongoDB is meant is said by the environment; the first of the two runs must not see it.
    delete process.env.MONGODB_URI;
    try {
      const script = await bundled();
      const stores = [{ name: 'embedded', env: {} }, ...(uri ? [{ name: 'mongodb', env: { MONGODB_URI: uri } }] : [])];
      const results: Record<string, Record<string, Figures>> = {};
      for (const { name, env } of stores) {
        Object.assign(process.env, env);
        const progress = showProgress('准备数据');
        await inHouse({ folder }, (house) => fillPlan(house, Number(wards), progress)).finally(progress.end);
        const profiled = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
        for (const [one, measured] of Object.entries(CASES)) {
          if (only !== undefined && one !== only) continue;
          await inHouse({ folder }, (house) => prepare(house, measured));
          const { job, hour, day } = measured;
          const line = execFileSync(process.execPath, [...profiled, script, folder, job, String(hour), day], {
            env: { ...environment, ...env },
            stdio: ['ignore', 'pipe', 'inherit'],
            encoding: 'utf8',
          });
          const found = JSON.parse(line.trim().split('\n').at(-1) ?? '') as Figures;
          results[name] = { ...results[name], [one]: found };
          if (!json) process.stdout.write(`${name} ${one}: ${shown(found)}\n`);
        }
      }
      if (json) process.stdout.write(`${JSON.stringify({ node: process.version, stores: results })}\n`);
    } finally {
      if (kept === undefined) await rm(folder, { recursive: true, force: true });
    }
    return 0;
  },
});

/** Bundles the run as the house itself is bundled. @returns the path of the bundle */
async function bundled(): Promise<string> {
  const here = (path: string) => join(import.meta.dirname, path);
  await build({
    entryPoints: { run: here('bench-plan/run.ts'), 'store-worker': here('../src/storage/embedded/worker.ts') },
    outdir: OUT,
    ...NODE_BUNDLE,
  });
  return join(OUT, 'run.js');
}

function shown({ people, wards, queued, seconds, processorSeconds, peakMb, ownMb }: Figures): string {
  return (
    `${people} people serve, ${wards} in care · ${queued} messages queued in ${seconds} s (${processorSeconds} s of processor) · ` +
    `at most ${peakMb} MB resident, ${ownMb} MB without the store's mapped file`
  );
}
