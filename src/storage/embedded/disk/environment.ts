/** The LMDB environment: three tables, durable transactions, ranges that can be left and taken up again. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { open, type RootDatabase, type TransactionFlags } from 'lmdb';
import { Room } from './room.ts';
import { type Growth, Table } from './table.ts';

/** The open files of a store. */
export interface Environment {
  /** Collection number + record number → the document's BSON bytes. */
  readonly records: Table;
  /** Index number + key string → record. */
  readonly entries: Table;
  /** The catalog: what collections and indexes there are, counts, what is being removed. */
  readonly meta: Table;
  /** LMDB itself; another one after it had to be opened anew. */
  readonly root: RootDatabase<Buffer, Uint8Array>;
  /**
   * Runs `action` in one transaction and returns once it is on disk. When `action` throws, nothing of it happened:
   * neither in the files nor in memory, where every change registered its `undo`.
   */
  transact(action: () => void): void;
  /** Registers what is asked at the beginning of each transaction, while nobody else may write: it throws to refuse it. */
  guard(check: (() => void) | undefined): void;
  /** Registers how to take back a change in memory, should the running transaction fail. */
  undo(restore: () => void): void;
  /** Registers what must be written before the running transaction commits (counts, say); once per `key`. */
  beforeCommit(key: object, write: () => void): void;
  /** Registers what must let go of snapshots and ranges before LMDB is opened anew in the course of a transaction. */
  beforeReopening(letGo: () => void): void;
  /**
   * Lets go of the snapshots that readers of other processes held which were killed: while one is held, no page that was
   * in it is written to again, and the file grows.
   */
  forgetDeadReaders(): void;
  /** Takes a lock for this process; false while another environment of the process has it. */
  hold(name: string): boolean;
  letGo(name: string): void;
  close(): Promise<void>;
}

/** The file that holds everything. */
export const DATA_FILE = 'data.mdb';

/** ABORTABLE | SYNCHRONOUS_COMMIT of lmdb-js. */
const DURABLE = 3 as TransactionFlags;

const MOST_MAPPED = 2 ** 38;
const LEAST_MAPPED = 2 ** 30;

/** How much to map: a quarter of what this process may, for lmdb-js ends the process when it may not. */
function roomToMap(): number {
  if (!existsSync('/proc/self/limits')) return MOST_MAPPED;
  const most = /^Max address space\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  if (most === undefined) return MOST_MAPPED;
  return Math.max(LEAST_MAPPED, Math.min(MOST_MAPPED, 2 ** Math.floor(Math.log2(Number(most) / 4))));
}

/** A file that was just made outlives a power cut only when its folder's list of names is on disk too. */
function keepFolder(folder: string): void {
  // Windows does not open folders; NTFS keeps a journal of its own.
  if (process.platform === 'win32') return;
  const list = openSync(folder, 'r');
  try {
    fsyncSync(list);
  } finally {
    closeSync(list);
  }
}

type Root = RootDatabase<Buffer, Uint8Array>;

const BINARY = { keyEncoding: 'binary', encoding: 'binary', cache: false } as const;

/**
 * How LMDB looks for free pages: each transaction takes from the latest lists of them, as LMDB itself does, and keeps none
 * for the next. lmdb-js would keep up to 75,000 pages and write only what changed of their list, which costs several times
 * as much once the file is well used, and went wrong on a store of 1.5 GB ("reserved freelist had a data entry with zero-size";
 * github.com/kriszyp/lmdb-js/issues/321 is of its kind).
 */
const FREE_PAGES = { maxFreeSpaceToRetain: 0, maxFreeSpaceToLoad: 2_000 };

function openRoot(folder: string, fleeting: boolean): Root {
  return open<Buffer, Uint8Array>({
    path: folder,
    // LMDB takes a path with a dot in it for a file.
    noSubdir: false,
    maxDbs: 4,
    // Plain LMDB commits: data synced, then the meta page; lmdb-js' overlapping commits gain nothing with one writer.
    overlappingSync: false,
    noSync: fleeting,
    ...FREE_PAGES,
    // Room to grow in one mapping: it costs addresses only, while every remapping keeps the old one resident beside it.
    ...(process.platform === 'win32' ? {} : { mapSize: roomToMap() }),
    ...BINARY,
  });
}

/**
 * Whether LMDB refuses everything, reads too: it does so once it could not write its header, as may happen on a full
 * disk that never writes in place (Btrfs, ZFS).
 */
function isDead(root: Root): boolean {
  try {
    root.transactionSync(() => undefined, DURABLE);
    return false;
  } catch {
    return true;
  }
}

/**
 * Opens the environment in `folder`, which must be there: see `preflight.ts`.
 * @param fleeting whether nobody waits for the disk: what is committed then outlives this process, but no power cut
 */
