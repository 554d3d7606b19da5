import { execFileSync } from 'node:child_process';
import { closeSync, futimesSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openEnvironment } from '../../src/storage/embedded/disk/environment.ts';
import { checkFolder, openEngine } from '../../src/storage/embedded/engine.ts';
import { KEY as OWNER, takeOwnership } from '../../src/storage/embedded/owner.ts';
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
  await changeOwner(change);
}

async function changeOwner(change: (owner: Document) => Document): Promise<void> {
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

  /** Takes a folder that bears a mark; undefined, or the refusal. */
  async function taken(place: string, mark: Document): Promise<unknown> {
    await mkdir(place, { recursive: true });
    const environment = openEnvironment(place);
    environment.transact(() => environment.meta.putSync(OWNER, Buffer.from(encode(mark))));
    try {
      (await takeOwnership(environment, place)).release();
      return undefined;
    } catch (error) {
      return error;
    } finally {
      await environment.close();
    }
  }
  const mark = { host: hostname(), world: process.platform, pid: process.ppid, born: '', instance: 'another' };
  const ANOTHER_USERS = 7;
  const NOBODYS = 2 ** 22 + 1;

  test('counts while its pulse goes on, and no longer, where nobody can tell whether its process lives', async () => {
    const { platform } = process;
    Object.defineProperty(process, 'platform', { value: 'darwin' });
    vi.spyOn(process, 'kill').mockImplementation((pid) => {
      if (pid === ANOTHER_USERS) throw Object.assign(new Error('EPERM'), { code: 'EPERM' });
      if (pid === NOBODYS) throw Object.assign(new Error('ESRCH'), { code: 'ESRCH' });
      return true;
    });
    try {
      const here = { ...mark, world: 'darwin' };
      const marks: [Document, string][] = [
        [{ ...here, host: 'elsewhere' }, '主机 elsewhere 上的进程'],
        [here, `进程 ${here.pid} `],
        [{ ...here, pid: ANOTHER_USERS }, `进程 ${ANOTHER_USERS} `],
      ];
      const outcomes = (beating: boolean) =>
        Promise.all(
          marks.map(async ([one], i) => {
            const place = join(folder, `${beating}-${i}`);
            await mkdir(place);
            const pulse = openSync(join(place, 'pulse'), 'a');
            let beats = 0;
            const timer = beating && setInterval(() => futimesSync(pulse, 1_000_000, 1_000_000 + ++beats), 300);
            const outcome = await taken(place, one);
            if (timer) clearInterval(timer);
            closeSync(pulse);
            return outcome;
          }),
        );
      const [alive, still] = await Promise.all([outcomes(true), outcomes(false)]);
      expect(alive).toEqual(
        marks.map(([, who]) =>
          expect.objectContaining({ code: 'store_in_use', message: expect.stringContaining(who) }),
        ),
      );
      expect(still).toEqual([undefined, undefined, undefined]);
      const began = performance.now();
      expect(await taken(join(folder, 'nobodys'), { ...here, pid: NOBODYS })).toBeUndefined();
      expect(performance.now() - began).toBeLessThan(2_500);
    } finally {
      vi.restoreAllMocks();
      Object.defineProperty(process, 'platform', { value: platform });
    }
  });
});

describe('a process that stands still', () => {
  const elsewhere = (owner: Document) => ({ ...owner, host: 'elsewhere', world: 'another' });
  let child: Child;
  let first: MongoClient;
  let ended: Promise<unknown>;
  const insert = (client: MongoClient, _id: string) =>
    client.db('t').collection<Document & { _id: string }>('k').insertOne({ _id });

  beforeEach(async () => {
    ({ child } = await another());
    // Once all it wrote is read, too.
    ended = new Promise((resolve) => child.process.once('close', resolve));
    const uri = `mongodb://${encodeURIComponent(join(folder, `${children.length}.sock`))}/`;
    first = await new MongoClient(uri, { retryWrites: false, serverSelectionTimeoutMS: 2_000 }).connect();
    await insert(first, 'first');
    child.process.kill('SIGSTOP');
  });
  afterEach(() => first.close());

  test.each([true, false])('writes no more once another took its folder, and ends; asked: %s', async (asked) => {
    // To whoever opens the folder here, the one that stands still is a process of another machine.
    await changeOwner(elsewhere);
    const engine = await openHere();
    const second = await new MongoClient(`mongodb://${engine.host}/`).connect();
    await insert(second, 'second');
    const writes = asked ? ['late', 'later', 'latest'].map((_id) => insert(first, _id)) : [];
    child.process.kill('SIGCONT');
    const answers = await Promise.allSettled(writes);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    await ended;
    expect(child.trouble()).toMatch(/已由主机 .* 上的进程 \d+ 接管.*store_lost/);
    await insert(second, 'third');
    const ids = await second.db('t').collection('k').distinct('_id');
    expect(ids).toEqual(['first', 'second', 'third']);
    await second.close();
    await engine.close();
    const { faults, collections } = await checkFolder(folder);
    expect([faults, collections.flatMap((one) => one.faults)]).toEqual([[], []]);
  });

  test('goes on when nobody took its folder meanwhile', async () => {
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    child.process.kill('SIGCONT');
    await insert(first, 'late');
    await expect(openHere()).rejects.toMatchObject({ code: 'store_in_use' });
  });
});

test('a process that lost its folder leaves the mark of the new owner when it closes', async () => {
  const environment = openEnvironment(folder);
  const lost: Error[] = [];
  const ownership = await takeOwnership(environment, folder, (error) => lost.push(error));
  const another = Buffer.from(encode({ ...decode(environment.meta.get(OWNER) as Buffer), instance: 'another' }));
  environment.root.transactionSync(() => environment.meta.putSync(OWNER, another));
  expect(() => environment.transact(() => undefined)).toThrow(expect.objectContaining({ code: 11600 }));
  ownership.release();
  expect(environment.meta.get(OWNER)).toEqual(another);
  expect(lost).toEqual([expect.objectContaining({ code: 'store_lost' })]);
  await environment.close();
});
