/** From one BSON type to another: `$convert`, `$toInt` and its kin. */
import { Binary, Decimal128, type Double, Long, ObjectId, type Timestamp } from 'bson';
import { decimalOf } from '../../values/decimal.ts';
import { CommandError, failedToParse, refusal } from '../../values/errors.ts';
import { asNumber, decimalParts, doubleOf, isNumeric, longOf, numberKind, wholeNumber } from '../../values/numbers.ts';
import { Rank, rankOf, TYPE_CODES, typeName } from '../../values/types.ts';
import type { Expression } from '../scope.ts';
import { isNullish, type Maker, named, unary } from './operator.ts';

/** Converts a value that is there to one type; refused with code 241 where there is no way. */
type Convert = (value: unknown) => unknown;

function failed(why: string): CommandError {
  return new CommandError(241, 'ConversionFailure', `${why} in $convert with no onError value`);
}

const noWay = (value: unknown, to: string) => failed(`Unsupported conversion from ${typeName(value)} to ${to}`);

/** A value as text. */
export function textOf(value: unknown): string {
  switch (typeName(value)) {
    case 'string':
    case 'bool':
      return String(value);
    case 'symbol':
    case 'int':
    case 'long':
    case 'decimal':
      return String(value);
    case 'double':
      return String(asNumber(value));
    case 'date':
      return (value as Date).toISOString();
    case 'objectId':
      return (value as ObjectId).toHexString();
    case 'binData':
      return value instanceof Binary && value.sub_type === 4
        ? value.toUUID().toHexString(true)
        : Buffer.from((value as Binary).buffer ?? value).toString('base64');
    default:
      throw noWay(value, 'string');
  }
}

function fromText(text: string, to: string, read: (text: string) => unknown): unknown {
  const result = read(text);
  if (result === undefined) throw failed(`Failed to parse number '${text}' as ${to}`);
  return result;
}

