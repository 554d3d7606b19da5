import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../src/core/text.ts';
import { asWritten, onOneLine, partAsWritten } from '../../src/core/written.ts';

describe('what somebody wrote is kept as it is', () => {
  it.each([
    'http://example.com//a??b',
    '好好好好好好',
    '第一行\n第二行\n\n  第三行',
    '字'.repeat(501),
    '一家👨‍👩‍👧‍👦，👍🏽，🏳️‍🌈，1️⃣，🇨🇳，🏴󠁧󠁢󠁥󠁮󠁧󠁿，❤️',
    '１３８ＡＢ，全角',
    '喊了三回！！！都不来？？',
    '🙂🙂🙂🙂',
    '[急]三栋停水',
    '⭐⭐⭐',
  ])('%j', (text) => {
    expect(asWritten(text)).toBe(text.normalize('NFC'));
    expect(asWritten(` \n${text}\u3000`)).toBe(text);
  });

  it.each([
    ['认\u200b领\ufeff3号\u0000', '认领3号'],
    ['138\u200d1234\u20605678', '13812345678'],
    ['王\u200d秀\ufe0f英', '王秀英'],
    ['\u202e倒着的\u202c', '倒着的'],
    ['一\r\n二\r三\u2028四\t五', '一\n二\n三\n四 五'],
    ['e\u0301', '\u00e9'],
    ['\ud83d 半个', '半个'],
    ['\u200d\u200d', ''],
    [`🏴${'\u{e0031}'.repeat(11)}\u{e007f}好`, '🏴好'],
    [`❤${'\ufe0e\ufe0f'.repeat(9)}好`, '❤\ufe0e好'],
    [' \u3164\u00ad\n\u115f', ''],
  ])('but what nobody sees: %j is %j', (text, expected) => {
    expect(asWritten(text)).toBe(expected);
  });

  it('once kept it stays, and hides nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const kept = asWritten(text);
        expect(asWritten(kept)).toBe(kept);
        expect(kept.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\u200b\u202a-\u202e\u2066-\u2069\ufeff]/u);
        expect(onOneLine(kept)).not.toContain('\n');
      }),
      { numRuns: 2_000 },
    );
  });

  it('of what has one line the lines are joined', () => {
    expect(onOneLine('王\n 秀英 \r\n奶奶')).toBe('王 秀英 奶奶');
  });
});

describe('a part of it', () => {
  it.each([
    ['谢谢！！！\n要 一床被子！！', '要 一床被子！', '要 一床被子！！'],
    ['登记心愿：请看http://example.com//a', '请看http:/example.com/a', '请看http://example.com//a'],
    ['退回３号　家里\n有急事。。。', '家里 有急事。', '家里\n有急事。。。'],
    ['好好好好好好，要得', '好好好', '好好好好好好'],
    ['不是，想要㎏秤', '想要kg秤', '想要㎏秤'],
    ['办结1号 一家👨‍👩‍👧‍👦都好', '一家👨👩👧👦都好', '一家👨‍👩‍👧‍👦都好'],
    ['第一行\n第二行', '第一行 第二行', '第一行\n第二行'],
  ])('%j, understood as %j, is %j', (written, part, expected) => {
    expect(partAsWritten(asWritten(written), part)).toBe(expected);
  });

  it('is never anything else than what was understood', () => {
    const text = fc
      .array(
        fc.constantFrom('要', '一', '床', '被子', '！', '！', ' ', '\n', '，', '好', 'ｋ', '7', '👨‍👩‍👧‍👦', 'http://'),
      )
      .map((all) => asWritten(all.join('')));
    fc.assert(
      fc.property(text, fc.nat(40), fc.nat(40), (written, a, b) => {
        const understood = normalise(written);
        const part = understood.slice(Math.min(a, b), Math.max(a, b)).trim();
        const found = partAsWritten(written, part);
        if (found === undefined) return;
        expect(written).toContain(found);
        expect(normalise(found)).toBe(part);
      }),
      { numRuns: 1_000 },
    );
    expect(partAsWritten('想要一床被子', '电饭煲')).toBeUndefined();
    expect(partAsWritten('想要一床被子', '')).toBeUndefined();
  });

  it('is looked for in bounded time, whatever was written', () => {
    for (const unit of ['好！', 'ab，', '！', '👨‍👩‍👧‍👦', 'e\u0301']) {
      const written = unit.repeat(2_000);
      const began = performance.now();
      partAsWritten(written, `${normalise(written).slice(0, 200)}x`);
      partAsWritten(written, '好！ab');
      expect(performance.now() - began).toBeLessThan(2_000);
    }
  });
});
