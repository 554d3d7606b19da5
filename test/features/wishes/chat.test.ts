import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WishDoc } from '../../../src/features/wishes/index.ts';
import { chatWorld, type World } from '../../chat/world.ts';
import { makeCommunity, makePerson } from '../../support/house.ts';

/** Whole dialogues about wishes, through real Wechaty and the store. */

let world: World;
let folder: string;
beforeAll(async () => {
  world = await chatWorld();
  folder = await mkdtemp(join(tmpdir(), 'haolin-wishes-'));
}, 60_000);
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const says = async (contact: string, text: string) => (await world.says(contact, text)).join('\n---\n');
const shows = async (contact: string) => {
  const path = join(folder, 'photo.jpg');
  await sharp({ create: { width: 40, height: 30, channels: 3, background: '#383' } })
    .jpeg()
    .toFile(path);
  return (await world.sends(contact, { picture: path })).join('\n---\n');
};
const last = async () => {
  const wish = (await world.wishes()).at(-1);
  if (!wish) throw new Error('no wish yet');
  return wish;
};
/** A wish of the grandmother as far along as asked; gives its number. */
async function wishOf(
  text: string,
  until: 'submitted' | 'published' | 'claimed' | 'done' = 'published',
): Promise<number> {
  // Lists are in the order of the clock.
  world.clock.shift(60_000);
  await says('granny', text);
  await says('granny', '确认');
  const { number, title } = await last();
  expect(text).toContain(title);
  if (until === 'submitted') return number;
  await says('chen', `发布${number}号`);
  if (until === 'published') return number;
  await says('li', `认领${number}号`);
  if (until === 'claimed') return number;
  expect(await says('li', `办结${number}号 已经办好送到家`)).toContain('有办好的照片吗');
  await says('li', '没有');
  expect(await world.wish(number)).toMatchObject({ state: 'done', done: { note: '已经办好送到家', photos: [] } });
  return number;
}

describe('making a wish', () => {
  it('is read back in one line and made on 确认', async () => {
    expect(await says('granny', '想要一个电饭煲')).toBe(
      '要登记微心愿：想要一个电饭煲（物品，为自己）。对吗？回“确认”登记，回“取消”不登记。',
    );
    expect(await says('granny', '确认')).toMatch(/^登记好了：心愿1号“想要一个电饭煲”/u);
    expect(await last()).toMatchObject({
      number: 1,
      state: 'submitted',
      category: 'goods',
      requester: { id: world.persons.granny._id },
    });
  });

  it('names for whom it is, from the words or when asked', async () => {
    expect(await says('daughter', '帮我妈求一个助听器')).toContain('替母亲');
    await says('daughter', '确认');
    expect(await last()).toMatchObject({
      beneficiary: { name: '母亲', relation: '母亲', under14: false },
      proxy: { name: '刘小燕' },
    });
    expect(await says('daughter', '隔壁邻居眼睛看不见，麻烦找个人帮忙去超市买袋米扛上去')).toMatch(/替谁许的愿|替/u);
    await says('daughter', '取消');
  });

  it('counts a doubt for the child', async () => {
    expect(await says('granny', '我孙子读一年级了没得书桌，想给他要张小书桌')).toContain('替孙子');
    await says('granny', '确认');
    const wish = await last();
    expect(wish).toMatchObject({ child: true, wall: { title: '一个孩子的心愿：物品' } });
  });

  it('is corrected before it is made', async () => {
    await says('granny', '想要一床棉被');
    expect(await says('granny', '是给我妈的')).toMatch(/想要一床棉被（物品，替母亲）/u);
    expect(await says('granny', '要两床')).toContain('想要一床棉被，要两床（物品，替母亲）');
    await says('granny', '确认');
    expect(await last()).toMatchObject({ text: '想要一床棉被，要两床', beneficiary: { name: '母亲' } });
  });

  it('hints at one that reads the same, and lets it be made all the same', async () => {
    expect(await says('granny', '想要一个电饭煲')).toMatch(/^社区里最近有相似的：心愿1号“想要一个电饭煲”（待受理）/u);
    await says('granny', '取消');
    // What is not public yet is nobody else's business.
    expect(await says('daughter', '想要一个电饭煲')).not.toContain('1号');
    await says('daughter', '取消');
  });

  it('takes no more than five hundred letters, and says so', async () => {
    expect(await says('granny', `想要一个书架，${'放书'.repeat(300)}`)).toContain('只记前500个字');
    await says('granny', '确认');
    expect([...(await last()).text]).toHaveLength(500);
  });
});

describe('deciding about new wishes', () => {
  it('is for those who may', async () => {
    const number = await wishOf('想要一口铁锅', 'submitted');
    // Somebody else's wish that is not public yet is nobody's business, and one's own is not one's own to decide.
    expect(await says('zhao', `发布${number}号`)).toContain('没有找到');
    expect(await says('granny', `发布${number}号`)).toContain('待受理');
    expect((await world.wish(number)).state).toBe('submitted');
    expect(await says('chen', `发布${number}号`)).toContain('已受理并公开');
    expect((await world.wish(number)).state).toBe('published');
  });
  it('needs a reason for a no', async () => {
    const number = await wishOf('想要一辆小汽车', 'submitted');
    expect(await says('chen', `不予受理${number}号`)).toContain('为什么不予受理');
    expect(await says('chen', '不在微心愿范围内')).toContain('原因已告诉许愿人');
    expect(await world.wish(number)).toMatchObject({ state: 'declined' });
    expect(await says('granny', `${number}号到哪一步了`)).toContain('不在微心愿范围内');
  });
  it('goes through the list of what waits', async () => {
    const number = await wishOf('想要一个暖水袋，电话13912345678', 'submitted');
    expect(await says('chen', '待受理')).toContain(`${number}号 想要一个暖水袋`);
    // What is confirmed is what everybody will read.
    const readBack = await says('chen', `${number}号`);
    expect(readBack).toContain('要受理并公开');
    expect(readBack).toContain('心愿墙上会写“想要一个暖水袋”：想要一个暖水袋，电话（号码略）');
    expect(readBack).not.toContain('13912345678');
    await says('chen', '确认');
    expect((await world.wish(number)).state).toBe('published');
  });
});

