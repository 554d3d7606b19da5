import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PEOPLE } from '../../../src/chat/understanding/emergency/people.ts';
import { PLACES } from '../../../src/chat/understanding/emergency/places.ts';
import { necessaryIn } from '../../../src/chat/understanding/necessary.ts';
import { sieveOf } from '../../../src/chat/understanding/sieve.ts';
import { CALLS, HARMLESS } from './emergencies.ts';

describe('what a text must have for a pattern to match', () => {
  it.each<[pattern: RegExp, needed: string | undefined]>([
    [/触电|落水/u, '触落'],
    [/有人(?:摔|跌)倒?/u, '摔跌'],
    [/(?<!没)火(?!锅)/u, '火'],
    [/[烟火]{1,3}大/u, '大'],
    [/烟{0,2}火?/u, undefined],
    [/a|\d/u, undefined],
    [/[^火]烟/u, '烟'],
    [/[^\s\p{P}]{0,4}楼$/u, '楼'],
    [/(?<kind>(?:心愿)?)\s?\.\k<kind>/u, '.'],
    [/sos/iu, 'sS'],
  ])('%s', (pattern, needed) => {
    const found = necessaryIn(pattern);
    expect(found && [...found].sort()).toEqual(needed === undefined ? undefined : [...needed].sort());
  });
});

describe('the sieve', () => {
  const patterns = [...PEOPLE, ...PLACES].map(({ words }) => words);
  const likelyIn = sieveOf(patterns);
  const matching = (text: string) => [...patterns.keys()].filter((place) => text.search(patterns[place] ?? /$^/u) >= 0);

  it('keeps every sign of an emergency that matches, and few of those that do not', () => {
    const texts = [...Object.values(CALLS).flat(), ...HARMLESS];
    for (const text of texts) expect(likelyIn(text)).toEqual(expect.arrayContaining(matching(text)));
    const kept = texts.reduce((sum, text) => sum + likelyIn(text).length, 0);
    expect(kept / texts.length).toBeLessThan(patterns.length / 4);
  });

  it('keeps what matches parts of such texts put together', () => {
    const part = fc
      .constantFrom(...Object.values(CALLS).flat())
      .chain((text) => fc.tuple(fc.nat(text.length), fc.nat(text.length)).map(([from, to]) => text.slice(from, to)));
    const joined = fc.array(part, { maxLength: 4 }).map((parts) => parts.join(''));
    const keeps = (text: string) => void expect(likelyIn(text)).toEqual(expect.arrayContaining(matching(text)));
    fc.assert(fc.property(joined, keeps));
  });

  it('keeps more patterns than a word has bits, in order, and those of which nothing can be said', () => {
    const many = Array.from({ length: 70 }, (_, nth) => new RegExp(String.fromCharCode(0x4e00 + nth), 'u'));
    const keeps = sieveOf([...many, /./u]);
    expect(keeps('\u4e45\u4e1f\u4e20')).toEqual([31, 32, 69, 70]);
    expect(keeps('')).toEqual([70]);
  });
});
