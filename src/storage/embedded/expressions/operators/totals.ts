/** `$sum`, `$avg`, `$min`, `$max` and the deviations as expressions, over their operands or the elements of one array. */

import { type QuantileName, quantileOf } from '../quantiles.ts';
import { average, deviation, extreme, percentiles, Sum, type Total } from '../running-totals.ts';
import type { Scope } from '../scope.ts';
import type { Maker } from './operator.ts';

function over(make: (scope: Scope) => Total): Maker {
  return (operand, compile) => {
    const parts = (Array.isArray(operand) ? operand : [operand]).map(compile);
    return (scope) => {
      const values = parts.map((part) => part(scope));
      const [only] = values;
      const total = make(scope);
      for (const value of values.length === 1 && Array.isArray(only) ? only : values) total.add(value);
      return total.result();
    };
  };
}

/** `$median` and `$percentile` over one number or the numbers of an array. */
function quantile(name: QuantileName): [string, Maker] {
  return [
    name,
    (operand, compile) => {
      const { input, shares, result } = quantileOf(name, operand, compile);
      return (scope) => {
        const value = input(scope);
        const total = percentiles(shares);
        for (const one of Array.isArray(value) ? value : [value]) total.add(one);
        return result(total);
      };
    },
  ];
}

export const TOTALS: readonly [string, Maker][] = [
  ['$sum', over(() => new Sum())],
  ['$avg', over(average)],
  ['$min', over(({ collation }) => extreme(-1, collation?.compare))],
  ['$max', over(({ collation }) => extreme(1, collation?.compare))],
  quantile('$median'),
  quantile('$percentile'),
  ['$stdDevPop', over(() => deviation(false))],
  ['$stdDevSamp', over(() => deviation(true))],
];
