/** Starts the servers that are compared, and says what they cost. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { MongoClient } from 'mongodb';
import { NODE_BUNDLE } from '../bundle.ts';

const OUT = join(import.meta.dirname, '../../node_modules/.cache/haolin-bench-store');
/** The driver's pool: as many as ever ask at the same time. */
export const LANES = 32;
const TICK_MS = 10;

export interface Server {
  readonly client: MongoClient;
  /** How long it took to open, in ms. */
  readonly openedMs: number;
  /** Processor time it took so far, in ms. */
  processor(): number;
  /** What it holds beyond the page cache, in MB. */
  ownMb(): number;
  stop(): Promise<void>;
}

/** Bundles the servers, as the house is bundled. Returns the path of the bundle. */
export async function bundleServers(): Promise<string> {
  await build({
    entryPoints: [join(import.meta.dirname, 'serve.ts')],
    outdir: OUT,
    ...NODE_BUNDLE,
    splitting: false,
    sourcemap: true,
  });
  return join(OUT, 'serve.js');
}

export interface Side {
  script: string;
  /** A folder for the socket. */
  room: string;
  /** The store's folder; the ceiling when absent. */
  folder?: string;
  /** A folder for a CPU profile. */
  profile?: string | undefined;
}

let sockets = 0;

export async function startServer({ script, room, folder, profile }: Side): Promise<Server> {
  sockets += 1;
  const socket = join(room, `${sockets}.sock`);
  const side = folder === undefined ? ['ceiling', socket] : ['store', socket, folder];
  const profiled = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const child = spawn(process.execPath, [...profiled, script, ...side], { stdio: ['ignore', 'pipe', 'inherit'] });
  const openedMs = Number(await firstLine(child));
  const client = new MongoClient(`mongodb://${encodeURIComponent(socket)}/`, {
    maxPoolSize: LANES,
    minPoolSize: LANES,
    retryWrites: false,
  });
  await client.connect();
  const pid = child.pid ?? 0;
  return {
    client,
    openedMs,
    processor: () => {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    },
    ownMb: () => Number(/^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024,
    async stop() {
      await client.close();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) throw new Error('the server has no output');
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it was open`)));
  });
}
