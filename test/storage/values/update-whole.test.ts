import { Double, Long } from 'bson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Document, UNDEFINED } from '../../../src/storage/embedded/values/types.ts';
import { checkStorable, compileUpdate, upsertSeed } from '../../../src/storage/embedded/values/update.ts';
import { documents, values } from './arbitraries.ts';
import { NOW, refusal, unchanged, updated } from './updating.ts';

describe('an update as a whole', () => {
  it('refuses operators that meet', () => {
    expect(refusal({}, { $set: { a: 1 }, $inc: { a: 1 } })).toBe(
      "40 Updating the path 'a' would create a conflict at 'a'",
    );
    expect(refusal({}, { $set: { 'a.b': 1, a: 1 } })).toBe("40 Updating the path 'a' would create a conflict at 'a'");
    expect(refusal({}, { $set: { a: 1 }, $unset: { 'a.b.c': 1 } })).toBe(
      "40 Updating the path 'a.b.c' would create a conflict at 'a'",
    );
    expect(updated({}, { $set: { 'a.b': 1 }, $inc: { 'a.c': 1 } })).toEqual({ a: { b: 1, c: 1 } });
  });

  it('refuses what it does not know', () => {
    expect(refusal({}, { $foo: { a: 1 } })).toBe(
      '9 Unknown modifier: $foo. Expected a valid update modifier or pipeline-style update specified as an array',
    );
    expect(refusal({}, { $set: { a: 1 }, b: 2 })).toMatch(/^9 Unknown modifier: b\./);
    expect(refusal({}, { $set: 5 })).toBe(
      '9 Modifiers operate on fields but we found type int instead. For example: {$mod: {<field>: ...}} not {$set: 5}',
    );
    expect(refusal({}, { $set: { '': 1 } })).toBe('56 An empty update path is not valid.');
    expect(refusal({}, { $set: { 'a..b': 1 } })).toBe(
      "56 The update path 'a..b' contains an empty field name, which is not allowed.",
    );
    expect(refusal({}, { $set: { 'a.': 1 } })).toMatch(/^56 /);
  });

  it('never changes the _id', () => {
    const immutable = "66 Performing an update on the path '_id' would modify the immutable field '_id'";
    expect(refusal({ _id: 1 }, { $set: { _id: 2 } })).toBe(immutable);
    expect(refusal({ _id: { a: 1 } }, { $set: { '_id.a': 2 } })).toBe(immutable);
    expect(refusal({ _id: 1 }, { $unset: { _id: 1 } })).toBe(immutable);
    expect(refusal({ _id: 1, a: 2 }, { $rename: { a: '_id' } })).toBe(immutable);
    unchanged({ _id: 1 }, { $set: { _id: 1 } });
    expect(updated({}, { $set: { _id: 5, a: 1 } }, { insert: true })).toEqual({ _id: 5, a: 1 });
    expect(refusal({}, { $set: { _id: [1] } }, { insert: true })).toBe("53 The '_id' value cannot be of type array");
  });

  it('refuses a document that nests too deeply', () => {
    let deep: Document = {};
    for (let i = 0; i < 150; i++) deep = { a: deep };
    expect(refusal(deep, { $set: { [Array.from({ length: 200 }, () => 'a').join('.')]: 1 } })).toBe(
      '15 Document exceeds maximum nesting depth of 180',
    );
  });

  it('that sets what is there changes nothing', () => {
    fc.assert(
      fc.property(
        documents,
        fc.string({ minLength: 1, unit: fc.constantFrom('a', 'b', '_') }),
        values,
        (document, name, value) => {
          fc.pre(!Object.keys(document).some((key) => key.startsWith('$')));
          const before: Document = { ...document, [name]: value };
          const { apply } = compileUpdate(
            { $set: { [name]: value }, $min: { [`${name}x`]: 1 } },
            { aggregate: () => ({}) },
          );
          const once = apply(before, { insert: false, now: NOW });
          expect(apply(once, { insert: false, now: NOW })).toBe(once);
          const { apply: replace } = compileUpdate({ ...before }, { aggregate: () => ({}) });
          expect(replace(before, { insert: false, now: NOW })).toBe(before);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never pollutes, whatever the path', () => {
    const part = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'a', '0', '$[]', 'polluted');
    const operator = fc.constantFrom('$set', '$unset', '$inc', '$push', '$addToSet', '$min', '$rename', '$setOnInsert');
    const before = Object.getOwnPropertyNames(Object.prototype).length;
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), operator, documents, (parts, name, document) => {
        const operand = name === '$inc' ? 1 : name === '$rename' ? 'polluted' : { polluted: 1 };
        try {
          compileUpdate({ [name]: { [parts.join('.')]: operand } }, { aggregate: () => ({}) }).apply(document, {
            insert: true,
            now: NOW,
          });
        } catch (error) {
          expect(error).toHaveProperty('code');
        }
        expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(before);
        expect('polluted' in {}).toBe(false);
        expect('polluted' in Object).toBe(false);
        expect('polluted' in Array.prototype).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a replacement', () => {
  it('keeps the _id, in front', () => {
    expect(updated({ _id: 1, a: 1 }, { b: 2 })).toEqual({ _id: 1, b: 2 });
    expect(Object.keys(updated({ _id: 1, a: 1 }, { b: 2, _id: 1 }))).toEqual(['_id', 'b']);
    expect(updated({ _id: 1, a: 1 }, {})).toEqual({ _id: 1 });
    unchanged({ _id: 1, a: 1 }, { a: 1 });
    expect(updated({ _id: 1, a: 1 }, { a: new Double(1) })).toEqual({ _id: 1, a: new Double(1) });
    expect(refusal({ _id: 1 }, { _id: 2 })).toBe(
      "66 After applying the update, the (immutable) field '_id' was found to have been altered to _id: 2",
    );
    expect(updated({ _id: 1, seed: 1 }, { a: 1 }, { insert: true })).toEqual({ _id: 1, a: 1 });
  });

  it('may hold dollar and dotted names below the top', () => {
    expect(updated({ _id: 1 }, { a: { $x: 1 }, 'b.c': 2 })).toEqual({ _id: 1, a: { $x: 1 }, 'b.c': 2 });
    expect(refusal({ _id: 1 }, { a: 1, $b: 1 })).toMatch(
      /^52 The dollar \(\$\) prefixed field '\$b' in '\$b' is not allowed/,
    );
    expect(refusal({}, { a: 1 }, { filters: [{ i: 1 }] })).toMatch(/^9 /);
  });
});

describe('a pipeline', () => {
  it('is run by the evaluator, keeps the _id and sees when nothing changed', () => {
    const aggregate = (pipeline: readonly Document[], document: Document) => ({
      ...document,
      ...(pipeline[0]?.$set as Document),
    });
    expect(updated({ _id: 1, a: 1 }, [{ $set: { a: 2 } }], { aggregate })).toEqual({ _id: 1, a: 2 });
    expect(updated({ _id: 1, a: 1 }, [{ $replaceWith: {} }], { aggregate: () => ({ b: 1 }) })).toEqual({
      _id: 1,
      b: 1,
    });
    expect(updated({ _id: 1 }, [{ $set: {} }], { aggregate: () => ({ _id: 1, $a: 1 }) })).toEqual({ _id: 1, $a: 1 });
    const same: Document = { _id: 1, a: [1] };
    const { apply } = compileUpdate([{ $set: { a: [1] } }], { aggregate: () => ({ _id: 1, a: [1] }) });
    expect(apply(same, { insert: false, now: NOW })).toBe(same);
    expect(refusal({ _id: 1 }, [{ $set: { _id: 2 } }], { aggregate })).toMatch(/^66 /);
    expect(refusal({}, [{ $match: {} }])).toBe('72 $match is not allowed to be used within an update');
    expect(refusal({}, [{ $set: {}, $unset: 'a' }])).toMatch(/^40323 /);
    expect(refusal({}, [{ $set: {} }], { filters: [{ i: 1 }] })).toBe(
      '9 arrayFilters may not be specified for pipeline-style updates',
    );
  });
});

describe('the seed of an upsert', () => {
  it('has what the filter fixes by equality', () => {
    expect(upsertSeed({ a: 1, b: { $eq: 2 }, c: { $gt: 5 }, d: /x/ })).toEqual({ a: 1, b: 2 });
    expect(upsertSeed({ 'a.b': 1, 'a.c': 2 })).toEqual({ a: { b: 1, c: 2 } });
    expect(upsertSeed({ $and: [{ a: 1 }, { $and: [{ b: 2 }] }], $or: [{ c: 3 }] })).toEqual({ a: 1, b: 2, c: 3 });
    expect(upsertSeed({ $or: [{ a: 1 }, { b: 2 }], $nor: [{ c: 1 }] })).toEqual({});
    expect(upsertSeed({ a: { $in: [1] }, b: { $in: [1, 2] }, c: { $all: [3] }, d: { $all: [1, 2] } })).toEqual({
      a: 1,
      c: 3,
    });
    expect(upsertSeed({ a: null, b: [1, 2], c: { x: 1 }, d: { $eq: 1, $gt: 0 } })).toEqual({
      a: null,
      b: [1, 2],
      c: { x: 1 },
      d: 1,
    });
    expect(upsertSeed({ _id: Long.fromNumber(7), 'x.__proto__': 1 })).toEqual({
      _id: Long.fromNumber(7),
      x: JSON.parse('{"__proto__":1}'),
    });
    expect(upsertSeed({ a: { $ref: 'c', $id: 1 } })).toEqual({ a: { $ref: 'c', $id: 1 } });
  });

  it('knows nothing of expressions', () => {
    expect(() => upsertSeed({ $expr: { $eq: ['$a', 1] } })).toThrow(expect.objectContaining({ code: 224 }));
  });

  it('is refused when the filter fixes a field twice', () => {
    const refused = (filter: Document) => {
      expect(() => upsertSeed(filter)).toThrow(expect.objectContaining({ code: 54, codeName: 'NotSingleValueField' }));
    };
    refused({ $and: [{ a: 1 }, { a: 2 }] });
    refused({ a: { b: 1 }, 'a.b': 1 });
    refused({ a: 1, $and: [{ 'a.b': 1 }] });
  });
});

describe('what may be stored', () => {
  it('has a proper _id', () => {
    const code = (document: Document) => {
      try {
        checkStorable(document);
      } catch (error) {
        return (error as { code: number }).code;
      }
      return 0;
    };
    expect([{ _id: [1] }, { _id: /x/ }, { _id: UNDEFINED }, { _id: { $a: 1 } }].map(code)).toEqual([53, 53, 53, 52]);
    expect(
      [
        { _id: 1 },
        { _id: null },
        {},
        { _id: { a: { $b: 1 } } },
        { $a: 1, 'b.c': 1 },
        { _id: { $ref: 'c', $id: 1 } },
      ].map(code),
    ).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
