import { describe, expect, it } from 'vitest';
import type { Document } from '../../../src/storage/embedded/values/bson.ts';
import { compileFilter } from '../../../src/storage/embedded/values/matcher.ts';
import { compileProjection } from '../../../src/storage/embedded/values/projection.ts';
import { stored } from './arbitraries.ts';

function projected(before: Document, projection: Document, query?: Document): Document {
  const document = stored(before);
  const position = query === undefined ? undefined : compileFilter(query).position(document);
  const after = compileProjection(stored(projection), {
    expr: (expression, seen) =>
      typeof expression === 'string' && expression.startsWith('$')
        ? seen[expression.slice(1)]
        : { computed: expression },
  }).apply(document, position);
  expect(document).toEqual(stored(before));
  return after;
}

function refusal(projection: Document, document: Document = {}, query?: Document): string {
  try {
    projected(document, projection, query);
  } catch (error) {
    const { code, message } = error as { code?: number; message: string };
    return `${code} ${message}`;
  }
  return 'accepted';
}

const person = {
  _id: 1,
  name: 'x',
  home: { city: 'l', road: { no: 5, lane: 'y' } },
  tags: ['p', 'q'],
  pets: [{ n: 1, c: 'r' }, { n: 2 }, 7, [{ n: 3, c: 's' }]],
};

describe('a projection', () => {
  it('keeps the fields it names, the _id among them, in the order of the document', () => {
    expect(projected(person, { name: 1 })).toEqual({ _id: 1, name: 'x' });
    expect(projected(person, { name: true, _id: 0 })).toEqual({ name: 'x' });
    expect(projected(person, { _id: 1 })).toEqual({ _id: 1 });
    expect(Object.keys(projected(person, { tags: 1, name: 1 }))).toEqual(['_id', 'name', 'tags']);
    expect(projected(person, { missing: 1 })).toEqual({ _id: 1 });
    expect(projected(person, { 'home.road.no': 1, 'home.city': 1 })).toEqual({
      _id: 1,
      home: { city: 'l', road: { no: 5 } },
    });
    expect(projected(person, { home: { road: { no: 1 } } })).toEqual({ _id: 1, home: { road: { no: 5 } } });
    expect(projected(person, { 'name.x': 1, 'home.none': 1 })).toEqual({ _id: 1, home: {} });
  });

  it('or leaves out those it names', () => {
    expect(projected(person, { tags: 0, pets: false, home: 0 })).toEqual({ _id: 1, name: 'x' });
    expect(projected({ _id: 1, a: 1 }, { _id: 0 })).toEqual({ a: 1 });
    expect(projected({ _id: 1, a: 1, b: 2 }, { _id: 1, a: 0 })).toEqual({ _id: 1, b: 2 });
    expect(projected({ _id: 1, a: { b: 1, c: 2 } }, { 'a.b': 0 })).toEqual({ _id: 1, a: { c: 2 } });
    expect(projected({ _id: 1, a: 5 }, { 'a.b': 0 })).toEqual({ _id: 1, a: 5 });
    expect(projected({ _id: 1, a: { b: 1 } }, { a: { b: 0 } })).toEqual({ _id: 1, a: {} });
  });

  it('goes through arrays', () => {
    expect(projected(person, { 'pets.n': 1 })).toEqual({ _id: 1, pets: [{ n: 1 }, { n: 2 }, [{ n: 3 }]] });
    expect(projected(person, { 'pets.n': 0, home: 0, tags: 0, name: 0 })).toEqual({
      _id: 1,
      pets: [{ c: 'r' }, {}, 7, [{ c: 's' }]],
    });
    expect(projected({ _id: 1, a: [] }, { 'a.b': 1 })).toEqual({ _id: 1, a: [] });
  });

  it('is the same document when it asks for nothing', () => {
    const document = { _id: 1, a: 1 };
    expect(compileProjection({}).apply(document)).toBe(document);
  });

  it('never mixes, except for the _id', () => {
    expect(refusal({ a: 1, b: 0 })).toBe('31254 Cannot do exclusion on field b in inclusion projection');
    expect(refusal({ a: 0, b: 1 })).toBe('31253 Cannot do inclusion on field b in exclusion projection');
    expect(refusal({ a: { b: 1, c: 0 } })).toBe('31254 Cannot do exclusion on field a.c in inclusion projection');
    expect(refusal({ a: 0, b: '$c' })).toBe('31252 Cannot use expression other than $meta in exclusion projection');
  });

  it('is refused where paths collide or make no sense', () => {
    expect(refusal({ a: 1, 'a.b': 1 })).toBe('31249 Path collision at a.b remaining portion b');
    expect(refusal({ 'a.b': 1, a: 1 })).toBe('31250 Path collision at a');
    expect(refusal({ a: { b: 1 }, 'a.b': 1 })).toBe('31250 Path collision at a.b');
    expect(refusal({ a: {} })).toBe('51270 An empty sub-projection is not a valid value. Found empty object at path a');
    expect(refusal({ '': 1 })).toMatch(/^40352 /);
    expect(refusal({ 'a.': 1 })).toMatch(/^40353 /);
    expect(refusal({ 'a..b': 1 })).toMatch(/^15998 /);
    expect(refusal({ $a: 1 })).toMatch(/^16410 /);
    expect(refusal({ a: { $meta: 'textScore' } })).toMatch(/^40218 /);
  });

  it('never shows what JavaScript objects inherit', () => {
    expect(projected({ _id: 1 }, { constructor: 1, 'a.toString': 1 })).toEqual({ _id: 1 });
    const after = projected({ _id: 1 }, JSON.parse('{"__proto__": 1, "x.__proto__.y": 1}'));
    expect(Object.getPrototypeOf(after)).toBe(Object.prototype);
  });
});

