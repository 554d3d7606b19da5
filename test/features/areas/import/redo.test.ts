import { afterAll, beforeAll, expect, test } from 'vitest';
import type { House } from '../../../../src/core/house.ts';
import { MINUTE } from '../../../../src/core/time.ts';
import { areas, importAreas, resumeImports } from '../../../../src/features/areas/index.ts';
import { jobs } from '../../../../src/features/areas/jobs.ts';
import { checkMark } from '../../../../src/features/people/import/id-number.ts';
import { addPerson, fieldPlace, importPeople, type Person, people } from '../../../../src/features/people/index.ts';
import { makeCommunity, type TestCommunity, type TestHouse, testHouse } from '../../../support/house.ts';
import { fileOf } from '../../../support/sheets.ts';

let at: TestHouse;
let place: TestCommunity;
beforeAll(async () => {
  at = await testHouse([areas, people]);
  place = await makeCommunity(at.house);
});
afterAll(() => at.close());

const WRITES = ['insertOne', 'insertMany', 'updateOne', 'bulkWrite', 'deleteOne', 'deleteMany'];

/** The same house, dead from its `after`-th write on; with `torn` that write still reaches the store, half of it if it is many. */
function mortal(
  house: House,
  after: number,
  torn: boolean,
  written: () => Promise<void> = async () => undefined,
): House {
  let left = after;
  const collection = (real: object): object =>
    new Proxy(real, {
      get(target, name) {
        const value = Reflect.get(target, name) as unknown;
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          if (left < 0) throw new Error('dead');
          if (WRITES.includes(String(name))) {
            left -= 1;
            if (left < 0) {
              if (!torn) throw new Error('dead');
              const some = Array.isArray(args[0])
                ? [args[0].slice(0, Math.ceil(args[0].length / 2)), ...args.slice(1)]
                : args;
              return Promise.resolve(value.apply(target, some)).then(() => {
                throw new Error('dead');
              });
            }
            return Promise.resolve(value.apply(target, args)).then(async (outcome: unknown) => {
              await written();
              return outcome;
            });
          }
          return value.apply(target, args) as unknown;
        };
      },
    });
  return Object.create(house, {
    model: {
      value: (name: string) => {
        const model = house.model(name);
        return new Proxy(model, {
          get: (target, key) => (key === 'collection' ? collection(target.collection) : Reflect.get(target, key)),
        });
      },
    },
  }) as House;
}

const options = { dryRun: false, by: 'tester', covers: () => true };
// More rows than a chunk holds, some of them known already.
const register = () =>
  fileOf(
    at.house.settings.folder,
    `姓名,手机号,网格编码,身份\n${Array.from({ length: 502 }, (_, n) => `居民${String.fromCodePoint(0x4e00 + n)},154${String(n).padStart(8, '0')},${place.grids[n % 2]},${n % 3 ? '居民' : '联户长'}`).join('\n')}\n`,
  );
const known = () =>
  fileOf(
    at.house.settings.folder,
    `姓名,手机号,网格编码\n居民${String.fromCodePoint(0x4e00)},15400000000,${place.grids[0]}\n`,
  );

const everybody = async () =>
  (
    await at.house
      .model('people')
      .find()
      .select({ areas: 1, roles: 1, name: 1, version: 1, phoneFingerprint: 1 })
      .lean()
  )
    .map((person) => JSON.stringify({ ...(person as object), _id: '' }))
    .sort();

test('killed at any write, an import is afterwards whole or not there', async () => {
  await importPeople(at.house, await known(), options);
  const before = await everybody();
  const path = await register();
  const outcomes = new Set<string>();
  let whole: string[] | undefined;
  for (let after = 0; ; after += 1) {
    let survived = false;
    for (const torn of [false, true]) {
      await at.house.model('people').deleteMany({});
      await importPeople(at.house, await known(), options);
      const death = await importPeople(mortal(at.house, after, torn), path, options).catch((error: Error) => error);
      survived = !(death instanceof Error);
      if (death instanceof Error) expect(death.message).toBe('dead');
      at.clock.shift(30 * MINUTE);
      await resumeImports(at.house);
      const now = await everybody();
      if (survived) whole = now;
      const outcome = now.length === before.length ? 'nothing' : 'everything';
      outcomes.add(outcome);
      if (outcome === 'nothing') expect(now).toEqual(before);
      else expect(now).toHaveLength(502);
      if (whole && outcome === 'everything') expect(now).toEqual(whole);
      expect(await at.house.model('import_chunks').countDocuments()).toBe(0);
      expect(await at.house.model('imports').countDocuments({ state: { $ne: 'applied' } })).toBe(0);
    }
    if (survived) break;
  }
  expect([...outcomes].sort()).toEqual(['everything', 'nothing']);
}, 300_000);

