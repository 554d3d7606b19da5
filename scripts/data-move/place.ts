/** Where data is moved from and to: an embedded store's folder, or a MongoDB. Both are spoken to by the same driver. */
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { DATA_FILE } from '../../src/storage/embedded/disk/environment.ts';
import { startEngine } from '../../src/storage/embedded/start.ts';
import { StoreError } from '../../src/storage/embedded/store-error.ts';
import { namesDatabase } from '../../src/storage/mongo.ts';
import { storeMissing, unreachable } from './messages.ts';

/** An open place. */
export interface Place {
  readonly client: MongoClient;
  /** Says which place it is, to people and to a later run; no password in it. */
  readonly name: string;
  /** The database its address names, the only one meant then; undefined: all of them. */
  readonly database: string | undefined;
  /** The databases that belong to the server itself and are never moved. */
  readonly own: ReadonlySet<string>;
  close(): Promise<void>;
}

/** Expired documents must not vanish while they are being moved. */
const NEVER_MS = 2 ** 31 - 1;

/** Whether there is a store in the folder. */
export function hasStore(folder: string): boolean {
  return existsSync(join(folder, DATA_FILE));
}

/** Whether a store could not be opened because another process has it. */
export function isInUse(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'store_in_use';
}

/**
 * Opens the embedded store in `folder`, making it when `make` is set.
 * @throws DataError store_missing; StoreError when it cannot be opened
 */
export async function openFolder(folder: string, make: boolean): Promise<Place> {
  if (!make && !hasStore(folder)) throw storeMissing(folder);
  const engine = await startEngine(folder, { sweepEveryMs: NEVER_MS, reads: !make });
  const client = new MongoClient(engine.uri);
  return {
    client,
    name: realpathSync(folder),
    database: undefined,
    own: new Set(),
    close: async () => {
      await client.close();
      await engine.close();
    },
  };
}

/**
 * Connects to a MongoDB.
 * @throws DataError unreachable
 */
export async function openUri(uri: string): Promise<Place> {
  const shown = uri.replace(/\/\/[^@/]*@/, '//').replace(/\?.*$/, '');
  try {
    const client = new MongoClient(uri, {
      serverSelectionTimeoutMS: 10_000,
      // A secondary may be behind, which would look like a difference.
      readPreference: 'primary',
    });
    await client.connect();
    return {
      client,
      name: shown,
      database: namesDatabase(uri) ? client.options.dbName : undefined,
      own: new Set(['admin', 'config', 'local']),
      close: () => client.close(),
    };
  } catch (error) {
    throw unreachable(shown, error instanceof Error ? error.message : String(error));
  }
}

/** The names of the databases meant, sorted: `only` that one when given. */
export async function databasesOf(place: Place, only: string | undefined): Promise<string[]> {
  const one = only ?? place.database;
  if (one !== undefined) return [one];
  const { databases } = await place.client.db('admin').admin().listDatabases({ nameOnly: true });
  return databases
    .map(({ name }) => name)
    .filter((name) => !place.own.has(name))
    .sort();
}
