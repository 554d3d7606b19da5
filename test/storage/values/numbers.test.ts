import { Decimal128, Double, Int32, Long } from 'bson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDecimals, decimalOf, multiplyDecimals, partsOf } from '../../../src/storage/embedded/values/decimal.ts';
import {
  arithmetic,
  asNumber,
  compareNumbers,
  numberKind,
  wholeNumber,
} from '../../../src/storage/embedded/values/numbers.ts';
import { numbers } from './arbitraries.ts';

const decimal = (text: string) => Decimal128.fromString(text);
const add = (a: string, b: string) => String(addDecimals(partsOf(decimal(a)), partsOf(decimal(b))));
const multiply = (a: string, b: string) => String(multiplyDecimals(partsOf(decimal(a)), partsOf(decimal(b))));

describe('decimal numbers', () => {
  it('come apart and together without loss', () => {
    const texts = [
      '0',
      '-0',
      '0E-6176',
      '0E+6111',
      '1',
      '-1.50',
      '9999999999999999999999999999999999E+6111',
      '1E-6176',
      'NaN',
      'Infinity',
      '-Infinity',
      '123456789.000000001',
    ];
    for (const text of texts) {
      expect(Buffer.compare(decimalOf(partsOf(decimal(text))).bytes, decimal(text).bytes)).toBe(0);
    }
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 34n) + 1n, max: 10n ** 34n - 1n }),
        fc.integer({ min: -6176, max: 6111 }),
        (digits, power) => {
          const given = decimal(`${digits}E${power}`);
          expect(Buffer.compare(decimalOf(partsOf(given)).bytes, given.bytes)).toBe(0);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('add and multiply exactly while the digits last', () => {
    const digits = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
    const power = fc.integer({ min: -8, max: 8 });
    fc.assert(
      fc.property(digits, power, digits, power, (a, p, b, q) => {
        const x = partsOf(decimal(`${a}E${p}`));
        const y = partsOf(decimal(`${b}E${q}`));
        const unit = Math.min(p, q);
        const sum = a * 10n ** BigInt(p - unit) + b * 10n ** BigInt(q - unit);
        expect(compareNumbers(addDecimals(x, y), decimal(`${sum}E${unit}`))).toBe(0);
        expect(compareNumbers(multiplyDecimals(x, y), decimal(`${a * b}E${p + q}`))).toBe(0);
        expect(String(addDecimals(x, y))).toBe(String(addDecimals(y, x)));
      }),
      { numRuns: 1000 },
    );
  });

  it('round half to even, overflow and underflow as IEEE 754 says', () => {
    const nines = '9'.repeat(34);
    expect(add(nines, '1')).toBe('1.000000000000000000000000000000000E+34');
    expect(add('1000000000000000000000000000000001', '0.5')).toBe('1000000000000000000000000000000002');
    expect(add('1000000000000000000000000000000000', '0.5')).toBe('1000000000000000000000000000000000');
    expect(add('1000000000000000000000000000000000', '0.50000001')).toBe('1000000000000000000000000000000001');
    expect(add('1E+6000', '1E-6000')).toBe('1.000000000000000000000000000000000E+6000');
    expect(add('0', '1E+3')).toBe('1000');
    expect(add('0.00', '5')).toBe('5.00');
    expect(add('1.1', '-1.1')).toBe('0.0');
    expect(add(`${nines}E+6111`, `${nines}E+6111`)).toBe('Infinity');
    expect(add('Infinity', '1')).toBe('Infinity');
    expect(multiply('1E+6000', '1E+6000')).toBe('Infinity');
    expect(multiply('1E-6000', '1E-6000')).toBe('0E-6176');
    expect(multiply('Infinity', '0')).toBe('NaN');
    expect(multiply('-2', '0.5')).toBe('-1.0');
    expect(multiply(nines, nines)).toBe('9.999999999999999999999999999999998E+67');
  });
});

describe('numbers of all types', () => {
  it('have MongoDB’s result types', () => {
    const kind = (a: unknown, b: unknown) => numberKind(arithmetic('add', a, b));
    expect([
      kind(1, 2),
      kind(2 ** 31 - 1, 1),
      kind(1, Long.fromNumber(1)),
      kind(1, 0.5),
      kind(new Double(1), Long.fromNumber(1)),
      kind(0.5, decimal('1')),
    ]).toEqual(['int', 'long', 'long', 'double', 'double', 'decimal']);
    expect(arithmetic('add', Long.MAX_VALUE, 1)).toBeUndefined();
    expect(arithmetic('multiply', Long.MIN_VALUE, -1)).toBeUndefined();
    expect(Object.is(arithmetic('multiply', -1, 0), 0)).toBe(true);
    expect(arithmetic('add', new Int32(1), 2n)).toEqual(Long.fromNumber(3));
  });

  it('compare as their sum with zero does', () => {
    fc.assert(
      fc.property(numbers, (value) => {
        const same = arithmetic('add', value, 0);
        // A double plus a decimal is rounded to 15 digits; here nothing is mixed.
        expect(compareNumbers(same, value)).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('tell the whole ones that fit 64 bits', () => {
    expect([1, -0, 2 ** 53, new Double(3), Long.MIN_VALUE, decimal('5.00'), decimal('1E+3')].map(wholeNumber)).toEqual([
      1n,
      0n,
      2n ** 53n,
      3n,
      -(2n ** 63n),
      5n,
      1000n,
    ]);
    expect(
      [
        0.5,
        Number.NaN,
        Number.POSITIVE_INFINITY,
        2 ** 63,
        decimal('0.1'),
        decimal('NaN'),
        decimal('1E+6000'),
        '1',
        null,
      ].map(wholeNumber),
    ).toEqual(new Array(9).fill(undefined));
    expect([1, new Double(2), Long.fromNumber(3), decimal('0.25'), 5n, 'x'].map(asNumber)).toEqual([
      1,
      2,
      3,
      0.25,
      5,
      undefined,
    ]);
  });
});
