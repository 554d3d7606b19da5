/**
 * Ways in which LMDB looks for free pages. By the first each transaction takes from the latest lists of them, as LMDB itself
 * does, and keeps none for the next. lmdb-js would rather keep up to 75,000 pages and write what changed of their list, which
 * costs four times as much once a file is well used. Both go wrong now and then on a file of some gigabytes, in the middle
 * of a commit ("Invalid zero size key", "reserved freelist had a data entry with zero-size"; of this kind are
 * github.com/kriszyp/lmdb-js/issues/321 and github.com/HarperFast/harper/issues/689): then the next way is taken.
 */
export const FREE_PAGES = [
  { maxFreeSpaceToRetain: 0, maxFreeSpaceToLoad: 2_000 },
  { maxFreeSpaceToRetain: 75_000, maxFreeSpaceToLoad: 50_000 },
  { maxFreeSpaceToRetain: 0, maxFreeSpaceToLoad: 1 },
] as const;
export type FreePages = (typeof FREE_PAGES)[number];

/** LMDB's own errors have these numbers. */
const LEAST_FAULT = -30_799;
const MOST_FAULT = -30_779;
/** MDB_PANIC, MDB_MAP_FULL: it was the disk after all. */
const OF_THE_DISK: ReadonlySet<unknown> = new Set([-30_795, -30_792]);

/** Whether LMDB itself failed, not the disk below it. */
export function isOwnFault(error: Error): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'number' && code >= LEAST_FAULT && code <= MOST_FAULT && !OF_THE_DISK.has(code);
}
