import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '../../../../src/core/time.ts';
import { openTalk, type Talk } from './talk.ts';

let talk: Talk;
let world: Talk['world'];
beforeAll(async () => {
  talk = await openTalk();
  world = talk.world;
}, 60_000);
afterAll(() => talk.close());

const says: Talk['says'] = (contact, text) => talk.says(contact, text);
const shows: Talk['shows'] = (contact) => talk.shows(contact);
const wishOf: Talk['wishOf'] = (text, until) => talk.wishOf(text, until);

describe('helping', () => {
  it('claims from the list, and tells the second who comes', async () => {
    const number = await wishOf('想要一把雨伞');
    expect(await says('zhao', '有哪些心愿可以认领')).toContain(`${number}号 想要一把雨伞`);
    expect(await says('zhao', '1')).toContain('要认领心愿');
    expect(await says('zhao', '确认')).toMatch(/认领好了[\s\S]*许愿人：王桂芳/u);
    expect(await says('li', `认领${number}号`)).toContain('已经有人认领');
    expect(await says('granny', `认领${number}号`)).toContain('要先登记成志愿者');
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
    expect(await says('granny', '联系一下我儿子')).not.toContain('要先登记成志愿者');
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

  it.each([
    '延期到4月3号，菜市场没货',
    '延期到4月3号 菜市场没货',
    '菜市场没货，延到4月3号',
    '要延到4月3号，因为菜市场没货',
  ])('takes the reason given with it: %s', async (said) => {
    const number = await wishOf('想要一袋米', 'claimed');
    expect(await says('li', `${number}号${said}`)).toMatch(/延到4月3日[^原]*原因：.*菜市场没货/u);
    await says('li', '取消');
    await says('li', `退回${number}号 家里有急事`);
  });

  it.each([
    ['延期三天，菜市场没货', 3],
    ['再宽限我两个星期，菜市场没货', 14],
    ['延长1周，菜市场没货', 7],
  ])('counts %s from the day it is due', async (said, days) => {
    const number = await wishOf('想要一袋面', 'claimed');
    const due = (await world.wish(number)).due.done ?? new Date(Number.NaN);
    await says('li', `${number}号${said}`);
    await says('li', '确认');
    expect((await world.wish(number)).due.done).toEqual(new Date(due.getTime() + days * DAY));
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

  it('takes no progress for the end', async () => {
    const number = await wishOf('想要一床毛毯', 'claimed');
    for (const told of [
      `${number}号已经买好了，明天送过去`,
      `${number}号买到了，后天给老人送去`,
      `办结${number}号 已经买好，明天送`,
      `${number}号办好了一半，还差被套`,
    ]) {
      expect(await says('li', told)).toMatch(/还没全办完[\s\S]*1\.[\s\S]*2\./u);
      // A yes chooses neither.
      await says('li', '确认');
      expect((await world.wish(number)).state).toBe('claimed');
    }
    expect(await says('li', '1')).toContain('记下了');
    expect(await world.wish(number)).toMatchObject({
      state: 'claimed',
      contactNote: expect.stringContaining('还差被套'),
    });
    expect(await says('li', `${number}号进展：已经买好毯子，明天送`)).toContain('记下了');
    expect(await world.wish(number)).toMatchObject({ state: 'claimed', contactNote: '已经买好毯子，明天送' });
    // In the middle of another question it is no answer to it.
    expect(await says('li', `退回${number}号`)).toContain('为什么要退回');
    expect(await says('li', `${number}号进展：店里到货了`)).toContain('记下了');
    expect(await world.wish(number)).toMatchObject({ state: 'claimed', contactNote: '店里到货了' });
    // Asked how it was done, too; and what is done after all is.
    expect(await says('li', `办结${number}号`)).toContain('怎么办的');
    expect(await says('li', '已经买好，明天送')).toContain('还没全办完');
    expect(await says('li', '2')).toContain('有办好的照片吗');
    await says('li', '没有');
    await says('li', '确认');
    expect((await world.wish(number)).state).toBe('done');
    await says('granny', '满意');
  });

  it('asks for nothing where the wish is not theirs', async () => {
    const number = await wishOf('想要一个热水袋', 'submitted');
    for (const told of [
      `${number}号进展：已经买好，明天送`,
      `${number}号已经买好了，明天送`,
      `办结${number}号 已经送到家`,
    ]) {
      expect(await says('li', told)).not.toMatch(/照片|还没全办完|记下了/u);
    }
    expect((await world.wish(number)).state).toBe('submitted');
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
