import { Binary, BSONRegExp, Decimal128, Double, Long, MaxKey, MinKey } from 'bson';
import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../../src/storage/embedded/values/matcher.ts';
import type { Document } from '../../../src/storage/embedded/values/types.ts';
import { stored } from './arbitraries.ts';
import { finds, refusedWith } from './finding.ts';

const long = (value: number) => Long.fromNumber(value);
const decimal = (text: string) => Decimal128.fromString(text);

/** What a test answers, or how it is refused. */
function outcome(test: () => boolean): string {
  try {
    return String(test());
  } catch (error) {
    const { code, message } = error as { code: number; message: string };
    return `${code} ${message}`;
  }
}

describe('fields and types', () => {
  it('$exists', () => {
    finds([
      [{ a: { $exists: true } }, [{ a: null }, { a: [] }, { a: 1 }], [{}, { b: 1 }]],
      [{ a: { $exists: 0 } }, [{}], [{ a: null }]],
      [{ 'a.b': { $exists: true } }, [{ a: [{ c: 1 }, { b: 1 }] }], [{ a: 1 }, { a: [] }, { a: [1] }]],
      [{ 'a.1': { $exists: true } }, [{ a: [5, 6] }, { a: { 1: 0 } }], [{ a: [5] }]],
      [{ toString: { $exists: true } }, [{ toString: 1 }], [{}]],
      [{ 'a.constructor': null }, [{ a: {} }], [{ a: { constructor: 1 } }]],
    ]);
  });

  it('$type', () => {
    finds([
      [{ a: { $type: 'int' } }, [{ a: 1 }], [{ a: new Double(1) }, { a: long(1) }, {}]],
      [{ a: { $type: 'double' } }, [{ a: new Double(1) }, { a: 1.5 }], [{ a: 1 }]],
      [{ a: { $type: 'number' } }, [{ a: 1 }, { a: 1.5 }, { a: long(1) }, { a: decimal('1') }], [{ a: '1' }]],
      [{ a: { $type: ['string', 10] } }, [{ a: 'x' }, { a: null }, { a: [1, 'x'] }], [{ a: 1 }, {}]],
      [{ a: { $type: 'array' } }, [{ a: [] }, { a: [1] }, { a: [[1]] }], [{ a: 1 }]],
      [{ a: { $type: 2 } }, [{ a: 'x' }], [{ a: 2 }]],
      [{ a: { $type: 'object' } }, [{ a: {} }, { a: [{}] }], [{ a: [] }]],
      [{ a: { $type: -1 } }, [{ a: new MinKey() }], [{ a: new MaxKey() }]],
    ]);
    expect(refusedWith({ a: { $type: 'foo' } })).toBe('2 Unknown type name alias: foo');
    expect(refusedWith({ a: { $type: 99 } })).toBe('2 Invalid numerical type code: 99');
  });

  it('$mod and $size', () => {
    finds([
      [
        { a: { $mod: [4, 1] } },
        [{ a: 5 }, { a: 5.9 }, { a: long(9) }, { a: [2, 5] }],
        [{ a: 4 }, { a: '5' }, {}, { a: Number.NaN }],
      ],
      [{ a: { $mod: [4, -1] } }, [{ a: -5 }], [{ a: 5 }]],
      [{ a: { $mod: [3.9, 0] } }, [{ a: 9 }], [{ a: 8 }]],
      [{ a: { $size: 2 } }, [{ a: [1, 2] }, { a: [[], []] }], [{ a: [1] }, { a: 'xx' }, {}, { a: [[1, 2]] }]],
    ]);
    expect(refusedWith({ a: { $mod: [0, 1] } })).toBe('2 divisor cannot be 0');
    expect(refusedWith({ a: { $mod: [1] } })).toBe('2 malformed mod, not enough elements');
    expect(refusedWith({ a: { $mod: [1, 2, 3] } })).toBe('2 malformed mod, too many elements');
    expect(refusedWith({ a: { $size: -1 } })).toBe(
      '2 Failed to parse $size. Expected a non-negative number in: $size: -1',
    );
    expect(refusedWith({ a: { $size: 'x' } })).toBe('2 Failed to parse $size. Expected a number in: $size: "x"');
  });

  it('$regex', () => {
    finds([
      [{ a: { $regex: '^ab', $options: 'i' } }, [{ a: 'ABC' }, { a: ['x', 'ab'] }], [{ a: 'xab' }, { a: 5 }]],
      [{ a: { $regex: /^ab/i } }, [{ a: 'AB' }], [{ a: 'b' }]],
      [{ a: { $regex: 'b $', $options: 'x' } }, [{ a: 'ab' }], [{ a: 'b c' }]],
      [{ a: { $regex: 'a.c', $options: 's' } }, [{ a: 'a\nc' }], [{ a: 'ac' }]],
      [{ a: { $regex: '^b', $options: 'm' } }, [{ a: 'a\nb' }], [{ a: 'ab' }]],
      [{ a: { $regex: 'a.c' } }, [{ a: 'a\rc' }, { a: 'abc' }], [{ a: 'a\nc' }]],
      [{ a: { $regex: '(?i)x' } }, [{ a: 'X' }], []],
      [{ a: { $regex: 'b$' } }, [{ a: 'ab' }, { a: 'ab\n' }], [{ a: 'ab\n\n' }]],
      [{ a: { $regex: '\\Aa[[:digit:]]+\\z' } }, [{ a: 'a12' }], [{ a: 'a12\n' }, { a: 'ba1' }]],
      [{ a: { $regex: '^.$' } }, [{ a: '😀' }, { a: '里' }], [{ a: 'ab' }]],
      [{ a: { $regex: 'a\\-b' } }, [{ a: 'a-b' }], [{ a: 'ab' }]],
      [{ a: { $in: [/^x/i] } }, [{ a: 'Xy' }], [{ a: 'yx' }]],
      [{ a: { $not: { $regex: '^x' } } }, [{ a: 'yx' }, {}], [{ a: 'xy' }]],
    ]);
    expect(refusedWith({ a: { $regex: '[' } })).toMatch(/^51091 /);
    expect(refusedWith({ a: { $regex: 'x', $options: 'q' } })).toMatch(/^51108 /);
    expect(refusedWith({ a: { $options: 'i' } })).toBe('2 $options needs a $regex');
    expect(refusedWith({ a: { $regex: 5 } })).toBe('2 $regex has to be a string');
  });

  it('$regex gives up a text it would try for years to meet, and is right about long ones that it meets or misses soon', () => {
    const text = 'a'.repeat(40);
    const patterns = [
      '^(a+)+$',
      '^(a|a)*$',
      '^(a|aa)+$',
      '(a*)*b',
      '^((a{1,9})+)+$',
      '(?:a?){30}a{30}b',
      '(?=(a+)+b)c',
      '^(?:(a+)+)\\1$',
      `^${'a?'.repeat(40)}${'a'.repeat(40)}b`,
      `^${'(a|a)'.repeat(40)}$`,
    ];
    const filters: Document[] = [
      ...patterns.map(($regex) => ({ a: { $regex } })),
      { a: { $regex: '^(A+)+$', $options: 'ix' } },
      { a: { $in: [new BSONRegExp('^(a+)+$')] } },
      { $jsonSchema: { properties: { a: { pattern: '^(a+)+$' } } } },
    ];
    for (const filter of filters) {
      const { test } = compileFilter(stored(filter));
      const found = outcome(() => test({ a: `${text}!` }));
      expect(found, JSON.stringify(filter)).toMatch(/^51156 |^false$/);
    }
    expect(outcome(() => compileFilter({ a: { $regex: '^(a+)+$' } }).test({ a: `${text}!` }))).toMatch(/^51156 /);
    const long = { a: `${'ab '.repeat(20_000)}!` };
    const slow = compileFilter({ a: { $regex: '(a|b)*c.*d.*e.*f' } });
    expect(outcome(() => compileFilter({ a: { $regex: 'a.* .*b .*x' } }).test(long))).toMatch(/^51156 /);
    expect(slow.test({ a: `${'ab'.repeat(300)}c-d-e-f` })).toBe(true);
    expect(slow.test({ a: `${'ab'.repeat(300)}` })).toBe(false);
  });

  it('bits', () => {
    finds([
      [
        { a: { $bitsAllSet: 6 } },
        [{ a: 6 }, { a: 7.0 }, { a: long(14) }, { a: new Binary(Buffer.from([6])) }],
        [{ a: 4 }, { a: 6.5 }, { a: '6' }],
      ],
      [{ a: { $bitsAllSet: [1, 70] } }, [{ a: -2 }], [{ a: 2 }]],
      [{ a: { $bitsAnySet: 6 } }, [{ a: 2 }], [{ a: 8 }]],
      [{ a: { $bitsAllClear: [0, 3] } }, [{ a: 6 }], [{ a: 8 }]],
      [{ a: { $bitsAnyClear: new Binary(Buffer.from([3])) } }, [{ a: 1 }], [{ a: 3 }]],
    ]);
    expect(refusedWith({ a: { $bitsAllSet: -1 } })).toMatch(/^9 /);
    expect(refusedWith({ a: { $bitsAllSet: ['x'] } })).toMatch(/^2 Failed to parse bit position/);
  });
});

