import { expect } from 'vitest';
import type { Document } from '../../../src/storage/embedded/values/bson.ts';
import { compileFilter } from '../../../src/storage/embedded/values/matcher.ts';
import { compileUpdate, type UpdateOptions } from '../../../src/storage/embedded/values/update.ts';
import { stored } from './arbitraries.ts';

/** The moment at which the updates of these tests happen. */
export const NOW = new Date('2026-03-01T08:00:00.000Z');

/** What an update in these tests may be given. */
export interface Given {
  readonly query?: Document;
  readonly filters?: readonly Document[];
  readonly insert?: boolean;
  readonly aggregate?: UpdateOptions['aggregate'];
}

const noPipelines = (): Document => {
  throw new Error('this test uses no pipeline');
};

/** The document after the update; both are given as a driver would send them. */
export function updated(before: Document, update: Document | readonly Document[], given: Given = {}): Document {
  const document = stored(before);
  const copy = stored(before);
  const compiled = compileUpdate(Array.isArray(update) ? update.map(stored) : stored(update as Document), {
    aggregate: given.aggregate ?? noPipelines,
    ...(given.filters === undefined ? {} : { arrayFilters: given.filters }),
  });
  const position = given.query === undefined ? undefined : compileFilter(given.query).position(document);
  const after = compiled.apply(document, {
    insert: given.insert ?? false,
    now: NOW,
    ...(position === undefined ? {} : { position }),
  });
  // Whatever happens, the given document stays as it was, and "nothing changed" is the very same object.
  expect(document).toEqual(copy);
  return after;
}

/** Asserts that the update changes nothing, which the engine tells by the very same object. */
export function unchanged(before: Document, update: Document, given: Given = {}): void {
  const document = stored(before);
  const compiled = compileUpdate(stored(update), {
    aggregate: noPipelines,
    ...(given.filters === undefined ? {} : { arrayFilters: given.filters }),
  });
  const position = given.query === undefined ? undefined : compileFilter(given.query).position(document);
  const context = { insert: false, now: NOW, ...(position === undefined ? {} : { position }) };
  expect(compiled.apply(document, context)).toBe(document);
}

/** The refusal of an update as "code text". */
export function refusal(before: Document, update: Document | readonly Document[], given: Given = {}): string {
  try {
    updated(before, update, given);
  } catch (error) {
    const { code, message } = error as { code?: number; message: string };
    return `${code} ${message}`;
  }
  return 'accepted';
}
