import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { HaolinError } from '../../src/core/errors.ts';
import { parseInput } from '../../src/core/input.ts';
import { decodeCursor, encodeCursor, pageQuery } from '../../src/core/page.ts';
import { openVault } from '../../src/core/vault.ts';

const vault = openVault(Buffer.alloc(32, 7));

const last = z.tuple([z.coerce.date(), z.string().regex(/^[0-9a-f]{24}$/)]);

test('a cursor comes back as it went out, dates included', () => {
  const values: [Date, string] = [new Date('2026-03-09T01:02:03.004Z'), '65f0c0ffee65f0c0ffee65f0'];
  const text = encodeCursor(vault, values);
  expect(encodeURIComponent(text)).toBe(text);
  expect(decodeCursor(vault, text, last)).toEqual(values);
});

test('a cursor tells nothing of where it stands, not even decoded', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 3 }), (secret) => {
      const text = encodeCursor(vault, { at: secret });
      const decoded = text.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
      return !decoded.join('').includes(secret) && encodeCursor(vault, { at: secret }) !== text;
    }),
  );
});

/** Whole, but another list's, another house's, or sealed for something else. */
const madeElsewhere = fc
  .tuple(fc.json(), fc.constantFrom(vault, openVault(Buffer.alloc(32, 8))), fc.boolean())
  .map(([json, from, asCursor]) => (asCursor ? encodeCursor(from, json) : from.seal(json)));

test('whatever else is handed in as a cursor is invalid input, never a crash', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.base64String(), madeElsewhere), (text) => {
      try {
        decodeCursor(vault, text, last);
        return false;
      } catch (error) {
        return error instanceof HaolinError && error.code === 'invalid_input' && error.fields?.[0]?.path === 'cursor';
      }
    }),
    { numRuns: 500 },
  );
});

test('a cut, padded or earlier unsealed cursor is refused', () => {
  const values = [new Date(0), '65f0c0ffee65f0c0ffee65f0'];
  const text = encodeCursor(vault, values);
  const plain = Buffer.from(JSON.stringify(values)).toString('base64url');
  for (const tampered of [text.slice(0, -2), `${text}.`, ` ${text}`, text.slice(1), plain, vault.seal(plain)]) {
    expect(() => decodeCursor(vault, tampered, last)).toThrow(/invalid_input/);
  }
});

test('a page holds 20 unless told otherwise and never more than 100', () => {
  expect(parseInput(pageQuery, {})).toEqual({ limit: 20 });
  expect(parseInput(pageQuery, { limit: '100', cursor: 'abc' })).toEqual({ limit: 100, cursor: 'abc' });
  for (const limit of ['0', '101', '-1', '1.5', 'x', '', ['1', '2']]) {
    expect(() => parseInput(pageQuery, { limit })).toThrow(/invalid_input/);
  }
});
