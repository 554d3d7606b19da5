/** Open cursors: what is still to be handed out, batch by batch. */
import type { Collection } from './disk/catalog.ts';
import { Holding, Holdings } from './query/holdings.ts';
import { tellHolder } from './query/memory.ts';
import type { Results } from './query/results.ts';
import { PAUSE } from './query/slice.ts';
import { BATCH_BYTES, type BatchWriter } from './reply.ts';
import { CommandError, refusal } from './values/errors.ts';

/** One open cursor. */
export interface Cursor {
  readonly id: bigint;
  readonly namespace: string;
  readonly results: Results;
  /** The collection it reads, if it reads one still. */
  readonly collection: Collection | undefined;
  readonly noTimeout: boolean;
  /** The session it was opened in, if in one. */
  readonly session: string | undefined;
  /** What it holds in memory; ended with it. */
  readonly holding: Holding;
  lastUsed: number;
  /** A document that did not fit into the last batch. */
  kept: Uint8Array | undefined;
  /** While a batch is being made no other may be asked for. */
  busy: boolean;
  /** Whether a request for the next batch waits for something new. */
  awaits: boolean;
  /** Why others ended it, for the request that is making a batch of it. */
  endedFor: CommandError | undefined;
}

/** MongoDB's first batch when none is asked for. */
export const FIRST_BATCH = 101;
const IDLE_MS = 10 * 60_000;

const KILLED = new CommandError(237, 'CursorKilled', 'the cursor was killed while its next batch was made');

/** All open cursors of the store. */
export class Cursors {
  readonly #open = new Map<bigint, Cursor>();
  readonly #holdings = new Holdings(() => this.#endUnused());
  #lastId = 0n;

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }

  /** A cursor not yet kept: `keep` it when its first batch was not all. `now` in milliseconds since 1970. */
  make(over: Pick<Cursor, 'namespace' | 'results' | 'collection' | 'noTimeout' | 'session'>, now: number): Cursor {
    this.#lastId += 1n;
    // Scattered, so that an id cannot be guessed from another; never 0, which says "no cursor".
    const random = BigInt(Math.floor(Math.random() * 2 ** 31));
    return {
      ...over,
      id: (this.#lastId << 31n) | random,
      holding: new Holding(this.#holdings),
      lastUsed: now,
      kept: undefined,
      busy: false,
      awaits: false,
      endedFor: undefined,
    };
  }

  keep(cursor: Cursor): void {
    this.#open.set(cursor.id, cursor);
  }

  /** The cursor for the next batch; refused with code 43 when there is none of that id. */
  take(id: bigint, namespace: string): Cursor {
    const cursor = this.#open.get(id);
    if (cursor === undefined) throw notFound(id);
    if (cursor.namespace !== namespace) {
      throw new CommandError(
        13,
        'Unauthorized',
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    if (cursor.busy) throw new CommandError(12051, 'CursorInUse', `cursor id ${id} is already in use`);
    return cursor;
  }

  /** Ends a cursor; false when there was none. `why` is what a request for its next batch is refused with, if one is being done. */
  end(id: bigint, why: CommandError = KILLED): boolean {
    const cursor = this.#open.get(id);
    if (cursor === undefined) return false;
    cursor.endedFor = why;
    cursor.results.suspend();
    cursor.holding.end();
    return this.#open.delete(id);
  }

  /** Ends the cursors that read a collection which is no more what it was. */
  endOf(collection: Collection): void {
    const why = refusal(175, `collection or index dropped or renamed: ${collection.namespace}`);
    for (const cursor of [...this.#open.values()]) if (cursor.collection === collection) this.end(cursor.id, why);
  }

  /** Ends the cursors of the sessions that are meant. */
  endSessions(meant: (session: string) => boolean): void {
    for (const { id, session } of [...this.#open.values()]) if (session !== undefined && meant(session)) this.end(id);
  }

  /** Ends what nobody asked for the longest of all that hold memory; false when nothing does. */
  #endUnused(): boolean {
    let oldest: Cursor | undefined;
    for (const cursor of this.#open.values()) {
      if (cursor.busy || cursor.holding.bytes === 0) continue;
      if (oldest === undefined || cursor.lastUsed < oldest.lastUsed) oldest = cursor;
    }
    return oldest !== undefined && this.end(oldest.id);
  }

  /** Ends what nobody asked for in ten minutes. */
  endIdle(now: number): void {
    for (const cursor of [...this.#open.values()]) {
      if (!cursor.noTimeout && !cursor.busy && now - cursor.lastUsed > IDLE_MS) this.end(cursor.id);
    }
  }
}

function notFound(id: bigint): CommandError {
  return new CommandError(43, 'CursorNotFound', `cursor id ${id} not found`);
}

/** Fills a batch; yields where others may work. Returns whether the cursor is at its end. */
export function* fillBatch(cursor: Cursor, writer: BatchWriter, size: number): Generator<void, boolean> {
  const { results } = cursor;
  if (cursor.kept !== undefined) {
    if (size === 0) return false;
    writer.add(cursor.kept);
    cursor.kept = undefined;
  }
  while (writer.count < size) {
    if (cursor.endedFor !== undefined) throw cursor.endedFor;
    const next = nextOf(cursor);
    if (next === undefined) {
      if (!results.tail) return true;
      results.suspend();
      return false;
    }
    if (next === PAUSE) {
      results.suspend();
      yield;
      continue;
    }
    if (writer.count > 0 && writer.bytes + next.length > BATCH_BYTES) {
      cursor.kept = Buffer.from(next);
      results.suspend();
      return false;
    }
    writer.add(next);
  }
  if (results.ended) return true;
  results.suspend();
  return false;
}

/** The next result; what it takes to find it is counted as the cursor's. */
function nextOf({ results, holding }: Cursor): ReturnType<Results['next']> {
  const before = tellHolder(holding);
  try {
    return results.next();
  } finally {
    tellHolder(before);
  }
}
