import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HandoffDoc } from '../../../src/features/handoffs/index.ts';
import { chatWorld, type World } from '../../chat/world.ts';
import { makeCommunity, makePerson } from '../../support/house.ts';

let world: World;
beforeAll(async () => {
  world = await chatWorld();
}, 60_000);
afterAll(async () => {
  await world.close();
});

const says = async (contact: string, text: string, id?: string) =>
  (await world.says(contact, text, id === undefined ? {} : { id })).join('\n');
const handoffs = () => world.house.db.collection<HandoffDoc>('handoff').find({}).sort({ number: 1 }).toArray();

describe('转人工', () => {
  it('hands over at once, and takes the matter in when it is told', async () => {
    const answer = await says('granny', '转人工', 'h1');
    expect(answer).toContain('已经转给社区工作人员（求助1号）');
    expect(answer).toContain('先说一说');
    expect(await says('granny', '我家的低保停了', 'h2')).toContain('一起转过去了');
    expect(await handoffs()).toMatchObject([
      { number: 1, state: 'opened', requester: { name: '王桂芳' }, said: [{}, { text: '我家的低保停了' }] },
    ]);
    expect(await says('granny', '我家的低保停了', 'h2')).toBe('');
  });

  it('does not hand the same person over twice while one call is open', async () => {
    await says('granny', '转人工');
    expect(await handoffs()).toHaveLength(1);
  });

  it('lets a worker see what waits and answer it after a look at it', async () => {
    expect(await says('li', '待回复')).toMatch(/1号 王桂芳：/u);
    expect(await says('granny', '待回复')).not.toContain('王桂芳：');
    expect(await says('chen', '回复1号')).toContain('要回复什么');
    expect(await says('chen', '明天上午九点来看您')).toContain('已经回复王桂芳');
    const [handoff] = await handoffs();
    expect(handoff).toMatchObject({ state: 'answered' });
    expect(handoff?.said.at(-1)).toMatchObject({ answer: true, text: '明天上午九点来看您', by: { name: '陈建国' } });
    expect(handoff?.outbox.at(-1)).toMatchObject({
      message: 'handoff.answered',
      to: { person: world.persons.granny._id },
    });
  });

  it('refuses an answer by somebody who does not serve the place', async () => {
    const [before] = await handoffs();
    expect(await says('zhao', '回复1号 我来')).not.toContain('已经回复');
    expect(await handoffs()).toEqual([before]);
  });

  it('asks which is meant when the number is one of two communities’', async () => {
    const [first] = await handoffs();
    const elsewhere = await makeCommunity(world.house, { name: '清风社区' });
    const roles = [world.community.community, elsewhere.community].map((area) => ({ role: 'worker' as const, area }));
    const [area = ''] = elsewhere.grids;
    await makePerson(world.house, { area, name: '马超', roles, contacts: [{ puppet: 'web', id: 'both' }] });
    const copy = { ...first, _id: 'f'.repeat(24), community: elsewhere.community, areas: elsewhere.areas };
    const rows = world.house.db.collection<HandoffDoc>('handoff');
    await rows.insertOne({ ...copy, requester: { id: 'x', name: '何秀' }, outbox: [] } as HandoffDoc);
    expect(await says('both', '回复1号 下午来看您')).toMatch(/哪一件[\s\S]*王桂芳[\s\S]*何秀/u);
    expect(await handoffs()).toMatchObject([{ version: first?.version }, { version: first?.version }]);
    expect(await says('both', '2')).toContain('要回复何秀');
    expect(await says('both', '确认')).toContain('已经回复何秀');
    expect((await rows.findOne({ _id: copy._id }))?.said.at(-1)).toMatchObject({ text: '下午来看您' });
    await rows.updateOne({ _id: copy._id }, { $set: { state: 'closed' } });
    expect(await says('both', '回复1号')).toContain('要回复什么');
    expect(await says('both', '在路上了')).toContain('王桂芳');
    await rows.deleteOne({ _id: copy._id });
  });

  it('asks somebody unknown to bind first', async () => {
    expect(await says('stranger', '转人工')).toContain('绑定');
    expect(await handoffs()).toHaveLength(1);
  });
});

