import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePerson } from '../../support/house.ts';
import { type ChatTown, openChatTown } from './chat-town.ts';

let town: ChatTown;
beforeAll(async () => {
  town = await openChatTown();
}, 60_000);
afterAll(() => town.close());

const says = (contact: string, text: string, id?: string) => town.says(contact, text, id);
const NEUTRAL = '已私下回复，请看私聊消息。';
const last = async () => (await town.topics()).at(-1);

describe('proposing', () => {
  it('reads the topic back though it is a command, and makes one of the message however often it comes', async () => {
    expect(await says('granny', '我想提个议题：小区7栋装电梯', 'p1')).toMatch(/幸福里社区提议题.*：小区7栋装电梯。/u);
    expect(await town.topics()).toEqual([]);
    expect(await says('granny', '确认', 'p2')).toMatch(/议题1号“小区7栋装电梯”.*附议1号.*3位邻居/u);
    expect(await says('granny', '确认', 'p2')).toBe('');
    expect(await says('granny', '我想提个议题：小区7栋装电梯', 'p1')).toBe('');
    expect(await town.topics()).toMatchObject([{ number: 1, state: 'proposed', proposer: { name: '王桂芳' } }]);
  });

  it.each([
    ['楼道里电瓶车乱停，大家一起商量个办法吧', '楼道里电瓶车乱停，大家一起商量个办法吧'],
    ['能不能大家商量一下广场舞跳到几点', '能不能大家商量一下广场舞跳到几点'],
    ['提议：快递柜放在东门还是西门', '快递柜放在东门还是西门'],
  ])('hears it in %s', async (text, words) => {
    expect(await says('zhao', text)).toContain(`请大家商量：${words}`);
    expect(await says('zhao', '算了')).toContain('不办了');
  });

  it('asks what it is about, and for more where that is too short', async () => {
    expect(await says('zhao', '我想提个议题')).toContain('想请大家一起商量什么事');
    expect(await says('zhao', '修路')).toContain('再说具体一点');
    expect(await says('zhao', '东门口的路坏了没人修')).toContain('请大家商量：修路，东门口的路坏了没人修。');
    expect(await says('zhao', '取消')).toContain('不办了');
  });

  it('exchanges the part that is corrected, and says that a number is not shown to neighbours', async () => {
    await says('zhao', '我想提个议题：3栋楼顶漏雨怎么修');
    expect(await says('zhao', '不对，是5栋')).toContain('：5栋楼顶漏雨怎么修。');
    expect(await says('zhao', '不是漏雨，是漏风')).toContain('：5栋楼顶漏风怎么修。');
    await says('zhao', '算了');
    expect(await says('zhao', '我想提个议题：乱停车找13812345678商量')).toContain('给邻居看时会略去');
    await says('zhao', '算了');
  });

  it('shows what is there already: to be seconded at once, looked at by whose it is, or proposed all the same', async () => {
    const offered = await says('daughter', '能不能大家商量一下7栋装电梯的事', 'a1');
    expect(offered).toMatch(/1\. 附议议题1号[\s\S]*2\. 不一样，就提新的/u);
    expect(await says('daughter', '1', 'a2')).toContain('已经有1位邻居附议，满3位社区就来受理');
    expect(await says('daughter', '1', 'a2')).toBe('');
    expect((await town.topic(1)).supporters).toEqual([town.world.persons.daughter._id]);
    expect(await says('granny', '我想提个议题：7栋装电梯')).toMatch(/1\. 看看议题1号/u);
    expect(await says('granny', '1')).toContain('已经有1位邻居附议');
    await says('li', '我想提个议题：7栋装电梯，费用怎么分');
    expect(await says('li', '就提新的')).toContain('请大家商量：7栋装电梯，费用怎么分。');
    expect(await says('li', '提吧')).toContain('提好了：议题2号');
  });

  it('says in the group nothing of who proposes what', async () => {
    const asked = await town.saysInGroup('zhao', '@好邻 我提个议题：停车位是先到先停还是划给各户');
    expect(asked.group).toBe(NEUTRAL);
    expect(asked.alone).toContain('停车位');
    expect(await says('zhao', '确认')).toContain('议题3号');
  });

  it('refuses before the story is told where nobody knows the community', async () => {
    const { _id } = await makePerson(town.world.house, {
      area: town.world.community.street,
      name: '无家',
      contacts: [{ puppet: 'web', id: 'homeless' }],
    });
    expect(_id).toBeDefined();
    expect(await says('homeless', '我想提个议题：小区装电梯')).toContain('还不知道您住在哪个社区');
  });
});

