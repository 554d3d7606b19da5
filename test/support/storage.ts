/** Databases for tests: one engine a test process, one fresh database a call. `MONGODB_URI` puts the same tests on a real MongoDB. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { type Started, startEngine } from '../../src/storage/embedded/start.ts';

export interface FreshDatabase {
  connection: mongoose.Connection;
  uri: string;
  drop(): Promise<void>;
}

let engine: Promise<Started> | undefined;

function sharedEngine(): Promise<Started> {
  if (engine === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'haolin-test-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    // Many tests live in another year; what expires there must not go while they look at it.
    engine = startEngine(folder, { sweepEveryMs: 2 ** 31 - 1 });
  }
  return engine;
}

/** A connection to an empty database nobody else uses; `drop` deletes it and closes the connection. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const uri = process.env.MONGODB_URI || (await sharedEngine()).uri;
  const dbName = `test_${randomUUID().replaceAll('-', '').slice(0, 20)}`;
  const connection = await mongoose
    .createConnection(uri, { dbName, autoIndex: false, autoCreate: false, serverSelectionTimeoutMS: 10_000 })
    .asPromise();
  return {
    connection,
    uri,
    drop: async () => {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

/** The connection string of such a database with its name in it. */
export function uriOf({ uri, connection }: FreshDatabase): string {
  const [server = '', options] = uri.split('?');
  return `${server.replace(/\/$/, '')}/${connection.name}${options === undefined ? '' : `?${options}`}`;
}