function whole(to: 'int' | 'long', least: bigint, most: bigint): Convert {
  const make = (value: bigint | undefined, from: unknown) => {
    if (value === undefined || value < least || value > most)
      throw failed(`Conversion would overflow target type: ${textOf(from)}`);
    return to === 'int' ? Number(value) : longOf(value);
  };
  return (value) => {
    if (typeof value === 'boolean') return make(value ? 1n : 0n, value);
    if (typeof value === 'string') {
      return fromText(value, to, (text) =>
        /^[+-]?\d+$/.test(text) ? make(BigInt(text.replace('+', '')), text) : undefined,
      );
    }
    if (value instanceof Date && to === 'long') return longOf(BigInt(value.getTime()));
    if (!isNumeric(value)) throw noWay(value, to);
    const number = asNumber(value) as number;
    if (!Number.isFinite(number)) throw failed(`Attempt to convert ${String(number)} value to integer type`);
    return make(wholeNumber(value) ?? BigInt(Math.trunc(number)), value);
  };
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

const toDouble: Convert = (value) => {
  if (typeof value === 'boolean') return doubleOf(value ? 1 : 0);
  if (value instanceof Date) return doubleOf(value.getTime());
  if (typeof value === 'string') {
    return fromText(value, 'double', (text) => {
      if (NUMBER.test(text)) return inRange(doubleOf(Number(text)), text, /[1-9]/.test(text.replace(/e.*/i, '')));
      return /^[+-]?(?:inf(?:inity)?|nan)$/i.test(text) ? specialDouble(text) : undefined;
    });
  }
  if (!isNumeric(value)) throw noWay(value, 'double');
  const number = asNumber(value) as number;
  if (numberKind(value) !== 'decimal') return doubleOf(number);
  const parts = decimalParts(value);
  return parts.kind === 'finite' ? inRange(doubleOf(number), value, parts.coefficient !== 0n) : doubleOf(number);
};

/** A double that stands for a number: refused when that is too great for one, or so small that nothing is left of it. */
function inRange(double: number | Double, from: unknown, isSome: boolean): number | Double {
  const number = Number(double);
  if (Number.isFinite(number) && !(number === 0 && isSome)) return double;
  throw failed(`Conversion would overflow target type: ${String(from)}`);
}

function specialDouble(text: string): number {
  if (/nan/i.test(text)) return Number.NaN;
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

const toDecimal: Convert = (value) => {
  if (typeof value === 'boolean') return Decimal128.fromString(value ? '1' : '0');
  if (value instanceof Date) return Decimal128.fromString(String(value.getTime()));
  if (typeof value === 'string') {
    return fromText(value, 'decimal', (text) => {
      try {
        return Decimal128.fromString(text);
      } catch {
        return undefined;
      }
    });
  }
  if (!isNumeric(value)) throw noWay(value, 'decimal');
  if (numberKind(value) === 'decimal') return value;
  // Of a double all 15 digits that are certain, zeros at the end included.
  if (numberKind(value) === 'double' && asNumber(value) !== 0) return decimalOf(decimalParts(value));
  return Decimal128.fromString(Object.is(asNumber(value), -0) ? '-0' : String(value));
};

const toBool: Convert = (value) =>
  typeof value === 'boolean' ? value : isNumeric(value) ? asNumber(value) !== 0 : true;

const ISO =
  /^(\d{4})-(\d{2})(?:-(\d{2}))?(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)? ?(Z|[+-]\d{2}:?\d{2})?$/;

/** Reads an ISO date; without a zone it is UTC. Undefined when it is none. */
function dateOf(text: string): Date | undefined {
  const parts = ISO.exec(text.trim());
  if (parts === null) {
    const time = Date.parse(text);
    return Number.isNaN(time) ? undefined : new Date(time);
  }
  const [, year, month, day = '01', hour = '00', minute = '00', second = '00', fraction = '0', zone = 'Z'] = parts;
  const offset = zone === 'Z' || zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const time = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`,
  );
  return Number.isNaN(time) ? undefined : new Date(time);
}

const toDate: Convert = (value) => {
  if (value instanceof Date) return value;
  if (typeof value === 'string') {
    const date = dateOf(value);
    if (date === undefined) throw failed(`Error parsing date string '${value}'`);
    return date;
  }
  switch (rankOf(value)) {
    case Rank.objectId:
      return (value as ObjectId).getTimestamp();
    case Rank.timestamp:
      return new Date((value as Timestamp).t * 1000);
    case Rank.number:
      if (numberKind(value) === 'int') break;
      return new Date(Math.trunc(asNumber(value) as number));
  }
  throw noWay(value, 'date');
};

const toObjectId: Convert = (value) => {
  if (rankOf(value) === Rank.objectId) return value;
  if (typeof value !== 'string') throw noWay(value, 'objectId');
  if (!/^[0-9a-fA-F]{24}$/.test(value))
    throw failed(
      `Failed to parse objectId '${value}': Invalid string length for parsing to OID, expected 24 but found ${value.length}`,
    );
  return new ObjectId(value);
};

const toUuid: Convert = (value) => {
  if (rankOf(value) === Rank.binary) return value;
  if (typeof value !== 'string') throw noWay(value, 'binData');
  const hex = value.replaceAll('-', '');
  if (!/^[0-9a-fA-F]{32}$/.test(hex)) throw failed(`Input string '${value}' is not a valid UUID`);
  return new Binary(Buffer.from(hex, 'hex'), 4);
};

const CONVERSIONS: ReadonlyMap<string, Convert> = new Map<string, Convert>([
  ['int', whole('int', -(2n ** 31n), 2n ** 31n - 1n)],
  ['long', whole('long', BigInt(Long.MIN_VALUE.toString()), BigInt(Long.MAX_VALUE.toString()))],
  ['double', toDouble],
  ['decimal', toDecimal],
  ['string', textOf],
  ['bool', toBool],
  ['date', toDate],
  ['objectId', toObjectId],
  ['binData', toUuid],
]);

function shorthand(name: string, to: string): [string, Maker] {
  const convert = CONVERSIONS.get(to) as Convert;
  return unary(name, (value) => (isNullish(value) ? null : convert(value)));
}

const NAMES: ReadonlyMap<number, string> = new Map([...TYPE_CODES].map(([name, code]) => [code, name]));

function target(to: unknown): Convert {
  const given = typeof to === 'object' && to !== null && 'type' in to ? to.type : to;
  const name = typeof given === 'string' ? given : NAMES.get(asNumber(given) ?? 0);
  if (name === undefined || !TYPE_CODES.has(name)) throw failedToParse(`Unknown type name: ${String(given)}`);
  const convert = CONVERSIONS.get(name);
  if (convert === undefined) throw failed(`Unsupported conversion to ${name}`);
  return convert;
}

const convert: Maker = (operand, compile) => {
  const given = named('$convert', operand, ['input', 'to', 'onError', 'onNull', 'format', 'base', 'byteOrder']);
  if (given.input === undefined || given.to === undefined)
    throw refusal(9, "Missing 'input' or 'to' parameter to $convert");
  const input = compile(given.input);
  const to = compile(given.to);
  const [onError, onNull] = [given.onError, given.onNull].map((one): Expression | undefined =>
    one === undefined ? undefined : compile(one),
  );
  return (scope) => {
    const value = input(scope);
    const wanted = to(scope);
    if (isNullish(value) || isNullish(wanted)) return onNull === undefined ? null : onNull(scope);
    try {
      return target(wanted)(value);
    } catch (error) {
      if (onError === undefined || !(error instanceof CommandError) || error.code !== 241) throw error;
      return onError(scope);
    }
  };
};

export const CONVERSION: readonly [string, Maker][] = [
  ['$convert', convert],
  shorthand('$toInt', 'int'),
  shorthand('$toLong', 'long'),
  shorthand('$toDouble', 'double'),
  shorthand('$toDecimal', 'decimal'),
  shorthand('$toString', 'string'),
  shorthand('$toBool', 'bool'),
  shorthand('$toDate', 'date'),
  shorthand('$toObjectId', 'objectId'),
  shorthand('$toUUID', 'binData'),
  unary('$type', typeName),
  unary('$isNumber', isNumeric),
];
