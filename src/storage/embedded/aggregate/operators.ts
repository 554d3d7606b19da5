/** The usual expression operators. */

import type { Document } from '../values/bson.ts';
import type { Collation } from '../values/collation.ts';
import { refusal } from '../values/errors.ts';
import { arithmetic, asNumber, doubleOf, isNumeric, longOf } from '../values/numbers.ts';
import { compareValues } from '../values/order.ts';
import { show } from '../values/show.ts';
import { isDocument, setField, typeName } from '../values/types.ts';
import type { Expression, Scope } from './scope.ts';

type Compile = (expression: unknown) => Expression;
type Maker = (operand: unknown, compile: Compile) => Expression;

/** Whether expressions count a value as true: neither missing, null, false nor zero. */
export function isTruthy(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false;
  return isNumeric(value) ? asNumber(value) !== 0 : true;
}

const isNullish = (value: unknown) => value === undefined || value === null;

/** The operands as a list; a single operand needs no brackets. */
function list(name: string, operand: unknown, compile: Compile, least: number, most: number): Expression[] {
  const parts = Array.isArray(operand) ? operand : [operand];
  if (parts.length < least || parts.length > most) {
    throw refusal(
      16020,
      `Expression ${name} takes ${least === most ? `exactly ${least}` : `between ${least} and ${most}`} arguments. ${parts.length} were passed in.`,
    );
  }
  return parts.map(compile);
}

function comparison(name: string, test: (order: number) => unknown): [string, Maker] {
  return [
    name,
    (operand, compile) => {
      const [a, b] = list(name, operand, compile, 2, 2) as [Expression, Expression];
      return (scope) => test(compareMissing(a(scope), b(scope), scope.collation));
    },
  ];
}

/** A missing value comes before every other, null included. */
function compareMissing(a: unknown, b: unknown, collation: Collation | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  return compareValues(a, b, collation?.compare);
}

function named(name: string, operand: unknown, fields: readonly string[]): Document {
  if (!isDocument(operand)) throw refusal(9, `${name} only supports an object as its argument`);
  for (const field of Object.keys(operand)) {
    if (!fields.includes(field)) throw refusal(9, `Unrecognized parameter to ${name}: ${field}`);
  }
  return operand;
}

function arrayOrNull(name: string, value: unknown): readonly unknown[] | null {
  if (isNullish(value)) return null;
  if (!Array.isArray(value)) throw refusal(28651, `input to ${name} must be an array not ${typeName(value)}`);
  return value;
}

const binding = (scope: Scope, name: string, value: unknown): Scope => ({
  ...scope,
  variables: { ...scope.variables, [name]: value },
});

function sumDates(a: unknown, b: unknown): unknown {
  if (a instanceof Date && b instanceof Date) throw refusal(16612, 'only one date allowed in an $add expression');
  if (a instanceof Date) return new Date(a.getTime() + (asNumber(b) ?? 0));
  if (b instanceof Date) return new Date(b.getTime() + (asNumber(a) ?? 0));
  return arithmetic('add', a, b);
}

function folded(
  name: string,
  start: unknown,
  join: (a: unknown, b: unknown) => unknown,
  dates: boolean,
): [string, Maker] {
  return [
    name,
    (operand, compile) => {
      const parts = list(name, operand, compile, 0, Number.POSITIVE_INFINITY);
      return (scope) => {
        let total = start;
        for (const part of parts) {
          const value = part(scope);
          if (isNullish(value)) return null;
          if (!isNumeric(value) && !(dates && value instanceof Date)) {
            throw refusal(14, `${name} only supports numeric${dates ? ' or date' : ''} types, not ${typeName(value)}`);
          }
          total = join(total, value);
        }
        return total;
      };
    },
  ];
}

const subtract: Maker = (operand, compile) => {
  const [a, b] = list('$subtract', operand, compile, 2, 2) as [Expression, Expression];
  return (scope) => {
    const from = a(scope);
    const by = b(scope);
    if (isNullish(from) || isNullish(by)) return null;
    if (from instanceof Date && by instanceof Date) return longOf(BigInt(from.getTime() - by.getTime()));
    if (from instanceof Date && isNumeric(by)) return new Date(from.getTime() - (asNumber(by) ?? 0));
    if (!isNumeric(from) || !isNumeric(by)) throw refusal(14, `can't $subtract ${typeName(by)} from ${typeName(from)}`);
    return arithmetic('add', from, arithmetic('multiply', by, -1));
  };
};

