import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Plan } from '../../src/chat/book.ts';
import { IDLE } from '../../src/chat/dialogue/state.ts';
import { chatMessages } from '../../src/chat/index.ts';
import type { Intent } from '../../src/core/feature.ts';
import { MINUTE } from '../../src/core/time.ts';
import { createPush, listInbox } from '../../src/push/index.ts';
import { until } from '../support/until.ts';
import { chatWorld, type World } from './world.ts';

/** What a reply comes to that the channel would not take, or that a crash cut off, while nobody writes again. */

let world: World;
beforeAll(async () => {
  world = await chatWorld({ now: new Date(), more: { lookEveryMs: 20 } });
}, 60_000);
afterEach(() => vi.restoreAllMocks());
afterAll(() => world.close());

const rows = () => world.house.db.collection('chat_messages');
const state = async (id: string) => (await rows().findOne({ _id: `web:${id}` as never }))?.state;
const answered = (id: string) => until(async () => (await state(id)) === 'answered');
const errors = () => world.log.filter((one) => one.level === 'error').length;
/** Two rounds and more. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 150));

/** The channel throws at what it is asked to say to these, until the returned function is called. */
function refuse(whom: (to: object) => boolean = () => true): () => void {
  const { channel } = world;
  const { said } = channel;
  channel.said = (message) => {
    if (whom(message.to)) throw new Error('the channel refuses');
    said(message);
  };
  return () => {
    channel.said = said;
  };
}

/** What lies in a person's inbox once everything is relayed. */
async function inbox(person: string) {
  const push = createPush({ house: world.house, messages: chatMessages, aggregates: [], channels: [] });
  await push.drain();
  return (await listInbox(world.house, person, { limit: 50 })).items;
}

describe('a reply the channel refuses while the bot stays signed in', () => {
  it('is said by itself soon afterwards, once, and nothing is done again', async () => {
    await world.says('granny', '想要一个闹钟');
    const off = refuse();
    expect(await world.says('granny', '确认', { id: 'a1' })).toEqual([]);
    await aWhile();
    off();
    const from = world.said.length;
    await answered('a1');
    await aWhile();
    expect(world.said.slice(from).map((one) => one.text.slice(0, 4))).toEqual(['登记好了']);
    expect(await world.wishes()).toHaveLength(1);
    expect(await inbox(world.persons.granny._id)).toEqual([]);
  });

  it('keeps nobody else waiting, though one of many can never be said', async () => {
    const off = refuse((to) => 'contact' in to && to.contact === 'granny');
    expect(await world.says('granny', '谢谢', { id: 'b1' })).toEqual([]);
    const none = refuse();
    expect(await world.says('li', '谢谢', { id: 'b2' })).toEqual([]);
    none();
    await answered('b2');
    expect(await state('b1')).toBe('decided');
    off();
    await answered('b1');
  });

  it('lies in the person’s inbox after ten minutes, once, and is said no more', async () => {
    await world.says('daughter', '想要一个热水袋');
    const off = refuse();
    await world.says('daughter', '确认', { id: 'c1' });
    world.clock.shift(9 * MINUTE);
    await aWhile();
    expect(await state('c1')).toBe('decided');
    expect(await inbox(world.persons.daughter._id)).toEqual([]);
    world.clock.shift(2 * MINUTE);
    await answered('c1');
    off();
    const from = world.said.length;
    await aWhile();
    expect(world.said).toHaveLength(from);
    const lying = await inbox(world.persons.daughter._id);
    expect(lying).toHaveLength(1);
    expect(lying[0]).toMatchObject({ message: 'chat.unsaid', urgent: false });
    expect(lying[0]?.text).toContain('登记好了');
    expect(lying[0]?.text).toMatch(/您\d+月\d+日 \d+:\d\d在聊天里说的事/u);
    // Nothing of what was said stays behind with the message itself.
    expect(Object.keys((await rows().findOne({ _id: 'web:c1' as never })) ?? {}).sort()).toEqual(
      ['_id', 'lease', 'puppet', 'seenAt', 'state'].sort(),
    );
  });

  it('lies there though the bot was away or down all the time, and though it never comes up again', async () => {
    const off = refuse();
    await world.says('li', '谢谢', { id: 'd1' });
    await world.chat.stop();
    off();
    world.clock.shift(11 * MINUTE);
    // This bot cannot sign in.
    const { plug } = world.channel;
    await world.restart({
      before: (channel) => {
        channel.plug = () => {
          throw new Error('no way in');
        };
      },
      wait: false,
    });
    await answered('d1');
    expect((await inbox(world.persons.li._id)).map(({ message }) => message)).toEqual(['chat.unsaid']);
    world.channel.plug = plug;
    await world.restart();
  });

  it('to a stranger is let go: there is no inbox to leave it in', async () => {
    const off = refuse();
    const before = errors();
    await world.says('stranger', '你好', { id: 'e1' });
    world.clock.shift(11 * MINUTE);
    await answered('e1');
    off();
    expect(errors()).toBe(before);
  });

  it('to the person alone, asked in a group: the group hears where to look, and there it is', async () => {
    await world.bindGroup('yard');
    const off = refuse((to) => 'contact' in to);
    const seen = await world.says('zhao', '我的心愿到哪一步了', { room: 'yard', mention: true });
    off();
    expect(seen.join()).toContain('到小程序里查看');
    expect((await inbox(world.persons.zhao._id)).map(({ text }) => text).join()).toContain('没有登记的心愿');
  });
});

