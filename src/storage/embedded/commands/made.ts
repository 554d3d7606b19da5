/** The first stages that make their documents themselves: `$documents`, `$collStats`, `$indexStats`, `$listLocalSessions`, `$currentOp`. */
import { hostname } from 'node:os';
import { Long } from 'bson';
import type { Collection } from '../disk/collection.ts';
import { evaluate } from '../expressions/expression.ts';
import type { Document } from '../values/bson.ts';
import { CommandError, refusal } from '../values/errors.ts';
import { isDocument } from '../values/types.ts';
import type { Call } from './command.ts';
import { currentOperation } from './current-op.ts';

/** The documents the stage makes; undefined when it makes none. */
export function madeBy(
  call: Call,
  collection: Collection | undefined,
  name: string,
  spec: unknown,
  variables: Document,
): readonly Document[] | undefined {
  switch (name) {
    case '$documents': {
      const documents = evaluate(spec, {}, variables);
      if (!Array.isArray(documents) || !documents.every(isDocument)) {
        throw refusal(5858203, "an array of documents is expected as the argument of '$documents'");
      }
      return documents;
    }
    case '$listLocalSessions':
    case '$listSessions':
      return isDocument(call.body.lsid) ? [{ _id: call.body.lsid, lastUse: call.now() }] : [];
    case '$currentOp':
      return [currentOperation(call)];
    case '$collStats':
      return [collectionStats(call, existing(call, collection), isDocument(spec) ? spec : {})];
    case '$indexStats':
      return (collection?.indexes ?? []).map(({ name: index, pattern, spec: whole }) => ({
        name: index,
        key: pattern,
        host: hostname(),
        accesses: { ops: Long.fromNumber(0), since: call.startedAt },
        spec: whole,
      }));
    default:
      return undefined;
  }
}

function existing(call: Call, collection: Collection | undefined): Collection {
  if (collection !== undefined) return collection;
  throw new CommandError(
    26,
    'NamespaceNotFound',
    `Collection [${call.database}.${String(call.body.aggregate)}] not found.`,
  );
}

function collectionStats(call: Call, { namespace, count, indexes, options }: Collection, spec: Document): Document {
  const { capped = false, size: maxSize, max = 0 } = options;
  const bounds = capped === true ? { capped, maxSize, max } : { capped };
  return {
    ns: namespace,
    host: hostname(),
    localTime: call.now(),
    ...('count' in spec ? { count } : {}),
    ...('storageStats' in spec
      ? { storageStats: { count, size: 0, storageSize: 0, nindexes: indexes.length, totalIndexSize: 0, ...bounds } }
      : {}),
  };
}
