/** Dates written out, read, and put together from their parts. */
import { DateTime } from 'luxon';
import { CommandError, refusal } from '../../values/errors.ts';
import { typeName } from '../../values/types.ts';
import { applyByMingo } from '../mingo.ts';
import { dayOfWeek, type Fields, fieldsOf, integral, onClock, weekOf, zoneOf } from './moments.ts';
import { isNullish, type Maker, named } from './operator.ts';

/** What each letter after `%` stands for. */
const WRITTEN: Readonly<Record<string, (date: DateTime) => string>> = {
  Y: (date) => digits(date.year, 4),
  m: (date) => digits(date.month, 2),
  d: (date) => digits(date.day, 2),
  H: (date) => digits(date.hour, 2),
  M: (date) => digits(date.minute, 2),
  S: (date) => digits(date.second, 2),
  L: (date) => digits(date.millisecond, 3),
  j: (date) => digits(date.ordinal, 3),
  w: (date) => String(dayOfWeek(date)),
  u: (date) => String(date.weekday),
  U: (date) => digits(weekOf(date), 2),
  V: (date) => digits(date.weekNumber, 2),
  G: (date) => digits(date.weekYear, 4),
  b: (date) => date.setLocale('en').toFormat('LLL'),
  B: (date) => date.setLocale('en').toFormat('LLLL'),
  z: (date) => date.toFormat('ZZZ'),
  Z: (date) => String(date.offset),
  '%': () => '%',
};
const digits = (number: number, count: number): string => String(number).padStart(count, '0');
const LOCAL = '%Y-%m-%dT%H:%M:%S.%L';

function written(date: DateTime, format: string): string {
  return format.replace(/%(.?)/gsu, (_all, letter: string) => {
    const write = WRITTEN[letter];
    if (!write) throw refusal(18536, `Invalid format character '%${letter}' in format string`);
    return write(date);
  });
}

export const dateToText: Maker = (operand, compile) => {
  const given = fieldsOf(
    named('$dateToString', operand, ['date', 'format', 'timezone', 'onNull'], {
      other: 18629,
      unknown: 18534,
      missing: [['date', 18628]],
    }),
    compile,
  );
  return (scope) => {
    const { date, format, timezone, onNull } = given(scope);
    if (isNullish(date)) return onNull ?? null;
    if (timezone === null || format === null) return null;
    if (format !== undefined && typeof format !== 'string')
      throw refusal(18533, `$dateToString requires that 'format' be a string, found: ${typeName(format)}`);
    const on = onClock(date, timezone);
    return written(on, format ?? (timezone === undefined || on.zoneName === 'UTC' ? `${LOCAL}Z` : LOCAL));
  };
};

const READ =
  /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?\s*$/i;
/** Other ways to write a day, as people do. */
const FORMS = ['yyyyLLdd', 'yyyy/L/d', 'L/d/yyyy', 'LLLL d, yyyy', 'LLL d, yyyy', 'd LLLL yyyy', 'd LLL yyyy'];

export const dateFromText: Maker = (operand, compile) => {
  const given = fieldsOf(
    named('$dateFromString', operand, ['dateString', 'format', 'timezone', 'onError', 'onNull'], {
      other: 40540,
      unknown: 40541,
      missing: [['dateString', 40542]],
    }),
    compile,
  );
  return (scope) => {
    const fields = given(scope);
    const { dateString, timezone, onNull, format } = fields;
    if (isNullish(dateString) || timezone === null || format === null)
      return isNullish(dateString) ? (onNull ?? null) : null;
    try {
      if (typeof dateString !== 'string')
        throw unread(`$dateFromString requires that 'dateString' be a string, found: ${typeName(dateString)}`);
      return format === undefined ? read(dateString, timezone) : readBy(dateString, fields);
    } catch (error) {
      if ('onError' in fields && error instanceof CommandError && error.code === 241) return fields.onError;
      throw error;
    }
  };
};

