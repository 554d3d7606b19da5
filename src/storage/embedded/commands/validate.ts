/** validate. */
import { checkThere } from '../disk/catalog.ts';
import { checkCollection } from '../disk/check.ts';
import { sliceSpent } from '../query/slice.ts';
import { okReply } from '../reply.ts';
import { refusal } from '../values/errors.ts';
import type { Work } from '../work.ts';
import { type Command, collectionName, namedCollection } from './command.ts';

/** Checks every record and index entry of a collection as it stands, while others go on writing. Repairs nothing. Fields it does not know are passed over, as in MongoDB. */
export const validate: Command = {
  writes: false,
  *run(call): Work {
    const name = collectionName(call);
    const collection = namedCollection(call);
    if (collection === undefined)
      throw refusal(26, `Collection '${call.database}.${name}' does not exist to validate.`);
    const check = checkCollection(call.environment, collection);
    for (;;) {
      const step = check.next();
      if (step.done) {
        const { namespace, records, indexes, faults } = step.value;
        return okReply({
          ns: namespace,
          nInvalidDocuments: 0,
          nrecords: records,
          nIndexes: indexes.length,
          keysPerIndex: Object.fromEntries(indexes.map((index) => [index.name, index.entries])),
          valid: faults.length === 0,
          repaired: false,
          warnings: [],
          errors: faults,
        });
      }
      if (!sliceSpent()) continue;
      yield;
      checkThere(collection);
    }
  },
};
