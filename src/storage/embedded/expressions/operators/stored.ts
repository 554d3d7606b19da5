/** What a value is as it is stored: how many bytes, which hash, which halves of a timestamp; and a number by chance. */
import { createHash } from 'node:crypto';
import type { Timestamp } from 'bson';
import { encode } from '../../values/bson.ts';
import { refusal } from '../../values/errors.ts';
import { asNumber, doubleOf, longBits, longOf, numberKind, wholeNumber } from '../../values/numbers.ts';
import { bytesOf } from '../../values/order/compare.ts';
import { isDocument, Rank, rankOf, typeName } from '../../values/types.ts';
import { isNullish, type Maker, unary } from './operator.ts';

function binarySize(value: unknown): unknown {
  if (isNullish(value)) return null;
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (rankOf(value) === Rank.binary) return bytesOf(value as never).length;
  throw refusal(51276, `$binarySize requires a string or BinData argument, found: ${typeName(value)}`);
}

function bsonSize(value: unknown): unknown {
  if (isNullish(value)) return null;
  if (isDocument(value)) return encode(value).length;
  throw refusal(31393, `$bsonSize requires a document input, found: ${typeName(value)}`);
}

function half(name: string, code: number, of: (timestamp: Timestamp) => number): [string, Maker] {
  return unary(name, (value) => {
    if (isNullish(value)) return null;
    if (rankOf(value) === Rank.timestamp) return longOf(BigInt(of(value as Timestamp)));
    throw refusal(code, `Argument to ${name} must be a timestamp, but is ${typeName(value)}`);
  });
}

/** The type bytes by which BSON values are ordered and hashed, by the type byte they are stored with. */
const CANONICAL: Readonly<Record<number, number>> = {
  1: 10,
  2: 15,
  3: 20,
  4: 25,
  5: 30,
  6: 0,
  7: 35,
  8: 40,
  9: 45,
  10: 5,
  11: 50,
  12: 55,
  13: 60,
  14: 15,
  15: 65,
  16: 10,
  17: 47,
  18: 10,
  19: 10,
  127: 127,
  255: -1,
};

const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
};

const MIN_LONG = -(2n ** 63n);
const MAX_LONG = 2n ** 63n - 1n;

/** A number as it is hashed: all that are equal as whole numbers alike; what lies beyond 64 bits as the nearest. */
function hashedNumber(value: unknown): Buffer {
  const double = asNumber(value) as number;
  const whole =
    numberKind(value) === 'long'
      ? longBits(value as never)
      : (wholeNumber(value) ??
        (Number.isNaN(double)
          ? 0n
          : Math.abs(double) < 2 ** 63
            ? BigInt(Math.trunc(double))
            : double < 0
              ? MIN_LONG
              : MAX_LONG));
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(whole);
  return bytes;
}

/** The bytes that stand for a value in its hash, from MongoDB's hashed indexes: type, name, then what is stored. */
function* hashed(value: unknown, name: string | undefined): Generator<Uint8Array> {
  // The value as a document stores it: size, type, an empty name, the value, the end.
  const bytes = encode({ '': value ?? null });
  yield word(CANONICAL[bytes[4] as number] ?? 0);
  if (name !== undefined) yield Buffer.from(`${name}\0`);
  if (numberKind(value) !== undefined) yield hashedNumber(value);
  else if (isDocument(value)) {
    for (const inner of Object.keys(value)) yield* hashed(value[inner], inner);
    yield word(0);
  } else if (Array.isArray(value)) {
    for (const [i, inner] of value.entries()) yield* hashed(inner, String(i));
    yield word(0);
  } else yield bytes.subarray(6, -1);
}

/** The hash MongoDB's hashed indexes keep of a value. */
function indexedHash(value: unknown): unknown {
  const hash = createHash('md5').update(word(0));
  for (const bytes of hashed(value, undefined)) hash.update(bytes);
  return longOf(hash.digest().readBigInt64LE(0));
}

const random: Maker = (operand) => {
  const nothing = Array.isArray(operand)
    ? operand.length === 0
    : isDocument(operand) && Object.keys(operand).length === 0;
  if (!nothing) throw refusal(3040501, '$rand does not currently accept arguments');
  return () => doubleOf(Math.random());
};

export const STORED: readonly [string, Maker][] = [
  unary('$binarySize', binarySize),
  unary('$bsonSize', bsonSize),
  half('$tsSecond', 5687301, ({ t }) => t),
  half('$tsIncrement', 5687302, ({ i }) => i),
  unary('$toHashedIndexKey', indexedHash),
  ['$rand', random],
];
