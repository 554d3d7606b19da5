import type { mongo } from 'mongoose';
import type { House } from '../../src/core/house.ts';

/** Inserts the documents that are not there yet (by id); those that are stay as they are. */
export async function insertMissing(house: House, model: string, documents: { _id: string }[]): Promise<void> {
  if (documents.length === 0) return;
  const collection = house.model(model).collection as unknown as mongo.Collection<{ _id: string }>;
  try {
    await collection.insertMany(documents, { ordered: false });
  } catch (error) {
    const { writeErrors = [] } = error as { writeErrors?: { code: number; errmsg?: string }[] };
    const onlyThere = writeErrors.every(({ code, errmsg = '' }) => code === 11000 && errmsg.includes('_id_'));
    if (writeErrors.length === 0 || !onlyThere) throw error;
  }
}
