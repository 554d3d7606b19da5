import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { describeError, isAway } from '../../src/http/failures.ts';
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

test('a duplicate key, a failed cast and a parser quote what they choke on; the log does not', async () => {
  const database = await freshDatabase();
  const people = database.connection.collection<{ name: string; phone: string }>('people');
  await people.createIndex({ phone: 1 }, { unique: true });
  const one = { name: '张三', phone: '13812345678' };
  await people.insertOne({ ...one });
  const duplicate = await thrownBy(() => people.insertOne({ ...one }));
  expect(String(duplicate)).toContain('13812345678');
  expect(describeError(duplicate)).toMatchObject({ type: 'MongoServerError', code: 11000 });
  expect(JSON.stringify(describeError(duplicate))).not.toContain('13812345678');

  const Person = database.connection.model('Person', new mongoose.Schema({ age: Number }));
  const cast = await thrownBy(() => Person.findOne({ age: '住在幸福里3号' as unknown as number }).exec());
  expect(String(cast)).toContain('幸福里');
  expect(JSON.stringify(describeError(cast))).not.toContain('幸福里');

  const parse = await thrownBy(async () => JSON.parse('{"name":张三}'));
  const wrapped = describeError(new Error('打给 138-1234-5678', { cause: parse }));
  expect(JSON.stringify(wrapped)).not.toMatch(/张三|1234/);
  expect(wrapped.cause?.type).toBe('SyntaxError');
  expect(wrapped.stack).toContain('failures.test.ts');
  await database.drop();
});

test('what is thrown and is no error is described without being quoted', () => {
  expect(describeError('13812345678')).toEqual({ type: 'string', message: 'something other than an error', stack: '' });
});
