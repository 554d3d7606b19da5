import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshCode, itemFields, itemOf, valuesOf } from '../../../miniprogram/logic/duty-item';
import { itemLines, nextPack, packFields } from '../../../miniprogram/logic/duty-pack';
import {
  type DutyPack,
  type Item,
  inOrder,
  latestOf,
  packCard,
  ruleWords,
} from '../../../miniprogram/logic/duty-packs';
import { happenedFields, happenedWords, happeningsOf, unfilled } from '../../../miniprogram/logic/happened';
import { isPlaceholder, packSchema } from '../../../src/features/duties/pack.ts';
import { SHIPPED } from '../../../src/features/duties/packs.ts';

const TODAY = '2026-03-09';
const NOW = new Date(`${TODAY}T02:00:00Z`);
const shipped = SHIPPED.map((pack) => ({ ...pack, placeholder: isPlaceholder(pack), inForce: true }) as DutyPack);
const packOf = (code: string) => latestOf(shipped, code) as DutyPack;
const arriving: Item = {
  code: 'item-1',
  title: '吵架必到',
  kind: 'arrive',
  rule: { on: 'quarrel', within: { hours: 2 } },
};
const own: DutyPack = { ...packOf('liu-bidao'), area: '990001', placeholder: false, items: [arriving] };

const whole = fc.integer({ min: 1, max: 99 });
const rule = fc.oneof(
  fc.record({ times: whole, per: fc.constantFrom('week' as const, 'month' as const, 'quarter' as const) }),
  fc
    .record({ red: whole, yellow: whole, green: whole }, { requiredKeys: [] })
    .filter((days) => Object.keys(days).length > 0)
    .map((everyDays) => ({ everyDays: everyDays as Record<string, number> })),
  fc.record({
    on: fc.constant('quarrel'),
    within: fc.oneof(
      whole.map((hours) => ({ hours })),
      whole.map((days) => ({ days })),
    ),
  }),
);
const item = fc
  .record({ rule, title: fc.constantFrom('必到', '每周 走访'), rest: fc.boolean(), flagged: fc.boolean() })
  .map(
    ({ rule: given, title, rest, flagged }): Item => ({
      code: 'item-1',
      title,
      kind: 'visit',
      rule: given,
      ...('per' in given && { who: ['worker', 'care_keeper'] }),
      ...('everyDays' in given && flagged && { flags: ['living_alone', 'disabled'] }),
      ...(rest && { restDays: true }),
    }),
  );

describe('a rule that is written on the phone', () => {
  it('comes out of its form as it went in, and the house takes it', () => {
    fc.assert(
      fc.property(item, (one) => {
        expect(itemOf(one, 'liu-bidao', valuesOf(one))).toEqual({ item: one });
        const values = { effectiveFrom: TODAY, source: ' 通知 ', area: '990001' };
        const body = nextPack(packOf('liu-bidao'), { version: 1, items: [one], values });
        expect(packSchema.parse(body)).toMatchObject({ area: '990001', source: '通知', verified: false });
      }),
      { numRuns: 50 },
    );
    for (const pack of shipped)
      for (const one of pack.items) expect(itemOf(one, pack.code, valuesOf(one))).toEqual({ item: one });
  });

  it.each([
    [{ title: '' }, 'title'],
    [{ times: '两次' }, 'times'],
    [{ times: '0' }, 'times'],
    [{ who: [] }, 'who'],
    [{ how: 'event', many: '24' }, 'unit'],
    [{ how: 'event', unit: 'hours' }, 'many'],
    [{ how: 'care' }, 'red'],
    [{ how: 'care', green: '400' }, 'green'],
  ])('says at the field what is wrong: %j', (change, field) => {
    const values = { title: '走访', kind: 'visit', how: 'week', times: '2', who: ['worker'], flags: [], ...change };
    const made = itemOf({ code: 'item-1', title: '' }, 'p', values);
    expect(Object.keys('wrong' in made ? made.wrong : {})).toEqual([field]);
    expect(itemFields(values.how as 'week').map(({ name }) => name)).toContain(field);
  });

  it('takes numbers as people write them, and names what happens after its pack', () => {
    const values = { title: '着火必到', kind: 'arrive', how: 'event', many: ' ２ ', unit: 'hours', flags: [] };
    const made = itemOf({ code: 'item-3', title: '' }, 'liu-bidao', values);
    expect(made).toMatchObject({ item: { rule: { on: 'liu-bidao-item-3', within: { hours: 2 } } } });
    expect(freshCode([{ code: 'item-2' }])).toBe('item-3');
  });

  it('shows the house’s refusals where they belong', () => {
    const wrong = { source: '请填写出处', 'items.1.title': '名称太长了' };
    const fields = packFields([{ value: '990001', label: '清溪区' }], NOW, wrong);
    expect(fields.map(({ name, wrong: said }) => [name, said])).toEqual([
      ['area', undefined],
      ['effectiveFrom', undefined],
      ['source', '请填写出处'],
    ]);
    expect(itemLines([arriving, arriving], wrong).map((line) => line.wrong)).toEqual(['', '名称太长了。']);
  });
});

