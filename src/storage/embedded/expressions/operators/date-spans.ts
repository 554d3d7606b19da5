/** How far apart two dates are, the start of the span of time a date lies in, and its parts. */
import { DateTime } from 'luxon';
import { refusal } from '../../values/errors.ts';
import { isNumeric, longOf, wholeNumber } from '../../values/numbers.ts';
import { typeName } from '../../values/types.ts';
import { fieldsOf, onClock, zoneOf } from './moments.ts';
import { isNullish, type Maker, named } from './operator.ts';

/** The milliseconds of the units whose length is always the same. */
const EVEN: Readonly<Record<string, number>> = { hour: 3_600_000, minute: 60_000, second: 1_000, millisecond: 1 };
/** The months of those that count by the calendar. */
const MONTHS: Readonly<Record<string, number>> = { year: 12, quarter: 3, month: 1 };
const DAYS: Readonly<Record<string, number>> = { week: 7, day: 1 };
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

function unitOf(name: string, unit: unknown): string {
  if (typeof unit !== 'string')
    throw refusal(5439013, `${name} requires 'unit' to be a string, but got ${typeName(unit)}`);
  if (unit in EVEN || unit in MONTHS || unit in DAYS) return unit;
  throw refusal(5439014, `${name} parameter 'unit' value cannot be recognized as a time unit: ${unit}`);
}

/** The weekday a week starts with, as luxon counts: 1 for Monday. Sunday where none is given. */
function weekStart(name: string, given: unknown): number {
  if (given === undefined) return 7;
  if (typeof given !== 'string')
    throw refusal(5439015, `${name} requires 'startOfWeek' to be a string, but got ${typeName(given)}`);
  const at = WEEKDAYS.findIndex((day) => day === given.toLowerCase() || day.slice(0, 3) === given.toLowerCase());
  if (at < 0)
    throw refusal(5439016, `${name} parameter 'startOfWeek' value cannot be recognized as a day of a week: ${given}`);
  return at + 1;
}

/** A date on its clock. @throws CommandError with the code for what is no date */
function dated(name: string, field: string, value: unknown, timezone: unknown, code: number): DateTime {
  if (!['date', 'objectId', 'timestamp'].includes(typeName(value)))
    throw refusal(code, `${name} requires '${field}' to be a date, but got ${typeName(value)}`);
  return onClock(value, timezone);
}

/** The days from the first of January 2000 to the day of a date, on its clock. */
const dayNumber = (date: DateTime): number =>
  Math.round((Date.UTC(date.year, date.month - 1, date.day) - Date.UTC(2000, 0, 1)) / 86_400_000);
const monthNumber = (date: DateTime): number => (date.year - 2000) * 12 + date.month - 1;
/** The day number of the first such weekday on or after the first of January 2000, a Saturday. */
const firstOfWeek = (weekday: number): number => (weekday - 6 + 7) % 7;

/** How many starts of a unit lie between two dates. */
function apart(from: DateTime, to: DateTime, unit: string, weekday: number): number {
  const of = (date: DateTime): number => {
    if (unit in MONTHS) return Math.floor(monthNumber(date) / (MONTHS[unit] as number));
    if (unit === 'day') return dayNumber(date);
    if (unit === 'week') return Math.floor((dayNumber(date) - firstOfWeek(weekday)) / 7);
    // Where clocks are not whole hours from UTC, their hours start between those of UTC.
    return Math.floor((date.toMillis() + (date.offset % 60) * 60_000) / (EVEN[unit] as number));
  };
  return of(to) - of(from);
}

