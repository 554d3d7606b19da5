import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { areas } from '../../../../src/features/areas/index.ts';
import { setOwn } from '../../../../src/features/areas/settings.ts';
import { handoffs } from '../../../../src/features/handoffs/index.ts';
import { report } from '../../../../src/features/incidents/chat/report.ts';
import { urgencyIn } from '../../../../src/features/incidents/chat/urgency.ts';
import { type IncidentDoc, incidents } from '../../../../src/features/incidents/index.ts';
import { actorOf, people } from '../../../../src/features/people/index.ts';
import { wishes } from '../../../../src/features/wishes/index.ts';
import { chatWorld, type World } from '../../../chat/world.ts';
import { makePerson } from '../../../support/house.ts';

const FEATURES = [areas, people, wishes, incidents, handoffs];
let world: World;
const says = async (contact: string, text: string) => (await world.says(contact, text)).join('\n---\n');
const rows = () => world.house.db.collection<IncidentDoc>('incident');
const last = async () => {
  const [incident] = await rows().find({}).sort({ number: -1 }).limit(1).toArray();
  if (!incident) throw new Error('no incident yet');
  return incident;
};
/** Reported by the grandmother and read back; gives its number. */
async function reported(text: string): Promise<number> {
  world.clock.shift(60_000);
  expect(await says('granny', text)).toContain('要报告问题');
  expect(await says('granny', '确认')).toContain('报上去了');
  return (await last()).number;
}
async function inHand(text: string): Promise<number> {
  const number = await reported(text);
  expect(await says('sun', `事件${number}号我来办`)).toContain('由您来办');
  return number;
}

beforeAll(async () => {
  world = await chatWorld({ features: FEATURES, intents: FEATURES.flatMap(({ intents }) => intents) });
  const area = world.community.grids[0] ?? world.community.community;
  await makePerson(world.house, {
    area,
    contacts: [{ puppet: 'web', id: 'sun' }],
    name: '孙丽',
    roles: ['grid_worker'],
  });
});
afterAll(() => world.close());

