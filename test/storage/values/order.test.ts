import { Binary, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../../src/storage/embedded/values/matcher.ts';
import {
  compareValues,
  keyPrefix,
  keyRange,
  keyString,
  sortKey,
  stringPrefixRange,
} from '../../../src/storage/embedded/values/order.ts';
import { UNDEFINED } from '../../../src/storage/embedded/values/types.ts';
import { numbers, scalars, strings, values } from './arbitraries.ts';

const sign = (order: number) => Math.sign(order) + 0;
const long = (text: string) => Long.fromString(text);
const decimal = (text: string) => Decimal128.fromString(text);

describe('the order of values', () => {
  // Each row is below the next; values within a row are equal.
  const ladder: unknown[][] = [
    [new MinKey()],
    [UNDEFINED],
    [null, undefined],
    [Number.NaN, decimal('NaN')],
    [Number.NEGATIVE_INFINITY, decimal('-Infinity')],
    [decimal('-1E+400')],
    [-1.7976931348623157e308],
    [long('-9223372036854775808'), -(2 ** 63)],
    [-1, new Double(-1), long('-1'), decimal('-1.0')],
    [-5e-324],
    [decimal('-1E-6176')],
    [0, -0, new Double(0), long('0'), decimal('0'), decimal('-0'), decimal('0E+3')],
    [decimal('1E-6176')],
    [decimal('0.1')],
    [0.1],
    [decimal('0.11')],
    [5, new Double(5), long('5'), decimal('5.000'), 5n],
    [2 ** 53, long('9007199254740992')],
    [long('9007199254740993'), decimal('9007199254740993')],
    [2 ** 53 + 2],
    [long('9223372036854775807')],
    [2 ** 63, decimal('9223372036854775808')],
    [decimal('1E+400')],
    [decimal('1.5E+400')],
    [Number.POSITIVE_INFINITY, decimal('Infinity')],
    [''],
    ['\0'],
    ['a'],
    ['a\0'],
    ['ab'],
    ['b'],
    ['\u00e9'],
    ['\uffff'],
    ['\u{10000}'],
    [{}],
    [{ a: 1 }, { a: new Double(1) }],
    [{ a: 1, b: 1 }],
    [{ a: 2 }],
    [{ b: 1 }],
    [{ a: 'x' }],
    [[]],
    [[1]],
    [[1, 2]],
    [[2]],
    [['a']],
    [new Binary(Buffer.from('b'), 0), Buffer.from('b')],
    [new Binary(Buffer.from('a'), 5)],
    [new Binary(Buffer.from('aa'), 0)],
    [new ObjectId('000000000000000000000001')],
    [new ObjectId('ff0000000000000000000000')],
    [false],
    [true],
    [new Date(-1)],
    [new Date(0)],
    [new Date(1)],
    [new Timestamp({ t: 0, i: 1 })],
    [new Timestamp({ t: 1, i: 0 })],
    [/a/],
    [/a/i],
    [/b/],
    [new MaxKey()],
  ];

  it('is the one MongoDB documents, and index keys have the same', () => {
    const rungs = ladder.flatMap((row, rung) => row.map((value) => ({ rung, value })));
    for (const a of rungs) {
      for (const b of rungs) {
        const wanted = sign(a.rung - b.rung);
        const label = [a.value, b.value];
        expect([sign(compareValues(a.value, b.value)), label]).toEqual([wanted, label]);
        const keys = Buffer.compare(keyString([a.value], [1]), keyString([b.value], [1]));
        expect([sign(keys), label]).toEqual([wanted, label]);
      }
    }
  });

  it('is total', () => {
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        expect(sign(compareValues(a, a))).toBe(0);
        expect(sign(compareValues(a, b))).toBe(sign(-compareValues(b, a)));
        const [x, y, z] = [a, b, c].sort(compareValues);
        expect(compareValues(x, y)).toBeLessThanOrEqual(0);
        expect(compareValues(y, z)).toBeLessThanOrEqual(0);
        expect(compareValues(x, z)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('of strings is that of their UTF-8 bytes', () => {
    fc.assert(
      fc.property(strings, strings, (a, b) => {
        expect(sign(compareValues(a, b))).toBe(sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('index keys', () => {
  const same = (arbitrary: fc.Arbitrary<unknown>, numRuns: number) =>
    fc.assert(
      fc.property(arbitrary, arbitrary, (a, b) => {
        const order = sign(compareValues(a, b));
        expect(sign(Buffer.compare(keyString([a], [1]), keyString([b], [1])))).toBe(order);
        expect(sign(Buffer.compare(keyString([a], [-1]), keyString([b], [-1])))).toBe(sign(-order));
      }),
      { numRuns },
    );

  it('order numbers of mixed types as compareValues does', () => same(numbers, 4000));
  it('order any values as compareValues does', () => same(values, 4000));

  it('order rows by their first different value, each in its direction', () => {
    const row = fc.tuple(values, values);
    fc.assert(
      fc.property(row, row, fc.constantFrom<1 | -1>(1, -1), fc.constantFrom<1 | -1>(1, -1), (a, b, first, second) => {
        const order = compareValues(a[0], b[0]) * first || compareValues(a[1], b[1]) * second;
        const keys = Buffer.compare(keyString(a, [first, second]), keyString(b, [first, second]));
        expect(sign(keys)).toBe(sign(order));
      }),
      { numRuns: 2000 },
    );
  });

  it('are never the beginning of one another', () => {
    fc.assert(
      fc.property(values, values, fc.constantFrom<1 | -1>(1, -1), (a, b, direction) => {
        const [x, y] = [keyString([a], [direction]), keyString([b], [direction])];
        const begins = Buffer.compare(x, y.subarray(0, x.length)) === 0;
        expect(begins).toBe(compareValues(a, b) === 0);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('stretches of an index', () => {
  const within = (key: Uint8Array, range: { start: Uint8Array; end: Uint8Array | undefined }) =>
    Buffer.compare(key, range.start) >= 0 && (range.end === undefined || Buffer.compare(key, range.end) < 0);
  const directions = fc.tuple(
    fc.constantFrom<1 | -1>(1, -1),
    fc.constantFrom<1 | -1>(1, -1),
    fc.constantFrom<1 | -1>(1, -1),
  );

  it('by an equality prefix hold just the rows that begin with it', () => {
    fc.assert(
      fc.property(values, values, values, directions, (a, b, c, way) => {
        const range = keyPrefix([a], way);
        expect(within(keyString([a, b, c], way), range)).toBe(true);
        expect(within(keyString([b, a, c], way), range)).toBe(compareValues(a, b) === 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('by bounds hold just what the filter of the same bounds finds', () => {
    const operators = fc.constantFrom('gt', 'gte', 'lt', 'lte');
    fc.assert(
      fc.property(
        scalars,
        scalars,
        scalars,
        values,
        operators,
        directions,
        (first, value, bound, rest, operator, way) => {
          // NaN and BSON's undefined as bounds are the filter's affair.
          fc.pre(bound !== UNDEFINED && value !== UNDEFINED && !isNaNOfAnyType(bound));
          fc.pre(!(typeof bound === 'object' && bound !== null && /RegExp/.test(bound.constructor.name)));
          const range = keyRange([first], way, { [operator]: bound });
          const found = compileFilter({ value: { [`$${operator}`]: bound } }).test({ value });
          expect(within(keyString([first, value, rest], way), range)).toBe(found);
        },
      ),
      { numRuns: 4000 },
    );
  });

  it('by two bounds hold what lies between', () => {
    const way: (1 | -1)[] = [1, -1];
    const range = keyRange(['x'], way, { gte: 5, lt: 8 });
    const found = [Number.NaN, 4, 5, 6.5, long('7'), 8, '6', null].filter((value) =>
      within(keyString(['x', value], way), range),
    );
    expect(found).toEqual([5, 6.5, long('7')]);
    expect(within(keyString(['y', 6], way), range)).toBe(false);
  });

  it('without bounds hold the whole prefix', () => {
    const range = keyRange([1], [1, 1]);
    expect(within(keyString([1, new MaxKey()], [1, 1]), range)).toBe(true);
    expect(within(keyString([2, new MinKey()], [1, 1]), range)).toBe(false);
  });

  it('by the beginning of a string', () => {
    fc.assert(
      fc.property(strings, values, fc.constantFrom<1 | -1>(1, -1), (start, value, direction) => {
        const range = stringPrefixRange([1], [1, direction], start);
        expect(within(keyString([1, start + String(start)], [1, direction]), range)).toBe(true);
        if (typeof value === 'string') {
          expect(within(keyString([1, value], [1, direction]), range)).toBe(value.startsWith(start));
        }
      }),
      { numRuns: 1000 },
    );
  });
});

function isNaNOfAnyType(value: unknown): boolean {
  return Number.isNaN(value) || (value instanceof Decimal128 && value.toString() === 'NaN');
}

describe('sort keys', () => {
  const sorted = (documents: Record<string, unknown>[], spec: Record<string, unknown>) =>
    [...documents].sort((a, b) => Buffer.compare(sortKey(a, spec), sortKey(b, spec)));

  it('put an empty array before null, and null with missing', () => {
    const documents = [{ a: 1 }, { a: null, n: 1 }, {}, { a: [] }, { a: new MinKey() }];
    expect(sorted(documents, { a: 1 })).toEqual([{ a: new MinKey() }, { a: [] }, { a: null, n: 1 }, {}, { a: 1 }]);
  });

  it('take the least element ascending and the greatest descending', () => {
    const documents = [{ a: [5, 9] }, { a: 6 }, { a: [1, 7] }];
    expect(sorted(documents, { a: 1 })).toEqual([{ a: [1, 7] }, { a: [5, 9] }, { a: 6 }]);
    expect(sorted(documents, { a: -1 })).toEqual([{ a: [5, 9] }, { a: [1, 7] }, { a: 6 }]);
  });

  it('take fields of one array from the same element', () => {
    const documents = [
      {
        n: 1,
        a: [
          { x: 1, y: 9 },
          { x: 2, y: 1 },
        ],
      },
      { n: 2, a: [{ x: 1, y: 5 }] },
    ];
    expect(sorted(documents, { 'a.x': 1, 'a.y': 1 }).map(({ n }) => n)).toEqual([2, 1]);
  });

  it('refuse two different arrays', () => {
    expect(() => sortKey({ a: [1], b: [2] }, { a: 1, b: 1 })).toThrow(
      expect.objectContaining({ code: 2, message: 'cannot sort with keys that are parallel arrays' }),
    );
  });
});