describe('$slice', () => {
  it('cuts an array and keeps all else', () => {
    const document = { _id: 1, a: [1, 2, 3, 4], b: 2 };
    expect(projected(document, { a: { $slice: 2 } })).toEqual({ _id: 1, a: [1, 2], b: 2 });
    expect(projected(document, { a: { $slice: -1 } })).toEqual({ _id: 1, a: [4], b: 2 });
    expect(projected(document, { a: { $slice: [1, 2] } })).toEqual({ _id: 1, a: [2, 3], b: 2 });
    expect(projected(document, { a: { $slice: [-3, 2] } })).toEqual({ _id: 1, a: [2, 3], b: 2 });
    expect(projected(document, { a: { $slice: [-9, 2] } })).toEqual({ _id: 1, a: [1, 2], b: 2 });
    expect(projected(document, { a: { $slice: [9, 2] } })).toEqual({ _id: 1, a: [], b: 2 });
    expect(projected(document, { b: { $slice: 1 } })).toEqual(document);
  });

  it('joins inclusion and exclusion', () => {
    const document = { _id: 1, a: [1, 2, 3], b: 2, c: { d: [1, 2], e: 5 } };
    expect(projected(document, { b: 1, a: { $slice: 1 } })).toEqual({ _id: 1, a: [1], b: 2 });
    expect(projected(document, { b: 0, a: { $slice: 1 } })).toEqual({ _id: 1, a: [1], c: { d: [1, 2], e: 5 } });
    expect(projected(document, { 'c.d': { $slice: 1 } })).toEqual({ ...document, c: { d: [1], e: 5 } });
    expect(projected(document, { b: 1, 'c.d': { $slice: 1 } })).toEqual({ _id: 1, b: 2, c: { d: [1] } });
    expect(projected(document, { a: { $slice: 1 }, _id: 0 })).toEqual({ a: [1], b: 2, c: { d: [1, 2], e: 5 } });
    expect(refusal({ a: { $slice: 'x' } })).toMatch(/^28667 /);
    expect(refusal({ a: { $slice: [1, 0] } })).toMatch(/^28724 /);
  });
});

