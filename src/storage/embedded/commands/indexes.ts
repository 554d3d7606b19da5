/** createIndexes, dropIndexes, listIndexes, collMod. */
import { type Collection, describeIndex, type Index } from '../disk/catalog.ts';
import { FoundRows } from '../query/rows.ts';
import { PAUSE, sliceSpent } from '../query/slice.ts';
import { okReply } from '../reply.ts';
import type { Document } from '../values/bson.ts';
import { CommandError, refusal } from '../values/errors.ts';
import { checkPlaces } from '../values/geo/indexable.ts';
import { compareValues } from '../values/order.ts';
import { show } from '../values/show.ts';
import { isDocument } from '../values/types.ts';
import { Partway, type Work } from '../work.ts';
import { arrayField, type Call, type Command, collectionName, ensureCollection, namedCollection } from './command.ts';
import { alreadyThere, cannotCreate, checkedSpec, collated } from './index-spec.ts';
import { checkFields } from './known-fields.ts';
import { listCursor } from './listing.ts';

const CREATE_FIELDS = new Set(['indexes', 'ignoreUnknownIndexOptions', 'commitQuorum', 'isTimeseriesNamespace']);

/** Makes indexes: all of them or none. Each is filled slice by slice while other work goes on. */
export const createIndexes: Command = {
  writes: true,
  *run(call): Work {
    checkFields(call.body, 'createIndexes', 'createIndexes', CREATE_FIELDS);
    const name = collectionName(call);
    const specs = arrayField(call.body, 'indexes') ?? [];
    if (specs.length === 0) throw new CommandError(2, 'BadValue', 'Must specify at least one index to create');
    const checked = specs.map(checkedSpec);
    const existed = call.catalog.find(call.database, name) !== undefined;
    const collection = ensureCollection(call, name);
    const numIndexesBefore = collection.indexes.length;
    const made: Index[] = [];
    const partway = new Partway({ undo: () => takeOut(call, collection, made) });
    try {
      const others = enroll(call, collection, checked, made);
      for (const index of made) if (index.building) for (const _ of build(call, collection, index)) yield partway;
      for (const index of others) for (const _ of built(collection, index)) yield partway;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      takeOut(call, collection, made);
      for (const index of made) failures.set(index, error);
      throw error;
    }
    // Queries use all of them or none.
    for (const index of made) {
      if (index.building && collection.indexes.includes(index))
        call.catalog.changeIndex(collection, index, { building: false });
    }
    const numIndexesAfter = collection.indexes.length;
    return okReply({
      numIndexesBefore,
      numIndexesAfter,
      createdCollectionAutomatically: !existed,
      ...(numIndexesAfter === numIndexesBefore ? { note: 'all indexes already exist' } : {}),
    });
  },
};

/** Why the making of an index came to nothing, for those who wait for it. */
const failures = new WeakMap<Index, CommandError>();

/**
 * Puts the indexes that are not there into the collection and into `made`; returns those that another command is making.
 * All in one go, so that whoever waits does so for those who came before, and no two for each other.
 */
function enroll(call: Call, collection: Collection, specs: readonly Document[], made: Index[]): Index[] {
  const others: Index[] = [];
  for (const given of specs) {
    const spec = collated(given, collection);
    const there = alreadyThere(collection, spec);
    if (there !== undefined) {
      if (there.building && !made.includes(there)) others.push(there);
      continue;
    }
    if (collection.indexes.length >= 64)
      throw cannotCreate('add index fails, too many indexes; at most 64 for a collection');
    const index: Index = { ...describeIndex(call.catalog.newId(), spec), building: collection.count > 0 };
    call.catalog.setIndexes(collection, [...collection.indexes, index]);
    made.push(index);
  }
  return others;
}

/** Waits until an index is made by whoever makes it; refused as that one is. */
function* built(collection: Collection, index: Index): Generator<void, void> {
  while (collection.indexes.includes(index)) {
    if (!index.building) return;
    yield;
  }
  throw failures.get(index) ?? abandoned();
}

function abandoned(): CommandError {
  return new CommandError(276, 'IndexBuildAborted', 'index was dropped while it was built');
}

function* build(call: Call, collection: Collection, index: Index): Generator<void, void> {
  const { environment, records } = call;
  const source = { environment, records, collection };
  const rows = new FoundRows(source, { kind: 'collection', reverse: false, sorted: true, exact: true }, undefined);
  try {
    for (;;) {
      const row = rows.next();
      if (row === undefined) break;
      if (row !== PAUSE) checkPlaces(row.document, index.pattern, index.spec);
      if (row !== PAUSE) records.enter(collection, index, row.record, row.document);
      if (row === PAUSE || sliceSpent()) {
        rows.suspend();
        yield;
        if (!collection.indexes.includes(index)) throw abandoned();
      }
    }
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== 11000) throw error;
    throw new CommandError(
      11000,
      'DuplicateKey',
      `Index build failed: ${collection.namespace}: ${error.message}`,
      error.extra,
    );
  } finally {
    rows.suspend();
  }
}

/** Takes indexes out of a collection, those of them that it has; it may have been dropped meanwhile. */
function takeOut({ catalog }: Call, collection: Collection, indexes: readonly Index[]): void {
  if (catalog.find(collection.database, collection.name) !== collection) return;
  const left = collection.indexes.filter((one) => !indexes.includes(one));
  if (left.length < collection.indexes.length) catalog.setIndexes(collection, left);
}

/** Removes indexes. */
export const dropIndexes: Command = {
  writes: true,
  run(call) {
    const { body, catalog } = call;
    collectionName(call);
    const collection = namedCollection(call);
    if (collection === undefined) throw refusal(26, `ns not found ${call.database}.${body[call.name]}`);
    const nIndexesWas = collection.indexes.length;
    const wanted = Array.isArray(body.index) ? body.index : [body.index];
    const dropped = wanted.flatMap((one) => droppedBy(collection, one));
    call.cursors.endOf(collection);
    catalog.setIndexes(
      collection,
      collection.indexes.filter((index) => !dropped.includes(index)),
    );
    return okReply({ nIndexesWas });
  },
};

function droppedBy(collection: Collection, wanted: unknown): Index[] {
  if (wanted === '*') return collection.indexes.filter(({ name }) => name !== '_id_');
  const found = collection.indexes.find(({ name, spec }) =>
    isDocument(wanted) ? compareValues(spec.key, wanted) === 0 : name === wanted,
  );
  if (found === undefined) {
    const what = isDocument(wanted)
      ? `can't find index with key: ${show(wanted)}`
      : `index not found with name [${String(wanted)}]`;
    throw new CommandError(27, 'IndexNotFound', what);
  }
  if (found.name === '_id_') throw new CommandError(72, 'InvalidOptions', 'cannot drop _id index');
  return [found];
}

/** The indexes of a collection. */
export const listIndexes: Command = {
  writes: false,
  run(call) {
    collectionName(call);
    const collection = namedCollection(call);
    if (collection === undefined) throw refusal(26, `ns does not exist: ${call.database}.${call.body[call.name]}`);
    const clustered = collection.options.clusteredIndex;
    const specs = collection.indexes
      .filter(({ building }) => !building)
      .map(({ spec, name }) => (name === '_id_' && isDocument(clustered) ? { ...clustered, clustered: true } : spec));
    return listCursor(call, collection.namespace, specs);
  },
};
