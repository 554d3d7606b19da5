import { describe, expect, it } from 'vitest';
import {
  bodyOf,
  CATEGORIES,
  EMPTY,
  guessCategory,
  labelOf,
  missing,
  readBack,
} from '../../../miniprogram/logic/wish-form';
import { WISH_CATEGORIES } from '../../../src/features/wishes/index.ts';
import { submitInput } from '../../../src/features/wishes/inputs.ts';

describe('making a wish', () => {
  it('knows the house’s kinds of help under the house’s words', () => {
    expect(Object.fromEntries(CATEGORIES.map(({ category, label }) => [category, label]))).toEqual(WISH_CATEGORIES);
    expect(labelOf('repair')).toBe('家中维修');
  });

  it.each([
    ['想要一个小点的电饭煲', 'goods'],
    ['想要一个小点的电饭煲，家里的坏了', 'goods'],
    ['需要一个人修水管', 'repair'],
    ['厨房的灯泡坏了', 'repair'],
    ['想要个人陪我去医院', 'care'],
    ['想有人陪着去趟医院', 'care'],
    ['请帮忙取药', 'errand'],
    ['教我用手机挂号', 'study'],
    ['有没有义诊', 'service'],
    ['随便看看', 'other'],
  ] as const)('takes “%s” for %s', (text, category) => {
    expect(guessCategory(text)).toBe(category);
  });

  it('says what is missing, in a sentence', () => {
    expect(missing(EMPTY)).toContain('想要什么');
    expect(missing({ ...EMPTY, text: '老花镜', other: true })).toContain('替谁');
    expect(missing({ ...EMPTY, text: '老花镜' })).toBeUndefined();
  });

  it('reads back everything that will be sent', () => {
    const form = { ...EMPTY, text: ' 想要一副老花镜 ', urgent: true, address: '3栋', photos: ['a', 'b'] };
    expect(readBack(form)).toBe('为自己许个心愿：想要一副老花镜（物品，比较急，附了详细地址，附了2张照片）。');
    expect(
      readBack({ ...EMPTY, text: '想学写字', category: 'study', other: true, name: '小宇', relation: '孙子' }),
    ).toBe('替孙子小宇许个心愿：想学写字（学习辅导）。');
  });

  it('is taken by the house as it is sent', () => {
    const photos = ['0'.repeat(24)];
    const forms = [
      { ...EMPTY, text: '想要一副老花镜', photos },
      { ...EMPTY, text: '想要一副老花镜', other: true, name: '王奶奶', under14: false },
      {
        ...EMPTY,
        text: '想要一副老花镜',
        other: true,
        name: '小宇',
        relation: '孙子',
        under14: true,
        address: '3栋2单元',
      },
    ];
    for (const form of forms) expect(submitInput.safeParse(bodyOf(form)).error).toBeUndefined();
  });
});
