import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asWritten, onOneLine } from '../../../src/core/written.ts';
import { publicView } from '../../../src/features/wishes/views.ts';
import { wallText } from '../../../src/features/wishes/wall.ts';
import { digits, typed } from '../../support/digits.ts';
import { submitted } from '../../support/wishes.ts';

const onWall = (text: string) =>
  wallText({ title: '', text, category: 'goods', under14: false }, { names: [], addresses: [] }).text;

describe('what strangers may read', () => {
  it.each([
    ['我孙子叫吴小宇，在实验小学三年级二班', /吴小宇|实验小学|三年级二班/u],
    ['我老公蒋国强打我', /蒋国强|国强/u],
    ['邻居李敏家漏水', /李敏/u],
    ['加我微信号wxid_abc123', /wxid/u],
    ['QQ 12345678 找我', /12345678/u],
    ['车牌贵A12345挡路', /A12345/u],
    ['女儿在育才中学读初二', /育才/u],
  ])('of “%s” nothing says who', (text, personal) => {
    expect(onWall(text)).not.toMatch(personal);
  });

  it.each([
    '我儿子高考完了想学车',
    '老伴高血压，想要一个血压计',
    '女儿马上开学，想要一张书桌',
    '想要一个小点的电饭煲，家里的坏了',
    '孙子周末没人带',
    '想在学校门口修个雨棚',
  ])('“%s” stays as it is', (text) => {
    expect(onWall(text)).toBe(text);
  });

  it('the day on the wall is Beijing’s, and never lies ahead', () => {
    const moments = fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moments, (postedAt) => {
        const { postedAt: shown } = publicView({ ...submitted(), postedAt }, []);
        expect(new Date(shown).getTime()).toBeLessThanOrEqual(postedAt.getTime());
        expect(shown.endsWith('T16:00:00.000Z')).toBe(true);
      }),
    );
  });
});

describe('a number in whatever signs it is typed', () => {
  const said = fc.constantFrom(
    ['打我电话', '13912345678'],
    ['想要一把伞', '13912345678'],
    ['我的身份证', '520201194803071232'],
    ['加QQ', '287654321'],
    ['加我微信', '76543219'],
    ['有空找我', '76543219'],
    ['挡路的是贵A', '13579'],
  );

  it('is read neither in text nor title, nor on the wall, nor in the messages', () => {
    fc.assert(
      fc.property(said, fc.infiniteStream(fc.nat()), ([before = '', number = ''], choices) => {
        const form = before === '有空找我' ? number : typed(number, choices);
        const wish = submitted({ text: asWritten(`${before}${form}，谢谢`) });
        const title = onOneLine(`${before}${form}`);
        const given = submitted({ text: '想要一把伞', title: title.length > 30 ? '一把伞' : title });
        const shown = [wish.wall.text, wish.wall.title, given.wall.title];
        // Without a word beside it a number is only known to be somebody's where strangers read it.
        if (before !== '有空找我') shown.push(wish.title, given.title);
        for (const one of shown) expect(digits(one), one).not.toContain(number);
        expect(wish.text).toBe(asWritten(`${before}${form}，谢谢`));
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['王🌸桂🌸芳想要轮椅', /桂/u],
    ['住人民路①②号', /[①②]/u],
    ['住③栋２单元５０①', /５０/u],
  ])('“%s” neither', (text, personal) => {
    const wall = wallText({ title: '', text, category: 'goods', under14: false }, { names: ['王桂芳'], addresses: [] });
    expect(wall.text).not.toMatch(personal);
  });
});

describe('the title', () => {
  const titleOf = (text: string) => submitted({ text }).title;

  it('of a short wish is all of it', () => {
    expect(titleOf('厨房的灯泡坏了，想请人帮忙换一下')).toBe('厨房的灯泡坏了，想请人帮忙换一下');
  });

  it('of a long one is the clause that says what is wanted', () => {
    expect(titleOf('您好，我今年八十一岁了，腿脚不太方便，家里的电饭煲坏了，想要一个小点的电饭煲，谢谢')).toBe(
      '想要一个小点的电饭煲',
    );
  });

  it('never carries a number: it goes out in messages', () => {
    for (const text of [
      '我儿子电话13812345678，他住得远，帮他申请个轮椅',
      '电话13812345678',
      '打 138-1234-5678 找我',
    ]) {
      expect(titleOf(text)).not.toMatch(/\d{5,}|1234/u);
    }
    expect(titleOf('我儿子电话13812345678，他住得远，帮他申请个轮椅')).toBe('帮他申请个轮椅');
  });
});