test('the next import finishes an interrupted one first, and so does the job', async () => {
  for (const finish of ['import', 'job'] as const) {
    await at.house.model('people').deleteMany({});
    // Dead at the first bulk write: the record, two chunks and the turn came before.
    await importPeople(mortal(at.house, 4, false), await register(), options).catch(() => undefined);
    expect(await at.house.model('people').countDocuments()).toBe(0);
    const [job] = jobs;
    const run = { slot: at.clock.now(), now: at.clock.now(), late: false };
    if (finish === 'import')
      await importAreas(at.house, await fileOf(at.house.settings.folder, 'code,name\n5202,六盘水市\n'), options);
    else {
      expect(await job?.run({ ...run, dryRun: true }, at.house)).toEqual({ lines: ['将续完一个502行的导入'] });
      expect(await at.house.model('people').countDocuments()).toBe(0);
      expect(await job?.run({ ...run, dryRun: false }, at.house)).toEqual({ lines: ['续完了1个中断的导入'] });
    }
    expect(await at.house.model('people').countDocuments()).toBe(502);
    expect(await job?.run({ ...run, dryRun: false }, at.house)).toEqual({ lines: [] });
  }
}, 120_000);

test('another process’s staging is left alone while it may still be at it, with no lock between the two', async () => {
  await at.house.model('people').deleteMany({});
  const [job] = jobs;
  const run = (dryRun: boolean) =>
    job?.run({ slot: at.clock.now(), now: at.clock.now(), late: false, dryRun }, at.house);
  const path = await register();
  let looked = 0;
  // The other process's job runs after each of this one's writes.
  const watched = mortal(at.house, Number.POSITIVE_INFINITY, false, async () => {
    looked += 1;
    expect(await resumeImports(at.house)).toMatchObject({ discarded: 0 });
  });
  expect(await importPeople(watched, path, options)).toMatchObject({ imported: true, added: 502 });
  expect(looked).toBeGreaterThan(4);

  await importPeople(mortal(at.house, 2, false), await known(), options).catch(() => undefined);
  at.clock.shift(30 * MINUTE - 1);
  expect([await run(true), await run(false)]).toEqual([{ lines: [] }, { lines: [] }]);
  at.clock.shift(1);
  expect(await run(true)).toEqual({ lines: ['将清理一个1行的导入'] });
  expect(await run(false)).toEqual({ lines: ['清理了1个没有开始写入的导入'] });
});

test('two imports at once: one runs, the other is told to wait', async () => {
  const path = await register();
  const results = await Promise.allSettled([
    importPeople(at.house, path, options),
    importPeople(at.house, path, options),
  ]);
  const failed = results.filter((one) => one.status === 'rejected');
  expect(failed).toHaveLength(1);
  expect(failed[0]?.reason).toMatchObject({ code: 'import_running', status: 409 });
}, 60_000);

test('a person somebody else added meanwhile gets the row instead of stopping the import', async () => {
  await at.house.model('people').deleteMany({});
  const id = `99000119450307002${checkMark('99000119450307002')}`;
  const path = await fileOf(
    at.house.settings.folder,
    `姓名,身份证号,网格编码,住址\n王秀英,${id},${place.grids[0]},3栋501\n`,
  );
  await importPeople(mortal(at.house, 3, false), path, options).catch(() => undefined);
  expect(await at.house.model('imports').countDocuments({ state: 'committed' })).toBe(1);
  const early = await addPerson(at.house, { name: '王秀英', idNumber: id, area: place.community, roles: [] });
  await resumeImports(at.house);
  const found = await at.house.model<Person>('people').find().lean<Person[]>();
  expect(found).toMatchObject([
    { _id: early._id, areas: place.areas, roles: [{ role: 'resident', area: place.community }] },
  ]);
  const open = (field: 'idNumber' | 'address') =>
    at.house.vault.open(found[0]?.[field] ?? '', fieldPlace(early._id, field));
  expect([open('idNumber'), open('address')]).toEqual([id, '3栋501']);
});
