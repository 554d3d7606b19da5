import type { mongo } from 'mongoose';
import mongoose from 'mongoose';

const DUPLICATE_KEY = 11_000;

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
