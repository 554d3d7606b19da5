/** The operators of expressions, by name. */
import { ARITHMETIC } from './operators/arithmetic.ts';
import { ARRAYS } from './operators/arrays.ts';
import { BRANCHING } from './operators/branching.ts';
import { CONVERSION } from './operators/conversion.ts';
import { DATES } from './operators/dates.ts';
import { EDGES } from './operators/edges.ts';
import { OBJECTS } from './operators/objects.ts';
import type { Maker } from './operators/operator.ts';
import { SEQUENCES } from './operators/sequences.ts';
import { SETS } from './operators/sets.ts';
import { STORED } from './operators/stored.ts';
import { TEXTS } from './operators/texts.ts';
import { TOTALS } from './operators/totals.ts';

/** The operators by name. */
export const OPERATORS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ...BRANCHING,
  ...ARITHMETIC,
  ...TOTALS,
  ...TEXTS,
  ...EDGES,
  ...CONVERSION,
  ...ARRAYS,
  ...SEQUENCES,
  ...SETS,
  ...OBJECTS,
  ...DATES,
  ...STORED,
]);
