/**
 * `npm run bench:store [-- --json] [--sizes 10000,100000,1000000] [--seconds N] [--only TEXT,TEXT] [--profile DIR] [--folder DIR]`:
 * the embedded store beside a bare Map behind the same socket, through the real driver, in one run.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { CASES } from './bench-store/cases.ts';
import { INDEXES, type Wish, wishOf } from './bench-store/data.ts';
import { type Limits, measureLimits } from './bench-store/limits.ts';
import { type Contender, type Figures, measure } from './bench-store/measure.ts';
import { bundleServers, type Server, startServer } from './bench-store/processes.ts';
import { isCount, runCommand, WRONG_USAGE } from './command-line.ts';
import { showProgress } from './progress.ts';

const DATABASE = 'bench';
const COLLECTION = 'wishes';
const BATCH = 1_000;

const USAGE = `用法 Usage：npm run bench:store -- [--json] [--sizes 10000,100000,1000000] [--seconds 3] [--only 文字/TEXT,…] [--profile 目录/DIR] [--folder 目录/DIR]
  自带的存储，和同一个插座后面的空表比 / the embedded store beside a bare Map behind the same socket, in one run`;

/** What is asked for, once it is understood. */
interface Asked {
  sizes: readonly number[];
  /** How long each side of a case is measured. */
  seconds: number;
  cases: readonly (typeof CASES)[number][];
  /** A folder for CPU profiles of both sides. */
  profile: string | undefined;
}

let say: (line: string) => unknown = (line) => process.stdout.write(`${line}\n`);

await runCommand({
  usage: USAGE,
  options: {
    json: { type: 'boolean', default: false },
    sizes: { type: 'string', default: '10000,100000,1000000' },
    seconds: { type: 'string', default: '3' },
    /** Only the cases whose names have one of these in them, separated by commas. */
    only: { type: 'string' },
    profile: { type: 'string' },
    /** Where the store's files are put while it is measured: on the disk that is meant. */
    folder: { type: 'string', default: tmpdir() },
  },
  async run(values) {
    const sizes = values.sizes
      .split(',')
      .map(Number)
      .sort((a, b) => a - b);
    if (!sizes.every((size) => Number.isSafeInteger(size) && size >= 1_000)) return WRONG_USAGE;
    if (!isCount(values.seconds)) return WRONG_USAGE;
    const wanted = values.only?.split(',');
    const asked: Asked = {
      sizes,
      seconds: Number(values.seconds),
      cases: CASES.filter(({ name }) => wanted === undefined || wanted.some((part) => name.includes(part))),
      profile: values.profile,
    };
    if (values.json) say = () => undefined;
    const room = await mkdtemp(join(values.folder, 'haolin-bench-store-'));
    try {
      const script = await bundleServers();
      const side = { script, room, folder: join(room, 'store') };
      const measured = await measureSizes(side, asked);
      const limits = await measureLimits(side, DATABASE, COLLECTION);
      showLimits(limits);
      const times = slower(measured, sizes);
      const result = { node: process.version, cpus: cpus().length, sizes: measured, slower: times, limits };
      if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
    } finally {
      await rm(room, { recursive: true, force: true });
    }
    return 0;
  },
});

type Measured = Record<string, Record<string, Figures>>;

async function measureSizes(
  { script, room, folder }: { script: string; room: string; folder: string },
  { sizes, seconds, cases, profile }: Asked,
): Promise<Measured> {
  const servers = [
    await startServer({ script, room, folder, profile }),
    await startServer({ script, room, profile }),
  ] as const;
  try {
    const [store, ceiling] = servers.map(contender) as [Contender, Contender];
    for (const { wishes } of [store, ceiling]) await wishes.createIndexes(INDEXES);
    const measured: Measured = {};
    let filled = 0;
    for (const size of sizes) {
      await fill([store, ceiling], filled, size);
      filled = size;
      const figures: Record<string, Figures> = {};
      measured[size] = figures;
      say(`\n${size} documents${' '.repeat(24)}store/s  ceiling/s   ratio   processor µs: store  ceiling  driver`);
      const progress = showProgress(`${size} documents`);
      for (const [done, one] of cases.entries()) {
        progress(done, cases.length);
        figures[one.name] = await measure(one, store, ceiling, size, seconds);
        showFigures(one.name, one.each, figures[one.name] as Figures);
      }
      progress(cases.length, cases.length);
      progress.end();
    }
    showSlower(measured, sizes);
    return measured;
  } finally {
    for (const server of servers) await server.stop();
  }
}

function contender(server: Server): Contender {
  return { server, wishes: server.client.db(DATABASE).collection<Wish>(COLLECTION) };
}

/** Adds the documents from number `from` on. */
async function fill(sides: readonly Contender[], from: number, size: number): Promise<void> {
  const progress = showProgress(`filling to ${size}`);
  for (let at = from; at < size; at += BATCH) {
    progress(at, size);
    const many = Array.from({ length: Math.min(BATCH, size - at) }, (_, n) => wishOf(at + n, size));
    await Promise.all(sides.map(({ wishes }) => wishes.insertMany(many)));
  }
  progress(size, size);
  progress.end();
}

/** How many times longer a call takes at the largest size than at the smallest. */
function slower(measured: Measured, sizes: readonly number[]): Record<string, number> {
  const first = measured[sizes[0] as number] ?? {};
  const last = measured[sizes.at(-1) as number] ?? {};
  return Object.fromEntries(
    Object.entries(first).map(([name, { store }]) => [name, Number((store / (last[name]?.store ?? store)).toFixed(2))]),
  );
}

function showFigures(name: string, each: number, figures: Figures): void {
  const { store, ceiling, ratio, storeUs, ceilingUs, driverUs } = figures;
  const cell = (value: number | string, width: number) => String(value).padStart(width);
  say(
    `${name.padEnd(38)}${cell(store * each, 9)}${cell(ceiling * each, 11)}${cell(`${(ratio * 100).toFixed(0)} %`, 8)}` +
      `${cell(storeUs, 21)}${cell(ceilingUs, 9)}${cell(driverUs, 8)}`,
  );
}

function showSlower(measured: Measured, sizes: readonly number[]): void {
  if (sizes.length < 2) return;
  say(`\nfrom ${sizes[0]} to ${sizes.at(-1)} documents a call takes so many times as long:`);
  for (const [name, times] of Object.entries(slower(measured, sizes)))
    say(`${name.padEnd(38)}${String(times).padStart(9)}`);
}

function showLimits({ documents, openMs, ownMb }: Limits): void {
  say(`\n${documents} documents open in ${openMs} ms; held beyond the page cache, in MB:`);
  for (const [name, mb] of Object.entries(ownMb)) say(`${name.padEnd(38)}${String(mb).padStart(9)}`);
}
