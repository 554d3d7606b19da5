/** What people say of a topic in chat besides proposing and voting: against its result, of how it was done, whether to merge. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY } from '../../../src/core/time.ts';
import { moveTopic, type TopicDoc } from '../../../src/features/topics/index.ts';
import { type ChatTown, openChatTown } from './chat-town.ts';

let town: ChatTown;
beforeAll(async () => {
  town = await openChatTown();
}, 60_000);
afterAll(() => town.close());

const says = (text: string) => town.says('granny', text);
async function brought(number: number, fields: Partial<TopicDoc>): Promise<void> {
  await town.world.house.db.collection<TopicDoc>('topic').updateOne({ number }, { $set: fields });
}

it('takes an objection while a result is publicised, reads it back, and says why not at any other time', async () => {
  expect(await says('我要提异议')).toContain('没有在公示的议题');
  const { number } = await town.proposed('zhao', '楼道装感应灯');
  const words = '费用没有说清楚';
  expect(await says(`对${number}号议题有异议：${words}`)).toMatch(/征集附议.*公示的时候才提/u);

  const now = town.world.clock.now();
  const publicity = { from: now, until: new Date(now.getTime() + 5 * DAY) };
  await brought(number, { state: 'publicised', outcome: 'agreed', resolution: '装', publicity });
  expect(await says(`对${number}号议题有异议：${words}`)).toMatch(new RegExp(`提异议：${words}。.*回“确认”提出`, 'u'));
  expect((await town.topic(number)).objections).toBeUndefined();
  expect(await says('算了')).toContain('不办了');

  // However much was proposed since.
  const topics = town.world.house.db.collection<TopicDoc>('topic');
  const { _id: _own, ...like } = await town.topic(number);
  const since = Array.from({ length: 31 }, (_, n): TopicDoc => {
    const createdAt = new Date(now.getTime() + n + 1);
    return { ...like, _id: `since ${n}`, state: 'declined', number: 1_000 + n, createdAt };
  });
  await topics.insertMany(since);
  for (const text of [`${number}号议题我不同意`, `议题${number}号我反对`, `${number}号议题我同意`]) {
    expect(await says(text), text).toMatch(new RegExp(`正在公示.*“对${number}号议题有异议：”`, 'u'));
  }
  expect(await says('我要提异议')).toContain('有什么异议');
  await topics.deleteMany({ number: { $gte: 1_000 } });
  expect(await says('太贵')).toContain('再说具体一点');
  expect(await says('一户要出三百块，太贵了！！')).toContain('太贵了！！');
  expect(await says('提吧')).toContain('交给社区了');
  expect((await town.topic(number)).objections).toMatchObject([
    { text: '一户要出三百块，太贵了！！', standing: 'waiting' },
  ]);
  expect(await says(`议题${number}号提异议：再说一遍`)).toContain('已经提过异议');
});

it('takes a judgement of what was carried out, once, with its words', async () => {
  const { number } = await town.proposed('zhao', '空地上修凉亭');
  expect(await says(`评价议题${number}号`)).toContain('还没有到评价的时候');
  const reviewing = {
    until: new Date(town.world.clock.now().getTime() + DAY),
    summary: '修好了',
    people: [] as string[],
  };
  reviewing.people.push(town.world.persons.granny._id);
  await brought(number, { state: 'executing', outcome: 'agreed', reviewing });
  expect(await says('评价议题')).toMatch(/您打几分[\s\S]*1\. 5分，很满意[\s\S]*5\. 1分/u);
  expect(await says('2')).toMatch(/打4分（满分5分）。评了就不能改/u);
  expect(await says('算了')).toContain('不办');
  for (const said of ['三分吧', '我打3分吧', '就三分啦。', '3分了']) {
    expect(await says(`议题${number}号${said}`), said).toMatch(/打3分（满分5分）。评了/u);
    await says('算了');
  }
  expect(await says(`议题${number}号三分吧，一般`)).toContain('打3分（满分5分）：一般。');
  await says('算了');
  expect(await says(`给${number}号议题打5分，办得好`)).toMatch(/打5分（满分5分）：办得好。/u);
  expect(await says('确认')).toContain('您打了5分');
  expect((await town.topic(number)).reviews).toMatchObject([{ score: 5, words: '办得好' }]);
  expect(await says(`给${number}号议题打1分`)).toContain('已经评价过了');
});

it('asks a proposer who was asked about merging, and carries out the answer', async () => {
  expect(await says('同意合并')).toContain('没有问过您');
  const into = await town.proposed('zhao', '小区大门装人脸识别');
  const mine = await town.proposed('granny', '院子里的大门夜里要锁');
  const ask = () => moveTopic(town.world.house, town.as('chen'), mine._id, 'askMerge', { into: into._id });
  await ask();
  expect(await town.says('zhao', `不同意合并`)).toContain('没有问过您');
  expect(await says('不同意合并')).toContain('单独商量');
  expect((await town.topic(mine.number)).mergeAsked).toBeUndefined();
  await ask();
  expect(await says('可以合并')).toMatch(/不能再分开[\s\S]*回“确认”合并/u);
  expect((await town.topic(mine.number)).state).toBe('proposed');
  expect(await says('确认')).toContain(`和议题${into.number}号一起商量`);
  expect(await town.topic(mine.number)).toMatchObject({ state: 'merged', mergedInto: { number: into.number } });
});

it.each(['议题有哪些', '最近在商量什么', '大家在讨论什么'])('%s lists what is under way', async (text) => {
  expect(await says(text)).toMatch(/正在商量的议题[\s\S]*1\. 议题\d号/u);
});

it('lists what is under way before what nobody has looked at yet, and says how many more there are', async () => {
  const rows = town.world.house.db.collection<TopicDoc>('topic');
  const first = await town.proposed('zhao', '墙上画画');
  const { _id: _own, ...like } = await town.topic(first.number);
  const later = (n: number) => new Date(town.world.clock.now().getTime() + n + 1);
  await rows.insertMany(
    Array.from(
      { length: 40 },
      (_, n): TopicDoc => ({ ...like, _id: `new ${n}`, number: 2_000 + n, createdAt: later(n) }),
    ),
  );
  const states = ['executing', 'publicised', 'scheduled', 'voting', 'discussing'] as const;
  await rows.insertMany(
    states.map((state, n): TopicDoc => ({ ...like, _id: state, number: 3_000 + n, state, createdAt: new Date(n) })),
  );
  const lines = (await says('大家在商量什么')).split('\n');
  expect(lines[0]).toMatch(/还有\d{2}个/u);
  const shown = lines.slice(1).map((line) => Number(/议题(\d+)号/u.exec(line)?.[1]));
  expect(shown).toHaveLength(8);
  const order = [3004, 3003, 3002, 3001, 3000].map((number) => shown.indexOf(number));
  expect(order).toEqual([...order].sort((one, other) => one - other));
  expect(order.every((at) => at >= 0)).toBe(true);
  await rows.deleteMany({ number: { $gte: 2_000 } });
});