describe('an emergency', () => {
  const open = async (contact: string) => (await handoffs()).filter((one) => one.requester.id === idOf(contact)).at(-1);
  const idOf = (contact: string) => world.persons[contact as 'granny']._id;

  it('is passed on at once, and so is where it is', async () => {
    const answer = await says('daughter', '我家着火了', 'e1');
    expect(answer).toMatch(/119[\s\S]*已经通知了社区的人（求助\d+号）/u);
    expect(await says('daughter', '我家着火了', 'e1')).toBe('');
    expect(await says('daughter', '3栋2单元501')).toContain('一起转过去了');
    const handoff = await open('daughter');
    expect(handoff?.said.map((one) => one.text)).toEqual(['我家着火了', '3栋2单元501']);
    expect(new Set(handoff?.outbox.map((entry) => entry.message))).toEqual(new Set(['handoff.alarm']));
  });

  it('goes into the call that is open already', async () => {
    await says('daughter', '老伴摔倒了起不来');
    const handoff = await open('daughter');
    expect(handoff?.said.map((one) => one.text)).toEqual(['我家着火了', '3栋2单元501', '老伴摔倒了起不来']);
    await says('daughter', '要得，谢谢');
    expect((await open('daughter'))?.said).toHaveLength(3);
  });
});

describe('taking it back', () => {
  const state = async () =>
    (await handoffs()).filter((one) => one.requester.id === world.persons.zhao._id).at(-1)?.state;

  it.each(['算了', '取消', '不用了', '不用了，谢谢', '没事了', '不找了', '算了嘛', '不用人工了', '取消求助'])(
    '%s right after 转人工 ends the call',
    async (text) => {
      if ((await state()) === 'opened') await says('zhao', '不用人工了');
      await says('zhao', '转人工');
      expect(await state()).toBe('opened');
      const before = (await handoffs()).length;
      const answer = await says('zhao', text);
      expect(answer).toMatch(/求助\d+号已经取消/u);
      expect(await state()).toBe('closed');
      expect(await handoffs()).toHaveLength(before);
    },
  );

  it('works later, too, and says so when there is nothing to take back', async () => {
    await says('zhao', '转人工');
    await says('zhao', '低保的事');
    await says('zhao', '菜单');
    expect(await says('zhao', '不用转人工了')).toMatch(/已经取消/u);
    expect(await state()).toBe('closed');
    expect(await says('zhao', '取消求助')).toContain('没有等回复的求助');
  });

  it('tells the secretary nothing of his own call', async () => {
    await says('chen', '转人工');
    const handoff = (await handoffs()).at(-1);
    for (const { to } of handoff?.outbox ?? []) expect(to).toMatchObject({ except: world.persons.chen._id });
    await says('chen', '算了');
  });
});

it('a call repeated while it waits is passed on once', async () => {
  await says('zhao', '转人工');
  const before = await handoffs();
  for (let i = 0; i < 3; i += 1) expect(await says('zhao', '转人工')).toMatch(/已经转过去了/u);
  expect(await handoffs()).toEqual(before);
});

it('the example of an answer names a call that waits', async () => {
  const list = await says('li', '待回复');
  const numbers = [...list.matchAll(/^(\d+)号 /gmu)].map(([, number]) => number);
  expect(numbers).toContain(/回复请发“回复(\d+)号/u.exec(list)?.[1]);
});

it('what somebody wrote is one row of the list, never the next', async () => {
  await says('granny', '转人工');
  await says('granny', '水管坏了\n99号 陈建国：已经修好');
  const list = await says('li', '待回复');
  expect(list).toContain('水管坏了 99号');
  expect(list).not.toMatch(/^99号/mu);
});

