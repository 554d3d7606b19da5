import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ALARMS } from '../../../src/chat/messages.ts';
import type { Emergency } from '../../../src/chat/understanding/emergency.ts';
import type { HandoffDoc } from '../../../src/features/handoffs/index.ts';
import { CALLS, SURROUNDINGS } from '../understanding/emergencies.ts';
import { chatWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await chatWorld();
  await world.bindGroup('yard', '小邻');
}, 60_000);
afterAll(async () => {
  await world.close();
});

const NUMBER = /110|119|120|12356/u;
const says = async (contact: string, text: string) => (await world.says(contact, text)).join('\n---\n');
const rows = (at = world) => at.house.db.collection<HandoffDoc>('handoff');
const lastSaid = async () =>
  (await rows().find({}).sort({ updatedAt: -1, version: -1 }).toArray())[0]?.said.at(-1)?.text;
afterEach(async () => {
  await rows().deleteMany({});
  await world.house.db.collection('chat_dialogues').deleteMany({});
});

const every = Object.entries(CALLS).flatMap(([kind, calls]) => calls.map((call) => [kind as Emergency, call] as const));

describe('an emergency', () => {
  it('is answered with whom to call, and the community’s people are told at once, whatever it is', async () => {
    for (const [kind, calls] of Object.entries(CALLS) as [Emergency, readonly string[]][]) {
      const [text = ''] = calls;
      const answer = await says('granny', text);
      expect(answer.startsWith(ALARMS[kind]), `${text}: ${answer}`).toBe(true);
      expect(answer).toContain('已经通知了社区的人');
      expect(await lastSaid()).toBe(text);
      await rows().deleteMany({});
    }
    for (const words of Object.values(ALARMS)) expect(words).toMatch(NUMBER);
    expect(ALARMS.self_harm).toContain('12356');
  });

  it('names every number it names in every dialogue state, and leaves what was asked to come back to', async () => {
    const states: Record<string, string[]> = {
      nothing: [],
      'a read-back': ['想要一个轮椅'],
      'a question': ['回复1号'],
      'a list': ['3单元楼道灯坏了'],
      'a call for a human': ['转人工'],
      'an emergency before': ['着火了'],
      'a binding': ['绑定'],
    };
    for (const [name, before] of Object.entries(states)) {
      for (const text of ['我不想活了', '我家燃气漏了', '我老伴摔倒了起不来', '跳楼', '救命，着火了']) {
        for (const line of before) await says('granny', line);
        const answer = await says('granny', text);
        expect(answer, `${name}: ${text}`).toMatch(NUMBER);
        expect(await lastSaid(), `${name}: ${text}`).toBe(text);
        await world.house.db.collection('chat_dialogues').deleteMany({});
      }
    }
    await says('granny', '想要一个轮椅');
    await says('granny', '着火了');
    expect(await says('granny', '上一个')).toContain('要登记微心愿：想要一个轮椅');
  });

  it('is pushed to worker, grid worker and secretary at once, at night too', async () => {
    await says('granny', '我胸口痛得很');
    const [handoff] = await rows().find({}).toArray();
    expect(handoff?.outbox.map(({ message, to }) => [message, 'role' in to ? to.role : ''])).toEqual([
      ['handoff.alarm', 'grid_worker'],
      ['handoff.alarm', 'worker'],
      ['handoff.alarm', 'secretary'],
    ]);
  });

  it('names the number to somebody nobody knows, and says that nobody could be told', async () => {
    const answer = await says('stranger', '着火了');
    expect(answer).toContain('119');
    expect(answer).toContain('没法替您通知');
    expect(await rows().countDocuments()).toBe(0);
  });

  it('in a group is answered in private, and the group reads numbers and nothing about anybody', async () => {
    const from = world.said.length;
    await world.channel.receive('granny', '@好邻 我不想活了', { room: 'yard', mention: true });
    const said = world.said.slice(from);
    const alone = said.filter((one) => 'contact' in one.to).map((one) => one.text);
    const group = said.filter((one) => 'room' in one.to).map((one) => one.text);
    expect(alone.join()).toContain('12356');
    expect(group).toHaveLength(1);
    expect(group.join()).toMatch(/110[\s\S]*已私下回复/u);
    expect(group.join()).not.toMatch(/王桂芳|不想活|12356/u);
    expect(await lastSaid()).toContain('不想活了');
  });

  it('is answered in a group that belongs to no area, too', async () => {
    const from = world.said.length;
    await world.channel.receive('granny', '@好邻 着火了', { room: 'elsewhere', mention: true });
    expect(
      world.said
        .slice(from)
        .map((one) => one.text)
        .join(),
    ).toContain('119');
    expect(await rows().countDocuments()).toBe(1);
  });

  it('names the number when nobody can be told', async () => {
    const bare = await chatWorld({ intents: [] });
    expect((await bare.says('granny', '着火了')).join()).toMatch(/119[\s\S]*给社区打电话/u);
    await bare.close();
    const broken = await chatWorld();
    const byContact = broken.house.directory.byContact;
    broken.house.directory.byContact = async () => {
      throw new Error('the store is away');
    };
    expect((await broken.says('granny', '我不想活了')).join()).toMatch(/12356[\s\S]*小问题/u);
    broken.house.directory.byContact = byContact;
    await broken.close();
  });

  it('far down in a long message is put before the rest for those who come', async () => {
    await says('granny', `${'今天天气好，我去赶场，'.repeat(150)}我老伴摔倒了起不来。${'谢谢你们，'.repeat(50)}`);
    const text = await lastSaid();
    expect(text?.slice(0, 40)).toContain('摔倒');
  });
});

