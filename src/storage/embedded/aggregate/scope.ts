import type { Document } from '../values/bson.ts';

/** Where an expression is evaluated: the document and the variables in sight. */
export interface Scope {
  readonly root: unknown;
  readonly variables: Document;
}

/** A compiled expression; undefined when its value is missing. */
export type Expression = (scope: Scope) => unknown;
