/** What the engine does by itself: removes documents whose time is over, what was dropped, idle cursors and dead readers. */

import { findAll, stillMatching } from './commands/change.ts';
import type { Call, Parts } from './commands/command.ts';
import type { Collection, Index } from './disk/catalog.ts';
import type { Executor } from './executor.ts';
import type { Asked } from './query/query.ts';
import { sliceSpent } from './query/slice.ts';
import { CommandError } from './values/errors.ts';
import { asNumber } from './values/numbers.ts';
import { isDocument } from './values/types.ts';
import type { Work } from './work.ts';

const EMPTY = new Uint8Array(0);
/** How many records or entries of dropped collections go in one transaction. */
const REMOVED_AT_ONCE = 2000;

/** What is told of a collection or an index whose documents could not be removed. */
type Report = (error: unknown) => void;

/** The removal of documents whose time is over, one for each TTL index, so that none stands in the way of another. */
function* removals(parts: Parts): Generator<{ of: string; removal: Generator<void, void> }> {
  for (const collection of [...parts.catalog.all()]) {
    const { namespace } = collection;
    if (collection.options.expireAfterSeconds !== undefined)
      yield { of: namespace, removal: sweepCollection(parts, collection) };
    for (const index of collection.indexes) {
      if (index.spec.expireAfterSeconds !== undefined && !index.building)
        yield { of: `${namespace}, index ${index.name}`, removal: sweepIndex(parts, collection, index) };
    }
  }
}

/** Removes the documents of all TTL indexes whose time is over. */
async function sweepExpired(parts: Parts, executor: Executor, report: Report): Promise<void> {
  for (const { of, removal } of [...removals(parts)]) await executor.own(() => told(removal, of, report));
}

/** A refusal is answered to nobody here: it is told. Any other error is told by whoever runs the transaction. */
function* told(removal: Generator<void, void>, of: string, report: Report): Work {
  try {
    yield* removal;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    // The collection or the index was dropped meanwhile: nothing is left to be done, and nothing amiss.
    if (error.code === 175) return EMPTY;
    report(`expired documents of ${of} stay: ${error.message}`);
  }
  return EMPTY;
}

/** A collection may have a time limit of its own: on the time of its series, or on `_id`. */
function* sweepCollection(parts: Parts, collection: Collection): Generator<void, void> {
  const { expireAfterSeconds, timeseries } = collection.options;
  const seconds = asNumber(expireAfterSeconds);
  if (seconds === undefined) return;
  const field = isDocument(timeseries) ? (timeseries.timeField as string) : '_id';
  const until = new Date(parts.now().getTime() - seconds * 1000);
  yield* removeFound(parts, collection, { filter: { [field]: { $lte: until } } });
}

function* sweepIndex(parts: Parts, collection: Collection, index: Index): Generator<void, void> {
  const [field] = index.fields;
  if (field === undefined || !collection.indexes.includes(index)) return;
  const seconds = asNumber(index.spec.expireAfterSeconds) ?? 0;
  const until = new Date(parts.now().getTime() - seconds * 1000);
  const condition = { [field]: { $lte: until } };
  // A partial index keeps its documents only.
  const filter = index.partialFilter === undefined ? condition : { $and: [condition, index.partialFilter] };
  yield* removeFound(parts, collection, { filter, index, collation: index.collation ?? null });
}

function* removeFound(parts: Parts, collection: Collection, asked: Asked): Generator<void, void> {
  const { database } = collection;
  const call: Call = { ...parts, name: 'ttl', body: {}, database, lifted: new Map(), connection: 0 };
  const { records, filter } = yield* findAll(call, collection, asked);
  for (const record of records) {
    const document = stillMatching(call, collection, record, filter);
    if (document !== undefined) parts.records.remove(collection, record, document);
    if (sliceSpent()) yield;
  }
}

/** Removes what dropped collections and indexes left behind, a little in each transaction. */
export function* removeDropped(parts: Parts): Work {
  while (parts.catalog.dropped.removeSome(REMOVED_AT_ONCE)) yield;
  return EMPTY;
}

/** Starts the regular rounds; returns how to end them. */
export function startRounds(parts: Parts, executor: Executor, everyMs: number, report: Report): () => void {
  let busy = false;
  const timer = setInterval(() => {
    parts.cursors.endIdle(parts.now().getTime());
    parts.environment.forgetDeadReaders();
    if (busy) return;
    busy = true;
    void sweepExpired(parts, executor, report)
      .then(() => (parts.catalog.dropped.any() ? executor.own(() => removeDropped(parts)) : undefined))
      .finally(() => {
        busy = false;
      });
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
