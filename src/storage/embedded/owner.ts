/** One process a folder: who owns it is written in the store, and a second opener is told so. */
import { randomUUID } from 'node:crypto';
import { closeSync, futimesSync, openSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from './disk/environment.ts';
import { messages } from './messages.ts';
import { bornOf, isThere, world } from './processes.ts';
import { storeInUse, storeLost } from './store-error.ts';
import { type Document, decode, encode } from './values/bson.ts';
import { CommandError } from './values/errors.ts';

/** Where in the catalog it stands. */
export const KEY = Buffer.from('owner');
const IN_PROCESS = 'owner-in-process';
const PULSE_FILE = 'pulse';
const PULSE_MS = 1000;

/** Held while the folder is open. */
export interface Ownership {
  /** Lets the folder go; of what another process has taken over nothing is touched. */
  release(): void;
}

interface Owner extends Document {
  host: string;
  /** Boot and process namespace, within which a process number means something. */
  world: string;
  pid: number;
  born: string;
  instance: string;
}

/**
 * Takes the folder for this process. Refused, with what to do, while another has it; a folder whose owner was killed
 * is taken over at once. Where it cannot be told whether the owner's process lives (another container, or a system that does
 * not say when a process of that number began), its pulse decides; so a
 * process that stood still may find its folder taken over. Then it writes no more, and `lost` is told: what it has in
 * memory is no longer what the folder holds.
 */
export async function takeOwnership(
  environment: Environment,
  folder: string,
  lost: (error: Error) => void = () => undefined,
): Promise<Ownership> {
  const me: Owner = {
    host: hostname(),
    world: world(),
    pid: process.pid,
    born: bornOf(process.pid) ?? '',
    instance: randomUUID(),
  };
  if (!environment.hold(IN_PROCESS)) throw storeInUse(folder, messages.this_process());
  try {
    const pulse = join(folder, PULSE_FILE);
    const before = ownerOf(environment);
    if (before !== undefined && (lives(before, me) ?? (await beats(pulse)))) {
      const { pid, host } = before;
      throw storeInUse(folder, foreign(before, me) ? messages.process_elsewhere(pid, host) : messages.process(pid));
    }
    environment.transact(() => {
      const owner = ownerOf(environment);
      // Somebody else was faster.
      if (owner !== undefined && owner.instance !== before?.instance)
        throw storeInUse(folder, messages.process(owner.pid));
      environment.meta.putSync(KEY, encode(me) as Buffer);
    });
    return beating(environment, pulse, guarded(environment, folder, me, lost));
  } catch (error) {
    environment.letGo(IN_PROCESS);
    throw error;
  }
}

function ownerOf(environment: Environment): Owner | undefined {
  const bytes = environment.meta.get(KEY);
  return bytes === undefined ? undefined : (decode(bytes) as Owner);
}

function foreign(owner: Owner, me: Owner): boolean {
  return owner.host !== me.host || owner.world !== me.world;
}

/** Whether the owner's process is there still; undefined where that cannot be told. */
function lives(owner: Owner, me: Owner): boolean | undefined {
  if (foreign(owner, me)) return undefined;
  // What this process itself held it let go, or it would have the lock.
  if (owner.pid === me.pid || !isThere(owner.pid)) return false;
  const born = bornOf(owner.pid);
  return born === undefined || owner.born === '' ? undefined : born === owner.born;
}

/** Whether some process is at work in the folder, as far as can be told without opening it. */
export function inUseByAnyone(folder: string): Promise<boolean> {
  return beats(join(folder, PULSE_FILE));
}

/** Whether someone keeps touching the pulse file. */
async function beats(pulse: string): Promise<boolean> {
  const at = () => {
    try {
      return statSync(pulse).mtimeMs;
    } catch {
      return 0;
    }
  };
  const first = at();
  if (first === 0) return false;
  await sleep(3 * PULSE_MS);
  return at() !== first;
}

/** Makes sure before each transaction that the folder is still ours; the function returned tells at any other time. */
function guarded(environment: Environment, folder: string, me: Owner, lost: (error: Error) => void): () => boolean {
  const mark = Buffer.from(encode(me));
  let told = false;
  const ours = () => {
    if (environment.meta.get(KEY)?.equals(mark)) return true;
    const owner = ownerOf(environment);
    if (!told) lost(storeLost(folder, owner && messages.process_elsewhere(owner.pid, owner.host)));
    told = true;
    return false;
  };
  environment.guard(() => {
    if (ours()) return;
    throw new CommandError(11600, 'InterruptedAtShutdown', 'nothing was written: another process has taken the store');
  });
  return ours;
}

function beating(environment: Environment, pulse: string, ours: () => boolean): Ownership {
  const file = openSync(pulse, 'a', 0o600);
  const touch = () => {
    if (!ours()) return;
    const now = new Date();
    try {
      futimesSync(file, now, now);
    } catch {
      // A disk that has become read-only; whoever writes is told so, and a pulse must not end the process.
    }
  };
  touch();
  const timer = setInterval(touch, PULSE_MS);
  timer.unref();
  return {
    release() {
      clearInterval(timer);
      closeSync(file);
      try {
        environment.transact(() => {
          environment.meta.removeSync(KEY);
        });
        environment.guard(undefined);
      } catch {
        // A disk that is full must not keep the store from closing; the mark of a process that is gone counts for nothing.
      }
      environment.letGo(IN_PROCESS);
    },
  };
}
