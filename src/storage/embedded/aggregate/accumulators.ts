/** What `$group` gathers of the documents of a group. */

import { compileExpression } from '../expressions/expression.ts';
import { average, deviation, extreme, percentiles, Sum } from '../expressions/running-totals.ts';
import type { Expression, Scope } from '../expressions/scope.ts';
import type { Budget } from '../query/memory.ts';
import type { Document } from '../values/bson.ts';
import { refusal } from '../values/errors.ts';
import { asNumber } from '../values/numbers.ts';
import { compareValues, keyString, sortKey } from '../values/order.ts';
import { isDocument, setField } from '../values/types.ts';

/** Gathers the values of one group. */
interface Gathering {
  add(scope: Scope): void;
  result(): unknown;
}

/** Makes a gathering for a new group. */
export type Accumulator = (budget: Budget) => Gathering;

const isNullish = (value: unknown) => value === undefined || value === null;

/** Compiles one field of `$group`. Unknown accumulators are refused with code 15952. */
export function compileAccumulator(field: string, spec: unknown): Accumulator {
  if (!isDocument(spec) || Object.keys(spec).length !== 1) {
    throw refusal(40234, `The field '${field}' must be an accumulator object`);
  }
  const name = Object.keys(spec)[0] as string;
  const make = MAKERS.get(name);
  if (make === undefined) throw refusal(15952, `unknown group operator '${name}'`);
  return make(spec[name]);
}

type Maker = (operand: unknown) => Accumulator;

/** An accumulator that sees one expression's value after another. */
function ofValues(gather: (budget: Budget) => { add(value: unknown): void; result(): unknown }): Maker {
  return (operand) => {
    const part = compileExpression(operand);
    return (budget) => {
      const gathering = gather(budget);
      return { add: (scope) => gathering.add(part(scope)), result: () => gathering.result() };
    };
  };
}

const gathered = (budget: Budget) => {
  const values: unknown[] = [];
  return {
    add: (value: unknown) => {
      if (value === undefined) return;
      budget.hold(value);
      values.push(value);
    },
    result: () => values,
  };
};

/** What a value takes in a map beside itself and its key. */
const ENTRY_BYTES = 80;

const gatheredOnce = (budget: Budget) => {
  const values = new Map<string, unknown>();
  return {
    add: (value: unknown) => {
      if (value === undefined) return;
      const key = keyOf(value);
      if (values.has(key)) return;
      budget.hold(value);
      budget.add(key.length + ENTRY_BYTES);
      values.set(key, value);
    },
    result: () => [...values.values()],
  };
};

/** A text that two values share exactly when they are equal. */
export function keyOf(value: unknown): string {
  return Buffer.from(keyString([value], [1])).toString('latin1');
}

const merged = () => {
  const document: Document = {};
  return {
    add: (value: unknown) => {
      if (isNullish(value)) return;
      if (!isDocument(value)) throw refusal(40400, '$mergeObjects requires object inputs');
      for (const name of Object.keys(value)) setField(document, name, value[name]);
    },
    result: () => document,
  };
};

/** `$firstN`, `$lastN`, `$minN`, `$maxN`. */
function several(name: string, pick: (values: unknown[], n: number) => unknown[]): Maker {
  return (operand) => {
    const { input, n } = pair(name, operand);
    return (budget) => {
      const values: unknown[] = [];
      let most = 0;
      return {
        add: (scope) => {
          most = wholeCount(name, n(scope));
          const value = input(scope);
          budget.hold(value);
          values.push(value);
        },
        result: () => pick(values, most),
      };
    };
  };
}

function pair(name: string, operand: unknown): { input: Expression; n: Expression } {
  if (!isDocument(operand)) throw refusal(5787801, `specification must be an object; found ${name}`);
  return { input: compileExpression(operand.input), n: compileExpression(operand.n) };
}

function wholeCount(name: string, value: unknown): number {
  const number = asNumber(value);
  if (number === undefined || number < 1 || !Number.isInteger(number)) {
    throw refusal(5787908, `'n' must be greater than 0 and a whole number for ${name}`);
  }
  return number;
}

