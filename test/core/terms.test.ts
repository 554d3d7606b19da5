import fc from 'fast-check';
import { expect, it } from 'vitest';
import { awakeAfter, termEnd } from '../../src/core/terms.ts';
import { atCivil, civil, MINUTE, stateCouncilCalendar } from '../../src/core/time.ts';

const calendar = stateCouncilCalendar();
const shanghai = (moment: string): Date => new Date(`${moment}+08:00`);

it.each([
  ['2026-03-09T10:00', 120, '2026-03-09T12:00'],
  ['2026-03-09T20:30', 120, '2026-03-10T09:30'],
  ['2026-03-09T23:10', 60, '2026-03-10T09:00'],
  ['2026-03-09T03:00', 60, '2026-03-09T09:00'],
  ['2026-03-09T19:00', 120, '2026-03-09T21:00'],
  // 24 waking hours: 11 today and 13 tomorrow.
  ['2026-03-09T10:00', 24 * 60, '2026-03-10T21:00'],
] as const)('from %s %i waking minutes last until %s', (from, minutes, until) => {
  expect(awakeAfter(shanghai(from), minutes)).toEqual(shanghai(until));
});

it('counts exactly the minutes people are awake, and ends while they are', () => {
  const moment = fc.integer({ min: 0, max: 400 * 24 * 60 }).map((n) => new Date(+atCivil('2026-01-01') + n * MINUTE));
  const isAwake = (at: number) => civil(new Date(at)).hour >= 8 && civil(new Date(at)).hour < 21;
  fc.assert(
    fc.property(moment, fc.integer({ min: 1, max: 3_000 }), (from, minutes) => {
      const end = awakeAfter(from, minutes);
      let counted = 0;
      for (let at = +from; at < +end; at += MINUTE) if (isAwake(at)) counted += 1;
      expect(counted).toBe(minutes);
      expect(isAwake(+end - 1)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

it('runs round the clock, or to the end of the last day', () => {
  const from = shanghai('2026-03-09T23:30');
  expect(termEnd(calendar, from, { minutes: 60, clock: 'always' })).toEqual(shanghai('2026-03-10T00:30'));
  expect(termEnd(calendar, from, { days: 7 })).toEqual(new Date(+shanghai('2026-03-17T00:00') - 1));
  expect(termEnd(calendar, from, { workdays: 1 })).toEqual(new Date(+shanghai('2026-03-11T00:00') - 1));
});
