import { Decimal128 } from 'bson';

/** A decimal number taken apart: `sign * coefficient * 10^exponent`, or one of the three specials. */
export type Parts =
  | { readonly kind: 'finite'; readonly negative: boolean; readonly coefficient: bigint; readonly exponent: number }
  | { readonly kind: 'infinite'; readonly negative: boolean }
  | { readonly kind: 'nan' };

const BIAS = 6176;
const MIN_EXPONENT = -6176;
const MAX_EXPONENT = 6111;
const DIGITS = 34;
const LIMIT = 10n ** BigInt(DIGITS);
const NAN: Parts = { kind: 'nan' };

/** Takes a Decimal128 apart. */
export function partsOf(decimal: Decimal128): Parts {
  const bytes = decimal.bytes;
  const top = bytes[15] as number;
  const negative = (top & 0x80) !== 0;
  const high = ((top << 8) | (bytes[14] as number)) & 0x7fff;
  if ((high & 0x7800) === 0x7800) return (high & 0x7c00) === 0x7c00 ? NAN : { kind: 'infinite', negative };
  // The form with a leading "11" only holds coefficients too large to be valid, which count as zero.
  if ((high & 0x6000) === 0x6000) {
    return {
      kind: 'finite',
      negative,
      coefficient: 0n,
      exponent: (((high << 2) | ((bytes[13] as number) >> 6)) & 0x3fff) - BIAS,
    };
  }
  let coefficient = BigInt(high & 1);
  for (let i = 13; i >= 0; i--) coefficient = (coefficient << 8n) | BigInt(bytes[i] as number);
  if (coefficient >= LIMIT) coefficient = 0n;
  return { kind: 'finite', negative, coefficient, exponent: (high >> 1) - BIAS };
}

/** Puts a Decimal128 together, rounding half to even to 34 digits. */
export function decimalOf(parts: Parts): Decimal128 {
  if (parts.kind === 'nan') return pack(false, 0n, 0x7c00);
  if (parts.kind === 'infinite') return pack(parts.negative, 0n, 0x7800);
  let { coefficient, exponent } = parts;
  let excess = Math.max(String(coefficient).length - DIGITS, MIN_EXPONENT - exponent);
  if (excess > 0) {
    coefficient = roundedShift(coefficient, excess);
    exponent += excess;
    if (coefficient === LIMIT) {
      coefficient /= 10n;
      exponent += 1;
    }
  }
  // A large exponent may be lowered as long as zeros fit behind the digits.
  excess = exponent - MAX_EXPONENT;
  if (excess > 0) {
    if (coefficient === 0n) return pack(parts.negative, 0n, (MAX_EXPONENT + BIAS) << 1);
    if (String(coefficient).length + excess > DIGITS) return pack(parts.negative, 0n, 0x7800);
    coefficient *= 10n ** BigInt(excess);
    exponent = MAX_EXPONENT;
  }
  return pack(parts.negative, coefficient, (exponent + BIAS) << 1);
}

