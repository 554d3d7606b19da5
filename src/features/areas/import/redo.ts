/**
 * All or nothing without transactions: a redo log. The rows of an import, complete and resolved to document ids, are first
 * staged in `import_chunks`; one write then turns the import from `staging` to `committed`; only after that are they
 * written to their collection, each row so that writing it again changes nothing.
 *
 * A crash before the turn leaves nothing but a staging, which is discarded half an hour later: until then it may be another
 * process's that is still at it. A crash after it leaves some rows written and the rest staged: `resumeImports` writes them
 * all again. It runs before every import and every five minutes (job `areas.imports`), so "half imported" lasts until the
 * house is up again and never longer.
 */
import type { mongo } from 'mongoose';
import mongoose from 'mongoose';
import { newId } from '../../../core/aggregate.ts';
import type { House } from '../../../core/house.ts';
import { MINUTE } from '../../../core/time.ts';
import { sealPlace } from '../../../core/vault.ts';
import { importInterrupted } from './errors.ts';

/** One row to write. */
export interface Write {
  id: string;
  isNew: boolean;
  /** Fields the row gives. */
  set: Record<string, unknown>;
  /** Fields only a new document gets. */
  first: Record<string, unknown>;
  /** Members to add to arrays unless they are there. */
  add?: Record<string, unknown[]>;
  /**
   * A unique field besides the id: should somebody else have added its value meanwhile, the row goes to that document, and
   * its `sealed` fields, which open only in the document they were sealed for, are sealed again.
   */
  same?: { field: string; value: string; sealed: readonly string[] };
}

export interface ImportRecord {
  _id: string;
  collectionName: string;
  /** `discarded` only while its chunks are being removed. */
  state: 'staging' | 'committed' | 'applied' | 'discarded';
  rows: number;
  by: string;
  at: Date;
}

interface ImportChunk {
  _id: string;
  import: string;
  number: number;
  writes: Write[];
}

/** Much longer than staging the largest file takes. */
const ABANDONED_MS = 30 * MINUTE;

/** A chunk stays far below the 16 MB of one document. */
const CHUNK_ROWS = 500;

