/** What the unified test format asks of the runner itself. */
import { setTimeout } from 'node:timers/promises';
import type { Document, MongoClient } from 'mongodb';
import type { Entity } from './operations.ts';

type Fields = { [name: string]: unknown };
type RunnerOperation = (made: ReadonlyMap<string, Entity>, given: Fields) => Promise<void>;

/** Any client of a test, to look with. */
function clientOf(made: ReadonlyMap<string, Entity>): MongoClient {
  for (const entity of made.values()) if ('bulkWrite' in entity && 'db' in entity) return entity as MongoClient;
  throw new Error('the test has no client');
}

async function collectionExists(made: ReadonlyMap<string, Entity>, given: Fields): Promise<boolean> {
  const { databaseName, collectionName: name } = given as { databaseName: string; collectionName: string };
  return (await clientOf(made).db(databaseName).listCollections({ name }).toArray()).length > 0;
}

async function indexExists(made: ReadonlyMap<string, Entity>, given: Fields): Promise<boolean> {
  const { databaseName, collectionName, indexName } = given as { [name: string]: string };
  if (!(await collectionExists(made, given))) return false;
  const indexes = await clientOf(made)
    .db(databaseName)
    .collection(collectionName as string)
    .indexes();
  return indexes.some(({ name }) => name === indexName);
}

const must =
  (look: typeof indexExists, wanted: boolean): RunnerOperation =>
  async (made, given) => {
    if ((await look(made, given)) !== wanted)
      throw new Error(`${JSON.stringify(given)} ${wanted ? 'is missing' : 'is there'}`);
  };

const OPERATIONS: { [name: string]: RunnerOperation } = {
  failPoint: async (made, given) => {
    await (made.get(given.client as string) as MongoClient).db('admin').command(given.failPoint as Document);
  },
  assertCollectionExists: must(collectionExists, true),
  assertCollectionNotExists: must(collectionExists, false),
  assertIndexExists: must(indexExists, true),
  assertIndexNotExists: must(indexExists, false),
  wait: (_made, { ms }) => setTimeout(ms as number),
};

/** How to do an operation of the runner's own; undefined when it does not know it. */
export function runnerOperation(name: string): RunnerOperation | undefined {
  return OPERATIONS[name];
}

/** Ends what a test told the server to let fail. */
export async function endFailing(client: MongoClient): Promise<void> {
  await client.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
}
