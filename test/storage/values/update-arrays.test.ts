import { Double, Long } from 'bson';
import { describe, expect, it } from 'vitest';
import { refusal, unchanged, updated } from './updating.ts';

describe('$push', () => {
  it('adds one, many, at a place', () => {
    expect(updated({ a: [1] }, { $push: { a: 2 } })).toEqual({ a: [1, 2] });
    expect(updated({}, { $push: { 'a.b': [1, 2] } })).toEqual({ a: { b: [[1, 2]] } });
    expect(updated({ a: [1] }, { $push: { a: { $each: [2, 3] } } })).toEqual({ a: [1, 2, 3] });
    expect(updated({ a: [1, 2] }, { $push: { a: { $each: [8, 9], $position: 1 } } })).toEqual({ a: [1, 8, 9, 2] });
    expect(updated({ a: [1, 2] }, { $push: { a: { $each: [9], $position: -1 } } })).toEqual({ a: [1, 9, 2] });
    expect(updated({ a: [1, 2] }, { $push: { a: { $each: [9], $position: -7 } } })).toEqual({ a: [9, 1, 2] });
    expect(updated({ a: [1, 2] }, { $push: { a: { $each: [9], $position: 7 } } })).toEqual({ a: [1, 2, 9] });
  });

  it('sorts by one key, by several, by dotted ones, then cuts', () => {
    expect(updated({ a: [3, 1] }, { $push: { a: { $each: [2], $sort: 1 } } })).toEqual({ a: [1, 2, 3] });
    expect(updated({ a: [3, 'x', null] }, { $push: { a: { $each: [{}], $sort: -1 } } })).toEqual({
      a: [{}, 'x', 3, null],
    });
    const before = {
      a: [
        { n: 1, m: 2 },
        { n: 2, m: 1 },
      ],
    };
    expect(updated(before, { $push: { a: { $each: [{ n: 1, m: 1 }], $sort: { n: -1, m: 1 } } } })).toEqual({
      a: [
        { n: 2, m: 1 },
        { n: 1, m: 1 },
        { n: 1, m: 2 },
      ],
    });
    expect(
      updated(
        { a: [{ n: { x: 2 } }, { n: {} }, 5] },
        { $push: { a: { $each: [{ n: { x: 1 } }], $sort: { 'n.x': 1 } } } },
      ),
    ).toEqual({
      a: [{ n: {} }, 5, { n: { x: 1 } }, { n: { x: 2 } }],
    });
    expect(updated({ a: [1, 2, 3] }, { $push: { a: { $each: [4], $slice: -2 } } })).toEqual({ a: [3, 4] });
    expect(updated({ a: [1, 2, 3] }, { $push: { a: { $each: [], $slice: 2 } } })).toEqual({ a: [1, 2] });
    expect(updated({ a: [1, 2, 3] }, { $push: { a: { $each: [4], $slice: 0 } } })).toEqual({ a: [] });
    expect(updated({ a: [1, 5] }, { $push: { a: { $each: [3], $sort: -1, $slice: Long.fromNumber(2) } } })).toEqual({
      a: [5, 3],
    });
  });

  it('sees when nothing changes', () => {
    unchanged({ a: [1, 2] }, { $push: { a: { $each: [] } } });
    unchanged({ a: [1, 2] }, { $push: { a: { $each: [], $sort: 1, $slice: 5 } } });
    expect(updated({}, { $push: { a: { $each: [] } } })).toEqual({ a: [] });
  });

  it('refuses what MongoDB refuses', () => {
    expect(refusal({ _id: 1, a: 5 }, { $push: { a: 1 } })).toBe(
      "2 The field 'a' must be an array but is of type int in document {_id: 1}",
    );
    expect(refusal({ a: 5 }, { $push: { a: 1 } })).toBe(
      "2 The field 'a' must be an array but is of type int in document {no id}",
    );
    expect(refusal({}, { $push: { a: { $each: 5 } } })).toBe(
      '2 The argument to $each in $push must be an array but it was of type: int',
    );
    expect(refusal({}, { $push: { a: { $each: [], $foo: 1 } } })).toBe('2 Unrecognized clause in $push: $foo');
    expect(refusal({}, { $push: { a: { $each: [], $slice: 'x' } } })).toBe(
      '2 The value for $slice must be an integer value but was given type: string',
    );
    expect(refusal({}, { $push: { a: { $each: [], $position: 'x' } } })).toBe(
      '2 The value for $position must be an integer value, not of type: string',
    );
    expect(refusal({}, { $push: { a: { $each: [], $sort: 5 } } })).toBe(
      '2 The $sort element value must be either 1 or -1',
    );
    expect(refusal({}, { $push: { a: { $each: [], $sort: {} } } })).toBe(
      '2 The $sort pattern is empty when it should be a set of fields.',
    );
    expect(refusal({}, { $push: { a: { $each: [], $sort: 'x' } } })).toMatch(/^2 The \$sort is invalid/);
  });
});

