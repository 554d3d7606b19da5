/** delete. */
import { sliceSpent } from '../query/slice.ts';
import type { Document } from '../values/bson.ts';
import { failedToParse } from '../values/errors.ts';
import { asNumber } from '../values/numbers.ts';
import { show } from '../values/show.ts';
import type { Work } from '../work.ts';
import { checkFilter, findAll, findFirst, stillMatching } from './change.ts';
import {
  type Call,
  type Command,
  collationField,
  collectionName,
  flagField,
  letVariables,
  writable,
} from './command.ts';
import { checkFields } from './known-fields.ts';
import { checkItem, checkItemCount, eachItem, itemsOf, writeReply } from './writes.ts';

const FIELDS = new Set(['deletes', 'ordered', 'let']);
const ITEM_FIELDS = new Set(['q', 'limit', 'hint', 'collation', 'sampleId']);

/** Removes documents. */
export const remove: Command = {
  writes: true,
  lift: 'deletes',
  *run(call): Work {
    const { body } = call;
    checkFields(body, 'delete', 'delete', FIELDS);
    const name = collectionName(call);
    const items = itemsOf(call, 'deletes');
    checkItemCount(items.length);
    for (const item of items) checkDelete(item, 'delete.deletes');
    const variables = letVariables(call);
    const tally = { n: 0 };
    return yield* eachItem(
      items.length,
      body.ordered === undefined || flagField(body, 'ordered'),
      (index) => deleteItem(call, name, items[index] as Document, variables, tally),
      () => {
        const { n } = tally;
        return (errors) => writeReply(body, errors.length > 0 ? { n, writeErrors: errors } : { n });
      },
    );
  },
};

/** Refuses an item that is malformed, and with it the whole command: nothing of it is done. */
export function checkDelete(item: Document, input: string): void {
  checkItem(item, input, ITEM_FIELDS, ['q', 'limit']);
  collationField(item);
  const limit = asNumber(item.limit);
  if (limit !== 0 && limit !== 1)
    throw failedToParse(`The limit field in delete objects must be 0 or 1. Got ${show(item.limit)}`);
}

/** Does one item of a delete: `{ q, limit, … }`. */
export function* deleteItem(
  call: Call,
  name: string,
  item: Document,
  variables: Document | undefined,
  tally: { n: number },
): Generator<void, void> {
  const limit = asNumber(item.limit);
  const asked = { filter: item.q as Document, hint: item.hint, let: variables, collation: collationField(item) };
  const collection = writable(call, name);
  if (collection === undefined) {
    checkFilter(call, asked.filter, variables);
    return;
  }
  if (limit === 1) {
    const found = yield* findFirst(call, collection, asked);
    if (found === undefined) return;
    call.records.remove(collection, found.record, found.document);
    tally.n += 1;
    return;
  }
  const { records, filter } = yield* findAll(call, collection, asked);
  for (const record of records) {
    const document = stillMatching(call, collection, record, filter);
    if (document !== undefined) {
      call.records.remove(collection, record, document);
      tally.n += 1;
    }
    if (sliceSpent()) yield;
  }
}
