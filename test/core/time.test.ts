import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  atCivil,
  civil,
  type Day,
  dayOf,
  deadline,
  endOfDay,
  isDay,
  outsideQuietHours,
  quarterKey,
  spanWords,
  stateCouncilCalendar,
  weekdayOf,
  weekKey,
  workdayAfter,
  workdayBefore,
} from '../../src/core/time.ts';

const calendar = stateCouncilCalendar();

describe('how long to wait', () => {
  it('is said as people say it', () => {
    const said: [number, string][] = [
      [0, '1秒'],
      [0.2, '1秒'],
      [40, '40秒'],
      [59.5, '1分钟'],
      [60, '1分钟'],
      [61, '2分钟'],
      [180, '3分钟'],
      [3_599, '1小时'],
      [3_600, '1小时'],
      [3_601, '1小时1分钟'],
      [5_400, '1小时30分钟'],
      [86_399, '1天'],
      [86_401, '1天1小时'],
      [172_800, '2天'],
    ];
    expect(said.map(([seconds]) => spanWords(seconds))).toEqual(said.map(([, words]) => words));
  });

  it('is never said to be shorter than it is, nor much longer', () => {
    const units: Record<string, number> = { 天: 86_400, 小时: 3_600, 分钟: 60, 秒: 1 };
    fc.assert(
      fc.property(fc.double({ min: 0, max: 30 * 86_400, noNaN: true }), (seconds) => {
        const parts = [...spanWords(seconds).matchAll(/(\d+)(天|小时|分钟|秒)/gu)];
        const told = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0), 0);
        expect(parts.map(([all]) => all).join('')).toBe(spanWords(seconds));
        expect(told).toBeGreaterThanOrEqual(seconds);
        expect(told - seconds).toBeLessThanOrEqual(seconds < 86_400 ? 60 : 3_600);
      }),
    );
  });
});
const instants = fc.date({ min: new Date('2005-01-01Z'), max: new Date('2026-12-31Z'), noInvalidDate: true });

describe('Shanghai time', () => {
  it('reads the wall clock of Shanghai whatever the host says', () => {
    expect(civil(new Date('2026-03-08T16:30:00Z'))).toEqual({
      year: 2026,
      month: 3,
      day: 9,
      hour: 0,
      minute: 30,
      weekday: 1,
    });
    expect(dayOf(new Date('2025-12-31T16:00:00Z'))).toBe('2026-01-01');
  });

  it('agrees with the zone database at every instant', () => {
    const reference = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Shanghai',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    fc.assert(
      fc.property(instants, (at) => {
        const { hour, minute } = civil(at);
        const pad = (n: number) => String(n).padStart(2, '0');
        expect(`${dayOf(at)} ${pad(hour)}:${pad(minute)}`).toBe(reference.format(at));
      }),
    );
  });

  it('names ISO weeks and quarters', () => {
    expect(weekKey(atCivil('2026-01-01'))).toBe('2026-W01');
    expect(weekKey(atCivil('2027-01-03'))).toBe('2026-W53');
    expect(weekKey(atCivil('2026-09-28', 9))).toBe('2026-W40');
    expect(quarterKey(atCivil('2026-04-01'))).toBe('2026-Q2');
  });

  it('a day lasts until its last millisecond', () => {
    fc.assert(
      fc.property(instants, (at) => {
        const end = endOfDay(dayOf(at));
        expect(dayOf(end)).toBe(dayOf(at));
        expect(dayOf(new Date(end.getTime() + 1))).toBe(addDays(dayOf(at), 1));
      }),
    );
  });
});

describe('workdays of the State Council', () => {
  it('knows holidays and the days worked in lieu', () => {
    expect(calendar.isWorkday('2026-10-01')).toBe(false);
    expect(calendar.isWorkday('2026-10-10')).toBe(true);
    expect(calendar.isWorkday('2026-03-09')).toBe(true);
    expect(calendar.isWorkday('2026-03-08')).toBe(false);
  });

  it('says which years it covers and falls back to weekdays outside them', () => {
    expect(calendar.covers(2026)).toBe(true);
    expect(calendar.covers(2031)).toBe(false);
    expect(calendar.isWorkday('2031-10-01')).toBe(true);
  });

  it('counts strictly later workdays', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 30 }), (from, count) => {
        const day = workdayAfter(calendar, from, count);
        expect(calendar.isWorkday(day)).toBe(true);
        let counted = 0;
        for (let one = addDays(dayOf(from), 1); one <= day; one = addDays(one, 1))
          if (calendar.isWorkday(one)) counted += 1;
        expect(counted).toBe(count);
      }),
    );
  });

  it('counts strictly earlier workdays, and the same for whoever asks again', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 10 }), (from, count) => {
        const day = workdayBefore(calendar, dayOf(from), count);
        let counted = 0;
        for (let one = day; one < dayOf(from); one = addDays(one, 1)) if (calendar.isWorkday(one)) counted += 1;
        expect(counted).toBe(count);
        expect(workdayBefore(calendar, dayOf(from), count)).toBe(day);
        expect(workdayAfter(calendar, from, count) >= dayOf(from)).toBe(true);
      }),
    );
    const never = { isWorkday: (day: Day) => day === '2026-01-01', covers: () => true };
    expect(workdayBefore(never, '2026-03-09', 1)).toBe('2026-01-01');
    expect(workdayBefore(calendar, '2026-03-09', 1)).toBe('2026-03-06');
  });

  it('a target of one workday set on Friday ends on Monday evening', () => {
    const friday = atCivil('2026-03-13', 15);
    expect(weekdayOf('2026-03-13')).toBe(5);
    expect(dayOf(deadline(calendar, friday, { workdays: 1 }))).toBe('2026-03-16');
    expect(dayOf(deadline(calendar, friday, { days: 7 }))).toBe('2026-03-20');
  });
});

describe('quiet hours', () => {
  it('postpones to eight in the morning and never into the night', () => {
    expect(outsideQuietHours(atCivil('2026-03-09', 22))).toEqual(atCivil('2026-03-10', 8));
    expect(outsideQuietHours(atCivil('2026-03-09', 3))).toEqual(atCivil('2026-03-09', 8));
    fc.assert(
      fc.property(instants, (at) => {
        const moved = outsideQuietHours(at);
        const { hour } = civil(moved);
        expect(hour >= 8 && hour < 21).toBe(true);
        expect(moved.getTime()).toBeGreaterThanOrEqual(at.getTime());
        expect(outsideQuietHours(moved)).toEqual(moved);
      }),
    );
  });
});

describe('a day there is', () => {
  it.each([
    ['2026-03-09', true],
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2026-02-30', false],
    ['2026-13-01', false],
    ['2026/3/9', false],
    ['2026-3-9', false],
    ['', false],
  ])('%s: %s', (text, expected) => {
    expect(isDay(text)).toBe(expected);
  });
});
