import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR } from '../../../src/core/time.ts';
import { ballotViewOf, readBallot } from '../../../src/features/ballots/index.ts';
import { type ChatTown, openChatTown } from './chat-town.ts';

let town: ChatTown;
beforeAll(async () => {
  town = await openChatTown();
}, 60_000);
afterAll(() => town.close());

const says = (contact: string, text: string, id?: string) => town.says(contact, text, id);
const NEUTRAL = '已私下回复，请看私聊消息。';

/** How many have voted. */
async function cast(ballot: string): Promise<number> {
  const { house } = town.world;
  const view = await ballotViewOf(house, town.as('chen'), await readBallot(house, town.as('chen'), ballot));
  return view.turnout?.present.heads ?? 0;
}

/** Everything the chat keeps, unsealed, and everything it logged. */
async function kept(): Promise<string> {
  const { house, log } = town.world;
  const names = (await house.db.listCollections()).map(({ name }) => name).filter((name) => name.startsWith('chat'));
  expect(names).toContain('chat_dialogues');
  const rows = (await Promise.all(names.map((name) => house.db.collection(name).find({}).toArray()))).flat();
  const texts = rows.flatMap((row) =>
    Object.entries(row).map(([key, value]) =>
      typeof value === 'string' && ['sealed', 'from', 'plan', 'outcome'].includes(key)
        ? house.vault.open(value)
        : JSON.stringify(value),
    ),
  );
  return [...texts, JSON.stringify(log)].join('\n');
}

/** What would tell a choice, as somebody says it and as the dialogue would note it. */
const CHOSEN = /反对|同意|弃权|赞成|against|abstain|"choice":"/u;

describe('where nothing is open', () => {
  it.each(['投票', '我反对', '有什么要投票的'])('%s finds nothing to vote on', async (text) => {
    expect(await says('granny', text)).toBe('现在没有等您投的票。');
  });

  it('offers to second what is only proposed, and knows no number that is none', async () => {
    const { number } = await town.proposed('zhao', '楼道里装感应灯');
    expect(await says('granny', `${number}号议题我同意`)).toMatch(/正在征集附议[\s\S]*1\. 附议议题1号/u);
    expect(await says('granny', '1')).toContain('附议好了');
    expect(await says('granny', '99号我投同意')).toContain('没有找到议题99号');
  });
});

describe('a secret ballot', () => {
  let number: number;
  let ballot: string;
  beforeAll(async () => {
    ({ number, ballot } = await town.voted('小区要不要装门禁', { secrecy: 'secret' }));
  });

  it('leads to the mini-program and leaves nothing of what was said', async () => {
    const texts = [
      `${number}号我投反对`,
      '我反对',
      '弃权',
      `议题${number}号投同意`,
      '装门禁不方便，我投反对票！',
      '投票',
      '同意',
      '我家灯坏了要修，另外我投反对票',
      `${number}号我同意，还有1号我反对`,
      `改成反对${number}号`,
      '我觉得门禁这个我不太同意',
    ];
    for (const text of texts) {
      const answer = await says('daughter', text);
      expect(await kept()).not.toMatch(CHOSEN);
      expect(answer).not.toMatch(CHOSEN);
      if (text !== texts.at(-1)) expect(answer).toMatch(/不记名投票[\s\S]*小程序/u);
    }
    await says('daughter', '确认');
    expect(await cast(ballot)).toBe(0);
  });

  it('leaves nothing of a choice that may have been another, open one’s either', async () => {
    const open = await town.voted('要不要修凉亭');
    const answer = await says('daughter', '我反对');
    expect(answer).toMatch(/哪一个/u);
    expect(answer).toMatch(/门禁”（不记名/u);
    expect(answer).toMatch(/凉亭”（记名/u);
    expect(await kept()).not.toMatch(CHOSEN);
    expect(await says('daughter', `${number}号`)).toContain('小程序');
    expect(await kept()).not.toMatch(CHOSEN);
    expect(await says('daughter', `${open.number}号`)).toMatch(
      /您怎么投[\s\S]*1\. 同意[\s\S]*2\. 反对[\s\S]*3\. 弃权/u,
    );
    expect(await says('daughter', '2')).toContain('您投“反对”');
    expect(await says('daughter', '算了')).toContain('不办');
    expect([await cast(ballot), await cast(open.ballot)]).toEqual([0, 0]);
  });

  it('tells where it stands without how anybody voted', async () => {
    expect(await says('daughter', `议题${number}号怎么样了`)).toMatch(/不记名投票[\s\S]*还没有投，请在小程序里投/u);
  });
});

