/** Dates as expressions take them: what counts as one, and the clock it is read on. */
import type { ObjectId, Timestamp } from 'bson';
import { DateTime, FixedOffsetZone, IANAZone, type Zone } from 'luxon';
import { refusal } from '../../values/errors.ts';
import { asNumber } from '../../values/numbers.ts';
import { isDocument, typeName } from '../../values/types.ts';
import type { Expression, Scope } from '../scope.ts';
import { type Compile, isNullish } from './operator.ts';

const OFFSET = /^([+-])(\d{2}):?(\d{2})?$/;
const UTC = /^(?:UTC|GMT|Z)$/i;

/** A time zone by its Olson name or its distance from UTC (`+08:00`, `+0800`, `+08`). UTC where none is given. */
export function zoneOf(name: unknown): Zone {
  if (name === undefined) return FixedOffsetZone.utcInstance;
  if (typeof name !== 'string') throw refusal(40517, `timezone must evaluate to a string, found ${typeName(name)}`);
  if (UTC.test(name)) return FixedOffsetZone.utcInstance;
  const [, sign, hours, minutes = '0'] = OFFSET.exec(name) ?? [];
  if (hours !== undefined) {
    const distance = Number(hours) * 60 + Number(minutes);
    return FixedOffsetZone.instance(sign === '-' ? -distance : distance);
  }
  if (!IANAZone.isValidZone(name)) throw refusal(40485, `unrecognized time zone identifier: "${name}"`);
  return IANAZone.create(name);
}

/** The moment of a date, an ObjectId or a timestamp. @throws CommandError 16006 for anything else */
export function moment(value: unknown): Date {
  const single: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  switch (typeName(single)) {
    case 'date':
      return single as Date;
    case 'objectId':
      return (single as ObjectId).getTimestamp();
    case 'timestamp':
      return new Date((single as Timestamp).getHighBitsUnsigned() * 1_000);
    default:
      throw refusal(16006, `can't convert from BSON type ${typeName(single)} to Date`);
  }
}

/** The moment on the clock of a time zone. */
export const onClock = (value: unknown, timezone?: unknown): DateTime =>
  DateTime.fromJSDate(moment(value), { zone: zoneOf(timezone) });

/** Named operands and what they come to. */
export type Fields = Record<string, unknown>;

/** Compiles the named operands of an operator; those not written are undefined, those that come to nothing null. */
export function fieldsOf(operand: Fields, compile: Compile): (scope: Scope) => Fields {
  const parts = Object.entries(operand).map(([name, part]): [string, Expression] => [name, compile(part)]);
  return (scope) => Object.fromEntries(parts.map(([name, part]) => [name, part(scope) ?? null]));
}

/**
 * Compiles what an operator of one date takes: a date, `[date]` or `{ date, timezone }`.
 * @throws CommandError 40535 for another field
 */
export function dateOperand(name: string, operand: unknown, compile: Compile): (scope: Scope) => DateTime | null {
  const single: unknown = Array.isArray(operand) && operand.length === 1 ? operand[0] : operand;
  const isFields = isDocument(single) && !Object.keys(single)[0]?.startsWith('$');
  if (isFields) {
    for (const field of Object.keys(single)) {
      if (field !== 'date' && field !== 'timezone') throw refusal(40535, `unrecognized option to ${name}: "${field}"`);
    }
    if (!('date' in single)) throw refusal(40539, `missing 'date' argument to ${name}, provided: an object`);
  }
  const given = fieldsOf(isFields ? single : { date: single }, compile);
  return (scope) => {
    const { date, timezone } = given(scope);
    return isNullish(date) || timezone === null ? null : onClock(date, timezone);
  };
}

/** A number without a fraction. @throws CommandError with the code otherwise */
export function integral(value: unknown, code: number, what: string): number {
  const number = asNumber(value);
  if (number === undefined || !Number.isInteger(number))
    throw refusal(code, `${what} must evaluate to an integer, found ${typeName(value)}`);
  return number;
}

/** Sunday is the first day of the week. */
export const dayOfWeek = ({ weekday }: DateTime): number => (weekday % 7) + 1;
/** The week of the year: before the first Sunday it is week 0. */
export const weekOf = (date: DateTime): number => Math.floor((date.ordinal + 7 - dayOfWeek(date)) / 7);
