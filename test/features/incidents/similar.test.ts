import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { areas } from '../../../src/features/areas/index.ts';
import { handoffs } from '../../../src/features/handoffs/index.ts';
import { type IncidentDoc, incidents } from '../../../src/features/incidents/index.ts';
import { alikeness, similarTo } from '../../../src/features/incidents/similar.ts';
import { actorOf, type Person, people } from '../../../src/features/people/index.ts';
import { wishes } from '../../../src/features/wishes/index.ts';
import { chatWorld, type World } from '../../chat/world.ts';
import { makePerson } from '../../support/house.ts';

const GRIDS = [
  ['990001001001', '990001001001G01'],
  ['990001001001', '990001001001G02'],
] as const;
const problem = (text: string, grid: 0 | 1 = 0) => ({ text, areas: GRIDS[grid] });

describe('two problems may be one', () => {
  it.each([
    ['3栋电梯又坏了', '三栋的电梯坏了，停在5楼'],
    ['垃圾堆满了没人收', '垃圾堆满了，好几天没人来收'],
    ['3号楼楼道灯不亮', '3栋2单元楼道灯不亮了，麻烦派人修一下'],
    ['小區門口的井蓋壞了', '门口井盖坏了'],
  ])('%s · %s', (one, other) => {
    expect(alikeness(problem(one), problem(other))).toBeGreaterThanOrEqual(0.6);
    expect(alikeness(problem(other), problem(one))).toBe(alikeness(problem(one), problem(other)));
  });

  it.each([
    ['3栋电梯又坏了', '5栋电梯又坏了'],
    ['3栋电梯又坏了', '3栋楼道灯坏了'],
    ['3栋水管漏水了', '3栋有人吵架'],
  ])('and are not: %s · %s', (one, other) => expect(alikeness(problem(one), problem(other))).toBeLessThan(0.6));

  it('without a building only in one grid', () => {
    expect(alikeness(problem('电梯坏了'), problem('电梯又坏了', 1))).toBe(0);
    expect(alikeness(problem('3栋电梯坏了'), problem('3栋电梯又坏了', 1))).toBeGreaterThanOrEqual(0.6);
  });
});

describe('what several neighbours report', () => {
  const FEATURES = [areas, people, wishes, incidents, handoffs];
  let world: World;
  let keeper: Person;
  const says = async (who: string, text: string) => (await world.says(who, text)).join('\n');
  const rows = () => world.house.db.collection<IncidentDoc>('incident').find({}).sort({ number: 1 }).toArray();
  beforeAll(async () => {
    world = await chatWorld({ features: FEATURES, intents: FEATURES.flatMap(({ intents }) => intents) });
    const area = world.community.grids[0] ?? '';
    keeper = await makePerson(world.house, { area, name: '孙丽', roles: ['grid_worker'] });
  });
  afterAll(() => world.close());

  it('the next is told that it is known, and not by whom; those who may merge see them side by side', async () => {
    const caller = (person: Person) => {
      const actor = actorOf(person, 'api');
      return { actor, ability: world.house.abilityOf(actor), now: world.clock.now() };
    };
    await says('granny', '3栋电梯又坏了，我王桂芳腿脚不好');
    await says('granny', '确认');
    const told = await says('daughter', '3栋的电梯坏了');
    expect(told).toMatch(/^这里已经有邻居报过相近的问题（待核实）。[\s\S]*要报告问题：3栋的电梯坏了/u);
    expect(told).not.toMatch(/王桂芳|腿脚|1号/u);
    expect(await says('daughter', '确认')).toContain('报上去了');
    expect(await says('granny', '3栋电梯还是坏的')).toContain('您自己报过的事件1号');
    await says('granny', '取消');
    expect(await says('daughter', '5栋的电梯坏了')).not.toContain('相近');
    await says('daughter', '取消');

    const [first, second] = await rows();
    const numbers = async (person: Person, one = second) =>
      (await similarTo(world.house, caller(person), one?._id ?? '')).map(({ number }) => number);
    expect(await numbers(keeper)).toEqual([1]);
    expect(await numbers(keeper, first)).toEqual([2]);
    expect(await numbers(world.persons.daughter)).toEqual([]);
    await expect(numbers(world.persons.zhao)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('of quarrels and of danger no neighbour hears', async () => {
    await says('granny', '隔壁两家天天吵架打架，在6栋');
    await says('granny', '确认');
    expect(await says('daughter', '6栋隔壁两家天天吵架打架')).not.toContain('邻居报过');
  });
});
