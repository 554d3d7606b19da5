/** Arithmetic with BSON's own number types: int with int stays int, any double makes a double, any decimal a decimal. */
import { Decimal128 } from 'bson';
import { divideDecimals } from '../../values/decimal.ts';
import { refusal } from '../../values/errors.ts';
import {
  arithmetic,
  asNumber,
  decimalParts,
  doubleOf,
  integerOf,
  integerResult,
  isNumeric,
  longOf,
  numberKind,
} from '../../values/numbers.ts';
import { typeName } from '../../values/types.ts';
import type { Expression } from '../scope.ts';
import { isNullish, list, type Maker, nary, unary } from './operator.ts';

function sumDates(a: unknown, b: unknown): unknown {
  if (a instanceof Date && b instanceof Date) throw refusal(16612, 'only one date allowed in an $add expression');
  if (a instanceof Date) return new Date(a.getTime() + (asNumber(b) ?? 0));
  if (b instanceof Date) return new Date(b.getTime() + (asNumber(a) ?? 0));
  return total(a, b);
}

/** The sum; integers that overflow 64 bits become a double. */
export function total(a: unknown, b: unknown): unknown {
  return arithmetic('add', a, b) ?? doubleOf((asNumber(a) as number) + (asNumber(b) as number));
}

/** The product; integers that overflow 64 bits become a double. */
export function product(a: unknown, b: unknown): unknown {
  return arithmetic('multiply', a, b) ?? doubleOf((asNumber(a) as number) * (asNumber(b) as number));
}

function folded(name: string, start: unknown, join: (a: unknown, b: unknown) => unknown): [string, Maker] {
  const dates = name === '$add';
  return [
    name,
    (operand, compile) => {
      const parts = list(name, operand, compile, 0, Number.POSITIVE_INFINITY);
      return (scope) => {
        let result = start;
        for (const part of parts) {
          const value = part(scope);
          if (isNullish(value)) return null;
          if (!isNumeric(value) && !(dates && value instanceof Date)) {
            throw refusal(14, `${name} only supports numeric${dates ? ' or date' : ''} types, not ${typeName(value)}`);
          }
          result = join(result, value);
        }
        return result;
      };
    },
  ];
}

/** An operator on two numbers; null when either is null or missing. */
function binary(name: string, apply: (a: unknown, b: unknown) => unknown, code = 14): [string, Maker] {
  return nary(name, 2, 2, (a, b) => {
    if (isNullish(a) || isNullish(b)) return null;
    if (!isNumeric(a) || !isNumeric(b)) {
      throw refusal(code, `${name} only supports numeric types, not ${typeName(a)} and ${typeName(b)}`);
    }
    return apply(a, b);
  });
}

/** An operator on one number; null when it is null or missing. */
function single(name: string, apply: (value: unknown) => unknown): [string, Maker] {
  return unary(name, (value) => {
    if (isNullish(value)) return null;
    if (!isNumeric(value)) throw refusal(28765, `${name} only supports numeric types, not ${typeName(value)}`);
    return apply(value);
  });
}

/** A function of doubles. */
function real(
  name: string,
  apply: (value: number) => number,
  allowed?: (value: number) => boolean,
  code = 50989,
): [string, Maker] {
  return single(name, (value) => {
    const number = asNumber(value) as number;
    if (allowed !== undefined && !Number.isNaN(number) && !allowed(number)) {
      throw refusal(code, `${name}'s argument is outside its domain, but is ${number}`);
    }
    return doubleOf(apply(number));
  });
}

/** The difference of two numbers or dates; null when either is null or missing. */
export function subtract(from: unknown, by: unknown): unknown {
  if (isNullish(from) || isNullish(by)) return null;
  if (from instanceof Date && by instanceof Date) return longOf(BigInt(from.getTime() - by.getTime()));
  if (from instanceof Date && isNumeric(by)) return new Date(from.getTime() - (asNumber(by) ?? 0));
  if (!isNumeric(from) || !isNumeric(by)) throw refusal(14, `can't $subtract ${typeName(by)} from ${typeName(from)}`);
  return total(from, product(by, -1));
}

