import { Decimal128, Double, Long, Timestamp } from 'bson';
import { describe, expect, it } from 'vitest';
import { NOW, refusal, unchanged, updated } from './updating.ts';

const long = (text: string) => Long.fromString(text);
const decimal = (text: string) => Decimal128.fromString(text);

describe('$set', () => {
  it('sets, replaces and makes the documents on the way', () => {
    expect(updated({ _id: 1, a: 1 }, { $set: { a: 2, b: { c: 3 } } })).toEqual({ _id: 1, a: 2, b: { c: 3 } });
    expect(updated({ _id: 1 }, { $set: { 'a.b.c': 1 } })).toEqual({ _id: 1, a: { b: { c: 1 } } });
    expect(updated({ a: { b: 1, c: 2 } }, { $set: { 'a.b': 5 } })).toEqual({ a: { b: 5, c: 2 } });
    expect(updated({}, { $set: { 'a.0': 1 } })).toEqual({ a: { 0: 1 } });
  });

  it('adds new fields in order of name, positions by number, whatever the order given', () => {
    const after = updated({ z: 0 }, { $set: { c: 1, b: 1 }, $inc: { a: 1 }, $setOnInsert: { d: 1 } });
    expect(Object.keys(after)).toEqual(['z', 'a', 'b', 'c']);
    expect(updated({ a: [] }, { $set: { 'a.10': 'x', 'a.9': 'y', 'a.2': 'z' } })).toEqual({
      a: [null, null, 'z', null, null, null, null, null, null, 'y', 'x'],
    });
  });

  it('reaches into arrays by position, filling the gap with null', () => {
    expect(updated({ a: [1, 2] }, { $set: { 'a.1': 5, 'a.4': 9 } })).toEqual({ a: [1, 5, null, null, 9] });
    expect(updated({ a: [{ b: 1 }] }, { $set: { 'a.0.b': 2, 'a.1.b': 3 } })).toEqual({ a: [{ b: 2 }, { b: 3 }] });
    expect(refusal({ a: [] }, { $set: { 'a.1500002': 1 } })).toBe("34 can't backfill more than 1500000 elements");
  });

  it('counts the type when it decides whether something changed', () => {
    unchanged({ a: 1, b: { c: [1, 2] } }, { $set: { a: 1, b: { c: [1, 2] } } });
    expect(updated({ a: 1 }, { $set: { a: new Double(1) } })).toEqual({ a: new Double(1) });
    expect(updated({ a: 1 }, { $set: { a: long('1') } })).toEqual({ a: long('1') });
    expect(Object.keys(updated({ a: { b: 1, c: 2 } }, { $set: { a: { c: 2, b: 1 } } }).a as object)).toEqual([
      'c',
      'b',
    ]);
    unchanged({ a: 1 }, { $set: {} });
  });

  it('refuses a path through a value without fields', () => {
    expect(refusal({ a: 1 }, { $set: { 'a.b': 1 } })).toBe("28 Cannot create field 'b' in element {a: 1}");
    expect(refusal({ a: null }, { $set: { 'a.b.c': 1 } })).toBe("28 Cannot create field 'b' in element {a: null}");
    expect(refusal({ a: [1, 'x'] }, { $set: { 'a.b': 1 } })).toBe(
      `28 Cannot create field 'b' in element {a: [ 1, "x" ]}`,
    );
    expect(refusal({ a: ['x'] }, { $set: { 'a.0.b': 1 } })).toBe(`28 Cannot create field 'b' in element {0: "x"}`);
  });

  it('lets values hold dollar and dotted names, but no top-level field be one', () => {
    expect(updated({}, { $set: { a: { $x: 1, 'y.z': 2 } } })).toEqual({ a: { $x: 1, 'y.z': 2 } });
    expect(updated({ a: {} }, { $set: { 'a.$x': 1 } })).toEqual({ a: { $x: 1 } });
    expect(refusal({}, { $set: { $x: 1 } })).toMatch(
      /^52 The dollar \(\$\) prefixed field '\$x' in '\$x' is not allowed/,
    );
    expect(updated({ a: { $ref: 'c', $id: 1 } }, { $set: { 'a.$id': 2 } })).toEqual({ a: { $ref: 'c', $id: 2 } });
  });

  it('is harmless with the names of JavaScript objects', () => {
    for (const path of ['__proto__.polluted', 'constructor.prototype.polluted', 'a.__proto__.polluted', '__proto__']) {
      const after = updated({ a: {} }, { $set: { [path]: { polluted: true } } });
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      expect(Object.getPrototypeOf(after)).toBe(Object.prototype);
      const [top = ''] = path.split('.');
      expect(Object.hasOwn(after, top)).toBe(true);
    }
    unchanged({ a: 1 }, { $unset: { __proto__x: 1, 'constructor.prototype': 1, 'a.toString': 1 } });
    expect(Object.prototype.toString).toBeTypeOf('function');
  });
});

