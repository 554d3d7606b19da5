/** Starts the built house (or the yardstick) as its own process and says when it answers and how much it holds. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';

export interface Started {
  address: string;
  startupMs: number;
  rssMb(): Promise<number>;
  stop(): Promise<void>;
}

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
    async rssMb() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1_024;
      return field('VmRSS');
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}
