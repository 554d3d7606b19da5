import type { Db, Document } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusalOf } from '../support/driver.ts';
import { type FreshDatabase, freshDatabase } from '../support/storage.ts';

let fresh: FreshDatabase;
let db: Db;
beforeAll(async () => {
  fresh = await freshDatabase();
  db = fresh.connection.db as unknown as Db;
});
afterAll(() => fresh.drop());

test('a document that breaks a schema is refused with what it breaks', async () => {
  const people = await db.createCollection('people', {
    validator: {
      $jsonSchema: {
        bsonType: 'object',
        required: ['name', 'age'],
        properties: { _id: {}, name: { bsonType: 'string' }, age: { minimum: 18, description: 'of age' } },
        additionalProperties: false,
      },
    },
  });
  await people.insertOne({ name: 'a', age: 18 });
  const { code, errInfo } = await refusalOf(people.insertOne({ age: 5, more: 1 } as Document));
  expect(code).toBe(121);
  const minimum = {
    operatorName: 'minimum',
    specifiedAs: { minimum: 18 },
    reason: 'comparison failed',
    consideredValue: 5,
    consideredType: 'int',
  };
  expect(errInfo?.details).toEqual({
    operatorName: '$jsonSchema',
    schemaRulesNotSatisfied: [
      { operatorName: 'required', specifiedAs: { required: ['name', 'age'] }, missingProperties: ['name'] },
      {
        operatorName: 'properties',
        propertiesNotSatisfied: [{ propertyName: 'age', description: 'of age', details: [minimum] }],
      },
      expect.objectContaining({ operatorName: 'additionalProperties', specifiedAs: { additionalProperties: false } }),
    ],
  });
});

test('one that breaks a condition is told which', async () => {
  const things = await db.createCollection('things', { validator: { n: { $gt: 5 } } });
  const { errInfo } = await refusalOf(things.insertOne({ n: 1 }));
  expect(errInfo?.details).toEqual({
    operatorName: '$gt',
    specifiedAs: { n: { $gt: 5 } },
    reason: 'comparison failed',
    consideredValue: 1,
  });
  await things.insertOne({ n: 1 }, { bypassDocumentValidation: true });
  await db.command({ collMod: 'things', validationLevel: 'moderate' });
  await things.updateOne({ n: 1 }, { $set: { n: 2 } });
  await things.insertOne({ n: 6 });
  await expect(things.updateOne({ n: 6 }, { $set: { n: 0 } })).rejects.toMatchObject({ code: 121 });
});