describe('helping', () => {
  it('claims from the list, and tells the second who comes', async () => {
    const number = await wishOf('想要一把雨伞');
    expect(await says('zhao', '有哪些心愿可以认领')).toContain(`${number}号 想要一把雨伞`);
    expect(await says('zhao', '1')).toContain('要认领心愿');
    expect(await says('zhao', '确认')).toMatch(/认领好了[\s\S]*许愿人：王桂芳/u);
    expect(await says('li', `认领${number}号`)).toContain('已经有人认领');
    expect(await says('granny', `认领${number}号`)).toContain('没有权限');
    expect((await world.wish(number)).claimant?.name).toBe('赵磊');
    await says('zhao', `退回${number}号 家里有急事`);
  });

  it('reports the first contact', async () => {
    const number = await wishOf('想要一个台灯', 'claimed');
    expect(await says('li', `已联系${number}号，约好明天去`)).toContain('记下了');
    expect(await world.wish(number)).toMatchObject({ contactNote: '约好明天去' });
    await says('li', `退回${number}号 家里有急事`);
  });

  it('reports no contact where there was none', async () => {
    const number = await wishOf('想要一个枕头', 'claimed');
    expect(await says('li', `已联系${number}号，没人接电话`)).toContain('先不记');
    for (const talk of ['联系两次都没人接', '已联系三家店都没货', `联系一下${number}号`]) await says('li', talk);
    expect(await world.wish(number)).not.toHaveProperty('contactedAt');
    expect(await says('granny', '联系一下我儿子')).not.toContain('没有权限');
    await says('li', `退回${number}号 家里有急事`);
  });

  it('gives back with a reason, asked for when it is missing', async () => {
    const number = await wishOf('想要一个饭盒', 'claimed');
    expect(await says('li', `退回${number}号`)).toContain('为什么要退回');
    expect(await says('li', '临时要出差')).toContain('已退回');
    const wish = await world.wish(number);
    expect(wish).toMatchObject({ state: 'published' });
    expect(wish.history.at(-1)).toMatchObject({ move: 'release', why: '临时要出差' });
  });

  it('asks which one when several are in hand', async () => {
    const one = await wishOf('想要一个水杯', 'claimed');
    const two = await wishOf('想要一双拖鞋', 'claimed');
    const asked = await says('li', '我认领的那个，家里突然有事走不开，想退掉');
    expect(asked).toMatch(new RegExp(`哪一个心愿[\\s\\S]*${two}号[\\s\\S]*${one}号`, 'u'));
    expect(await says('li', `${one}号`)).toContain('要退回心愿');
    await says('li', '确认');
    expect([(await world.wish(one)).state, (await world.wish(two)).state]).toEqual(['published', 'claimed']);
    await says('li', `退回${two}号 家里有急事`);
  });

  it('gets more time, with a day and a reason', async () => {
    const number = await wishOf('想要一个轮椅', 'claimed');
    expect(await says('li', `${number}号还差零件，天天落雨，再宽限几天`)).toContain('延到哪一天');
    expect(await says('li', '4月3号星期一')).toContain('延到哪一天');
    expect(await says('li', '4月3号')).toContain('延到4月3日（星期五）');
    await says('li', '确认');
    const wish = await world.wish(number);
    expect(wish.extensions).toHaveLength(1);
    expect(wish.due.done).toEqual(new Date('2026-04-03T23:59:59.999+08:00'));
    await says('li', `退回${number}号 家里有急事`);
  });

  it('says before the confirmation what would not be possible', async () => {
    const number = await wishOf('想要一张凳子', 'claimed');
    expect(await says('li', `${number}号延到2027年3月1号，等货`)).toContain('一次最多延到');
    expect((await world.wish(number)).extensions).toEqual([]);
    await says('li', `退回${number}号 家里有急事`);
  });

  it('finishes with a note and a photo, or without one', async () => {
    const number = await wishOf('想要一个闹钟', 'claimed');
    expect(await says('li', `${number}号办好了，闹钟已经送到家里`)).toContain('有办好的照片吗');
    expect(await shows('li')).toContain('附1张照片');
    await says('li', '确认');
    const wish = await world.wish(number);
    expect(wish).toMatchObject({ state: 'done' });
    expect(wish.done?.photos).toHaveLength(1);
    expect(wish.done?.note).toContain('闹钟已经送到家里');
    const other = await wishOf('想要一个脸盆', 'claimed');
    await says('li', `${other}号办好了，脸盆送到了`);
    await says('li', '没有');
    await says('li', '确认');
    expect((await world.wish(other)).done?.photos).toEqual([]);
    await says('granny', `${number}号满意`);
    await says('granny', '满意');
    expect([(await world.wish(number)).state, (await world.wish(other)).state]).toEqual(['closed', 'closed']);
  });

  it('takes no “nothing” for how it was done', async () => {
    const number = await wishOf('想要一个水桶', 'claimed');
    expect(await says('li', `办结${number}号`)).toContain('怎么办的');
    expect(await says('li', '没有')).toContain('怎么办的');
    await says('li', '送到门口了');
    expect(await world.wish(number)).toMatchObject({ state: 'done', done: { note: '送到门口了' } });
    await says('granny', '满意');
  });
});

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