describe('seconding', () => {
  it.each(['附议3号', '3号附议', '附议议题3号', '附议第三号议题'])(
    'at once by the command %s, and back again',
    async (text) => {
      expect(await says('granny', text)).toMatch(/附议好了：议题3号/u);
      expect(await says('granny', '撤回附议3号')).toContain('撤回了');
      expect((await town.topic(3)).supporters).toEqual([]);
    },
  );

  it.each(['撤回3号的附议', '取消附议3号', '3号不附议了', '撤回附议', '我要撤回附议3号'])(
    'is undone by %s',
    async (text) => {
      await says('chen', '附议3号');
      expect(await says('chen', text)).toContain('议题3号的附议撤回了');
    },
  );

  it.each(['我支持议题3', '停车那个议题也给我加一个附议嘛', '@好邻 停车位这个议题我举双手支持拿出来议，算我一个附议'])(
    'after a yes, said as %s',
    async (text) => {
      expect(await says('granny', text)).toContain('要附议议题3号');
      expect((await town.topic(3)).supporters).toEqual([]);
      expect(await says('granny', '不是这个')).not.toContain('附议好了');
      expect(await says('granny', '确认')).not.toContain('附议好了');
    },
  );

  it('lists what can be seconded where no number is said, and takes what is picked', async () => {
    expect(await says('chen', '附议')).toMatch(/哪一条议题[\s\S]*1\. /u);
    expect(await says('chen', '3号')).toContain('附议好了：议题3号');
    expect(await says('chen', '附议3号')).toContain('已经附议过');
    expect(await says('chen', '撤回附议3号')).toContain('撤回了');
  });

  it.each([
    ['granny', '附议1号', '您自己提的议题'],
    ['daughter', '附议1号', '已经附议过'],
    ['daughter', '附议99号', '没有找到议题99号'],
    ['granny', '撤回附议1号', '没有附议过'],
    ['chen', '撤回附议', '没有可以撤回的附议'],
  ])('%s hears for %s: %s', async (who, text, answer) => {
    const before = await town.topics();
    expect(await says(who, text)).toContain(answer);
    expect(await town.topics()).toEqual(before);
  });

  it('says that the community looks at it now when enough have, and that it cannot be undone then', async () => {
    await says('li', '附议3号');
    await says('chen', '附议3号');
    expect(await says('daughter', '附议3号')).toMatch(/3位邻居附议，社区会来受理。$/u);
    expect((await town.topic(3)).state).toBe('seconded');
    expect(await says('daughter', '撤回附议3号')).toContain('附议不能再撤回');
  });

  it('is answered alone, whoever asks in the group', async () => {
    const { group, alone } = await town.saysInGroup('granny', '@好邻 附议2号');
    expect(group).toBe(NEUTRAL);
    expect(alone).toContain('附议好了：议题2号');
  });
});

describe('taking a topic back', () => {
  it.each(['撤回议题2号', '2号议题撤回', '撤回我的2号议题'])(
    '%s means the topic, never the wish of that number',
    async (text) => {
      if ((await town.world.wishes()).length < 2) {
        for (const wish of ['想要一个电饭煲', '想要一床毯子']) {
          await says('li', wish);
          await says('li', '确认');
        }
      }
      expect(await says('li', text)).toContain('要撤回议题2号');
      expect(await says('li', '算了')).toMatch(/不办/u);
      expect(await says('granny', text)).toContain('不是您提的');
      expect((await town.world.wish(2)).state).toBe('submitted');
    },
  );

  it('is done after a yes', async () => {
    await says('li', '撤回议题2号');
    expect(await says('li', '确认')).toContain('议题2号已经撤回');
    expect((await town.topic(2)).state).toBe('withdrawn');
    expect((await town.world.wish(2)).state).toBe('submitted');
  });
});