const dateDiff: Maker = (operand, compile) => {
  const given = fieldsOf(
    named('$dateDiff', operand, ['startDate', 'endDate', 'unit', 'timezone', 'startOfWeek'], {
      other: 5166301,
      unknown: 5166302,
      missing: [
        ['startDate', 5166303],
        ['endDate', 5166304],
        ['unit', 5166305],
      ],
    }),
    compile,
  );
  return (scope) => {
    const { startDate, endDate, unit, timezone, startOfWeek } = given(scope);
    if ([startDate, endDate, unit].some(isNullish) || timezone === null) return null;
    const span = unitOf('$dateDiff', unit);
    if (span === 'week' && startOfWeek === null) return null;
    const weekday = span === 'week' ? weekStart('$dateDiff', startOfWeek) : 7;
    const from = dated('$dateDiff', 'startDate', startDate, timezone, 5166307);
    const to = dated('$dateDiff', 'endDate', endDate, timezone, 5166307);
    return longOf(BigInt(apart(from, to, span, weekday)));
  };
};

/** The start of the span of `size` units a date lies in; spans are counted from the first of January 2000. */
function truncated(date: DateTime, unit: string, size: number, weekday: number): DateTime {
  const start = DateTime.fromObject({ year: 2000 }, { zone: date.zone });
  if (unit in EVEN) {
    const length = (EVEN[unit] as number) * size;
    const from = start.toMillis();
    return DateTime.fromMillis(Math.floor((date.toMillis() - from) / length) * length + from, { zone: date.zone });
  }
  if (unit in MONTHS) {
    const months = (MONTHS[unit] as number) * size;
    return start.plus({ months: Math.floor(monthNumber(date) / months) * months });
  }
  const days = (DAYS[unit] as number) * size;
  const first = unit === 'week' ? firstOfWeek(weekday) : 0;
  return start.plus({ days: Math.floor((dayNumber(date) - first) / days) * days + first });
}

const dateTrunc: Maker = (operand, compile) => {
  const given = fieldsOf(
    named('$dateTrunc', operand, ['date', 'unit', 'binSize', 'timezone', 'startOfWeek'], {
      other: 5439007,
      unknown: 5439008,
      missing: [
        ['date', 5439009],
        ['unit', 5439010],
      ],
    }),
    compile,
  );
  return (scope) => {
    const { date, unit, binSize = 1, timezone, startOfWeek } = given(scope);
    if ([date, unit, binSize].some(isNullish) || timezone === null) return null;
    const span = unitOf('$dateTrunc', unit);
    if (span === 'week' && startOfWeek === null) return null;
    const weekday = span === 'week' ? weekStart('$dateTrunc', startOfWeek) : 7;
    const size = isNumeric(binSize) ? wholeNumber(binSize) : undefined;
    if (size === undefined)
      throw refusal(
        5439017,
        `$dateTrunc requires 'binSize' to be a 64-bit integer, but got value of type ${typeName(binSize)}`,
      );
    if (size < 1n) throw refusal(5439018, `$dateTrunc requires 'binSize' to be greater than 0, but got value ${size}`);
    return truncated(dated('$dateTrunc', 'date', date, timezone, 5439012), span, Number(size), weekday).toJSDate();
  };
};

const dateToParts: Maker = (operand, compile) => {
  const given = fieldsOf(
    named('$dateToParts', operand, ['date', 'timezone', 'iso8601'], {
      other: 40524,
      unknown: 40520,
      missing: [['date', 40522]],
    }),
    compile,
  );
  return (scope) => {
    const { date, timezone, iso8601 = false } = given(scope);
    if (timezone === null || iso8601 === null) return null;
    zoneOf(timezone);
    if (typeof iso8601 !== 'boolean')
      throw refusal(40521, `iso8601 must evaluate to a bool, found ${typeName(iso8601)}`);
    if (isNullish(date)) return null;
    const on = onClock(date, timezone);
    const { hour, minute, second, millisecond } = on;
    return iso8601
      ? {
          isoWeekYear: on.weekYear,
          isoWeek: on.weekNumber,
          isoDayOfWeek: on.weekday,
          hour,
          minute,
          second,
          millisecond,
        }
      : { year: on.year, month: on.month, day: on.day, hour, minute, second, millisecond };
  };
};

export const SPANS: readonly [string, Maker][] = [
  ['$dateDiff', dateDiff],
  ['$dateTrunc', dateTrunc],
  ['$dateToParts', dateToParts],
];
