import { readAggregate, type Table } from './aggregate.ts';
import { moveByClock } from './clockwork.ts';
import type { House } from './house.ts';
import type { Aggregate } from './moves.ts';

/** The authors of a duplicate, who keep hearing how the document it was merged into goes. */
export interface Follower {
  id: string;
  number: number;
  authors: string[];
}

/** What may be merged into another of its kind; each leads to a lower number. */
export type Mergeable = Aggregate & {
  number: number;
  authors: string[];
  mergedInto?: { id: string; number: number };
  /** The one merged into knows its new followers; until then the clock sees to it. */
  settled?: boolean;
  mergedFrom?: Follower[];
};

/**
 * Makes the document merged into know the authors of the one merged (its move `absorb`), then marks this as done (`settle`).
 * Each step may be repeated: a crash between them is made good by the clock, which finds the document unsettled.
 */
export async function settleMerge<D extends Mergeable, S extends string, F extends object>(
  house: House,
  table: Table<D, S, Partial<F>>,
  doc: D,
  now: Date,
): Promise<D> {
  if (doc.settled || !doc.mergedInto) return doc;
  const followers = [{ id: doc._id, number: doc.number, authors: doc.authors }, ...(doc.mergedFrom ?? [])];
  const target = await standing(table, doc.mergedInto.id);
  if (target) {
    const absorb = { move: 'absorb', input: { followers } };
    await moveByClock(house, table, target._id, absorb, { now, key: `absorb:${doc._id}`, facts: {} });
  }
  return moveByClock(house, table, doc._id, { move: 'settle', input: {} }, { now, key: 'settle', facts: {} });
}

/** It is merged whatever comes of telling the other; what could not be done now, the clock does. */
export async function settledOrLeft<D extends Mergeable, S extends string, F extends object>(
  house: House,
  table: Table<D, S, Partial<F>>,
  doc: D,
  now: Date,
): Promise<D> {
  try {
    return await settleMerge(house, table, doc, now);
  } catch (error) {
    house.log.warn({ document: doc._id, err: error }, 'a merge is left for the clock to settle');
    return doc;
  }
}

/** The document at the end of a chain of merges. Each leads to a lower number, so there is an end. */
export async function standing<D extends Mergeable>(
  table: Pick<Table<D, string, never>, 'model'>,
  id: string,
): Promise<D | undefined> {
  const doc = await readAggregate(table.model, id);
  return doc?.mergedInto ? standing(table, doc.mergedInto.id) : doc;
}

/** Those of these followers whom a document does not know yet. Pure. */
export function newFollowers(doc: Pick<Mergeable, 'mergedFrom'>, followers: readonly Follower[]): Follower[] {
  const known = new Set((doc.mergedFrom ?? []).map((follower) => follower.id));
  return followers.filter((follower) => !known.has(follower.id));
}
