/** Arrays as sets: neither order nor repetition counts. */
import { refusal } from '../../values/errors.ts';
import { compareValues, keyString } from '../../values/order.ts';
import { typeName } from '../../values/types.ts';
import { isNullish, isTruthy, type Maker, nary, unary } from './operator.ts';

const keyOf = (value: unknown) => Buffer.from(keyString([value], [1])).toString('latin1');

function setOf(name: string, value: unknown): Map<string, unknown> {
  if (!Array.isArray(value))
    throw refusal(17041, `All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`);
  return new Map(value.map((one): [string, unknown] => [keyOf(one), one]));
}

const inOrder = (set: Map<string, unknown>) => [...set.values()].sort((a, b) => compareValues(a, b));

/** An operator on sets that is null when any operand is. */
function joined(name: string, least: number, apply: (sets: Map<string, unknown>[]) => unknown): [string, Maker] {
  return nary(name, least, Number.POSITIVE_INFINITY, (...values) =>
    values.some(isNullish) ? null : apply(values.map((value) => setOf(name, value))),
  );
}

/** An operator on sets that takes nothing for a set. */
function compared(name: string, most: number, apply: (sets: Map<string, unknown>[]) => boolean): [string, Maker] {
  return nary(name, 2, most, (...values) => apply(values.map((value) => setOf(name, value))));
}

const subset = (a: Map<string, unknown>, b: Map<string, unknown>) => [...a.keys()].every((key) => b.has(key));

function elements(name: string, apply: (values: readonly unknown[]) => boolean): [string, Maker] {
  return unary(name, (value) => {
    if (!Array.isArray(value)) throw refusal(17040, `${name}'s argument must be an array, but is ${typeName(value)}`);
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
    const without = setOf('$setDifference', b);
    return [...setOf('$setDifference', a)].filter(([key]) => !without.has(key)).map(([, value]) => value);
  }),
  compared('$setEquals', Number.POSITIVE_INFINITY, ([first = new Map<string, unknown>(), ...others]) =>
    others.every((other) => other.size === first.size && subset(first, other)),
  ),
  compared('$setIsSubset', 2, ([a, b]) => subset(a as Map<string, unknown>, b as Map<string, unknown>)),
  elements('$anyElementTrue', (values) => values.some(isTruthy)),
  elements('$allElementsTrue', (values) => values.every(isTruthy)),
];