describe('a rule that is read', () => {
  it('says in words what it asks for, and plainly what nobody has filled in or checked', () => {
    const words = (code: string) => packOf(code).items.map(ruleWords);
    expect(words('liang-zoufang')).toEqual(['社区工作者、网格员每周走访2次', '社区工作者、网格员每周排查2次']);
    expect(words('in-care')).toEqual(['关爱对象：红色7天一次，休息日也要做', '关爱对象：黄色15天一次，绿色30天一次']);
    expect(ruleWords(arriving)).toBe('事情发生后2小时内到场');
    for (const code of ['liu-bidao', 'qi-bifang', 'ba-bibao']) {
      const card = packCard(packOf(code), shipped, {}, TODAY);
      expect(card).toMatchObject({ tags: [{ word: '待填写' }, { word: '未核实' }], unchecked: false, latest: true });
      expect(card.items.map(({ rule }) => rule)).toEqual([`${packOf(code).items.length}项都还没有填写`]);
    }
  });

  it('holds until the next version does, and in its own place by itself', () => {
    const first = packOf('liang-zoufang');
    const next = { ...first, version: 2, effectiveFrom: '2026-04-01' };
    const all = [...shipped, next, own];
    const tag = (pack: DutyPack, day: string) => packCard(pack, all, { 990001: '清溪区' }, day).tags[0]?.word;
    expect([tag(first, TODAY), tag(next, TODAY), tag(first, '2026-04-01'), tag(next, '2026-04-01')]).toEqual([
      '现在用的',
      '还没生效',
      '换新版了',
      '现在用的',
    ]);
    expect(packCard(own, all, { 990001: '清溪区' }, TODAY)).toMatchObject({ where: '只在清溪区用', unchecked: true });
    expect(inOrder(all).slice(0, 2)).toEqual([next, first]);
  });
});

describe('what happened', () => {
  it('can be reported by the rules that hold, and says which say nothing yet', () => {
    const packs = [...shipped.map((one) => ({ ...one, inForce: one.code !== 'liu-bidao' })), own];
    expect(happeningsOf(packs)).toEqual([{ value: 'quarrel', label: '吵架必到（未核实）' }]);
    expect(unfilled(packs)).toEqual(['八必报']);
    expect(happenedFields({ events: [], places: [], people: [] }, NOW).map(({ name }) => name)).toContain('bearer');
  });

  it('tells who comes and by when', () => {
    const made = { bearer: { id: 'a', name: '何春梅' }, title: '吵架必到', by: '2026-03-10' };
    expect(happenedWords(made as never, 'b', NOW)).toBe('“吵架必到”记下了，已经告诉何春梅，最晚3月10日（明天）。');
    expect(happenedWords(made as never, 'a', NOW)).toContain('由您去');
  });
});
