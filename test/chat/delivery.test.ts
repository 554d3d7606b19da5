import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Incoming } from '../../src/chat/index.ts';
import { until } from '../support/until.ts';
import { chatWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await chatWorld();
}, 60_000);
afterAll(async () => {
  await world.close();
});

const incoming = (id: string, text: string, extra: Partial<Incoming> = {}): Incoming => ({
  id,
  contact: 'granny',
  kind: 'text',
  text,
  mentioned: false,
  self: false,
  at: world.clock.now(),
  ...extra,
});
const count = async () => (await world.wishes()).length;
const state = async (id: string) =>
  (await world.house.db.collection('chat_messages').findOne({ _id: `web:${id}` as never }))?.state;

describe('one message, one effect, one reply', () => {
  it('though it comes twice', async () => {
    expect(await world.says('granny', '想要一个电饭煲', { id: 'a1' })).toHaveLength(1);
    expect(await world.says('granny', '确认', { id: 'a2' })).toHaveLength(1);
    expect(await world.says('granny', '确认', { id: 'a2' })).toEqual([]);
    expect(await world.says('granny', '想要一个电饭煲', { id: 'a1' })).toEqual([]);
    expect(await count()).toBe(1);
  });

  it('though it comes twenty times at once', async () => {
    await world.says('granny', '想要一个水壶', { id: 'b1' });
    const from = world.said.length;
    await Promise.all(Array.from({ length: 20 }, () => world.channel.receive('granny', '确认', { id: 'b2' })));
    expect(world.said.slice(from)).toHaveLength(1);
    expect(await count()).toBe(2);
  });

  it('though it comes again after a restart', async () => {
    await world.says('granny', '想要一张桌子', { id: 'c1' });
    await world.says('granny', '确认', { id: 'c2' });
    await world.restart();
    expect(await world.says('granny', '确认', { id: 'c2' })).toEqual([]);
    expect(await count()).toBe(3);
  });

  it('though it comes to two processes at once', async () => {
    await world.says('granny', '想要一把椅子', { id: 'd1' });
    const from = world.said.length;
    const first = world.channel;
    const other = await world.another();
    await Promise.all([
      first.receive('granny', '确认', { id: 'd2' }),
      other.channel.receive('granny', '确认', { id: 'd2' }),
    ]);
    expect(world.said.length + other.said.length - from).toBe(1);
    expect(await count()).toBe(4);
    await other.chat.stop();
  });

  it('in the order one person wrote, whatever is quicker', async () => {
    const from = world.said.length;
    await Promise.all([
      world.channel.receive('granny', '想要修一下水龙头', { id: 'e1' }),
      world.channel.receive('granny', '确认', { id: 'e2' }),
      world.channel.receive('granny', '谢谢', { id: 'e3' }),
    ]);
    expect(world.said.slice(from).map((one) => one.text.slice(0, 4))).toEqual(['要登记微', '登记好了', '不客气，']);
  });
});

describe('not acted on', () => {
  it('what the bot said itself, and the channel’s own lines', async () => {
    const from = world.said.length;
    await world.chat.handle(incoming('f1', '想要一个电饭煲', { self: true }));
    await world.chat.handle(incoming('f2', '你已添加了好邻', { kind: 'notice' }));
    expect(world.said).toHaveLength(from);
    expect(await state('f1')).toBeUndefined();
  });

  it('what is older than what was seen before this session', async () => {
    await world.says('granny', '谢谢', { id: 'g1' });
    await world.restart();
    const before = new Date(world.clock.now().getTime() - 3 * 60_000);
    expect(await world.says('granny', '想要一个电饭煲', { id: 'g2', at: before })).toEqual([]);
    expect(await state('g2')).toBeUndefined();
    // Messages do not arrive quite in the order they were written in.
    const lately = new Date(world.clock.now().getTime() - 60_000);
    expect(await world.says('granny', '谢谢', { id: 'g3', at: lately })).toHaveLength(1);
  });

  it('but what was written while the bot was away is', async () => {
    await world.says('granny', '谢谢', { id: 'h1' });
    await world.chat.stop();
    world.clock.shift(3 * 3_600_000);
    const meanwhile = new Date(world.clock.now().getTime() - 2 * 3_600_000);
    await world.restart();
    // The newest comes first: what comes after it is not old for that.
    expect(await world.says('li', '谢谢', { id: 'h2' })).toHaveLength(1);
    expect(await world.says('granny', '谢谢', { id: 'h3', at: meanwhile })).toHaveLength(1);
  });

  it('and a clock that was ahead for a while does not make everything old', async () => {
    await world.says('granny', '谢谢', { id: 'i1', at: new Date(world.clock.now().getTime() + 30 * 24 * 3_600_000) });
    await world.restart();
    expect(await world.says('granny', '谢谢', { id: 'i2' })).toHaveLength(1);
  });
});

