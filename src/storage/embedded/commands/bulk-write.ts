/** bulkWrite: writes of several kinds to several collections in one command. */
import { okReply } from '../reply.ts';
import type { Document } from '../values/bson.ts';
import { badValue, CommandError, refusal, typeMismatch } from '../values/errors.ts';
import { show } from '../values/show.ts';
import { isDocument } from '../values/types.ts';
import {
  type Call,
  type Command,
  checkNamespace,
  ensureCollection,
  flagField,
  letVariables,
  type Work,
} from './command.ts';
import { checkDelete, deleteItem } from './delete.ts';
import { checkFields } from './fields.ts';
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
        return (errors) => resultsReply(done, errors, errorsOnly, sums);
      },
    );
  },
};

function resultsReply(
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
  const firstBatch = [...(errorsOnly ? [] : done), ...failed].sort((a, b) => Number(a.idx) - Number(b.idx));
  return okReply({ cursor: { id: 0n, firstBatch, ns: NAMESPACE }, nErrors: errors.length, ...totals });
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
  if (!(target >= 0 && target < namespaces))
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
