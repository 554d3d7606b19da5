import { describe, expect, it } from 'vitest';
import { anonymise } from '../../../src/features/talks/anonymise.ts';
import { namedIn } from '../../../src/features/talks/names.ts';

describe('a difficulty without its worker', () => {
  it.each([
    ['张小敏说张姐房贷压力大，小敏的孩子上学远', '本人说本人房贷压力大，本人的孩子上学远'],
    ['张 小 敏（小张）电话13812345678，住得远', '本人（本人）电话（号码已隐去），住得远'],
    ['老张的腰不好，微信 zhang_min99', '本人的腰不好，微信 （号码已隐去）'],
    ['工资三个月没发', '工资三个月没发'],
  ])('%s', (text, expected) => {
    expect(anonymise(text, '张小敏')).toBe(expected);
  });
  it.each([
    ['阿梅身体不好，梅姐夜里咳', '本人身体不好，本人夜里咳'],
    ['周女士、周工、周老师、周大姐和周某', '本人、本人、本人、本人和本人'],
    ['周日加班多，大周末也要来，周工作量大', '周日加班多，大周末也要来，周工作量大'],
    ['网格员小周等了一小时', '网格员本人等了一小时'],
  ])('%s', (text, expected) => {
    expect(anonymise(text, '周梅')).toBe(expected);
  });
  it('hides double surnames and strange names, and numbers spelt out', () => {
    expect(anonymise('欧阳老师家里老人要人照顾', '欧阳锋')).toBe('本人家里老人要人照顾');
    expect(anonymise('欧阳小姐说', '欧阳静')).toBe('本人说');
    expect(anonymise('小(的手机一三八一二三四五六七八', '((')).not.toContain('一三八');
  });
});

const worker = (name: string, grid = false) => ({ id: name, name, place: '990001001001', grid });
const staff = [
  worker('张敏'),
  worker('王小燕'),
  worker('王强'),
  worker('李明', true),
  worker('李敏'),
  worker('赵小燕'),
];

describe('whom a text names', () => {
  it.each([
    ['和小王谈过了', ['王小燕', '王强']],
    ['今天下午跟网格员小李谈了心，他最近压力有点大，我都记下了', ['李明']],
    ['本季度和张敏的谈心谈话完成', ['张敏']],
    ['小赵那个我昨天晚上跟他摆了一个多钟头谈心这个就算谈完了哈', ['赵小燕']],
    ['和小燕谈过了', ['王小燕', '赵小燕']],
    ['和小强谈了', ['王强']],
    ['谈过了', []],
    ['和小孙谈过了', []],
  ])('%s', (text, names) => {
    expect(namedIn(text, staff).map(({ name }) => name)).toEqual(names);
  });
});