describe('$unset', () => {
  it('removes fields and blanks elements', () => {
    expect(updated({ a: 1, b: { c: 1, d: 2 } }, { $unset: { a: '', 'b.c': 1 } })).toEqual({ b: { d: 2 } });
    expect(updated({ a: [1, 2, 3] }, { $unset: { 'a.1': '' } })).toEqual({ a: [1, null, 3] });
    unchanged({ a: 1 }, { $unset: { b: '', 'a.b': '', 'c.d': '' } });
    unchanged({ a: [1] }, { $unset: { 'a.b': '', 'a.5': '' } });
  });
});

describe('$setOnInsert', () => {
  it('counts only for the document an upsert makes', () => {
    unchanged({ a: 1 }, { $setOnInsert: { a: 2, b: 1 } });
    unchanged({ a: 1 }, { $setOnInsert: { 'a.b': 1 } });
    expect(updated({ _id: 1 }, { $setOnInsert: { a: 2 }, $set: { b: 1 } }, { insert: true })).toEqual({
      _id: 1,
      a: 2,
      b: 1,
    });
    expect(Object.keys(updated({ z: 1 }, { $setOnInsert: { _id: 5 } }, { insert: true }))).toEqual(['_id', 'z']);
  });
});

describe('$inc and $mul', () => {
  it('keep MongoDB’s number types', () => {
    const inc = (value: unknown, by: unknown) => updated({ a: value }, { $inc: { a: by } }).a;
    expect(inc(1, 2)).toBe(3);
    expect(inc(1, 0.5)).toBe(1.5);
    expect(inc(1, new Double(2))).toEqual(new Double(3));
    expect(inc(2147483647, 1)).toEqual(long('2147483648'));
    expect(inc(long('1'), 1)).toEqual(long('2'));
    expect(inc(long('9007199254740993'), 1)).toEqual(long('9007199254740994'));
    expect(inc(long('5'), new Double(1))).toEqual(new Double(6));
    expect(String(inc(decimal('0.1'), decimal('0.20')))).toBe('0.30');
    expect(String(inc(1, decimal('0.1')))).toBe('1.1');
    expect(String(inc(0.1, decimal('0.2')))).toBe('0.300000000000000');
    expect(String(inc(decimal('9999999999999999999999999999999999'), decimal('1')))).toBe(
      '1.000000000000000000000000000000000E+34',
    );
    expect(String(inc(decimal('Infinity'), decimal('-Infinity')))).toBe('NaN');
    const mul = (value: unknown, by: unknown) => updated({ a: value }, { $mul: { a: by } }).a;
    expect(mul(3, 4)).toBe(12);
    expect(mul(-3, 0)).toBe(0);
    expect(mul(65536, 65536)).toEqual(long('4294967296'));
    expect(mul(2147483647, 2147483647)).toEqual(long('4611686014132420609'));
    expect(mul(3, 0.5)).toBe(1.5);
    expect(mul(long('3'), 2)).toEqual(long('6'));
    expect(String(mul(decimal('1.10'), decimal('2')))).toBe('2.20');
  });

  it('take a missing field for 0', () => {
    expect(updated({}, { $inc: { 'a.b': 5 } })).toEqual({ a: { b: 5 } });
    expect(updated({}, { $mul: { a: 5, b: new Double(2), c: long('3') } })).toEqual({
      a: 0,
      b: new Double(0),
      c: long('0'),
    });
  });

  it('see when nothing changes', () => {
    unchanged({ a: 5, b: 1.5 }, { $inc: { a: 0, b: 0 } });
    unchanged({ a: 5 }, { $mul: { a: 1 } });
    expect(updated({ a: 5 }, { $inc: { a: long('0') } })).toEqual({ a: long('5') });
  });

  it('refuse what is no number, and overflow', () => {
    expect(refusal({ _id: 7, a: 'x' }, { $inc: { a: 1 } })).toBe(
      "14 Cannot apply $inc to a value of non-numeric type. {_id: 7} has the field 'a' of non-numeric type string",
    );
    expect(refusal({ _id: 7, a: null }, { $mul: { a: 1 } })).toBe(
      "14 Cannot apply $mul to a value of non-numeric type. {_id: 7} has the field 'a' of non-numeric type null",
    );
    expect(refusal({}, { $inc: { a: 'x' } })).toBe('14 Cannot increment with non-numeric argument: {a: "x"}');
    expect(refusal({}, { $mul: { a: null } })).toBe('14 Cannot multiply with non-numeric argument: {a: null}');
    expect(refusal({ _id: 1, a: long('9223372036854775807') }, { $inc: { a: 1 } })).toBe(
      '2 Failed to apply $inc operations to current value ((NumberLong)9223372036854775807) for document {_id: 1}',
    );
  });
});

