import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTalk, type Talk } from './talk.ts';

let talk: Talk;
let world: Talk['world'];
beforeAll(async () => {
  talk = await openTalk();
  world = talk.world;
}, 60_000);
afterAll(() => talk.close());

const says: Talk['says'] = (contact, text) => talk.says(contact, text);
const last = () => talk.last();
const wishOf: Talk['wishOf'] = (text, until) => talk.wishOf(text, until);

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

  it.each(['阿卜杜拉·买买提·吐尔逊·阿不都热依木·艾合买提·玉素甫', '很'.repeat(30)])(
    'asks again for a name too long to be one, and loses nothing of what was said: %s',
    async (name) => {
      expect(await says('daughter', '代人登记：需要一床厚棉被')).toContain('替谁许的愿');
      for (const _twice of [1, 2]) {
        const again = await says('daughter', name);
        expect(again).toContain('称呼太长');
        expect(again).not.toContain('确认');
      }
      expect(await says('daughter', '张家老太太')).toContain('替张家老太太');
      expect(await says('daughter', '确认')).toContain('登记好了');
      expect(await last()).toMatchObject({ beneficiary: { name: '张家老太太' } });
    },
  );

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
    expect(await says('granny', '想要一个电饭煲')).toMatch(/^您自己的心愿1号“想要一个电饭煲”（待受理）和这个相似/u);
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
