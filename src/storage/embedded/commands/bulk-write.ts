/** bulkWrite: writes of several kinds to several collections in one command. */
import { MadeResults } from '../query/results.ts';
import { BATCH_BYTES, okReply } from '../reply.ts';
import { type Document, encode } from '../values/bson.ts';
import { badValue, CommandError, refusal, typeMismatch } from '../values/errors.ts';
import { show } from '../values/show.ts';
import { isDocument } from '../values/types.ts';
import type { Work } from '../work.ts';
import {
  type Call,
  type Command,
  checkNamespace,
  countField,
  documentField,
  ensureCollection,
  flagField,
  letVariables,
} from './command.ts';
import { checkDelete, deleteItem } from './delete.ts';
import { checkFields } from './known-fields.ts';
import { sessionOf } from './sessions.ts';
import { checkUpdate, type Tally, updateItem } from './update.ts';
import { checkItemCount, eachItem, itemsOf, storeDocument } from './writes.ts';

const FIELDS = new Set(['ops', 'nsInfo', 'ordered', 'errorsOnly', 'bypassDocumentValidation', 'let', 'cursor']);
const NAMESPACE = 'admin.$cmd.bulkWrite';

interface Totals {
  nInserted: number;
  nMatched: number;
  nModified: number;
  nUpserted: number;
  nDeleted: number;
}

/** Does all the operations; the results of each (or only the failures) come as a cursor's first batch. */
export const bulkWrite: Command = {
  writes: true,
  *run(call): Work {
    const { body } = call;
    checkFields(body, 'bulkWrite', 'bulkWrite', FIELDS);
    if (call.database !== 'admin')
      throw new CommandError(13, 'Unauthorized', 'bulkWrite may only be run against the admin database.');
    const operations = itemsOf(call, 'ops');
    const namespaces = itemsOf(call, 'nsInfo').map(({ ns }) => targetOf(ns));
    checkItemCount(operations.length);
    for (const operation of operations) checkOperation(operation, namespaces.length);
    const variables = letVariables(call);
    const totals: Totals = { nInserted: 0, nMatched: 0, nModified: 0, nUpserted: 0, nDeleted: 0 };
    const results: Document[] = [];
    const ordered = body.ordered === undefined || flagField(body, 'ordered');
    const errorsOnly = flagField(body, 'errorsOnly');
    return yield* eachItem(
      operations.length,
      ordered,
      (index) => {
        const operation = operations[index] as Document;
        const [kind = ''] = Object.keys(operation);
        const target = namespaces[Number(operation[kind])] as Target;
        const on: Call = { ...call, name: kind, database: target.database };
        return one(on, target.name, kind, operation, index, variables, totals, results);
      },
      () => {
        const sums = { ...totals };
        const done = [...results];
        return (errors) => resultsReply(call, done, errors, errorsOnly, sums);
      },
    );
  },
};

function resultsReply(
  call: Call,
  done: readonly Document[],
  errors: readonly Document[],
  errorsOnly: boolean,
  totals: Totals,
): Uint8Array {
  const failed = errors.map(({ index, code, errmsg, ...extra }) => ({
    ok: 0,
    idx: index,
    code,
    errmsg,
    ...extra,
    n: 0,
  }));
  const results = [...(errorsOnly ? [] : done), ...failed].sort((a, b) => Number(a.idx) - Number(b.idx));
  const size = countField(documentField(call.body, 'cursor') ?? {}, 'batchSize') ?? results.length;
  const reply = (length: number, id: bigint) =>
    okReply({
      cursor: { id, firstBatch: results.slice(0, length), ns: NAMESPACE },
      nErrors: errors.length,
      ...totals,
    });
  let length = Math.min(size, results.length);
  const whole = reply(length, 0n);
  if (whole.length > BATCH_BYTES) length = firstOf(results);
  else if (length === results.length) return whole;
  const rest = new MadeResults(results.slice(length));
  const over = { namespace: NAMESPACE, results: rest, collection: undefined, noTimeout: false };
  const cursor = call.cursors.make({ ...over, session: sessionOf(call.body.lsid) }, call.now().getTime());
  call.cursors.keep(cursor);
  return reply(length, cursor.id);
}

