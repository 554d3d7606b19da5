import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, atCivil, dayOf, HOUR } from '../../src/core/time.ts';
import { withoutChromium } from '../support/chromium.ts';
import { type Neighbourhood, openNeighbourhood, WAIT } from '../support/neighbourhood.ts';

/** A secretary, a facilitator, an old neighbour and a worker talk things over, on their phones and in chat. */
describe.skipIf(withoutChromium)('people talk', () => {
  let street: Neighbourhood;
  beforeAll(async () => {
    street = await openNeighbourhood();
  }, 120_000);
  afterAll(() => street?.close());

  /** What a person was told of it leads to the topic. */
  async function open(label: string, who: string, message: string): Promise<FrameLocator> {
    const phone = await follow(label, who, message);
    await phone.getByRole('heading', { name: '楼道里装感应灯' }).first().waitFor(WAIT);
    return phone;
  }
  async function follow(label: string, who: string, message: string): Promise<FrameLocator> {
    const phone = await street.give(label, who);
    await street.tab(phone, '消息');
    await phone.getByRole('button').filter({ hasText: message }).first().click(WAIT);
    return phone;
  }
  const sure = (on: FrameLocator) => street.press(on, '确定');
  const fill = (on: FrameLocator, label: string, words: string) => on.getByLabel(label).last().fill(words, WAIT);
  const pick = (on: FrameLocator, name: string | RegExp) => on.getByRole('radio', { name }).last().click(WAIT);
  async function turn(on: FrameLocator, label: RegExp, ...rows: string[]): Promise<void> {
    await on.getByRole('button', { name: label }).last().click(WAIT);
    for (const row of rows) await on.getByRole('option', { name: row, exact: true }).click(WAIT);
    await sure(on);
  }
  const until = async (day: string, hour: number, minute = 0) =>
    street.stage.pass(atCivil(day, hour, minute).getTime() - street.stage.now().getTime());

  it('from an idea in chat to a result that is publicised and carried out', async () => {
    const { says, press, stage } = street;
    await says('张福生', '我想提个议题：楼道里装感应灯', /确认/u);
    await says('张福生', '确认', /提好了：议题1号/u);
    for (const who of ['王秀英', '卢明芬', '潘美玲']) await says(who, '附议1号', /附议好了/u);

    const secretary = await open('第二部手机', '陈建国', '有议题等受理');
    await press(secretary, '受理');
    await sure(secretary);
    await press(secretary, '请人主持');
    await secretary.getByText('熊国柱', { exact: true }).last().click(WAIT);
    await secretary.getByText('主持：熊国柱').last().waitFor(WAIT);

    const leader = await open('第一部手机', '熊国柱', '请您主持一条议题');
    await press(leader, '定时间地点');
    await pick(leader, /幸福里议事厅/u);
    await turn(leader, /哪一天/u);
    await turn(leader, /几点开始/u, '19 时');
    await turn(leader, /几点结束/u, '20 时', '30 分');
    await fill(leader, '商量什么，一行写一件', '装几盏\n钱从哪里来');
    await pick(leader, /不看人数/u);
    await press(leader, '定下来，告诉大家');
    await leader.getByRole('heading', { name: '请来商量' }).last().waitFor(WAIT);

    const day = addDays(dayOf(stage.now()), 3);
    await until(day, 18, 45);
    const meeting = await open('第一部手机', '熊国柱', '请您主持一条议题');
    await press(meeting, '开始开会');
    await sure(meeting);
    await press(meeting, '签到、发言');
    const digits = await meeting.locator('.digits').last().textContent(WAIT);
    const code = (digits ?? '').replace(/\D/gu, '');

    const granny = await open('第二部手机', '王秀英', '请来商量');
    await press(granny, '签到、发言');
    await fill(granny, '到了会场，请填签到码', code);
    await press(granny, '签到');
    await granny.getByText('您家已经签到').last().waitFor(WAIT);

    const vote = await open('第一部手机', '熊国柱', '请您主持一条议题');
    await press(vote, '准备表决');
    await fill(vote, '表决的内容，写成一句问话', '每个楼道装一盏，好不好？');
    await pick(vote, /小院意见表决/u);
    await pick(vote, /^(?:✓ )?不记名/u);
    await pick(vote, '1天');
    await press(vote, '准备好了');
    await press(vote, '开始投票');
    await sure(vote);
    await vote.getByText('投票中').last().waitFor(WAIT);

    // A secret vote is asked twice, has a receipt, and is found in the urn.
    const voter = await open('第二部手机', '王秀英', '请您投票');
    await voter
      .getByRole('button', { name: /去投票|投票/u })
      .last()
      .click(WAIT);
    await press(voter, '同意');
    await sure(voter);
    await voter.getByText('您的回执').last().waitFor(WAIT);
    await press(voter, '查我的票');
    await voter
      .getByText(/在票箱里/u)
      .last()
      .waitFor(WAIT);

    await stage.pass(30 * HOUR);
    const result = await open('第二部手机', '陈建国', '请公示结果');
    await result.getByRole('heading', { name: '结果：通过' }).last().waitFor(WAIT);
    await press(result, '公示结果');
    await fill(result, '决议', '每个楼道装一盏感应灯');
    await pick(result, '5天');
    await press(result, '公示');
    await result.getByText('公示中').last().waitFor(WAIT);
    const topic = await stage.app.house.db
      .collection<{ state: string; number: number }>('topic')
      .findOne({ number: 1 });
    expect(topic).toMatchObject({ state: 'publicised', outcome: 'passed', resolution: '每个楼道装一盏感应灯' });
  }, 240_000);

  it('from a quarter’s prompt to a talk that is held, and a difficulty out of it that nobody knows whose it is', async () => {
    const { press, stage } = street;
    const [said, hard] = ['最近压力大，想歇一歇', '孩子放学没人接'];
    await until('2026-03-18', 10);
    const secretary = await follow('第二部手机', '陈建国', '还没谈心的');
    await secretary
      .getByRole('button', { name: /和李敏谈/u })
      .last()
      .click(WAIT);
    await press(secretary, '约个时间');
    await turn(secretary, /^哪天/u);
    await turn(secretary, /^几点/u, '19 时');
    await press(secretary, '登记');
    await secretary.getByText('等本人说行不行。').last().waitFor(WAIT);

    const worker = await follow('第一部手机', '李敏', '约您谈心');
    await press(worker, '可以，就这个时间');
    await worker.getByText('时间说定了。').last().waitFor(WAIT);

    await press(secretary, '谈过了，登记');
    await secretary.getByRole('checkbox', { name: '工作压力' }).last().click(WAIT);
    await fill(secretary, '谈话记录（可以不填）', said);
    await press(secretary, '登记');
    await press(secretary, '登记一件实际问题');
    await pick(secretary, '子女上学');
    await fill(secretary, '要解决什么', `李敏的${hard}`);
    await press(secretary, '登记');
    await secretary.getByText('写谈话记录').last().waitFor(WAIT);

    const listed = await street.give('第二部手机', '陈建国');
    await listed.getByText('全部工作').last().click(WAIT);
    await listed.getByText('实际问题', { exact: true }).last().click(WAIT);
    await listed.getByText(hard).last().waitFor(WAIT);
    expect(await listed.getByText('李敏').filter({ visible: true }).count()).toBe(0);

    const { house, http } = stage.app;
    const talk = await house.db.collection('talk').findOne({ heldOn: '2026-03-18' });
    const read = async (who: string) => {
      const authorization = `Bearer ${await http.issueToken(stage.people[who] ?? '')}`;
      const answers = ['', '/read'].map((path) =>
        fetch(`${stage.address}/api/v1/talks/${talk?._id}${path}`, {
          method: path === '' ? 'GET' : 'POST',
          headers: { authorization },
        }).then((answer) => answer.text()),
      );
      return (await Promise.all(answers)).join('');
    };
    for (const who of ['何春梅', '郑海燕', '何静', '方毅', '周强']) expect(await read(who)).not.toContain(said);
    expect(await read('李敏')).toContain(said);
  }, 120_000);
});
