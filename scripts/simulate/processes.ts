/** The processes of one house, each in a host's time zone of its own, and others that are loaded already for those killed next. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Answer, Order } from './house.ts';

/** Zones of the host, in turn. */
const ZONES = ['UTC', 'America/New_York', 'Asia/Shanghai'] as const;
/** Beside this in the bundle. */
const HOUSE = join(import.meta.dirname, 'load.js');
/**
 * They live shortly: little is worth being made fast, and a small place for what is young stays in the processor's caches. One
 * thread for what lies about costs less of the two processors than four.
 */
const FLAGS = [
  '--interrupt-budget=600000',
  '--single-threaded-gc',
  '--max-semi-space-size=8',
  '--min-semi-space-size=4',
];

export interface Member {
  /**
   * @returns whether it stands still where it was told to
   * @throws Error when it dies first, or what it did failed
   */
  ask(order: Order): Promise<boolean>;
  /** `kill -9` */
  kill(): Promise<void>;
}

export interface Crew {
  members: [Member, Member];
  /** Has one keep what it has come to, and loads another from that for the first that is killed. */
  keep(at: Date): Promise<void>;
  /** Puts one that is ready in the place of one that was killed, and makes another ready. @param at what its clock is to say */
  replace(place: 0 | 1, at: string): void;
  /** At most what one of them held, in MB. */
  peakMb(): number;
  end(): Promise<void>;
}

/**
 * @param env settings of the house
 * @param spares how many will be killed at most
 */
export function startCrew(env: Record<string, string>, spares: number): Crew {
  const all: Member[] = [];
  let peak = 0;
  const begin = (): Member => {
    const zone = ZONES[all.length % ZONES.length] ?? 'UTC';
    const member = memberOf(HOUSE, { ...env, TZ: zone }, ({ peakMb }) => {
      peak = Math.max(peak, peakMb);
    });
    all.push(member);
    return member;
  };
  const members: [Member, Member] = [begin(), begin()];
  const ready: Member[] = [];
  const prepare = (at: string) => {
    if (all.length >= 2 + spares) return;
    const one = begin();
    ready.push(one);
    // It fails again when it is asked for something.
    void one.ask({ at }).catch(() => undefined);
  };
  return {
    members,
    async keep(at) {
      await members[0].ask({ at: at.toISOString(), keep: true });
      prepare(at.toISOString());
    },
    replace(place, at) {
      members[place] = ready.shift() ?? begin();
      prepare(at);
    },
    peakMb: () => peak,
    async end() {
      await Promise.all(all.map((one) => one.kill()));
    },
  };
}

function memberOf(script: string, env: Record<string, string>, note: (answer: Answer) => void): Member {
  const child = spawn(process.execPath, [...FLAGS, script], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
    // What interrupts the simulation reaches its parent alone, which ends it.
    detached: true,
  });
  const { stdin, stdout } = child;
  const waiting: { resolve(halted: boolean): void; reject(error: Error): void }[] = [];
  const isDead = () => child.exitCode !== null || child.signalCode !== null;
  const death = () => new Error('一个进程提前结束了');
  const gone = once(child, 'exit').then(() => {
    for (const { reject } of waiting) reject(death());
  });
  const loaded = new Promise<void>((resolve) => {
    createInterface({ input: stdout }).on('line', (line) => {
      if (line === 'loaded') return resolve();
      const answer = JSON.parse(line) as Answer;
      note(answer);
      const asker = waiting.shift();
      if (answer.failed.length > 0) asker?.reject(new Error(answer.failed.join('; ')));
      else asker?.resolve(answer.halted ?? false);
    });
  });
  stdin.on('error', () => undefined);
  return {
    async ask(order) {
      await Promise.race([loaded, gone]);
      if (isDead()) throw death();
      return new Promise<boolean>((resolve, reject) => {
        waiting.push({ resolve, reject });
        stdin.write(`${JSON.stringify(order)}\n`);
      });
    },
    async kill() {
      if (!isDead()) child.kill('SIGKILL');
      await gone;
    },
  };
}