describe('$elemMatch', () => {
  it('keeps the first element that meets the filter, behind the other fields', () => {
    const document = {
      _id: 1,
      a: [
        { x: 1, y: 1 },
        { x: 2, y: 1 },
        { x: 2, y: 2 },
      ],
      b: 3,
    };
    expect(projected(document, { a: { $elemMatch: { x: 2 } } })).toEqual({ _id: 1, a: [{ x: 2, y: 1 }] });
    const both = projected(document, { a: { $elemMatch: { x: 2, y: 2 } }, b: 1 });
    expect(both).toEqual({ _id: 1, b: 3, a: [{ x: 2, y: 2 }] });
    expect(Object.keys(both)).toEqual(['_id', 'b', 'a']);
    expect(projected(document, { a: { $elemMatch: { x: 9 } } })).toEqual({ _id: 1 });
    expect(projected({ _id: 1, a: [1, 5, 9] }, { a: { $elemMatch: { $gt: 3 } } })).toEqual({ _id: 1, a: [5] });
    expect(projected({ _id: 1, a: 5 }, { a: { $elemMatch: { $gt: 3 } } })).toEqual({ _id: 1 });
    expect(projected(document, { b: 0, a: { $elemMatch: { x: 2 } } })).toEqual({ _id: 1, a: [{ x: 2, y: 1 }] });
    expect(projected({ _id: 1, a: [null, { x: null }] }, { a: { $elemMatch: { x: null } } })).toEqual({
      _id: 1,
      a: [{ x: null }],
    });
    expect(refusal({ 'a.b': { $elemMatch: { x: 1 } } })).toBe(
      '31275 Cannot use $elemMatch projection on a nested field.',
    );
    expect(refusal({ a: { $elemMatch: { $foo: 1 } } })).toBe('2 unknown operator: $foo');
  });
});

describe('the positional projection', () => {
  it('keeps the element the query found', () => {
    const document = { _id: 1, a: [{ x: 1 }, { x: 2, y: 3 }], b: 5 };
    expect(projected(document, { 'a.$': 1 }, { 'a.x': 2 })).toEqual({ _id: 1, a: [{ x: 2, y: 3 }] });
    expect(projected({ _id: 1, a: [1, 5, 9] }, { 'a.$': 1 }, { a: { $gt: 3 } })).toEqual({ _id: 1, a: [5] });
    expect(projected({ _id: 1, a: { b: [1, 5] } }, { 'a.b.$': 1 }, { 'a.b': 5 })).toEqual({ _id: 1, a: { b: [5] } });
    expect(projected({ _id: 1, a: [{ b: 1 }, { b: 2, c: 0 }] }, { 'a.b.$': 1 }, { 'a.b': 2 })).toEqual({
      _id: 1,
      a: [{ b: 2 }],
    });
    expect(compileProjection({ 'a.$': 1 }).positional).toBe(true);
    expect(compileProjection({ a: 1 }).positional).toBe(false);
  });

  it('is refused where it cannot be', () => {
    expect(refusal({ 'a.$': 1 }, { a: [1] }, { b: 1 })).toBe(
      "51246 Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
    );
    expect(refusal({ 'a.$': 0 })).toBe('31395 positional projection cannot be used with exclusion');
    expect(refusal({ 'a.$': 1, 'b.$': 1 })).toBe('31276 Cannot specify more than one positional projection per query.');
    expect(refusal({ 'a.$.b': 1 })).toMatch(/^31394 /);
    expect(refusal({ 'a.$': 1, b: { $elemMatch: { x: 1 } } })).toBe(
      '31255 Cannot specify positional operator and $elemMatch.',
    );
  });
});

describe('computed fields', () => {
  it('are the evaluator’s, behind the others', () => {
    expect(projected({ _id: 1, a: 1, b: 2 }, { a: 1, c: '$b' })).toEqual({ _id: 1, a: 1, c: 2 });
    expect(projected({ _id: 1, a: 1, b: 2 }, { c: { $add: [1, 2] } })).toEqual({
      _id: 1,
      c: { computed: { $add: [1, 2] } },
    });
    expect(projected({ _id: 1, a: { b: 1 } }, { 'a.c': '$_id', 'a.b': 1 })).toEqual({ _id: 1, a: { b: 1, c: 1 } });
    expect(projected({ _id: 1 }, { 'a.c': '$_id' })).toEqual({ _id: 1, a: { c: 1 } });
    expect(projected({ _id: 1 }, { c: '$missing' })).toEqual({ _id: 1 });
    expect(projected({ _id: 1, a: [1, 2] }, { a: { $slice: ['$a', 1] } })).toEqual({
      _id: 1,
      a: { computed: { $slice: ['$a', 1] } },
    });
    expect(() => compileProjection({ a: '$b' }).apply({})).toThrow(expect.objectContaining({ code: 224 }));
  });
});
