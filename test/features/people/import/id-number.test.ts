import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkMark, readIdNumber } from '../../../../src/features/people/import/id-number.ts';

test('the number printed in the standard GB 11643-1999 as its example is read', () => {
  expect(readIdNumber('11010519491231002X')).toEqual({ birthYear: 1949, gender: 'female' });
  expect(readIdNumber('440524188001010014')).toEqual({ birthYear: 1880, gender: 'male' });
});

test('a number made by the rule is read; any one digit changed is not', () => {
  const number = fc
    .record({
      place: fc.integer({ min: 110_000, max: 659_999 }),
      born: fc.date({
        min: new Date('1900-01-01T00:00:00Z'),
        max: new Date('2026-01-01T00:00:00Z'),
        noInvalidDate: true,
      }),
      order: fc.integer({ min: 0, max: 999 }),
    })
    .map(({ place, born, order }) => {
      const head = `${place}${born.toISOString().slice(0, 10).replaceAll('-', '')}${String(order).padStart(3, '0')}`;
      return { number: head + checkMark(head), year: born.getUTCFullYear(), gender: order % 2 ? 'male' : 'female' };
    });
  fc.assert(
    fc.property(number, fc.nat(16), fc.integer({ min: 1, max: 9 }), ({ number: whole, year, gender }, at, by) => {
      expect(readIdNumber(whole)).toEqual({ birthYear: year, gender });
      const digit = (Number(whole[at]) + by) % 10;
      expect(readIdNumber(whole.slice(0, at) + digit + whole.slice(at + 1))).toBeUndefined();
    }),
  );
});

test.each([
  '',
  '11010519491231002',
  '11010519491231002x',
  '11010519490231002X',
  '01010519491231002X',
  '110105491231002',
])('%j is not read', (text) => {
  expect(readIdNumber(text)).toBeUndefined();
});