describe('a store that fails just when', () => {
  it('the reply was said: it is said once, and nobody is told that something went wrong', async () => {
    await world.says('granny', '想要一个收音机');
    const updateOne = rows().updateOne.bind(rows());
    const failing = vi.spyOn(rows(), 'updateOne').mockImplementation(async (...given) => {
      if (JSON.stringify(given[1]).includes('"answered"')) throw new Error('the store is away');
      return updateOne(...given);
    });
    const from = world.said.length;
    await world.says('granny', '确认', { id: 'f1' });
    await aWhile();
    expect(failing).toHaveBeenCalled();
    failing.mockRestore();
    await answered('f1');
    expect(world.said.slice(from).map((one) => one.text.slice(0, 4))).toEqual(['登记好了']);
  });

  it('the outcome is written: what was decided is carried out afterwards, once', async () => {
    await world.says('granny', '想要一张折叠床');
    const before = (await world.wishes()).length;
    const updateOne = rows().updateOne.bind(rows());
    let fails = 1;
    vi.spyOn(rows(), 'updateOne').mockImplementation(async (...given) => {
      if (JSON.stringify(given[1]).includes('"decided"') && fails-- > 0) throw new Error('the store is away');
      return updateOne(...given);
    });
    const from = world.said.length;
    await world.says('granny', '确认', { id: 'g1' });
    await answered('g1');
    const said = world.said.slice(from).map((one) => one.text);
    expect(said[0]).toContain('系统刚才出了点小问题');
    expect(said.slice(1).map((text) => text.slice(0, 4))).toEqual(['登记好了']);
    expect((await world.wishes()).length).toBe(before + 1);
  });
});

