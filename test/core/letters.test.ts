import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitting, lettersOf, shortened } from '../../src/core/letters.ts';

const FAMILY = '👨‍👩‍👧‍👦';

describe('a text that is too long', () => {
  it.each([
    ['想要一床厚棉被', 7, '想要一床厚棉被'],
    ['想要一床厚棉被', 6, '想要一床厚…'],
    [FAMILY.repeat(3), 3, FAMILY.repeat(3)],
    [FAMILY.repeat(4), 3, `${FAMILY.repeat(2)}…`],
    ['🇨🇳🇨🇳🇨🇳', 2, '🇨🇳…'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
    ['一 二三', 3, '一…'],
  ])('%s in %i letters is %s', (text, most, expected) => {
    expect(shortened(text, most)).toBe(expected);
  });

  it('is never cut through a letter, and fits', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.array(fc.constantFrom(FAMILY, '👍🏽', '🇨🇳', '好', 'e\u0301', '1️⃣', ' ', '\n')).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 60 }), (whole, most) => {
        const letters = lettersOf(whole);
        const short = shortened(whole, most);
        expect(lettersOf(short).length).toBeLessThanOrEqual(most);
        const kept = short === whole ? lettersOf(whole) : lettersOf(short.slice(0, -1));
        expect(letters.slice(0, kept.length)).toEqual(kept);
        const fit = fitting(whole, most);
        expect(fit.length).toBeLessThanOrEqual(most);
        expect(letters.slice(0, lettersOf(fit).length)).toEqual(lettersOf(fit));
      }),
    );
  });
});

it('nowhere is anything people read shortened by code points', async () => {
  const src = new URL('../../src/', import.meta.url).pathname;
  const files = (await readdir(src, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const cut: string[] = [];
  for (const file of files) {
    const text = await readFile(join(src, file), 'utf8');
    if (/\[\.\.\.[\w.]+\]\s*\.slice\(0|\.join\(''\)\}…|\.substring\(|\.substr\(/u.test(text)) cut.push(file);
  }
  // The store's $substrCP counts code points, as MongoDB's does.
  expect(cut.filter((file) => !file.startsWith('storage/'))).toEqual([]);
});