const divide: Maker = (operand, compile) => {
  const [a, b] = list('$divide', operand, compile, 2, 2) as [Expression, Expression];
  return (scope) => {
    const from = a(scope);
    const by = b(scope);
    if (isNullish(from) || isNullish(by)) return null;
    if (!isNumeric(from) || !isNumeric(by))
      throw refusal(14, `$divide only supports numeric types, not ${typeName(from)} and ${typeName(by)}`);
    if (asNumber(by) === 0) throw refusal(2, "can't $divide by zero");
    return doubleOf((asNumber(from) ?? 0) / (asNumber(by) ?? 1));
  };
};

const conditional: Maker = (operand, compile) => {
  const parts = Array.isArray(operand)
    ? operand
    : (({ if: test, then: yes, else: no }) => [test, yes, no])(named('$cond', operand, ['if', 'then', 'else']));
  const [test, yes, no] = list('$cond', parts, compile, 3, 3) as [Expression, Expression, Expression];
  return (scope) => (isTruthy(test(scope)) ? yes(scope) : no(scope));
};

const choice: Maker = (operand, compile) => {
  const given = named('$switch', operand, ['branches', 'default']);
  if (!Array.isArray(given.branches)) throw refusal(40061, '$switch expected an array for branches');
  const branches = (given.branches as Document[]).map((branch) => ({
    test: compile(branch.case),
    value: compile(branch.then),
  }));
  const otherwise = 'default' in given ? compile(given.default) : undefined;
  return (scope) => {
    for (const { test, value } of branches) if (isTruthy(test(scope))) return value(scope);
    if (otherwise === undefined)
      throw refusal(40066, '$switch could not find a matching branch for an input, and no default was specified.');
    return otherwise(scope);
  };
};

const letIn: Maker = (operand, compile) => {
  const given = named('$let', operand, ['vars', 'in']);
  const variables = Object.entries((given.vars ?? {}) as Document).map(([name, value]): [string, Expression] => [
    name,
    compile(value),
  ]);
  const inside = compile(given.in);
  return (scope) => {
    const values: Document = { ...scope.variables };
    for (const [name, value] of variables) setField(values, name, value(scope));
    return inside({ ...scope, variables: values });
  };
};

const map: Maker = (operand, compile) => {
  const given = named('$map', operand, ['input', 'as', 'in']);
  const input = compile(given.input);
  const name = (given.as as string | undefined) ?? 'this';
  const inside = compile(given.in);
  return (scope) =>
    arrayOrNull('$map', input(scope))?.map((value) => inside(binding(scope, name, value)) ?? null) ?? null;
};

const filter: Maker = (operand, compile) => {
  const given = named('$filter', operand, ['input', 'as', 'cond', 'limit']);
  const input = compile(given.input);
  const name = (given.as as string | undefined) ?? 'this';
  const test = compile(given.cond);
  const most = given.limit === undefined ? undefined : compile(given.limit);
  return (scope) => {
    const limit = most === undefined ? undefined : (asNumber(most(scope)) ?? Number.POSITIVE_INFINITY);
    const kept = arrayOrNull('$filter', input(scope))?.filter((value) => isTruthy(test(binding(scope, name, value))));
    return kept === undefined ? null : limit === undefined ? kept : kept.slice(0, limit);
  };
};

const reduce: Maker = (operand, compile) => {
  const given = named('$reduce', operand, ['input', 'initialValue', 'in']);
  const input = compile(given.input);
  const start = compile(given.initialValue);
  const inside = compile(given.in);
  return (scope) => {
    const values = arrayOrNull('$reduce', input(scope));
    if (values === null) return null;
    let value = start(scope);
    for (const each of values) value = inside(binding(binding(scope, 'value', value), 'this', each));
    return value;
  };
};

const element = (name: string, at: (length: number) => number): [string, Maker] => [
  name,
  (operand, compile) => {
    const [input] = list(name, operand, compile, 1, 1) as [Expression];
    return (scope) => {
      const values = arrayOrNull(name, input(scope));
      return values === null ? null : values[at(values.length)];
    };
  },
];

const elementAt: Maker = (operand, compile) => {
  const [input, place] = list('$arrayElemAt', operand, compile, 2, 2) as [Expression, Expression];
  return (scope) => {
    const values = input(scope);
    const at = asNumber(place(scope));
    if (isNullish(values) || at === undefined) return null;
    if (!Array.isArray(values))
      throw refusal(28689, `$arrayElemAt's first argument must be an array, but is ${typeName(values)}`);
    return values.at(at);
  };
};

const size: Maker = (operand, compile) => {
  const [input] = list('$size', operand, compile, 1, 1) as [Expression];
  return (scope) => {
    const value = input(scope);
    if (!Array.isArray(value))
      throw refusal(17124, `The argument to $size must be an array, but was of type: ${typeName(value)}`);
    return value.length;
  };
};

