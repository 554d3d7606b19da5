/** What `$group` gathers of the documents of a group. */

import { compileExpression } from '../expressions/expression.ts';
import { named } from '../expressions/operators/operator.ts';
import { type QuantileName, quantileOf } from '../expressions/quantiles.ts';
import { average, deviation, extreme, percentiles, Sum } from '../expressions/running-totals.ts';
import type { Scope } from '../expressions/scope.ts';
import { howMany, several } from '../expressions/several.ts';
import type { Budget } from '../query/memory.ts';
import type { Document } from '../values/bson.ts';
import { refusal, typeMismatch } from '../values/errors.ts';
import { keyString, sortKey } from '../values/order.ts';
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
  if (field.includes('.')) throw refusal(40235, `The field name '${field}' cannot contain '.'`);
  if (field.startsWith('$')) throw refusal(40236, `The field name '${field}' cannot be an operator name`);
  if (!isDocument(spec)) throw refusal(40234, `The field '${field}' must be an accumulator object`);
  const [name, ...others] = Object.keys(spec);
  if (name === undefined || others.length > 0)
    throw refusal(40238, `The field '${field}' must specify one accumulator`);
  const make = MAKERS.get(name);
  if (make === undefined) throw refusal(15952, `unknown group operator '${name}'`);
  if (name === '$count' && !(isDocument(spec.$count) && Object.keys(spec.$count).length === 0))
    throw typeMismatch('$count takes no arguments, i.e. $count:{}');
  if (Array.isArray(spec[name])) throw refusal(40237, `The ${name} accumulator is a unary operator`);
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
    // A copy, for a window may go on growing.
    result: () => [...values],
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
function few(name: string): [string, Maker] {
  return [
    name,
    (operand) => {
      const { input, n, pick } = several(name, operand, compileExpression);
      return (budget) => {
        const values: unknown[] = [];
        let most = 0;
        return {
          add: (scope) => {
            most = n(scope);
            const value = input(scope);
            budget.hold(value);
            values.push(value);
          },
          result: () => pick(values, most),
        };
      };
    },
  ];
}

/** `$top`, `$bottom` and their forms with `n`. */
function byOrder(name: string, fromEnd: boolean, many: boolean): [string, Maker] {
  const make: Maker = (operand) => {
    const given = named(name, operand, many ? ['n', 'output', 'sortBy'] : ['output', 'sortBy'], {
      other: 5788001,
      unknown: 5788002,
      missing: [...(many ? ([['n', 5788003]] as const) : []), ['output', 5788004], ['sortBy', 5788005]],
    });
    if (!isDocument(given.sortBy)) throw refusal(5788604, `expected 'sortBy' of ${name} to already be an object`);
    const spec = given.sortBy;
    const output = compileExpression(given.output);
    const n = compileExpression(given.n ?? 1);
    return (budget) => {
      const held: { key: Uint8Array; value: unknown }[] = [];
      let most = 1;
      return {
        add: (scope) => {
          most = howMany(name, n(scope));
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
  return [name, make];
}

/** `$median` and `$percentile`. */
function percentile(name: QuantileName): [string, Maker] {
  return [
    name,
    (operand) => {
      const { input, shares, result } = quantileOf(name, operand, compileExpression);
      return (budget) => {
        const total = percentiles(shares);
        return {
          add: (scope) => {
            budget.add(8);
            total.add(input(scope));
          },
          result: () => result(total),
        };
      };
    },
  ];
}

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
  ...['$firstN', '$lastN', '$minN', '$maxN'].map(few),
  byOrder('$top', false, false),
  byOrder('$bottom', true, false),
  byOrder('$topN', false, true),
  byOrder('$bottomN', true, true),
  percentile('$median'),
  percentile('$percentile'),
]);
