import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { type Elsewhere, elsewhere, type Point } from './elsewhere.ts';
import { chatWorld, type World } from './world.ts';

/** A bot killed with SIGKILL in the middle of a message, and what the one that follows makes of it. */

let world: World;
let bots: Elsewhere;
beforeAll(async () => {
  world = await chatWorld({ now: new Date() });
  bots = elsewhere(world);
}, 120_000);
afterAll(async () => {
  bots.end();
  await world.close();
});

const killedOver = (point: Point, text: string, id: string) =>
  bots.killedOver(point, [{ contact: 'granny', text, id }]);

const answered = (id: string) =>
  until(
    async () =>
      (await world.house.db.collection('chat_messages').findOne({ _id: `web:${id}` as never }))?.state === 'answered',
  );

for (const point of ['effect', 'decided'] as const) {
  const when = point === 'effect' ? 'the effect' : 'the reply was decided';
  it(`killed after ${when}, the message delivered again: one wish, and its reply exactly once`, async () => {
    const before = (await world.wishes()).length;
    await world.says('granny', `想要一个${point === 'effect' ? '电饭煲' : '收音机'}`);
    await killedOver(point, '确认', `yes-${point}`);
    expect((await world.wishes()).length).toBe(before + 1);

    world.clock.shift(11_000);
    const again = await world.says('granny', '确认', { id: `yes-${point}` });
    expect(again).toHaveLength(1);
    expect(again[0]).toContain('登记好了');
    expect(await world.says('granny', '确认', { id: `yes-${point}` })).toEqual([]);
    expect((await world.wishes()).length).toBe(before + 1);
    expect((await world.says('granny', '确认'))[0]).toContain('现在没有等您确认的事');
  }, 120_000);

  it(`killed after ${when}, and nobody delivers the message again: the same`, async () => {
    const before = (await world.wishes()).length;
    await world.says('granny', `想要一个${point === 'effect' ? '热水袋' : '闹钟'}`);
    await killedOver(point, '确认', `alone-${point}`);
    const from = world.said.length;
    world.clock.shift(11_000);
    await world.restart();
    await answered(`alone-${point}`);
    expect(world.said.slice(from).map((one) => one.text.slice(0, 4))).toEqual(['登记好了']);
    expect((await world.wishes()).length).toBe(before + 1);
    expect((await world.says('granny', '确认'))[0]).toContain('现在没有等您确认的事');
  }, 120_000);
}

it('killed before anything was known of it: the person is told that nothing came of it', async () => {
  await killedOver('reading', '想要一个锅盖', 'unread');
  const from = world.said.length;
  world.clock.shift(11_000);
  await world.restart();
  await answered('unread');
  expect(world.said.slice(from).map((one) => one.text)).toEqual([expect.stringContaining('系统刚才出了点小问题')]);
}, 120_000);
