import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openStage, type Stage } from '../../scripts/demo/stage.ts';
import { CHROMIUM } from '../../scripts/screens/browser.ts';
import { PHONE } from '../../scripts/screens/camera.ts';
import { withoutChromium } from '../support/chromium.ts';

describe.skipIf(withoutChromium)('signing in with WeChat', () => {
  let folder: string;
  let stage: Stage;
  let browser: Browser;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'haolin-sign-in-'));
    stage = await openStage({ folder, port: 0, logLevel: 'error' });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await stage?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function codeOf(name: string): Promise<string> {
    const token = await stage.app.http.issueToken(stage.people[name] ?? '');
    const answer = await fetch(`${stage.address}/api/v1/me/binding-code`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    return ((await answer.json()) as { code: string }).code;
  }

  async function wishOf(name: string, text: string): Promise<string> {
    const token = await stage.app.http.issueToken(stage.people[name] ?? '');
    const answer = await fetch(`${stage.address}/api/v1/wishes`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ text, category: 'goods' }),
    });
    return ((await answer.json()) as { id: string }).id;
  }

  it('asks for the code of the community the first time, says when it is wrong, and never asks again', async () => {
    const context = await browser.newContext({ viewport: PHONE });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(`${stage.address}/phone/?phone=mine`);
    await page.getByText('同意，继续').click();
    await page.getByText('微信登录').click();
    await page.getByLabel('绑定码').fill('AAAAAA');
    await page.getByText('绑定并登录').click();
    await page.getByRole('alert').filter({ hasText: '绑定码' }).waitFor();
    await page.getByLabel('绑定码').fill(await codeOf('王秀英'));
    await page.getByText('绑定并登录').click();
    await page.getByText('王秀英，', { exact: false }).waitFor();

    // The phone forgets who it is; WeChat does not.
    await page.evaluate(`localStorage.removeItem('haolin-phone:mine:session')`);
    await page.goto(`${stage.address}/phone/?phone=mine#/pages/home/home`);
    await page.reload();
    await page.getByText('微信登录').click();
    await page.getByText('王秀英，', { exact: false }).waitFor();

    // A push leads to its wish also when the phone has to sign in first, with home behind it.
    const id = await wishOf('王秀英', '想要一台收音机，听听戏');
    await page.evaluate(`localStorage.removeItem('haolin-phone:mine:session')`);
    await page.goto(`${stage.address}/phone/?phone=mine#/pages/wish/wish?id=${id}`);
    await page.reload();
    await page.getByText('微信登录').click();
    await page.getByText('收音机', { exact: false }).first().waitFor();
    await page.getByRole('button', { name: '返回' }).last().click();
    await page.getByText('王秀英，', { exact: false }).waitFor();

    // Whoever did not agree is asked first, signed in or not.
    await page.evaluate(`localStorage.removeItem('haolin-privacy:mine')`);
    await page.goto(`${stage.address}/phone/?phone=mine#/pages/mine/mine`);
    await page.reload();
    await page.getByText('同意，继续').click();
    await page.getByRole('button', { name: /收音机/ }).waitFor();
    await context.close();
  }, 90_000);
});
