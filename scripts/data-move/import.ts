/** Brings an export into a place; killed and started again, it goes on where it was. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Collection } from 'mongodb';
import { z } from 'zod';
import { type Metadata, readMetadata } from './catalog.ts';
import { type Compared, type Course, compareFile, groupsOf, showId } from './compare.ts';
import type { Phase } from './export.ts';
import {
  documentsOf,
  type ExportedDatabase,
  type ExportedFile,
  Interval,
  type Kept,
  MANIFEST,
  type Manifest,
  sha256Of,
  writeJson,
} from './files.ts';
import { conflict, differsAfterImport, keyTaken, refusedByTarget, targetNotEmpty } from './messages.ts';
import type { Place } from './place.ts';
import { fetchRaw, idOf, insertRaw } from './raw.ts';
import { complete, firstFull, type Move, movesTo, prepare } from './target.ts';

const progressSchema = z.object({
  format: z.literal('haolin-import/1'),
  target: z.string(),
  /** The sha256 of the manifest: which export it is. */
  manifest: z.string(),
  intoExisting: z.boolean(),
  /** Of each file how many of its bytes are in the target. */
  taken: z.record(z.string(), z.number().int()),
});

/** How far an import is, kept beside the export. */
type ImportProgress = z.infer<typeof progressSchema>;

/** What an import is asked to do. */
export interface ImportWishes {
  /** The one database of the export that is wanted. */
  only: string | undefined;
  /** Whether the target may have documents already. */
  intoExisting: boolean;
}

/** What an import did. */
export interface Imported {
  databases: readonly { from: string; to: string }[];
  collections: number;
  documents: number;
}

/** A database on its way, with its metadata. */
type Moved = Move<ExportedDatabase> & { metadata: Metadata };

/**
 * Imports the export in `folder`, which was read by `readExport`, into `place` and compares both. A document that is there
 * already, byte for byte, is left alone; nothing is ever overwritten.
 * @throws DataError target_not_empty, conflict and more before anything is written; key_taken, refused_by_target, differs,
 * settings_differ later, when another run goes on from there
 */
export async function importAll(
  place: Place,
  folder: string,
  manifest: Manifest,
  wishes: ImportWishes,
  phase: Phase,
): Promise<Imported> {
  const moved: Moved[] = [];
  for (const move of movesTo(place, manifest.databases, wishes.only)) {
    moved.push({ ...move, metadata: readMetadata(await readFile(join(folder, move.from.metadata.file), 'utf8')) });
  }
  const path = join(folder, `import-${digest(place.name).slice(0, 12)}.checkpoint.json`);
  const fresh: ImportProgress = {
    format: 'haolin-import/1',
    target: place.name,
    manifest: await sha256Of(join(folder, MANIFEST)),
    intoExisting: wishes.intoExisting,
    taken: {},
  };
  const progress = await takeTarget(path, fresh, moved, folder, phase);
  for (const { db, metadata } of moved) await prepare(db, metadata);
  const save = () => writeJson(path, progress);
  await save();
  await load(moved, folder, progress, save, phase);
  const wrong = await compare(moved, folder, progress, phase);
  if (wrong.length > 0) {
    await save();
    throw differsAfterImport(wrong);
  }
  for (const { db, metadata } of moved) await complete(db, metadata);
  await rm(path);
  const collections = moved.flatMap(({ from }) => from.collections);
  return {
    databases: moved.map(({ from, db }) => ({ from: from.name, to: db.databaseName })),
    collections: collections.length,
    documents: collections.reduce((sum, { files }) => sum + documentsOf(files), 0),
  };
}

/** Sees that the target may be written to, and returns how far an earlier run came with it. */
async function takeTarget(
  path: string,
  fresh: ImportProgress,
  moved: readonly Moved[],
  folder: string,
  phase: Phase,
): Promise<ImportProgress> {
  let full: string | undefined;
  for (const { db } of moved) full ??= await firstFull(db);
  // An emptied target begins anew, whatever an earlier run put there.
  if (full === undefined) return fresh;
  if (existsSync(path)) {
    const before = progressSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    if (before.manifest === fresh.manifest && before.target === fresh.target) return before;
  }
  if (!fresh.intoExisting) throw targetNotEmpty(full);
  await refuseConflicts(moved, folder, phase);
  return fresh;
}

async function refuseConflicts(moved: readonly Moved[], folder: string, phase: Phase): Promise<void> {
  await eachFile(moved, '查重', phase, async (collection, { file }, course) => {
    for await (const group of groupsOf(join(folder, file), course)) {
      await refuseOthers(collection, group);
      course.step(group.length);
    }
  });
}

