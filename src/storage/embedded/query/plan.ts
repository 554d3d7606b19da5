/** What a query asks of a collection, and the ways in which it may be answered. */
import type { Index } from '../disk/collection.ts';
import type { Document } from '../values/bson.ts';
import type { Collation } from '../values/collation.ts';
import type { ValueBounds } from '../values/order.ts';

/** One stretch of an index. */
export interface Stretch {
  readonly start: Uint8Array;
  readonly end: Uint8Array | undefined;
  /** How many bytes of each key the equal fields take: order within the stretch is order of what follows. */
  readonly equalBytes: number;
}

/** How an index would be read. */
export interface Candidate {
  readonly index: Index;
  readonly stretches: readonly Stretch[];
  readonly reverse: boolean;
  /** Whether the stretches must be merged by what follows their equal fields to come in the wanted order. */
  readonly merge: boolean;
  /** Whether the documents come in the wanted order. */
  readonly sorted: boolean;
  /** Whether every entry read is a matching document, with no need to look at it. */
  readonly exact: boolean;
  readonly equalFields: number;
  readonly ranged: boolean;
  /** What narrows each field, for `explain` to show. */
  readonly narrowed: readonly Narrowed[];
}

/** What narrows one field of an index. */
export interface Narrowed {
  readonly values?: readonly unknown[];
  readonly bounds?: ValueBounds;
  readonly prefix?: string;
}

/** The order a query asks for. */
export type Sort = readonly { readonly path: string; readonly direction: 1 | -1 }[];

/** How a query is answered. */
export type Plan =
  | { readonly kind: 'id'; readonly id: unknown; readonly exact: boolean; readonly sorted: true }
  | { readonly kind: 'collection'; readonly reverse: boolean; readonly sorted: boolean; readonly exact: boolean }
  | ({ readonly kind: 'index' } & Candidate)
  /** The collection in the order of its records, those that come later as well. */
  | { readonly kind: 'tail'; readonly sorted: true; readonly exact: boolean }
  | { readonly kind: 'union'; readonly branches: readonly Plan[]; readonly sorted: boolean; readonly exact: false };

/** What is asked. */
export interface Query {
  readonly filter: Document;
  readonly sort: Sort;
  /** Skip and limit together: how many documents are read at most in the wanted order. */
  readonly first?: number | undefined;
  readonly hint?: unknown;
  /** The index to be read for the engine's own work: a hint may name no hidden one. */
  readonly index?: Index | undefined;
  /** Keys of the hinted index between which its entries are read. */
  readonly within?: { readonly min: Document | undefined; readonly max: Document | undefined } | undefined;
  readonly collation?: Collation | undefined;
}
