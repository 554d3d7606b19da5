/** Writes everything a place has into a folder; killed and started again, it goes on where it was. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Collection } from 'mongodb';
import { z } from 'zod';
import { type Described, describe, type Metadata } from './catalog.ts';
import { type Course, compareFile } from './compare.ts';
import {
  documentsOf,
  type ExportedCollection,
  type ExportedDatabase,
  type ExportedFile,
  fileNames,
  MANIFEST,
  type Manifest,
  partSchema,
  sha256Of,
  syncFolder,
  writeJson,
} from './files.ts';
import { alreadyExported, changedDuringExport, differsAfterExport, folderNotEmpty, otherSource } from './messages.ts';
import { databasesOf, type Place } from './place.ts';
import { isIntact, startOver, type Written, writeOut } from './write-out.ts';

const CHECKPOINT = 'export.checkpoint.json';
/** A copy of a store in use, from which its export is made. */
export const SNAPSHOT = 'snapshot';

const checkpointSchema = z.object({
  format: z.literal('haolin-export/1'),
  from: z.string(),
  collections: z.array(
    z.object({
      database: z.string(),
      name: z.string(),
      file: z.string(),
      files: z.array(partSchema),
      last: z.string().optional(),
      done: z.boolean(),
    }),
  ),
});

/** How far an export is. */
type Checkpoint = z.infer<typeof checkpointSchema>;

/**
 * Takes a folder for an export from `from`: an empty one, or one where such an export was left unfinished. Returns how far
 * that was.
 * @throws DataError already_exported, folder_not_empty, other_source
 */
export async function takeFolder(folder: string, from: string): Promise<Checkpoint> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, CHECKPOINT);
  if (existsSync(join(folder, MANIFEST))) {
    await removeTraces(folder);
    throw alreadyExported(folder);
  }
  if (existsSync(path)) {
    const checkpoint = checkpointSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    if (checkpoint.from !== from) throw otherSource(folder, checkpoint.from);
    return checkpoint;
  }
  if ((await readdir(folder)).some((name) => name !== `${CHECKPOINT}.new`)) throw folderNotEmpty(folder);
  const checkpoint: Checkpoint = { format: 'haolin-export/1', from, collections: [] };
  await writeJson(path, checkpoint);
  return checkpoint;
}

async function removeTraces(folder: string): Promise<void> {
  await rm(join(folder, SNAPSHOT), { recursive: true, force: true });
  await rm(join(folder, CHECKPOINT), { force: true });
}

/** Shows the phases of a long work. `total` is the number of documents as far as it is known beforehand. */
export type Phase = (title: string, total: number) => Course & { end(): void };

/**
 * Exports all of `place` into a folder that was taken for it, compares both, and completes the export by its manifest.
 * @param about `madeAt`: when the export was begun, as the manifest will say; `only`: the one database wanted
 * @throws DataError kind_unsupported, unsayable, odd_id; differs when the two are not the same at the end
 */
export async function exportAll(
  place: Place,
  folder: string,
  checkpoint: Checkpoint,
  phase: Phase,
  about: { madeAt: Date; only: string | undefined },
): Promise<Manifest> {
  const described = await describeAll(place, about.only);
  const names = fileNames(described.map(({ database }) => database));
  checkpoint.collections = await plan(folder, checkpoint.collections, described, names);
  const save = () => writeJson(join(folder, CHECKPOINT), checkpoint);
  await save();
  await write(place, folder, checkpoint.collections, described, save, phase);
  const { exported, wrong } = await compare(place, folder, checkpoint.collections, described, phase);
  for (const one of wrong) await startOver(folder, one);
  await save();
  if (wrong.length > 0) throw differsAfterExport(wrong.map(({ database, name }) => `${database}.${name}`));
  if (JSON.stringify(await describeAll(place, about.only)) !== JSON.stringify(described)) throw changedDuringExport();
  const databases: ExportedDatabase[] = [];
  for (const metadata of described) {
    const file = `${names.get(metadata.database)}/metadata.json`;
    await writeJson(join(folder, file), metadata);
    databases.push({
      name: metadata.database,
      metadata: { file, sha256: await sha256Of(join(folder, file)) },
      collections: exported
        .filter(({ database }) => database === metadata.database)
        .map(({ collection }) => collection),
    });
  }
  const manifest: Manifest = {
    format: 'haolin-data/1',
    from: checkpoint.from,
    madeAt: about.madeAt.toISOString(),
    databases,
  };
  await writeJson(join(folder, MANIFEST), manifest);
  await removeTraces(folder);
  await syncFolder(folder);
  return manifest;
}

