import { expect } from 'vitest';
import type { Document } from '../../../src/storage/embedded/values/bson.ts';
import { compileFilter } from '../../../src/storage/embedded/values/matcher.ts';
import { stored } from './arbitraries.ts';

/** A filter, the documents it finds and those it does not. */
export type Row = readonly [filter: Document, yes: readonly Document[], no: readonly Document[]];

/** Each row is a filter, the documents it finds and those it does not. */
export function finds(rows: readonly Row[]): void {
  for (const [filter, yes, no] of rows) {
    const { test } = compileFilter(stored(filter));
    for (const document of yes) expect([filter, document, test(stored(document))]).toEqual([filter, document, true]);
    for (const document of no) expect([filter, document, test(stored(document))]).toEqual([filter, document, false]);
  }
}

/** How a filter is refused, as "code text". */
export const refusedWith = (filter: Document) => {
  try {
    compileFilter(filter);
  } catch (error) {
    const { code, message } = error as { code: number; message: string };
    return `${code} ${message}`;
  }
  return 'accepted';
};
