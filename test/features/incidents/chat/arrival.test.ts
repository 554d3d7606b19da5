import { describe, expect, it } from 'vitest';
import { isArrival } from '../../../../src/features/incidents/chat/arrival.ts';

describe('who comes to help', () => {
  it.each([
    '着火到场了',
    '到现场了，火灭了',
    '我们已经赶到现场，里面没人',
    '在现场，火势很大，再派两个人来',
    '火已经扑灭了',
    '煤气阀门关了，窗子也开了',
    '消防车到了',
    '人已经送上救护车了',
    '情况控制住了',
    '老人已经劝下来了，人救下来了',
  ])('says so: %s', (text) => {
    expect(isArrival(text)).toBe(true);
  });

  it.each([
    '2栋起火了',
    '3栋又有一处起火了，我在现场',
    '另外一家也着火了，刚到现场',
    '煤气漏了快来人',
    '有人晕倒了',
    '水管爆了',
    '我到家了',
    '火很大，灭不了',
  ])('tells of a danger: %s', (text) => {
    expect(isArrival(text)).toBe(false);
  });
});