describe('arrays', () => {
  it('$all', () => {
    finds([
      [{ a: { $all: [1, 2] } }, [{ a: [2, 1, 3] }], [{ a: [1] }, { a: 1 }]],
      [{ a: { $all: [1] } }, [{ a: 1 }, { a: [1] }], [{ a: 2 }]],
      [{ a: { $all: [[1, 2]] } }, [{ a: [1, 2] }, { a: [[1, 2]] }], [{ a: [2, 1] }]],
      [{ a: { $all: [/^x/, 'b'] } }, [{ a: ['xy', 'b'] }], [{ a: ['b'] }]],
      [{ a: { $all: [] } }, [], [{ a: [] }, { a: [1] }]],
      [
        { a: { $all: [{ $elemMatch: { b: 1 } }, { $elemMatch: { b: 2 } }] } },
        [{ a: [{ b: 1 }, { b: 2 }] }],
        [{ a: [{ b: 1 }] }],
      ],
    ]);
    expect(refusedWith({ a: { $all: 1 } })).toBe('2 $all needs an array');
    expect(refusedWith({ a: { $all: [{ $gt: 1 }] } })).toBe('2 no $ expressions in $all');
  });

  it('$elemMatch asks all of one element', () => {
    finds([
      [
        { a: { $elemMatch: { x: 1, y: 2 } } },
        [{ a: [{ x: 1, y: 2 }] }],
        [{ a: [{ x: 1 }, { y: 2 }] }, { a: { x: 1, y: 2 } }, {}],
      ],
      [{ a: { $elemMatch: { $gt: 1, $lt: 5 } } }, [{ a: [0, 3] }], [{ a: [0, 9] }, { a: 3 }, { a: [[3]] }]],
      [{ a: { $elemMatch: { $elemMatch: { $gt: 2 } } } }, [{ a: [[1], [3]] }], [{ a: [3] }]],
      [{ a: { $elemMatch: { $or: [{ x: 1 }, { x: 2 }] } } }, [{ a: [{ x: 2 }] }], [{ a: [{ x: 3 }] }]],
      [{ a: { $elemMatch: { $not: { $gt: 5 } } } }, [{ a: [9, 1] }], [{ a: [9] }, { a: [] }]],
      [{ a: { $elemMatch: { 0: 5 } } }, [{ a: [[5]] }, { a: [{ 0: 5 }] }], [{ a: [5] }]],
      [{ a: { $elemMatch: {} } }, [{ a: [{}] }, { a: [[]] }], [{ a: [] }, { a: [1] }]],
      [
        { 'a.b': { $elemMatch: { c: 1 } } },
        [{ a: { b: [{ c: 1 }] } }, { a: [{ b: [{ c: 1 }] }] }],
        [{ a: { b: { c: 1 } } }],
      ],
      [{ a: { $not: { $elemMatch: { x: 1 } } } }, [{}, { a: [{ x: 2 }] }], [{ a: [{ x: 1 }] }]],
      [{ a: { $elemMatch: { $ne: 1 } } }, [{ a: [1, 2] }], [{ a: [1] }]],
      [{ a: { $elemMatch: { $eq: null } } }, [{ a: [null] }], [{ a: [1] }, {}]],
    ]);
    expect(refusedWith({ a: { $elemMatch: 1 } })).toBe('2 $elemMatch needs an Object');
  });

  it('are entered by paths', () => {
    finds([
      [
        { 'a.b': 1 },
        [{ a: { b: 1 } }, { a: [{ b: 2 }, { b: 1 }] }, { a: [{ b: [1] }] }],
        [{ a: [[{ b: 1 }]] }, { b: 1 }],
      ],
      [{ 'a.0': 5 }, [{ a: [5] }, { a: { 0: 5 } }, { a: [{ 0: 5 }] }], [{ a: [1, 5] }, { a: [[5]] }]],
      [{ 'a.0.b': 1 }, [{ a: [{ b: 1 }] }], [{ a: [{ b: 2 }, { b: 1 }] }]],
      [{ 'a.0.0': 5 }, [{ a: [[5]] }], [{ a: [5] }]],
      [{ 'a.b.c': 1 }, [{ a: [{ b: [{ c: 1 }] }] }], [{ a: [{ b: 1 }] }]],
      [{ 'a.00': 5 }, [], [{ a: [5] }]],
    ]);
  });

  it('tell which element met the filter', () => {
    const at = (filter: Document, document: Document) => compileFilter(filter).position(document);
    expect(at({ a: 5 }, { a: [1, 5] })).toBe(1);
    expect(at({ a: { $gt: 1 } }, { a: [1, 5, 9] })).toBe(1);
    expect(at({ 'a.b': 2 }, { a: [{ b: 1 }, { b: 2 }] })).toBe(1);
    expect(at({ 'a.b.c': 3 }, { a: [{ b: [] }, { b: [{ c: 1 }, { c: 3 }] }] })).toBe(1);
    expect(at({ 'a.0.b': 3 }, { a: [{ b: [1, 3] }] })).toBe(1);
    expect(at({ a: { $elemMatch: { x: 1 } } }, { a: [{ x: 0 }, { x: 1 }] })).toBe(1);
    expect(at({ a: { $elemMatch: { $gt: 3 } } }, { a: [1, 2, 7] })).toBe(2);
    expect(at({ a: { $all: [2, 1] } }, { a: [1, 2] })).toBe(0);
    expect(at({ a: 5, b: 6 }, { a: [1, 5], b: 6 })).toBe(1);
    expect(at({ n: 1, a: 5, b: { $exists: true } }, { n: 1, a: [1, 5], b: 1 })).toBe(1);
    expect(at({ $and: [{ a: 5 }] }, { a: [1, 5] })).toBe(1);
    expect(at({ $or: [{ a: 5 }, { b: 1 }] }, { a: [1, 5] })).toBeUndefined();
    expect(at({ 'a.1': 5 }, { a: [1, 5] })).toBeUndefined();
    expect(at({ a: { $size: 2 } }, { a: [1, 5] })).toBeUndefined();
    expect(at({ a: 7 }, { a: [1, 5] })).toBeUndefined();
  });
});

