/** Where documents live: the MongoDB named by a connection string, or the embedded engine on a folder. Nothing above knows which. */
import mongoose from 'mongoose';
import { startEngine } from './embedded/start.ts';

/** An open store. */
export interface Storage {
  connection: mongoose.Connection;
  /** A connection string another client of this process may use. */
  uri: string;
  embedded: boolean;
  close(): Promise<void>;
}

export interface StorageOptions {
  /** A MongoDB connection string; without it the embedded engine is used. */
  uri?: string | undefined;
  /** Where the embedded engine keeps its files. */
  folder: string;
  /** Name of the database; the one in `uri`, or `haolin`, when absent. */
  database?: string | undefined;
  /** `false`: the embedded engine removes nothing that has expired, for a house whose clock is not the host's. */
  sweeps?: boolean;
}

/** As long as a timer can wait. */
const NEVER_MS = 2 ** 31 - 1;

/** Opens the store and connects to it. */
export async function openStorage({ uri, folder, database, sweeps = true }: StorageOptions): Promise<Storage> {
  const engine = uri ? undefined : await startEngine(folder, sweeps ? {} : { sweepEveryMs: NEVER_MS });
  const address = uri || engine?.uri;
  if (address === undefined) throw new Error('no store to connect to');
  const dbName = database ?? (namesDatabase(address) ? undefined : 'haolin');
  const connection = mongoose.createConnection(address, {
    autoIndex: false,
    autoCreate: false,
    ...(dbName === undefined ? {} : { dbName }),
    maxPoolSize: 32,
    serverSelectionTimeoutMS: 10_000,
  });
  try {
    await connection.asPromise();
  } catch (error) {
    await connection.destroy().catch(() => undefined);
    await engine?.close();
    throw error;
  }
  return {
    connection,
    uri: address,
    embedded: engine !== undefined,
    close: async () => {
      await connection.close();
      await engine?.close();
    },
  };
}

/** Whether a connection string has the name of a database in it; without one the driver would take `test`. */
export function namesDatabase(uri: string): boolean {
  return /^mongodb(?:\+srv)?:\/\/[^/?]+\/[^?]+/.test(uri);
}

/**
 * Makes the indexes that the models declare, where they are not there yet: all of a collection in one command.
 * @throws MongoServerError when what is stored does not allow one (two rows of what is to be unique)
 */
export async function ensureIndexes({ models }: Pick<mongoose.Connection, 'models'>): Promise<void> {
  await Promise.all(
    Object.values(models).map(async ({ schema, collection }) => {
      const indexes = schema
        .indexes()
        .map(([key, options]) => ({ ...options, key }) as mongoose.mongo.IndexDescription);
      if (indexes.length > 0) await collection.createIndexes(indexes);
    }),
  );
}
