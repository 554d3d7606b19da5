import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { HaolinError } from '../../src/core/errors.ts';
import { parseInput } from '../../src/core/input.ts';
import { decodeCursor, encodeCursor, pageQuery } from '../../src/core/page.ts';

const last = z.tuple([z.coerce.date(), z.string().regex(/^[0-9a-f]{24}$/)]);

test('a cursor comes back as it went out, dates included', () => {
  const values: [Date, string] = [new Date('2026-03-09T01:02:03.004Z'), '65f0c0ffee65f0c0ffee65f0'];
  const text = encodeCursor(values);
  expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
  expect(decodeCursor(text, last)).toEqual(values);
});

test('whatever else is handed in as a cursor is invalid input, never a crash', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.base64String(), fc.json().map(encodeCursor)), (text) => {
      try {
        decodeCursor(text, last);
        return false;
      } catch (error) {
        return error instanceof HaolinError && error.code === 'invalid_input' && error.fields?.[0]?.path === 'cursor';
      }
    }),
    { numRuns: 500 },
  );
});

test('a cut or padded cursor is refused even where lenient decoding would read it', () => {
  const text = encodeCursor([new Date(0), '65f0c0ffee65f0c0ffee65f0']);
  for (const tampered of [text.slice(0, -1), `${text}=`, `${text}!`, ` ${text}`, text.replace('W', '*')]) {
    expect(() => decodeCursor(tampered, last)).toThrow(/invalid_input/);
  }
});

test('a page holds 20 unless told otherwise and never more than 100', () => {
  expect(parseInput(pageQuery, {})).toEqual({ limit: 20 });
  expect(parseInput(pageQuery, { limit: '100', cursor: 'abc' })).toEqual({ limit: 100, cursor: 'abc' });
  for (const limit of ['0', '101', '-1', '1.5', 'x', '', ['1', '2']]) {
    expect(() => parseInput(pageQuery, { limit })).toThrow(/invalid_input/);
  }
});
