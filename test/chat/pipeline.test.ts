import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Intent } from '../../src/core/feature.ts';
import { actorOf, issueBindingCode, people } from '../../src/features/people/index.ts';
import { chatWorld, FEATURES, type World } from './world.ts';

let world: World;
let folder: string;
beforeAll(async () => {
  world = await chatWorld();
  folder = await mkdtemp(join(tmpdir(), 'haolin-pictures-'));
}, 60_000);
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const says = async (contact: string, text: string) => (await world.says(contact, text)).join('\n---\n');
let pictures = 0;
async function picture(): Promise<string> {
  pictures += 1;
  const path = join(folder, `${pictures}.jpg`);
  await sharp({ create: { width: 40, height: 30, channels: 3, background: '#b33' } })
    .jpeg()
    .toFile(path);
  return path;
}
const kept = () => readdir(join(world.house.settings.folder, 'chat'));

describe('courtesies', () => {
  it('answers what says nothing with the menu of one’s own roles', async () => {
    for (const nothing of ['', '   ', '\u200b\u200d', '\n\t']) {
      const menu = await says('granny', nothing);
      expect(menu).toContain('登记微心愿');
      expect(menu).not.toContain('受理并公开');
    }
    expect(await says('chen', '菜单')).toContain('受理并公开');
    expect(await says('li', '菜单')).toContain('认领12号');
  });
  it('is kind about thanks and small talk, and does nothing', async () => {
    expect(await says('granny', '谢谢你们了')).toBe('不客气，应该的。有事随时说。');
    expect(await says('granny', '给我讲个笑话')).toContain('聊天不太在行');
    expect(await world.wishes()).toEqual([]);
  });
  it('does not pretend there was something to confirm', async () => {
    expect(await says('granny', '确认')).toContain('现在没有等您确认的事');
    expect(await says('granny', '取消')).toContain('不用取消');
  });
});

describe('somebody nobody knows', () => {
  it('is told kindly how to bind, whatever they say', async () => {
    for (const text of ['想要一个电饭煲', '你好', '认领3号', '确认', '']) {
      expect(await says('stranger', text)).toContain('绑定');
    }
    expect(await world.wishes()).toEqual([]);
  });
  it('is kept no picture of', async () => {
    expect((await world.sends('stranger', { picture: await picture() })).join()).toContain('绑定');
    expect(await kept()).toEqual([]);
  });
  it('is known after sending the code', async () => {
    const { code } = await issueBindingCode(
      world.house,
      world.persons.daughter._id,
      actorOf(world.persons.daughter, 'api'),
    );
    expect(await says('new-phone', `绑定 ${code}`)).toContain('刘小燕');
    expect(await says('new-phone', '菜单')).toContain('登记微心愿');
  });
});

describe('a read-back', () => {
  it('creates nothing before 确认, and once however often it is said', async () => {
    expect(await says('granny', '想要一个轮椅')).toContain('要登记微心愿：想要一个轮椅');
    expect(await world.wishes()).toHaveLength(0);
    expect(await says('granny', '确认')).toContain('登记好了');
    expect(await says('granny', '确认')).toContain('现在没有等您确认的事');
    expect(await world.wishes()).toHaveLength(1);
  });
  it('creates nothing after 取消', async () => {
    await says('granny', '想要一个收音机');
    expect(await says('granny', '算了')).toContain('不办了');
    expect(await says('granny', '确认')).toContain('现在没有等您确认的事');
    expect(await world.wishes()).toHaveLength(1);
  });
  it('is put aside kindly for another subject', async () => {
    await says('granny', '想要一个收音机');
    const answer = await says('granny', '1号心愿到哪一步了');
    expect(answer).toMatch(/^刚才“登记微心愿”还没办完，先放下了。\n心愿1号/u);
    expect(await says('granny', '确认')).toContain('现在没有等您确认的事');
  });
  it('is asked again when the answer is neither yes nor no, and given up in the end', async () => {
    const line = await says('granny', '想要一个收音机');
    expect(await says('granny', '哈哈哈哈')).toContain(line);
    expect(await says('granny', '哈哈哈哈')).toContain(line);
    expect(await says('granny', '哈哈哈哈')).toContain('这件事先放下');
    expect(await says('granny', '确认')).toContain('现在没有等您确认的事');
  });
  it('is forgotten after a quarter of an hour', async () => {
    await says('granny', '想要一个收音机');
    world.clock.shift(15 * 60_000 + 1);
    expect(await says('granny', '确认')).toContain('隔久了');
    expect(await world.wishes()).toHaveLength(1);
  });
  it('belongs to one person only', async () => {
    await says('granny', '想要一个收音机');
    expect(await says('daughter', '确认')).toContain('现在没有等您确认的事');
    expect(await says('granny', '取消')).toContain('不办了');
  });
  it('survives a restart', async () => {
    await says('granny', '想要一个助听器');
    await world.restart();
    expect(await says('granny', '确认')).toContain('登记好了');
    expect(await world.wishes()).toHaveLength(2);
  });
  it('keeps nothing people said in the open', async () => {
    await says('granny', '想要一把剪刀');
    const rows = await Promise.all(
      ['chat_dialogues', 'chat_messages'].map((name) => world.house.db.collection(name).find({}).toArray()),
    );
    expect(JSON.stringify(rows)).not.toContain('剪刀');
    expect(JSON.stringify(rows)).toContain('web:granny');
    await says('granny', '取消');
  });
});

