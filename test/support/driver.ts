/** Questions asked through the unchanged driver, one a test. */
import { EJSON } from 'bson';
import type { Collection, Db, Document } from 'mongodb';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from './storage.ts';

/** Documents of any fields, numbered or named. */
export type Numbered = { _id?: number | string; [field: string]: unknown };

/** What questions are asked with. */
export interface Asking {
  /** Adds a test: `question` must answer `wanted`, a value or `refused CODE`. */
  asks(name: string, question: () => Promise<unknown>, wanted: unknown): void;
  client(): MongoClient;
  db(): Db;
  /** The collection of that name. */
  named(name: string): Collection<Numbered>;
  /** A new collection with these documents. */
  coll(...documents: Document[]): Promise<Collection<Numbered>>;
}

/** Sets up a database of its own for the questions of one file. */
export function asking(): Asking {
  let fresh: FreshDatabase;
  let client: MongoClient;
  let made = 0;
  beforeAll(async () => {
    fresh = await freshDatabase();
    client = await new MongoClient(fresh.uri).connect();
  });
  afterAll(async () => {
    await client.close();
    await fresh.drop();
  });
  const db = () => client.db(fresh.connection.name);
  const named = (name: string) => db().collection<Numbered>(name) as unknown as Collection<Numbered>;
  return {
    client: () => client,
    db,
    named,
    coll: async (...documents) => {
      made += 1;
      const collection = named(`c${made}`);
      if (documents.length > 0) await collection.insertMany(documents as never);
      return collection;
    },
    asks: (name, question, wanted) =>
      test(name, async () => {
        let answer: unknown;
        try {
          answer = await question();
        } catch (error) {
          answer = `refused ${String((error as { code?: number }).code)}`;
        }
        const plain = (value: unknown): unknown =>
          value === undefined ? value : EJSON.parse(EJSON.stringify(value as never));
        expect(plain(answer)).toEqual(plain(wanted));
      }),
  };
}

/** What a promise is refused with. */
export async function refusalOf(promise: Promise<unknown>): Promise<Refusal> {
  return promise.then(
    () => {
      throw new Error('not refused');
    },
    (error: Refusal) => error,
  );
}

/** The fields of the driver's errors that tests look at. */
export interface Refusal extends Error {
  code?: number;
  keyPattern?: Document;
  keyValue?: Document;
  errInfo?: Document;
  result?: Document;
  writeErrors?: Document[];
}
