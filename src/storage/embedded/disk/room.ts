/**
 * Room on the disk for what a transaction writes, had before LMDB writes it. LMDB must not be the one who finds the disk
 * full: lmdb-js 3.5 tells of that error in more bytes than it has set aside for it, which ends the process sooner or later
 * ("malloc(): invalid next size"). So the file is made longer beforehand, by zeros no page of the store lies on yet.
 */
import { closeSync, fstatSync, openSync, statfsSync, writeSync } from 'node:fs';
import { endianness } from 'node:os';
import { readHeader } from './pages.ts';
import type { Growth } from './table.ts';

const ZEROS = Buffer.alloc(1 << 20);
/** A page of each table on the way to what is changed, LMDB's list of tables, its list of free pages. */
const ALWAYS = 32;
/** Pages from the root of a table to the last leaf, in the largest store there may be. */
const DEEPEST = 7;
/** Inner pages of large tables, of which many changes touch the same ones again. */
const INNER = 4096;
/** Bytes that are free in either half of a leaf that was split, at least. */
const FREE_AFTER_SPLIT = 1000;
/** How much is had at once, so that most transactions find room: an eighth of the file, within these bounds, in pages. */
const LEAST_STEP = 64;
const MOST_STEP = 4096;

/** Btrfs, ZFS, bcachefs: disks that never write in place, where the length of a file promises nothing. */
const COPYING = new Set([0x9123683e, 0x2fc12fc1, 0xca451a4e]);

/**
 * The most pages a transaction gives out. It copies those on the way to its changes, once each. A change may split a full
 * leaf, after which so much must be put into either half again before that splits too; and with a leaf, now and then, what
 * is above it. The list of free pages may be written anew.
 */
export function mostPages({ changes, bytes, pages }: Growth, used: number): number {
  const copied = Math.min(DEEPEST * changes, used, changes + INNER);
  const split = Math.ceil(1.25 * Math.min(changes, used + bytes / FREE_AFTER_SPLIT));
  return pages + copied + split + ALWAYS + Math.ceil(used / 512);
}

/** The room of one data file. */
export class Room {
  readonly #file: number;
  readonly #path: string;
  readonly #copying: boolean;

  /** `copying` says whether the disk never writes in place. */
  constructor(path: string, copying = COPYING.has(statfsSync(path).type)) {
    this.#file = openSync(path, 'r+');
    this.#path = path;
    this.#copying = copying;
  }

  /** Whether files are laid out here in the way their header is read. On Windows LMDB has room made by itself. */
  static possible(): boolean {
    return process.platform !== 'win32' && endianness() === 'LE';
  }

  /**
   * Makes sure of room for a transaction. Called at its end while it still holds LMDB's lock on writing, for nobody else
   * may lengthen the file meanwhile.
   * @throws Error of the file system when there is none: the transaction must come to nothing
   */
  ensure(growth: Growth): void {
    if (growth.changes === 0) return;
    const { lastPage, pageSize } = readHeader(this.#file);
    const used = lastPage + 1;
    const least = used + mostPages(growth, used);
    if (this.#copying) this.#checkFree((least - used) * pageSize);
    const { size } = fstatSync(this.#file);
    if (size >= least * pageSize) return;
    const step = Math.max(LEAST_STEP, Math.min(MOST_STEP, Math.ceil(used / 8)));
    this.#lengthen(size, least * pageSize, (least + step) * pageSize);
  }

  #checkFree(bytes: number): void {
    const { bavail, bsize } = statfsSync(this.#path);
    if (bavail * bsize < bytes) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  }

  /** Writes zeros at the end of the file up to `to`; `least` will do when there is no room for more. */
  #lengthen(from: number, least: number, to: number): void {
    let at = from;
    try {
      while (at < to) at += writeSync(this.#file, ZEROS, 0, Math.min(ZEROS.length, to - at), at);
    } catch (error) {
      if (at < least) throw error;
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}
