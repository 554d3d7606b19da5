import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { areaOfGroup } from '../../src/features/areas/index.ts';
import { chatWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await chatWorld();
  await world.bindGroup('yard', '小邻');
}, 60_000);
afterAll(async () => {
  await world.close();
});

const NEUTRAL = '已私下回复，请看私聊消息。';

/** What the group saw and what the person was told alone. */
async function inGroup(contact: string, text: string, where: { mention?: boolean; room?: string } = {}) {
  const from = world.said.length;
  await world.channel.receive(contact, text, { room: 'yard', mention: true, ...where });
  const said = world.said.slice(from);
  return {
    group: said.filter((one) => 'room' in one.to).map((one) => one.text),
    alone: said.filter((one) => 'contact' in one.to).map((one) => one.text),
  };
}

describe('who the bot listens to in a group', () => {
  it('only a real mention or the group’s own prefix', async () => {
    expect(await inGroup('granny', '@好邻 菜单', { mention: false })).toEqual({ group: [], alone: [] });
    expect(await inGroup('granny', '今天天气好', { mention: false })).toEqual({ group: [], alone: [] });
    expect((await inGroup('granny', '@好邻\u2005菜单')).group.join()).toContain('登记微心愿');
    expect((await inGroup('granny', '小邻，菜单', { mention: false })).group.join()).toContain('登记微心愿');
    expect((await inGroup('granny', '@好邻')).group.join()).toContain('登记微心愿');
  });

  it('keeps nothing of the group’s own talk', async () => {
    const before = await world.house.db.collection('chat_messages').countDocuments();
    for (let i = 0; i < 5; i += 1) await inGroup('granny', `闲聊${i}`, { mention: false });
    expect(await world.house.db.collection('chat_messages').countDocuments()).toBe(before);
  });

  it('does nothing in a group that belongs to no area, and says once what is missing', async () => {
    expect(await areaOfGroup(world.house, 'web', 'elsewhere')).toBeUndefined();
    expect((await inGroup('granny', '想要一个锅', { room: 'elsewhere' })).group.join()).toContain('还没有绑定社区');
    expect(await inGroup('granny', '想要一个锅', { room: 'elsewhere' })).toEqual({ group: [], alone: [] });
    expect(await world.wishes()).toEqual([]);
  });
});

describe('private matters asked in a group', () => {
  it('are read back and answered alone, with one neutral line for the group', async () => {
    const asked = await inGroup('granny', '@好邻 想要一个轮椅');
    expect(asked.group).toEqual([NEUTRAL]);
    expect(asked.alone.join()).toContain('要登记微心愿：想要一个轮椅');
    // Confirmed alone, where it was asked.
    expect((await world.says('granny', '确认')).join()).toContain('登记好了');
    const progress = await inGroup('granny', '@好邻 我的心愿到哪一步了');
    expect(progress.group).toEqual([NEUTRAL]);
    expect(progress.alone.join()).toContain('轮椅');
  });

  it('may be confirmed in the group, and the answer still goes to the person', async () => {
    await inGroup('granny', '@好邻 想要一副老花镜');
    const confirmed = await inGroup('granny', '@好邻 确认');
    expect(confirmed.group).toEqual([NEUTRAL]);
    expect(confirmed.alone.join()).toContain('登记好了');
  });

  it('are not mistaken for another person’s', async () => {
    await inGroup('granny', '@好邻 想要一床棉被');
    expect((await inGroup('daughter', '@好邻 确认')).alone.join()).toContain('现在没有等您确认的事');
    await world.says('granny', '取消');
  });

  it('say in the group what to do when the person cannot be written to', async () => {
    const { said } = world.channel;
    world.channel.said = (message) => {
      if ('contact' in message.to) throw new Error('not a friend');
      said(message);
    };
    const asked = await inGroup('granny', '@好邻 我的心愿到哪一步了');
    world.channel.said = said;
    expect(asked.alone).toEqual([]);
    expect(asked.group.join()).toMatch(/请先加我为好友/u);
  });

  it('show strangers only what hangs on the wall', async () => {
    await world.says('granny', '我是王桂芳，电话13800000000，想要修一下收音机');
    await world.says('granny', '确认');
    const number = (await world.wishes()).at(-1)?.number ?? 0;
    await world.says('chen', `发布${number}号`);
    const list = await inGroup('zhao', '@好邻 有哪些心愿可以认领');
    expect(list.alone).toEqual([]);
    expect(list.group.join()).toContain(`${number}号`);
    expect(list.group.join()).not.toMatch(/王桂芳|13800000000/u);
    const claimed = await inGroup('zhao', '@好邻 1');
    expect(claimed.group).toEqual([NEUTRAL]);
    expect(claimed.alone.join()).toContain('要认领');
  });
});

it('says nothing private in a group, whoever says what in whatever order', async () => {
  const names = /王桂芳|刘小燕|李强|赵磊|陈建国|13800000000/u;
  const phrases = fc.constantFrom(
    '想要一副假牙',
    '想要一个轮椅',
    '帮我妈求一个轮椅',
    '确认',
    '取消',
    '1',
    '2',
    '第一个',
    '上一个',
    '不是这个',
    '我的心愿到哪一步了',
    '1号到哪一步了',
    '3号到哪一步了',
    '有哪些心愿可以认领',
    '认领1号',
    '认领3号',
    '已联系3号',
    '3号延到下周五',
    '退回3号 家里有事',
    '3号办好了，王桂芳收到了',
    '家里有事走不开',
    '不太满意，盖子是坏的',
    '满意',
    '撤回1号',
    '待受理',
    '发布1号',
    '不予受理2号 王桂芳不在本社区',
    '转人工',
    '我要找人，我的假牙掉了',
    '待回复',
    '回复1号 王桂芳您好',
    '菜单',
    '谢谢',
    '3单元楼道灯坏了',
    '别再提醒我了',
    '绑定 482913',
    '',
  );
  const line = fc.record({
    who: fc.constantFrom('granny', 'daughter', 'li', 'zhao', 'chen', 'stranger'),
    text: phrases,
    group: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 5, maxLength: 25 }), async (lines) => {
      for (const { who, text, group } of lines) {
        if (!group) {
          await world.says(who, text);
          continue;
        }
        const { group: seen } = await inGroup(who, text);
        const all = await world.wishes();
        const posted = new Set(all.filter((wish) => wish.publishedAt).map((wish) => wish.title));
        const unposted = all.map((wish) => wish.title).filter((title) => !posted.has(title));
        for (const shown of seen) {
          expect(shown).not.toMatch(names);
          for (const title of unposted) expect(shown).not.toContain(title);
        }
        expect(seen.length).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 25 },
  );
  expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
}, 120_000);