/** The coefficient with so many places fewer, rounded half to even. */
export function roundedShift(coefficient: bigint, places: number): bigint {
  if (places > 80) return 0n;
  const unit = 10n ** BigInt(places);
  const quotient = coefficient / unit;
  const twice = (coefficient % unit) * 2n;
  return twice > unit || (twice === unit && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

function pack(negative: boolean, coefficient: bigint, high: number): Decimal128 {
  const bytes = Buffer.alloc(16);
  let rest = coefficient;
  for (let i = 0; i < 14; i++) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  const top = high | Number(rest & 1n) | (negative ? 0x8000 : 0);
  bytes[14] = top & 0xff;
  bytes[15] = top >> 8;
  return new Decimal128(bytes);
}

/** The exact value of a finite double as decimal parts. */
export function exactParts(value: number): Parts {
  if (Number.isNaN(value)) return NAN;
  if (!Number.isFinite(value)) return { kind: 'infinite', negative: value < 0 };
  const negative = value < 0 || Object.is(value, -0);
  if (Number.isInteger(value)) return { kind: 'finite', negative, coefficient: BigInt(Math.abs(value)), exponent: 0 };
  let mantissa = Math.abs(value);
  let places = 0;
  while (!Number.isInteger(mantissa)) {
    // Doubling is exact in binary, so this ends at the integer mantissa after at most 1074 steps.
    mantissa *= 2;
    places++;
  }
  return { kind: 'finite', negative, coefficient: BigInt(mantissa) * 5n ** BigInt(places), exponent: -places };
}

/** The double nearest to the decimal. */
export function nearestDouble(parts: Parts): number {
  if (parts.kind === 'nan') return Number.NaN;
  const magnitude =
    parts.kind === 'infinite' ? Number.POSITIVE_INFINITY : Number(`${parts.coefficient}e${parts.exponent}`);
  return parts.negative ? -magnitude : magnitude;
}

/** Compares two finite decimals by value. */
export function compareFinite(a: Parts & { kind: 'finite' }, b: Parts & { kind: 'finite' }): number {
  const left = a.negative ? -a.coefficient : a.coefficient;
  const right = b.negative ? -b.coefficient : b.coefficient;
  if (left === 0n || right === 0n || left > 0n !== right > 0n) return left < right ? -1 : left > right ? 1 : 0;
  const shift = a.exponent - b.exponent;
  const x = shift > 0 ? left * 10n ** BigInt(shift) : left;
  const y = shift < 0 ? right * 10n ** BigInt(-shift) : right;
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The sum, rounded to 34 digits. */
export function addDecimals(a: Parts, b: Parts): Decimal128 {
  if (a.kind === 'nan' || b.kind === 'nan') return decimalOf(NAN);
  if (a.kind === 'infinite') return decimalOf(b.kind === 'infinite' && b.negative !== a.negative ? NAN : a);
  if (b.kind === 'infinite') return decimalOf(b);
  // Far smaller than the last digit of the other: only its sign could matter to rounding, so bring it near.
  if (a.coefficient === 0n || b.coefficient === 0n) {
    const exponent = Math.min(a.exponent, b.exponent);
    const other = a.coefficient === 0n ? b : a;
    const reach = Math.max(exponent, other.exponent - (DIGITS - String(other.coefficient).length));
    return decimalOf(scaledTo(other, other.coefficient === 0n ? exponent : Math.min(reach, other.exponent)));
  }
  const top = Math.max(leading(a), leading(b));
  const exponent = Math.max(Math.min(a.exponent, b.exponent), top - 2 * DIGITS - 4);
  const sum = signed(scaledTo(a, exponent)) + signed(scaledTo(b, exponent));
  return decimalOf({ kind: 'finite', negative: sum < 0n, coefficient: sum < 0n ? -sum : sum, exponent });
}

type Finite = Parts & { kind: 'finite' };

const leading = (parts: Finite) => String(parts.coefficient).length + parts.exponent;

const signed = (parts: Finite) => (parts.negative ? -parts.coefficient : parts.coefficient);

function scaledTo(parts: Finite, exponent: number): Finite {
  const shift = parts.exponent - exponent;
  if (shift >= 0) return { ...parts, coefficient: parts.coefficient * 10n ** BigInt(shift), exponent };
  const cut = parts.coefficient / 10n ** BigInt(-shift);
  // A digit that is cut off must still break a tie.
  return { ...parts, coefficient: cut === 0n ? 1n : cut, exponent };
}

/** The product, rounded to 34 digits. */
export function multiplyDecimals(a: Parts, b: Parts): Decimal128 {
  if (a.kind === 'nan' || b.kind === 'nan') return decimalOf(NAN);
  const negative = a.negative !== b.negative;
  if (a.kind === 'infinite' || b.kind === 'infinite') {
    const zero = (a.kind === 'finite' && a.coefficient === 0n) || (b.kind === 'finite' && b.coefficient === 0n);
    return decimalOf(zero ? NAN : { kind: 'infinite', negative });
  }
  return decimalOf({
    kind: 'finite',
    negative,
    coefficient: a.coefficient * b.coefficient,
    exponent: a.exponent + b.exponent,
  });
}

/** The quotient, rounded to 34 digits; dividing by zero is the caller's to prevent. */
export function divideDecimals(a: Parts, b: Parts): Decimal128 {
  if (a.kind === 'nan' || b.kind === 'nan') return decimalOf(NAN);
  const negative = a.negative !== b.negative;
  if (a.kind === 'infinite') return decimalOf(b.kind === 'infinite' ? NAN : { kind: 'infinite', negative });
  if (b.kind === 'infinite') return decimalOf({ kind: 'finite', negative, coefficient: 0n, exponent: MIN_EXPONENT });
  const shift = Math.max(0, 2 * DIGITS + String(b.coefficient).length - String(a.coefficient).length);
  const scaled = a.coefficient * 10n ** BigInt(shift);
  let coefficient = scaled / b.coefficient;
  let exponent = a.exponent - b.exponent - shift;
  // What is left over must still break a tie.
  if (scaled % b.coefficient !== 0n) coefficient = coefficient * 10n + 1n;
  else coefficient *= 10n;
  exponent -= 1;
  while (exponent < a.exponent - b.exponent && coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent += 1;
  }
  return decimalOf({ kind: 'finite', negative, coefficient, exponent });
}
