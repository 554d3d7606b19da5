import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../miniprogram/api/ask';
import { measured, totalsOf } from '../../../miniprogram/work/board/measures';
import { barsOf, HIDDEN } from '../../../miniprogram/work/components/bars/bars-of';
import { columnsOf } from '../../../miniprogram/work/components/trend/columns-of';

const count = fc.option(fc.nat({ max: 500 }), { nil: null });

describe('the board', () => {
  it('draws the longest bar over the whole width and says every number', () => {
    expect(
      barsOf([
        { code: 'a', name: '甲', count: 10 },
        { code: 'b', name: '乙', count: 5 },
        { code: 'c', name: '丙', count: null },
        { code: 'd', name: '丁', count: 0 },
      ]).map(({ percent, words }) => [percent, words]),
    ).toEqual([
      [100, '10'],
      [50, '5'],
      [0, HIDDEN],
      [0, '0'],
    ]);
  });

  it('gives nothing away of what is hidden, whatever it stands beside', () => {
    fc.assert(
      fc.property(fc.array(count, { minLength: 1, maxLength: 12 }), (counts) => {
        const bars = barsOf(counts.map((one, at) => ({ code: String(at), name: '', count: one })));
        for (const [at, bar] of bars.entries()) {
          if (counts[at] === null) expect([bar.percent, bar.words]).toEqual([0, HIDDEN]);
          expect(bar.percent).toBeGreaterThanOrEqual(0);
          expect(bar.percent).toBeLessThanOrEqual(100);
        }
      }),
    );
  });

  it('labels weeks by their Monday', () => {
    const [column] = columnsOf([{ week: '2026-03-09', posted: 4, closed: null }]);
    expect(column).toMatchObject({ label: '3/9', posted: 100, closed: 3, postedWords: '4', closedWords: HIDDEN });
  });

  it('says so when a number is too small or there is none yet', () => {
    const total = {
      waiting: 0,
      open: null,
      helping: 12,
      answered: 0,
      late: null,
      posted: 30,
      closed: 6,
      onTime: 5,
      onTimePercent: 83,
      averageScore: null,
    } as Answer<'getWishesReport'>['total'];
    const totals = totalsOf(total);
    expect(totals.map(({ label, words }) => `${label} ${words}`)).toEqual([
      '待认领 不显示',
      '办理中 12',
      '已超期 不显示',
      '待受理 0',
      '近12周新增 30',
      '近12周办结 6',
      '按时办结 83%',
      '平均评分 —',
    ]);
    // What is not told may be nothing.
    expect(totals.filter(({ late }) => late)).toEqual([]);
    const seen = totalsOf({ ...total, late: 7 });
    expect(seen.filter(({ late }) => late).map(({ label }) => label)).toEqual(['已超期']);
    const report = { parts: [{ ...total, area: 'x', name: '甲' }] } as unknown as Answer<'getWishesReport'>;
    expect(measured(report, 'helping')).toEqual([{ code: 'x', name: '甲', count: 12 }]);
  });
});
