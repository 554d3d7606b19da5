import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inEcho, shown } from '../../src/core/echo.ts';
import { maskPersonal } from '../../src/core/personal.ts';
import { asWritten } from '../../src/core/written.ts';
import { digits, typed } from '../support/digits.ts';

describe('masking', () => {
  it.each([
    ['电话13812345678找我', '电话138****5678找我'],
    ['电话１３８１２３４５６７８', '电话138****5678'],
    ['打 +86 138 1234 5678', '打 138****5678'],
    ['打138-1234-5678', '打138****5678'],
    ['一三八一二三四五六七八', '138****5678'],
    ['座机0858-8223344', '座机0858-822***44'],
    ['身份证52020119480307123X', '身份证520***********X'],
    ['身份证520201480307123', '身份证520***********'],
    ['卡号6222 0212 3456 7890 123', '卡号********0123'],
    ['写信到 wang.laowu@example.com.cn', '写信到 w***@example.com.cn'],
    ['认领#0012，3栋2单元501，2026年3月12日', '认领#0012，3栋2单元501，2026年3月12日'],
  ])('%s', (text, expected) => {
    expect(maskPersonal(text)).toBe(expected);
  });

  it('leaves no mobile number readable wherever it stands', () => {
    const mobile = fc.tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 0, max: 999_999_999 }));
    fc.assert(
      fc.property(mobile, fc.string(), fc.constantFrom('', ' ', '：', '找'), ([second, rest], before, gap) => {
        const phone = `1${second}${String(rest).padStart(9, '0')}`;
        const text = `${before.replace(/[0-9A-Za-z]/g, '')}${gap}${phone}，谢谢`;
        expect(maskPersonal(text)).not.toContain(phone);
      }),
    );
  });

  it.each([
    ['QQ 12345678 找我', 'QQ ***78 找我'],
    ['加微信号ｗｘｉｄ＿ａｂｃ', '加微信号***bc'],
    ['车牌贵A·12345挡路', '车牌***45挡路'],
    ['车牌贵ａ ①②③④⑤', '车牌***45'],
    ['电话8223456', '电话***56'],
    ['电话I39O1234567', '电话139****4567'],
    ['幺三九 洞洞幺二 三四五六', '139****3456'],
    ['1⭕9️⃣，13⭕⭕1234567', '1⭕9️⃣，130****4567'],
  ])('%s → %s', (text, expected) => {
    expect(maskPersonal(text)).toBe(expected);
  });

  it.each([
    '想要１２床棉被，Ⅲ号楼，①个，㎏秤',
    '每天13:30-15:30，200元，2026-11-25 08:00-20:00',
    '1、2、3、4、5、6、7、8、9、10',
    '什么时候打12345，或者电话110',
    '微信上说了，一二三楼都停水',
    '想买新laptop',
    '家里三口人，两老一小，月入2000，药费1380.50元',
  ])('“%s” stays as it was written', (text) => {
    expect(maskPersonal(text)).toBe(text);
  });

  it('finds a number in whatever signs it is typed, also as it is stored', () => {
    const kinds = fc.constantFrom(
      ['电话', '13912345678'],
      ['', '18600013579'],
      ['身份证', '520201194803071232'],
      ['座机', '085882234567'],
      ['QQ', '287654321'],
      ['微信：', '76543219'],
      ['贵A', '13579'],
    );
    fc.assert(
      fc.property(kinds, fc.infiniteStream(fc.nat()), fc.boolean(), ([before = '', number = ''], choices, stored) => {
        const written = `${before}${typed(number, choices)}，谢谢`;
        const text = stored ? asWritten(written) : written;
        expect(digits(maskPersonal(text)), text).not.toContain(number);
        expect(maskPersonal(text), text).toContain('***');
      }),
      { numRuns: 3_000 },
    );
  });

  it('takes bounded time whatever it meets', () => {
    for (const unit of [
      '1',
      '1 ',
      '⭕',
      '1⭕',
      '一',
      '1I',
      'q',
      'q.',
      '微信',
      '微信 1',
      '贵A',
      '贵A1.',
      '0',
      'a@',
      'a@a.',
      '*',
      '1*',
      'O',
      '电话 ',
    ]) {
      const began = performance.now();
      maskPersonal(unit.repeat(2_000).slice(0, 2_000));
      expect(performance.now() - began, unit).toBeLessThan(1_000);
    }
  });
});

describe('an echo', () => {
  it.each([
    ['我叫王桂芳，住得远', '我叫王*，住得远'],
    ['我叫李强想要轮椅', '我叫李*想要轮椅'],
    ['联系人：李小强', '联系人：李*'],
    ['联系人 李小强，电话13912345678', '联系人 李*，电话139****5678'],
    ['姓名张三', '姓名张*'],
    ['我是刘小燕', '我是刘*'],
    ['老人名字叫吴秀英', '老人名字叫吴*'],
    ['户主是马国良', '户主是马*'],
    ['本人陈建国', '本人陈*'],
  ])('masks what is given as a name: %s → %s', (text, expected) => {
    expect(inEcho(text)).toBe(expected);
  });
  it.each([
    '我是金龙社区的',
    '我是高中生',
    '我是张师傅的邻居',
    '叫不醒',
    '我是社区的',
    '他姓王',
    '我叫王奶奶帮忙',
    '想要一张方桌',
    '马上叫人来',
  ])('leaves what is none: %s', (text) => {
    expect(inEcho(text)).toBe(text);
  });

  it('never shows a telephone or identity number, in whatever shape it came and wherever it is cut', () => {
    const kinds = fc.constantFrom(['电话', '13912345678'], ['身份证', '520201194803071232'], ['座机', '085882234567']);
    fc.assert(
      fc.property(
        kinds,
        fc.infiniteStream(fc.nat()),
        fc.nat(40),
        fc.nat(60),
        ([before = '', number = ''], choices, led, most) => {
          const text = `${'想要一床棉被'.repeat(7).slice(0, led)}${before}${typed(number, choices)}，谢谢`;
          const line = digits(shown(text, most + 2));
          for (let at = 0; at + 8 <= number.length; at += 1) expect(line, text).not.toContain(number.slice(at, at + 8));
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