describe('an open ballot', () => {
  let number: number;
  let ballot: string;
  beforeAll(async () => {
    ({ number, ballot } = await town.voted('院坝要不要铺地砖'));
  });

  it('is read back though it is a command, cast once however often the message comes, and changed until it closes', async () => {
    const before = await cast(ballot);
    expect(await says('granny', `${number}号我投同意`, 'v1')).toMatch(
      /铺地砖，同意吗？\n您投“同意”。记名.*回“确认”投出/u,
    );
    expect(await cast(ballot)).toBe(before);
    expect(await says('granny', '确认', 'v2')).toMatch(/投好了.*您投了“同意”/u);
    expect(await says('granny', '确认', 'v2')).toBe('');
    expect(await says('granny', `${number}号我投同意`)).toContain('不用再投');
    expect(await says('granny', `${number}号改投反对`)).toContain('从“同意”改投“反对”');
    expect(await says('granny', '同意')).toContain('您投的就是“同意”');
    expect(await says('granny', `${number}号改投反对`)).toContain('从“同意”改投“反对”');
    expect(await says('granny', '投吧')).toContain('您投了“反对”');
    expect(await cast(ballot)).toBe(before + 1);
    expect(await says('granny', `议题${number}号怎么样了`)).toContain('您已经投过了');
  });

  it('is asked for by numbers, understood in other words, and corrected', async () => {
    expect(await says('daughter', `${number}号投票`)).toMatch(/1\. 同意\n2\. 反对\n3\. 弃权/u);
    expect(await says('daughter', '不赞成')).toContain('您投“反对”');
    expect(await says('daughter', '不对，我同意')).toContain('您投“同意”');
    expect(await says('daughter', '同意')).toContain('投好了');
    expect(await says('daughter', `${number}号我同意，也不反对`)).toMatch(/您现在投的是“同意”。您怎么投/u);
    expect(await says('daughter', '不投了')).not.toContain('投好了');
  });

  it('takes one vote at a time', async () => {
    const before = await cast(ballot);
    expect(await says('granny', `${number}号我同意，1号我反对`)).toMatch(/一个/u);
    await says('granny', '确认');
    expect(await cast(ballot)).toBe(before);
  });

  it('is not taken in a group, nor by whoever has no voice, nor before it opens or after it closes', async () => {
    const before = await cast(ballot);
    const { group, alone } = await town.saysInGroup('zhao', `@好邻 ${number}号我投同意`);
    expect(group).toBe(NEUTRAL);
    expect(alone).toContain('群里不收');
    expect(await says('zhao', '确认')).not.toContain('投好了');
    expect(await says('zhao', `${number}号我投同意`)).toContain('名单里没有您');
    const later = await town.voted('要不要种桂花', { opensAt: new Date(town.world.clock.now().getTime() + HOUR) });
    expect(await says('granny', `${later.number}号我同意`)).toContain('还没有开始投票');
    expect(await says('granny', `议题${later.number}号怎么样了`)).toContain('投票从3月9日');
    await says('granny', `${number}号改投同意`);
    town.world.clock.shift(49 * HOUR);
    expect(await says('granny', '确认')).not.toContain('投好了');
    expect(await says('granny', `${number}号我投同意`)).toContain('已经截止');
    expect(await cast(ballot)).toBe(before);
  });
});
