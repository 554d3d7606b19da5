import { expect, test } from 'vitest';
import type { Environment } from '../../src/storage/embedded/disk/environment.ts';
import { Failures } from '../../src/storage/embedded/failures.ts';
import { errorReply, okReply } from '../../src/storage/embedded/reply.ts';
import { Transactions } from '../../src/storage/embedded/transactions.ts';
import { decode } from '../../src/storage/embedded/values/bson.ts';
import { Partway } from '../../src/storage/embedded/work.ts';

const FULL = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });

/** Transactions on a disk that refuses while `full`, and the replies of what was added, by name. */
function onDisk() {
  const disk = { full: false };
  const environment = {
    transact(work: () => void) {
      work();
      if (disk.full) throw FULL;
    },
  } as unknown as Environment;
  const transactions = new Transactions(environment, new Failures(() => undefined));
  const replies = new Map<string, number>();
  const add = (name: string, begin: Parameters<Transactions['add']>[0]) =>
    transactions.add(begin, (reply) => replies.set(name, Number(decode(reply).ok)));
  return { disk, add, replies };
}
const turns = async (count: number) => {
  for (let n = 0; n < count; n += 1) await new Promise((resolve) => setImmediate(resolve));
};
const fails = (error: Error): never => {
  throw error;
};
function* longWork(undo: () => void) {
  for (let step = 0; step < 9; step += 1) yield new Partway({ undo });
  return okReply({});
}
const spin = (ms: number) => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

test('what one failed command left is taken back though another one cannot be, and nobody writes before all of it is', async () => {
  const { disk, add, replies } = onDisk();
  const undone: string[] = [];
  let stuck = true;
  add('stuck', () => longWork(() => (stuck ? fails(FULL) : undone.push('stuck'))));
  add('other', () => longWork(() => undone.push('other')));
  await turns(3);
  disk.full = true;
  await turns(2);
  expect([...replies]).toEqual([
    ['stuck', 0],
    ['other', 0],
  ]);
  disk.full = false;
  add('early', () => okReply({}));
  await turns(3);
  expect(undone.at(-1)).toBe('other');
  expect(replies.get('early')).toBe(0);
  stuck = false;
  add('late', () => okReply({}));
  await turns(3);
  expect(undone.at(-1)).toBe('stuck');
  expect(replies.get('late')).toBe(1);
});

test('what cannot be taken back for another reason than the disk stops nobody', async () => {
  const { disk, add, replies } = onDisk();
  add('broken', () => longWork(() => fails(new Error('no such thing'))));
  await turns(3);
  disk.full = true;
  await turns(2);
  disk.full = false;
  add('next', () => okReply({}));
  await turns(3);
  expect([...replies]).toEqual([
    ['broken', 0],
    ['next', 1],
  ]);
});

test('work that had no part in a transaction that came to nothing goes on', async () => {
  const { disk, add, replies } = onDisk();
  let spins = false;
  add('busy', function* () {
    for (;;) {
      if (spins) {
        spin(40);
        disk.full = true;
      }
      yield new Partway({ reply: errorReply });
    }
  });
  add('patient', function* () {
    for (let step = 0; step < 6; step += 1) {
      disk.full = false;
      yield new Partway({ reply: errorReply });
    }
    return okReply({});
  });
  await turns(3);
  spins = true;
  await turns(2);
  expect(replies.get('busy')).toBe(0);
  disk.full = false;
  await turns(12);
  expect(replies.get('patient')).toBe(1);
});

test.each<[string, () => Uint8Array | Generator<Partway, Uint8Array>]>([
  ['at once', () => fails(new Error('a fault'))],
  [
    'in its first slice',
    function* () {
      yield fails(new Error('a fault'));
      return okReply({});
    },
  ],
  [
    'after some slices',
    function* () {
      for (let step = 0; step < 3; step += 1) yield new Partway({ reply: errorReply });
      return fails(new Error('a fault'));
    },
  ],
])('work that fails %s fails alone, however far the others are', async (_, broken) => {
  const { add, replies } = onDisk();
  const undone: string[] = [];
  for (const name of ['long', 'longer']) add(name, () => longWork(() => undone.push(name)));
  await turns(3);
  add('broken', broken);
  add('short', () => okReply({}));
  add('begun', () => longWork(() => undone.push('begun')));
  await turns(40);
  expect(undone).toEqual([]);
  expect(Object.fromEntries(replies)).toEqual({ long: 1, longer: 1, broken: 0, short: 1, begun: 1 });
});
