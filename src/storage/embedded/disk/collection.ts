/** A collection and its indexes, as they stand in memory while the store is open. */
import type { Document } from '../values/bson.ts';
import { type Collation, readCollation } from '../values/collation.ts';
import { refusal } from '../values/errors.ts';
import { compileFilter, type Filter } from '../values/matcher.ts';

/** One index. */
export interface Index {
  readonly id: number;
  /** The specification as the client gave it, completed with `v` and `name`. */
  spec: Document;
  readonly name: string;
  readonly pattern: Document;
  readonly fields: readonly string[];
  readonly directions: readonly (1 | -1)[];
  /** Keyed by values alone. */
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial: Filter | undefined;
  readonly partialFilter: Document | undefined;
  /** Whose folded texts the keys hold. */
  readonly collation: Collation | undefined;
  /** True until every record that was there when the index was made stands in it; no query uses it before. */
  building: boolean;
  /** Bit i is set once some document had an array on the path of field i. */
  multikey: number;
  /** True once some key was too long to be stored whole: then order within the index is not to be relied on. */
  shortened: boolean;
}

/** One collection. */
export interface Collection {
  readonly id: number;
  /** Its names may change under whoever works on it. */
  database: string;
  name: string;
  namespace: string;
  options: Document;
  indexes: Index[];
  /** Set once it is dropped: whoever still works on it is refused. */
  dropped: boolean;
  count: number;
  /** The number the next record gets. */
  nextRecord: number;
}

/** Refuses (code 175) to go on with a collection that was dropped meanwhile. */
export function checkThere({ dropped, namespace }: Collection): void {
  if (dropped) throw refusal(175, `collection dropped: ${namespace}`);
}

/** An index in memory from its specification. */
export function describeIndex(id: number, spec: Document): Index {
  const pattern = spec.key as Document;
  const fields = Object.keys(pattern);
  const name = spec.name as string;
  const collation = spec.collation === undefined ? undefined : readCollation(spec.collation);
  const partialFilter = spec.partialFilterExpression as Document | undefined;
  return {
    id,
    spec,
    name,
    pattern,
    fields,
    directions: fields.map((field) => (Number(pattern[field]) < 0 ? -1 : 1)),
    unique: spec.unique === true || name === '_id_',
    sparse: spec.sparse === true,
    partial: partialFilter === undefined ? undefined : compileFilter(partialFilter, { collation }),
    partialFilter,
    collation,
    building: false,
    multikey: 0,
    shortened: false,
  };
}
