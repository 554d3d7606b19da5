/** What `$median` and `$percentile` take, as accumulators and expressions alike. */
import { badValue, refusal } from '../values/errors.ts';
import { asNumber } from '../values/numbers.ts';
import { type Compile, named } from './operators/operator.ts';
import type { Total } from './running-totals.ts';
import type { Expression } from './scope.ts';

export type QuantileName = '$median' | '$percentile';

/** A use of one of the two: what it looks at, the shares it asks for, and how its result is shown. */
interface Quantile {
  readonly input: Expression;
  readonly shares: readonly number[];
  result(total: Total): unknown;
}

/** Reads `{ input, method }` or `{ input, p, method }`. Refused with MongoDB's codes when it is something else. */
export function quantileOf(name: QuantileName, operand: unknown, compile: Compile): Quantile {
  const fields = name === '$median' ? ['input', 'method'] : ['input', 'p', 'method'];
  const given = named(name, operand, fields, {
    other: name === '$median' ? 7436100 : 7429703,
    unknown: 40415,
    missing: fields.map((field) => [field, 40414] as const),
  });
  if (given.method !== 'approximate')
    throw badValue(`Currently only 'approximate' can be used as percentile 'method'.`);
  return {
    input: compile(given.input),
    shares: name === '$median' ? [0.5] : sharesOf(given.p),
    result: (total) => (name === '$median' ? (total.result() as unknown[])[0] : total.result()),
  };
}

function sharesOf(given: unknown): number[] {
  const shares = Array.isArray(given) ? given.map(asNumber) : [];
  if (shares.length > 0 && shares.every((share): share is number => share !== undefined && share >= 0 && share <= 1))
    return shares;
  throw refusal(7750301, "The $percentile 'p' field must be an array of numbers from [0.0, 1.0]");
}
