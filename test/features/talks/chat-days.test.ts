import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actorOf, type Person } from '../../../src/features/people/index.ts';
import { talks } from '../../../src/features/talks/index.ts';
import { askForTalk } from '../../../src/features/talks/service.ts';
import { chatWorld, FEATURES, type World } from '../../chat/world.ts';
import { makePerson } from '../../support/house.ts';

/** On which day, and which of somebody's talks, a message is taken to speak of. It is a Monday, the 9th of March. */
let world: World;
const people: Record<string, Person> = {};
beforeAll(async () => {
  const features = [...FEATURES, talks];
  world = await chatWorld({ features, intents: features.flatMap(({ intents }) => [...intents]) });
  const area = world.community.grids[0] ?? '';
  const make = async (name: string, roles: Parameters<typeof makePerson>[1]['roles'], id: string) => {
    people[id] = await makePerson(world.house, {
      name,
      area,
      ...(roles && { roles }),
      contacts: [{ puppet: 'web', id }],
    });
  };
  await make('李敏', ['worker'], 'limin');
  await make('何春梅', ['worker'], 'he');
  await make('周一鸣', ['worker'], 'zhou');
  await make('邓书记', ['secretary'], 'deng');
}, 60_000);
afterAll(() => world.close());
beforeEach(async () => {
  await says('deng', '取消');
  await says('limin', '取消');
  await world.house.db.collection('talk').deleteMany({});
});

const says = async (contact: string, text: string) => (await world.says(contact, text)).join('\n');
const kept = async () =>
  (await world.house.db.collection('talk').find().sort({ purpose: 1 }).toArray()).map(
    ({ purpose, state, claimed, heldOn }) => [purpose, state, claimed ?? heldOn].join(' '),
  );
/** Something happened that calls for a talk with 李敏. */
async function illness(at: string): Promise<void> {
  const { house, clock } = world;
  const actor = actorOf(people.deng as Person, 'chat');
  const caller = { actor, ability: house.abilityOf(actor), now: clock.now() };
  await askForTalk(house, caller, { worker: people.limin?._id, occasion: 'illness', at });
}
const QUARTER_DONE = '这季度的谈心谈完了';

describe('the day of a talk', () => {
  it.each([
    ['和何春梅3月5日谈过了', '3月5日（星期四）和何春梅谈过心了，对吗'],
    ['和周一鸣谈过了', '今天和周一鸣谈过心了，对吗'],
    ['和李敏明天谈过了', '3月10日（星期二）还没到'],
    ['和李敏3月30日谈过了', '3月30日（星期一）还没到'],
    ['和李敏去年3月5日谈过了', '日期太早了'],
    ['上个月和何春梅谈过了', '哪一天谈的'],
    ['前几天和何春梅谈过了', '哪一天谈的'],
    ['上季度和何春梅谈过了', '哪一天谈的'],
  ])('as the secretary says it: %s', async (text, expected) => {
    expect(await says('deng', text)).toContain(expected);
    expect(await kept()).toEqual([]);
  });

  it('is asked for until it is said, and is what is registered', async () => {
    await says('deng', '上个月和何春梅谈过了');
    expect(await says('deng', '记不得了')).toContain('哪一天谈的');
    expect(await says('deng', '3月12号')).toContain('还没到');
    await says('deng', '上个月和何春梅谈过了');
    expect(await says('deng', '2月20日')).toContain('2月20日（星期五）和何春梅谈过心了，对吗');
    await says('deng', '确认');
    expect(await kept()).toEqual(['2026-Q1 done 2026-02-20']);
  });

  it('is asked for after who it was', async () => {
    expect(await says('deng', '前几天谈过心了，谈心谈话完成')).toContain('哪一位');
    expect(await says('deng', '李敏')).toContain('哪一天谈的');
    expect(await says('deng', '前天')).toContain('3月7日（星期六）和李敏谈过心了，对吗');
  });

  it('is asked of a worker too, and last quarter is not this one', async () => {
    expect(await says('limin', '书记前几天找我谈过心了')).toContain('哪一天谈的');
    expect(await says('limin', '3月4日')).toContain('书记3月4日（星期三）和您谈过心了');
    await says('limin', '取消');
    expect(await says('limin', '上季度的谈心谈完了')).toContain('请直接告诉书记');
    await says('limin', '确认');
    expect(await kept()).toEqual([]);
  });
});

describe('which talk it was', () => {
  it('of a claim is what was claimed, on its day', async () => {
    await says('limin', '这季度的谈心昨天谈完了');
    await says('limin', '确认');
    await illness('2026-03-09');
    expect(await says('deng', '和李敏谈过了')).toContain('昨天和李敏谈过心了，对吗');
    await says('deng', '确认');
    expect(await kept()).toEqual(['2026-Q1 done 2026-03-08', 'illness:2026-03-09:1 asked ']);
    // The quarter's is registered: an occasion's is not taken for it.
    expect(await says('limin', QUARTER_DONE)).toContain('您这个季度的谈心已经登记过了（昨天）');
    await says('limin', '这季度的谈心前几天谈完了');
    expect(await says('limin', '今天')).toContain('您这个季度的谈心已经登记过了（昨天）');
    expect(await says('limin', '书记今天找我谈过心了')).toContain('我请书记确认一下');
  });

  it('is not claimed twice', async () => {
    await says('limin', QUARTER_DONE);
    await says('limin', '确认');
    expect(await says('limin', QUARTER_DONE)).toContain('已经请书记确认过了（今天的谈心）');
    expect(await says('limin', '书记找我谈过心了，谈心完成')).toContain('已经请书记确认过了');
    expect(await kept()).toEqual(['2026-Q1 asked 2026-03-09']);
  });

  it('is none that something called for only later', async () => {
    await illness('2026-03-09');
    await says('deng', '和李敏3月5日谈过了');
    await says('deng', '确认');
    expect(await kept()).toEqual(['2026-Q1 done 2026-03-05', 'illness:2026-03-09:1 asked ']);
  });
});
