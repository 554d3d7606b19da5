import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { areaOfGroup } from '../../../src/features/areas/index.ts';
import { areasChanged } from '../../../src/features/areas/memory.ts';
import type { Area } from '../../../src/features/areas/model.ts';
import { chatWorld, type World } from '../../chat/world.ts';
import { makeCommunity, makePerson } from '../../support/house.ts';

let world: World;
let elsewhere: Awaited<ReturnType<typeof makeCommunity>>;
beforeAll(async () => {
  world = await chatWorld();
  const { house, community } = world;
  elsewhere = await makeCommunity(house, { name: '静安里社区' });
  const person = (id: string, name: string, area: string, roles: Parameters<typeof makePerson>[1]['roles']) =>
    makePerson(house, { area, name, roles: roles ?? [], contacts: [{ puppet: 'web', id }] });
  await person('wu', '吴刚', community.grids[1] ?? '', [{ role: 'grid_worker', area: community.grids[1] ?? '' }]);
  await person('tan', '谭静', elsewhere.community, ['secretary']);
  await person('boss', '管理员', community.community, [{ role: 'admin', area: community.city }]);
}, 60_000);
afterAll(() => world.close());

let rooms = 0;
let room = '';
beforeEach(() => {
  rooms += 1;
  room = `yard-${rooms}`;
});

const bound = async () => (await areaOfGroup(world.house, 'web', room))?.area._id;
/** Says something in the group, with a mention; what the group and the person alone heard. */
async function inGroup(contact: string, text: string) {
  const from = world.said.length;
  await world.channel.receive(contact, text, { room, mention: true });
  const said = world.said.slice(from);
  return {
    group: said
      .filter((one) => 'room' in one.to)
      .map((one) => one.text)
      .join('\n'),
    alone: said
      .filter((one) => 'contact' in one.to)
      .map((one) => one.text)
      .join('\n'),
  };
}
const alone = async (contact: string, text: string) => (await world.says(contact, text)).join('\n');

it('a secretary binds the group they stand in, after it was read back, and it is of use at once', async () => {
  expect((await inGroup('granny', '@好邻 菜单')).group).toContain('绑定本群');
  const asked = await inGroup('chen', '@好邻 绑定本群');
  expect(asked.alone).toContain('幸福里社区');
  expect(asked.group).not.toContain('幸福里社区');
  expect(await bound()).toBeUndefined();
  expect(await alone('chen', '1')).toContain('幸福里社区');
  expect(await bound()).toBe(world.community.community);
  world.clock.shift(5_000);
  expect((await inGroup('granny', '@好邻 菜单')).group).toContain('登记微心愿');
});

it.each(['1', '第一个', '1，谢谢'])('the list is answered where it was asked for, too: %s', async (answer) => {
  await inGroup('chen', '@好邻 绑定本群');
  const { alone: said, group } = await inGroup('chen', `@好邻 ${answer}`);
  expect(said).toContain('幸福里社区');
  expect(group).not.toContain('还没有');
  expect(await bound()).toBe(world.community.community);
});

it('while the list waits nothing else is done in a group of no area', async () => {
  await inGroup('chen', '@好邻 绑定本群');
  for (const text of ['@好邻 想要一床被子', '@好邻 菜单', '@好邻 99']) {
    const { alone: said } = await inGroup('chen', text);
    expect(said, text).toBe('');
  }
  expect((await inGroup('chen', '@好邻 取消')).alone).toContain('不办');
  expect(await bound()).toBeUndefined();
});

it('nothing is bound when it is called off, and a question about it is asked where it belongs', async () => {
  await inGroup('chen', '@好邻 绑定本群');
  await alone('chen', '取消');
  expect(await bound()).toBeUndefined();
  expect(await alone('chen', '绑定本群')).toContain('群里');
});

it('a grid worker binds it to the own grid, and to no other', async () => {
  expect((await inGroup('wu', '@好邻 绑定本群')).alone).toContain('第2网格');
  await alone('wu', '1');
  expect(await bound()).toBe(world.community.grids[1]);
  await inGroup('wu', '@好邻 绑定本群到第1网格');
  await alone('wu', '1');
  expect(await bound()).toBe(world.community.grids[1]);
});

it('one of the grids is named in so many words', async () => {
  const asked = await inGroup('chen', '@好邻 绑定本群到第1网格');
  expect(asked.alone).toContain('第1网格');
  await alone('chen', '1');
  expect(await bound()).toBe(world.community.grids[0]);
});

it('an admin of a whole city says which place is meant', async () => {
  expect((await inGroup('boss', '@好邻 绑定本群')).alone).toContain('哪里');
  expect((await inGroup('boss', '@好邻 绑定本群 静安里')).alone).toContain('静安里社区');
  await alone('boss', '1');
  expect(await bound()).toBe(elsewhere.community);
});

it('whoever serves no place binds nothing: residents, strangers, workers', async () => {
  for (const who of ['granny', 'nobody-known', 'li']) {
    await inGroup(who, '@好邻 绑定本群');
    await alone(who, '1');
    await alone(who, '确认');
    expect(await bound()).toBeUndefined();
  }
});

it('a group of another place is not taken away', async () => {
  await inGroup('tan', '@好邻 绑定本群');
  await alone('tan', '1');
  expect(await bound()).toBe(elsewhere.community);
  world.clock.shift(60_000);
  await inGroup('chen', '@好邻 绑定本群');
  expect(await alone('chen', '1')).toContain('没有权限');
  expect(await bound()).toBe(elsewhere.community);
});

it('in a group that belongs to no place nothing else is done for it', async () => {
  await inGroup('chen', '@好邻 绑定本群到第1网格，顺便发布1号');
  expect((await inGroup('chen', '@好邻 想要一个电饭煲')).alone).toBe('');
  expect(await world.wishes()).toEqual([]);
});

it('bound again where it is bound, a group keeps the word that calls the bot', async () => {
  const { house, community } = world;
  const areas = house.model<Area>('areas');
  const group = { puppet: 'web', room, prefix: '小邻' };
  await areas.updateOne({ _id: community.community }, { $push: { chatGroups: group } });
  await areasChanged(house);
  await inGroup('chen', '@好邻 绑定本群');
  await alone('chen', '1');
  expect((await areaOfGroup(house, 'web', room))?.group).toEqual(group);
});

const WHEN_OPEN = ['社区几点上班', '几点下班', '周末上班吗', '你们周末上不上班', '今天有人上班吗', '请问社区上班时间'];
WHEN_OPEN.push('人工几点上班', '中午休息吗', '星期天开门不', '社区什么时候有人上班？', '上班时间是几点到几点');
it.each(WHEN_OPEN)('%s is answered with the hours of the community', async (text) => {
  expect(await alone('granny', text)).toContain('社区上班：工作日 09:00–17:00');
});

it.each(['几点开会', '周末上班，灯坏了没人修', '我家楼上上班时间装修', '物业几点上班'])(
  '%s is no question for them',
  async (text) => {
    expect(await alone('granny', text)).not.toContain('社区上班：');
  },
);