describe('$addToSet', () => {
  it('adds what no element equals', () => {
    expect(updated({ a: [1] }, { $addToSet: { a: 2 } })).toEqual({ a: [1, 2] });
    expect(updated({}, { $addToSet: { a: { $each: [1, 1, new Double(1), 2] } } })).toEqual({ a: [1, 2] });
    expect(updated({ a: [{ x: 1, y: 2 }] }, { $addToSet: { a: { y: 2, x: 1 } } })).toEqual({
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    });
    const many = Array.from({ length: 50 }, (_, i) => i);
    expect(updated({ a: many }, { $addToSet: { a: { $each: [50, Long.fromNumber(3), 51, 50] } } })).toEqual({
      a: [...many, 50, 51],
    });
    unchanged({ a: [1, { b: 1 }] }, { $addToSet: { a: Long.fromNumber(1) } });
    unchanged({ a: [1, { b: 1 }] }, { $addToSet: { a: { $each: [{ b: 1 }] } } });
  });

  it('refuses what MongoDB refuses', () => {
    expect(refusal({ a: 5 }, { $addToSet: { a: 1 } })).toBe(
      "2 Cannot apply $addToSet to non-array field. Field named 'a' has non-array type int",
    );
    expect(refusal({}, { $addToSet: { a: { $each: 5 } } })).toBe(
      '14 The argument to $each in $addToSet must be an array but it was of type int',
    );
    expect(refusal({}, { $addToSet: { a: { $each: [], $slice: 1 } } })).toMatch(
      /^2 Found unexpected fields after \$each in \$addToSet/,
    );
  });
});

describe('$pop, $pull and $pullAll', () => {
  it('$pop takes one end off', () => {
    expect(updated({ a: [1, 2, 3] }, { $pop: { a: 1 } })).toEqual({ a: [1, 2] });
    expect(updated({ a: [1, 2, 3] }, { $pop: { a: -1 } })).toEqual({ a: [2, 3] });
    unchanged({ a: [] }, { $pop: { a: 1, b: 1, 'c.d': -1 } });
    expect(refusal({ a: 5 }, { $pop: { a: 1 } })).toBe("14 Path 'a' contains an element of non-array type 'int'");
    expect(refusal({}, { $pop: { a: 2 } })).toBe('9 $pop expects 1 or -1, found: 2');
    expect(refusal({}, { $pop: { a: 'x' } })).toBe('9 Expected a number in: a: "x"');
  });

  it('$pull takes out what equals a value or meets a condition', () => {
    expect(updated({ a: [1, 2, 1, new Double(1)] }, { $pull: { a: 1 } })).toEqual({ a: [2] });
    expect(updated({ a: [1, 5, 9] }, { $pull: { a: { $gt: 4 } } })).toEqual({ a: [1] });
    expect(updated({ a: ['x', 'yx', 'z'] }, { $pull: { a: /x/ } })).toEqual({ a: ['z'] });
    expect(updated({ a: [{ b: 1, c: 2 }, { b: 2 }, 1] }, { $pull: { a: { b: 1 } } })).toEqual({ a: [{ b: 2 }, 1] });
    expect(updated({ a: [{ b: [1, 2] }, { b: [3] }] }, { $pull: { a: { b: { $gte: 2, $lt: 3 } } } })).toEqual({
      a: [{ b: [3] }],
    });
    expect(updated({ a: [[1, 2], 1, [2, 1]] }, { $pull: { a: [1, 2] } })).toEqual({ a: [1, [2, 1]] });
    expect(updated({ a: [1, 2, 3] }, { $pull: { a: { $in: [1, 3] } } })).toEqual({ a: [2] });
    expect(updated({ a: [{ b: 1 }, { c: 2 }, { d: 3 }] }, { $pull: { a: { $or: [{ b: 1 }, { c: 2 }] } } })).toEqual({
      a: [{ d: 3 }],
    });
    expect(updated({ a: [{ b: [{ c: 1 }] }, {}] }, { $pull: { a: { b: { $elemMatch: { c: 1 } } } } })).toEqual({
      a: [{}],
    });
    expect(updated({ a: [null, 1, {}] }, { $pull: { a: null } })).toEqual({ a: [1, {}] });
    expect(updated({ a: [{ $ref: 'c', $id: 1 }, 2] }, { $pull: { a: { $ref: 'c', $id: 1 } } })).toEqual({ a: [2] });
    unchanged({ a: [1] }, { $pull: { a: 2, b: 1, 'c.d': 1 } });
    unchanged({ a: [1] }, { $pull: { 'a.x': 1 } });
    expect(refusal({ a: 5 }, { $pull: { a: 1 } })).toBe('2 Cannot apply $pull to a non-array value');
    expect(refusal({ a: [] }, { $pull: { a: { $foo: 1 } } })).toBe('2 unknown operator: $foo');
  });

  it('$pullAll takes out every listed value', () => {
    expect(updated({ a: [1, 2, 3, { b: 1 }, new Double(2)] }, { $pullAll: { a: [2, { b: 1 }] } })).toEqual({
      a: [1, 3],
    });
    unchanged({ a: [1] }, { $pullAll: { a: [5] } });
    expect(refusal({ a: 'x' }, { $pullAll: { a: [1] } })).toBe('2 Cannot apply $pullAll to a non-array value');
    expect(refusal({}, { $pullAll: { a: 5 } })).toBe('2 $pullAll requires an array argument but was given a int');
  });
});

