import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctValuesAt, hasPath, indexKeys, valuesAt } from '../../../src/storage/embedded/values/paths.ts';
import { UNDEFINED } from '../../../src/storage/embedded/values/types.ts';
import { documents } from './arbitraries.ts';

describe('paths', () => {
  it('lead through documents, arrays and positions', () => {
    expect(valuesAt({ a: { b: 1 } }, 'a.b')).toEqual([1]);
    expect(valuesAt({ a: [{ b: 1 }, { b: [2, 3] }, 5, {}] }, 'a.b')).toEqual([1, [2, 3]]);
    expect(valuesAt({ a: [{ b: 1 }, { b: 2 }] }, 'a.1.b')).toEqual([2]);
    expect(valuesAt({ a: [5, 6] }, 'a.1')).toEqual([6]);
    expect(valuesAt({ a: 5 }, 'a.b')).toEqual([]);
    expect(distinctValuesAt({ a: [{ b: 1 }, { b: [2, 3] }] }, 'a.b')).toEqual([1, 2, 3]);
    expect(hasPath({ a: [{}, { b: null }] }, 'a.b')).toBe(true);
    expect(hasPath({ a: [] }, 'a.b')).toBe(false);
  });

  it('never lead to what JavaScript objects inherit', () => {
    for (const path of [
      'constructor',
      '__proto__',
      'a.toString',
      'a.__proto__.polluted',
      '__proto__.toString',
      'a.constructor.name',
    ]) {
      expect(valuesAt({ a: {} }, path)).toEqual([]);
      expect(hasPath({ a: {} }, path)).toBe(false);
      expect(indexKeys({ a: {} }, { [path]: 1 })).toEqual([[null]]);
    }
  });
});

describe('index rows', () => {
  it('are one row without arrays, null where a field is missing', () => {
    expect(indexKeys({ a: 1, b: { c: 2 } }, { a: 1, 'b.c': 1, d: -1 })).toEqual([[1, 2, null]]);
    expect(indexKeys({ a: { b: 1 } }, { a: 1 })).toEqual([[{ b: 1 }]]);
    expect(indexKeys({ a: 5 }, { 'a.b': 1 })).toEqual([[null]]);
  });

  it('are one row for each different element', () => {
    expect(indexKeys({ a: [1, 2, 1, 1.0], b: 'x' }, { a: 1, b: 1 })).toEqual([
      [1, 'x'],
      [2, 'x'],
    ]);
    expect(indexKeys({ a: [{ b: 1, c: 2 }, { b: 3 }, 7] }, { 'a.b': 1, 'a.c': 1 })).toEqual([
      [1, 2],
      [3, null],
      [null, null],
    ]);
    expect(indexKeys({ a: [{ b: [1, 2] }, { b: [2, 3] }] }, { 'a.b': 1 })).toEqual([[1], [2], [3]]);
    expect(indexKeys({ a: [[1, 2], 3] }, { a: 1 })).toEqual([[[1, 2]], [3]]);
  });

  it('hold an empty array as undefined, but null below it', () => {
    expect(indexKeys({ a: [] }, { a: 1 })).toEqual([[UNDEFINED]]);
    expect(indexKeys({ a: [] }, { 'a.b': 1 })).toEqual([[null]]);
    expect(indexKeys({ a: [{ b: [] }] }, { 'a.b': 1 })).toEqual([[UNDEFINED]]);
  });

  it('take a position in the path', () => {
    expect(indexKeys({ a: [5, 6] }, { 'a.0': 1 })).toEqual([[5]]);
    expect(indexKeys({ a: [[1, 2]] }, { 'a.0': 1 })).toEqual([[[1, 2]]]);
    expect(indexKeys({ a: [{ b: 1 }, { b: 2 }] }, { 'a.1.b': 1 })).toEqual([[2]]);
    expect(indexKeys({ a: [5] }, { 'a.3': 1 })).toEqual([[null]]);
  });

  it('refuse two arrays side by side', () => {
    expect(() => indexKeys({ a: [1], b: [2] }, { a: 1, b: 1 })).toThrow(
      expect.objectContaining({
        code: 171,
        codeName: 'CannotIndexParallelArrays',
        message: 'cannot index parallel arrays [b] [a]',
      }),
    );
    expect(() => indexKeys({ a: [{ b: [1], c: [2] }] }, { 'a.b': 1, 'a.c': 1 })).toThrow(
      expect.objectContaining({ code: 171 }),
    );
  });

  it('refuse a number that could be a position or a name', () => {
    expect(() => indexKeys({ a: [{ 0: 'x' }] }, { 'a.0': 1 })).toThrow(expect.objectContaining({ code: 16746 }));
    expect(indexKeys({ a: { 0: 'x' } }, { 'a.0': 1 })).toEqual([['x']]);
  });

  it('hold every value a filter could find by equality', () => {
    fc.assert(
      fc.property(documents, fc.constantFrom('a', 'a.b', 'b.a', 'a.0', 'c'), (document, path) => {
        const rows = indexKeys(document, { [path]: 1 }).map(([value]) => value);
        for (const value of valuesAt(document, path)) {
          const elements = Array.isArray(value) && !rows.includes(value) ? value : [value];
          for (const element of elements) expect(rows).toContainEqual(element);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
