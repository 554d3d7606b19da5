/** Arrays and documents: their elements, their fields, sets. */
import type { Document } from '../../values/bson.ts';
import { refusal } from '../../values/errors.ts';
import { isNumeric, wholeNumber } from '../../values/numbers.ts';
import { show } from '../../values/show.ts';
import { isDocument, isInt32, setField, typeName } from '../../values/types.ts';
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
  variableName,
} from './operator.ts';

const map: Maker = (operand, compile) => {
  const given = named('$map', operand, ['input', 'as', 'in'], {
    other: 16878,
    unknown: 16879,
    missing: [
      ['input', 16880],
      ['in', 16882],
    ],
  });
  const input = compile(given.input);
  const name = variableName(given.as, 'this');
  const inside = compile(given.in);
  return (scope) =>
    arrayOrNull('$map', input(scope), 16883)?.map((value) => inside(binding(scope, name, value)) ?? null) ?? null;
};

const filter: Maker = (operand, compile) => {
  const given = named('$filter', operand, ['input', 'as', 'cond', 'limit'], {
    other: 28646,
    unknown: 28647,
    missing: [
      ['input', 28648],
      ['cond', 28650],
    ],
  });
  const input = compile(given.input);
  const name = variableName(given.as, 'this');
  const test = compile(given.cond);
  const most = given.limit === undefined ? undefined : compile(given.limit);
  return (scope) => {
    const values = arrayOrNull('$filter', input(scope), 28651);
    if (values === null) return null;
    const limit = most === undefined ? undefined : limitOf(most(scope));
    return values.filter((value) => isTruthy(test(binding(scope, name, value)))).slice(0, limit);
  };
};

/** How many elements `$filter` keeps at most; undefined for all. */
function limitOf(value: unknown): number | undefined {
  if (isNullish(value)) return undefined;
  const whole = wholeNumber(value);
  if (whole === undefined || !isInt32(Number(whole)))
    throw refusal(327391, `$filter: limit must be represented as a 32-bit integral value: ${show(value)}`);
  if (whole < 1n) throw refusal(327392, `$filter: limit must be greater than 0: ${whole}`);
  return Number(whole);
}

const reduce: Maker = (operand, compile) => {
  const given = named('$reduce', operand, ['input', 'initialValue', 'in'], {
    other: 40075,
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
    const values = arrayOrNull('$reduce', input(scope), 40080);
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
      const values = arrayOrNull(name, input(scope), 28689);
      return values === null ? null : values[at(values.length)];
    };
  },
];

const elementAt: Maker = (operand, compile) => {
  const [input, place] = list('$arrayElemAt', operand, compile, 2, 2) as [Expression, Expression];
  return (scope) => {
    const [values, at] = [input(scope), place(scope)];
    if (isNullish(values) || isNullish(at)) return null;
    if (!Array.isArray(values))
      throw refusal(28689, `$arrayElemAt's first argument must be an array, but is ${typeName(values)}`);
    if (!isNumeric(at))
      throw refusal(28690, `$arrayElemAt's second argument must be a numeric value, but is ${typeName(at)}`);
    const whole = wholeNumber(at);
    if (whole === undefined || !isInt32(Number(whole)))
      throw refusal(28691, `$arrayElemAt's second argument must be representable as a 32-bit integer: ${show(at)}`);
    return values.at(Number(whole));
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
  const given = named('$zip', operand, ['inputs', 'useLongestLength', 'defaults'], { other: 34460, unknown: 34464 });
  if (given.inputs !== undefined && !Array.isArray(given.inputs))
    throw refusal(34461, 'inputs must be an array of expressions');
  if (given.inputs === undefined || given.inputs.length === 0)
    throw refusal(34465, '$zip requires at least one input array');
  const inputs = given.inputs.map(compile);
  if (given.defaults !== undefined && !Array.isArray(given.defaults))
    throw refusal(34462, `defaults must be an array of expressions, found ${typeName(given.defaults)}`);
  const defaults = (given.defaults ?? []).map(compile);
  const { useLongestLength: longest = false } = given;
  if (typeof longest !== 'boolean') throw refusal(34463, `useLongestLength must be a bool, found ${typeName(longest)}`);
  if (defaults.length > 0 && !longest) {
    throw refusal(34466, 'cannot specify defaults unless useLongestLength is true');
  }
  if (defaults.length > 0 && defaults.length !== inputs.length)
    throw refusal(34467, 'defaults and inputs must have the same length');
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