export const importSchema = new mongoose.Schema(
  {
    _id: { type: String, required: true },
    collectionName: { type: String, required: true },
    state: { type: String, required: true },
    rows: { type: Number, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { versionKey: false, autoIndex: false },
);
importSchema.index({ state: 1 });

export const importChunkSchema = new mongoose.Schema(
  {
    _id: { type: String, required: true },
    import: { type: String, required: true },
    number: { type: Number, required: true },
    writes: { type: [mongoose.Schema.Types.Mixed], required: true },
  },
  { versionKey: false, minimize: false, autoIndex: false },
);
importChunkSchema.index({ import: 1, number: 1 });

const records = (house: House) => raw<ImportRecord>(house, 'imports');
const chunks = (house: House) => raw<ImportChunk>(house, 'import_chunks');

/** The driver's own collection: rows are exact already, and thousands of them need no casting. */
function raw<D extends { _id: string }>(house: House, name: string): mongo.Collection<D> {
  return house.model<D>(name).collection as unknown as mongo.Collection<D>;
}

/**
 * Writes all rows or none.
 * @throws HaolinError import_interrupted when another process discarded the staging: nothing was written
 */
export async function writeAll(
  house: House,
  collectionName: string,
  writes: readonly Write[],
  by: string,
  progress: (done: number) => void,
): Promise<void> {
  const record: ImportRecord = {
    _id: newId(),
    collectionName,
    state: 'staging',
    rows: writes.length,
    by,
    at: house.clock.now(),
  };
  await records(house).insertOne(record);
  for (let number = 0; number * CHUNK_ROWS < writes.length; number += 1) {
    const part = writes.slice(number * CHUNK_ROWS, (number + 1) * CHUNK_ROWS);
    await chunks(house).insertOne({
      _id: `${record._id}:${number}`,
      import: record._id,
      number,
      writes: part,
    });
  }
  // The turn: before this write nothing has happened, after it everything will.
  const turned = await records(house).updateOne(
    { _id: record._id, state: 'staging' },
    { $set: { state: 'committed' } },
  );
  if (turned.matchedCount !== 1) {
    await chunks(house).deleteMany({ import: record._id });
    throw importInterrupted();
  }
  await apply(house, record, progress);
}

/** Finishes imports that a crash interrupted after their turn and discards those it interrupted before. */
export async function resumeImports(house: House): Promise<{ finished: number; discarded: number }> {
  const open = await unfinishedImports(house);
  let finished = 0;
  let discarded = 0;
  for (const record of open) {
    if (record.state === 'committed') {
      await apply(house, record, () => undefined);
      finished += 1;
    } else if (await discard(house, record)) {
      discarded += 1;
    }
  }
  return { finished, discarded };
}

/** False when its own process turned the staging in this very moment. */
async function discard(house: House, { _id }: ImportRecord): Promise<boolean> {
  const unturned = { _id, state: { $in: ['staging' as const, 'discarded' as const] } };
  const { matchedCount } = await records(house).updateOne(unturned, { $set: { state: 'discarded' } });
  if (matchedCount === 0) return false;
  await chunks(house).deleteMany({ import: _id });
  await records(house).deleteOne({ _id });
  return true;
}

/** Imports that somebody has to finish or to discard. */
export async function unfinishedImports(house: House): Promise<ImportRecord[]> {
  const abandoned = new Date(house.clock.now().getTime() - ABANDONED_MS);
  return records(house)
    .find({ $or: [{ state: { $in: ['committed', 'discarded'] } }, { state: 'staging', at: { $lte: abandoned } }] })
    .toArray();
}

async function apply(house: House, record: ImportRecord, progress: (done: number) => void): Promise<void> {
  const { collectionName } = record;
  let done = 0;
  for await (const { writes } of chunks(house).find({ import: record._id }).sort({ number: 1 })) {
    await applyChunk(house, collectionName, writes);
    for (const write of writes) {
      if (!write.isNew) await house.coordination.publish(collectionName, { id: write.id });
    }
    done += writes.length;
    progress(done);
  }
  await house.coordination.publish(collectionName, { imported: record.rows });
  // In this order a crash leaves a committed import with less to write again, never rows that nobody remembers.
  await chunks(house).deleteMany({ import: record._id });
  await records(house).updateOne({ _id: record._id }, { $set: { state: 'applied' } });
}

async function applyChunk(house: House, collectionName: string, writes: readonly Write[]): Promise<void> {
  const collection = raw<{ _id: string }>(house, collectionName);
  let left = [...writes];
  // The second round is for rows that met somebody else's new document in the first.
  for (let round = 0; left.length > 0; round += 1) {
    const due = round === 0 ? left : await Promise.all(left.map((write) => elsewhere(house, collectionName, write)));
    const operations = due.map((write) => ({ updateOne: operation(write) }));
    try {
      await collection.bulkWrite(operations, { ordered: false });
      return;
    } catch (error) {
      const { writeErrors } = error as { writeErrors?: { index: number; code: number }[] };
      if (!writeErrors || round > 0 || writeErrors.some(({ code }) => code !== 11000)) throw error;
      left = writeErrors.flatMap(({ index }) => left[index] ?? []);
    }
  }
}

/** The same row for the document that has its unique value already. */
async function elsewhere(house: House, collectionName: string, write: Write): Promise<Write> {
  const { same, set } = write;
  const other = same && (await raw<{ _id: string }>(house, collectionName).findOne({ [same.field]: same.value }));
  if (!same || !other) return write;
  const { vault } = house;
  const moved = same.sealed.flatMap((field) => {
    const text = set[field];
    if (typeof text !== 'string') return [];
    const clear = vault.open(text, sealPlace(collectionName, write.id, field));
    return [[field, vault.seal(clear, sealPlace(collectionName, other._id, field))]];
  });
  return { ...write, id: other._id, set: { ...set, ...Object.fromEntries(moved) } };
}

function operation({ id, set, first, add }: Write) {
  const update = {
    $set: set,
    ...(Object.keys(first).length === 0 ? {} : { $setOnInsert: first }),
    ...(add === undefined
      ? {}
      : { $addToSet: Object.fromEntries(Object.entries(add).map(([field, all]) => [field, { $each: all }])) }),
  };
  return { filter: { _id: id }, update, upsert: true };
}
