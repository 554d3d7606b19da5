/** What of dates mingo answers otherwise than MongoDB: weeks that begin on Sunday, the types and the order of results. */
import type { Document } from '../../values/bson.ts';
import { asNumber, longOf } from '../../values/numbers.ts';
import { isDocument } from '../../values/types.ts';
import { applyByMingo } from '../mingo.ts';
import type { Expression, Scope } from '../scope.ts';
import { isNullish, type Maker } from './operator.ts';

/** Compiles the operand of a date operator: a date or `{ date, timezone }`, in both forms kept as it is. */
function dateOperand(operand: unknown, compile: (expression: unknown) => Expression): Expression {
  const single: unknown = Array.isArray(operand) && operand.length === 1 ? operand[0] : operand;
  if (!isDocument(single) || Object.keys(single)[0]?.startsWith('$')) return compile(single);
  const fields = Object.keys(single).map((name): [string, Expression] => [name, compile(single[name])]);
  return (scope: Scope) => Object.fromEntries(fields.map(([name, part]) => [name, part(scope)]));
}

/** The week of the year: before the first Sunday it is week 0. */
function weekOf(operand: unknown): number | null {
  const day = asNumber(applyByMingo('$dayOfYear', operand));
  const weekday = asNumber(applyByMingo('$dayOfWeek', operand));
  return day === undefined || weekday === undefined ? null : Math.floor((day + 7 - weekday) / 7);
}

const week: Maker = (operand, compile) => {
  const date = dateOperand(operand, compile);
  return (scope) => {
    const value = date(scope);
    return isNullish(value) ? null : weekOf(value);
  };
};

const toText: Maker = (operand, compile) => {
  const given = dateOperand(operand, compile);
  return (scope) => {
    const value = given(scope) as Document;
    const { format, date, timezone } = value;
    if (typeof format !== 'string' || !format.includes('%U') || isNullish(date))
      return applyByMingo('$dateToString', present(value));
    const number = weekOf(timezone === undefined ? date : { date, timezone });
    return applyByMingo(
      '$dateToString',
      present({ ...value, format: format.replaceAll('%U', String(number).padStart(2, '0')) }),
    );
  };
};

function present(fields: Document): Document {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Gives the result of mingo's operator another form. */
function reformed(name: string, form: (result: unknown) => unknown): [string, Maker] {
  return [
    name,
    (operand, compile) => {
      const given = dateOperand(operand, compile);
      return (scope) => {
        const value = given(scope);
        const result = applyByMingo(name, isDocument(value) ? present(value) : (value ?? null));
        return isNullish(result) ? null : form(result);
      };
    },
  ];
}

const asLong = (value: unknown) => longOf(BigInt(asNumber(value) ?? 0));
const PARTS = [
  'year',
  'isoWeekYear',
  'month',
  'isoWeek',
  'day',
  'isoDayOfWeek',
  'hour',
  'minute',
  'second',
  'millisecond',
];

export const DATES: readonly [string, Maker][] = [
  ['$week', week],
  ['$dateToString', toText],
  reformed('$isoWeekYear', asLong),
  reformed('$dateDiff', asLong),
  reformed('$dateToParts', (parts) => {
    const fields = parts as Document;
    return Object.fromEntries(PARTS.filter((name) => name in fields).map((name) => [name, fields[name]]));
  }),
];
