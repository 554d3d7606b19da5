import type { Page } from 'playwright-core';

/** What is measured in the phone: everything as it is seen there, and not when the network or a promise says so. */

/** "Slow 4G" of Lighthouse: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const SLOWER = 4;
const PATIENCE_MS = 60_000;

/** Makes the tab as slow as an old phone. */
export async function onSlowPhone(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.emulateNetworkConditions', SLOW_4G);
  await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.addInitScript(`
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longTasks.push(duration);
    }).observe({ type: 'longtask', buffered: true });
    const look = () => {
      if (document.querySelector('wish-card, [is="components/wish-card/wish-card"], .item .card')) {
        requestAnimationFrame(() => setTimeout(() => { window.listAt ??= performance.now(); }));
      } else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  `);
}

/** Milliseconds from the beginning of the page until its first wish was drawn. */
export async function listAppears(page: Page): Promise<number> {
  await page.waitForFunction('window.listAt !== undefined', undefined, { timeout: PATIENCE_MS });
  return Math.round((await page.evaluate('window.listAt')) as number);
}

/** The longest of several taps: milliseconds from the finger's lifting until what changed by it was drawn. */
export async function tapAnswers(page: Page, words: readonly string[]): Promise<number> {
  let longest = 0;
  for (const word of words) {
    await page.evaluate(`
      window.answeredAfter = undefined;
      document.addEventListener('pointerup', () => {
        const from = performance.now();
        new MutationObserver((_changes, observer) => {
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => { window.answeredAfter = performance.now() - from; }));
        }).observe(document.querySelector('#phone'), { childList: true, subtree: true, attributes: true, characterData: true });
      }, { once: true, capture: true });
    `);
    await page.getByRole('tab', { name: word }).click();
    await page.waitForFunction('window.answeredAfter !== undefined', undefined, { timeout: PATIENCE_MS });
    longest = Math.max(longest, (await page.evaluate('window.answeredAfter')) as number);
  }
  return Math.round(longest);
}

/** Scrolls to the end of a list again and again until it has so many items; the longest task meanwhile. */
export async function scrolls(page: Page, wanted: number): Promise<{ items: number; longestTaskMs: number }> {
  await page.evaluate('window.longTasks.length = 0');
  let items = 0;
  for (let still = 0; items < wanted && still < 40; ) {
    await page.mouse.move(195, 400);
    await page.mouse.wheel(0, 1_200);
    await page.waitForTimeout(100);
    const now = (await page.evaluate(`document.querySelectorAll('.item').length`)) as number;
    still = now === items ? still + 1 : 0;
    items = now;
  }
  const tasks = (await page.evaluate('window.longTasks')) as number[];
  return { items, longestTaskMs: Math.round(Math.max(0, ...tasks)) };
}