describe('how far it has come', () => {
  it('takes the matter of a number that is the asker’s own, and asks between two that both or neither are', async () => {
    expect(await says('granny', '1号到哪一步了')).toMatch(/^议题1号/u);
    expect(await says('zhao', '1号到哪一步了')).toMatch(/^议题1号/u);
    expect(await says('chen', '1号到哪一步了')).toMatch(/不止一件[\s\S]*1\. 心愿1号[\s\S]*2\. 议题1号/u);
    expect(await says('chen', '2')).toMatch(/^议题1号“小区7栋装电梯”：征集附议/u);
    expect(await says('chen', '心愿1号到哪一步了')).toMatch(/^心愿1号/u);
    expect(await says('chen', '议题1号怎么样了')).toMatch(/^议题1号/u);
    expect(await says('chen', '议题99号怎么样了')).toContain('没有找到议题99号');
    expect(await says('chen', '99号怎么样了')).toContain('没有找到99号');
  });

  it('shows wishes and topics in one glance, finds a topic by what it is about, and says when there is nothing', async () => {
    await says('granny', '想要一个轮椅');
    await says('granny', '确认');
    expect(await says('granny', '我的事到哪一步了')).toMatch(/您登记的：[\s\S]*轮椅[\s\S]*您提的议题：[\s\S]*议题1号/u);
    expect(await says('granny', '停车位那个议题走到哪一步了')).toMatch(/^议题3号/u);
    const listed = await says('chen', '有哪些议题');
    for (const line of [/议题1号 小区7栋装电梯（征集附议）/u, /议题3号 停车位/u]) expect(listed).toMatch(line);
    expect(await says('chen', '3号')).toMatch(/^议题3号/u);
    await makePerson(town.world.house, {
      area: `${town.world.community.community}G01`,
      contacts: [{ puppet: 'web', id: 'new' }],
    });
    expect(await says('new', '我的事到哪一步了')).toMatch(/没有登记的心愿[\s\S]*没有提过、附议过的议题/u);
  });

  it('says what comes next in every state', async () => {
    const rows = town.world.house.db.collection('topic');
    const [startsAt, endsAt] = [new Date('2026-03-12T19:00+08:00'), new Date('2026-03-12T21:00+08:00')];
    const venue = { id: 'v', name: '议事厅', address: '3栋一楼' };
    const item = { id: 'i', text: '装扶手', owner: { id: 'x', name: '李强' }, deadline: '2026-04-01' };
    const table: [string, object, string][] = [
      ['accepted', {}, '正在定大家商量的时间'],
      [
        'scheduled',
        { meeting: { session: 1, venue, startsAt, endsAt, agenda: [], changes: 0 } },
        '3月12日（星期四）19:00，地点：议事厅（3栋一楼）',
      ],
      ['discussing', {}, '正在商量'],
      ['resolved', { outcome: 'passed' }, '结果：通过'],
      [
        'publicised',
        { outcome: 'agreed', resolution: '装在东侧', publicity: { from: startsAt, until: endsAt } },
        '决议：装在东侧\n公示到3月12日',
      ],
      ['executing', { items: [{ ...item, done: { at: startsAt, note: '好' } }, item] }, '要落实的2件事，办好了1件'],
      ['shelved', { shelved: { reason: '等施工队', from: 'accepted' } }, '原因：等施工队'],
      ['merged', { mergedInto: { id: 'x', number: 1 } }, '和议题1号一起商量'],
    ];
    for (const [state, more, answer] of table) {
      await rows.updateOne({ number: 3 }, { $set: { state, ...more } });
      expect(await says('zhao', '议题3号怎么样了')).toContain(answer);
    }
  });

  it('is told alone', async () => {
    const { group, alone } = await town.saysInGroup('granny', '@好邻 议题1号到哪一步了');
    expect(group).toBe(NEUTRAL);
    expect(alone).toContain('议题1号');
  });

  it('leaves nothing of another community to be asked after', async () => {
    expect((await last())?.number).toBe(3);
    const { _id } = await town.topic(1);
    await town.world.house.db
      .collection<{ _id: string }>('topic')
      .updateOne({ _id }, { $set: { areas: ['5202'], community: '520299999999' } });
    expect(await says('chen', '议题1号怎么样了')).toContain('没有找到议题1号');
    expect(await says('chen', '附议1号')).toContain('没有找到议题1号');
  });
});
