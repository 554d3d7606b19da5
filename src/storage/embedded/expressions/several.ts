/** The first, last, least or greatest few of many values, as accumulators and expressions alike take them. */
import { refusal } from '../values/errors.ts';
import { isNumeric, wholeNumber } from '../values/numbers.ts';
import { compareValues } from '../values/order.ts';
import { typeName } from '../values/types.ts';
import { type Compile, isNullish, named } from './operators/operator.ts';
import type { Expression, Scope } from './scope.ts';

type Pick = (values: readonly unknown[], n: number) => unknown[];

const present = (values: readonly unknown[]) => values.filter((value) => !isNullish(value));
const asIs = (values: readonly unknown[]) => values.map((value) => value ?? null);

const PICKS: Readonly<Record<string, Pick>> = {
  $firstN: (values, n) => asIs(values.slice(0, n)),
  $lastN: (values, n) => asIs(values.slice(-n)),
  $minN: (values, n) => present(values).sort(compareValues).slice(0, n),
  $maxN: (values, n) =>
    present(values)
      .sort((a, b) => compareValues(b, a))
      .slice(0, n),
};

/** What `{ input, n }` of `$firstN` and its kin comes to. Refused with MongoDB's codes when it is something else. */
export function several(
  name: string,
  operand: unknown,
  compile: Compile,
): { input: Expression; n: (scope: Scope) => number; pick: Pick } {
  const given = named(name, operand, ['input', 'n'], {
    other: 5787801,
    unknown: 5787901,
    missing: [
      ['n', 5787906],
      ['input', 5787907],
    ],
  });
  const n = compile(given.n);
  return { input: compile(given.input), n: (scope) => howMany(name, n(scope)), pick: PICKS[name] as Pick };
}

/** The `n` of an operator: a whole number of at least 1. */
export function howMany(name: string, value: unknown): number {
  if (!isNumeric(value))
    throw refusal(5787902, `Value for 'n' must be of integral type for ${name}, but found ${typeName(value)}`);
  const whole = wholeNumber(value);
  if (whole === undefined)
    throw refusal(5787903, `Value for 'n' must be of integral type for ${name}, but found ${String(value)}`);
  if (whole < 1n) throw refusal(5787908, `'n' must be greater than 0 for ${name}, found ${whole}`);
  return Number(whole);
}
