/** Starts the built house (or the yardstick) as its own process, and says when it answers and what it costs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';

/** What the process holds, in MB. The store's file is mapped, so `rss` counts as much of it as was lately read. */
export interface Memory {
  rss: number;
  /** Its own memory alone. */
  own: number;
}

/** Processor time since the start in ms: of the application's thread, of the store's, of all the others together. */
export interface Processor {
  application: number;
  store: number;
  others: number;
}

export interface Started {
  address: string;
  startupMs: number;
  memory(): Promise<Memory>;
  processor(): Promise<Processor>;
  stop(): Promise<void>;
}

const TICK_MS = 10;

/** The built process on `folder`; ready when a real query of the API is answered. */
export async function startHouse(folder: string, port: number, ask: string, profile?: string): Promise<Started> {
  const began = performance.now();
  const profiled = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const child = spawn(process.execPath, [...profiled, 'dist/main.js'], {
    env: {
      ...process.env,
      DATA_DIR: folder,
      PORT: String(port),
      DEMO: 'true',
      DEMO_ON_MONGODB: 'true',
      LOG_LEVEL: 'error',
      REQUESTS_PER_MINUTE: '100000000',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const address = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error('the house ended before it answered');
    const answer = await fetch(`${address}${ask}`).catch(() => undefined);
    if (answer?.ok) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return started(child, address, performance.now() - began);
}

/** Koa's hello. */
export async function startHello(): Promise<Started> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/bench/hello.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<string>((resolve) =>
    child.stdout?.once('data', (text) => resolve(String(text).trim())),
  );
  return started(child, `http://127.0.0.1:${port}`, performance.now() - began);
}

function started(child: ChildProcess, address: string, startupMs: number): Started {
  return {
    address,
    startupMs,
    async memory() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1_024;
      return { rss: field('VmRSS'), own: field('RssAnon') + field('RssShmem') };
    },
    processor: () => processorOf(child.pid ?? 0),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** By thread: the first is the application's, the busiest of the rest the store's; the others compile, collect garbage and write. */
async function processorOf(pid: number): Promise<Processor> {
  const threads = await Promise.all(
    (await readdir(`/proc/${pid}/task`)).map(async (thread) => {
      const stat = await readFile(`/proc/${pid}/task/${thread}/stat`, 'utf8').catch(() => '');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return { thread, ms: (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_MS };
    }),
  );
  const application = threads.find(({ thread }) => thread === String(pid))?.ms ?? 0;
  const rest = threads.filter(({ thread }) => thread !== String(pid)).map(({ ms }) => ms);
  const store = Math.max(0, ...rest);
  return { application, store, others: rest.reduce((sum, ms) => sum + ms, 0) - store };
}
