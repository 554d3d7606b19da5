/** Arrays and documents: their elements, their fields, sets. */
import type { Document } from '../../values/bson.ts';
import { refusal } from '../../values/errors.ts';
import { asNumber } from '../../values/numbers.ts';
import { show } from '../../values/show.ts';
import { isDocument, setField, typeName } from '../../values/types.ts';
import type { Expression } from '../scope.ts';
import {
  arrayOrNull,
  binding,
  compareMissing,
  isNullish,
  isTruthy,
  list,
  type Maker,
  named,
  unary,
} from './operator.ts';

const map: Maker = (operand, compile) => {
  const given = named('$map', operand, ['input', 'as', 'in'], {
    unknown: 16879,
    missing: [
      ['input', 16880],
      ['in', 16882],
    ],
  });
  const input = compile(given.input);
  const name = (given.as as string | undefined) ?? 'this';
  const inside = compile(given.in);
  return (scope) =>
    arrayOrNull('$map', input(scope))?.map((value) => inside(binding(scope, name, value)) ?? null) ?? null;
};

const filter: Maker = (operand, compile) => {
  const given = named('$filter', operand, ['input', 'as', 'cond', 'limit'], {
    unknown: 28647,
    missing: [
      ['input', 28648],
      ['cond', 28650],
    ],
  });
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
  const given = named('$reduce', operand, ['input', 'initialValue', 'in'], {
    unknown: 40076,
    missing: [
      ['input', 40077],
      ['initialValue', 40078],
      ['in', 40079],
    ],
  });
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

const zip: Maker = (operand, compile) => {
  const given = named('$zip', operand, ['inputs', 'useLongestLength', 'defaults']);
  if (!Array.isArray(given.inputs)) throw refusal(34461, 'inputs must be an array of expressions');
  if (given.inputs.length === 0) throw refusal(34465, '$zip requires at least one input array');
  const inputs = given.inputs.map(compile);
  const defaults = Array.isArray(given.defaults) ? given.defaults.map(compile) : [];
  const longest = given.useLongestLength === true;
  if (defaults.length > 0 && !longest) {
    throw refusal(34466, 'cannot specify defaults unless useLongestLength is true');
  }
  return (scope) => {
    const arrays = inputs.map((input) => input(scope));
    if (arrays.some(isNullish)) return null;
    const lengths = arrays.map((array) => {
      if (!Array.isArray(array)) throw refusal(34468, `$zip found a non-array expression in input: ${show(array)}`);
      return array.length;
    });
    const length = longest ? Math.max(0, ...lengths) : Math.min(...lengths);
    return Array.from({ length }, (_, i) =>
      arrays.map((array, j) => {
        const values = array as unknown[];
        return i < values.length ? values[i] : (defaults[j]?.(scope) ?? null);
      }),
    );
  };
};

export const ARRAYS: readonly [string, Maker][] = [
  ['$map', map],
  ['$filter', filter],
  ['$reduce', reduce],
  element('$first', () => 0),
  element('$last', (length) => length - 1),
  ['$arrayElemAt', elementAt],
  ['$size', size],
  ['$in', isIn],
  ['$concatArrays', concatArrays],
  ['$mergeObjects', mergeObjects],
  unary('$isArray', (value) => Array.isArray(value)),
  ['$zip', zip],
];
