import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WISH_CATEGORIES, type WishCategory } from '../../../src/features/wishes/index.ts';
import { wallText } from '../../../src/features/wishes/wall.ts';

/** The wall shows no name, phone, exact address or under-14 detail (design, section 4). */

const NAMES = ['王桂芳', '刘小燕', '欧阳明月', '张三'];
const ADDRESSES = ['人民路12号3栋2单元501', '凤凰山新村7幢302室', '老街 18 号'];
const PHONES = [
  '13912345678',
  '139 1234 5678',
  '１３９１２３４５６７８',
  '一三九一二三四五六七八',
  '0858-8223456',
  '520201195503124567',
];

const wall = (text: string, more: Partial<Parameters<typeof wallText>[0]> = {}) =>
  wallText({ title: text, text, category: 'goods', under14: false, ...more }, { names: NAMES, addresses: ADDRESSES });
const bare = (text: string) => text.normalize('NFKC').replace(/[\s-]/gu, '');

describe('the wall', () => {
  it.each([
    ['我是王桂芳，想要一台轮椅', '我是一位居民，想要一台轮椅'],
    ['桂芳想要一台轮椅', '一位居民想要一台轮椅'],
    ['王奶奶想要一台轮椅', '奶奶想要一台轮椅'],
    ['王 桂 芳想要轮椅', '一位居民想要轮椅'],
    ['住人民路12号3栋2单元501，想要轮椅', '住（地址略），想要轮椅'],
    ['住 人民路 12号 3栋2单元501', '住 （地址略）'],
    ['电话13912345678，想要轮椅', '电话（号码略），想要轮椅'],
    ['5栋2单元301的水管坏了', '（地址略）的水管坏了'],
    ['建设路9号的水管坏了', '（地址略）的水管坏了'],
    ['上海城三栋二单元五零一的灯', '上海城（地址略）的灯'],
    ['上海城3#2单元501的灯', '上海城（地址略）的灯'],
    ['上海城3栋2-501的灯', '上海城（地址略）的灯'],
    ['上海城3座1203的灯', '上海城（地址略）的灯'],
    ['上海城3-501的灯', '上海城（地址略）的灯'],
    ['上海城 3栋 2单元 501', '上海城 （地址略）'],
    ['住5楼 200元以内的轮椅', '住（地址略）200元以内的轮椅'],
    ['想要一台轮椅', '想要一台轮椅'],
  ])('%s → %s', (text, expected) => {
    expect(wall(text)).toEqual({ title: expected, text: expected });
  });

  it('keeps what is no secret: numbers of things, days and amounts', () => {
    for (const text of ['想要2床棉被', '12号之前要', '60岁了，想要一双42码的棉鞋', '每月200元的药']) {
      expect(wall(text).text).toBe(text);
    }
  });

  it('of a child under 14 shows the kind of help and nothing else, whatever was written', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom(...(Object.keys(WISH_CATEGORIES) as WishCategory[])),
        (text, category) => {
          const shown = wall(text, { category, under14: true });
          expect(shown.title).toBe(`一个孩子的心愿：${WISH_CATEGORIES[category]}`);
          expect(shown).toEqual(wall('', { category, under14: true }));
        },
      ),
    );
  });

  it('never lets through what is known to be personal, wherever and however often it stands', () => {
    const said = fc.constantFrom('想要一台轮椅', '，', '我是', '家里', '请联系', '。', '住在', ' ', 'A', '三');
    const secret = fc.constantFrom(...NAMES, ...ADDRESSES, ...PHONES);
    fc.assert(
      fc.property(fc.array(fc.oneof(said, secret), { maxLength: 12 }), (parts) => {
        const { title, text } = wall(parts.join('，'));
        for (const one of [...NAMES, ...ADDRESSES, ...PHONES].map(bare)) {
          expect(bare(text)).not.toContain(one);
          expect(bare(title)).not.toContain(one);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('has a title even when nothing of it may be shown', () => {
    expect(
      wallText({ title: '', text: '', category: 'care', under14: false }, { names: [], addresses: [] }).title,
    ).toBe('陪伴照护');
  });
});