describe('a message met and never finished', () => {
  const leftBehind = async (id: string, plan?: Plan) => {
    const { vault } = world.house;
    const from = { contact: 'granny', at: world.clock.now().toISOString() };
    await rows().insertOne({
      _id: `web:${id}` as never,
      puppet: 'web',
      state: 'seen',
      seenAt: world.clock.now(),
      lease: new Date(world.clock.now().getTime() + 10_000),
      from: vault.seal(JSON.stringify(from)),
      ...(plan ? { plan: vault.seal(JSON.stringify(plan)) } : {}),
    });
  };
  const plan: Plan = {
    matter: { intent: 'note', slots: {}, text: '记下这句', photos: [], explicit: false, key: 'read-back-1' },
    state: IDLE,
    nth: 0,
  };
  const done: string[] = [];
  const note: Intent = {
    name: 'note',
    effect: 'create',
    async handle({ text, key, actor }) {
      done.push(`${actor.name} ${key} ${text}`);
      return { text: `记好了：${text}` };
    },
  };
  let own: World;
  beforeAll(async () => {
    own = world;
    world = await chatWorld({
      now: new Date(),
      intents: [note],
      more: { lookEveryMs: 20, limit: { points: 3, seconds: 60 } },
    });
  }, 60_000);
  afterAll(async () => {
    await world.close();
    world = own;
  });

  it('with a plan: the plan is carried out and answered when whoever held it is gone, not before', async () => {
    await leftBehind('h1', plan);
    await aWhile();
    expect(done).toEqual([]);
    world.clock.shift(11_000);
    await answered('h1');
    expect(done).toEqual(['王桂芳 read-back-1 记下这句']);
    expect(world.said.map((one) => one.text)).toEqual(['记好了：记下这句']);
  });

  it('with a plan, though the person wrote too fast since: what was decided is not lost to the limit', async () => {
    done.length = 0;
    for (let n = 0; n < 5; n += 1) await world.says('granny', '谢谢');
    await leftBehind('i1', plan);
    world.clock.shift(11_000);
    await answered('i1');
    expect(done).toHaveLength(1);
    expect(world.said.at(-1)?.text).toBe('记好了：记下这句');
  });

  it('without a plan: the person is told that it was not done', async () => {
    await leftBehind('j1');
    world.clock.shift(11_000);
    await answered('j1');
    expect(world.said.at(-1)).toMatchObject({
      to: { contact: 'granny' },
      text: expect.stringContaining('系统刚才出了点小问题'),
    });
  });

  it('for ten minutes: not done any more, and the inbox says so', async () => {
    done.length = 0;
    const from = world.said.length;
    await leftBehind('k1', plan);
    world.clock.shift(11 * MINUTE);
    await answered('k1');
    expect(done).toEqual([]);
    expect(world.said).toHaveLength(from);
    const [only, ...more] = await inbox(world.persons.granny._id);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ message: 'chat.unfinished', text: expect.stringContaining('请再说一次') });
  });
});

describe('a bot that', () => {
  const noWayIn = (channel: World['channel'], times = Number.POSITIVE_INFINITY) => {
    const { plug } = channel;
    const tries: number[] = [];
    channel.plug = (port) => {
      if (port && tries.push(1) <= times) throw new Error('no way in');
      plug(port);
    };
    return tries;
  };

  it('cannot sign in at first is started again and again until it can', async () => {
    const from = world.log.length;
    let tries: number[] = [];
    await world.restart({
      before: (channel) => {
        tries = noWayIn(channel, 2);
      },
    });
    expect(tries).toHaveLength(3);
    expect((await world.says('granny', '谢谢')).join()).toContain('不客气');
    const said = world.log.slice(from).filter((one) => one.message.startsWith('the chat could not start'));
    expect(said).toHaveLength(2);
  }, 30_000);

  it('falls over by itself is set up again', async () => {
    const puppets: { stop(): Promise<void> }[] = [];
    await world.restart({
      before: (channel) => {
        const { plug } = channel;
        channel.plug = (port) => {
          // What is plugged in is the puppet itself.
          if (port) puppets.push(port as unknown as { stop(): Promise<void> });
          plug(port);
        };
      },
    });
    expect(puppets).toHaveLength(1);
    await puppets[0]?.stop();
    await until(() => puppets.length === 2);
    await until(async () => (await world.says('granny', '谢谢').catch(() => [])).length === 1);
  });

  it('is stopped while it still tries to sign in tries no more', async () => {
    let tries: number[] = [];
    await world.restart({
      before: (channel) => {
        tries = noWayIn(channel);
      },
      wait: false,
    });
    await until(() => tries.length > 0);
    await world.chat.stop();
    const before = tries.length;
    await aWhile();
    expect(tries).toHaveLength(before);
    await world.restart();
  }, 30_000);
});
