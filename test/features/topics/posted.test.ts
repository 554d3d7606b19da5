/** What neighbours read of what one of them wrote: neither how to reach them nor at which door they live. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { postedWords } from '../../../src/features/topics/posted.ts';

const number = (from: number, to: number) => fc.integer({ min: from, max: to }).map(String);
const inWords = (digits: string) => [...digits].map((one) => '零一二三四五六七八九'[Number(one)]).join('');
const room = fc.tuple(number(1, 33), number(1, 9)).map(([floor, flat]) => `${floor}0${flat}`);
const door = fc.oneof(
  fc.tuple(number(1, 30), number(1, 6), room).map(([a, b, c]) => `${a}栋${b}单元${c}`),
  fc.tuple(number(1, 30), room).map(([a, b]) => `${a}号楼${b}室`),
  fc.tuple(number(1, 30), number(1, 6), room).map(([a, b, c]) => `${a}-${b}-${c}`),
  fc.tuple(number(1, 9), room).map(([a, b]) => `${inWords(a)}栋${inWords(b)}`),
  room.map((one) => `${one}室`),
  number(1, 200).map((one) => `人民路${one}号`),
);
const phone = fc.tuple(fc.constantFrom('13', '15', '18'), fc.stringMatching(/^\d{9}$/)).map((parts) => parts.join(''));
const around = fc.constantFrom('', '我家住', '灯太暗，', '找我：', '请到');
const after = fc.constantFrom('', '，谢谢', '门口放不下', '。大家看看');

it('lets nothing out that a stranger could ring at or knock at, however often it is posted', () => {
  fc.assert(
    fc.property(around, door, after, phone, (before, at, behind, call) => {
      const shown = postedWords(`${before}${at}${behind}，电话${call}`);
      expect(shown).not.toContain(at);
      expect(shown).not.toContain(call);
      expect(shown).not.toMatch(/\d{3}/u);
      expect(postedWords(shown)).toBe(shown);
    }),
  );
});

it.each([
  '小区7栋装电梯',
  '3栋2单元楼道灯坏了',
  '5号楼三楼太暗',
  '7栋有120户，每户出300元',
  '3栋500元，4栋600元',
  '3号电梯和12号车位',
  '2026-03-25晚上7点到8点',
  '附议12号议题',
  '一栋一百二十户人家',
  '同意80%，反对20%',
])('leaves %s as it is', (words) => {
  expect(postedWords(words)).toBe(words);
});