describe('a reply the channel would not take', () => {
  it('is said once when the bot is back, and the effect is not made again', async () => {
    const before = await count();
    await world.says('granny', '想要一个闹钟', { id: 'j1' });
    const off = breakChannel();
    expect(await world.says('granny', '确认', { id: 'j2' })).toEqual([]);
    off();
    expect(await state('j2')).toBe('decided');
    const from = world.said.length;
    await world.restart();
    await until(() => world.said.length > from);
    expect(world.said.slice(from).map((one) => one.text.slice(0, 4))).toEqual(['登记好了']);
    await until(async () => (await state('j2')) === 'answered');
    expect(await world.says('granny', '确认', { id: 'j2' })).toEqual([]);
    expect(await count()).toBe(before + 1);
  });

  it('is said when the message comes again before that', async () => {
    await world.says('granny', '想要一个热水袋', { id: 'k1' });
    const off = breakChannel();
    await world.says('granny', '确认', { id: 'k2' });
    off();
    expect((await world.says('granny', '确认', { id: 'k2' })).join()).toContain('登记好了');
    expect(await world.says('granny', '确认', { id: 'k2' })).toEqual([]);
  });

  it('is not said after ten minutes, when it would only confuse', async () => {
    const off = breakChannel();
    await world.says('granny', '谢谢', { id: 'l1' });
    off();
    world.clock.shift(11 * 60_000);
    const from = world.said.length;
    await world.restart();
    await world.says('li', '谢谢', { id: 'l2' });
    expect(world.said.slice(from)).toHaveLength(1);
  });
});

describe('saying something unasked', () => {
  it('is said once under its key', async () => {
    const from = world.said.length;
    await Promise.all([1, 2, 3].map(() => world.chat.say('granny', '有人来帮忙了', 'delivery-1')));
    await world.chat.say('granny', '有人来帮忙了', 'delivery-1');
    await world.restart();
    await world.chat.say('granny', '有人来帮忙了', 'delivery-1');
    await world.chat.say('granny', '办好了', 'delivery-2');
    expect(world.said.slice(from).map((one) => one.text)).toEqual(['有人来帮忙了', '办好了']);
  });

  it('may be tried again when the channel refused it', async () => {
    const off = breakChannel();
    await expect(world.chat.say('granny', '提醒', 'delivery-3')).rejects.toThrow();
    off();
    const from = world.said.length;
    await world.chat.say('granny', '提醒', 'delivery-3');
    expect(world.said.slice(from)).toHaveLength(1);
  });

  it('is refused by name before the bot is there and after it stopped', async () => {
    await world.chat.stop();
    await expect(world.chat.say('granny', '提醒', 'delivery-4')).rejects.toMatchObject({ status: 503 });
    await world.restart();
  });
});

/** The channel throws at whatever the bot says, until the returned function is called. */
function breakChannel(): () => void {
  const { channel } = world;
  const { said } = channel;
  channel.said = () => {
    throw new Error('the channel is down');
  };
  return () => {
    channel.said = said;
  };
}
