/** Dates: their parts, and what lies so far from them. */
import type { DateTime } from 'luxon';
import { failedToParse, refusal } from '../../values/errors.ts';
import { asNumber, longOf } from '../../values/numbers.ts';
import { typeName } from '../../values/types.ts';
import { dateFromParts, dateFromText, dateToText } from './date-forms.ts';
import { SPANS } from './date-spans.ts';
import { dateOperand, dayOfWeek, fieldsOf, integral, onClock, weekOf } from './moments.ts';
import { isNullish, type Maker, named } from './operator.ts';

function part(name: string, of: (date: DateTime) => unknown): [string, Maker] {
  return [
    name,
    (operand, compile) => {
      const date = dateOperand(name, operand, compile);
      return (scope) => {
        const value = date(scope);
        return value === null ? null : of(value);
      };
    },
  ];
}

const UNITS = new Set(['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond']);

/** A date so many units away, by the calendar of its time zone: a month after 31 January is the end of February. */
function distant(name: string, sign: 1 | -1): [string, Maker] {
  return [
    name,
    (operand, compile) => {
      const given = fieldsOf(named(name, operand, ['startDate', 'unit', 'amount', 'timezone']), compile);
      return (scope) => {
        const { startDate, unit, amount, timezone } = given(scope);
        if ([startDate, unit, amount].some(isNullish) || timezone === null) return null;
        if (typeof unit !== 'string' || !UNITS.has(unit))
          throw failedToParse(`${name}: unknown time unit value: ${String(unit)}`);
        if (!['date', 'objectId', 'timestamp'].includes(typeName(startDate)))
          throw refusal(5166403, `${name} requires startDate to be convertible to a date`);
        const count = integral(amount, 5166405, `${name}: amount`);
        return onClock(startDate, timezone)
          .plus({ [`${unit}s`]: sign * count })
          .toJSDate();
      };
    },
  ];
}

const asLong = (value: unknown) => longOf(BigInt(asNumber(value) ?? 0));
export const DATES: readonly [string, Maker][] = [
  part('$year', ({ year }) => year),
  part('$month', ({ month }) => month),
  part('$dayOfMonth', ({ day }) => day),
  part('$dayOfYear', ({ ordinal }) => ordinal),
  part('$dayOfWeek', dayOfWeek),
  part('$hour', ({ hour }) => hour),
  part('$minute', ({ minute }) => minute),
  part('$second', ({ second }) => second),
  part('$millisecond', ({ millisecond }) => millisecond),
  part('$week', weekOf),
  part('$isoWeek', ({ weekNumber }) => weekNumber),
  part('$isoDayOfWeek', ({ weekday }) => weekday),
  part('$isoWeekYear', ({ weekYear }) => asLong(weekYear)),
  distant('$dateAdd', 1),
  distant('$dateSubtract', -1),
  ['$dateToString', dateToText],
  ['$dateFromString', dateFromText],
  ['$dateFromParts', dateFromParts],
  ...SPANS,
];