/** The quotient: of decimals a decimal, of all else a double. Refused (code 2) for zero. */
export function quotient(a: unknown, b: unknown): unknown {
  if (asNumber(b) === 0) throw refusal(2, "can't $divide by zero");
  if (numberKind(a) === 'decimal' || numberKind(b) === 'decimal') {
    return divideDecimals(decimalParts(a), decimalParts(b));
  }
  return doubleOf((asNumber(a) as number) / (asNumber(b) as number));
}

function remainder(a: unknown, b: unknown): unknown {
  if (asNumber(b) === 0) throw refusal(16610, "can't $mod by zero");
  const kinds = [numberKind(a), numberKind(b)];
  if (kinds.includes('decimal')) {
    // The remainder has the sign of the dividend: a - b * trunc(a / b).
    const whole = rounded(quotient(a, b), 0, (value) => Math.trunc(value));
    return subtract(a, product(b, whole));
  }
  if (kinds.includes('double')) return doubleOf((asNumber(a) as number) % (asNumber(b) as number));
  return integerResult(integerOf(a) % integerOf(b), kinds.includes('long'));
}

function power(base: unknown, exponent: unknown): unknown {
  const kinds = [numberKind(base), numberKind(exponent)];
  const result = (asNumber(base) as number) ** (asNumber(exponent) as number);
  if (asNumber(base) === 0 && (asNumber(exponent) as number) < 0) {
    throw refusal(28764, '$pow cannot take a base of 0 and a negative exponent');
  }
  if (kinds.includes('double') || kinds.includes('decimal') || integerOf(exponent) < 0n) return doubleOf(result);
  if (Math.abs(result) > 2 ** 63) return doubleOf(result);
  return integerResult(integerOf(base) ** integerOf(exponent), kinds.includes('long')) ?? doubleOf(result);
}

const LEAST_LONG = -(2n ** 63n);

function absolute(value: unknown): unknown {
  if (numberKind(value) === 'long' && integerOf(value) === LEAST_LONG)
    throw refusal(28680, "can't take $abs of long long min");
  return (asNumber(value) as number) < 0 ? product(value, -1) : value;
}

const evenly = (value: number): number => {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
};

const DECIMAL_DIGITS = 34;

/** A number rounded at `place` digits behind the point, in its own type. */
function rounded(value: unknown, place: number, round: (value: number) => number): unknown {
  const kind = numberKind(value);
  const number = asNumber(value) as number;
  if (kind === 'decimal') return roundedDecimal(value, place, round);
  if (kind === 'double') {
    if (!Number.isFinite(number)) return value;
    if (place === 0) return doubleOf(round(number));
    // What a double really is decides: 1.015 is a little less.
    const whole = Decimal128.fromString(number.toPrecision(DECIMAL_DIGITS));
    return doubleOf(Number(String(roundedDecimal(whole, place, round))));
  }
  if (place >= 0) return value;
  const unit = 10 ** -place;
  return integerResult(BigInt(round(number / unit)) * BigInt(unit), kind === 'long');
}

function roundedDecimal(value: unknown, place: number, round: (value: number) => number): unknown {
  const parts = decimalParts(value);
  if (parts.kind !== 'finite' || -parts.exponent <= place) return value;
  const unit = 10n ** BigInt(-parts.exponent - place);
  const sign = parts.negative ? -1 : 1;
  const whole = parts.coefficient / unit;
  // Only what lies between two whole numbers decides, and whether the lower one is even.
  const rest = Number(parts.coefficient % unit) / Number(unit);
  const near = Number(whole % 2n) + rest;
  const step = BigInt(Math.round(round(sign * near) * sign)) - (whole % 2n);
  return divideDecimals({ ...parts, coefficient: whole + step, exponent: -place }, decimalParts(1));
}

