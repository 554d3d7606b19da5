import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type FrameLocator, type Page } from 'playwright-core';
import { openStage, type Stage } from '../../scripts/demo/stage.ts';
import { CHROMIUM } from '../../scripts/screens/browser.ts';
import { atCivil } from '../../src/core/time.ts';

export const WAIT = { timeout: 20_000 };

/** The demo's page in Chromium: two phones and the chat, played by hand. */
export interface Neighbourhood {
  stage: Stage;
  page: Page;
  phone(label: string): FrameLocator;
  /** Chooses somebody by their name; a choice says what they do as well. */
  choose(label: string, who: string): Promise<void>;
  /** Puts a phone into somebody's hands. */
  give(label: string, who: string): Promise<FrameLocator>;
  /** Says something to the bot and waits for an answer like this. */
  says(who: string, text: string, answer: RegExp): Promise<void>;
  button(on: FrameLocator, name: string): ReturnType<FrameLocator['getByRole']>;
  /** Presses the last thing of this name on a phone: pages below it keep theirs. */
  press(on: FrameLocator, name: string): Promise<void>;
  /** Goes to one of the pages at the bottom. */
  tab(on: FrameLocator, name: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens the demo on a Monday morning. */
export async function openNeighbourhood(): Promise<Neighbourhood> {
  const folder = await mkdtemp(join(tmpdir(), 'haolin-neighbourhood-'));
  const stage = await openStage({ folder, port: 0, startsAt: atCivil('2026-03-09', 9), logLevel: 'error' });
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  // The stream of the chats, to be told its lines again as one is that connects again.
  await page.addInitScript(
    `globalThis.EventSource = class extends EventSource { constructor(url) { super(url); globalThis.stream = this; } }`,
  );
  await page.goto(`${stage.address}/`);
  const phone = (label: string): FrameLocator => page.frameLocator(`iframe[title="${label}"]`);
  const button = (on: FrameLocator, name: string) => on.getByRole('button', { name, exact: true }).last();

  async function choose(label: string, who: string): Promise<void> {
    const choice = page.getByLabel(label);
    await choice.selectOption({
      label: (await choice.locator('option', { hasText: who }).first().textContent()) ?? who,
    });
  }

  return {
    stage,
    page,
    phone,
    choose,
    button,
    async give(label, who) {
      await choose(`${label}在谁手里`, who);
      await phone(label).getByText(`${who}，`, { exact: false }).waitFor(WAIT);
      return phone(label);
    },
    async says(who, text, answer) {
      await choose('谁在说话', who);
      await page.getByLabel('要说的话').fill(text);
      await page.getByRole('button', { name: '发送' }).click();
      await page.locator('#lines li:not(.mine)').filter({ hasText: answer }).last().waitFor(WAIT);
    },
    press: (on, name) => button(on, name).click(WAIT),
    tab: (on, name) => on.getByRole('navigation').getByRole('button', { name }).click(WAIT),
    async close() {
      await browser.close();
      await stage.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
