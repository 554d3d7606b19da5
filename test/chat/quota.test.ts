import { afterAll, beforeAll, expect, it } from 'vitest';
import { actorOf } from '../../src/features/people/index.ts';
import { submitWish } from '../../src/features/wishes/index.ts';
import { chatWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await chatWorld({ quotas: true });
}, 60_000);
afterAll(() => world.close());

it('what was made in the mini-program is counted in chat, and a full hour says so and keeps what was said', async () => {
  const { house, clock, persons } = world;
  const actor = actorOf(persons.granny, 'api');
  const caller = { actor, ability: house.abilityOf(actor), now: clock.now() };
  for (let n = 0; n < 19; n += 1) await submitWish(house, caller, { text: `想要第${n}床被子`, category: 'goods' });

  await world.says('granny', '想要一个热水壶');
  expect((await world.says('granny', '确认')).join()).toContain('登记好了');
  await world.says('granny', '想请人来修水龙头');
  expect((await world.says('granny', '确认')).join()).toContain('操作太频繁了，请等1小时再试');
  expect(await world.wishes()).toHaveLength(20);

  await world.says('daughter', '想要一个热水壶');
  expect((await world.says('daughter', '确认')).join()).toContain('登记好了');
});
