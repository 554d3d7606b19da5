import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALIKE, likenessOf } from '../../../src/features/wishes/likeness.ts';

describe('how alike two wishes are', () => {
  it.each([
    ['想要一个电饭煲', '想要一个暖水袋'],
    ['想请人来家里修水管', '想请人来家里修电视机'],
    ['想要一双棉鞋', '想要一双雨鞋'],
    ['想要一个血压计', '想要一个血糖仪'],
    ['您好，麻烦社区帮忙找个人陪我去医院', '您好，麻烦社区帮忙找个人教我用手机'],
    ['希望有人帮忙换一下灯泡', '希望有人帮忙磨一下菜刀'],
    ['想要', '想要一个'],
    ['', ''],
  ])('not for asking alike: %s / %s', (a, b) => {
    expect(likenessOf(a, b)).toBeLessThan(ALIKE / 1.5);
  });

  it.each([
    ['想要一个电饭煲', '想要一个电饭煲'],
    ['想要一个电饭煲', '家里的电饭煲坏了，想要个新的电饭煲'],
    ['想要一个电饭煲', '同志你好，我屋头的电饭煲坏了，煮不成饭，想要一个小点的电饭煲，要得不'],
    ['想要一个轮椅', '想借一个轮椅给老人用几天'],
    ['想要一床棉被', '想要一床厚棉被'],
    ['帮忙理发', '想请人上门理一下发，理发'],
    ['磨菜刀', '请个人磨两把菜刀'],
  ])('for being about the same: %s / %s', (a, b) => {
    expect(likenessOf(a, b)).toBeGreaterThanOrEqual(ALIKE);
  });

  it('is the same either way, between 0 and 1, and whole for the same words', () => {
    const words = fc.array(fc.constantFrom('想要', '一个', '电饭煲', '修', '水管', '，', '轮椅', '👍', 'TV'), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(words, words, (x, y) => {
        const [a, b] = [x.join(''), y.join('')];
        const likeness = likenessOf(a, b);
        expect(likeness).toBe(likenessOf(b, a));
        expect(likeness).toBeGreaterThanOrEqual(0);
        expect(likeness).toBeLessThanOrEqual(1);
        expect([0, 1]).toContain(likenessOf(a, a));
      }),
    );
  });
});
