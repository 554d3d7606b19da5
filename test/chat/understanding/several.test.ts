import { describe, expect, it } from 'vitest';
import { dateSlipIn } from '../../../src/chat/understanding/date-slips.ts';
import { findDates } from '../../../src/chat/understanding/dates.ts';
import { understand } from '../../../src/chat/understanding/index.ts';
import { addedIn, eachNumberIn, itemsIn } from '../../../src/chat/understanding/several.ts';

describe('an enumeration', () => {
  it.each([
    ['我有三件事：一要个电饭煲，二要人修灯泡，三要人陪我去医院', ['要个电饭煲', '要人修灯泡', '要人陪我去医院']],
    ['1、想要一床被子 2、厨房灯坏了想换', ['想要一床被子', '厨房灯坏了想换']],
    [
      '1. 想要一床被子。2. 修一下门锁。3. 问下我的心愿到哪步了',
      ['想要一床被子。', '修一下门锁。', '问下我的心愿到哪步了'],
    ],
    ['第一想要个锅，第二帮我磨刀', ['想要个锅', '帮我磨刀']],
    ['第一件是要个轮椅；第二件是修水管', ['要个轮椅', '修水管']],
    ['①想要拐杖②想要老花镜', undefined],
    ['①想要拐杖，②想要老花镜', ['想要拐杖', '想要老花镜']],
  ])('%s', (text, items) => {
    expect(itemsIn(text)).toEqual(items);
  });
  it.each([
    '想要一床被子，二手的也行',
    '一个电饭煲，两个碗',
    '3栋2单元501',
    '1号办好了，2号还没',
    '买10斤米，20斤面',
    '一要就是一整天',
    '第二个我来',
  ])('%s is none', (text) => {
    expect(itemsIn(text)).toBeUndefined();
  });
});

describe('a matter added in passing', () => {
  it.each([
    ['还想要个拐杖，顺便问下我的轮椅到哪一步了', ['想要个拐杖', '问下我的轮椅到哪一步了']],
    ['想要一床被子，另外屋头灯坏了帮我修哈', ['想要一床被子', '屋头灯坏了帮我修哈']],
    ['想要个锅。对了，1号办得怎么样了', ['想要个锅', '1号办得怎么样了']],
    ['想要个锅，还有一件事，我要认领3号', ['想要个锅', '我要认领3号']],
  ])('%s', (text, parts) => {
    expect(addedIn(text)).toEqual(parts);
  });
  it('is none in one sentence', () => {
    for (const text of ['想要一床被子', '屋头没得米了，也没得油了', '我还没吃饭'])
      expect(addedIn(text)).toBeUndefined();
  });
});

describe('the same said of several numbers', () => {
  it.each([
    ['3号4号都办好了', ['3号办好了', '4号办好了']],
    ['3号和5号都办好了', ['3号办好了', '5号办好了']],
    ['认领3号和5号', ['认领3号', '认领5号']],
    ['撤回1号、2号', ['撤回1号', '撤回2号']],
    ['撤回1、2、3号', ['撤回1号', '撤回2号', '撤回3号']],
    ['三号跟四号我认领', ['三号我认领', '四号我认领']],
  ])('%s', (text, each) => {
    expect(eachNumberIn(text, [])).toEqual(each);
  });
  it('needs two of them side by side', () => {
    for (const text of ['3号办好了', '3号楼4号门的灯', '认领3号，我住5号楼', '3号办好了，4号延到下周五']) {
      expect(eachNumberIn(text, [])).toBeUndefined();
    }
  });
  it('leaves the label of the whole as it is', () => {
    const now = new Date('2026-03-09T10:00:00+08:00');
    expect(understand({ text: '3号4号都办好了', role: 'worker', place: 'private', now })).toMatchObject({
      intent: 'wish.done',
      slots: { number: 3 },
    });
  });
});

it('延到4月 is no four months from now', () => {
  const now = new Date('2026-03-09T10:00:00+08:00');
  expect(findDates('延到4月', now)).toEqual([]);
  expect(findDates('延到4个月后', now)).toMatchObject([{ day: '2026-07-09' }]);
});

describe('a day nothing can be put off to', () => {
  const now = new Date('2026-03-09T10:00:00+08:00');
  it.each([
    ['2号延期到2020年1月1日', false, '2020年1月1日', 'past'],
    ['延期到2027年2月30日', false, '2027年2月30日', 'no_such_day'],
    ['延到4月31号', false, '4月31号', 'no_such_day'],
    ['2月30号', true, '2月30号', 'no_such_day'],
    ['13月1号', true, '13月1号', 'no_such_day'],
    ['2027年2月29日', true, '2027年2月29日', 'no_such_day'],
    ['昨天', true, '昨天', 'past'],
    ['延到昨天', false, '昨天', 'past'],
  ] as const)('%s', (text, asked, said, why) => {
    expect(dateSlipIn(text, now, asked)).toEqual({ said, why });
  });
  it.each([
    ['2号延期，昨天货没到', false],
    ['延到下周五', false],
    ['3月20号', true],
    ['2028年2月29日', true],
    ['昨天没到货，延到下周五', true],
    ['家里有事', true],
    ['3.5公斤', true],
  ] as const)('%s is none', (text, asked) => {
    expect(dateSlipIn(text, now, asked)).toBeUndefined();
  });
});
