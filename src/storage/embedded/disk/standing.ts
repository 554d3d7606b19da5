/** By which keys a document stands in an index. */
import type { Document } from '../values/bson.ts';
import { keyString } from '../values/order.ts';
import { fieldAt, hasPath, indexKeys, patternPaths } from '../values/paths.ts';
import { isDocument } from '../values/types.ts';
import type { Index } from './collection.ts';

/** The keys by which one document stands in one index. */
export interface Standing {
  keys: readonly Uint8Array[];
  /** The values each key is made of. */
  rows: readonly (readonly unknown[])[];
  /** Bit i is set when the document has an array on the path of field i. */
  multikey: number;
}

const NO_STANDING: Standing = { keys: [], rows: [], multikey: 0 };

/** The keys of a document in an index: none when the index leaves it out. Refused where MongoDB refuses to index it. */
export function standing(index: Index, document: Document): Standing {
  if (index.partial !== undefined && !index.partial.test(document)) return NO_STANDING;
  if (index.sparse && !index.fields.some((field) => hasPath(document, field))) return NO_STANDING;
  const paths = patternPaths(index.pattern);
  const row: unknown[] = [];
  let multikey = 0;
  for (let i = 0; i < paths.length; i++) {
    let current: unknown = document;
    for (const segment of paths[i] as (typeof paths)[number]) {
      current = isDocument(current) ? fieldAt(current, segment) : undefined;
      if (Array.isArray(current)) {
        multikey |= 1 << i;
        break;
      }
    }
    row.push(current ?? null);
  }
  const rows = multikey === 0 ? [row] : indexKeys(document, index.pattern);
  const { collation, directions } = index;
  const keyOf = (one: unknown[]) => keyString(collation === undefined ? one : one.map(collation.fold), directions);
  return { keys: rows.map(keyOf), rows, multikey };
}
