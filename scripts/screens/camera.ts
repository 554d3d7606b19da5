import { type BrowserContext, chromium, type Page } from 'playwright-core';
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

/** Both at once: whatever is wrong in the dark or in large letters is wrong in this. */
export const DARK_AND_LARGE: Look = { suffix: '-dark-large', query: '&theme=dark&fontScale=1.4' };

/** The phone the design is made for. */
export const PHONE = { width: 390, height: 844 };
export const CHROMIUM = '/usr/bin/chromium';
const QUIET_MS = 400;

/** A phone's browser that knows how to be somebody. */
export interface Camera {
  /** Opens a screen as its person, ready to be looked at. Close the page when it was. */
  visit(screen: Screen, look: Look, made: Furnished): Promise<Page>;
  close(): Promise<void>;
}

export async function openCamera(stage: Stage): Promise<Camera> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  // One for each look: its programs are then compiled once, and every screen has a storage of its own by its name.
  const contexts = new Map<string, Promise<BrowserContext>>();

  async function opened({ query }: Look): Promise<BrowserContext> {
    const context = await browser.newContext({
      viewport: PHONE,
      colorScheme: query.includes('dark') ? 'dark' : 'light',
    });
    await context.clock.setFixedTime(stage.now());
    return context;
  }

  function contextOf(look: Look): Promise<BrowserContext> {
    const context = contexts.get(look.suffix) ?? opened(look);
    contexts.set(look.suffix, context);
    return context;
  }

  return {
    async visit(screen, look, made) {
      const page = await (await contextOf(look)).newPage();
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

/** Signed in and agreed before the mini-program opens: its storage is the browser's. */
export async function signIn(
  page: Page,
  { address, people }: Stage,
  { who, name }: Pick<Screen, 'who' | 'name'>,
): Promise<void> {
  const answer = await fetch(`${address}/api/v1/session/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: people[who] }),
  });
  const session = JSON.stringify({ type: 'object', data: await answer.json() });
  await page.addInitScript(`
    localStorage.setItem('haolin-phone:${name}:session', ${JSON.stringify(session)});
    localStorage.setItem('haolin-privacy:${name}', 'agreed');
  `);
}

async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(QUIET_MS);
}