describe('pictures and voice', () => {
  it('asks what a picture is about, and keeps it for the answer', async () => {
    const asked = (await world.sends('granny', { picture: await picture() })).join('\n');
    expect(asked).toMatch(/照片是要办哪件事[\s\S]*1\. 登记微心愿/u);
    expect(await kept()).toHaveLength(1);
    expect(await says('granny', '1')).toContain('请说说想要什么');
    expect(await says('granny', '想要修一下这个凳子')).toContain('附1张照片');
    expect(await says('granny', '确认')).toContain('登记好了');
    expect((await world.wishes()).at(-1)?.photos).toHaveLength(1);
    expect(await kept()).toEqual([]);
  });
  it('takes a picture into what is being read back', async () => {
    await says('granny', '想要修一下窗户');
    const line = (await world.sends('granny', { picture: await picture() })).join('\n');
    expect(line).toContain('附1张照片');
    await says('granny', '取消');
    expect(await kept()).toEqual([]);
  });
  it('counts loose pictures and gives them to the next matter', async () => {
    await world.sends('granny', { picture: await picture() });
    expect((await world.sends('granny', { picture: await picture() })).join()).toContain('2张');
    expect(await says('granny', '想要修一下这扇门')).toContain('附2张照片');
    await says('granny', '取消');
    expect(await kept()).toEqual([]);
  });
  it('says so when a picture is none, and goes on waiting for one', async () => {
    const path = join(folder, 'no.jpg');
    await writeFile(path, 'this is no picture');
    await says('granny', '想要修一下窗户');
    expect((await world.sends('granny', { picture: path })).join()).toContain('这个文件打不开');
    expect(await says('granny', '确认')).toContain('登记好了');
    expect((await world.wishes()).at(-1)?.photos).toEqual([]);
    expect(await kept()).toEqual([]);
  });
  it('acknowledges voice without losing what was under way', async () => {
    await says('granny', '想要一双棉鞋');
    const path = join(folder, 'voice.sil');
    await writeFile(path, 'voice');
    expect((await world.sends('granny', { voice: path })).join()).toContain('听不懂语音');
    expect(await says('granny', '确认')).toContain('登记好了');
  });
});

describe('what goes wrong', () => {
  it('says an error’s own sentence', async () => {
    expect(await says('li', '认领99号')).toContain('没有找到心愿99号');
    expect(await says('li', '认领1号')).not.toContain('认领好了');
  });

  it('says one calm sentence otherwise, and logs where but not what', async () => {
    const secret = '我的密码是芝麻开门';
    const broken: Intent = {
      name: 'wish.list',
      effect: 'read',
      async handle({ text }) {
        throw new TypeError(`cannot read ${text}`);
      },
    };
    const other = await chatWorld({
      intents: [broken],
      more: { understand: () => ({ intent: 'wish.list', slots: {}, confidence: 1, explicit: true }) },
    });
    expect((await other.says('granny', secret, { id: 'm1' })).join()).toContain('小问题');
    const [line] = other.log.filter((one) => one.level === 'error');
    expect(line?.fields).toMatchObject({ message: 'web:m1', error: 'TypeError' });
    expect(JSON.stringify(other.log)).not.toMatch(/芝麻|王桂芳|granny/u);
    await other.close();
  });

  it('offers a human for what no feature does yet', async () => {
    const answer = await says('granny', '3单元楼道灯坏了');
    expect(answer).toMatch(/还不会办。已经可以转人工[\s\S]*1\. 转给社区工作人员/u);
    expect(await says('granny', '1')).toContain('已经转给社区工作人员');
    const [handoff] = await world.house.db.collection('handoff').find({}).toArray();
    expect(handoff?.said).toMatchObject([{ text: '3单元楼道灯坏了' }]);
  });

  it('says first whom to call when somebody is in danger', async () => {
    expect(await says('daughter', '隔壁两口子打起来了 女的在喊救命 赶紧喊人来')).toMatch(/^请.*110[\s\S]*通知了社区/u);
  });

  it('works without any feature but people', async () => {
    const bare = await chatWorld({ intents: people.intents, features: FEATURES });
    expect((await bare.says('granny', '想要一个电饭煲')).join()).toContain('请直接联系社区工作人员');
    await bare.close();
  });

  it('asks which of two was meant when it is not sure', async () => {
    const unsure = await chatWorld({
      more: {
        understand: () => ({
          intent: 'wish.submit',
          runnerUp: 'progress.query',
          slots: {},
          confidence: 0.4,
          explicit: false,
        }),
      },
    });
    const asked = (await unsure.says('granny', '那个锅')).join();
    expect(asked).toMatch(/您是想：\n1\. 登记微心愿\n2\. 查进度\n3\. 转给社区工作人员/u);
    expect(await unsure.wishes()).toEqual([]);
    expect((await unsure.says('granny', '2')).join()).toContain('您现在没有登记的心愿');
    await unsure.close();
  });
});

describe('somebody who writes faster than anybody can mean it', () => {
  it('is told so once and then not answered', async () => {
    const fast = await chatWorld({ more: { limit: { points: 3, seconds: 60 } } });
    const answers: string[][] = [];
    for (let i = 0; i < 6; i += 1) answers.push(await fast.says('granny', `谢谢${i}`));
    expect(answers.map((one) => one.length)).toEqual([1, 1, 1, 1, 0, 0]);
    expect(answers[3]?.[0]).toContain('有点快');
    expect(await fast.says('li', '谢谢')).toHaveLength(1);
    await fast.close();
  });
});
