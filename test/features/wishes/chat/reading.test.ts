import { describe, expect, it } from 'vitest';
import { beneficiaryIn } from '../../../../src/core/beneficiary.ts';
import { meant, reasonBesidesDate, saidBesides, saidInCommand } from '../../../../src/core/said-besides.ts';

describe('for whom', () => {
  it.each([
    ['帮我妈报个修，她屋头门锁拧不动了', '母亲', false],
    ['帮我爸交一下电费', '父亲', false],
    ['我家老者耳朵背得很，想帮他求个助听器', '父亲', false],
    ['我家对门的吴爷爷不会用手机', '吴爷爷', false],
    ['帮2栋周婆婆登记个微心愿', '周婆婆', false],
    ['3楼独居的龙奶奶要去银行', '龙奶奶', false],
    ['我外婆九十七岁瘫在床上', '外婆', false],
    ['我奶奶爱唱山歌', '奶奶', false],
    ['我孙孙马上读一年级了', '孙子', true],
    ['孙女英语作业我一个字母都认不到', '孙女', true],
    ['娃儿初二数学老是不及格', '孩子', true],
    ['儿子在上大学想要个电脑', '儿子', false],
    ['登记心愿：留守儿童小宇，父母都在外省', '小宇', true],
    ['隔壁杨大伯眼睛看不见', '杨大伯', false],
  ])('%s → %s', (text, name, under14) => {
    expect(beneficiaryIn(text)).toMatchObject({ name, under14 });
  });
  it('names nobody where nobody is named', () => {
    for (const text of ['我们9栋有三个老人想理发', '想要一个轮椅', '']) expect(beneficiaryIn(text)).toBeUndefined();
  });
});

describe('what is said besides the command', () => {
  it.each([
    ['退回12号 家里有急事', '家里有急事'],
    ['12号退回，要出差', '要出差'],
    ['3号我搞不赢咯 单位临时喊加班 退回去给别个接嘛', '3号我搞不赢咯 单位临时喊加班 退回去给别个接嘛'],
    ['36号办完了', undefined],
    ['办结12号', undefined],
    ['办结12号 锅已经送到', '锅已经送到'],
    ['把12号办结了，老人家高兴得很', '老人家高兴得很'],
    ['退回3号', undefined],
    ['#0041我这边去不了了，麻烦放回心愿池', '#0041我这边去不了了，麻烦放回心愿池'],
  ])('%s → %s', (text, words) => {
    expect(saidBesides(text)).toBe(words);
  });
  it.each([
    ['已经办好送到家', 2, '已经办好送到家'],
    ['搞定了', 2, '搞定了'],
    ['要退', 2, '要退'],
    ['没有', 2, undefined],
    ['没得。', 2, undefined],
    ['办结2号', 2, undefined],
    ['办结2', 2, undefined],
    ['二号办完了', 2, undefined],
    ['办结2号，锅送到了', 2, '锅送到了'],
  ])('in a command, the words are the note as they are: %s', (text, number, note) => {
    expect(saidInCommand(text, number)).toBe(note);
  });
  it.each(['没有', '无', '没得', '没有了', '没有原因', '没什么', '不用了', '。', '', '1'])(
    '“%s” is no note',
    (text) => {
      expect(meant(text)).toBeUndefined();
    },
  );
  it.each(['没有货', '没得空', '无法上门', '好的', '没有电梯'])('“%s” is one', (text) => {
    expect(meant(text)).toBe(text);
  });
  it('leaves the day out of a reason for more time', () => {
    expect(reasonBesidesDate('12号延到下周五，等货')).toBe('等货');
    expect(reasonBesidesDate('12号延到下周五')).toBeUndefined();
    expect(reasonBesidesDate('7号心愿的轮椅还没到货，想延到下周三')).toBe('7号心愿的轮椅还没到货，想延到下周三');
  });
});
