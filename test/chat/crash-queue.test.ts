import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Elsewhere, elsewhere } from './elsewhere.ts';
import { chatWorld, type World } from './world.ts';

/** A bot killed with SIGKILL while messages wait for their turn: each is answered once, and nothing is done twice. */

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

const unanswered = () =>
  world.house.db.collection('chat_messages').countDocuments({ state: { $ne: 'answered' } as never });

it.each([
  ['reading', '想要一个脸盆', ['系统刚才出了点小问题', '系统刚才出了点小问题', '系统刚才出了点小问题'], 0],
  ['effect', '确认', ['登记好了', '系统刚才出了点小问题', '系统刚才出了点小问题'], 1],
] as const)(
  'killed at %s with two more messages waiting: each is answered once',
  async (point, text, replies, made) => {
    const before = (await world.wishes()).length;
    if (point === 'effect') await world.says('granny', '想要一个热水袋');
    const ids = [1, 2, 3].map((nth) => `${point}-${nth}`);
    const texts = [text, '想要一把蒲扇', '我的心愿到哪一步了'];
    await bots.killedOver(
      point,
      ids.map((id, index) => ({ contact: 'granny', text: texts[index] ?? '', id })),
    );
    const from = world.said.length;
    world.clock.shift(11_000);
    await world.restart();
    await vi.waitUntil(async () => (await unanswered()) === 0, { timeout: 10_000 });
    const said = world.said.slice(from).map((one) => one.text);
    expect(said).toHaveLength(3);
    for (const [index, reply] of replies.entries()) expect(said[index]).toContain(reply);
    for (const id of ids) expect(await world.says('granny', '确认', { id })).toEqual([]);
    expect((await world.wishes()).length).toBe(before + made);
  },
  120_000,
);

it('a message in dead hands holds up nothing the person writes next, and is taken over when its time is up', async () => {
  const before = (await world.wishes()).length;
  await world.says('daughter', '想要一个电饭煲');
  await bots.killedOver('effect', [{ contact: 'daughter', text: '确认', id: 'held' }]);
  const again = world.channel.receive('daughter', '确认', { id: 'held' });
  const next = await world.says('daughter', '菜单');
  expect(next).toEqual([expect.stringContaining('我能帮您办这些事')]);
  const from = world.said.length;
  world.clock.shift(11_000);
  await again;
  expect(world.said.slice(from).map((one) => one.text)).toEqual([expect.stringContaining('登记好了')]);
  expect((await world.wishes()).length).toBe(before + 1);
}, 120_000);
