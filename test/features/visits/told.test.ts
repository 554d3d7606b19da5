import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { missedOf, namedIn, readVisit } from '../../../src/features/visits/told.ts';

const TODAY = '2026-03-09';

describe('a message about a visit', () => {
  it.each([
    ['今天走访了3户,都正常;2栋那位老人家里灯坏了', 3, 'visit', false, ['2栋那位老人家里灯坏了']],
    ['今天走访了四户,每户都正常', 4, 'visit', true, []],
    ['走访了3户老人和2户低保', 5, 'visit', false, []],
    ['走访了5户,其中3户老人,2户低保,都好', 5, 'visit', false, []],
    ['上午走访3户,下午走访2户,一切正常', 5, 'visit', true, []],
    ['走访5户,1户不在家', 5, 'visit', false, []],
    ['今天上门慰问了重病的龙大姐家,送了米和油,家属情绪稳定', 1, 'visit', true, []],
    ['刚去看了独居的陈大爷,人精神,屋头暖和,米油都有。', 1, 'visit', false, []],
    ['看望了王奶奶和李大爷,王奶奶家没药了', 2, 'visit', false, ['王奶奶家没药了']],
    ['走访了2户,没有发现问题,但是5栋楼道灯不亮', 2, 'visit', false, ['5栋楼道灯不亮']],
    ['下午把5栋6栋的燃气排查了一遍 没发现哪样问题', undefined, 'inspection', true, []],
    ['打卡:本周第二次消防排查已做完,器材齐全,通道畅通', undefined, 'inspection', true, []],
    ['排查了3栋,灭火器过期了', undefined, 'inspection', false, ['灭火器过期了']],
    ['今天走访了罗文贵,都好', 1, 'visit', false, []],
    ['走访了一整天,累', undefined, 'visit', false, []],
    ['今天走访了蒙桂英,她不太好,一直在哭', 1, 'visit', false, ['她不太好', '一直在哭']],
    ['今天走访了吴小宇,情况不好', 1, 'visit', false, ['情况不好']],
    ['走访了王奶奶,精神差,不大好', 1, 'visit', false, ['精神差', '不大好']],
    ['走访了王奶奶,问她好不好,说都好', 1, 'visit', false, []],
    ['走访了王奶奶,她说不好意思,都正常', 1, 'visit', true, []],
    ['走访了3戶,都正常', 3, 'visit', true, []],
    ['今天走访了', undefined, 'visit', false, []],
  ] as const)('%s', (text, households, kind, saidWell, trouble) => {
    const told = readVisit(text, TODAY);
    expect([told.households, told.kind, told.saidWell, told.trouble, told.day]).toEqual([
      households,
      kind,
      saidWell,
      trouble,
      TODAY,
    ]);
  });

  it.each([
    ['明天走访了3户', 'to_come'],
    ['下午准备去走访3户', 'to_come'],
    ['下周走访王奶奶', 'to_come'],
    ['3月20日走访了3户', 'unclear_day'],
    ['二月三十日走访了3户', 'unclear_day'],
    ['去年走访了2户,都正常', 'unclear_day'],
    ['前几天去看望了王奶奶', 'unclear_day'],
    ['昨天走访了覃大山,前天走访了莫兰香,都好', 'several_days'],
    ['昨天走访了王奶奶,昨天也走访了李大爷', undefined],
    ['走访了王奶奶,她上个月摔了一跤', undefined],
    ['今天没去走访', 'not_done'],
    ['这周还没走访', 'not_done'],
    ['忘了去走访', 'not_done'],
    ['把刚才那条走访改成4户', 'put_right'],
    ['走访记错了,是4户', 'put_right'],
    ['电话问候了杨奶奶', 'by_phone'],
    ['今天给王大爷打了电话问候', 'by_phone'],
    ['上门看望了王大爷,他要我帮他打电话', undefined],
    ['今天走访了3户,没发现问题', undefined],
    ['走访了王奶奶,没见到人', undefined],
    ['看望了李大爷,他要去看病', undefined],
    ['走访了3户,说好明天修灯', undefined],
  ] as const)('%s: %s', (text, unmade) => {
    expect(readVisit(text, TODAY).unmade).toBe(unmade);
  });

  it.each([
    ['走访了3户,2户正常,1户没人', ['1户没人']],
    ['走访了王奶奶,她不在家', ['她不在家']],
    ['走访了王奶奶,敲门没人应', ['敲门没人应']],
    ['走访了3户,都正常,就是张爷爷没开门', ['就是张爷爷没开门']],
    ['走访了3户,都正常', []],
    ['走访了陈大爷,他没人照顾', []],
  ])('%s: nobody met in %j', (text, absent) => {
    const told = readVisit(text, TODAY);
    expect([told.absent, told.saidWell && absent.length > 0]).toEqual([absent, false]);
  });

  it.each([
    ['走访2月27日3户正常', '2026-02-27'],
    ['12月30日走访了3户', '2025-12-30'],
    ['3天前走访了3户', '2026-03-06'],
    ['周一走访了3户', '2026-03-09'],
    ['星期天走访了3户', '2026-03-08'],
    ['上周三走访了3户', '2026-03-04'],
    ['本周第二次走访,3户', '2026-03-09'],
  ])('%s: of %s', (text, day) => {
    expect(readVisit(text, TODAY).day).toBe(day);
  });

  it.each([
    ['今天排查了清溪巷,有3处飞线充电', '清溪巷', [['有3处飞线充电']]],
    ['排查了7户,发现2户电线老化', undefined, [['2户电线老化']]],
    ['检查了5栋的消防,一切正常', '5栋', []],
    ['今天走访了吴小宇,孩子没人做饭,楼道灯也坏了', undefined, [['孩子没人做饭'], ['楼道灯也坏了']]],
    ['走访了1户,她血压高,想找人陪着去医院', undefined, [['她血压高'], ['想找人陪着去医院']]],
    ['走访了1户,她说最近睡不好,厨房灯坏了', undefined, [['她说最近睡不好'], ['厨房灯坏了']]],
    ['走访了1户,水管漏水,换了两回都没用,送了米', undefined, [['水管漏水', '换了两回都没用']]],
    ['走访了1户,一个人在家带孙子,灯坏了', undefined, [['一个人在家带孙子', '灯坏了']]],
  ])('%s: found in %s', (text, place, findings) => {
    const told = readVisit(text, TODAY);
    expect([told.place, told.findings]).toEqual([place, findings]);
  });

  it('may be of a day before', () => {
    expect(['昨天走访了3户', '前天走访了3户', '大前天走访了3户'].map((text) => readVisit(text, TODAY).day)).toEqual([
      '2026-03-08',
      '2026-03-07',
      '2026-03-06',
    ]);
  });

  it('whatever it is: no day to come, no trouble it does not tell of, never well and in trouble at once', () => {
    const pieces = fc.constantFrom(
      ...[
        '走访了',
        '3户',
        '两家',
        '都正常',
        '灯坏了',
        '没有问题',
        '漏水',
        '，',
        '；',
        '但是',
        '其中',
        '昨天',
        '上周三',
        '3月20日',
        '星期天',
        '王奶奶',
        '排查',
      ],
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 12 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { day, households, saidWell, trouble } = readVisit(text, TODAY);
        expect(day <= TODAY).toBe(true);
        expect(households === undefined || (Number.isInteger(households) && households >= 0)).toBe(true);
        expect(saidWell && trouble.length > 0).toBe(false);
        for (const part of trouble) expect(text).toContain(part);
      }),
      { numRuns: 300 },
    );
  });
});

