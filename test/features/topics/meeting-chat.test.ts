/** 发言：… in chat, by whoever is at a meeting. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { HOUR } from '../../../src/core/time.ts';
import { ballots } from '../../../src/features/ballots/index.ts';
import { actorOf } from '../../../src/features/people/index.ts';
import { signIn, type TopicDoc, topics } from '../../../src/features/topics/index.ts';
import type { Statement } from '../../../src/features/topics/meeting/model.ts';
import { chatWorld, FEATURES, type World } from '../../chat/world.ts';
import { makePerson } from '../../support/house.ts';
import { CODE, topicAt } from './meeting-town.ts';

let world: World;
beforeAll(async () => {
  const features = [...FEATURES, ballots, topics];
  world = await chatWorld({ features, intents: features.flatMap(({ intents }) => [...intents]) });
}, 60_000);
afterAll(() => world.close());

const says = async (text: string, id?: string) =>
  (await world.says('granny', text, id === undefined ? {} : { id })).join('\n');
const said = () => world.house.model<Statement>('topic_statements').find().sort({ at: 1, _id: 1 }).lean<Statement[]>();

async function meeting(number: number, title: string, fields: Partial<TopicDoc> = {}): Promise<TopicDoc> {
  const now = world.clock.now();
  const topic = topicAt(world.community, now, {
    _id: String(number).padStart(24, '0'),
    number,
    posted: { title, text: title },
    proposer: { id: 'x', name: 'x' },
    ...fields,
  });
  await world.house.model<TopicDoc>('topic').collection.insertOne(topic as never);
  return topic;
}
async function comesTo(topic: TopicDoc): Promise<void> {
  const actor = actorOf(world.persons.granny, 'api');
  const caller = { actor, ability: world.house.abilityOf(actor), now: world.clock.now() };
  await signIn(world.house, caller, topic._id, CODE);
}

it('says it of the meeting one is at, once, as it was written; asks which when there are two; and else how to sign in', async () => {
  const lamp = await meeting(5, '装路灯');
  expect(await says('发言：灯装在转角')).toContain('签到');
  expect(await said()).toEqual([]);

  await comesTo(lamp);
  expect(await says('发言：灯装在转角，打13812345678！！', 'm1')).toContain('议题5号');
  expect(await says('发言：灯装在转角，打13812345678！！', 'm1')).toBe('');
  expect(await said()).toMatchObject([
    {
      topic: lamp._id,
      text: '灯装在转角，打13812345678！！',
      posted: '灯装在转角，打（号码略）！！',
      state: 'waiting',
    },
  ]);

  expect(await says('发言')).toContain('请说您的意见');
  expect(await says('要用节能灯')).toContain('已经记下');
  expect((await said()).map(({ text }) => text)).toContain('要用节能灯');

  expect(await says(`发言：${'好'.repeat(3)}${'长话'.repeat(300)}`)).toContain('只记前500个字');

  const lift = await meeting(6, '装电梯');
  world.clock.shift(HOUR);
  await comesTo(lift);
  expect(await says('发言：我家同意出钱')).toMatch(/哪一个[\s\S]*议题6号 装电梯[\s\S]*议题5号 装路灯/u);
  expect(await says('1')).toContain('议题6号');
  expect((await said()).filter(({ topic }) => topic === lift._id)).toMatchObject([{ text: '我家同意出钱' }]);

  expect(await says('5号议题发言：再装一盏')).toContain('议题5号');
  expect((await said()).filter(({ text }) => text === '再装一盏')).toMatchObject([{ topic: lamp._id }]);
  expect(await says('6号议题发言：')).toContain('请说您的意见');
  expect(await says('算了')).not.toContain('已经记下');
  expect(await says('我在6号议题上发言')).toContain('请说您的意见');
  expect(await says('电梯要大一点！')).toContain('议题6号');
  await meeting(8, '修凉亭', { state: 'publicised' });
  expect(await says('8号议题发言：太小')).toMatch(/公示中.*没有在开会/u);
  expect(await says('99号议题发言：太小')).toContain('没有找到议题99号');

  // Whoever leads a meeting speaks at it without having signed in.
  const bench = await meeting(7, '放长椅', { facilitator: { id: world.persons.granny._id, name: '王桂芳' } });
  expect(await says('发言：放在树下')).toMatch(/哪一个[\s\S]*议题7号 放长椅/u);
  expect(await says('3')).toContain('议题7号');

  for (const { _id } of [lamp, lift, bench]) {
    await world.house.model('topic').collection.updateOne({ _id } as never, { $set: { state: 'voting' } });
  }
  expect(await says('发言：晚了')).toContain('签到');
});

it('signs in by the code, says how without one, and what is wrong with another', async () => {
  const topic = await meeting(31, '楼道灯');
  expect(await says('签到')).toContain('签到 123456');
  expect(await says('签到 000000')).toContain('签到码不对');
  expect(await says(`签到${CODE}`)).toContain('签到好了');
  const rows = await world.house.db.collection('topic_attendance').countDocuments({ topic: topic._id });
  expect(rows).toBe(1);

  // Whose household is not on the roll has no use for another look at the code.
  await makePerson(world.house, {
    area: world.community.community,
    household: '9-9-9',
    birthYear: 2015,
    contacts: [{ puppet: 'web', id: 'kid' }],
  });
  for (const code of [CODE, '000000']) {
    expect((await world.says('kid', `签到${code}`)).join('\n')).toMatch(/名单里没有您家.*找主持人/u);
  }
});
