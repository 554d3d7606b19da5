/** The place an export goes into: what must be there before documents come, what may only be there after. */
import type { Db, Document } from 'mongodb';
import { type Described, describe, expires, type Metadata, revived, sameSettings } from './catalog.ts';
import { databaseMissing, databaseUnclear, optionsDiffer, refusedByTarget, settingsDiffer } from './messages.ts';
import type { Place } from './place.ts';

/** One database on its way: as it was exported, and where it goes. */
export interface Move<D> {
  from: D;
  db: Db;
}

/**
 * Which database goes where. One that the target's address names takes the only one there is, whatever its name.
 * @throws DataError database_missing, database_unclear
 */
export function movesTo<D extends { name: string }>(
  place: Place,
  exported: readonly D[],
  only: string | undefined,
): Move<D>[] {
  const chosen = only === undefined ? exported : exported.filter(({ name }) => name === only);
  if (only !== undefined && chosen.length === 0) throw databaseMissing(only);
  if (place.database !== undefined && chosen.length > 1) throw databaseUnclear(chosen.map(({ name }) => name));
  return chosen.map((from) => ({ from, db: place.client.db(place.database ?? from.name) }));
}

/** The first collection that has a document, as `database.collection`; undefined when there is none. */
export async function firstFull(db: Db): Promise<string | undefined> {
  for (const { name, type } of await db.listCollections({}, { nameOnly: true }).toArray()) {
    if (type === 'view' || name.startsWith('system.')) continue;
    if ((await db.collection(name).findOne({}, { projection: { _id: 1 } })) !== null)
      return `${db.databaseName}.${name}`;
  }
  return undefined;
}

/**
 * Makes the collections, their indexes and the views. Indexes that let documents expire are left for the end: till both
 * sides are compared nothing may vanish. When something is refused, what was made here is removed again.
 * @throws DataError options_differ, refused_by_target
 */
export async function prepare(db: Db, { collections }: Metadata): Promise<void> {
  const names = new Set(collections.map(({ name }) => name));
  const there = (await describe(db, (name) => names.has(name))).collections;
  for (const one of collections) {
    const same = there.find(({ name }) => name === one.name);
    if (same !== undefined && (same.type !== one.type || !sameSettings(same.options, one.options)))
      throw optionsDiffer(`${db.databaseName}.${one.name}`);
  }
  const made: string[] = [];
  try {
    // Views come after what they look at.
    for (const one of collections.toSorted((a, b) => Number(a.type === 'view') - Number(b.type === 'view'))) {
      if (!there.some(({ name }) => name === one.name)) {
        await ask(db, one, { create: one.name, ...revived(one.options) });
        made.push(one.name);
      }
      await index(db, one, (spec) => !expires(spec));
    }
  } catch (error) {
    for (const name of made.reverse()) await db.dropCollection(name);
    throw error;
  }
}

/**
 * Makes the indexes that let documents expire, and sees that every collection is as it was described.
 * @throws DataError refused_by_target, settings_differ
 */
export async function complete(db: Db, { collections }: Metadata): Promise<void> {
  for (const one of collections) await index(db, one, expires);
  const names = new Set(collections.map(({ name }) => name));
  const there = (await describe(db, (name) => names.has(name))).collections;
  for (const wanted of collections) {
    const found = there.find(({ name }) => name === wanted.name);
    if (found === undefined || !hasAll(found, wanted)) throw settingsDiffer(`${db.databaseName}.${wanted.name}`);
  }
}

function hasAll(found: Described, wanted: Described): boolean {
  return (
    found.type === wanted.type &&
    sameSettings(found.options, wanted.options) &&
    wanted.indexes.every((index) => found.indexes.some((one) => sameSettings(one, index)))
  );
}

async function index(db: Db, one: Described, wanted: (index: Record<string, unknown>) => boolean): Promise<void> {
  const indexes = one.indexes.filter(wanted).map(revived);
  if (indexes.length > 0) await ask(db, one, { createIndexes: one.name, indexes });
}

async function ask(db: Db, { name }: Described, command: Document): Promise<void> {
  try {
    await db.command(command);
  } catch (error) {
    throw refusedByTarget(`${db.databaseName}.${name}`, error instanceof Error ? error.message : String(error));
  }
}