async function describeAll(place: Place, only: string | undefined): Promise<Metadata[]> {
  const described: Metadata[] = [];
  for (const name of await databasesOf(place, only)) described.push(await describe(place.client.db(name)));
  return described;
}

/** What is to be written: what an earlier run wrote and still holds, and everything else from its beginning. */
async function plan(
  folder: string,
  before: readonly Written[],
  described: readonly Metadata[],
  names: ReadonlyMap<string, string>,
): Promise<Written[]> {
  const planned: Written[] = [];
  for (const { database, collections } of described) {
    const own = collections.filter(({ type }) => type === 'collection').map(({ name }) => name);
    for (const [name, begins] of fileNames(own)) {
      const file = `${names.get(database)}/${begins}`;
      const kept = before.find((one) => one.database === database && one.name === name && one.file === file);
      if (kept !== undefined && !(await isIntact(folder, kept))) await startOver(folder, kept);
      planned.push(kept ?? { database, name, file, files: [], done: false });
    }
  }
  for (const one of before) if (!planned.some(({ file }) => file === one.file)) await startOver(folder, one);
  return planned;
}

async function write(
  place: Place,
  folder: string,
  planned: readonly Written[],
  described: readonly Metadata[],
  save: () => Promise<void>,
  phase: Phase,
): Promise<void> {
  let total = 0;
  for (const one of planned) total += await collectionOf(place, one).estimatedDocumentCount();
  const course = phase('导出', total);
  try {
    for (const one of planned) {
      const order =
        describedOf(described, one).options.capped === true ? ({ $natural: 1 } as const) : ({ _id: 1 } as const);
      if (one.done) course.step(documentsOf(one.files));
      else await writeOut(collectionOf(place, one), folder, one, order, save, course);
    }
  } finally {
    course.end();
  }
}

interface Exported {
  database: string;
  collection: ExportedCollection;
}

async function compare(
  place: Place,
  folder: string,
  planned: readonly Written[],
  described: readonly Metadata[],
  phase: Phase,
): Promise<{ exported: Exported[]; wrong: Written[] }> {
  const exported: Exported[] = [];
  const wrong: Written[] = [];
  const course = phase(
    '核对',
    planned.reduce((sum, one) => sum + documentsOf(one.files), 0),
  );
  try {
    for (const one of planned) {
      const collection = collectionOf(place, one);
      const { indexes } = describedOf(described, one);
      const files: ExportedFile[] = [];
      let there = 0;
      let same = true;
      for (const part of one.files) {
        const found = await compareFile(join(folder, part.file), collection, indexes, course);
        files.push({ ...part, sha256: found.sha256 });
        there += found.documents - found.expired;
        same &&= found.documents === part.documents && found.missing.length + found.different.length === 0;
      }
      if (same && there === (await collection.countDocuments())) {
        exported.push({ database: one.database, collection: { name: one.name, files } });
      } else wrong.push(one);
    }
  } finally {
    course.end();
  }
  return { exported, wrong };
}

function collectionOf(place: Place, { database, name }: Written): Collection {
  return place.client.db(database).collection(name);
}

function describedOf(described: readonly Metadata[], { database, name }: Written): Described {
  const found = described.find((one) => one.database === database)?.collections.find((one) => one.name === name);
  if (found === undefined) throw new Error(`${database}.${name} was not described`);
  return found;
}
