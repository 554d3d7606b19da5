import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
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
    { numRuns: 15 },
  );
  expect(world.log.filter((one) => one.level === 'error')).toEqual([]);
}, 120_000);

describe('danger said in a group, to nobody', () => {
  const overheard = (contact: string, text: string, room = 'yard') => inGroup(contact, text, { mention: false, room });
  const told = async () => {
    const { db } = world.house;
    const notices = await db.collection<{ outbox: { message: string; data: object }[] }>('notices').find({}).toArray();
    return notices.flatMap(({ outbox }) => outbox).filter(({ message }) => message === 'chat.alarm');
  };
  const calls = () => world.house.db.collection('handoff').find({ alarm: true }).toArray();
  const CALL = '有紧急情况请马上打110（报警）、119（火警）、120（急救）。';

  it('reaches the workers at once; the speaker is answered alone, and the group reads whom to call', async () => {
    await world.house.db.collection('handoff').deleteMany({});
    world.clock.shift(3_600_000);
    const { group, alone } = await overheard('granny', '哎呀我家燃气漏了，好大的味道');
    expect(group).toEqual([CALL]);
    expect(alone.join()).toMatch(/打开门窗[\s\S]*已经通知了社区的人/u);
    const [call] = await calls();
    expect(JSON.stringify(call)).toContain('我家燃气漏了');
    // What the speaker says next alone is passed on.
    expect((await world.says('granny', '3栋2单元')).join()).toContain('一起转过去');
  });

  it('is told on when it is of another kind or in other words, and kept quiet when it is the same', async () => {
    expect((await overheard('granny', '着火了着火了')).group).toEqual([CALL]);
    for (const text of ['着火了着火了', '着火了！', '着火了 着火了']) {
      expect(await overheard('granny', text), text).toEqual({ group: [], alone: [] });
    }
    for (const text of ['火越来越大，我被困在6栋楼顶了救命', '有人晕倒了', '4栋着火', '我不想活了']) {
      expect((await overheard('granny', text)).group, text).toEqual([CALL]);
    }
    const [call, ...others] = await calls();
    expect(others).toEqual([]);
    for (const text of ['6栋楼顶', '晕倒', '4栋着火', '不想活']) expect(JSON.stringify(call), text).toContain(text);
    expect((await overheard('daughter', '3栋着火了')).group).toEqual([CALL]);
    expect(await calls()).toHaveLength(2);
  });

  it('is told on only so often, unless it is of a kind that was not heard yet', async () => {
    const floors = Array.from({ length: 30 }, (_, n) => `${n + 1}楼也着火了`);
    const heard = [];
    for (const text of floors) heard.push((await overheard('chen', text)).group.length);
    const all = heard.reduce((sum, one) => sum + one, 0);
    expect(heard[0]).toBe(1);
    expect(all).toBeGreaterThan(3);
    expect(all).toBeLessThan(12);
  });

  it('is heard when the same speaker says it again after it could not be passed on', async () => {
    world.clock.shift(11 * 60_000);
    const failing = vi.spyOn(world.house.directory, 'byContact').mockRejectedValueOnce(new Error('out of reach'));
    const before = await calls();
    await overheard('zhao', '3栋着火了');
    expect(failing).toHaveBeenCalled();
    expect((await overheard('zhao', '3栋着火了，快来人')).group).toEqual([CALL]);
    expect(await calls()).toHaveLength(before.length + 1);
    failing.mockRestore();
  });

  it('is told those who serve the place when a stranger or somebody from elsewhere says it', async () => {
    expect(await overheard('nobody-knows', '有人落水了快来人')).toEqual({ group: [CALL], alone: [] });
    const first = await told();
    // Worker and secretary, each once.
    expect(first).toHaveLength(2);
    expect(first[0]).toMatchObject({ data: { text: '有人落水了快来人', place: '幸福里社区' } });
    await world.house.db.collection('areas').updateOne({ _id: world.community.street as never }, {
      $push: { chatGroups: { puppet: 'web', room: 'street' } },
    } as never);
    // A group of the street is everybody's in it.
    expect((await overheard('zhao', '老人摔倒了起不来', 'street')).alone.join()).toContain('已经通知了社区的人');
  });

  it('is left alone when it is none, is told as news, or the group belongs nowhere', async () => {
    await world.house.db.collection('handoff').deleteMany({});
    for (const text of ['今天天气好', '昨天看新闻说哪里着火了', '笑死我了', '小心着火', '有人卖白菜吗', '']) {
      expect(await overheard('chen', text)).toEqual({ group: [], alone: [] });
    }
    expect(await overheard('chen', '着火了', 'nowhere')).toEqual({ group: [], alone: [] });
    expect(await calls()).toEqual([]);
  });
});
