import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_TEXT, maskName, maskPhone, normalise, similarity } from '../../src/core/text.ts';

describe('normalise', () => {
  it.each([
    ['ＨＬ７Ｋ３Ｍ　＃００１２', 'HL7K3M #0012'],
    ['认\u200b领\ufeff3号\u0000', '认领3号'],
    ['谢谢[合十][玫瑰][玫瑰]', '谢谢🙏🌹'],
    ['收到[OK]', '收到👌'],
    ['[微笑][撇嘴]', '🙂'],
    ['[急]三栋停水', '[急]三栋停水'],
    ['快来人！！！！', '快来人！'],
    ['？？？', '？'],
    ['好。。。。的……', '好。的…'],
    ['喊物业三回，都说不归他们管：真的？', '喊物业三回，都说不归他们管：真的？'],
    ['哈哈哈哈哈哈哈', '哈哈哈'],
    ['电话13800000000', '电话13800000000'],
    ['给四颗星⭐⭐⭐⭐', '给四颗星⭐⭐⭐⭐'],
    ['第一行\r\n\r\n  第二行<br/>第三行', '第一行 第二行 第三行'],
    ['好<img class="qqemoji qqemoji13" text="[呲牙]_web" src="/x.gif">的', '好😁的'],
    ['⑫号 1️⃣', '12号 1'],
    ['\ud83d 半个', '半个'],
    [' \u3164 \t\n', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(normalise(text)).toBe(expected);
  });

  it('is stable, bounded and well formed for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const once = normalise(text);
        expect(once.length).toBeLessThanOrEqual(LONGEST_TEXT);
        expect(once).not.toMatch(/\p{Cs}/u);
        expect(normalise(once)).toBe(once);
        expect(once).not.toMatch(/[\p{Cc}\u200b-\u200f\ufeff]/u);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['﷽', '！', '哈', ' ', '[微笑]', '<img ', '1', '\u0300', '<br', 'a@'])(
    'takes a megabyte of %j in bounded time',
    (unit) => {
      const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
      const started = performance.now();
      expect(normalise(text).length).toBeLessThanOrEqual(LONGEST_TEXT);
      expect(performance.now() - started).toBeLessThan(250);
    },
  );
});

describe('masking', () => {
  it('masks a phone and a name given by themselves', () => {
    expect(maskPhone('13812345678')).toBe('138****5678');
    expect(maskPhone('+86 138-1234-5678')).toBe('138****5678');
    expect(maskPhone('8223344')).toBe('****44');
    expect(maskPhone('110')).toBe('****');
    expect(maskName('张三')).toBe('张*');
    expect(maskName('欧阳修文')).toBe('欧阳*');
    expect(maskName('王')).toBe('*');
    expect(maskName(' 阿依·古丽 ')).toBe('阿*');
  });
});

describe('similarity', () => {
  it('knows the same wish in other words from a different one', () => {
    const lamp = '三单元楼道灯坏了，晚上看不见';
    expect(similarity(lamp, lamp)).toBe(1);
    expect(similarity(lamp, '3单元楼道的灯坏了，晚上看不见路')).toBeGreaterThan(0.6);
    expect(similarity(lamp, '想要一床厚棉絮')).toBeLessThan(0.15);
    expect(similarity('', '')).toBe(0);
    expect(similarity('！！', '灯')).toBe(0);
    expect(similarity('灯', '灯。')).toBe(1);
  });

  it('is symmetric and stays between 0 and 1', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const alike = similarity(a, b);
        expect(alike).toBe(similarity(b, a));
        expect(alike).toBeGreaterThanOrEqual(0);
        expect(alike).toBeLessThanOrEqual(1);
      }),
    );
  });
});

it('texts of ordinary letters come to the same shape by the short way as by the long one', () => {
  const ordinary = fc.stringMatching(/^[妈好三0a 。，！？…（）]{0,20}$/u);
  fc.assert(
    fc.property(ordinary, (text) => {
      // Something unseen is taken out, and asks for the long way.
      expect(normalise(text)).toBe(normalise(`${text}\u200b`));
    }),
    { numRuns: 2_000 },
  );
});
