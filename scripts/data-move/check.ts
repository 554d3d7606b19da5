/** Verifies that a store is whole: every document can be read, counts agree, indexes and documents agree both ways. */
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Collection, Document } from 'mongodb';
import type { CheckedCollection, CheckedStore } from '../../src/storage/embedded/disk/check.ts';
import { checkFolder } from '../../src/storage/embedded/engine.ts';
import { copyStore } from './copy.ts';
import type { Phase } from './export.ts';
import { cannotCheck, damaged, storeMissing } from './messages.ts';
import { partialOf, removeAbandoned } from './partial.ts';
import { databasesOf, hasStore, isInUse, type Place } from './place.ts';

/** Told how much is done, and of how much. */
type Told = (done: number, total: number) => void;

/**
 * Checks an embedded store; one that another process has open through a copy of it as it is now, made beside it.
 * @throws DataError store_missing
 */
export async function checkStoreIn(folder: string, told: { copying: Told; checking: Told }): Promise<CheckedStore> {
  if (!hasStore(folder)) throw storeMissing(folder);
  try {
    return await checkFolder(folder, told.checking);
  } catch (error) {
    if (!isInUse(error)) throw error;
  }
  const path = resolve(folder);
  await removeAbandoned(path);
  const copy = partialOf(path);
  try {
    await copyStore(folder, copy, told.copying);
    return await checkFolder(copy, told.checking);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/**
 * Checks a MongoDB by its own `validate`, which holds each collection locked while it looks at it.
 * @throws DataError cannot_check when the account or the server does not allow it
 */
export async function checkPlace(place: Place, only: string | undefined, phase: Phase): Promise<CheckedStore> {
  const found: Collection[] = [];
  for (const name of await databasesOf(place, only)) {
    const db = place.client.db(name);
    for (const { name: collection, type } of await db.listCollections({}, { nameOnly: true }).toArray()) {
      if (type !== 'view' && !collection.startsWith('system.')) found.push(db.collection(collection));
    }
  }
  const collections: CheckedCollection[] = [];
  const course = phase('检查', found.length);
  try {
    for (const { db, collectionName, namespace } of found) {
      course.signal.throwIfAborted();
      const reply = await db.command({ validate: collectionName, full: true }).catch((error: Error) => {
        throw cannotCheck(namespace, error.message);
      });
      collections.push(resultOf(namespace, reply));
      course.step(1);
    }
  } finally {
    course.end();
  }
  return { collections, faults: [] };
}

function resultOf(namespace: string, reply: Document): CheckedCollection {
  // A sharded cluster answers shard by shard.
  const answers = reply.raw === undefined ? [reply] : Object.values(reply.raw as Record<string, Document>);
  const faults = answers.flatMap(({ valid, errors }) => {
    const told = ((errors ?? []) as unknown[]).map(String);
    return valid === true ? [] : told.length > 0 ? told : ['not valid'];
  });
  const indexes = answers.flatMap(({ keysPerIndex }) =>
    Object.entries((keysPerIndex ?? {}) as Record<string, number>).map(([name, entries]) => ({ name, entries })),
  );
  return { namespace, records: answers.reduce((sum, { nrecords }) => sum + Number(nrecords ?? 0), 0), indexes, faults };
}

/** Throws DataError damaged, which names what is not whole, unless all is well. */
export function refuseDamage({ collections, faults }: CheckedStore): void {
  const bad = collections.filter((one) => one.faults.length > 0).map(({ namespace }) => namespace);
  if (faults.length > 0) bad.push('存储文件');
  if (bad.length > 0) throw damaged(bad);
}
