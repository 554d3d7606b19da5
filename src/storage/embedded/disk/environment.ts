/** The LMDB environment: three tables, and durable transactions on them. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { open, type RootDatabase, type TransactionFlags } from 'lmdb';
import { FREE_PAGES, type FreePages, isOwnFault } from './free-pages.ts';
import { Journal } from './journal.ts';
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
   * neither in the files nor in memory, where every change registered its `undo`. When LMDB fails in the commit itself, the
   * same changes are committed in another way before anybody hears of it.
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

function openRoot(folder: string, fleeting: boolean, freePages: FreePages): Root {
  return open<Buffer, Uint8Array>({
    path: folder,
    // LMDB takes a path with a dot in it for a file.
    noSubdir: false,
    maxDbs: 4,
    // Plain LMDB commits: data synced, then the meta page; lmdb-js' overlapping commits gain nothing with one writer.
    overlappingSync: false,
    noSync: fleeting,
    ...freePages,
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
 * @param report told what went wrong and was mended
 */
export function openEnvironment(
  folder: string,
  fleeting = false,
  report: (what: string) => void = () => undefined,
): Environment {
  const fresh = !existsSync(join(folder, DATA_FILE));
  let freePages: FreePages = FREE_PAGES[0];
  let root = openRoot(folder, fleeting, freePages);
  if (fresh) keepFolder(folder);
  const growth: Growth = { changes: 0, bytes: 0, pages: 0 };
  const journal = new Journal();
  const table = (name: string) => new Table(root.openDB(name, BINARY), growth, journal);
  const [records, entries, meta] = [table('records'), table('entries'), table('meta')];
  const room = Room.possible() ? new Room(join(folder, DATA_FILE)) : undefined;
  const held = new Set<string>();
  let dead = false;
  let guard: (() => void) | undefined;
  let release = () => {};
  let restores: (() => void)[] = [];
  let writes = new Map<object, () => void>();

  function reopen(): void {
    // Until all of it is there again: some tables would be those of what was given up.
    dead = true;
    release();
    // What is given up can fail no further.
    root.close().catch(() => undefined);
    root = openRoot(folder, fleeting, freePages);
    records.reopened(root.openDB('records', BINARY));
    entries.reopened(root.openDB('entries', BINARY));
    meta.reopened(root.openDB('meta', BINARY));
    for (const name of held) {
      if (!lock(name)) throw new Error('another environment of this process has the lock');
    }
    dead = false;
  }
  function reviveOrWait(): void {
    try {
      reopen();
    } catch {
      // Then the next transaction tries again, and tells its caller if it cannot.
    }
  }
  /**
   * Writes all that the transaction changed once more, with free pages looked for in another way: a commit that LMDB refused
   * left nothing behind, and what was reckoned on the way to it cannot be reckoned again.
   * @returns whether it is on disk
   */
  function wroteAgain(fault: Error): boolean {
    const first = FREE_PAGES.indexOf(freePages);
    for (let nth = 1; nth < FREE_PAGES.length; nth += 1) {
      freePages = FREE_PAGES[(first + nth) % FREE_PAGES.length] ?? freePages;
      try {
        reopen();
        root.transactionSync(() => {
          guard?.();
          journal.replay();
          room?.ensure(growth);
        }, DURABLE);
        report(`LMDB failed in a commit, which was written again: ${fault.message}`);
        return true;
      } catch {
        // The next way may be better; when there is none, the first fault is told.
      }
    }
    return false;
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
      journal.begin();
      Object.assign(growth, { changes: 0, bytes: 0, pages: 0 });
      let acted = false;
      try {
        root.transactionSync(() => {
          guard?.();
          action();
          for (const write of writes.values()) write();
          room?.ensure(growth);
          acted = true;
        }, DURABLE);
      } catch (error) {
        if (acted && error instanceof Error && isOwnFault(error) && wroteAgain(error)) return;
        for (const restore of restores.reverse()) restore();
        dead ||= isDead(root);
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
