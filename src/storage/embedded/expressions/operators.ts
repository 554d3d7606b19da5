/** The operators of expressions that are evaluated here, by name; the others are mingo's. */
import { ARITHMETIC } from './operators/arithmetic.ts';
import { ARRAYS } from './operators/arrays.ts';
import { BRANCHING } from './operators/branching.ts';
import { CONVERSION } from './operators/conversion.ts';
import { DATES } from './operators/dates.ts';
import { OBJECTS } from './operators/objects.ts';
import type { Maker } from './operators/operator.ts';
import { SETS } from './operators/sets.ts';
import { TEXTS } from './operators/texts.ts';
import { TOTALS } from './operators/totals.ts';

/** The operators by name. */
export const OPERATORS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ...BRANCHING,
  ...ARITHMETIC,
  ...TOTALS,
  ...TEXTS,
  ...CONVERSION,
  ...ARRAYS,
  ...SETS,
  ...OBJECTS,
  ...DATES,
]);
