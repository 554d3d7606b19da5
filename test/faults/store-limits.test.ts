import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundledStore } from './store-process.ts';

const canLimit = spawnSync('prlimit', ['--version'], { stdio: 'ignore' }).status === 0;
/** What Node.js itself reserves is about half of this; the store would map 256 GB. */
const ADDRESSES = 30 * 2 ** 30;

let room: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  room = await mkdtemp(join(tmpdir(), 'haolin-addresses-'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(room, { recursive: true, force: true });
});

test.skipIf(!canLimit)('a process that may use few addresses opens a store all the same', async () => {
  const script = await bundledStore();
  const started = spawn('prlimit', [`--as=${ADDRESSES}`, process.execPath, script], {
    env: { ...process.env, FAULT_FOLDER: join(room, 'store') },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child = started;
  const lines = createInterface({ input: started.stdout })[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe('loaded');
  started.stdin.write(`open ${join(room, 'store.sock')}\n`);
  expect((await lines.next()).value).toBe('ready []');
});