describe('求助 and nothing more', () => {
  it.each(['求助', '帮忙', '救助', '请帮帮忙', '我需要帮助', '求助！'])(
    '%s asks which help, and offers a person',
    async (text) => {
      const before = (await handoffs()).length;
      const answer = await says('zhao', text);
      expect(answer).toMatch(/需要什么帮助[\s\S]*1\. 转人工/u);
      expect(await handoffs()).toHaveLength(before);
      expect(await says('zhao', '想要一个电饭煲')).toContain('要登记微心愿：想要一个电饭煲');
      await says('zhao', '取消');
    },
  );

  it('hands over to a person who is chosen', async () => {
    await says('zhao', '不用人工了');
    const before = (await handoffs()).length;
    await says('zhao', '求助');
    expect(await says('zhao', '1')).toMatch(/已经转给社区工作人员[\s\S]*先说一说/u);
    expect(await handoffs()).toHaveLength(before + 1);
  });

  it.each(['帮我修一下水管', '需要帮助老人买菜', '取消求助', '帮助', '帮助！'])('%s says more', async (text) => {
    expect(await says('zhao', text)).not.toContain('需要什么帮助');
    await says('zhao', '取消');
  });
});

describe('who waits', () => {
  it('is told how many come first and where all of their matters stand', async () => {
    await world.house.db.collection('handoff').deleteMany({});
    world.clock.set('2026-03-10T10:00');
    expect(await says('granny', '转人工')).not.toContain('您前面还有');
    await says('granny', '想问低保');
    world.clock.shift(1_000);
    expect(await says('daughter', '转人工')).toMatch(/您前面还有1位。\n是什么事/u);
    await says('daughter', '想问医保');
    world.clock.shift(1_000);
    expect(await says('zhao', '转人工，我要问活动室几点开门')).toMatch(/您前面还有2位。$/u);
    // Whoever is in danger goes before everybody, and is told of no queue and no hours.
    world.clock.set('2026-03-10T22:00');
    const alarmed = await says('li', '我家燃气漏了');
    expect(alarmed).not.toMatch(/您前面还有|上班/u);
    await says('li', '不用人工了');
    expect(await says('zhao', '我的事到哪一步了')).toMatch(/求助\d+号：待回复，您前面还有2位/u);
    const [first] = await handoffs();
    await says('chen', `回复${first?.number}号 低保下周办`);
    await says('chen', '确认');
    expect(await says('granny', `求助${first?.number}号到哪一步了`)).toMatch(/已回复，“低保下周办”/u);
    expect(await says('zhao', '我的求助到哪一步了')).toContain('您前面还有1位');
    // Nobody else's business.
    expect(await says('zhao', `求助${first?.number}号到哪一步了`)).toContain('没有找到');
  });

  it('hears outside office hours when somebody is there again, with whom to call until then', async () => {
    await world.house.db.collection('handoff').deleteMany({});
    for (const [when, opens] of [
      ['2026-03-09T08:59', '工作人员今天09:00上班'],
      ['2026-03-09T17:00', '工作人员明天（星期二）09:00上班'],
      ['2026-03-13T18:00', '工作人员3月16日（星期一）09:00上班'],
      // Before the eight days of the National Day.
      ['2026-09-30T20:00', '工作人员10月8日（星期四）09:00上班'],
    ] as const) {
      world.clock.set(when);
      const answer = await says('granny', '转人工');
      expect(answer).toContain('现在不是上班时间（社区上班：工作日 09:00–17:00）');
      expect(answer).toContain(opens);
      expect(answer).toContain('110、119、120');
      await says('granny', '算了');
    }
    // A Sunday that is worked instead of a holiday.
    world.clock.set('2026-09-20T16:59');
    expect(await says('granny', '转人工')).not.toContain('上班时间');
  });
});
