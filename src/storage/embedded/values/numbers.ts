import { type Decimal128, Double, type Int32, Long } from 'bson';
import {
  addDecimals,
  compareFinite,
  exactParts,
  multiplyDecimals,
  nearestDouble,
  type Parts,
  partsOf,
} from './decimal.ts';
import { isInt32, tagOf } from './types.ts';

/** The four number types of BSON, from the narrowest to the widest. */
export type NumberKind = 'int' | 'long' | 'double' | 'decimal';

/** The number type of a value, or undefined for what is not a number. */
export function numberKind(value: unknown): NumberKind | undefined {
  if (typeof value === 'number') return isInt32(value) ? 'int' : 'double';
  if (typeof value === 'bigint') return 'long';
  if (typeof value !== 'object' || value === null) return undefined;
  switch (tagOf(value)) {
    case 'Int32':
      return 'int';
    case 'Double':
      return 'double';
    case 'Long':
      return 'long';
    case 'Decimal128':
      return 'decimal';
    default:
      return undefined;
  }
}

/** Whether the value is a number of any BSON type. */
export function isNumeric(value: unknown): boolean {
  return typeof value === 'number' || numberKind(value) !== undefined;
}

/** A number of any BSON type as a JavaScript number (the nearest, where it does not fit), or undefined. */
export function asNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  switch (numberKind(value)) {
    case undefined:
      return undefined;
    case 'decimal':
      return nearestDouble(partsOf(value as Decimal128));
    case 'long':
      return Number(longBits(value as Long | bigint));
    default:
      return (value as Int32 | Double).value;
  }
}

/** The exact integer a long holds. */
export function longBits(value: Long | bigint): bigint {
  return typeof value === 'bigint' ? value : (BigInt(value.high) << 32n) | BigInt(value.low >>> 0);
}

/** A 64-bit integer as the engine holds it. */
export function longOf(value: bigint): Long {
  return Long.fromBits(Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n)), false);
}

/** A double as the engine holds it: wrapped when it could be taken for an int32. */
export function doubleOf(value: number): number | Double {
  return isInt32(value) ? new Double(value) : value;
}

/** Compares two numbers of any BSON types by exact value; NaN is below all others and equal to itself. */
export function compareNumbers(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return comparePlain(a, b);
  const x = asNumber(a) as number;
  const y = asNumber(b) as number;
  // Rounding to the nearest double keeps the order, so only a tie needs the exact values.
  if (x !== y || Number.isNaN(x)) return comparePlain(x, y);
  const kind = numberKind(a);
  const other = numberKind(b);
  const plain = kind === 'int' || kind === 'double' || (kind === 'long' && Number.isSafeInteger(x));
  if (plain && (other === 'int' || other === 'double' || (other === 'long' && Number.isSafeInteger(y)))) return 0;
  const left = exact(a);
  const right = exact(b);
  if (left.kind === 'finite' && right.kind === 'finite') return compareFinite(left, right);
  if (left.kind === 'infinite' && right.kind === 'infinite') return 0;
  // A decimal too large for any double: below infinity, above minus infinity.
  const above = left.kind === 'infinite' ? !left.negative : right.kind === 'infinite' && right.negative;
  return above ? 1 : -1;
}

function comparePlain(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  const nan = Number.isNaN(a);
  return nan === Number.isNaN(b) ? 0 : nan ? -1 : 1;
}

/** The exact value of a number of any BSON type, taken apart. */
export function exact(value: unknown): Parts {
  switch (numberKind(value)) {
    case 'decimal':
      return partsOf(value as Decimal128);
    case 'long': {
      const bits = longBits(value as Long | bigint);
      return { kind: 'finite', negative: bits < 0n, coefficient: bits < 0n ? -bits : bits, exponent: 0 };
    }
    default:
      return exactParts(asNumber(value) as number);
  }
}

/** A number as decimal arithmetic sees it: a double counts with its 15 significant digits, as MongoDB does it. */
export function decimalParts(value: unknown): Parts {
  if (numberKind(value) !== 'double') return exact(value);
  const double = asNumber(value) as number;
  if (!Number.isFinite(double)) return exactParts(double);
  const [digits = '0', power = '0'] = Math.abs(double).toExponential(14).split('e');
  return {
    kind: 'finite',
    negative: double < 0,
    coefficient: BigInt(digits.replace('.', '')),
    exponent: Number(power) - 14,
  };
}

const MIN_LONG = -(2n ** 63n);
const MAX_LONG = 2n ** 63n - 1n;

/** An integer as int where it fits and `wide` allows, else as long; undefined beyond 64 bits. */
export function integerResult(value: bigint, wide: boolean): unknown {
  if (value < MIN_LONG || value > MAX_LONG) return undefined;
  const small = Number(value);
  return !wide && isInt32(small) ? small : longOf(value);
}

/**
 * The sum or product with MongoDB's types: int with int stays int unless it overflows into long, any double makes a
 * double, any decimal a decimal. Undefined when two integers overflow 64 bits.
 */
export function arithmetic(operation: 'add' | 'multiply', a: unknown, b: unknown): unknown {
  const left = numberKind(a);
  const right = numberKind(b);
  if (left === 'decimal' || right === 'decimal') {
    return (operation === 'add' ? addDecimals : multiplyDecimals)(decimalParts(a), decimalParts(b));
  }
  if (left === 'double' || right === 'double') {
    const x = asNumber(a) as number;
    const y = asNumber(b) as number;
    return doubleOf(operation === 'add' ? x + y : x * y);
  }
  if (left === 'int' && right === 'int') {
    const x = asNumber(a) as number;
    const y = asNumber(b) as number;
    const result = operation === 'add' ? x + y : x * y;
    // Two zeros of different sign make -0, which no integer has.
    if (isInt32(result) || result === 0) return result + 0;
    return Number.isSafeInteger(result) ? Long.fromNumber(result) : longOf(BigInt(x) * BigInt(y));
  }
  const x = BigInt(integerOf(a));
  const y = BigInt(integerOf(b));
  return integerResult(operation === 'add' ? x + y : x * y, true);
}

/** The exact value of an int or long. */
export function integerOf(value: unknown): bigint {
  return numberKind(value) === 'long' ? longBits(value as Long | bigint) : BigInt(asNumber(value) as number);
}

/** The integer a number of any type stands for exactly and that fits 64 bits; undefined for anything else. */
export function wholeNumber(value: unknown): bigint | undefined {
  const kind = numberKind(value);
  if (kind === undefined) return undefined;
  if (kind === 'int' || kind === 'long') return integerOf(value);
  const parts = exact(value);
  if (parts.kind !== 'finite') return undefined;
  let whole = parts.coefficient;
  if (parts.exponent >= 0) {
    if (parts.exponent > 20 && whole !== 0n) return undefined;
    whole *= 10n ** BigInt(whole === 0n ? 0 : parts.exponent);
  } else {
    const unit = 10n ** BigInt(Math.min(-parts.exponent, 2000));
    if (whole % unit !== 0n) return undefined;
    whole /= unit;
  }
  if (parts.negative) whole = -whole;
  return whole < MIN_LONG || whole > MAX_LONG ? undefined : whole;
}
