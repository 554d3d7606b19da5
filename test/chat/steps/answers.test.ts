import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chatWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await chatWorld();
}, 60_000);
afterAll(async () => {
  await world.close();
});
beforeEach(async () => {
  await world.house.db.collection('chat_dialogues').deleteMany({});
});

const says = async (contact: string, text: string) => (await world.says(contact, text)).join('\n---\n');
const numberOf = (answer: string): number => Number(/心愿(\d+)号/u.exec(answer)?.[1]);
async function wished(text: string, contact = 'granny'): Promise<number> {
  await says(contact, text);
  return numberOf(await says(contact, '确认'));
}

describe('courtesy around an answer', () => {
  it.each(['要得，谢谢', '好的谢谢', '谢谢你们，确认', '对头，麻烦了', '要', '要的，多谢', '登记吧，辛苦了', '确认🙏'])(
    '%s registers what was read back',
    async (yes) => {
      await says('granny', '想要一个轮椅');
      expect(await says('granny', yes)).toContain('登记好了');
    },
  );
  it.each(['不用了，谢谢', '算了，麻烦你们了', '取消吧，不好意思'])('%s drops it', async (no) => {
    await says('granny', '想要一个轮椅');
    expect(await says('granny', no)).toContain('不办了');
  });
  it('does not turn a secretary’s command into thanks', async () => {
    const number = await wished('想要一个热水壶');
    expect(await says('chen', `发布${number}号，谢谢`)).not.toContain('不客气');
    expect((await says('chen', '确认，辛苦了')) + (await world.wish(number)).state).toContain('published');
  });
  it.each(['换成修灯', '改成轮椅', '都发布', '好的，3号', '1号和3号'])('swallows no %s', async (words) => {
    for (const thanks of ['，谢谢', '，麻烦了']) expect(await says('granny', words + thanks)).not.toContain('不客气');
  });
  it('alone is thanked back', async () => {
    for (const thanks of ['谢谢', '好的谢谢', '要得，谢谢你们了']) {
      expect(await says('granny', thanks)).toContain('不客气');
    }
  });
});

describe('a correction of a part', () => {
  it.each([
    ['不对，是后天', '想请人后天下午3点来修水龙头'],
    ['不对，是上午10点', '想请人明天上午10点来修水龙头'],
    ['错了，后天上午', '想请人后天上午来修水龙头'],
    ['时间改成下周一上午', '想请人下周一上午来修水龙头'],
    ['改成后天', '想请人后天下午3点来修水龙头'],
    ['不是水龙头，是马桶', '想请人明天下午3点来修马桶'],
    ['不是明天，是后天，谢谢', '想请人后天下午3点来修水龙头'],
  ])('%s replaces it and keeps the rest', async (correction, words) => {
    await says('granny', '想请人明天下午3点来修水龙头');
    expect(await says('granny', correction)).toContain(`要登记微心愿：${words}（`);
    const again = await says('granny', '不对，是大后天');
    expect(again).toMatch(/要登记微心愿：想请人大后天.*来修/u);
    await says('granny', '取消');
  });
  it('is added where there was no such part, and is never the wish', async () => {
    await says('granny', '想请人来修水龙头');
    expect(await says('granny', '不对，是后天')).toContain('要登记微心愿：想请人来修水龙头，后天（');
    await says('granny', '取消');
  });
  it('counts what is wanted instead', async () => {
    await says('granny', '想要一个锅');
    expect(await says('granny', '不是锅，是一床毯子')).toContain('要登记微心愿：想要一床毯子（');
    await says('granny', '取消');
  });
});

describe('a correction', () => {
  it.each([
    ['改成想要一个轮椅', '想要一个轮椅'],
    ['不是，我是想要电磁炉', '想要电磁炉'],
    ['不对不对，是一床毯子', '一床毯子'],
    ['不要锅了，要电饭煲', '想要一个电饭煲'],
  ])('%s is read back in its own words', async (correction, title) => {
    await says('granny', '想要一个锅');
    const answer = await says('granny', correction);
    expect(answer).toContain(`要登记微心愿：${title}（`);
    const number = numberOf(await says('granny', '确认'));
    expect((await world.wish(number)).title).toBe(title);
  });
});