const isIn: Maker = (operand, compile) => {
  const [wanted, among] = list('$in', operand, compile, 2, 2) as [Expression, Expression];
  return (scope) => {
    const values = among(scope);
    if (!Array.isArray(values))
      throw refusal(40081, `$in requires an array as a second argument, found: ${typeName(values)}`);
    const value = wanted(scope);
    return values.some((one) => compareMissing(one, value, scope.collation) === 0);
  };
};

const concat: Maker = (operand, compile) => {
  const parts = list('$concat', operand, compile, 0, Number.POSITIVE_INFINITY);
  return (scope) => {
    let text = '';
    for (const part of parts) {
      const value = part(scope);
      if (isNullish(value)) return null;
      if (typeof value !== 'string') throw refusal(16702, `$concat only supports strings, not ${typeName(value)}`);
      text += value;
    }
    return text;
  };
};

const concatArrays: Maker = (operand, compile) => {
  const parts = list('$concatArrays', operand, compile, 0, Number.POSITIVE_INFINITY);
  return (scope) => {
    const all: unknown[] = [];
    for (const part of parts) {
      const values = part(scope);
      if (isNullish(values)) return null;
      if (!Array.isArray(values)) throw refusal(28664, `$concatArrays only supports arrays, not ${typeName(values)}`);
      all.push(...values);
    }
    return all;
  };
};

const mergeObjects: Maker = (operand, compile) => {
  const parts = list('$mergeObjects', operand, compile, 0, Number.POSITIVE_INFINITY);
  return (scope) => {
    const merged: Document = {};
    const values = parts.map((part) => part(scope));
    for (const value of values.length === 1 && Array.isArray(values[0]) ? values[0] : values) {
      if (isNullish(value)) continue;
      if (!isDocument(value))
        throw refusal(
          40400,
          `$mergeObjects requires object inputs, but input ${show(value)} is of type ${typeName(value)}`,
        );
      for (const name of Object.keys(value)) setField(merged, name, value[name]);
    }
    return merged;
  };
};

const ifNull: Maker = (operand, compile) => {
  const parts = list('$ifNull', operand, compile, 2, Number.POSITIVE_INFINITY);
  return (scope) => {
    let value: unknown;
    for (const part of parts) {
      value = part(scope);
      if (!isNullish(value)) return value;
    }
    return value;
  };
};

/** The operators by name. */
export const OPERATORS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  comparison('$eq', (order) => order === 0),
  comparison('$ne', (order) => order !== 0),
  comparison('$gt', (order) => order > 0),
  comparison('$gte', (order) => order >= 0),
  comparison('$lt', (order) => order < 0),
  comparison('$lte', (order) => order <= 0),
  comparison('$cmp', (order) => Math.sign(order)),
  folded('$add', 0, sumDates, true),
  folded('$multiply', 1, (a, b) => arithmetic('multiply', a, b), false),
  ['$subtract', subtract],
  ['$divide', divide],
  ['$cond', conditional],
  ['$switch', choice],
  ['$ifNull', ifNull],
  ['$let', letIn],
  ['$map', map],
  ['$filter', filter],
  ['$reduce', reduce],
  element('$first', () => 0),
  element('$last', (length) => length - 1),
  ['$arrayElemAt', elementAt],
  ['$size', size],
  ['$in', isIn],
  ['$concat', concat],
  ['$concatArrays', concatArrays],
  ['$mergeObjects', mergeObjects],
  [
    '$and',
    (operand, compile) => {
      const parts = list('$and', operand, compile, 0, Number.POSITIVE_INFINITY);
      return (scope) => parts.every((part) => isTruthy(part(scope)));
    },
  ],
  [
    '$or',
    (operand, compile) => {
      const parts = list('$or', operand, compile, 0, Number.POSITIVE_INFINITY);
      return (scope) => parts.some((part) => isTruthy(part(scope)));
    },
  ],
  [
    '$not',
    (operand, compile) => {
      const [part] = list('$not', operand, compile, 1, 1) as [Expression];
      return (scope) => !isTruthy(part(scope));
    },
  ],
  [
    '$isArray',
    (operand, compile) => {
      const [part] = list('$isArray', operand, compile, 1, 1) as [Expression];
      return (scope) => Array.isArray(part(scope));
    },
  ],
  [
    '$type',
    (operand, compile) => {
      const [part] = list('$type', operand, compile, 1, 1) as [Expression];
      return (scope) => typeName(part(scope));
    },
  ],
]);
