import { Binary, BSONRegExp, BSONSymbol, Decimal128, Double, Long, MaxKey, MinKey, ObjectId } from 'bson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../../src/storage/embedded/values/matcher.ts';
import { UNDEFINED } from '../../../src/storage/embedded/values/types.ts';
import { documents, values } from './arbitraries.ts';
import { finds, refusedWith } from './finding.ts';

const long = (value: number) => Long.fromNumber(value);
const decimal = (text: string) => Decimal128.fromString(text);
const id = new ObjectId('65f0c0ffee65f0c0ffee0001');

describe('equality', () => {
  it('with plain values', () => {
    finds([
      [{}, [{}, { a: 1 }], []],
      [
        { a: 1 },
        [{ a: 1 }, { a: new Double(1) }, { a: long(1) }, { a: decimal('1.0') }, { a: [2, 1] }],
        [{ a: 2 }, { a: '1' }, { a: true }, {}],
      ],
      [{ a: long(1) }, [{ a: 1 }, { a: decimal('1') }], [{ a: 1.5 }]],
      [{ a: Number.NaN }, [{ a: Number.NaN }, { a: decimal('NaN') }], [{ a: 0 }, { a: null }]],
      [{ a: -0 }, [{ a: 0 }, { a: decimal('0E+2') }], []],
      [{ a: 'x' }, [{ a: 'x' }, { a: ['y', 'x'] }], [{ a: 'X' }, { a: [['x']] }, { b: 'x' }]],
      [{ a: true }, [{ a: true }, { a: [true] }], [{ a: 1 }, { a: false }]],
      [{ a: id }, [{ a: id }, { a: [id] }], [{ a: id.toHexString() }]],
      [{ a: new Date(5) }, [{ a: new Date(5) }], [{ a: 5 }, { a: new Date(6) }]],
      [
        { a: new Binary(Buffer.from('x'), 4) },
        [{ a: new Binary(Buffer.from('x'), 4) }],
        [{ a: new Binary(Buffer.from('x'), 0) }],
      ],
      [{ a: { $eq: 1 }, b: 2 }, [{ a: 1, b: 2 }], [{ a: 1 }, { b: 2 }]],
    ]);
  });

  it('with documents counts the order of fields', () => {
    finds([
      [
        { a: { x: 1, y: 2 } },
        [{ a: { x: 1, y: 2 } }, { a: [{ x: new Double(1), y: 2 }] }],
        [{ a: { y: 2, x: 1 } }, { a: { x: 1 } }, { a: { x: 1, y: 2, z: 3 } }],
      ],
      [{ a: {} }, [{ a: {} }], [{ a: { b: 1 } }, { a: [] }, {}]],
      [{ a: { b: 1, $gt: 5 } }, [{ a: { b: 1, $gt: 5 } }], [{ a: { b: 1 } }, { a: 6 }]],
      [{ a: { $ref: 'c', $id: id } }, [{ a: { $ref: 'c', $id: id } }], [{ a: { $ref: 'd', $id: id } }]],
      [{ 'a.$id': id }, [{ a: { $ref: 'c', $id: id } }], [{ a: id }]],
    ]);
  });

  it('with arrays is with the whole array or one element', () => {
    finds([
      [{ a: [1, 2] }, [{ a: [1, 2] }, { a: [[1, 2], 3] }], [{ a: [2, 1] }, { a: [1, 2, 3] }, { a: 1 }]],
      [{ a: [] }, [{ a: [] }, { a: [[]] }], [{ a: [1] }, { a: null }, {}]],
    ]);
  });

  it('with null finds what is missing as well', () => {
    finds([
      [{ a: null }, [{ a: null }, {}, { a: [1, null] }], [{ a: 0 }, { a: [] }, { a: '' }]],
      [
        { 'a.b': null },
        [{}, { a: 5 }, { a: {} }, { a: [{ c: 1 }, { b: 2 }] }, { a: { b: null } }],
        [{ a: [] }, { a: [1, 2] }, { a: [{ b: 1 }] }],
      ],
      [{ a: { $ne: null } }, [{ a: 1 }, { a: [] }], [{}, { a: null }, { a: [null] }]],
    ]);
    expect(compileFilter({ a: null }).test({ a: UNDEFINED })).toBe(true);
    expect(refusedWith({ a: UNDEFINED })).toBe('2 cannot compare to undefined');
  });

  it('with a regular expression is a match, or the same expression stored', () => {
    finds([
      [{ a: /^ab/i }, [{ a: 'ABc' }, { a: ['x', 'abc'] }, { a: /^ab/i }], [{ a: 'xab' }, { a: /^ab/ }, { a: 5 }, {}]],
      [{ a: { $eq: /ab/ } }, [{ a: /ab/ }], [{ a: 'ab' }]],
    ]);
  });

  it('finds any value by itself', () => {
    fc.assert(
      fc.property(values, documents, (value, document) => {
        fc.pre(!hasOperators(value) && value !== UNDEFINED && !(value instanceof BSONRegExp));
        expect(compileFilter({ v: { $eq: value } }).test({ ...document, v: value })).toBe(true);
        expect(compileFilter({ v: { $in: [value] } }).test({ v: value })).toBe(true);
        expect(compileFilter({ v: { $ne: value } }).test({ v: value })).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

const hasOperators = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.keys(value)[0]?.startsWith('$') === true;

describe('comparison', () => {
  it('stays within the type of the operand', () => {
    finds([
      [
        { a: { $gt: 5 } },
        [{ a: 6 }, { a: 5.5 }, { a: long(6) }, { a: decimal('5.1') }, { a: [1, 9] }],
        [{ a: 5 }, { a: '6' }, { a: new Date(9) }, { a: null }, {}, { a: Number.NaN }],
      ],
      [{ a: { $lt: 5 } }, [{ a: 4 }, { a: Number.NEGATIVE_INFINITY }], [{ a: Number.NaN }, { a: null }, {}]],
      [{ a: { $gte: Number.NaN } }, [{ a: Number.NaN }], [{ a: 1 }]],
      [{ a: { $gt: Number.NaN } }, [], [{ a: Number.NaN }, { a: 1 }]],
      [{ a: { $gte: 'b' } }, [{ a: 'b' }, { a: 'ba' }, { a: '里' }], [{ a: 'a' }, { a: 5 }, { a: { b: 1 } }]],
      [{ a: { $lt: 'ﬀ' } }, [{ a: 'z' }], [{ a: '\u{10000}' }]],
      [{ a: { $gt: true } }, [], [{ a: true }, { a: 5 }]],
      [{ a: { $gte: false } }, [{ a: true }, { a: false }], [{ a: 0 }]],
      [{ a: { $lte: new Date(5) } }, [{ a: new Date(5) }], [{ a: new Date(6) }, { a: 1 }]],
      [{ a: { $gte: null } }, [{ a: null }, {}], [{ a: 0 }]],
      [{ a: { $gt: null } }, [], [{ a: null }, {}, { a: 1 }]],
      [{ a: { $gt: [1, 2] } }, [{ a: [1, 3] }, { a: [2] }], [{ a: [1, 2] }, { a: 5 }]],
      [{ a: { $lt: { b: 2 } } }, [{ a: { b: 1 } }], [{ a: { b: 2 } }, { a: 1 }]],
      [{ a: { $gt: new MinKey() } }, [{ a: 1 }, { a: null }, {}], [{ a: new MinKey() }]],
      [{ a: { $lte: new MaxKey() } }, [{ a: 'x' }, { a: new MaxKey() }, {}], []],
      [{ a: { $gt: 1, $lt: 5 } }, [{ a: 3 }, { a: [0, 9] }], [{ a: 1 }, { a: 5 }]],
      [{ a: { $gt: id } }, [{ a: new ObjectId('75f0c0ffee65f0c0ffee0001') }], [{ a: id }, { a: 'z' }]],
    ]);
  });

  it('refuses regular expressions', () => {
    expect(refusedWith({ a: { $gt: /x/ } })).toBe("2 Can't have RegEx as arg to predicate over field 'a'.");
    expect(refusedWith({ a: { $ne: /x/ } })).toBe("2 Can't have regex as arg to $ne.");
  });

  it('$in and $nin', () => {
    finds([
      [
        { a: { $in: [1, 'x', null, /^y/, id, [7], { b: 1 }] } },
        [
          { a: new Double(1) },
          { a: 'x' },
          {},
          { a: 'yes' },
          { a: id },
          { a: [7] },
          { a: [0, 'x'] },
          { a: { b: 1 } },
          { a: decimal('1') },
        ],
        [{ a: 2 }, { a: 'z' }, { a: { b: 2 } }],
      ],
      [{ a: { $in: [long(5), decimal('6')] } }, [{ a: 5 }, { a: 6.0 }], [{ a: 7 }]],
      [{ a: { $in: [] } }, [], [{}, { a: 1 }]],
      [{ a: { $nin: [1, 2] } }, [{ a: 3 }, {}, { a: [3] }], [{ a: 1 }, { a: [3, 2] }]],
      [{ a: { $ne: 1 } }, [{ a: 2 }, {}, { a: [] }], [{ a: 1 }, { a: [1, 2] }]],
    ]);
    finds([
      [
        { a: { $in: [1, 'x'] } },
        [{ a: new BSONSymbol('x') }, { a: long(1) }],
        [{ a: new Date(1) }, { a: ['y'] }, { a: {} }],
      ],
      [
        { a: { $in: [new Date(1), /q/] } },
        [{ a: new Date(1) }, { a: 'q' }],
        [{ a: new Date(2) }, {}, { a: null }, { a: true }],
      ],
      [{ a: { $in: [true] } }, [{ a: true }], [{ a: 1 }, { a: false }]],
    ]);
    expect(refusedWith({ a: { $in: 5 } })).toBe('2 $in needs an array');
    expect(refusedWith({ a: { $in: [{ $gt: 5 }] } })).toBe('2 cannot nest $ under $in');
  });
});

describe('logic', () => {
  it('joins filters', () => {
    finds([
      [{ $and: [{ a: 1 }, { b: 2 }] }, [{ a: 1, b: 2 }], [{ a: 1 }]],
      [
        { $or: [{ a: 1 }, { b: 2 }], c: 3 },
        [
          { a: 1, c: 3 },
          { b: 2, c: 3 },
        ],
        [{ c: 3 }, { a: 1 }],
      ],
      [{ $nor: [{ a: 1 }, { b: 2 }] }, [{}, { a: 2 }], [{ a: 1 }, { b: 2 }]],
      [{ a: { $not: { $gt: 5 } } }, [{ a: 5 }, {}, { a: 'x' }], [{ a: 6 }, { a: [1, 6] }]],
      [{ a: { $not: /x/ } }, [{ a: 'y' }, {}], [{ a: 'xy' }]],
      [{ a: { $not: { $gt: 1, $lt: 5 } } }, [{ a: 1 }, { a: 7 }], [{ a: 3 }]],
      [{ $comment: 'why', a: { $gt: 1, $comment: 'x' } }, [{ a: 2 }], [{ a: 1 }]],
    ]);
  });

  it('refuses what MongoDB refuses, in its words', () => {
    expect(refusedWith({ $and: 1 })).toBe('2 $and must be an array');
    expect(refusedWith({ $or: [] })).toBe('2 $and/$or/$nor must be a nonempty array');
    expect(refusedWith({ $nor: [1] })).toBe('2 $or/$and/$nor entries need to be full objects');
    expect(refusedWith({ a: { $not: 5 } })).toBe('2 $not needs a regex or a document');
    expect(refusedWith({ a: { $not: {} } })).toBe('2 $not cannot be empty');
    expect(refusedWith({ a: { $foo: 1 } })).toBe('2 unknown operator: $foo');
    expect(refusedWith({ a: { $gt: 1, b: 2 } })).toBe('2 unknown operator: b');
    expect(refusedWith({ $foo: 1 })).toMatch(/^2 unknown top level operator: \$foo\./);
    expect(refusedWith({ $where: 'true' })).toBe('2 no globalScriptEngine in $where parsing');
    expect(refusedWith({ $text: { $search: 'x' } })).toBe('27 text index required for $text query');
    expect(refusedWith({ a: { $near: [1, 2] } })).toMatch(/^5626500 /);
    expect(refusedWith({ $expr: { $eq: [1, 1] } })).toMatch(/^224 /);
  });

  it('hands $expr to the evaluator with the variables', () => {
    const seen: unknown[] = [];
    const { test } = compileFilter(
      { a: 1, $expr: { $gt: ['$b', '$$x'] } },
      {
        let: { x: 3 },
        expr: (expression, document, variables) => {
          seen.push(expression, variables);
          return (document.b as number) > (variables.x as number);
        },
      },
    );
    expect(test({ a: 1, b: 4 })).toBe(true);
    expect(test({ a: 1, b: 3 })).toBe(false);
    expect(test({ a: 2, b: 4 })).toBe(false);
    expect(seen.slice(0, 2)).toEqual([{ $gt: ['$b', '$$x'] }, { x: 3 }]);
  });

  it('takes an expression to hold unless it is false, zero, null or missing', () => {
    const answer = (value: unknown) => compileFilter({ $expr: 1 }, { expr: () => value }).test({});
    expect([false, 0, new Double(0), decimal('0'), null, undefined].map(answer)).toEqual([
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect([true, 1, '', [], Number.NaN].map(answer)).toEqual([true, true, true, true, true]);
  });
});