describe('a list', () => {
  it('of one choice lets everything else be said', async () => {
    await says('granny', '3单元楼道灯坏了');
    expect(await says('granny', '想要一个电热毯')).toContain('要登记微心愿');
    await says('granny', '取消');
    for (const text of ['登记', '微心愿', '我要投诉', '统计']) {
      await world.house.db.collection('chat_dialogues').deleteMany({});
      await says('granny', '3单元楼道灯坏了');
      expect(await says('granny', text), text).not.toContain('请回前面的数字');
    }
    await says('granny', '取消求助');
  });
});

describe('several matters in one message', () => {
  it('are taken up one by one', async () => {
    const first = await says('daughter', '我有三件事：一要个电饭煲，二要人修灯泡，三要人陪我去医院');
    expect(first).toMatch(/3件事[\s\S]*要登记微心愿：要个电饭煲/u);
    const second = await says('daughter', '确认');
    expect(second).toMatch(/登记好了[\s\S]*接着办下一件“要人修灯泡”/u);
    const third = await says('daughter', '取消');
    expect(third).toMatch(/不办[\s\S]*要登记微心愿：要人陪我去医院/u);
    const last = await says('daughter', '好的，谢谢');
    expect(last).toContain('登记好了');
    expect(last).not.toContain('接着办');
    const titles = (await world.wishes()).map((wish) => wish.title);
    expect(titles).toContain('要个电饭煲');
    expect(titles).toContain('要人陪我去医院');
    expect(titles).not.toContain('要人修灯泡');
  });

  it('what only wants looking up is answered at once', async () => {
    const answer = await says('daughter', '还想要个拐杖，顺便问下我的心愿到哪一步了');
    expect(answer).toMatch(/2件事[\s\S]*电饭煲[\s\S]*要登记微心愿：想要个拐杖/u);
    expect(await says('daughter', '都取消')).toContain('都不办了');
  });

  it('can all be dropped, and outlast a restart', async () => {
    await says('daughter', '一要个脸盆，二要个水桶，三要把伞');
    await world.restart();
    expect(await says('daughter', '确认')).toMatch(/登记好了[\s\S]*水桶/u);
    expect(await says('daughter', '全部取消')).toContain('都不办了');
    expect(await says('daughter', '确认')).toContain('没有等您确认');
  });

  it('of all that can be meant: 都撤了 goes through each', async () => {
    const mine = (await world.wishes()).filter((wish) => wish.requester.id === world.persons.daughter._id);
    const open = mine.filter((wish) => wish.state === 'submitted');
    expect(open.length).toBeGreaterThan(1);
    let answer = await says('daughter', '都撤了');
    for (const _each of open) {
      expect(answer).toContain('要撤回心愿');
      answer = await says('daughter', '确认');
    }
    expect(answer).toContain('已撤回');
    expect(answer).not.toContain('接着办');
    for (const { number } of open) expect((await world.wish(number)).state).toBe('withdrawn');
  });

  describe.each([
    ['都撤了吧', '算了'],
    ['都撤了吧', '算了，一个都不撤了'],
    ['都撤了吧', '想要一个台灯'],
    ['numbers', '算了'],
    ['numbers', '想要一个台灯'],
  ])('changes are not come back to: %s, then %s', (all, then) => {
    it('drops them all and says so', async () => {
      const numbers = [await wished('想要一个脸盆', 'zhao'), await wished('想要一把扫帚', 'zhao')];
      const first = await says('zhao', all === 'numbers' ? `我想把${numbers.join('号和')}号都撤回` : all);
      expect(first).toContain('要撤回心愿');
      const answer = await says('zhao', then);
      expect(answer).not.toContain('要撤回心愿');
      expect(answer).toMatch(/撤回[\s\S]*没有办/u);
      for (const yes of ['好的', '确认', '好的']) expect(await says('zhao', yes)).not.toContain('撤回');
      for (const number of numbers) expect((await world.wish(number)).state).toBe('submitted');
      await world.house.db.collection('wish').deleteMany({ number: { $in: numbers } });
    });
  });

  it('named by their numbers are done one after the other', async () => {
    const numbers = [await wished('想要一个台灯'), await wished('想要一把雨伞')];
    const [a, b] = numbers;
    for (const number of numbers) {
      await says('chen', `发布${number}号`);
      await says('chen', '确认');
    }
    world.clock.shift(25 * 3_600_000);
    const first = await says('li', `认领${a}号和${b}号`);
    expect(first).toContain(`心愿${a}号`);
    await says('li', '确认');
    await says('li', '确认');
    for (const number of numbers) expect((await world.wish(number)).state).toBe('claimed');
  });

  it('are read back as a list', async () => {
    expect(await says('daughter', '一要个脸盆，二要个水桶')).toMatch(
      /^您说了2件事，我一件一件办：\n1\. 要个脸盆\n2\. 要个水桶\n要登记微心愿：要个脸盆/u,
    );
    await says('daughter', '都取消');
  });

  it('in a group are listed and taken up alone, one by one', async () => {
    await world.bindGroup('yard');
    const from = world.said.length;
    await world.channel.receive('daughter', '@好邻 一要个脸盆，二要个水桶', { room: 'yard', mention: true });
    const said = world.said.slice(from);
    expect(said.filter((one) => 'room' in one.to).map((one) => one.text)).toEqual(['已私下回复，请看私聊消息。']);
    const alone = said.filter((one) => 'contact' in one.to).map((one) => one.text);
    expect(alone.join()).toMatch(/2件事[\s\S]*要登记微心愿：要个脸盆/u);
    expect(await says('daughter', '确认')).toMatch(/登记好了[\s\S]*接着办最后一件“要个水桶”/u);
    // What everybody may read is said alone, too, beside what is nobody else's.
    expect(await says('daughter', '取消')).toContain('不办');
    const then = world.said.length;
    await world.channel.receive('daughter', '@好邻 想要个拐杖，顺便问下有哪些心愿可以认领', {
      room: 'yard',
      mention: true,
    });
    expect(world.said.slice(then).filter((one) => 'room' in one.to)).toHaveLength(1);
    expect(world.said.slice(then).at(-1)?.text).toContain('已私下回复');
    await says('daughter', '都取消');
  });
});

