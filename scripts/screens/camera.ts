import { type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Stage } from '../demo/stage.ts';
import { CHROMIUM } from './browser.ts';
import type { Furnished } from './furnish.ts';
import type { Screen } from './screen.ts';

/** How a screen is looked at. */
export interface Look {
  suffix: string;
  theme: 'light' | 'dark';
  fontScale: number;
}

export const PLAIN: Look = { suffix: '', theme: 'light', fontScale: 1 };
export const DARK: Look = { suffix: '-dark', theme: 'dark', fontScale: 1 };
export const LARGE: Look = { suffix: '-large', theme: 'light', fontScale: 1.4 };

/** The phone the design is made for. */
export const PHONE = { width: 390, height: 844 };
/** How long nothing is asked of the house before a screen counts as finished. */
const QUIET_MS = 250;
const API = '**/api/v1/**';
/** What a browser says of every answer that is no success; the screen says it to its person. */
const REFUSED = /^Failed to load resource/u;

/** A screen in front of the camera. */
export interface Shot {
  page: Page;
  /** Errors from the first moment on, caught by nobody or written to the console. */
  troubles: readonly string[];
  close(): Promise<void>;
}

/** A phone's browser that knows how to be somebody. */
export interface Camera {
  /** Opens a screen as its person, ready to be looked at. */
  visit(screen: Screen, look: Look, made: Furnished): Promise<Shot>;
  close(): Promise<void>;
}

export async function openCamera(stage: Stage): Promise<Camera> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  // One for each look: its programs are then compiled once, and every screen has a storage of its own by its name.
  const contexts = new Map<string, Promise<BrowserContext>>();

  function contextOf({ suffix, theme }: Look): Promise<BrowserContext> {
    const context =
      contexts.get(suffix) ?? browser.newContext({ viewport: PHONE, colorScheme: theme, reducedMotion: 'reduce' });
    contexts.set(suffix, context);
    return context;
  }

  return {
    async visit(screen, look, made) {
      const page = await (await contextOf(look)).newPage();
      const troubles = troublesOf(page);
      const quiet = quietOf(page);
      if (screen.agreed !== false) await agree(page, screen);
      if (screen.who !== undefined) await signIn(page, stage, { who: screen.who, name: screen.name });
      for (const [name, value] of Object.entries(screen.kept?.(made, stage.people) ?? {}))
        await keepOn(page, screen, name, value);
      if (screen.network === 'none') await page.route(API, (route) => route.abort());
      const query = new URLSearchParams({
        phone: screen.name,
        theme: look.theme,
        fontScale: String(look.fontScale),
        clock: stage.now().toISOString(),
      });
      await page.goto(`${stage.address}/phone/?${query}#${screen.page(made)}`);
      await quiet();
      if (screen.network === 'lost') {
        await page.route(API, (route) => route.abort());
        await page.reload();
      }
      for (const [field, text] of screen.write ?? []) await page.getByLabel(field, { exact: true }).fill(text);
      for (const words of screen.press ?? []) await page.getByText(words, { exact: true }).click();
      if (screen.sees !== undefined) await page.getByText(screen.sees).first().waitFor();
      if (screen.misses !== undefined) await page.getByText(screen.misses).first().waitFor({ state: 'detached' });
      if (screen.network || screen.write || screen.press) await quiet();
      return { page, troubles, close: () => page.close() };
    },
    close: () => browser.close(),
  };
}

/** Shows an open screen in another look, as the phone's settings would. */
export async function turn(page: Page, { theme, fontScale }: Look): Promise<void> {
  await page.evaluate(`(async () => {
    postMessage({ haolin: 'theme', theme: '${theme}' }, location.origin);
    postMessage({ haolin: 'fontScale', scale: ${fontScale} }, location.origin);
    await new Promise((drawn) => setTimeout(drawn));
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  })()`);
}

/** Signed in before the mini-program opens: its storage is the browser's. */
export async function signIn(
  page: Page,
  { address, people }: Stage,
  { who, name }: { who: string; name: string },
): Promise<void> {
  const answer = await fetch(`${address}/api/v1/session/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: people[who] }),
  });
  await keepOn(page, { name }, 'session', await answer.json());
}

/** Puts something into the phone's storage before the mini-program opens. */
function keepOn(page: Page, { name }: { name: string }, key: string, data: unknown): Promise<unknown> {
  const kept = JSON.stringify({ type: 'object', data });
  return page.addInitScript(`localStorage.setItem('haolin-phone:${name}:${key}', ${JSON.stringify(kept)})`);
}

/** Agreed to the privacy guide before. */
export const agree = (page: Page, { name }: { name: string }): Promise<unknown> =>
  page.addInitScript(`localStorage.setItem('haolin-privacy:${name}', 'agreed')`);

function troublesOf(page: Page): readonly string[] {
  const troubles: string[] = [];
  page.on('pageerror', ({ message }) => troubles.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !REFUSED.test(message.text())) troubles.push(message.text());
  });
  return troubles;
}

/** @returns waits until the page has asked for nothing for a while, and nothing is about to come */
function quietOf(page: Page): () => Promise<void> {
  let asked = 0;
  let last = 0;
  const over = () => {
    asked -= 1;
    last = performance.now();
  };
  page.on('request', () => {
    asked += 1;
  });
  page.on('requestfinished', over);
  page.on('requestfailed', over);
  return async () => {
    last = performance.now();
    while (asked > 0 || performance.now() - last < QUIET_MS) await page.waitForTimeout(QUIET_MS / 5);
    await page.locator('[aria-label="正在打开"]').first().waitFor({ state: 'detached' });
  };
}
