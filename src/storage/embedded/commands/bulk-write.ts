/** bulkWrite: writes of several kinds to several collections in one command. */
import { okReply } from '../reply.ts';
import type { Document } from '../values/bson.ts';
import { badValue, CommandError, refusal } from '../values/errors.ts';
import { isDocument } from '../values/types.ts';
import type { Work } from '../work.ts';
import { type Call, type Command, checkNamespace, ensureCollection, flagField, letVariables } from './command.ts';
import { deleteItem } from './delete.ts';
import { checkFields } from './known-fields.ts';
import { type Tally, updateItem } from './update.ts';
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
        const target = namespaces[Number(operation[kind])];
        if (target === undefined) throw badValue('BulkWrite ops entry has an invalid nsInfo index.');
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

function targetOf(namespace: unknown): { database: string; name: string } {
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
      if (!isDocument(operation.document))
        throw refusal(40414, "BSON field 'bulkWrite.ops.document' is missing but a required field");
      storeDocument(call, ensureCollection(call, name), operation.document);
      totals.nInserted += 1;
      results.push({ ok: 1, idx, n: 1 });
      return;
    }
    case 'update': {
      const { update: _, filter: q, updateMods: u, constants: c, ...options } = operation;
      const tally: Tally = { n: 0, modified: 0, upserted: [] };
      const item = { q, u, ...(c === undefined ? {} : { c }), ...options };
      yield* updateItem(call, name, item, idx, variables, tally);
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
      const { delete: _, filter: q, multi, ...options } = operation;
      const tally = { n: 0 };
      yield* deleteItem(call, name, { q, limit: multi === true ? 0 : 1, ...options }, variables, tally);
      totals.nDeleted += tally.n;
      results.push({ ok: 1, idx, n: tally.n });
      return;
    }
    default:
      throw refusal(40415, `BSON field 'bulkWrite.ops.${kind}' is an unknown field.`);
  }
}