describe('more time', () => {
  it('is asked for another number than the one under way, and no day that is over or does not exist', async () => {
    const numbers = [await wished('想要一个闹钟'), await wished('想要一个水壶')];
    const [a = 0, b = 0] = numbers;
    for (const number of numbers) {
      await says('chen', `发布${number}号`);
      await says('chen', '确认');
    }
    world.clock.shift(25 * 3_600_000);
    for (const number of numbers) {
      await says('zhao', `认领${number}号`);
      await says('zhao', '确认');
    }
    await says('zhao', `${a}号延期`);
    const other = await says('zhao', `${b}号延期到2020年1月1日`);
    expect(other).toContain('“2020年1月1日”已经过去了');
    expect(other).toContain(`心愿${b}号`);
    const none = await says('zhao', '2027年2月30日');
    expect(none).toContain('没有“2027年2月30日”这一天');
    expect(none).toContain(`心愿${b}号`);
  });
});

describe('what phones and foreigners write', () => {
  it('a message written down from speech loses its marks and pauses', async () => {
    for (const text of [
      '[语音] 嗯 那个 同志 我想要一把蒲扇',
      '【语音】呃，书记，那个…我想要一把蒲扇',
      '[语音转文字] 那个…嗯，我想要一把蒲扇',
      '语音：喂，你好，我想要一把蒲扇',
    ]) {
      expect([text, await says('granny', text)]).toEqual([
        text,
        expect.stringContaining('要登记微心愿：我想要一把蒲扇（'),
      ]);
      await says('granny', '取消');
    }
    expect(await says('granny', '[语音]')).toContain('听不懂语音');
  });
  it('another language is answered in it, with the numbers', async () => {
    expect(await says('granny', 'hello how are you')).toMatch(/only understand Chinese[\s\S]*120/u);
    expect(await says('granny', 'ok')).not.toContain('Chinese');
  });
  it('the menu begins with what people come for', async () => {
    const [, first, ...rest] = (await says('granny', '菜单')).split('\n');
    expect(first).toContain('登记微心愿');
    expect(rest.at(-2)).toContain('提醒');
  });
  it('a paper’s name alone asks for the paper', async () => {
    expect(await says('granny', '残疾证')).toContain('开证明');
  });
});

it('messages sent at once are answered in their order', async () => {
  const before = world.said.length;
  await Promise.all([
    world.channel.receive('li', '想要一床被子'),
    world.channel.receive('li', '确认'),
    world.channel.receive('li', '想要一个枕头'),
    world.channel.receive('li', '取消'),
  ]);
  const said = world.said.slice(before).map((one) => one.text);
  expect(said).toHaveLength(4);
  expect(said[0]).toContain('要登记微心愿：想要一床被子');
  expect(said[1]).toContain('登记好了');
  expect(said[2]).toContain('想要一个枕头');
  expect(said[3]).toContain('不办');
});
