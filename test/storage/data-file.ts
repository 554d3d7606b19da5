import { closeSync, openSync, truncateSync } from 'node:fs';
import { readHeader } from '../../src/storage/embedded/disk/pages.ts';

/** Takes off the room kept at the end of a data file nobody is writing to, so that each byte of it belongs to a page. */
export function cutToPages(file: string): void {
  const open = openSync(file, 'r');
  try {
    const { lastPage, pageSize } = readHeader(open);
    truncateSync(file, (lastPage + 1) * pageSize);
  } finally {
    closeSync(open);
  }
}
