import type { Document } from '../values/bson.ts';
import type { Collation } from '../values/collation.ts';

/** Where an expression is evaluated: the document and the variables in sight. */
export interface Scope {
  readonly root: unknown;
  readonly variables: Document;
  /** How texts are compared, where not by their bytes. */
  readonly collation?: Collation | undefined;
}

/** A compiled expression; undefined when its value is missing. */
export type Expression = (scope: Scope) => unknown;
