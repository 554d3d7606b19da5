/** Two processes of one house, and a third that is loaded already, for whichever is killed next. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { NODE_BUNDLE } from '../bundle.ts';
import type { Answer, Order } from './house.ts';

/** Zones of the host, in turn. */
const ZONES = ['UTC', 'America/New_York', 'Asia/Shanghai'] as const;
const ROOT = join(import.meta.dirname, '../..');

export interface Member {
  /** @throws Error when it dies first */
  ask(order: Order): Promise<Answer>;
  kill(): Promise<void>;
  /** What it held at most, in MB. */
  peakMb(): number;
}

export interface Crew {
  members: [Member, Member];
  /** Puts the one that is loaded in the place of one that was killed. */
  replace(place: 0 | 1): void;
  /** At most what one of them held, in MB. */
  peakMb(): number;
  end(): Promise<void>;
}

/** @param env settings of the house */
export async function startCrew(env: Record<string, string>): Promise<Crew> {
  const outdir = join(
    realpathSync(join(ROOT, 'node_modules')),
    '.cache',
    `haolin-simulate-${process.pid}-${Date.now()}`,
  );
  await build({
    entryPoints: { house: 'scripts/simulate/house.ts', 'store-worker': 'src/storage/embedded/worker.ts' },
    absWorkingDir: ROOT,
    outdir,
    ...NODE_BUNDLE,
    logLevel: 'error',
  });
  const all: Member[] = [];
  let peak = 0;
  const begin = (): Member => {
    const zone = ZONES[all.length % ZONES.length] ?? 'UTC';
    const member = memberOf(
      spawn(process.execPath, [join(outdir, 'house.js')], {
        env: { ...process.env, ...env, TZ: zone },
        stdio: ['pipe', 'pipe', 'inherit'],
      }),
    );
    all.push(member);
    return member;
  };
  const members: [Member, Member] = [begin(), begin()];
  let spare = begin();
  const note = () => {
    peak = Math.max(peak, ...all.map((one) => one.peakMb()));
    return peak;
  };
  return {
    members,
    replace(place) {
      members[place] = spare;
      spare = begin();
    },
    peakMb: note,
    async end() {
      await Promise.all(all.map((one) => one.kill()));
      await rm(outdir, { recursive: true, force: true });
    },
  };
}

function memberOf(child: ChildProcess): Member {
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('a process without pipes');
  const waiting: { resolve(answer: Answer): void; reject(error: Error): void }[] = [];
  const dead = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const loaded = new Promise<void>((resolve) => {
    createInterface({ input: stdout }).on('line', (line) => {
      if (line === 'loaded') resolve();
      else waiting.shift()?.resolve(JSON.parse(line) as Answer);
    });
  });
  void dead.then(() => {
    for (const { reject } of waiting) reject(new Error('the process is dead'));
  });
  stdin.on('error', () => undefined);
  let peak = 0;
  return {
    async ask(order) {
      await Promise.race([loaded, dead]);
      if (child.exitCode !== null || child.signalCode !== null) throw new Error('the process is dead');
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        stdin.write(`${JSON.stringify(order)}\n`);
      });
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    peakMb() {
      try {
        const kb = /^VmHWM:\s+(\d+)/mu.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
        peak = Math.max(peak, Number(kb ?? 0) / 1_024);
      } catch {
        // It is gone; what it held before counts.
      }
      return peak;
    },
  };
}
