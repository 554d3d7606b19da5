/** What the special kinds of collections ask: time series need their time, capped ones let go of the oldest. */
import type { Collection } from '../disk/catalog.ts';
import { Range } from '../disk/environment.ts';
import { prefixOf, recordAt } from '../disk/keys.ts';
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

/** The bytes in a capped collection, as far as they are known: `count` and `nextRecord` tell whether they still hold. */
interface Measured {
  bytes: number;
  count: number;
  nextRecord: number;
}

const measured = new WeakMap<Collection, Measured>();

/** Removes the oldest documents of a capped collection until it keeps to its bounds; `added` is what was just stored. */
export function trimCapped(call: Call, collection: Collection, added: number): void {
  const { capped, size, max } = collection.options;
  if (capped !== true) return;
  const known = measured.get(collection);
  const holds = known?.count === collection.count - 1 && known.nextRecord === collection.nextRecord - 1;
  let bytes = known !== undefined && holds ? known.bytes + added : measure(call, collection);
  const most = typeof max === 'number' && max > 0 ? max : Number.POSITIVE_INFINITY;
  const oldest = records(call, collection);
  while (collection.count > 1 && (collection.count > most || bytes > Number(size))) {
    const key = oldest.next();
    if (key === undefined) break;
    const stored = Buffer.from(oldest.value as Buffer);
    oldest.suspend();
    call.records.remove(collection, recordAt(key, key.length), decode(stored));
    bytes -= stored.length;
  }
  oldest.suspend();
  measured.set(collection, { bytes, count: collection.count, nextRecord: collection.nextRecord });
}

function records({ environment }: Call, { id }: Collection): Range {
  return new Range(environment.records, prefixOf(id), prefixOf(id + 1), false, true);
}

function measure(call: Call, collection: Collection): number {
  let bytes = 0;
  const all = records(call, collection);
  while (all.next() !== undefined) bytes += all.value?.length ?? 0;
  return bytes;
}
