import { afterAll, beforeAll, expect, it } from 'vitest';
import { addDays, dayOf } from '../../../src/core/time.ts';
import { care, openCare } from '../../../src/features/care/index.ts';
import { openEvent } from '../../../src/features/duties/events.ts';
import { duties } from '../../../src/features/duties/index.ts';
import { putPack } from '../../../src/features/duties/registry.ts';
import { incidents } from '../../../src/features/incidents/index.ts';
import { actorOf, type Person } from '../../../src/features/people/index.ts';
import { type VisitDoc, visits } from '../../../src/features/visits/index.ts';
import { chatWorld, FEATURES, type World } from '../../chat/world.ts';
import { makePerson } from '../../support/house.ts';

let world: World;
beforeAll(async () => {
  const features = [...FEATURES, incidents, care, visits, duties];
  world = await chatWorld({ features, intents: features.flatMap(({ intents }) => [...intents]) });
}, 60_000);
afterAll(() => world.close());

const says = async (contact: string, text: string) => (await world.says(contact, text)).join('\n');
const logged = () => world.house.db.collection<VisitDoc>('visit').find().sort({ createdAt: 1, _id: 1 }).toArray();

it('is read back, logged, and what is out of order becomes a wish with one figure', async () => {
  expect(await says('li', '今天走访了3户，都正常；2栋那位老人家里灯坏了')).toMatch(
    /今天走访3户[\s\S]*2栋那位老人家里灯坏了/u,
  );
  expect(await logged()).toEqual([]);
  expect(await says('li', '确认')).toMatch(/记下了[\s\S]*1. 登记微心愿[\s\S]*2. 上报事件/u);
  expect(await logged()).toMatchObject([{ households: 3, well: false, spawned: [], by: { name: '李强' } }]);
  expect(await says('li', '1')).toContain('心愿1号');
  expect(await logged()).toMatchObject([{ spawned: [{ kind: 'wish', number: 1 }] }]);
  expect(await world.wishes()).toHaveLength(1);
});

const OFFERED = /(\d)\. (登记微心愿|上报事件)/gu;
it.each([
  ['今天走访了2户，3单元楼道灯坏了', '上报事件'],
  ['今天走访了2户，水管漏水', '登记微心愿'],
  ['今天走访了2户，有一家窗户坏了关不上', '登记微心愿'],
  ['今天走访了2户，老人想要一个轮椅', '登记微心愿'],
  ['今天走访了2户，楼道里堆满杂物', '上报事件'],
  ['今天走访了2户，有一家药吃完了，需要人去买', '登记微心愿'],
  ['下午排查了5栋，灭火器过期', '上报事件'],
  ['下午排查了5栋，水管漏水', '上报事件'],
])('offers both, the likelier first: %s', async (text, first) => {
  world.clock.shift(60_000);
  await says('li', text);
  const said = await says('li', '确认');
  const offered = [...said.matchAll(OFFERED)].map(([, number, what]) => [number, what]);
  const second = first === '上报事件' ? '登记微心愿' : '上报事件';
  expect(offered).toEqual([
    ['1', first],
    ['2', second],
  ]);
});

it('either is made with its figure, once, and so is the other one afterwards', async () => {
  const made = async () =>
    Promise.all(['wish', 'incident'].map((name) => world.house.db.collection(name).countDocuments()));
  world.clock.shift(60_000);
  const before = await made();
  await says('li', '今天走访了4户，楼道灯坏了，晚上看不见');
  await says('li', '确认');
  expect(await says('li', '1')).toMatch(/上报好了，是事件\d+号/u);
  expect(await says('li', '2')).toMatch(/登记好了，是心愿\d+号/u);
  expect((await made()).map((all, nth) => all - (before[nth] ?? 0))).toEqual([1, 1]);
  expect((await logged()).at(-1)).toMatchObject({ spawned: [{ kind: 'incident' }, { kind: 'wish' }] });
  const [incident] = await world.house.db.collection('incident').find().sort({ createdAt: -1 }).limit(1).toArray();
  expect(incident).toMatchObject({ category: 'facility', reporters: [{ name: '李强' }] });
});

it.each([
  ['chen', '今天上门慰问了重病的龙大姐家，送了米和油，家属情绪稳定', { kind: 'visit', households: 1 }],
  ['li', '今天走访了四户，都正常', { kind: 'visit', households: 4, well: true }],
  ['li', '下午把５栋６栋的燃气排查了一遍 没发现哪样问题', { kind: 'inspection' }],
  ['li', '打卡：本周第二次消防排查已做完，器材齐全，通道畅通[OK]', { kind: 'inspection' }],
  ['li', '刚去看了独居的陈大爷，人精神，屋头暖和，米油都有。', { kind: 'visit', households: 1 }],
] as const)('%s: %s', async (who, text, expected) => {
  world.clock.shift(60_000);
  const before = (await logged()).length;
  expect(await says(who, text)).toContain('记一次');
  expect(await says(who, '确认')).toContain('记下了');
  const all = await logged();
  expect(all).toHaveLength(before + 1);
  expect(all.at(-1)).toMatchObject(expected);
});