describe('an incident in chat', () => {
  it('goes from a report over the grid worker to the reporter’s word', async () => {
    const number = await reported('3单元楼道的灯坏了');
    expect(await last()).toMatchObject({ state: 'reported', category: 'facility', urgency: 'usual' });
    expect(await says('sun', `核实事件${number}号 较急`)).toContain('已核实');
    expect(await says('sun', '待办事件')).toContain(`事件${number}号`);
    expect(await says('sun', `事件${number}号我来办`)).toContain('由您来办');
    expect(await says('sun', `事件${number}号进展：配件到了`)).toContain('记下了');
    expect(await says('granny', `事件${number}号到哪一步了`)).toMatch(/处置中.*孙丽.*配件到了/su);
    expect(await says('sun', `事件${number}号办好了，灯换了新的`)).toContain('等报告的人确认');
    expect(await says('granny', '满意')).toContain('办结了');
    expect(await last()).toMatchObject({
      state: 'confirmed',
      outcome: { note: '灯换了新的' },
      rating: { satisfied: true },
    });
  });

  it('asks where only when nothing says so, and once', async () => {
    expect(await says('granny', '我要反映问题，垃圾堆起没人收，臭得很')).toContain('什么地方');
    expect(await says('granny', '不清楚')).toContain('要报告问题：垃圾堆起没人收，臭得很（环境卫生）');
    expect(await says('granny', '确认')).toContain('报上去了');
  });

  it('is in an unhappy answer sent back to be done again', async () => {
    const number = await inHand('小区门口的井盖坏了');
    await says('sun', `事件${number}号办好了，盖上了`);
    expect(await says('granny', `事件${number}号不满意，又翘起来了`)).toContain('退回重办');
    expect(await last()).toMatchObject({ state: 'reopened', rating: { satisfied: false } });
  });

  it('is given to whoever is named: of several of a name it is asked which, and nobody who may not have it gets it', async () => {
    await reported('广场的灯坏了');
    const { number } = await last();
    await says('chen', `核实事件${number}号 一般`);
    const area = world.community.community;
    for (const [name, role] of [
      ['周强', 'worker'],
      ['周强', 'grid_worker'],
      ['周小强', 'volunteer'],
    ] as const)
      await makePerson(world.house, { area, name, roles: [role] });
    expect(await says('chen', `派事件${number}号给周强`)).toMatch(
      /不止一位.*1\. 周强（网格员）.*2\. 周强（社区工作者）/su,
    );
    expect(await says('chen', '2')).toContain('派给周强（社区工作者）');
    await says('chen', '取消');
    expect(await says('chen', `${number}号事件让小周去处理`)).toContain('不止一位');
    expect(await says('chen', `事件${number}号让周小强去`)).toMatch(/不在能派的人里.*李强（社区工作者）/su);
    expect(await says('chen', `派事件${number}号`)).toContain('派给谁');
    expect(await says('li', `派事件${number}号给周强`)).not.toContain('要把');
    await says('chen', `把${number}号事件派给孙网格员`);
    expect(await says('chen', '确认')).toContain('派给孙丽了');
    expect(await last()).toMatchObject({ number, state: 'dispatched', handler: { name: '孙丽' } });
  });

  it('is never mixed up with the wish of the same number', async () => {
    const number = await inHand('河边的路灯又不亮了');
    await says('granny', '想要一个电饭煲');
    await says('granny', '确认');
    const [wish] = (await world.wishes()).slice(-1);
    await world.house.db
      .collection<{ number: number }>('wish')
      .updateOne({ number: wish?.number ?? 0 }, { $set: { number } });
    expect(await says('granny', `${number}号不要了`)).toMatch(/1.*撤回.*\n2.*撤回/u);
    expect(await says('granny', '2')).toContain('要撤回事件');
    await says('granny', '取消');
    expect(await says('granny', `撤回心愿${number}号`)).toContain(`要撤回心愿${number}号`);
    expect(await says('granny', '确认')).toContain(`心愿${number}号已撤回`);
    expect(await says('granny', `事件${number}号不要了`)).toContain('要撤回事件');
    expect(await says('granny', '确认')).toContain(`事件${number}号已撤回`);
  });

  it.each([
    ['withdraw', 'granny', (n: number) => `撤回事件${n}号 自己弄好了`, 'withdrawn'],
    ['reject', 'sun', (n: number) => `退回事件${n}号 不在我的网格`, 'rejected'],
    ['raise', 'sun', (n: number) => `上报事件${n}号 要街道协调`, 'triaged'],
    ['extend', 'sun', (n: number) => `事件${n}号延到下周五，等配件`, 'dispatched'],
  ] as const)('%s is a command', async (_move, who, words, state) => {
    const number = await inHand('广场的长椅坏了');
    await says(who, words(number));
    if ((await last()).state !== state || state === 'dispatched') await says(who, '确认');
    expect(await last()).toMatchObject({ number, state });
    if (state === 'dispatched') expect((await last()).extensions).toHaveLength(1);
  });

  it.each([
    ['较急', 'soon'],
    ['不急', 'usual'],
    ['不紧急', undefined],
    ['不是很紧急，一般', 'usual'],
    ['没有危及生命，较急', 'soon'],
    ['一般还是紧急说不清', undefined],
    ['危及生命', 'danger'],
  ])('how urgent it is is what is said and not what is denied: %s', (words, urgency) => {
    expect(urgencyIn(words)).toBe(urgency);
  });

  it('of danger to life is told at once, and what is said next belongs to it', async () => {
    world.clock.shift(3 * 60 * 60_000);
    const before = await rows().countDocuments();
    await setOwn(
      world.house,
      world.community.community,
      'dutyPhone',
      '0858-8200000',
      actorOf(world.persons.chen, 'api'),
    );
    const answer = await says('granny', '2栋3单元起火了，楼上还有人');
    expect(answer).toMatch(/^.*119.*已经告诉网格员和书记.*值班电话：0858-8200000/su);
    expect(await last()).toMatchObject({ state: 'triaged', urgency: 'danger' });
    expect(await says('granny', '在302，有两个老人')).toContain('已经转告');
    expect(await rows().countDocuments()).toBe(before + 1);
    expect((await last()).reporters.map(({ text }) => text)).toEqual([
      '2栋3单元起火了，楼上还有人',
      '在302，有两个老人',
    ]);
    expect(await says('granny', '没事了，误报')).toContain('平安就好');
    expect(await last()).toMatchObject({ state: 'withdrawn' });
  });

  it.each([
    ['算了，你们别管我了', 'triaged'],
    ['算了', 'triaged'],
    ['取消', 'triaged'],
    ['不用来了，我不想拖累你们', 'triaged'],
    ['没事了，帮我妈叫辆车', 'triaged'],
    ['没事了，不用来了，谢谢你们', 'withdrawn'],
  ])('only a plain all-clear calls off those who are on their way: %s', async (words, state) => {
    world.clock.shift(3 * 60 * 60_000);
    await says('granny', '2栋3单元起火了');
    const { number } = await last();
    expect(await says('granny', words)).toContain(state === 'withdrawn' ? '平安就好' : '还会来看您');
    expect(await last()).toMatchObject({ number, state });
    if (state !== 'withdrawn') await says('granny', '没事了');
  });

  it.each(['没事了', '开玩笑的', '没事了，不用来了，谢谢你们'])(
    'nobody is called off from whoever spoke of ending their life: %s',
    async (words) => {
      world.clock.shift(3 * 60 * 60_000);
      await says('granny', '我不想活了');
      const { number } = await last();
      expect(await says('granny', words)).toContain('还是会来看看您');
      expect(await last()).toMatchObject({ number, state: 'triaged' });
    },
  );

  it('what is said of a danger that was merged meanwhile is told anew', async () => {
    world.clock.shift(3 * 60 * 60_000);
    await says('granny', '2栋3单元起火了');
    const { number } = await last();
    await rows().updateOne({ number }, { $set: { state: 'merged', column: 'over' } });
    expect(await says('granny', '我们在最里面那间')).toContain('已经告诉网格员和书记');
    expect(await last()).toMatchObject({ number: number + 1, urgency: 'danger', text: '我们在最里面那间' });
    await says('granny', '没事了');
  });

  it.each([
    ['没事了', 'withdraw', 'resolved', '平安就好'],
    ['没事了', 'withdraw', 'withdrawn', '平安就好'],
    ['楼上又冒烟了', 'add', 'resolved', '转告他们'],
    ['楼上又冒烟了', 'add', 'withdrawn', '已经告诉网格员和书记'],
  ] as const)(
    '%s, heard before it ended and done after, is lost to nobody: %s, %s',
    async (text, move, state, said) => {
      world.clock.shift(3 * 60 * 60_000);
      await says('granny', '2栋3单元起火了');
      const { _id, number } = await last();
      await rows().updateOne({ number }, { $set: { state, column: state === 'resolved' ? 'answered' : 'over' } });
      const actor = actorOf(world.persons.granny, 'chat');
      const kept = { id: _id, number, move, input: {} };
      const turn = { actor, ability: world.house.abilityOf(actor), text, written: text, slots: { urgent: true }, kept };
      const answer = await report.handle(
        {
          ...turn,
          place: 'private',
          contact: { puppet: 'web', id: 'granny' },
          now: world.clock.now(),
          key: `race-${text}-${state}`,
          photos: [],
          confirmed: true,
          means: () => ({ intent: '', slots: {} }),
        },
        world.house,
      );
      expect(answer.text).toContain(said);
      const { reporters } = await last();
      if (said !== '平安就好' || state === 'resolved') expect(reporters.at(-1)).toMatchObject({ text });
      await says('granny', '没事了');
    },
  );
});
