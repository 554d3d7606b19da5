import { expect, it } from 'vitest';
import { titleOf } from '../../../src/features/wishes/title.ts';

/** What a list shows of a wish: one line that says what is wanted, whatever stands around it. */
it.each([
  ['想要一个电饭煲', '想要一个电饭煲'],
  ['同志 我想要个轮椅', '我想要个轮椅'],
  ['您好，社区的同志：想要一床被子！！', '想要一床被子'],
  ['你好', '你好'],
  ['书记，好久没见', '好久没见'],
  ['想要\n一床\n被子', '想要 一床 被子'],
  ['您好，我叫王秀英，今年八十一岁了，想要一个电饭煲，旧的坏了', '想要一个电饭煲'],
  ['我儿子电话13812345678，他住得远，帮他申请个轮椅', '帮他申请个轮椅'],
  ['👨‍👩‍👧‍👦'.repeat(30), `${'👨‍👩‍👧‍👦'.repeat(19)}…`],
])('%j is called “%s”', (text, title) => {
  expect(titleOf(text)).toBe(title);
});