it.each([
  ['走访了5户，其中1户没人在家', { households: 5, well: false, unmet: 1 }],
  ['走访了6户，都好，两户没开门', { households: 6, well: false, unmet: 2 }],
  ['走访了3户，有人不在家', { well: false, unmet: 1 }],
])('where somebody was not met not all is well: %s', async (text, expected) => {
  world.clock.shift(60_000);
  await says('li', text);
  await says('li', '确认');
  expect((await logged()).at(-1)).toMatchObject(expected);
});

it('keeps where something was inspected, for the incident as well', async () => {
  world.clock.shift(60_000);
  expect(await says('li', '今天排查了清溪巷，有3处飞线充电')).toMatch(/排查清溪巷，发现：有3处飞线充电/u);
  await says('li', '确认');
  expect((await logged()).at(-1)).toMatchObject({ kind: 'inspection', well: false });
  expect(await says('li', '1')).toContain('上报好了');
  const [made] = await world.house.db.collection('incident').find().sort({ createdAt: -1 }).limit(1).toArray();
  expect(JSON.stringify(made)).toContain('飞线充电');
});

it('names those in care it reads back, and it is written down who read them', async () => {
  const { granny, chen, li } = world.persons;
  const actor = actorOf(chen, 'api');
  const now = world.clock.now();
  await openCare(
    world.house,
    { actor, ability: world.house.abilityOf(actor), now },
    {
      person: granny._id,
      kind: 'living_alone',
      reason: '独居',
      consent: { by: 'self', at: dayOf(now) },
      reviewBy: addDays(dayOf(now), 90),
      colour: 'red',
      sentinel: li._id,
    },
  );
  const audits = () => world.house.db.collection('audits').countDocuments({ person: granny._id, 'by.id': li._id });
  expect(await says('li', '今天走访了两户，都正常')).toContain('记一次');
  await says('li', '算了');
  expect(await audits()).toBe(0);
  expect(await says('li', '今天去看了王奶奶，都正常')).toContain('王*');
  await says('li', '算了');
  expect(await audits()).toBe(1);
});

it('told twice the same day says so before it is logged again', async () => {
  const text = '今天走访了9户，都正常';
  expect(await says('li', text)).not.toContain('一样的');
  await says('li', '确认');
  expect(await says('li', text)).toContain('今天已经记过一条一样的');
  await says('li', '算了');
});

it('is not for a resident, and a week’s list is what is left of it', async () => {
  const before = (await logged()).length;
  await says('granny', '今天走访了3户，都正常');
  await says('granny', '确认');
  expect(await logged()).toHaveLength(before);
  // Three visits and two inspections were logged: nothing is left.
  expect(await says('li', '今天我要走哪几家')).toContain('没有要做的');
  expect(await says('zhao', '本周必访清单发我一下')).toContain('没有走访排查任务');
});

it('who was called out says that they have come, by what it is called; two that fit are asked back, nobody else’s is', async () => {
  const { chen, li } = world.persons;
  const admin = await makePerson(world.house, {
    name: '管理',
    area: world.community.community,
    roles: [{ role: 'admin', area: world.community.city }],
  });
  const items = ['停水停电必到', '停气必到'].map((title, nth) => {
    return {
      code: `item-${nth}`,
      title,
      kind: 'arrive',
      who: ['worker'],
      rule: { on: `outage${nth}`, within: { hours: 4 } },
    };
  });
  const now = () => world.clock.now();
  const actorIn = (person: Person) => {
    const actor = actorOf(person, 'api');
    return { actor, ability: world.house.abilityOf(actor), now: now() };
  };
  const pack = {
    code: 'liu-bidao',
    version: 2,
    title: '六必到',
    source: '测试',
    verified: false,
    effectiveFrom: dayOf(now()),
    items,
  };
  await putPack(world.house, actorIn(admin), pack);
  const happens = async (event: string) =>
    (await openEvent(world.house, actorIn(chen), { event, area: world.community.community, bearer: li._id })).event._id;
  const answered = async (event: string) =>
    world.house.db.collection<VisitDoc>('visit').countDocuments({ event, kind: 'arrive', 'by.id': li._id });

  expect(await says('li', '停水停电到场了')).toContain('没有等您到场的事');
  const [first, gas] = [await happens('outage0'), await happens('outage1')];
  expect(await says('li', '寻人到场了')).toMatch(/没找到[\s\S]*停气[\s\S]*停水停电|没找到[\s\S]*停水停电[\s\S]*停气/u);
  expect(await says('chen', '停气到场了')).toContain('没有等您到场的事');
  expect(await says('li', '停电到场了')).toMatch(/停水停电/u);
  expect(await answered(first)).toBe(0);
  expect(await says('li', '确认')).toContain('记下了');
  expect([await answered(first), await answered(gas)]).toEqual([1, 0]);
  const again = await happens('outage1');
  expect(await says('li', '我已经到现场了')).toContain('哪一件');
  expect(await says('li', '停气我到场了')).toContain('哪一件');
  expect(await says('li', '1')).toContain('停气');
  expect(await says('li', '确认')).toContain('记下了');
  expect((await answered(gas)) + (await answered(again))).toBe(1);
  expect(await says('li', '到场了')).toContain('停气');
  expect(await says('li', '取消')).not.toContain('记下了');
  expect((await answered(gas)) + (await answered(again))).toBe(1);
});
