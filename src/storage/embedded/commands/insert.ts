/** insert. */
import type { Collection } from '../disk/catalog.ts';
import { refusal } from '../values/errors.ts';
import { isDocument } from '../values/types.ts';
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
        else {
          const document = (given as unknown[])[index];
          if (!isDocument(document)) throw refusal(14, 'insert documents must be objects');
          storeDocument(call, collection, document);
        }
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
