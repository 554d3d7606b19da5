/** findAndModify. */
import { expressionOptions } from '../query/query.ts';
import { okReply } from '../reply.ts';
import type { Document } from '../values/bson.ts';
import { failedToParse } from '../values/errors.ts';
import { compileProjection } from '../values/projection.ts';
import type { Work } from '../work.ts';
import { applyTo, type Change, checkFilter, compileChange, findFirst, upsert } from './change.ts';
import {
  arrayField,
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

const FIELDS = new Set([
  'query',
  'sort',
  'remove',
  'update',
  'new',
  'fields',
  'upsert',
  'bypassDocumentValidation',
  'collation',
  'arrayFilters',
  'hint',
  'let',
]);

/** Changes or removes one document and returns it. */
export const findAndModify: Command = {
  writes: true,
  *run(call): Work {
    const { body } = call;
    checkFields(body, call.name, 'FindAndModifyCommand', FIELDS);
    const name = collectionName(call);
    const change: Change = {
      filter: documentField(body, 'query') ?? {},
      sort: documentField(body, 'sort'),
      update: body.update,
      arrayFilters: arrayField(body, 'arrayFilters'),
      hint: body.hint,
      let: letVariables(call),
      collation: collationField(body),
    };
    const removes = flagField(body, 'remove');
    const wantsNew = flagField(body, 'new');
    const upserts = flagField(body, 'upsert');
    if (removes && body.update !== undefined) throw failedToParse('Cannot specify both an update and remove=true');
    if (removes && upserts) throw failedToParse('Cannot specify both upsert=true and remove=true');
    if (removes && wantsNew) {
      throw failedToParse("Cannot specify both new=true and remove=true; 'remove' always returns the deleted document");
    }
    if (!removes && body.update === undefined) throw failedToParse('Either an update or remove=true must be specified');
    const fields = documentField(body, 'fields');
    const projection =
      fields === undefined || Object.keys(fields).length === 0
        ? undefined
        : compileProjection(fields, expressionOptions(call, change.let));
    const collection = writable(call, name);
    const update = removes ? undefined : compileChange(call, collection, change);
    if (collection === undefined) checkFilter(call, change.filter, change.let);
    const found = collection === undefined ? undefined : yield* findFirst(call, collection, change);
    const show = (document: Document): Document => {
      if (projection === undefined) return document;
      return projection.apply(document, projection.positional ? found?.filter.position(document) : undefined);
    };
    if (collection !== undefined && found !== undefined) {
      if (update === undefined) {
        const value = show(found.document);
        call.records.remove(collection, found.record, found.document);
        return okReply({ lastErrorObject: { n: 1 }, value });
      }
      const after = applyTo(call, collection, update, found);
      return okReply({
        lastErrorObject: { n: 1, updatedExisting: true },
        value: show(wantsNew ? after : found.document),
      });
    }
    if (update === undefined) return okReply({ lastErrorObject: { n: 0 }, value: null });
    if (!upserts) return okReply({ lastErrorObject: { n: 0, updatedExisting: false }, value: null });
    const made = upsert(call, ensureCollection(call, name), update, change.filter);
    return okReply({
      lastErrorObject: { n: 1, updatedExisting: false, upserted: made._id },
      value: wantsNew ? show(made) : null,
    });
  },
};