/** `$top`, `$bottom` and their forms with `n`. */
function byOrder(fromEnd: boolean, many: boolean): Maker {
  return (operand) => {
    if (!isDocument(operand) || !isDocument(operand.sortBy))
      throw refusal(5788001, 'specification must be an object with sortBy');
    const spec = operand.sortBy;
    const output = compileExpression(operand.output);
    const n = compileExpression(operand.n ?? 1);
    return (budget) => {
      const held: { key: Uint8Array; value: unknown }[] = [];
      let most = 1;
      return {
        add: (scope) => {
          most = wholeCount('$topN', n(scope));
          const value = output(scope);
          budget.hold(value);
          held.push({ key: sortKey(scope.root as Document, spec), value: value ?? null });
        },
        result: () => {
          const values = held.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ value }) => value);
          const picked = fromEnd ? values.slice(-most) : values.slice(0, most);
          return many ? picked : (picked[0] ?? null);
        },
      };
    };
  };
}

/** `$median` and `$percentile`. */
function percentile(name: '$median' | '$percentile'): Maker {
  return (operand) => {
    if (!isDocument(operand)) throw refusal(7436100, `specification must be an object; found ${name}`);
    if (operand.method !== 'approximate')
      throw refusal(2, `Currently only 'approximate' can be used as percentile 'method'.`);
    const input = compileExpression(operand.input);
    const shares = name === '$median' ? [0.5] : sharesOf(operand.p);
    return (budget) => {
      const total = percentiles(shares);
      return {
        add: (scope) => {
          budget.add(8);
          total.add(input(scope));
        },
        result: () => (name === '$median' ? (total.result() as unknown[])[0] : total.result()),
      };
    };
  };
}

function sharesOf(given: unknown): number[] {
  const shares = Array.isArray(given) ? given.map(asNumber) : [];
  if (
    shares.length === 0 ||
    !shares.every((share): share is number => share !== undefined && share >= 0 && share <= 1)
  ) {
    throw refusal(7750301, "The $percentile 'p' field must be an array of numbers from [0.0, 1.0]");
  }
  return shares;
}

const present = (values: unknown[]) => values.filter((value) => !isNullish(value));

const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['$sum', ofValues(() => new Sum())],
  ['$avg', ofValues(average)],
  ['$min', ofValues(() => extreme(-1))],
  ['$max', ofValues(() => extreme(1))],
  ['$push', ofValues(gathered)],
  ['$addToSet', ofValues(gatheredOnce)],
  ['$stdDevPop', ofValues(() => deviation(false))],
  ['$stdDevSamp', ofValues(() => deviation(true))],
  ['$mergeObjects', ofValues(merged)],
  [
    '$first',
    ofValues(() => {
      let first: unknown;
      let seen = false;
      return {
        add: (value) => {
          if (!seen) first = value;
          seen = true;
        },
        result: () => first ?? null,
      };
    }),
  ],
  [
    '$last',
    ofValues(() => {
      let last: unknown;
      return {
        add: (value) => {
          last = value;
        },
        result: () => last ?? null,
      };
    }),
  ],
  [
    '$count',
    () => () => {
      let count = 0;
      return {
        add: () => {
          count += 1;
        },
        result: () => count,
      };
    },
  ],
  ['$firstN', several('$firstN', (values, n) => values.slice(0, n).map((value) => value ?? null))],
  ['$lastN', several('$lastN', (values, n) => values.slice(-n).map((value) => value ?? null))],
  ['$minN', several('$minN', (values, n) => present(values).sort(compareValues).slice(0, n))],
  [
    '$maxN',
    several('$maxN', (values, n) =>
      present(values)
        .sort((a, b) => compareValues(b, a))
        .slice(0, n),
    ),
  ],
  ['$top', byOrder(false, false)],
  ['$bottom', byOrder(true, false)],
  ['$topN', byOrder(false, true)],
  ['$bottomN', byOrder(true, true)],
  ['$median', percentile('$median')],
  ['$percentile', percentile('$percentile')],
]);