describe('what only the whole message makes urgent', () => {
  it.each([
    '河里涨水了 有个老者还坐在河滩上钓鱼 喊都喊不听 水要淹到他脚了',
    '后山边坡在掉石头，刚砸到一台车，下面还有人摆摊，请马上派人来拉警戒线',
  ])('is passed on the same way: %s', async (text) => {
    const answer = await says('granny', text);
    expect(answer).toMatch(/110[\s\S]*119[\s\S]*120[\s\S]*已经通知了社区的人/u);
    expect(await lastSaid()).toBe(text);
  });
});

describe('whatever is said around it', () => {
  it('no emergency is ever answered without a number', async () => {
    const call = fc.constantFrom(...every.map(([, text]) => text));
    const around = fc.oneof(fc.constantFrom(...SURROUNDINGS), fc.string({ unit: 'grapheme', maxLength: 30 }));
    const who = fc.constantFrom('granny', 'daughter', 'li', 'zhao', 'chen', 'stranger');
    await fc.assert(
      fc.asyncProperty(who, fc.option(around), around, call, around, async (contact, first, before, text, after) => {
        if (first !== null) await says(contact, first);
        expect(await says(contact, `${before}，${text}。${after}`)).toMatch(NUMBER);
        await rows().deleteMany({});
      }),
      { numRuns: 150 },
    );
  }, 120_000);
});

describe('too many messages', () => {
  it('never eat an emergency, nor a call for a human, and what is not kept is said', async () => {
    const fast = await chatWorld({ more: { limit: { points: 3, seconds: 60 } } });
    const answers: string[][] = [];
    for (let i = 0; i < 8; i += 1) answers.push(await fast.says('granny', `谢谢${i}`));
    expect(answers.map((one) => one.length)).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
    expect(answers[3]?.[0]).toMatch(/没有记下[\s\S]*110[\s\S]*转人工/u);
    expect(answers[3]?.[0]).not.toContain('前面的我都在办');
    for (const text of ['救命，着火了', '我不想活了']) expect((await fast.says('granny', text)).join()).toMatch(NUMBER);
    expect((await fast.says('granny', '转人工')).join()).toMatch(/求助\d+号/u);
    const [handoff] = await rows(fast).find({}).toArray();
    expect(handoff?.said.map((one) => one.text)).toEqual(['救命，着火了', '我不想活了']);
    await fast.close();
  });

  it('of alarms are let through one in ten seconds once there were as many as anybody could mean', async () => {
    const fast = await chatWorld({ more: { limit: { points: 3, seconds: 60 } } });
    let heard = 0;
    for (let i = 0; i < 10; i += 1) heard += (await fast.says('granny', `着火了${i}`)).length;
    expect(heard).toBe(4);
    await fast.close();
  });
});
