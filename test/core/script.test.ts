import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inSimplified } from '../../src/core/script.ts';
import { normalise } from '../../src/core/text.ts';
import { asSaid, partAsWritten } from '../../src/core/written.ts';

const han = fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCharCode(code));
const words = fc.array(han, { minLength: 1, maxLength: 30 }).map((letters) => letters.join(''));

describe('traditional characters as simplified ones', () => {
  it.each([
    ['我家電燈壞了，想請人幫忙修', '我家电灯坏了，想请人帮忙修'],
    ['認領3號', '认领3号'],
    ['後面的樓道裡堆滿雜物', '后面的楼道里堆满杂物'],
    ['衞生間的水龍頭關不緊', '卫生间的水龙头关不紧'],
    ['爺爺摔倒了，快來人', '爷爷摔倒了，快来人'],
  ])('reads %s', (written, meant) => expect(normalise(written)).toBe(meant));

  it('leaves what is simplified, and everything else, as it is', () => {
    for (const text of ['我家水管漏水了', '著名的乡镇', 'ab 12，😀', '']) expect(inSimplified(text)).toBe(text);
  });

  it('twice changes nothing more, and a part is read as in the whole', () => {
    fc.assert(
      fc.property(words, words, (one, other) => {
        expect(inSimplified(inSimplified(one))).toBe(inSimplified(one));
        expect(inSimplified(one + other)).toBe(inSimplified(one) + inSimplified(other));
        expect(inSimplified(one)).toHaveLength(one.length);
      }),
    );
  });

  it('keeps what was written: a part of it is found by what was understood', () => {
    const written = '你好！我家電燈壞了，想請人幫忙修！！';
    expect(partAsWritten(written, '我家电灯坏了')).toBe('我家電燈壞了');
    expect(asSaid({ written }, '想请人帮忙修！')).toBe('想請人幫忙修！！');
    expect(partAsWritten('電燈壞了', normalise('電燈壞了'))).toBe('電燈壞了');
  });
});