/** Refuses when the collection has other documents under the ids of these. Returns the ids it has. */
async function refuseOthers(collection: Collection, group: readonly Kept[]): Promise<ReadonlySet<string>> {
  const ids = group.map(({ bytes }) => idOf(bytes));
  const there = await fetchRaw(
    collection,
    ids.filter((id) => id !== undefined),
  );
  for (const [n, { bytes }] of group.entries()) {
    const id = ids[n];
    const stored = id === undefined ? undefined : there.get(id.key);
    if (stored !== undefined && Buffer.compare(stored, bytes) !== 0) throw conflict(collection.namespace, showId(id));
  }
  return new Set(there.keys());
}

async function load(
  moved: readonly Moved[],
  folder: string,
  progress: ImportProgress,
  save: () => Promise<void>,
  phase: Phase,
): Promise<void> {
  const interval = new Interval();
  await eachFile(moved, '导入', phase, async (collection, { file, documents }, course) => {
    const start = progress.taken[file] ?? 0;
    let left = documents;
    for await (const group of groupsOf(join(folder, file), course, start)) {
      await put(collection, group);
      const end = group.at(-1)?.end ?? start;
      const bytes = end - (progress.taken[file] ?? 0);
      progress.taken[file] = end;
      left -= group.length;
      course.step(group.length);
      if (interval.isOver(group.length, bytes)) await save();
    }
    // What an earlier run had brought in already.
    course.step(left);
    await save();
  });
}

const DUPLICATE_KEY = 11_000;

async function put(collection: Collection, group: readonly Kept[]): Promise<void> {
  const refused = await insertRaw(
    collection.db,
    collection.collectionName,
    group.map(({ bytes }) => bytes),
  );
  const other = refused.find(({ code }) => code !== DUPLICATE_KEY);
  if (other !== undefined) throw refusedByTarget(collection.namespace, other.errmsg);
  const again = refused.map(({ index }) => group[index] as Kept);
  if (again.length === 0) return;
  const there = await refuseOthers(collection, again);
  const taken = refused.find(({ index }) => !there.has(idOf((group[index] as Kept).bytes)?.key ?? ''));
  if (taken !== undefined) throw keyTaken(collection.namespace, taken.errmsg);
}

/** Compares every file with the target. Returns the collections that are not the same; a next run brings them in again. */
async function compare(
  moved: readonly Moved[],
  folder: string,
  progress: ImportProgress,
  phase: Phase,
): Promise<string[]> {
  const wrong = new Set<string>();
  const there = new Map<string, number>();
  await eachFile(moved, '核对', phase, async (collection, file, course, indexes) => {
    const found = await compareFile(join(folder, file.file), collection, indexes, course);
    there.set(collection.namespace, (there.get(collection.namespace) ?? 0) + found.documents - found.expired);
    if (!isSame(found, file)) {
      wrong.add(collection.namespace);
      delete progress.taken[file.file];
    }
  });
  if (progress.intoExisting) return [...wrong];
  for (const { from, db } of moved) {
    for (const { name } of from.collections) {
      const collection = db.collection(name);
      const { namespace } = collection;
      if ((await collection.countDocuments()) !== there.get(namespace)) wrong.add(namespace);
    }
  }
  return [...wrong];
}

function isSame(found: Compared, { documents, sha256 }: ExportedFile): boolean {
  return (
    found.documents === documents &&
    found.sha256 === sha256 &&
    found.missing.length === 0 &&
    found.different.length === 0
  );
}

/** Goes through all files of documents in one phase. */
async function eachFile(
  moved: readonly Moved[],
  title: string,
  phase: Phase,
  visit: (
    collection: Collection,
    file: ExportedFile,
    course: Course,
    indexes: readonly Record<string, unknown>[],
  ) => Promise<void>,
): Promise<void> {
  const all = moved.flatMap(({ from, db, metadata }) =>
    from.collections.map(({ name, files }) => ({
      collection: db.collection(name),
      files,
      indexes: metadata.collections.find((one) => one.name === name)?.indexes ?? [],
    })),
  );
  const course = phase(
    title,
    all.reduce((sum, { files }) => sum + documentsOf(files), 0),
  );
  try {
    for (const { collection, files, indexes } of all) {
      for (const file of files) await visit(collection, file, course, indexes);
    }
  } finally {
    course.end();
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
