import { describe, expect, it } from 'vitest';
import { isArrival } from '../../../../src/features/incidents/chat/arrival.ts';
import { housesIn } from '../../../../src/features/incidents/chat/houses.ts';

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
    '8栋楼顶着火了，烟堵住了楼道，快来人',
    '5栋着火了，消防车还没到场',
    '8栋也着火了，人拉不出来，救护车没到场',
    '没有人到场',
    '消防车到现在都没到场',
    '着火了，消防车到了吗',
    '着火了，消防车到了没有',
    '着火了，什么时候到场',
    '请快点到现场，着火了',
    '电停了，老人在喘气',
    '水停了，着火了灭不了',
    '一个老人被拉走了',
    '孩子被人接走了',
    '有人拿刀把人控制住了',
    '阀门断了，煤气漏得凶',
    '我家煤气漏了，阀门关了，头晕',
    '火又燃起来了，消防车到了',
    '我妈晕倒了，救护车还没有来',
  ])('tells of a danger: %s', (text) => {
    expect(isArrival(text)).toBe(false);
  });
});

describe('the buildings that are named', () => {
  it.each([
    ['3栋2单元着火了', ['3栋']],
    ['三号楼和5幢', ['3栋', '5栋']],
    ['a座冒烟，3-2-501', ['A栋', '3栋']],
    ['建设路26号起火', ['26号']],
    ['119来了3辆车，事件3号', []],
  ])('in: %s', (text, houses) => {
    expect([...housesIn(text)].sort()).toEqual([...houses].sort());
  });
});
