/** Stores to move data between, and the command as people run it: a process of its own. */
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { vi } from 'vitest';
import type { Phase } from '../../scripts/data-move/export.ts';
import { readExport } from '../../scripts/data-move/exported.ts';
import { type Imported, type ImportWishes, importAll } from '../../scripts/data-move/import.ts';
import type { Place } from '../../scripts/data-move/place.ts';
import { readRaw } from '../../scripts/data-move/raw.ts';
import { type Ran, runToEnd, startCommand } from './commands.ts';

/** Gives a file's tests ten minutes: every one of them starts processes, for which a busy machine takes its time. */
export const takeTime = () => vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/** Runs `npm run data`; `watch` sees all it has said so far after each new piece. */
export const data = (args: readonly string[], watch?: (said: string, child: ChildProcess) => void): Promise<Ran> =>
  runToEnd('scripts/data.ts', args, watch ? { watch } : {});

/** Kills the child outright once it has said `what`. */
export function killAt(what: RegExp) {
  return (said: string, child: ChildProcess) => {
    if (what.test(said)) child.kill('SIGKILL');
  };
}

export interface Served {
  uri: string;
  client: MongoClient;
  stop(): Promise<void>;
}

/** `npm run store` on the data folder `folder`: a MongoDB as far as its clients can tell. */
export async function serve(folder: string): Promise<Served> {
  await mkdir(folder, { recursive: true });
  const child = await startCommand('scripts/store.ts', ['--folder', join(folder, 'store'), '--port', '0']);
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    said += piece;
  });
  let trouble = '';
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    trouble += piece;
  });
  const ended = once(child, 'close');
  while (!said.includes('\n')) {
    if (child.exitCode !== null) throw new Error(`the store did not open: ${trouble}`);
    await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), ended]);
  }
  const uri = said.trim();
  const client = await MongoClient.connect(uri);
  return {
    uri,
    client,
    stop: async () => {
      await client.close();
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** A MongoDB to move data to and from: the one in MONGODB_URI when it is set, else a served store in `folder`. */
export async function mongo(folder: string): Promise<Served> {
  const { MONGODB_URI } = process.env;
  if (!MONGODB_URI) return serve(folder);
  // Of its own database, which is dropped afterwards.
  const name = `data_${randomUUID().slice(0, 8)}`;
  const uri = MONGODB_URI.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)(\/[^?]*)?/, `$1/${name}`);
  const client = await MongoClient.connect(uri);
  return {
    uri,
    client,
    stop: async () => {
      await client.db(name).dropDatabase();
      await client.close();
    },
  };
}

export interface Room {
  /** A path in it. */
  at(...names: string[]): string;
  remove(): Promise<void>;
}

/** A temporary folder. */
export async function room(): Promise<Room> {
  const folder = await mkdtemp(join(tmpdir(), 'haolin-data-'));
  return { at: (...names) => join(folder, ...names), remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A phase nobody watches; `before` is told its title when it begins. */
export function quietly(before: (title: string) => void = () => undefined): Phase {
  return (title) => {
    before(title);
    return {
      step: () => undefined,
      end: () => undefined,
      signal: new AbortController().signal,
      now: () => new Date(),
    };
  };
}

/** Imports an export, its files checked first. */
export async function bringIn(
  place: Place,
  folder: string,
  wishes: Partial<ImportWishes> = {},
  phase: Phase = quietly(),
): Promise<Imported> {
  const manifest = await readExport(folder, phase);
  return importAll(place, folder, manifest, { only: undefined, intoExisting: false, ...wishes }, phase);
}

/** All documents of a database as bytes in hex, by collection; in the order of their ids. */
export async function contents(client: MongoClient, database: string): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  const db = client.db(database);
  for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) {
    const documents: string[] = [];
    for await (const bytes of readRaw(db.collection(name))) documents.push(Buffer.from(bytes).toString('hex'));
    all[name] = documents;
  }
  return all;
}
