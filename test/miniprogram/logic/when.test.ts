import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateWord, dayWord, isoDay, leftWord, momentWord, urgencyOf } from '../../../miniprogram/logic/when';

/** Wednesday, 25 November 2026, ten in the morning in China. */
const NOW = new Date('2026-11-25T10:00:00+08:00');
const on = (text: string) => new Date(`${text}+08:00`).toISOString();

describe('days in words', () => {
  it.each([
    ['2026-11-25T00:00', '今天'],
    ['2026-11-25T23:59', '今天'],
    ['2026-11-26T00:00', '明天'],
    ['2026-11-27T08:00', '后天'],
    ['2026-11-28T08:00', '周六'],
    ['2026-11-29T23:59', '周日'],
    ['2026-11-30T00:00', '下周一'],
    ['2026-12-06T12:00', '下周日'],
    ['2026-12-07T12:00', '12月7日'],
    ['2026-11-24T23:59', '昨天'],
    ['2026-11-23T12:00', '前天'],
    ['2026-11-22T12:00', '11月22日'],
    ['2027-01-05T12:00', '2027年1月5日'],
    ['2025-11-25T12:00', '2025年11月25日'],
  ])('%s is %s', (at, word) => {
    expect(dayWord(on(at), NOW)).toBe(word);
  });

  it('gives the date with it where it matters', () => {
    expect(dateWord(on('2026-11-29T08:00'), NOW)).toBe('11月29日（周日）');
    expect(dateWord(on('2026-12-07T08:00'), NOW)).toBe('12月7日');
  });

  it('says the minute with two digits', () => {
    expect(momentWord(on('2026-11-25T09:05'), NOW)).toBe('今天 9:05');
  });

  it.each([
    ['2026-11-28T23:59', '还有3天'],
    ['2026-11-26T09:00', '明天到期'],
    ['2026-11-25T18:00', '今天到期'],
    ['2026-11-25T09:00', '已超期'],
    ['2026-11-23T09:00', '已超期2天'],
  ])('of a deadline at %s: %s', (at, word) => {
    expect(leftWord(on(at), NOW)).toBe(word);
  });

  it('is late after the deadline, soon two days before, calm otherwise', () => {
    expect(
      [undefined, on('2026-12-20T00:00'), on('2026-11-26T00:00'), on('2026-11-25T09:59')].map((at) =>
        urgencyOf(at, NOW),
      ),
    ).toEqual(['calm', 'calm', 'soon', 'late']);
  });

  it('calls no two days within a fortnight the same, and is China’s day whatever the zone', () => {
    const moments = fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moments, (now) => {
        const words = Array.from({ length: 14 }, (_, at) =>
          dayWord(new Date(now.getTime() + at * 86_400_000).toISOString(), now),
        );
        expect(new Set(words).size).toBe(14);
        expect(isoDay(now)).toBe(new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(now));
      }),
    );
  });
});
