import { rawCollection, readAggregate } from './aggregate.ts';
import type { House } from './house.ts';
import type { Aggregate } from './moves.ts';

/** What is written anew in a document. */
interface Rewriting {
  $set?: Record<string, unknown>;
  $unset?: Record<string, ''>;
  $push?: Record<string, object>;
}

/**
 * Brings a stored document to how it is kept now, in one write under its version: whoever moves it meanwhile reads it again,
 * and so is it read here when somebody was faster.
 * @param first as it was just read
 * @param toWrite nothing when it is so already
 * @returns whether there was anything to write
 */
export async function rewrite<D extends Aggregate>(
  house: House,
  model: string,
  first: D,
  toWrite: (doc: D) => Rewriting | undefined,
): Promise<boolean> {
  const documents = house.model<D>(model);
  for (let doc: D | undefined = first; doc; doc = await readAggregate(documents, first._id)) {
    const writing = toWrite(doc);
    if (!writing) return false;
    const { matchedCount } = await rawCollection(documents).updateOne(
      { _id: doc._id, version: doc.version },
      { ...writing, $inc: { version: 1 } },
    );
    if (matchedCount > 0) return true;
  }
  return false;
}