/** How many of the results go into one batch, at least one: an upsert's `_id` may be long. */
function firstOf(results: readonly Document[]): number {
  let bytes = 0;
  const beyond = results.findIndex((result) => {
    bytes += encode(result).length;
    return bytes > BATCH_BYTES;
  });
  return beyond < 0 ? results.length : Math.max(1, beyond);
}

interface Target {
  readonly database: string;
  readonly name: string;
}

/** Refuses an operation that is malformed, and with it the whole command: nothing of it is done. */
function checkOperation(operation: Document, namespaces: number): void {
  if (!isDocument(operation)) throw typeMismatch("BSON field 'bulkWrite.ops' must hold objects");
  const [kind = ''] = Object.keys(operation);
  if (kind === 'insert') {
    if (!isDocument(operation.document))
      throw refusal(40414, "BSON field 'bulkWrite.ops.document' is missing but a required field");
  } else if (kind === 'update') checkUpdate(updateOf(operation), 'bulkWrite.ops');
  else if (kind === 'delete') checkDelete(deleteOf(operation), 'bulkWrite.ops');
  else throw refusal(40415, `BSON field 'bulkWrite.ops.${kind}' is an unknown field.`);
  const target = Number(operation[kind]);
  if (!(Number.isInteger(target) && target >= 0 && target < namespaces))
    throw badValue(`BulkWrite ops entry ${show(operation)} has an invalid nsInfo index.`);
}

/** An operation as an item of `update`. */
function updateOf({ update: _, filter: q, updateMods: u, constants: c, ...options }: Document): Document {
  return { q, u, ...(c === undefined ? {} : { c }), ...options };
}

/** An operation as an item of `delete`. */
function deleteOf({ delete: _, filter: q, multi, ...options }: Document): Document {
  return { q, limit: multi === true ? 0 : 1, ...options };
}

function targetOf(namespace: unknown): Target {
  const dot = typeof namespace === 'string' ? namespace.indexOf('.') : -1;
  if (dot < 0) throw refusal(73, `Invalid namespace specified for bulkWrite: '${String(namespace)}'`);
  const database = (namespace as string).slice(0, dot);
  const name = (namespace as string).slice(dot + 1);
  checkNamespace(database, name);
  return { database, name };
}

function* one(
  call: Call,
  name: string,
  kind: string,
  operation: Document,
  idx: number,
  variables: Document | undefined,
  totals: Totals,
  results: Document[],
): Generator<void, void> {
  switch (kind) {
    case 'insert': {
      storeDocument(call, ensureCollection(call, name), operation.document as Document);
      totals.nInserted += 1;
      results.push({ ok: 1, idx, n: 1 });
      return;
    }
    case 'update': {
      const tally: Tally = { n: 0, modified: 0, upserted: [] };
      yield* updateItem(call, name, updateOf(operation), idx, variables, tally);
      const [upserted] = tally.upserted;
      totals.nMatched += tally.n - tally.upserted.length;
      totals.nModified += tally.modified;
      totals.nUpserted += tally.upserted.length;
      results.push({
        ok: 1,
        idx,
        n: tally.n,
        nModified: tally.modified,
        ...(upserted === undefined ? {} : { upserted: { _id: upserted._id } }),
      });
      return;
    }
    case 'delete': {
      const tally = { n: 0 };
      yield* deleteItem(call, name, deleteOf(operation), variables, tally);
      totals.nDeleted += tally.n;
      results.push({ ok: 1, idx, n: tally.n });
      return;
    }
    default:
      throw refusal(40415, `BSON field 'bulkWrite.ops.${kind}' is an unknown field.`);
  }
}