describe('$ in a path', () => {
  it('is the element the query found', () => {
    expect(updated({ a: [1, 5, 5] }, { $set: { 'a.$': 0 } }, { query: { a: 5 } })).toEqual({ a: [1, 0, 5] });
    expect(
      updated(
        { a: [{ b: 1 }, { b: 2, c: 0 }] },
        { $inc: { 'a.$.c': 5 }, $set: { 'a.$.d': 1 } },
        { query: { 'a.b': 2 } },
      ),
    ).toEqual({
      a: [{ b: 1 }, { b: 2, c: 5, d: 1 }],
    });
    expect(
      updated({ a: [{ b: [1] }, { b: [2] }] }, { $push: { 'a.$.b': 9 } }, { query: { a: { $elemMatch: { b: 2 } } } }),
    ).toEqual({
      a: [{ b: [1] }, { b: [2, 9] }],
    });
    expect(updated({ a: [1, 2] }, { $unset: { 'a.$': '' } }, { query: { a: 2 } })).toEqual({ a: [1, null] });
    expect(updated({ a: [{ x: 1 }, { x: 2 }] }, { $set: { 'a.$.y': 1, 'a.1.z': 2 } }, { query: { 'a.x': 2 } })).toEqual(
      {
        a: [{ x: 1 }, { x: 2, y: 1, z: 2 }],
      },
    );
  });

  it('needs such an element', () => {
    expect(refusal({ a: [1] }, { $set: { 'a.$': 0 } })).toBe(
      '2 The positional operator did not find the match needed from the query.',
    );
    expect(refusal({ a: [1] }, { $set: { 'a.$.b.$': 0 } })).toBe(
      "2 Too many positional (i.e. '$') elements found in path 'a.$.b.$'",
    );
    expect(refusal({ a: [1] }, { $set: { $: 0 } })).toBe(
      "2 Cannot have positional (i.e. '$') element in the first position in path '$'",
    );
    expect(refusal({ a: [1] }, { $set: { 'a.$': 0, 'a.0': 1 } }, { query: { a: 1 } })).toBe(
      "40 Update created a conflict at 'a.0'",
    );
  });
});

