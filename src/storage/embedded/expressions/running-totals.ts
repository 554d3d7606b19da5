/** What many values come to: sums, averages, extremes, deviations. */
import { arithmetic, asNumber, doubleOf, isNumeric, numberKind } from '../values/numbers.ts';
import { compareValues, type TextOrder } from '../values/order.ts';
import { quotient } from './operators/arithmetic.ts';

/** Takes values one after another. */
export interface Total {
  add(value: unknown): void;
  result(): unknown;
}

/** A sum that keeps MongoDB's types and does not lose the small parts of many doubles. */
export class Sum implements Total {
  #total: unknown = 0;
  #lost = 0;

  add(value: unknown): void {
    if (!isNumeric(value)) return;
    if (numberKind(this.#total) === 'double' && numberKind(value) !== 'decimal') {
      const before = asNumber(this.#total) as number;
      const term = asNumber(value) as number;
      const sum = before + term;
      if (Number.isFinite(sum))
        this.#lost += Math.abs(before) >= Math.abs(term) ? before - sum + term : term - sum + before;
      this.#total = doubleOf(sum);
    } else
      this.#total =
        arithmetic('add', this.#total, value) ?? doubleOf((asNumber(this.#total) ?? 0) + (asNumber(value) ?? 0));
  }

  result(): unknown {
    return this.#lost === 0 ? this.#total : arithmetic('add', this.#total, doubleOf(this.#lost));
  }
}

/** The mean of the numbers; null when there are none. */
export function average(): Total {
  const sum = new Sum();
  let count = 0;
  return {
    add: (value) => {
      if (!isNumeric(value)) return;
      sum.add(value);
      count += 1;
    },
    result: () => (count === 0 ? null : quotient(sum.result(), count)),
  };
}

/** The greatest (`sign` 1) or least (-1) of the values that are there; null when there are none. */
export function extreme(sign: 1 | -1, texts?: TextOrder): Total {
  let best: unknown;
  return {
    add: (value) => {
      if (value === undefined || value === null) return;
      if (best === undefined || sign * compareValues(value, best, texts) > 0) best = value;
    },
    result: () => best ?? null,
  };
}

/** The numbers at the given shares of all, each one that occurs: the least that at least so many do not exceed. */
export function percentiles(shares: readonly number[]): Total {
  const numbers: number[] = [];
  return {
    add: (value) => {
      const number = asNumber(value);
      if (number !== undefined && !Number.isNaN(number)) numbers.push(number);
    },
    result: () => {
      numbers.sort((a, b) => a - b);
      return shares.map((share) => {
        const found = numbers[Math.max(0, Math.ceil(share * numbers.length) - 1)];
        return found === undefined ? null : doubleOf(found);
      });
    },
  };
}

/** The standard deviation of the numbers, of a sample or of them all. */
export function deviation(sample: boolean): Total {
  let count = 0;
  let mean = 0;
  let squares = 0;
  return {
    add: (value) => {
      const number = asNumber(value);
      if (number === undefined) return;
      count += 1;
      const delta = number - mean;
      mean += delta / count;
      squares += delta * (number - mean);
    },
    result: () => {
      const over = sample ? count - 1 : count;
      return over < 1 ? null : doubleOf(Math.sqrt(squares / over));
    },
  };
}
