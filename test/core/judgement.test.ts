import { describe, expect, it } from 'vitest';
import { complaintIn, isPlainJudgement, isSubjectOf } from '../../src/core/judgement.ts';

describe('what says that something is not done', () => {
  it.each([
    ['还是很臭', ''],
    ['还在漏', ''],
    ['又漏了', ''],
    ['没修好', ''],
    ['没得弄好', ''],
    ['事件12号没好', ''],
    ['1号根本没解决', ''],
    ['怎么还是没人来', ''],
    ['你们来了等于没来', ''],
    ['照样吵', ''],
    ['路灯还是不亮', '路灯'],
    ['3栋的下水道又堵了', '下水道'],
    ['台灯不好使', '台灯'],
    ['垃圾还没清干净', '垃圾'],
    ['结果没有用，还是臭', ''],
    ['还是一闪一闪的', ''],
    ['还是老样子', ''],
    ['还是那么吵', ''],
    ['又有人乱停车', ''],
    ['又翘起来了', ''],
    ['还是很臭，麻烦你们了，谢谢', ''],
    ['路灯又不亮了，谢谢', '路灯'],
  ])('%s', (text, subject) => {
    expect(complaintIn(text)).toEqual({ subject });
  });

  it.each([
    '满意',
    '修好了',
    '修好了没有',
    '还没好吗',
    '什么时候才修好，还没人来',
    '不臭了，谢谢',
    '没问题了',
    '还是很满意',
    '还是你们好，修得快',
    '还是你们行',
    '还是社区好',
    '又来麻烦你们了，谢谢',
    '又要麻烦你们了',
    '还是要谢谢你们',
    '又有人来收垃圾了，谢谢',
    '又来打扰了，不好意思',
    '又亮了',
    '灯又好了，还是你们有办法',
    '我还没去看',
    '没来得及看',
    '路灯坏了',
    '想要一个台灯',
    '确认',
  ])('%s is no complaint', (text) => {
    expect(complaintIn(text)).toBeUndefined();
  });

  it.each([
    ['', '路灯坏了', true],
    ['灯', '楼道的灯坏了', true],
    ['厕所', '公厕臭得很', true],
    ['下水道', '路灯坏了', false],
    ['垃圾桶', '垃圾堆起没人收', true],
    ['井盖', '垃圾堆起没人收', false],
  ])('of %s may be said of “%s”: %s', (subject, title, expected) => {
    expect(isSubjectOf(subject, title)).toBe(expected);
  });

  it.each([
    ['不太满意，盖子是坏的', true],
    ['事件3号不满意', true],
    ['3号打4分', true],
    ['不满意的话我收回', false],
    ['还是很臭', false],
  ])('%s judges by itself: %s', (text, expected) => {
    expect(isPlainJudgement(text)).toBe(expected);
  });
});