describe('$min, $max, $bit and $currentDate', () => {
  it('$min and $max follow the order of all values', () => {
    expect(updated({ a: 5, b: 5 }, { $min: { a: 3, b: 9 }, $max: { c: 1 } })).toEqual({ a: 3, b: 5, c: 1 });
    expect(updated({ a: 5 }, { $max: { a: 'x' } })).toEqual({ a: 'x' });
    expect(updated({ a: 5 }, { $min: { a: null } })).toEqual({ a: null });
    expect(updated({ a: new Date(5) }, { $max: { a: new Date(9) } })).toEqual({ a: new Date(9) });
    unchanged({ a: 5 }, { $min: { a: new Double(5) } });
    unchanged({ a: long('6') }, { $max: { a: 5.5 } });
  });

  it('$bit works on int and long', () => {
    expect(updated({ a: 13 }, { $bit: { a: { and: 10 } } })).toEqual({ a: 8 });
    expect(updated({ a: 3 }, { $bit: { a: { or: 5 } } })).toEqual({ a: 7 });
    expect(updated({ a: 1 }, { $bit: { a: { xor: long('5') } } })).toEqual({ a: long('4') });
    expect(updated({ a: -1 }, { $bit: { a: { and: 255, or: 256 } } })).toEqual({ a: 511 });
    expect(updated({}, { $bit: { a: { or: 5 } } })).toEqual({ a: 5 });
    unchanged({ a: 7 }, { $bit: { a: { or: 1 } } });
    expect(refusal({ _id: 1, a: 1.5 }, { $bit: { a: { or: 1 } } })).toBe(
      '2 Cannot apply $bit to a value of non-integral type._id: 1 has the field a of non-integer type double',
    );
    expect(refusal({}, { $bit: { a: 5 } })).toMatch(/^2 The \$bit modifier is not compatible with a int\./);
    expect(refusal({}, { $bit: { a: {} } })).toMatch(/^2 You must pass in at least one bitwise operation/);
    expect(refusal({}, { $bit: { a: { not: 1 } } })).toBe(
      "2 The $bit modifier only supports 'and', 'or', and 'xor', not 'not' which is an unknown operator: {not: 1}",
    );
    expect(refusal({}, { $bit: { a: { and: 1.5 } } })).toBe(
      "2 The $bit modifier field must be an Integer(32/64 bit); a 'double' is not supported here: {and: 1.5}",
    );
  });

  it('$currentDate takes the time it is given', () => {
    expect(updated({}, { $currentDate: { a: true, b: { $type: 'date' }, c: { $type: 'timestamp' } } })).toEqual({
      a: NOW,
      b: NOW,
      c: new Timestamp({ t: NOW.getTime() / 1000, i: 1 }),
    });
    expect(refusal({}, { $currentDate: { a: 1 } })).toMatch(/^2 int is not valid type for \$currentDate/);
    expect(refusal({}, { $currentDate: { a: { $type: 'x' } } })).toMatch(/^2 The '\$type' string field is required/);
    expect(refusal({}, { $currentDate: { a: { x: 1 } } })).toBe('2 Unrecognized $currentDate option: x');
  });
});

describe('$rename', () => {
  it('moves a field', () => {
    expect(updated({ a: 1, b: 2 }, { $rename: { a: 'c' } })).toEqual({ b: 2, c: 1 });
    expect(updated({ a: { x: 1 }, b: 2 }, { $rename: { 'a.x': 'b' } })).toEqual({ a: {}, b: 1 });
    expect(updated({ a: 1 }, { $rename: { a: 'b.c' } })).toEqual({ b: { c: 1 } });
    unchanged({ a: 1 }, { $rename: { x: 'y', z: 'a.b' } });
    expect(updated({ a: 1, b: 1 }, { $rename: { a: 'b' } })).toEqual({ b: 1 });
  });

  it('refuses arrays, itself and conflicts', () => {
    expect(refusal({ _id: 1, a: [{ b: 1 }] }, { $rename: { 'a.0.b': 'c' } })).toBe(
      "2 The source field cannot be an array element, 'a.0.b' in doc with _id: 1 has an array field called 'a'",
    );
    expect(refusal({ _id: 1, a: [1], b: 1 }, { $rename: { b: 'a.0' } })).toBe(
      "2 The destination field cannot be an array element, 'a.0' in doc with _id: 1 has an array field called 'a'",
    );
    expect(refusal({ a: 1 }, { $rename: { 'a.b': 'c' } })).toBe(
      '28 cannot use the part (a of a.b) to traverse the element ({a: 1})',
    );
    expect(refusal({}, { $rename: { a: 'a' } })).toBe('2 The source and target field for $rename must differ: a: "a"');
    expect(refusal({}, { $rename: { a: 'a.b' } })).toBe(
      '2 The source and target field for $rename must not be on the same path: a: "a.b"',
    );
    expect(refusal({}, { $rename: { a: 5 } })).toBe("2 The 'to' field for $rename must be a string: a: 5");
    expect(refusal({}, { $rename: { 'a.$': 'b' } })).toBe('2 The source field for $rename may not be dynamic: a.$');
    expect(refusal({}, { $rename: { a: 'b' }, $set: { b: 1 } })).toBe(
      "40 Updating the path 'b' would create a conflict at 'b'",
    );
  });
});
