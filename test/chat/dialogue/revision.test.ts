import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctionIn } from '../../../src/chat/dialogue/correction.ts';
import { revised } from '../../../src/chat/dialogue/revision.ts';
import { placedAnew } from '../../../src/chat/dialogue/said-parts.ts';

const now = new Date('2026-03-09T09:00:00+08:00');
/** What becomes of what was read back when it is corrected in these words; nothing when they replace all of it. */
const corrected = (whole: string, said: string): string | undefined => {
  const correction = correctionIn(said);
  return correction && revised(whole, correction.words, correction.not, now);
};

describe('a correction changes only what it names', () => {
  it.each([
    ['3栋后面路灯坏了', '不对，是5栋后面', '5栋后面路灯坏了'],
    ['3栋楼道灯坏了', '不对，是5栋后面', '5栋后面灯坏了'],
    ['3栋2单元楼道灯坏了', '不对，是5栋', '5栋2单元楼道灯坏了'],
    ['3栋电梯又坏了', '不对，是3栋2单元', '3栋2单元电梯又坏了'],
    ['3号楼楼道灯坏了', '不对，是5栋', '5栋楼道灯坏了'],
    ['5栋楼道灯坏了', '是3栋不是5栋', '3栋楼道灯坏了'],
    ['5栋楼道灯坏了', '3栋，不是5栋', '3栋楼道灯坏了'],
    ['5栋楼道灯坏了', '不是5栋，是3栋', '3栋楼道灯坏了'],
    ['5栋楼道灯坏了', '不对，不是5栋，是3栋', '3栋楼道灯坏了'],
    ['5栋后面路灯坏了', '不是5栋，是3栋后面', '3栋后面路灯坏了'],
    ['3栋的人把垃圾扔到5栋后面', '不是3栋，是4栋', '4栋的人把垃圾扔到5栋后面'],
    ['5栋楼道灯坏了', '地点不对，是3栋', '3栋楼道灯坏了'],
    ['5栋楼道灯坏了', '地点改成3栋', '3栋楼道灯坏了'],
    ['小区西门路灯不亮', '说错了，在东门', '小区东门路灯不亮'],
    ['路灯不亮', '说错了，在东门', '路灯不亮，在东门'],
    ['3栋前面路灯坏了', '错了，是后面', '3栋后面路灯坏了'],
    ['3栋路灯坏了', '错了，是后面', '3栋后面路灯坏了'],
    ['3栋路灯坏了', '不对，是东门', '东门路灯坏了'],
    ['3栋的人把垃圾扔到5栋后面', '不对，是6栋后面', '3栋的人把垃圾扔到6栋后面'],
    ['建设路路灯坏了', '不对，是人民路', '人民路路灯坏了'],
    ['幸福里小区3栋灯坏了', '不对，是阳光小区', '阳光小区灯坏了'],
    ['老王家门口堆垃圾', '不对，在老李家门口', '老李家门口堆垃圾'],
  ])('the place: %s, %s', (whole, said, whatIsMeant) => expect(corrected(whole, said)).toBe(whatIsMeant));

  it.each([
    ['昨晚8点有人吵架', '不对，是9点', '昨晚9点有人吵架'],
    ['明天下午3点来修灯', '不对，是5点', '明天下午5点来修灯'],
    ['明天下午3点来修灯', '不对，是上午', '明天上午来修灯'],
    ['明天下午来修灯', '不对，是后天上午', '后天上午来修灯'],
    ['王奶奶家水管漏了', '不对，是李奶奶家', '李奶奶家水管漏了'],
    ['给我妈要一个轮椅', '不对，是我爸', '给我爸要一个轮椅'],
    ['坏了两盏路灯', '不对，是三盏', '坏了三盏路灯'],
    ['3栋2单元501水管漏了', '不对，是502', '3栋2单元502水管漏了'],
    ['有事打13800000000', '不对，是13900000001', '有事打13900000001'],
    ['3栋楼道灯坏了，明天来看', '不对，是5栋，后天', '5栋楼道灯坏了，后天来看'],
  ])('the time, the person, the number: %s, %s', (whole, said, meant) => expect(corrected(whole, said)).toBe(meant));

  it('what says another problem is no part of it', () => {
    for (const said of ['不对，是电梯坏了', '不对，是5栋的电梯坏了', '不对，我家水管漏水了']) {
      expect([said, corrected('5栋楼道灯坏了', said)]).toEqual([said, undefined]);
    }
    expect(correctionIn('路灯坏了，不是我弄的')).toBeUndefined();
  });

  it('whatever the building, the rest stays', () => {
    const place = fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom('', '后面', '门口', '2单元'))
      .map(([number, beside]) => `${number}栋${beside}`);
    const problem = fc.constantFrom('路灯坏了', '有人乱扔垃圾', '电梯停了', '下水道堵了');
    const no = fc.constantFrom('不对，是', '说错了，在', '错了，是', '弄错了，应该是');
    fc.assert(
      fc.property(place, place, problem, no, (before, then, what, wrong) => {
        const meant = corrected(`${before}${what}`, `${wrong}${then}`);
        expect(meant).toContain(what);
        expect(meant).toContain(/^\d+栋/u.exec(then)?.[0]);
      }),
    );
  });

  it('said without a no it is that place, too, and never one more', () => {
    expect(placedAnew('3栋楼道灯坏了', '是5栋', false)).toBe('5栋楼道灯坏了');
    expect(placedAnew('楼上漏水', '在5栋2单元', false)).toBe('5栋2单元漏水');
    expect(placedAnew('水管漏水', '在5栋2单元', false)).toBeUndefined();
  });
});
