import { execFileSync } from 'node:child_process';
import { closeSync, futimesSync, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openEnvironment } from '../../src/storage/embedded/disk/environment.ts';
import { openEngine } from '../../src/storage/embedded/engine.ts';
import { KEY as OWNER } from '../../src/storage/embedded/owner.ts';
import { type Document, decode, encode } from '../../src/storage/embedded/values/bson.ts';
import { type Child, start } from './child.ts';
import { bundledStore } from './store-process.ts';

let script: string;
let room: string;
let folder: string;
let children: Child[];

beforeAll(async () => {
  script = await bundledStore();
  room = await mkdtemp(join(tmpdir(), 'haolin-owner-'));
});
afterAll(() => rm(room, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(room, 'store-'));
  children = [];
});
afterEach(async () => {
  for (const child of children) await child.kill();
});

/** Another process that opens the folder; what it says to it. */
async function another(): Promise<{ child: Child; said: string }> {
  const child = start(script, { FAULT_FOLDER: folder });
  children.push(child);
  expect(await child.line()).toBe('loaded');
  return { child, said: await child.ask(`open ${join(folder, `${children.length}.sock`)}`) };
}

const openHere = () => openEngine({ folder, listen: { port: 0 } });

/** Changes what the folder says of its owner, as a process would leave it that ended without closing. */
async function leaveOwner(change: (owner: Document) => Document): Promise<void> {
  const { child, said } = await another();
  expect(said).toBe('ready []');
  await child.kill();
  const environment = openEnvironment(folder);
  environment.transact(() => {
    const owner = decode(environment.meta.get(OWNER) as Buffer);
    environment.meta.putSync(OWNER, Buffer.from(encode(change(owner))));
  });
  await environment.close();
}

describe('a folder that another process has open', () => {
  test('is refused with a sentence that says who has it and what to do, until that one ends', async () => {
    const { child, said } = await another();
    expect(said).toBe('ready []');
    await expect(openHere()).rejects.toMatchObject({
      code: 'store_in_use',
      message: expect.stringMatching(
        new RegExp(`正由进程 ${child.process.pid} 使用。请先停止它.*换一个目录.*npm run store.*MONGODB_URI`),
      ),
    });
    expect((await another()).said).toMatch(/^refused .*store_in_use/);
    await child.kill();
    await (await openHere()).close();
  });

  test('is refused within one process too', async () => {
    const engine = await openHere();
    await expect(openHere()).rejects.toMatchObject({
      code: 'store_in_use',
      message: expect.stringContaining('本进程'),
    });
    await engine.close();
    await (await openHere()).close();
  });

  test('is opened at once after kill -9', async () => {
    const { child } = await another();
    await child.kill();
    const began = performance.now();
    expect((await another()).said).toBe('ready []');
    expect(performance.now() - began).toBeLessThan(2_500);
  });

  test('is opened by only one of several that come at the same time', async () => {
    const answers = await Promise.all([another(), another(), another(), another()]);
    expect(answers.map(({ said }) => said.split(' ')[0]).sort()).toEqual(['ready', 'refused', 'refused', 'refused']);
  });
});

describe('the mark of an owner that ended without closing', () => {
  test('counts for nothing when another process has its number now', async () => {
    await leaveOwner((owner) => ({ ...owner, pid: process.ppid, born: `${owner.born}0` }));
    await (await openHere()).close();
  });

  test('counts while that very process lives', async () => {
    const born = execFileSync('sh', ['-c', `cut -d')' -f2- /proc/${process.ppid}/stat`], { encoding: 'utf8' });
    // The 22nd field; the number and the name are cut off.
    await leaveOwner((owner) => ({ ...owner, pid: process.ppid, born: born.trim().split(' ')[19] }));
    await expect(openHere()).rejects.toMatchObject({
      code: 'store_in_use',
      message: expect.stringContaining(`进程 ${process.ppid} `),
    });
  });

  test('left by another machine or container counts while the pulse goes on, and no longer', async () => {
    await leaveOwner((owner) => ({ ...owner, host: 'elsewhere', world: 'another' }));
    const pulse = openSync(join(folder, 'pulse'), 'a');
    let beats = 0;
    const beating = setInterval(() => futimesSync(pulse, 1_000_000, 1_000_000 + ++beats), 300);
    await expect(openHere()).rejects.toMatchObject({ message: expect.stringContaining('主机 elsewhere 上的进程') });
    clearInterval(beating);
    closeSync(pulse);
    await (await openHere()).close();
  });
});
