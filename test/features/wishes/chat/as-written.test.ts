import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTalk, type Talk } from './talk.ts';

/** What is said in chat is stored as it was written, however it was understood. */
let talk: Talk;
beforeAll(async () => {
  talk = await openTalk();
}, 60_000);
afterAll(() => talk.close());

const says: Talk['says'] = (contact, text) => talk.says(contact, text);

it('a wish keeps its lines, marks and drawn-out letters; markup of the channel becomes what the writer saw', async () => {
  expect(await says('granny', '您好，想要一床被子！！！\n看这里：http://a.cn//b\n好好好好好好冷[流泪]')).toContain(
    'http://a.cn//b',
  );
  await says('granny', '确认');
  expect(await talk.last()).toMatchObject({
    title: '想要一床被子',
    text: '您好，想要一床被子！！！\n看这里：http://a.cn//b\n好好好好好好冷😭',
  });
});

it('the command is no part of it, and what is added comes after it', async () => {
  await says('granny', '登记心愿：\n想要一个锅铲！！');
  expect((await talk.last()).text).toBe('想要一个锅铲！！');
  await says('granny', '想要一口锅，\n要带盖子的。。。');
  await says('granny', '要两个，\n红红红红红色的');
  await says('granny', '确认');
  expect((await talk.last()).text).toBe('想要一口锅，\n要带盖子的。。。，要两个，\n红红红红红色的');
});

it('a family is one letter, however long the text', async () => {
  const family = '👨‍👩‍👧‍👦';
  expect(await says('granny', `想要一张合影${family.repeat(60)}`)).toContain('只记前500个字');
  await says('granny', '确认');
  const { text, title } = await talk.last();
  expect(text).toBe(`想要一张合影${family.repeat(Math.floor((500 - 6) / family.length))}`);
  expect(title).toBe(`想要一张合影${family.repeat(13)}…`);
});

it('of several matters in one message each is kept as it was written', async () => {
  await says('granny', '一要个热水瓶！！，二要一把椅子～～\n靠背高的');
  await says('granny', '确认');
  expect((await talk.last()).text).toBe('要个热水瓶！！');
  await says('granny', '确认');
  expect((await talk.last()).text).toBe('要一把椅子～～\n靠背高的');
});

it('so are reasons, notes and judgements, said at once, asked for, or said before it was clear of which', async () => {
  const number = await talk.wishOf('想要一个小马扎', 'claimed');
  await says('li', `已联系${number}号，约好了！！\n周六去`);
  expect((await talk.world.wish(number)).contactNote).toBe('约好了！！\n周六去');
  await says('li', `${number}号延期到4月3号，等货。。。\n真的`);
  await says('li', '确认');
  expect((await talk.world.wish(number)).extensions.at(-1)?.reason).toBe('等货。。。\n真的');
  await says('li', `退回${number}号`);
  await says('li', '家里有急事！！\n要回老家');
  expect((await talk.world.wish(number)).history.at(-1)?.why).toBe('家里有急事！！\n要回老家');
  await says('li', `认领${number}号`);
  await says('li', `办结${number}号 送到了！！！\n还教了怎么用`);
  await says('li', '没有');
  expect((await talk.world.wish(number)).done?.note).toBe('送到了！！！\n还教了怎么用');
  await says('granny', `${number}号很满意，小马扎又轻又稳！！！好好好好好`);
  expect((await talk.world.wish(number)).rating?.words).toContain('小马扎又轻又稳！！！好好好好好');
  const other = await talk.wishOf('想要一个大喇叭', 'submitted');
  await says('chen', `不予受理${other}号 太吵了！！\n邻居有意见`);
  expect((await talk.world.wish(other)).history.at(-1)?.why).toBe('太吵了！！\n邻居有意见');
});

it('what is too long is refused with how long it may be, and never cut in silence', async () => {
  const number = await talk.wishOf('想要一个小茶壶', 'claimed');
  expect(await says('li', `退回${number}号 ${'家里有事'.repeat(60)}`)).toContain('原因太长了，最多写200个字');
  expect((await talk.world.wish(number)).state).toBe('claimed');
});
