/** insert. */
import type { Collection } from '../disk/catalog.ts';
import type { Document } from '../values/bson.ts';
import { refusal, typeMismatch } from '../values/errors.ts';
import { isDocument, typeName } from '../values/types.ts';
import type { Work } from '../work.ts';
import { type Command, collectionName, ensureCollection, flagField } from './command.ts';
import { checkFields } from './known-fields.ts';
import { checkItemCount, eachItem, storeBytes, storeDocument, writeReply } from './writes.ts';

const FIELDS = new Set(['documents', 'ordered', 'bypassDocumentValidation']);

/** Adds documents. */
export const insert: Command = {
  writes: true,
  lift: 'documents',
  *run(call): Work {
    const { body, lifted } = call;
    checkFields(body, 'insert', 'insert', FIELDS);
    const name = collectionName(call);
    const bytes = lifted.get('documents');
    const given = body.documents;
    if (bytes === undefined && !Array.isArray(given)) {
      throw refusal(40414, "BSON field 'insert.documents' is missing but a required field");
    }
    const count = bytes?.length ?? (given as unknown[]).length;
    checkItemCount(count);
    for (const one of bytes === undefined ? (given as unknown[]) : []) {
      if (!isDocument(one))
        throw typeMismatch(
          `BSON field 'insert.documents' is the wrong type '${typeName(one)}', expected type 'object'`,
        );
    }
    let collection: Collection | undefined;
    let n = 0;
    return yield* eachItem(
      count,
      body.ordered === undefined || flagField(body, 'ordered'),
      (index) => {
        if (collection === undefined || call.catalog.find(call.database, name) !== collection) {
          collection = ensureCollection(call, name);
        }
        if (bytes !== undefined) storeBytes(call, collection, bytes[index] as Uint8Array);
        else storeDocument(call, collection, (given as Document[])[index] as Document);
        n += 1;
        return undefined;
      },
      () => {
        const done = n;
        return (errors) => writeReply(body, errors.length > 0 ? { n: done, writeErrors: errors } : { n: done });
      },
    );
  },
};
