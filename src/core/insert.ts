import type { mongo } from 'mongoose';
import mongoose from 'mongoose';
import { gather } from './gather.ts';

const DUPLICATE_KEY = 11_000;

/** Whether a write was refused because what it names is there already. */
export const isDuplicate = (error: unknown): boolean => (error as { code?: unknown }).code === DUPLICATE_KEY;

/**
 * Inserts those documents whose `_id` is not taken yet.
 * @returns how many that were
 */
export async function insertNew<D extends { _id: string }>(
  collection: mongo.Collection<D>,
  documents: readonly D[],
): Promise<number> {
  if (documents.length === 0) return 0;
  try {
    const { insertedCount } = await collection.insertMany(documents as mongo.OptionalUnlessRequiredId<D>[], {
      ordered: false,
    });
    return insertedCount;
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error;
    const refused = [error.writeErrors].flat();
    if (!refused.every((one) => one.code === DUPLICATE_KEY)) throw error;
    return error.insertedCount;
  }
}

/**
 * Makes a function that inserts a document, gathered into one command with what others insert at about the same time.
 * Each of them goes in, or does not, by itself.
 * @returns whether it went in; `false` when its `_id` is taken
 */
export function gatherInserts<D extends { _id: string }>(
  collection: mongo.Collection<D>,
): (document: D) => Promise<boolean> {
  const insert = gather(async (documents: D[]): Promise<(mongo.WriteError | undefined)[]> => {
    try {
      await collection.insertMany(documents as mongo.OptionalUnlessRequiredId<D>[], { ordered: false });
      return documents.map(() => undefined);
    } catch (error) {
      if (!(error instanceof mongoose.mongo.MongoBulkWriteError) || error.result.getWriteConcernError()) throw error;
      const refused = new Map([error.writeErrors].flat().map((one) => [one.index, one]));
      return documents.map((_document, at) => refused.get(at));
    }
  });
  return async (document) => {
    const refusal = await insert(document);
    if (refusal === undefined) return true;
    if (refusal.code === DUPLICATE_KEY && refusal.errmsg?.includes(' index: _id_ ')) return false;
    throw new mongoose.mongo.MongoServerError({ message: refusal.errmsg ?? 'not inserted', code: refusal.code });
  };
}
