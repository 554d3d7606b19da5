import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { House, Log } from '../src/core/house.ts';
import { areas } from '../src/features/areas/index.ts';
import { people } from '../src/features/people/index.ts';
import { openLog } from '../src/log.ts';
import { createPush } from '../src/push/index.ts';
import { deliveriesOf } from '../src/push/model.ts';
import { createSchedule } from '../src/schedule/index.ts';
import { type TestHouse, testHouse } from './support/house.ts';

/** The one log of the house, in the hands of parts that meet a database quoting people's data. */

let here: TestHouse;
let house: House;
let written = '';
beforeEach(async () => {
  written = '';
  const sink = new PassThrough();
  sink.on('data', (text: Buffer) => {
    written += text.toString();
  });
  here = await testHouse([areas, people], { log: openLog('debug', sink) });
  house = here.house;
  await house.db.collection('register').createIndex({ name: 1, phone: 1 }, { unique: true });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await here.close();
});

const ONE = { name: '张三', phone: '13812345678' };
const PERSONAL = /张三|13812345678/u;

/** What a bulk write throws when the same person comes twice. */
async function refused(): Promise<Error> {
  const rows = house.db.collection('register');
  const twice = [{ insertOne: { document: { ...ONE } } }, { insertOne: { document: { ...ONE } } }];
  const error = await rows.bulkWrite(twice).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  // Otherwise nothing is shown below.
  expect(String(error)).toMatch(PERSONAL);
  return error as Error;
}

test('no line at any level holds what a failing bulk write quotes', async () => {
  const error = await refused();
  const log: Log = house.log;
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    log[level]({ err: error, run: 'r1' }, 'a job failed');
    log[level]({ err: new Error('outer', { cause: error }) }, 'a job failed');
    log[level]({ err: String(error) }, 'a job failed');
  }
  expect(written.trim().split('\n')).toHaveLength(12);
  expect(written).toContain('MongoBulkWriteError');
  expect(written).toContain('log.test.ts');
  expect(written).not.toMatch(PERSONAL);
});

test('a job that fails with it leaves it neither in the log nor in the ledger', async () => {
  const error = await refused();
  const job = { name: 'import', title: '导入', cron: '0 9 * * 1', makeUpWithinMs: 0, run: () => Promise.reject(error) };
  const schedule = createSchedule({ house, jobs: [job], cities: async () => [] });
  expect(await schedule.tick('import', here.clock.now())).toMatchObject({ kind: 'failed' });
  const [run] = await house.db.collection('job_runs').find().toArray();
  expect(run?.error).toMatch(/^MongoBulkWriteError: /u);
  expect(JSON.stringify(run)).not.toMatch(PERSONAL);
  expect(written).toContain('a job failed');
  expect(written).not.toMatch(PERSONAL);
});

test('nor does a relay that cannot write, or a channel that cannot send', async () => {
  const error = await refused();
  const channel = { name: 'wechaty', send: () => Promise.reject(error) };
  vi.spyOn(house.directory, 'addresses').mockResolvedValue([{ channel: 'wechaty', target: 'somebody' }]);
  const messages = { hello: { title: '你好', body: () => '在吗' } };
  const push = createPush({ house, messages, aggregates: [], channels: [channel] });
  const notice = { key: 'n1', to: { person: 'p1' }, message: 'hello', data: {}, at: here.clock.now() };
  await house.db.collection('notices').insertOne({ _id: 'n1' as never, at: here.clock.now(), outbox: [notice] });
  vi.spyOn(deliveriesOf(house), 'insertMany').mockRejectedValueOnce(new Error('not written', { cause: error }));
  await push.start();
  await vi.waitUntil(() => written.includes('failed and will be tried again'), { timeout: 10_000 });
  await vi.waitUntil(async () => (await deliveriesOf(house).findOne({}))?.lastError !== undefined, { timeout: 10_000 });
  await push.stop();
  expect(written).toContain('MongoBulkWriteError');
  expect(JSON.stringify(await deliveriesOf(house).find().toArray())).not.toMatch(PERSONAL);
  expect(written).not.toMatch(PERSONAL);
});
