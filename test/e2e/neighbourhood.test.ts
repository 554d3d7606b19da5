import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stage } from '../../scripts/demo/stage.ts';
import { withoutChromium } from '../support/chromium.ts';
import { type Neighbourhood, openNeighbourhood, WAIT } from '../support/neighbourhood.ts';

/** One person plays the whole neighbourhood by hand: two phones and the chat on the demo's page. */
describe.skipIf(withoutChromium)('the neighbourhood page', () => {
  let street: Neighbourhood;
  let stage: Stage;
  let page: Page;

  beforeAll(async () => {
    street = await openNeighbourhood();
    ({ stage, page } = street);
  }, 120_000);
  afterAll(() => street?.close());

  const second = () => street.phone('第二部手机');
  const give: Neighbourhood['give'] = (label, who) => street.give(label, who);
  const says: Neighbourhood['says'] = (who, text, answer) => street.says(who, text, answer);
  const press: Neighbourhood['press'] = (on, name) => street.press(on, name);
  const tab: Neighbourhood['tab'] = (on, name) => street.tab(on, name);

  /** Takes the network from the first phone, or gives it back. */
  const plug = (online: boolean) =>
    page.evaluate(
      `document.querySelector('iframe[title="第一部手机"]').contentWindow.postMessage({ haolin: 'network', online: ${online} }, location.origin)`,
    );

  /** Presses as people do that are not sure whether it was heard. */
  const pressTwice = (on: FrameLocator, name: string) => street.button(on, name).dblclick(WAIT);

  it('a wish goes from the chat to the wall, to a helper, back, and to its end', async () => {
    await says('王秀英', '想要一个小点的电饭煲', /电饭煲.*确认/su);
    await says('王秀英', '确认', /心愿1号/u);

    await page.getByRole('button', { name: '在陈建国的手机上打开' }).first().click(WAIT);
    await press(second(), '受理并公开');
    await press(second(), '公开');
    await second().getByText('已经公开，先留给熟悉的网格员').waitFor(WAIT);

    const helper = await give('第一部手机', '李敏');
    await helper.getByText('今天要办的').click(WAIT);
    await helper.getByText('先留给您的（1）').waitFor(WAIT);
    await helper.getByText('1号 想要一个小点的电饭煲').last().click(WAIT);
    await press(helper, '我来帮忙');
    await pressTwice(helper, '认领');
    await press(helper, '已经联系');
    await pressTwice(helper, '记下');
    await press(helper, '办好了');
    await helper.getByLabel('是怎么办的').last().fill('新电饭煲送到家了');
    await pressTwice(helper, '办好了');
    await helper.getByText('待评价').last().waitFor(WAIT);

    await says('王秀英', '不太满意，盖子是坏的', /没让您满意。心愿1号已经退回重办/u);
    const again = await give('第二部手机', '李敏');
    await again.getByText('我的事').click(WAIT);
    await again.getByText('我在帮的').click(WAIT);
    await again.getByText('1号 想要一个小点的电饭煲').last().click(WAIT);
    await press(again, '办好了');
    await again.getByLabel('是怎么办的').last().fill('换了一个新的，盖子是好的');
    await press(again, '办好了');
    await again.getByText('待评价').last().waitFor(WAIT);

    await says('王秀英', '满意，谢谢', /谢谢您的评价（\d分）。心愿1号办结了/u);
    const granny = await give('第一部手机', '王秀英');
    await granny.getByText('我的事').click(WAIT);
    await granny.getByText('已办结').last().waitFor(WAIT);

    const wish = await stage.app.house.db
      .collection<{ number: number; history: { move: string }[] }>('wish')
      .findOne({ number: 1 });
    const moves = wish?.history.map(({ move }) => move).filter((move) => ['claim', 'contact', 'done'].includes(move));
    expect(moves, 'what was pressed twice').toEqual(['claim', 'contact', 'done', 'done']);
  }, 240_000);

  it('without a network what was seen is still there, and comes afresh when asked for again', async () => {
    const granny = await give('第一部手机', '王秀英');
    await tab(granny, '我的事');
    await granny.getByText('1号 想要一个小点的电饭煲').last().waitFor(WAIT);
    await plug(false);
    await tab(granny, '消息');
    await tab(granny, '我的事');
    const note = granny.getByText('下面是上次看到的').filter({ visible: true });
    await note.waitFor(WAIT);
    await granny.getByText('1号 想要一个小点的电饭煲').last().waitFor(WAIT);
    await press(granny, '再试一次');
    await note.waitFor(WAIT);
    await plug(true);
    await press(granny, '再试一次');
    await note.waitFor({ ...WAIT, state: 'detached' });
    await granny.getByText('1号 想要一个小点的电饭煲').last().waitFor(WAIT);
  }, 120_000);

  it('two quick presses make one wish, and a lost connection loses no draft', async () => {
    const granny = await give('第一部手机', '王秀英');
    await granny.getByText('许个心愿').first().click(WAIT);
    await granny.getByLabel('想要什么').last().fill('想要一副老花镜');
    await press(granny, '写好了');
    await plug(false);
    await press(granny, '确认');
    await granny.getByText('网络好像断了').last().waitFor(WAIT);
    // Put away and opened again: what was written is still there, and the network is back.
    const again = await give('第一部手机', '王秀英');
    await again.getByText('许个心愿').first().click(WAIT);
    await expect.poll(() => again.getByLabel('想要什么').last().inputValue(), WAIT).toBe('想要一副老花镜');
    await press(again, '写好了');
    await pressTwice(again, '确认');
    await again.getByText(/登记好了，是心愿2号/u).waitFor(WAIT);
    const wishes = await stage.app.house.db.collection('wish').countDocuments({ text: '想要一副老花镜' });
    expect(wishes).toBe(1);
  }, 120_000);

  it('every person’s move was told to those concerned, and is seen on the page', async () => {
    const feed = page.locator('#feed');
    for (const [who, title, words] of [
      ['李敏', '先请您来帮', '先留给您 24 小时'],
      ['王秀英', '心愿', '电饭煲”办好了：新电饭煲送到家了'],
      ['陈建国', '居民不满意', '盖子是坏的”，已退回重办'],
      ['李敏', '居民希望再办一次', '居民还不满意'],
      ['李敏', '居民评价了', '电饭煲”居民打了'],
    ] as const) {
      const item = feed
        .locator('li')
        .filter({ hasText: `${who} · ` })
        .filter({ hasText: title })
        .filter({ hasText: words });
      await item.first().waitFor(WAIT);
    }
    expect(await stage.app.house.db.collection('deliveries').countDocuments({ state: 'dead' })).toBe(0);
  });

  it('a message leads to what it is about, and is seen then; all of them can be', async () => {
    const helper = await give('第二部手机', '李敏');
    await tab(helper, '消息');
    const unread = helper.getByRole('status').filter({ hasText: /^\d+条没看$/u });
    await unread.waitFor(WAIT);
    const before = Number.parseInt((await unread.textContent()) ?? '', 10);
    expect(before).toBeGreaterThan(1);
    await helper.getByRole('button').filter({ hasText: '先请您来帮' }).click(WAIT);
    await helper.getByRole('heading', { name: '想要一个小点的电饭煲' }).waitFor(WAIT);
    await helper.getByRole('button', { name: '返回' }).last().click(WAIT);
    await unread.filter({ hasText: `${before - 1}条没看` }).waitFor(WAIT);
    await press(helper, '全部标为看过');
    await unread.waitFor({ ...WAIT, state: 'hidden' });
  }, 60_000);

  it('a grid worker sees the week, logs a visit and makes a wish and an incident of it; the duty is ticked, and the secretary checks', async () => {
    const worker = await give('第一部手机', '杨秀花');
    await worker.getByText('本周走访').first().click(WAIT);
    await worker.getByRole('button', { name: /覃\*.*去过了/u }).click(WAIT);
    await worker.getByLabel('想记一句什么（可以不填）').last().fill('家里的灯坏了，换不了');
    await worker.getByText('顺手登记微心愿').last().click(WAIT);
    await expect.poll(() => worker.getByLabel('想要什么').last().inputValue(), WAIT).toBe('家里的灯坏了，换不了');
    await worker.getByText('顺手上报事件').last().click(WAIT);
    await worker.getByLabel('出了什么问题').last().fill('3单元的楼道灯也不亮');
    await pressTwice(worker, '记下来');
    await worker.getByText(/顺手登记了微心愿\d+号/u).waitFor(WAIT);
    await worker.getByText(/顺手上报了事件\d+号/u).waitFor(WAIT);
    await press(worker, '看看这个事件');
    await worker.getByText('走访时发现的，看看那次走访').last().click(WAIT);
    await worker
      .getByText(/上报了事件\d+号，待核实/u)
      .last()
      .waitFor(WAIT);
    for (let back = 0; back < 3; back += 1) await worker.getByRole('button', { name: '返回' }).last().click(WAIT);
    await worker.getByText('✓ 覃*').waitFor(WAIT);

    const secretary = await give('第二部手机', '陈建国');
    await secretary.getByText('全部工作').click(WAIT);
    await secretary.getByText('走访记录').last().click(WAIT);
    await secretary.getByRole('button', { name: /走访1户.*杨秀花/u }).click(WAIT);
    await secretary.getByText('家里的灯坏了，换不了').last().waitFor(WAIT);
    await press(secretary, '抽查过，属实');
    await secretary.getByLabel('想说一句（可以不填）').last().fill('打过电话，说来过');
    await press(secretary, '登记');
    await secretary.getByText('陈建国抽查：属实，打过电话，说来过').waitFor(WAIT);
    expect(await stage.app.house.db.collection('visit').countDocuments({}), 'what was pressed twice').toBe(1);
    expect(await stage.app.house.db.collection('wish').countDocuments({ text: '家里的灯坏了，换不了' })).toBe(1);
    expect(await stage.app.house.db.collection('incident').countDocuments({ text: '3单元的楼道灯也不亮' })).toBe(1);
  }, 60_000);

  it('granny reports a lamp, the grid worker looks into it, takes it and mends it with a photo, and granny says it is good', async () => {
    const granny = await give('第一部手机', '王秀英');
    await granny.getByText('报告问题').first().click(WAIT);
    await granny.getByLabel('出了什么问题').last().fill('3栋楼下的路灯坏了，晚上看不见路');
    await press(granny, '写好了');
    await pressTwice(granny, '确认');
    await granny.getByText('登记好了，是事件2号').waitFor(WAIT);
    await press(granny, '看看办到哪一步');
    await granny.getByText('社区收到了，正在核实。').waitFor(WAIT);

    const worker = await give('第二部手机', '何春梅');
    await worker.getByRole('button', { name: /^事件/u }).click(WAIT);
    await worker
      .getByText(/2号 3栋楼下的路灯坏了/u)
      .last()
      .click(WAIT);
    await press(worker, '核实');
    await worker.getByText('较急').last().click(WAIT);
    await press(worker, '核实好了');
    await press(worker, '我来办');
    await press(worker, '办好了');
    await worker.getByLabel('是怎么办的').last().fill('换了新灯泡，亮了');
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press(worker, '加照片，还能加9张')]);
    await chooser.setFiles('docs/screens/home-worker.png');
    await worker.getByRole('button', { name: '照片，点一下看大图' }).last().waitFor(WAIT);
    await worker.getByText(/^\d+%$/u).waitFor({ ...WAIT, state: 'detached' });
    await pressTwice(worker, '办好了');
    await worker.getByText('待确认').last().waitFor(WAIT);

    const again = await give('第一部手机', '王秀英');
    await tab(again, '消息');
    await again.getByRole('button').filter({ hasText: '问题办好了，请确认' }).first().click(WAIT);
    await again.getByRole('button', { name: '第1张照片，点一下看大图' }).last().waitFor(WAIT);
    await press(again, '看看办好没有');
    await again.getByText('好了，满意').last().click(WAIT);
    await press(again, '告诉社区');
    await again.getByText('已办结').last().waitFor(WAIT);
    const incidents = stage.app.house.db.collection<{ history: { move: string }[] }>('incident');
    const made = await incidents.find({ text: /路灯/u }).toArray();
    const moves = made.map(({ history }) => history.map(({ move }) => move).join(' '));
    expect(moves, 'what was pressed twice').toEqual(['report triage take resolve confirm']);
  }, 60_000);

  it('an admin says within which time the urgent is answered, and the street reads it', async () => {
    const admin = await give('第一部手机', '方毅');
    await admin.getByText('事件时限').first().click(WAIT);
    await admin.getByRole('button', { name: '紧急：1小时，夜里不算' }).click(WAIT);
    await admin.getByLabel('多久').last().fill('30');
    await admin.getByText('分钟，夜里不算').last().click(WAIT);
    await pressTwice(admin, '就这样定');
    await admin.getByRole('button', { name: '紧急：30分钟，夜里不算，这里自己定的' }).waitFor(WAIT);

    const street = await give('第二部手机', '郑海燕');
    await street.getByText('哪里问题多').first().click(WAIT);
    await street.getByText('各级多久要办好').click(WAIT);
    await street.getByText('30分钟，夜里不算').waitFor(WAIT);
  }, 60_000);

  it('the phones know what time it is in the demo', async () => {
    const granny = await give('第一部手机', '王秀英');
    await tab(granny, '我的事');
    const glasses = granny.getByRole('button', { name: /2号 想要一副老花镜/u }).last();
    await glasses.filter({ hasText: '今天发布' }).waitFor(WAIT);
    await page.getByRole('button', { name: '+1天' }).click();
    await glasses.filter({ hasText: '昨天发布' }).waitFor(WAIT);
    await page.locator('#now').filter({ hasText: '3月10日' }).waitFor(WAIT);
  }, 60_000);

  it('a line of the chat stands there once, however often it is told', async () => {
    const shown = page.locator('#lines li');
    const before = await shown.count();
    expect(before).toBeGreaterThan(3);
    const told = await page.evaluate(`new Promise((resolve) => {
      let count = 0;
      const pages = stream;
      const again = new EventSource(pages.url);
      again.addEventListener('line', ({ data }) => {
        pages.dispatchEvent(new MessageEvent('line', { data }));
        count += 1;
        if (count < ${before}) return;
        again.close();
        resolve(count);
      });
    })`);
    expect(told).toBe(before);
    expect(await shown.count()).toBe(before);
  }, 60_000);
});
