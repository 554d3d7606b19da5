/** What the special kinds of collections ask: time series need their time, capped ones let go of the oldest. */
import { type Collection, checkThere } from '../disk/catalog.ts';
import { prefixOf, recordAt, recordKey } from '../disk/keys.ts';
import { Range } from '../disk/range.ts';
import { sliceSpent } from '../query/slice.ts';
import { type Document, decode } from '../values/bson.ts';
import { CommandError } from '../values/errors.ts';
import { valuesAt } from '../values/paths.ts';
import { isDocument } from '../values/types.ts';
import type { Call } from './command.ts';

/** Refuses (code 2) a document without the time of its series. */
export function checkTime({ options }: Collection, document: Document): void {
  if (!isDocument(options.timeseries)) return;
  const { timeField } = options.timeseries;
  if (valuesAt(document, timeField as string)[0] instanceof Date) return;
  throw new CommandError(
    2,
    'BadValue',
    `'${String(timeField)}' must be present and contain a valid BSON UTC datetime value`,
  );
}

/** The bytes of the documents of a collection up to a record; `count` tells whether they still hold. */
interface Measured {
  bytes: number;
  count: number;
  nextRecord: number;
}

const measured = new WeakMap<Collection, Measured>();

/** Removes the oldest documents of a capped collection until it keeps to its bounds, all in one go. */
export function trimCapped(call: Call, collection: Collection): void {
  if (collection.options.capped !== true) return;
  const trimming = trimmed(call, collection, collection.options);
  while (trimming.next().done !== true);
}

/** Removes the oldest documents of any collection until it keeps to these bounds; yields where others may work. */
export function* trimmed(call: Call, collection: Collection, { size, max }: Document): Generator<void, void> {
  const known = measured.get(collection) ?? { bytes: 0, count: 0, nextRecord: 1 };
  measured.set(collection, known);
  const most = typeof max === 'number' && max > 0 ? max : Number.POSITIVE_INFINITY;
  yield* measure(call, collection, known);
  const oldest = records(call, collection, 1);
  while (collection.count > 1 && (collection.count > most || known.bytes > Number(size))) {
    const key = oldest.next();
    if (key === undefined) break;
    const stored = Buffer.from(oldest.value as Buffer);
    oldest.suspend();
    call.records.remove(collection, recordAt(key, key.length), decode(stored));
    known.bytes -= stored.length;
    known.count -= 1;
    if (!sliceSpent()) continue;
    yield;
    checkThere(collection);
    yield* measure(call, collection, known);
  }
  oldest.suspend();
}

function records({ environment }: Call, { id }: Collection, from: number): Range {
  return new Range(environment.records, recordKey(id, from), prefixOf(id + 1), false, true);
}

/** Adds what was stored since; where that does not come to what is there, everything is measured anew. */
function* measure(call: Call, collection: Collection, known: Measured): Generator<void, void> {
  for (let whole = known.count === 0; ; whole = true) {
    const later = records(call, collection, known.nextRecord);
    for (let key = later.next(); key !== undefined; key = later.next()) {
      known.bytes += later.value?.length ?? 0;
      known.count += 1;
      known.nextRecord = recordAt(key, key.length) + 1;
      if (!sliceSpent()) continue;
      later.suspend();
      yield;
      checkThere(collection);
    }
    if (known.count === collection.count || whole) break;
    Object.assign(known, { bytes: 0, count: 0, nextRecord: 1 });
  }
  // What others removed meanwhile behind the place that was read is too little to begin once more.
  known.count = collection.count;
}
