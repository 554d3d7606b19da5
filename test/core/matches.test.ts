import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchesOf } from '../../src/core/matches.ts';

it('finds what matchAll finds, however often the same pattern is asked', () => {
  const pattern = fc.constantFrom(/a+/gu, /a*/gu, /(?<x>a)|b/gu, /(?<=a)b/gu, /\p{L}\d?/gu);
  fc.assert(
    fc.property(pattern, fc.array(fc.stringMatching(/^[ab1 好]{0,12}$/u), { maxLength: 4 }), (one, texts) => {
      for (const text of texts) {
        expect(matchesOf(one, text).map((found) => [found.index, ...found])).toEqual(
          [...text.matchAll(one)].map((found) => [found.index, ...found]),
        );
      }
    }),
  );
});
