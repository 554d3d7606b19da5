import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayOf } from '../../../src/core/time.ts';
import {
  clockOf,
  freeOf,
  type Hours,
  joined,
  LEAST_MINUTES,
  MOST_DAYS_AHEAD,
  minuteOf,
  momentOf,
  openOn,
  overlap,
  stillToCome,
} from '../../../src/features/venues/hours.ts';

const END = 1_440;
/** A short day finds what a long one does. */
const SHORT = 48;
const hours: fc.Arbitrary<Hours> = fc
  .tuple(fc.nat(SHORT), fc.nat(SHORT))
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
const someHours = fc.array(hours, { maxLength: 8 });
const at = (from: string, to: string): Hours => ({ from: minuteOf(from), to: minuteOf(to) });
/** The minutes of a short day that hours cover, one by one. */
const covered = (all: readonly Hours[]): boolean[] =>
  Array.from({ length: SHORT }, (_, minute) => all.some(({ from, to }) => from <= minute && minute < to));

describe('hours of a day', () => {
  it('are read and said as people write them', () => {
    fc.assert(fc.property(fc.nat(END), (minute) => minuteOf(clockOf(minute)) === minute));
    expect(clockOf(minuteOf('09:05'))).toBe('09:05');
    expect(momentOf('2026-12-01', minuteOf('24:00'))).toEqual(new Date('2026-12-02T00:00:00+08:00'));
    expect(momentOf('2026-12-01', minuteOf('09:30'))).toEqual(new Date('2026-12-01T09:30:00+08:00'));
  });

  it('overlap exactly when they have a minute in common', () => {
    const both = (one: Hours, other: Hours) => {
      const mine = covered([one]);
      return covered([other]).some((taken, minute) => taken && mine[minute]);
    };
    fc.assert(fc.property(hours, hours, (one, other) => overlap(one, other) === both(one, other)));
    expect(overlap(at('09:00', '10:00'), at('10:00', '11:00'))).toBe(false);
  });

  it('are free where they are open and not taken, to the minute, in as few pieces as can be', () => {
    fc.assert(
      fc.property(someHours, someHours, (open, taken) => {
        const free = freeOf(open, taken);
        const [isOpen, isTaken] = [covered(open), covered(taken)];
        expect(covered(free)).toEqual(isOpen.map((one, minute) => one && !isTaken[minute]));
        expect(joined(free)).toEqual(free);
      }),
    );
  });

  it('of a venue are those of the weekday, unless it is closed', () => {
    const venue = {
      active: true,
      opening: [
        { weekday: 2, ...at('14:00', '17:00') },
        { weekday: 2, ...at('09:00', '12:00') },
        { weekday: 2, ...at('12:00', '13:00') },
      ],
      closedDays: ['2026-12-08'],
    };
    expect(openOn(venue, '2026-12-01')).toEqual([at('09:00', '13:00'), at('14:00', '17:00')]);
    expect(openOn(venue, '2026-12-02')).toEqual([]);
    expect(openOn(venue, '2026-12-08')).toEqual([]);
    expect(openOn({ ...venue, active: false }, '2026-12-01')).toEqual([]);
  });

  it('to come begin after now, end within what may be booked ahead, and are worth booking', () => {
    const now = new Date('2026-12-01T09:30:00+08:00');
    const today = dayOf(now);
    expect(stillToCome([at('09:00', '12:00'), at('08:00', '09:31')], today, now)).toEqual([at('09:31', '12:00')]);
    expect(stillToCome([at('09:00', '12:00')], addDays(today, MOST_DAYS_AHEAD), now)).toEqual([at('09:00', '12:00')]);
    for (const day of [addDays(today, -1), addDays(today, MOST_DAYS_AHEAD + 1)]) {
      expect(stillToCome([at('09:00', '12:00')], day, now)).toEqual([]);
    }
    fc.assert(
      fc.property(someHours, fc.integer({ min: -1, max: 2 }), fc.nat(SHORT), (all, days, minute) => {
        const moment = momentOf(today, minute);
        const day = addDays(today, days);
        for (const { from, to } of stillToCome(all, day, moment)) {
          expect(momentOf(day, from) > moment).toBe(true);
          expect(to - from).toBeGreaterThanOrEqual(LEAST_MINUTES);
        }
      }),
    );
  });
});