describe('$[] and $[identifier]', () => {
  it('change every element, or those the filter chooses', () => {
    expect(updated({ a: [1, 2] }, { $inc: { 'a.$[]': 10 } })).toEqual({ a: [11, 12] });
    expect(updated({ a: [1, 5, 7] }, { $set: { 'a.$[big]': 0 } }, { filters: [{ big: { $gte: 5 } }] })).toEqual({
      a: [1, 0, 0],
    });
    expect(
      updated({ a: [{ b: 1, c: 1 }, { b: 2 }] }, { $set: { 'a.$[x].c': 9 } }, { filters: [{ 'x.b': 1 }] }),
    ).toEqual({ a: [{ b: 1, c: 9 }, { b: 2 }] });
    expect(
      updated({ a: [{ b: [1, 2] }, { b: [3] }] }, { $inc: { 'a.$[].b.$[y]': 1 } }, { filters: [{ y: { $gt: 1 } }] }),
    ).toEqual({
      a: [{ b: [1, 3] }, { b: [4] }],
    });
    expect(
      updated(
        { a: [{ t: 1 }, { t: 2 }] },
        { $set: { 'a.$[i].x': 1, 'a.$[j].y': 2, 'a.$[].z': 3 } },
        { filters: [{ 'i.t': 1 }, { 'j.t': { $gt: 0 } }] },
      ),
    ).toEqual({
      a: [
        { t: 1, x: 1, y: 2, z: 3 },
        { t: 2, y: 2, z: 3 },
      ],
    });
    expect(updated({ a: [1, 2] }, { $unset: { 'a.$[i]': '' } }, { filters: [{ $or: [{ i: 1 }, { i: 7 }] }] })).toEqual({
      a: [null, 2],
    });
    expect(updated({ a: { b: [1] } }, { $push: { 'a.b': 2 }, $set: { c: 1 } })).toEqual({ a: { b: [1, 2] }, c: 1 });
    unchanged({ a: [1, 2] }, { $set: { 'a.$[i]': 0 } }, { filters: [{ i: 9 }] });
    unchanged({ a: [] }, { $set: { 'a.$[]': 0 } });
  });

  it('refuse what MongoDB refuses', () => {
    expect(refusal({}, { $set: { 'a.$[]': 1 } })).toBe(
      "2 The path 'a' must exist in the document in order to apply array updates.",
    );
    expect(refusal({ a: 5 }, { $set: { 'a.$[]': 1 } })).toBe('2 Cannot apply array updates to non-array element a: 5');
    expect(refusal({ a: [1] }, { $set: { 'a.$[i]': 1 } })).toBe(
      "2 No array filter found for identifier 'i' in path 'a.$[i]'",
    );
    expect(refusal({ a: [1] }, { $set: { 'a.$[i]': 1 } }, { filters: [{ i: 1 }, { j: 1 }] })).toBe(
      "9 The array filter for identifier 'j' was not used in the update { $set: { a.$[i]: 1 } }",
    );
    expect(refusal({}, { $set: { 'a.$[i]': 1 } }, { filters: [{ i: 1 }, { 'i.b': 2 }] })).toBe(
      '9 Found multiple array filters with the same top-level field name i',
    );
    expect(refusal({}, { $set: { 'a.$[i]': 1 } }, { filters: [{ i: 1, j: 2 }] })).toBe(
      "9 Error parsing array filter :: caused by :: Expected a single top-level field name, found 'i' and 'j'",
    );
    expect(refusal({}, { $set: { 'a.$[i]': 1 } }, { filters: [{}] })).toBe(
      '9 Cannot use an expression without a top-level field name in arrayFilters',
    );
    expect(refusal({}, { $set: { 'a.$[I]': 1 } }, { filters: [{ I: 1 }] })).toMatch(
      /^2 Error parsing array filter .* beginning with a lowercase letter, found 'I'$/,
    );
    expect(refusal({}, { $set: { '$[]': 1 } })).toMatch(/^2 Cannot have array filter identifier/);
    expect(refusal({ a: [1] }, { $set: { 'a.$[]': 1, 'a.0': 2 } })).toBe(
      "40 Updating the path 'a.0' would create a conflict at 'a'",
    );
    expect(refusal({ a: [1] }, { $set: { 'a.$[]': 1, 'a.$[i]': 2 } }, { filters: [{ i: 1 }] })).toBe(
      "40 Update created a conflict at 'a.0'",
    );
  });
});
