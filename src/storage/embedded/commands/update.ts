/** update. */

import { sliceSpent } from '../query/slice.ts';
import type { Document } from '../values/bson.ts';
import { failedToParse } from '../values/errors.ts';
import { isDocument } from '../values/types.ts';
import type { Work } from '../work.ts';
import {
  applyTo,
  type Change,
  checkFilter,
  compileChange,
  findAll,
  findFirst,
  stillMatching,
  upsert,
} from './change.ts';
import {
  arrayField,
  type Call,
  type Command,
  collationField,
  collectionName,
  documentField,
  ensureCollection,
  flagField,
  letVariables,
  writable,
} from './command.ts';
import { checkFields } from './known-fields.ts';
import { checkItem, checkItemCount, eachItem, itemsOf, writeReply } from './writes.ts';

const FIELDS = new Set(['updates', 'ordered', 'bypassDocumentValidation', 'let']);
const ITEM_FIELDS = new Set([
  'q',
  'u',
  'c',
  'multi',
  'upsert',
  'arrayFilters',
  'hint',
  'collation',
  'sort',
  'upsertSupplied',
  'sampleId',
]);

/** What updates have done so far. */
export interface Tally {
  n: number;
  modified: number;
  upserted: Document[];
}

/** Changes documents. */
export const update: Command = {
  writes: true,
  lift: 'updates',
  *run(call): Work {
    const { body } = call;
    checkFields(body, 'update', 'update', FIELDS);
    const name = collectionName(call);
    const items = itemsOf(call, 'updates');
    checkItemCount(items.length);
    for (const item of items) checkUpdate(item, 'update.updates');
    const variables = letVariables(call);
    const tally: Tally = { n: 0, modified: 0, upserted: [] };
    return yield* eachItem(
      items.length,
      body.ordered === undefined || flagField(body, 'ordered'),
      (index) => updateItem(call, name, items[index] as Document, index, variables, tally),
      () => {
        const { n, modified } = tally;
        const upserted = [...tally.upserted];
        return (errors) =>
          writeReply(body, {
            n,
            nModified: modified,
            ...(upserted.length > 0 ? { upserted } : {}),
            ...(errors.length > 0 ? { writeErrors: errors } : {}),
          });
      },
    );
  },
};

/** Refuses an item that is malformed, and with it the whole command: nothing of it is done. */
export function checkUpdate(item: Document, input: string): void {
  checkItem(item, input, ITEM_FIELDS, ['q', 'u']);
  if (!isDocument(item.u) && !Array.isArray(item.u))
    throw failedToParse('Update argument must be either an object or an array');
  for (const name of ['multi', 'upsert']) flagField(item, name);
  for (const name of ['c', 'sort']) documentField(item, name);
  arrayField(item, 'arrayFilters');
  collationField(item);
}

/** Does one item of an update: `{ q, u, multi, upsert, … }`; what is refused midway counts as not done. */
export function* updateItem(
  call: Call,
  name: string,
  item: Document,
  index: number,
  variables: Document | undefined,
  tally: Tally,
): Generator<void, void> {
  const { n, modified } = tally;
  try {
    yield* updated(call, name, item, index, variables, tally);
  } catch (error) {
    Object.assign(tally, { n, modified });
    throw error;
  }
}

function* updated(
  call: Call,
  name: string,
  item: Document,
  index: number,
  variables: Document | undefined,
  tally: Tally,
): Generator<void, void> {
  const multi = flagField(item, 'multi');
  const change: Change = {
    filter: item.q as Document,
    update: item.u,
    arrayFilters: arrayField(item, 'arrayFilters'),
    hint: item.hint,
    sort: documentField(item, 'sort'),
    constants: documentField(item, 'c'),
    let: variables,
    collation: collationField(item),
  };
  if (multi && change.sort !== undefined) throw failedToParse('Cannot specify sort with multi=true');
  let collection = writable(call, name);
  const compiled = compileChange(call, collection, change);
  if (multi && compiled.replacement) throw failedToParse('multi update is not supported for replacement-style update');
  if (collection === undefined) checkFilter(call, change.filter, change.let);
  else if (multi) {
    const { records, filter } = yield* findAll(call, collection, change);
    for (const record of records) {
      const document = stillMatching(call, collection, record, filter);
      if (document !== undefined) {
        const after = applyTo(call, collection, compiled, { record, document, filter });
        tally.n += 1;
        if (after !== document) tally.modified += 1;
      }
      if (sliceSpent()) yield;
    }
    if (records.length > 0) return;
  } else {
    const found = yield* findFirst(call, collection, change);
    if (found !== undefined) {
      const after = applyTo(call, collection, compiled, found);
      tally.n += 1;
      if (after !== found.document) tally.modified += 1;
      return;
    }
  }
  if (!flagField(item, 'upsert')) return;
  collection = ensureCollection(call, name);
  const made = upsert(call, collection, compiled, change.filter);
  tally.n += 1;
  tally.upserted.push({ index, _id: made._id });
}
