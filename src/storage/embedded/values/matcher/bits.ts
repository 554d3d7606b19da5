import type { Binary } from 'bson';
import { roundedShift } from '../decimal.ts';
import { badValue, failedToParse } from '../errors.ts';
import { exact, numberKind, wholeNumber } from '../numbers.ts';
import { bytesOf } from '../order/compare.ts';
import { Rank, rankOf } from '../types.ts';
import { leaf, type Operator } from './operator.ts';

/** `$bitsAllSet`, `$bitsAllClear`, `$bitsAnySet`, `$bitsAnyClear` with a mask of any of the three kinds. */
export function bits(name: string, operand: unknown): Operator {
  const positions = positionsOf(name, operand);
  const wanted = name.endsWith('Set');
  const every = name.startsWith('$bitsAll');
  return leaf((value) => {
    const bitAt = bitReader(value);
    if (bitAt === undefined) return false;
    return every
      ? positions.every((position) => bitAt(position) === wanted)
      : positions.some((position) => bitAt(position) === wanted);
  });
}

function positionsOf(name: string, operand: unknown): number[] {
  if (Array.isArray(operand)) {
    return operand.map((element, i) => {
      const position = wholeNumber(element);
      if (numberKind(element) === undefined) {
        throw badValue(`Failed to parse bit position. Expected a number in: ${i}: ${JSON.stringify(element)}`);
      }
      if (position === undefined) throw badValue(`Failed to parse bit position. Expected an integer: ${i}: ${element}`);
      if (position < 0n) {
        throw badValue(`Failed to parse bit position. Expected a non-negative number in: ${i}: ${position}`);
      }
      return Number(position);
    });
  }
  if (rankOf(operand) === Rank.binary) {
    const bytes = bytesOf(operand as Binary);
    return setBits(bytes.length * 8, (i) => (((bytes[i >> 3] as number) >> (i & 7)) & 1) === 1);
  }
  if (numberKind(operand) === undefined) {
    throw badValue(`value takes an Array, a number, or a BinData but received: ${name}: ${JSON.stringify(operand)}`);
  }
  const mask = wholeNumber(operand);
  if (mask === undefined) throw failedToParse(`Expected an integer: ${name}: ${String(operand)}`);
  if (mask < 0n) throw failedToParse(`Expected a non-negative number in: ${name}: ${mask}`);
  return setBits(63, (i) => ((mask >> BigInt(i)) & 1n) === 1n);
}

function setBits(length: number, isSet: (position: number) => boolean): number[] {
  const positions: number[] = [];
  for (let i = 0; i < length; i++) if (isSet(i)) positions.push(i);
  return positions;
}

/** Reads single bits of a whole number (two's complement, the sign going on for ever) or of binary data. */
function bitReader(value: unknown): ((position: number) => boolean) | undefined {
  if (rankOf(value) === Rank.binary) {
    const bytes = bytesOf(value as Binary);
    return (position) => (((bytes[position >> 3] ?? 0) >> (position & 7)) & 1) === 1;
  }
  const whole = numberKind(value) === 'decimal' ? nearestWhole(value) : wholeNumber(value);
  if (whole === undefined) return undefined;
  return (position) => ((whole >> BigInt(Math.min(position, 63))) & 1n) === 1n;
}

/** The whole number nearest to a decimal, the even one of two; what does not fit 64 bits counts as the least that does. */
function nearestWhole(value: unknown): bigint {
  const parts = exact(value);
  if (parts.kind !== 'finite' || parts.exponent > 20)
    return parts.kind === 'finite' && parts.coefficient === 0n ? 0n : LEAST;
  const { coefficient, exponent, negative } = parts;
  const digits = exponent < 0 ? roundedShift(coefficient, -exponent) : coefficient * 10n ** BigInt(exponent);
  const whole = negative ? -digits : digits;
  return BigInt.asIntN(64, whole) === whole ? whole : LEAST;
}

const LEAST = -(2n ** 63n);
