import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type FrameLocator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../../scripts/demo/stage.ts';
import { atCivil } from '../../src/core/time.ts';

const CHROMIUM = '/usr/bin/chromium';
const WAIT = { timeout: 20_000 };

/** One person plays the whole neighbourhood by hand: two phones and the chat on the demo's page. */
describe.skipIf(!existsSync(CHROMIUM))('the neighbourhood page', () => {
  let folder: string;
  let stage: Stage;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'haolin-neighbourhood-'));
    stage = await openStage({ folder, port: 0, startsAt: atCivil('2026-03-09', 9), logLevel: 'error' });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
    await page.goto(`${stage.address}/`);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stage?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const phone = (label: string): FrameLocator => page.frameLocator(`iframe[title="${label}"]`);
  const second = () => phone('第二部手机');

  async function give(label: string, who: string): Promise<FrameLocator> {
    const choice = page.getByLabel(`${label}在谁手里`);
    await choice.selectOption({ label: (await choice.locator('option', { hasText: who }).textContent()) ?? who });
    await phone(label).getByText(`${who}，`, { exact: false }).waitFor(WAIT);
    return phone(label);
  }

  async function says(who: string, text: string, answer: RegExp): Promise<void> {
    await page.getByLabel('谁在说话').selectOption({ label: who });
    await page.getByLabel('要说的话').fill(text);
    await page.getByRole('button', { name: '发送' }).click();
    await page.locator('#lines li:not(.mine)').filter({ hasText: answer }).last().waitFor(WAIT);
  }

  /** Takes the network from the first phone, or gives it back. */
  const plug = (online: boolean) =>
    page.evaluate(
      `document.querySelector('iframe[title="第一部手机"]').contentWindow.postMessage({ haolin: 'network', online: ${online} }, location.origin)`,
    );

  /** Presses the last thing of this name on a phone: pages below it keep theirs. */
  const press = (on: FrameLocator, name: string) => on.getByRole('button', { name, exact: true }).last().click(WAIT);

  it('a wish goes from the chat to the wall, to a helper, back, and to its end', async () => {
    await says('王秀英', '想要一个小点的电饭煲', /确认/u);
    await says('王秀英', '确认', /心愿1号/u);

    await page.getByRole('button', { name: '在陈建国的手机上打开' }).first().click(WAIT);
    await press(second(), '受理并公开');
    await press(second(), '公开');
    await second().getByText('已经公开，正在等人来帮忙。').waitFor(WAIT);

    const helper = await give('第一部手机', '李敏');
    await helper.getByText('今天要办的').click(WAIT);
    await helper.getByText('先留给您的（1）').waitFor(WAIT);
    await helper.getByText('1号 想要一个小点的电饭煲').last().click(WAIT);
    await press(helper, '我来帮忙');
    await press(helper, '认领');
    await press(helper, '已经联系');
    await press(helper, '记下');
    await press(helper, '办好了');
    await helper.getByLabel('是怎么办的').last().fill('新电饭煲送到家了');
    await press(helper, '办好了');
    await helper.getByText('待评价').last().waitFor(WAIT);

    await says('王秀英', '不太满意，盖子是坏的', /重|再/u);
    const again = await give('第二部手机', '李敏');
    await again.getByText('我的事').click(WAIT);
    await again.getByText('我在帮的').click(WAIT);
    await again.getByText('1号 想要一个小点的电饭煲').last().click(WAIT);
    await press(again, '办好了');
    await again.getByLabel('是怎么办的').last().fill('换了一个新的，盖子是好的');
    await press(again, '办好了');
    await again.getByText('待评价').last().waitFor(WAIT);

    await says('王秀英', '满意，谢谢', /谢谢|办结|满意/u);
    const granny = await give('第一部手机', '王秀英');
    await granny.getByText('我的事').click(WAIT);
    await granny.getByText('已办结').last().waitFor(WAIT);
  }, 240_000);

  it('two quick presses make one wish, and a lost connection loses no draft', async () => {
    const granny = await give('第一部手机', '王秀英');
    await granny.getByText('许个心愿').first().click(WAIT);
    await granny.getByLabel('想要什么').last().fill('想要一副老花镜');
    await press(granny, '写好了');
    await plug(false);
    await press(granny, '确认');
    await granny.getByText('网络好像断了').last().waitFor(WAIT);
    await plug(true);
    await granny.getByRole('button', { name: '确认', exact: true }).last().dblclick(WAIT);
    await granny.getByText(/登记好了，是心愿2号/u).waitFor(WAIT);
    const wishes = await stage.app.house.db.collection('wish').countDocuments({ text: '想要一副老花镜' });
    expect(wishes).toBe(1);
  }, 120_000);

  it('every person’s move was told to those concerned, and is seen on the page', async () => {
    const feed = page.locator('#feed');
    for (const told of [/李敏.*先留给您|先留给您/u, /重办|重新办|不满意/u, /已办结|满意/u]) {
      await expect.poll(async () => told.test((await feed.textContent()) ?? ''), WAIT).toBe(true);
    }
    expect(await stage.app.house.db.collection('deliveries').countDocuments({ state: 'dead' })).toBe(0);
  });
});
