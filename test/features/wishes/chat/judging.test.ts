import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WishDoc } from '../../../../src/features/wishes/index.ts';
import { makeCommunity, makePerson } from '../../../support/house.ts';
import { openTalk, type Talk } from './talk.ts';

let talk: Talk;
let world: Talk['world'];
beforeAll(async () => {
  talk = await openTalk();
  world = talk.world;
}, 60_000);
afterAll(() => talk.close());

const says: Talk['says'] = (contact, text) => talk.says(contact, text);
const wishOf: Talk['wishOf'] = (text, until) => talk.wishOf(text, until);

describe('judging', () => {
  it('counts at once, in the person’s own words', async () => {
    const number = await wishOf('想要一个热水壶', 'done');
    expect(await says('granny', '不太满意，盖子是坏的')).toContain('已经退回重办');
    expect(await world.wish(number)).toMatchObject({
      state: 'reopened',
      rating: { score: 2, words: '不太满意，盖子是坏的' },
      claimant: { name: '李强' },
    });
    await says('li', `${number}号办好了，换了一个新的热水壶`);
    await says('li', '没有');
    await says('li', '确认');
    expect(await says('granny', '满意')).toContain('谢谢您的评价（5分）');
    const wish = await world.wish(number);
    expect(wish).toMatchObject({ state: 'closed', rating: { score: 5 } });
    expect(wish.rating).not.toHaveProperty('words');
  });
  it('is of the wish meant: asked when several wait for it, and by its number', async () => {
    const first = await wishOf('想要一个电风扇', 'done');
    world.clock.shift(24 * 3_600_000);
    const second = await wishOf('想要一个收音机', 'done');
    const third = await wishOf('想要一个手电筒', 'done');
    const states = async () => Promise.all([first, second, third].map(async (one) => (await world.wish(one)).state));
    const asked = await says('granny', '不满意，响了两天就哑了');
    expect(asked).toMatch(
      new RegExp(`哪一个心愿[\\s\\S]*1.*${third}号[\\s\\S]*2.*${second}号[\\s\\S]*3.*${first}号`, 'u'),
    );
    expect(await states()).toEqual(['done', 'done', 'done']);
    expect(await says('granny', '2')).toContain('已经退回重办');
    expect(await states()).toEqual(['done', 'reopened', 'done']);
    expect((await world.wish(second)).rating).toMatchObject({ score: 1, words: '不满意，响了两天就哑了' });
    expect(await says('granny', `${third}号不太满意`)).toContain(`心愿${third}号已经退回重办`);
    expect(await states()).toEqual(['done', 'reopened', 'reopened']);
    await says('granny', `${first}号打4分`);
    expect(await world.wish(first)).toMatchObject({ state: 'closed', rating: { score: 4 } });
    for (const number of [second, third]) await says('li', `退回${number}号 家里有急事`);
  });
  it('is not asked of somebody who has nothing to judge', async () => {
    expect(await says('daughter', '满意')).toContain('没有等评价的心愿');
  });
});

describe('one’s own wishes', () => {
  it('are withdrawn after a look at them', async () => {
    const number = await wishOf('想要一个衣架', 'submitted');
    expect(await says('daughter', `撤回${number}号`)).not.toContain('已撤回');
    expect(await says('granny', `${number}号不用办了，我自己修好了`)).toContain('要撤回');
    await says('granny', '确认');
    expect((await world.wish(number)).state).toBe('withdrawn');
  });
  it('are seen at a glance', async () => {
    expect(await says('granny', '我的心愿到哪一步了')).toMatch(/您登记的：\n· \d+号/u);
    expect(await says('zhao', '我的心愿到哪一步了')).toContain('您现在没有登记的心愿');
    const number = await wishOf('想要一根拐杖', 'claimed');
    expect(await says('li', '我的心愿到哪一步了')).toMatch(
      new RegExp(`您认领的：[\\s\\S]*${number}号 想要一根拐杖：办理中`, 'u'),
    );
    await says('li', `退回${number}号 家里有急事`);
  });
  it('show strangers nothing of whoever wished', async () => {
    const number = await wishOf('我是王桂芳，想要一张床');
    expect(await says('daughter', `${number}号到哪一步了`)).not.toContain('王桂芳');
    const hidden = await wishOf('想要一个尿壶', 'submitted');
    expect(await says('daughter', `${hidden}号到哪一步了`)).toContain('没有找到');
  });
});

it('asks which when a number is one of two communities’ and either can be meant', async () => {
  const elsewhere = await makeCommunity(world.house, { name: '清风社区' });
  const roles = [world.community.community, elsewhere.community].map((area) => ({ role: 'worker' as const, area }));
  await makePerson(world.house, {
    area: elsewhere.grids[0] ?? '',
    name: '马超',
    roles,
    contacts: [{ puppet: 'web', id: 'both' }],
  });
  const number = await wishOf('想要一个烤火炉');
  const wish = await world.wish(number);
  await world.house.db.collection<WishDoc>('wish').insertOne({
    ...wish,
    _id: 'f'.repeat(24),
    community: elsewhere.community,
    areas: elsewhere.areas,
    place: { label: '清风社区 · 第1网格' },
    outbox: [],
  });
  expect(await says('both', `认领${number}号`)).toMatch(/哪一个心愿[\s\S]*幸福里社区[\s\S]*清风社区/u);
  expect(await says('both', `${number}号到哪一步了`)).toMatch(/幸福里社区.*的心愿[\s\S]*清风社区.*的心愿/u);
  await says('both', `认领${number}号`);
  await says('both', '2');
  await says('both', '确认');
  expect(await world.wish(number)).toMatchObject({ state: 'published' });
  expect(await world.house.db.collection<WishDoc>('wish').findOne({ _id: 'f'.repeat(24) })).toMatchObject({
    state: 'claimed',
  });
});

it('reads numbers in the speaker’s own community', async () => {
  const elsewhere = await makeCommunity(world.house, { name: '阳光社区' });
  await makePerson(world.house, {
    area: elsewhere.grids[0] ?? '',
    name: '周远',
    roles: ['worker'],
    contacts: [{ puppet: 'web', id: 'far' }],
  });
  expect(await says('far', '认领1号')).toContain('没有找到心愿1号');
});
