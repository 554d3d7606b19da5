import { type Browser, chromium, type Page } from 'playwright-core';
import type { Stage } from '../demo/stage.ts';
import type { Furnished } from './furnish.ts';
import type { Screen } from './screens.ts';

/** How a screen is looked at. */
export interface Look {
  suffix: string;
  query: string;
}

export const LOOKS: readonly Look[] = [
  { suffix: '', query: '' },
  { suffix: '-dark', query: '&theme=dark' },
  { suffix: '-large', query: '&fontScale=1.4' },
];

/** The phone the design is made for. */
export const PHONE = { width: 390, height: 844 };
const CHROMIUM = '/usr/bin/chromium';
const QUIET_MS = 400;

/** A phone's browser that knows how to be somebody. */
export interface Camera {
  /** Opens a screen as its person, ready to be looked at. */
  visit(screen: Screen, look: Look, made: Furnished): Promise<Page>;
  close(): Promise<void>;
}

export async function openCamera(stage: Stage): Promise<Camera> {
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  return {
    async visit(screen, look, made) {
      const context = await browser.newContext({
        viewport: PHONE,
        colorScheme: look.query.includes('dark') ? 'dark' : 'light',
      });
      const page = await context.newPage();
      await page.clock.setFixedTime(stage.now());
      await signIn(page, stage, screen);
      await page.goto(`${stage.address}/phone/?phone=${screen.name}${look.query}#${screen.page(made)}`);
      await settle(page);
      for (const [field, text] of screen.write ?? []) await page.getByLabel(field, { exact: true }).fill(text);
      for (const words of screen.press ?? []) await page.getByText(words, { exact: true }).click();
      if (screen.write || screen.press) await settle(page);
      return page;
    },
    close: () => browser.close(),
  };
}

/** Signed in before the mini-program opens: its storage is the browser's. */
async function signIn(page: Page, { address, people }: Stage, { who, name }: Screen): Promise<void> {
  const answer = await fetch(`${address}/api/v1/session/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: people[who] }),
  });
  const session = JSON.stringify({ type: 'object', data: await answer.json() });
  await page.addInitScript(`localStorage.setItem('haolin-phone:${name}:session', ${JSON.stringify(session)})`);
}

async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(QUIET_MS);
}
