/** What a stage of a pipeline is. */

import { evaluate } from '../expressions/expression.ts';
import { PAUSE, type Pause, sliceSpent } from '../query/slice.ts';
import type { Document } from '../values/bson.ts';
import type { Collation } from '../values/collation.ts';
import type { FilterOptions } from '../values/matcher.ts';

/** Documents on their way through a pipeline, with the places where others may work. */
export type Flow = Iterable<Document | Pause>;

/** One stage, ready to run. */
export type Stage = (input: Flow) => Flow;

/** The name and specification of a stage. */
export interface Spec {
  readonly name: string;
  readonly spec: unknown;
}

/** What stages are compiled with. */
export interface StageContext {
  readonly variables: Document;
  /** How texts are compared, where not by their bytes. */
  readonly collation?: Collation | undefined;
  /** Compiles any stage that may stand in this pipeline, for stages that have pipelines of their own. */
  readonly compile: (name: string, spec: unknown, context: StageContext) => Stage;
}

/** Compiles the specification of one stage. */
export type Maker = (spec: unknown, context: StageContext) => Stage;

/** What filters and projections within a stage evaluate expressions with. */
export function optionsOf({ variables, collation }: StageContext): FilterOptions {
  return {
    expr: (expression, document, given) => evaluate(expression, document, given, collation),
    let: variables,
    collation,
  };
}

/** A stage that makes of each document one, none or several. */
export function each(change: (document: Document) => Iterable<Document>): Stage {
  return function* run(input) {
    for (const document of input) {
      if (document === PAUSE) yield PAUSE;
      else yield* change(document);
      if (sliceSpent()) yield PAUSE;
    }
  };
}