function rounding(name: string, round: (value: number) => number): [string, Maker] {
  return nary(name, 1, 2, (value, place = 0) => {
    if (isNullish(value) || isNullish(place)) return null;
    if (!isNumeric(value)) throw refusal(51081, `${name} only supports numeric types, not ${typeName(value)}`);
    const digits = asNumber(place);
    if (digits === undefined || !Number.isInteger(digits) || digits < -20 || digits > 100) {
      throw refusal(51083, `cannot apply ${name} with precision value ${String(digits)} value must be in [-20, 100]`);
    }
    return rounded(value, digits, round);
  });
}

function bitwise(name: string, start: bigint, join: (a: bigint, b: bigint) => bigint): [string, Maker] {
  return nary(name, 0, Number.POSITIVE_INFINITY, (...values) => {
    if (values.some(isNullish)) return null;
    const wide = values.some((value) => numberKind(value) === 'long');
    if (!values.every((value) => numberKind(value) === 'int' || numberKind(value) === 'long')) {
      throw refusal(14, `${name} only supports int and long operands`);
    }
    return integerResult(
      values.reduce<bigint>((bits, value) => join(bits, integerOf(value)), start),
      wide,
    );
  });
}

const logarithm: Maker = (operand, compile) => {
  const [value, base] = list('$log', operand, compile, 2, 2) as [Expression, Expression];
  return (scope) => {
    const [a, b] = [value(scope), base(scope)];
    if (isNullish(a) || isNullish(b)) return null;
    const [x, y] = [asNumber(a), asNumber(b)];
    if (x === undefined || y === undefined) throw refusal(28756, "$log's argument must be numeric");
    if (x <= 0) throw refusal(28758, `$log's argument must be a positive number, but is ${x}`);
    if (y <= 0 || y === 1) throw refusal(28759, `$log's base must be a positive number not equal to 1, but is ${y}`);
    return doubleOf(Math.log(x) / Math.log(y));
  };
};

const DEGREE = Math.PI / 180;
const within = (value: number) => Math.abs(value) <= 1;
const finite = Number.isFinite;

export const ARITHMETIC: readonly [string, Maker][] = [
  folded('$add', 0, sumDates),
  folded('$multiply', 1, product),
  nary('$subtract', 2, 2, subtract),
  binary('$divide', quotient),
  binary('$mod', remainder, 16611),
  binary('$pow', power, 28762),
  single('$abs', absolute),
  single('$ceil', (value) => rounded(value, 0, Math.ceil)),
  single('$floor', (value) => rounded(value, 0, Math.floor)),
  rounding('$round', evenly),
  rounding('$trunc', Math.trunc),
  real('$sqrt', Math.sqrt, (value) => value >= 0, 28714),
  real('$exp', Math.exp),
  real('$ln', Math.log, (value) => value > 0, 28766),
  real('$log10', Math.log10, (value) => value > 0, 28761),
  ['$log', logarithm],
  real('$sin', Math.sin, finite),
  real('$cos', Math.cos, finite),
  real('$tan', Math.tan, finite),
  real('$asin', Math.asin, within),
  real('$acos', Math.acos, within),
  real('$atan', Math.atan),
  real('$sigmoid', (value) => 1 / (1 + Math.exp(-value))),
  real('$sinh', Math.sinh),
  real('$cosh', Math.cosh),
  real('$tanh', Math.tanh),
  real('$asinh', Math.asinh),
  real('$acosh', Math.acosh, (value) => value >= 1),
  real('$atanh', Math.atanh, within),
  binary('$atan2', (a, b) => doubleOf(Math.atan2(asNumber(a) as number, asNumber(b) as number))),
  real('$degreesToRadians', (value) => value * DEGREE),
  real('$radiansToDegrees', (value) => value / DEGREE),
  bitwise('$bitAnd', -1n, (a, b) => a & b),
  bitwise('$bitOr', 0n, (a, b) => a | b),
  bitwise('$bitXor', 0n, (a, b) => a ^ b),
  unary('$bitNot', (value) => {
    if (isNullish(value)) return null;
    if (numberKind(value) !== 'int' && numberKind(value) !== 'long')
      throw refusal(14, '$bitNot only supports int and long');
    return integerResult(~integerOf(value), numberKind(value) === 'long');
  }),
];
