import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { talks } from '../../../src/features/talks/index.ts';
import { chatWorld, FEATURES, type World } from '../../chat/world.ts';
import { makePerson } from '../../support/house.ts';

let world: World;
beforeAll(async () => {
  const features = [...FEATURES, talks];
  world = await chatWorld({ features, intents: features.flatMap(({ intents }) => [...intents]) });
  const area = world.community.grids[0] ?? '';
  const make = (name: string, roles: Parameters<typeof makePerson>[1]['roles'], id: string) =>
    makePerson(world.house, { name, area, ...(roles && { roles }), contacts: [{ puppet: 'web', id }] });
  await make('王小燕', ['worker'], 'wang1');
  await make('王强', ['worker'], 'wang2');
  await make('李明', ['grid_worker'], 'liming');
  await make('张敏', ['worker'], 'zhangmin');
  await make('赵小兵', ['worker'], 'zhaoxb');
  await make('邓书记', ['secretary'], 'deng');
}, 60_000);
afterAll(() => world.close());

const says = async (contact: string, text: string) => (await world.says(contact, text)).join('\n');
const held = async () =>
  (await world.house.db.collection('talk').find({ state: 'done' }).toArray()).map(
    ({ worker, heldOn }) => `${worker.name} ${heldOn}`,
  );

describe('what is not to be registered', () => {
  it.each(['约王强下周二下午3点在办公室谈心', '准备和王强谈心', '明天要找王强谈心'])('%s', async (text) => {
    const before = await held();
    expect(await says('deng', text)).not.toContain('谈过心了，对吗');
    await says('deng', '确认');
    expect(await held()).toEqual(before);
  });

  it('who is left is told to the secretary', async () => {
    expect(await says('deng', '这季度还有谁没谈')).toMatch(/还有\d+位没谈：.*王小燕/u);
  });
});

describe('和小王谈过了', () => {
  it('of two who may be meant asks which, reads back and registers', async () => {
    const asked = await says('deng', '和小王谈过了');
    expect(asked).toMatch(/哪一位/u);
    expect(asked).toMatch(/王小燕[\s\S]*王强|王强[\s\S]*王小燕/u);
    const second = asked.split('\n').find((line) => line.includes('王强'))?.[0] ?? '2';
    expect(await says('deng', second)).toContain('今天和王强谈过心了，对吗');
    expect(await held()).toEqual([]);
    expect(await says('deng', '确认')).toContain('和王强的谈心算完成了');
    expect(await held()).toEqual(['王强 2026-03-09']);
    expect(await says('deng', '和王强谈过心了')).toContain('已经登记过了（今天）');
  });

  it('keeps nothing of what was said, in the dialogue, the store or the log, and says where to write it', async () => {
    const answer = await says('deng', '今天下午跟网格员小李谈了心，他最近压力有点大，我都记下了');
    expect(answer).toContain('今天和李明谈过心了');
    expect(answer).toContain('在小程序里写');
    const { db, vault } = world.house;
    // What is sealed is opened as well: the dialogue is not to know it either.
    const opened: string[] = [];
    const open = (value: unknown): void => {
      if (typeof value === 'string' && value.startsWith('v2.')) opened.push(vault.tryOpen(value) ?? '');
      else if (value && typeof value === 'object') for (const one of Object.values(value)) open(one);
    };
    for (const { name } of (await db.db?.listCollections().toArray()) ?? []) {
      for await (const row of db.collection(name).find()) {
        expect(JSON.stringify(row)).not.toContain('压力');
        open(row);
      }
    }
    expect(JSON.stringify(world.log)).not.toContain('压力');
    expect(opened.some((text) => text.includes('谈过了'))).toBe(true);
    for (const text of opened) expect(text).not.toContain('压力');
    expect(await says('deng', '确认')).toContain('和李明的谈心算完成了');
    const talk = await db.collection('talk').findOne({ 'worker.name': '李明' });
    expect(talk).not.toHaveProperty('record');
  });

  it.each([
    ['本季度和张敏的谈心谈话完成', '今天和张敏谈过心了'],
    ['小赵那个我昨天晚上跟他摆了一个多钟头谈心这个就算谈完了哈', '昨天和赵小兵谈过心了'],
  ])('%s', async (text, expected) => {
    expect(await says('deng', text)).toContain(expected);
    await says('deng', '算了');
  });

  it('of a worker asks the secretary to confirm', async () => {
    expect(await says('zhangmin', '书记上午找我谈过心了，这个季度的谈心算完成了')).toContain('我请书记确认一下');
    expect(await says('zhangmin', '确认')).toContain('已经请书记确认');
    const talk = await world.house.db.collection('talk').findOne({ 'worker.name': '张敏' });
    expect(talk).toMatchObject({ state: 'asked', claimed: '2026-03-09' });
    await says('deng', '和张敏谈过了');
    expect(await says('deng', '确认')).toContain('和张敏的谈心算完成了');
    expect(await says('zhangmin', '书记找我谈过心了，谈心完成')).toContain('已经登记过了');
  });

  it('is nothing for a resident, and nothing for a group', async () => {
    expect(await says('granny', '和小王谈过心了，谈心谈话完成')).toContain('由社区书记和工作人员登记');
    expect(await held()).toHaveLength(3);
  });
});

it('a worker asks for a talk in so many words', async () => {
  expect(await says('wang1', '我想找书记谈心')).toContain('帮您约书记谈心，对吗');
  expect(await says('wang1', '确认')).toContain('3月12日');
  for (const text of ['约书记谈谈心', '我想找书记谈谈', '我要请书记谈一谈', '想和书记聊聊'])
    expect(await says('wang1', text), text).toContain('帮您约书记谈心，对吗');
  expect(await says('wang1', '确认')).toContain('已经约着谈了');
  // The secretary's word that it was held ends what was asked for, and the quarter's with it.
  await says('deng', '和小燕谈过了');
  expect(await says('deng', '确认')).toContain('和王小燕的谈心算完成了');
  expect(await held()).toContain('王小燕 2026-03-09');
});
