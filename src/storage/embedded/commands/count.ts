/** count and distinct. */

import { keyOf } from '../aggregate/accumulators.ts';
import { Sources } from '../aggregate/source.ts';
import { countMatching } from '../query/counting.ts';
import { heldBytes } from '../query/memory.ts';
import { collationFor } from '../query/query.ts';
import { PAUSE } from '../query/slice.ts';
import { okReply } from '../reply.ts';
import { refusal } from '../values/errors.ts';
import { asNumber } from '../values/numbers.ts';
import { distinctValuesAt } from '../values/paths.ts';
import type { Work } from '../work.ts';
import { checkFilter } from './change.ts';
import { type Command, collationField, collectionName, countField, documentField, namedCollection } from './command.ts';
import { checkFields } from './known-fields.ts';
import { documentsOfView } from './opened-pipeline.ts';
import { MAX_DOCUMENT_BYTES } from './writes.ts';

const COUNT_FIELDS = new Set(['query', 'limit', 'skip', 'hint', 'collation', 'fields']);

/** How many documents match. Without a filter, or with one an index answers whole, no document is read. */
export const count: Command = {
  writes: false,
  *run(call): Work {
    const { body } = call;
    checkFields(body, 'count', 'count', COUNT_FIELDS);
    collectionName(call);
    const collation = collationField(body);
    const filter = documentField(body, 'query') ?? {};
    const skip = countField(body, 'skip') ?? 0;
    // A negative limit is as good as a positive one.
    const limit = Math.abs(asNumber(body.limit) ?? 0) || Number.POSITIVE_INFINITY;
    const collection = namedCollection(call);
    if (collection === undefined) {
      checkFilter(call, filter, undefined);
      return okReply({ n: 0 });
    }
    if (collection.options.viewOn !== undefined) {
      const bounds = Number.isFinite(limit) ? [{ $skip: skip }, { $limit: limit }] : [{ $skip: skip }];
      let n = 0;
      for (const document of documentsOfView(call, collection.name, [{ $match: filter }, ...bounds])) {
        if (document === PAUSE) yield;
        else n += 1;
      }
      return okReply({ n });
    }
    const counting = countMatching(call, collection, { filter, skip, limit, hint: body.hint, collation });
    for (;;) {
      const step = counting.next();
      if (step.done) return okReply({ n: step.value });
      yield;
    }
  },
};

const DISTINCT_FIELDS = new Set(['key', 'query', 'hint', 'collation']);

/** The different values of a field. */
export const distinct: Command = {
  writes: false,
  *run(call): Work {
    const { body } = call;
    checkFields(body, 'distinct', 'distinct', DISTINCT_FIELDS);
    collectionName(call);
    const collation = collationField(body);
    const { key } = body;
    if (key === undefined) throw refusal(40414, "BSON field 'distinct.key' is missing but a required field");
    if (typeof key !== 'string') throw refusal(14, "BSON field 'distinct.key' is not a string");
    const filter = documentField(body, 'query') ?? {};
    const collection = namedCollection(call);
    if (collection === undefined) {
      checkFilter(call, filter, undefined);
      return okReply({ values: [] });
    }
    const values = new Map<string, unknown>();
    let bytes = 0;
    const fold = collationFor({ collation }, collection)?.fold;
    const sources = new Sources(call);
    const documents =
      collection.options.viewOn === undefined
        ? sources.read(collection, { filter, hint: body.hint, collation })
        : documentsOfView(call, collection.name, [{ $match: filter }]);
    for (const document of documents) {
      if (document === PAUSE) {
        sources.suspend();
        yield;
        continue;
      }
      for (const value of distinctValuesAt(document, key)) {
        const text = keyOf(fold === undefined ? value : fold(value));
        if (values.has(text)) continue;
        bytes += heldBytes(value);
        if (bytes > MAX_DOCUMENT_BYTES) throw refusal(17217, 'distinct too big, 16mb cap');
        values.set(text, value);
      }
    }
    return okReply({ values: [...values.values()] });
  },
};
