import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeError } from '../../src/core/describe.ts';
import { freshDatabase } from '../support/storage.ts';

/** Every way a library is known to quote what it chokes on; none of it may be left in what the log holds. */

type Database = Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
  await people().createIndex({ phone: 1, name: 1 }, { unique: true });
  await people().insertOne({ ...ONE });
});
afterAll(() => database.drop());

const ONE = { name: '张三', phone: '13812345678', address: '幸福里3号' };
const PERSONAL = /张三|13812345678|1234|幸福里/u;
const people = () => database.connection.collection<typeof ONE>('people');
const schema = new mongoose.Schema({
  age: Number,
  name: { type: String, enum: ['李四'] },
  phone: { type: String, match: /^\d{3}$/ },
});
const Person = () => database.connection.models.Person ?? database.connection.model('Person', schema);
const given = (value: unknown) => value as never;

const failures: Record<string, () => unknown> = {
  'a duplicate key': () => people().insertOne({ ...ONE }),
  'a failing bulk write': () =>
    people().bulkWrite([{ insertOne: { document: { ...ONE } } }, { insertOne: { document: { ...ONE } } }]),
  'a failing insert of many': () => people().insertMany([{ ...ONE }, { ...ONE }], { ordered: false }),
  'a command the store refuses': () =>
    database.connection.db?.command({ find: 'people', filter: { $张三: '13812345678' } }),
  'a cast': () =>
    Person()
      .findOne(given({ age: '张三 13812345678' }))
      .exec(),
  'a cast of an update': () =>
    Person()
      .updateOne({}, given({ age: { 张三: 1 } }))
      .exec(),
  'a value outside its list': () => new (Person())({ name: '张三' }).validate(),
  'a value of the wrong shape': () => new (Person())({ phone: '13812345678' }).validate(),
  'several values at once': () =>
    new (Person())({ name: '张三', phone: '13812345678', age: given('幸福里') }).validate(),
  'a parser': () => JSON.parse('{"name":张三,"phone":13812345678}'),
  'a URL': () => new URL('张三 13812345678'),
};

test.each(Object.keys(failures))('%s', async (kind) => {
  const thrown = await (async () => failures[kind]?.())().then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(Error);
  const described = describeError(thrown);
  expect(JSON.stringify(described)).not.toMatch(PERSONAL);
  expect(JSON.stringify(describeError(new Error('wrapped', { cause: thrown })))).not.toMatch(PERSONAL);
  expect(described.type).toBe((thrown as Error).name);
  expect(described.stack).not.toBe('');
});

test('keeps where it happened, its code and its cause', () => {
  const cause = Object.assign(new Error('gone'), { code: 'ECONNRESET' });
  const described = describeError(new Error('打给 138-1234-5678', { cause }));
  expect(described.message).not.toMatch(PERSONAL);
  expect(described.cause).toMatchObject({ type: 'Error', code: 'ECONNRESET', message: 'gone' });
  expect(described.stack).toContain('describe.test.ts');
});

test('what is thrown and is no error is described without being quoted; what was described stays as it is', () => {
  expect(describeError('13812345678')).toEqual({ type: 'string', message: 'something other than an error', stack: '' });
  expect(describeError({ type: 'x', message: '13812345678', stack: '张三' })).toEqual({
    type: 'object',
    message: 'something other than an error',
    stack: '',
  });
  const described = describeError(new Error('once'));
  expect(describeError(described)).toBe(described);
});
