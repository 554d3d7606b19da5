import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { isAway } from '../../src/http/failures.ts';
import { freshDatabase } from '../support/storage.ts';

const thrownBy = async (work: () => Promise<unknown>): Promise<unknown> => {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail');
};

/** A port that is reserved and where nobody listens. */
const DEAD = '127.0.0.1:1';

test('a database that cannot be reached, or was closed, is away; so is a Redis', async () => {
  const unreached = mongoose.createConnection(`mongodb://${DEAD}/x`, { serverSelectionTimeoutMS: 100 });
  unreached.asPromise().catch(() => undefined);
  expect(isAway(await thrownBy(() => unreached.getClient().db().collection('a').findOne()))).toBe(true);
  await unreached.destroy();

  const closed = await freshDatabase();
  const client = closed.connection.getClient();
  await client.close();
  expect(isAway(await thrownBy(() => client.db().collection('a').findOne()))).toBe(true);

  const redis = new Redis(`redis://${DEAD}`, { maxRetriesPerRequest: 0, retryStrategy: () => null, lazyConnect: true });
  redis.on('error', () => undefined);
  expect(isAway(await thrownBy(() => redis.get('a')))).toBe(true);
  expect(isAway(await thrownBy(() => redis.get('a')))).toBe(true);
});

test('a bug is not taken for an absence, nor is anything else that is thrown', () => {
  expect(isAway(new TypeError('x is not a function'))).toBe(false);
  expect(isAway(Object.assign(new Error('E11000'), { name: 'MongoServerError', code: 11000 }))).toBe(false);
  expect(isAway('MongoNetworkError')).toBe(false);
  expect(isAway(new Error('wrapped', { cause: Object.assign(new Error('gone'), { code: 'ECONNRESET' }) }))).toBe(true);
});