describe('whom a message names', () => {
  const people = ['王秀英', '王秀', '陈大山', '李一', '李二', '张同名', '张同名'].map((name) => ({ name }));
  it.each([
    ['看了王秀英', ['王秀英']],
    ['看了王秀和王秀英', ['王秀英', '王秀']],
    ['看了陈大爷', ['陈大山']],
    ['看了李奶奶', []],
    ['看了李二和李奶奶', ['李二']],
    ['看了张同名', []],
    ['看了国家', []],
  ])('%s', (text, names) => {
    expect(namedIn(text, people).map(({ name }) => name)).toEqual(names);
  });

  it.each([
    ['走访了王秀英,她不在家', ['王秀英']],
    ['看了王秀英和陈大爷,陈大爷不在家', ['陈大山']],
    ['看了王秀英,都好;陈大爷家没人开门', ['陈大山']],
    ['走访了3户,王秀英很好,1户没人', []],
    ['看了王秀英,都正常', []],
  ])('%s: not met %j', (text, names) => {
    expect(missedOf(text, namedIn(text, people)).map(({ name }) => name)).toEqual(names);
  });

  it('is somebody only once, and only somebody there', () => {
    const someone = fc.record({
      name: fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('(', '*', '[王', '王秀英')),
    });
    fc.assert(
      fc.property(fc.string(), fc.array(someone, { maxLength: 5 }), (text, those) => {
        const named = namedIn(text, those);
        expect(new Set(named).size).toBe(named.length);
        for (const one of named) expect(those).toContain(one);
      }),
      { numRuns: 200 },
    );
  });
});