describe('$jsonSchema', () => {
  it('checks types, presence, ranges and structure', () => {
    const schema = (parts: Document): Document => ({ $jsonSchema: parts });
    finds([
      [
        schema({ required: ['a'], properties: { a: { bsonType: 'int', minimum: 1, maximum: 5 } } }),
        [{ a: 1 }, { a: 5, b: 1 }],
        [{}, { a: 6 }, { a: 0 }, { a: '1' }],
      ],
      [schema({ properties: { a: { minimum: 1, exclusiveMinimum: true } } }), [{ a: 2 }, { a: 'x' }, {}], [{ a: 1 }]],
      [schema({ properties: { a: { enum: ['x', { b: 1 }] } } }), [{ a: 'x' }, { a: { b: 1 } }], [{ a: 'y' }]],
      [
        schema({ properties: { a: { type: 'string', minLength: 2, maxLength: 3, pattern: '^x' } } }),
        [{ a: 'xy' }, { a: 'x😀' }],
        [{ a: 'x' }, { a: 'xyzz' }, { a: 'yx' }],
      ],
      [
        schema({
          properties: {
            a: { bsonType: ['array', 'null'], items: { type: 'number' }, minItems: 1, maxItems: 2, uniqueItems: true },
          },
        }),
        [{ a: [1, 2] }, { a: null }],
        [{ a: [] }, { a: [1, 1] }, { a: ['x'] }, { a: [1, 2, 3] }],
      ],
      [
        schema({ properties: { a: { items: [{ type: 'number' }], additionalItems: false } } }),
        [{ a: [1] }],
        [{ a: [1, 2] }, { a: ['x'] }],
      ],
      [schema({ properties: { _id: {}, a: {} }, additionalProperties: false }), [{ a: 1 }], [{ b: 1 }]],
      [schema({ patternProperties: { '^s_': { type: 'string' } } }), [{ s_a: 'x' }], [{ s_a: 1 }]],
      [
        schema({ anyOf: [{ required: ['a'] }, { required: ['b'] }], not: { required: ['c'] } }),
        [{ a: 1 }],
        [{}, { a: 1, c: 1 }],
      ],
      [schema({ oneOf: [{ required: ['a'] }, { required: ['b'] }] }), [{ b: 1 }], [{ a: 1, b: 1 }]],
      [schema({ dependencies: { a: ['b'] } }), [{}, { a: 1, b: 1 }], [{ a: 1 }]],
      [
        schema({ minProperties: 1, maxProperties: 2, properties: { a: { multipleOf: 5 } } }),
        [{ a: 10 }],
        [{}, { a: 1 }, { a: 5, b: 1, c: 1 }],
      ],
    ]);
    expect(refusedWith(schema({ format: 'x' }))).toBe('9 Unknown $jsonSchema keyword: format');
    expect(refusedWith(schema({ required: [] }))).toMatch(/^9 /);
    expect(refusedWith({ $jsonSchema: 1 })).toMatch(/^14 /);
  });
});
