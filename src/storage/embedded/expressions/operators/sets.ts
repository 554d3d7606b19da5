/** Arrays as sets: neither order nor repetition counts. */
import { refusal } from '../../values/errors.ts';
import { compareValues, keyString } from '../../values/order.ts';
import { typeName } from '../../values/types.ts';
import { isNullish, isTruthy, list, type Maker, nary, unary } from './operator.ts';

const keyOf = (value: unknown) => Buffer.from(keyString([value], [1])).toString('latin1');

/** The code each operator refuses with what is no array. */
const CODES: Readonly<Record<string, number>> = {
  $setUnion: 17043,
  $setIntersection: 17047,
  $setDifference: 17048,
  $setEquals: 17044,
  $setIsSubset: 17046,
};

function setOf(name: string, value: unknown, code = CODES[name] as number): Map<string, unknown> {
  if (!Array.isArray(value))
    throw refusal(code, `All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`);
  return new Map(value.map((one): [string, unknown] => [keyOf(one), one]));
}

const inOrder = (set: Map<string, unknown>) => [...set.values()].sort((a, b) => compareValues(a, b));

/** An operator on sets that is null when any operand is. */
function joined(name: string, least: number, apply: (sets: Map<string, unknown>[]) => unknown): [string, Maker] {
  return nary(name, least, Number.POSITIVE_INFINITY, (...values) =>
    values.some(isNullish) ? null : apply(values.map((value) => setOf(name, value))),
  );
}

const subset = (a: Map<string, unknown>, b: Map<string, unknown>) => [...a.keys()].every((key) => b.has(key));

const setEquals: Maker = (operand, compile) => {
  const count = Array.isArray(operand) ? operand.length : 1;
  if (count < 2) throw refusal(17045, `$setEquals needs at least two arguments had: ${count}`);
  const parts = list('$setEquals', operand, compile, 2, Number.POSITIVE_INFINITY);
  return (scope) => {
    const [first, ...others] = parts.map((part) => setOf('$setEquals', part(scope)));
    return others.every((other) => other.size === first?.size && subset(first, other));
  };
};

function elements(name: string, code: number, apply: (values: readonly unknown[]) => boolean): [string, Maker] {
  return unary(name, (value) => {
    if (!Array.isArray(value)) throw refusal(code, `${name}'s argument must be an array, but is ${typeName(value)}`);
    return apply(value);
  });
}

export const SETS: readonly [string, Maker][] = [
  joined('$setUnion', 0, (sets) => inOrder(new Map(sets.flatMap((set) => [...set])))),
  joined('$setIntersection', 0, ([first = new Map<string, unknown>(), ...others]) =>
    inOrder(new Map([...first].filter(([key]) => others.every((other) => other.has(key))))),
  ),
  nary('$setDifference', 2, 2, (a, b) => {
    if (isNullish(a) || isNullish(b)) return null;
    const from = setOf('$setDifference', a);
    const without = setOf('$setDifference', b, 17049);
    return [...from].filter(([key]) => !without.has(key)).map(([, value]) => value);
  }),
  ['$setEquals', setEquals],
  nary('$setIsSubset', 2, 2, (a, b) => subset(setOf('$setIsSubset', a), setOf('$setIsSubset', b, 17042))),
  elements('$anyElementTrue', 17041, (values) => values.some(isTruthy)),
  elements('$allElementsTrue', 17040, (values) => values.every(isTruthy)),
];