const unread = (why: string): CommandError => new CommandError(241, 'ConversionFailure', why);

function read(text: string, timezone: unknown): Date {
  const [all, year, month, day, hour = 0, minute = 0, second = 0, fraction = '', offset] = READ.exec(text) ?? [];
  if (all === undefined) return readOtherwise(text, timezone);
  if (offset !== undefined && timezone !== undefined)
    throw unread('you cannot pass in a date/time string with time zone information together with a timezone argument');
  const date = DateTime.fromObject(
    {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      millisecond: Number(fraction.slice(0, 3).padEnd(3, '0')),
    },
    { zone: zoneOf(offset ?? timezone) },
  );
  if (!date.isValid) throw unread(`Error parsing date string '${text}'`);
  return date.toJSDate();
}

function readOtherwise(text: string, timezone: unknown): Date {
  const zone = zoneOf(timezone);
  const ways = [
    ...FORMS.map((form) => DateTime.fromFormat(text.trim(), form, { zone, locale: 'en' })),
    DateTime.fromRFC2822(text),
  ];
  const found = ways.find((way) => way.isValid);
  if (!found) throw unread(`Error parsing date string '${text}'`);
  return found.toJSDate();
}

function readBy(text: string, { format, timezone }: Fields): Date {
  const date = applyByMingo('$dateFromString', {
    dateString: text,
    format,
    ...(timezone === undefined ? {} : { timezone }),
  });
  if (!(date instanceof Date) || Number.isNaN(date.getTime())) throw unread(`Error parsing date string '${text}'`);
  return date;
}

const CALENDAR = ['year', 'month', 'day'];
const WEEKS = ['isoWeekYear', 'isoWeek', 'isoDayOfWeek'];
const CLOCK = ['hour', 'minute', 'second', 'millisecond'];

const YEARS = { least: 1, most: 9_999, code: 40523 };
const RANGES = new Map([
  ['year', YEARS],
  ['isoWeekYear', YEARS],
]);
/** Of all other parts, which carry over. */
const ANY = { least: -32_768, most: 32_767, code: 31034 };

/** Parts beyond their range carry over: month 14 is February of the next year. */
export const dateFromParts: Maker = (operand, compile) => {
  const parts = named('$dateFromParts', operand, [...CALENDAR, ...WEEKS, ...CLOCK, 'timezone'], {
    other: 40519,
    unknown: 40518,
  });
  const byWeek = 'isoWeekYear' in parts;
  if ((byWeek ? CALENDAR : WEEKS).some((name) => name in parts))
    throw refusal(40489, '$dateFromParts does not allow mixing natural dates with ISO dates');
  if (!byWeek && !('year' in parts))
    throw refusal(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present");
  const given = fieldsOf(parts, compile);
  return (scope) => {
    const fields = given(scope);
    if (Object.values(fields).includes(null)) return null;
    const number = (name: string, otherwise: number) => {
      if (fields[name] === undefined) return otherwise;
      const value = integral(fields[name], 40515, `'${name}'`);
      const { least, most, code } = RANGES.get(name) ?? ANY;
      if (value < least || value > most) throw refusal(code, `'${name}' must be in its range, found ${value}`);
      return value;
    };
    const start = byWeek
      ? DateTime.fromObject({ weekYear: number('isoWeekYear', 1), weekNumber: 1, weekday: 1 }, { zone: 'utc' })
          .plus({ weeks: number('isoWeek', 1) - 1 })
          .plus({ days: number('isoDayOfWeek', 1) - 1 })
      : DateTime.utc(number('year', 1))
          .plus({ months: number('month', 1) - 1 })
          .plus({ days: number('day', 1) - 1 });
    const [hours, minutes, seconds, milliseconds] = CLOCK.map((name) => number(name, 0));
    return start
      .plus({ hours, minutes, seconds, milliseconds } as Record<string, number>)
      .setZone(zoneOf(fields.timezone), { keepLocalTime: true })
      .toJSDate();
  };
};
