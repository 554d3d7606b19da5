import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ABORT } from 'lmdb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Environment, openEnvironment } from '../../src/storage/embedded/disk/environment.ts';

/** LMDB fails in the commit of a transaction whose work is done: see `free-pages.ts`. */

const BAD_TXN = -30_782;
const BAD_VALSIZE = -30_781;
const PANIC = -30_795;

let folder: string;
let environment: Environment;
let told: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-commit-'));
  told = [];
  environment = openEnvironment(folder, true, (what) => told.push(what));
});
afterEach(async () => {
  await environment.close();
  await rm(folder, { recursive: true, force: true });
});

/** Has the next commits fail after their work is done, as LMDB does: nothing of them is in the file. */
function failNext(times: number, code = BAD_TXN): void {
  const own = environment.root.transactionSync;
  let left = times;
  const failing = function (this: typeof environment.root, action: () => unknown, flags?: number): unknown {
    if (left === 0) return own.call(this, action, flags as never);
    left -= 1;
    own.call(
      this,
      () => {
        action();
        return ABORT;
      },
      flags as never,
    );
    throw Object.assign(new Error('a fault of its own'), { code });
  };
  Object.assign(environment.root, { transactionSync: failing });
}

const content = (): [string, string][] =>
  [...environment.records.getRange({})].map(({ key, value }) => [
    Buffer.from(key as Uint8Array).toString('hex'),
    Buffer.from(value as Buffer).toString('hex'),
  ]);

const change = fc.record({
  key: fc.uint8Array({ minLength: 1, maxLength: 3 }),
  value: fc.option(fc.uint8Array({ maxLength: 5_000 })),
});
const transaction = fc.record({
  changes: fc.array(change, { maxLength: 8 }),
  fault: fc.option(fc.constantFrom(BAD_TXN, BAD_VALSIZE)),
});

describe('a commit in which LMDB fails by itself', () => {
  test('is made in another way, and holds what it was to hold', async () => {
    const model = new Map<string, string>();
    let faults = 0;
    fc.assert(
      fc.property(fc.array(transaction, { maxLength: 8 }), (transactions) => {
        for (const { changes, fault } of transactions) {
          if (fault !== null) {
            failNext(1, fault);
            faults += 1;
          }
          environment.transact(() => {
            // One buffer for all keys, as the engine has it.
            const passing = Buffer.alloc(3);
            for (const { key, value } of changes) {
              passing.set(key);
              const one = passing.subarray(0, key.length);
              const hex = one.toString('hex');
              environment.undo(() => expect.unreachable('nothing is taken back'));
              if (value === null) {
                environment.records.removeSync(one);
                model.delete(hex);
              } else {
                environment.records.putSync(one, Buffer.from(value));
                model.set(hex, Buffer.from(value).toString('hex'));
              }
            }
          });
          expect(content()).toEqual([...model].sort(([a], [b]) => (a < b ? -1 : 1)));
        }
      }),
      { numRuns: 60 },
    );
    expect(told).toHaveLength(faults);
    await environment.close();
    environment = openEnvironment(folder, true);
    expect(content()).toHaveLength(model.size);
  });

  test('whose work failed is taken back, as any other', () => {
    let undone = 0;
    expect(() =>
      environment.transact(() => {
        environment.undo(() => {
          undone += 1;
        });
        environment.records.putSync(Buffer.of(1), Buffer.of(2));
        throw Object.assign(new Error('in the middle'), { code: BAD_TXN });
      }),
    ).toThrow('in the middle');
    expect(undone).toBe(1);
    expect(content()).toEqual([]);
    expect(told).toEqual([]);
  });

  test('is refused when the disk is to blame, and nothing of it is there', () => {
    let undone = 0;
    failNext(1, PANIC);
    expect(() =>
      environment.transact(() => {
        environment.undo(() => {
          undone += 1;
        });
        environment.records.putSync(Buffer.of(1), Buffer.of(2));
      }),
    ).toThrow('a fault of its own');
    expect(undone).toBe(1);
    expect(content()).toEqual([]);
  });

  test('is refused by whoever must not write any more, also the second time', () => {
    let asked = 0;
    environment.guard(() => {
      asked += 1;
      if (asked > 1) throw new Error('another has the store');
    });
    failNext(1);
    expect(() => environment.transact(() => environment.records.putSync(Buffer.of(1), Buffer.of(2)))).toThrow(
      'a fault of its own',
    );
    expect(content()).toEqual([]);
    environment.guard(undefined);
  });
});