export function openEnvironment(folder: string, fleeting = false): Environment {
  const fresh = !existsSync(join(folder, DATA_FILE));
  let root = openRoot(folder, fleeting);
  if (fresh) keepFolder(folder);
  const growth: Growth = { changes: 0, bytes: 0, pages: 0 };
  const table = (name: string) => new Table(root.openDB(name, BINARY), growth);
  const [records, entries, meta] = [table('records'), table('entries'), table('meta')];
  const room = Room.possible() ? new Room(join(folder, DATA_FILE)) : undefined;
  const held = new Set<string>();
  let dead = false;
  let guard: (() => void) | undefined;
  let release = () => {};
  let restores: (() => void)[] = [];
  let writes = new Map<object, () => void>();

  function reopen(): void {
    release();
    // What is given up can fail no further.
    root.close().catch(() => undefined);
    root = openRoot(folder, fleeting);
    records.reopened(root.openDB('records', BINARY));
    entries.reopened(root.openDB('entries', BINARY));
    meta.reopened(root.openDB('meta', BINARY));
    for (const name of held) lock(name);
    dead = false;
  }
  function reviveOrWait(): void {
    try {
      reopen();
    } catch {
      // Then the next transaction tries again, and tells its caller if it cannot.
    }
  }
  function lock(name: string): boolean {
    const locks = root as unknown as { tryLock(key: Buffer): boolean };
    return locks.tryLock(Buffer.from(name));
  }

  return {
    get root() {
      return root;
    },
    records,
    entries,
    meta,
    transact(action) {
      if (dead) reopen();
      restores = [];
      writes = new Map();
      Object.assign(growth, { changes: 0, bytes: 0, pages: 0 });
      try {
        root.transactionSync(() => {
          guard?.();
          action();
          for (const write of writes.values()) write();
          room?.ensure(growth);
        }, DURABLE);
      } catch (error) {
        for (const restore of restores.reverse()) restore();
        dead = isDead(root);
        if (dead) reviveOrWait();
        throw error;
      } finally {
        restores = [];
        writes = new Map();
      }
    },
    guard: (check) => {
      guard = check;
    },
    undo: (restore) => {
      restores.push(restore);
    },
    beforeCommit: (key, write) => {
      if (!writes.has(key)) writes.set(key, write);
    },
    beforeReopening: (letGo) => {
      release = letGo;
    },
    forgetDeadReaders() {
      // Opening anew looks after them as well.
      if (!dead) root.readerCheck();
    },
    hold(name) {
      if (!lock(name)) return false;
      held.add(name);
      return true;
    },
    letGo(name) {
      held.delete(name);
      (root as unknown as { unlock(key: Buffer): void }).unlock(Buffer.from(name));
    },
    async close() {
      room?.close();
      await root.close();
    },
  };
}

interface Entry {
  key: Buffer;
  value: Buffer;
}

/**
 * The keys in `[start, end)` of a table, forwards or backwards. It can be suspended (its LMDB cursor let go, so that
 * no old snapshot is held) and goes on behind the last key it gave, whatever was written meanwhile.
 */
export class Range {
  readonly #table: Table;
  readonly #start: Buffer;
  readonly #end: Buffer;
  readonly #reverse: boolean;
  readonly #values: boolean;
  #iterator: Iterator<unknown> | undefined;
  #last: Buffer | undefined;
  #again = false;
  #done = false;
  /** The value of the current key, when the range was asked for values. */
  value: Buffer | undefined;

  constructor(table: Table, start: Buffer, end: Buffer, reverse: boolean, values: boolean) {
    this.#table = table;
    this.#start = start;
    this.#end = end;
    this.#reverse = reverse;
    this.#values = values;
  }

  /** The next key, or undefined at the end. */
  next(): Buffer | undefined {
    if (this.#done) return undefined;
    this.#iterator ??= this.#open();
    const step = this.#iterator.next();
    if (step.done) {
      this.#done = true;
      this.#iterator = undefined;
      return undefined;
    }
    if (this.#values) {
      const entry = step.value as Entry;
      this.value = entry.value;
      this.#last = entry.key;
    } else this.#last = step.value as Buffer;
    return this.#last;
  }

  /** Lets go of the LMDB cursor; `next` goes on behind the last key. */
  suspend(): void {
    this.#iterator?.return?.();
    this.#iterator = undefined;
  }

  /** Suspends; `next` gives the last key again, if it is still there then. */
  putBack(): void {
    this.suspend();
    this.#again = this.#last !== undefined;
  }

  #open(): Iterator<unknown> {
    const behind = this.#last !== undefined && !this.#again;
    this.#again = false;
    const options = this.#reverse
      ? {
          start: this.#last ?? this.#end,
          exclusiveStart: behind || this.#last === undefined,
          end: this.#start,
          inclusiveEnd: true,
          reverse: true,
        }
      : { start: this.#last ?? this.#start, exclusiveStart: behind, end: this.#end };
    const range = this.#values ? this.#table.getRange(options) : this.#table.getKeys(options);
    return range[Symbol.iterator]();
  }
}

/** How many keys are counted in one go, which takes a few milliseconds. */
export const COUNTED_AT_ONCE = 32_768;

/** How many keys lie in `[start, end)`, as numbers to be added up; others may work before the next is asked for. */
export function* countRange(table: Table, start: Buffer, end: Buffer): Generator<number, void> {
  let from = start;
  for (;;) {
    const [next] = table.getKeys({ start: from, end, offset: COUNTED_AT_ONCE, limit: 1 });
    if (next === undefined) break;
    from = Buffer.from(next);
    yield COUNTED_AT_ONCE;
  }
  yield table.getCount({ start: from, end });
}
