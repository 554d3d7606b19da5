import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../../scripts/demo/stage.ts';
import { type Camera, DARK, LARGE, type Look, openCamera, PLAIN, turn } from '../../scripts/screens/camera.ts';
import { type Furnished, furnish, OPENS, PUBLIC_URL } from '../../scripts/screens/furnish.ts';
import { SCREENS } from '../../scripts/screens/screens.ts';
import { withoutChromium } from '../support/chromium.ts';
import { isControl, spokenIn, unclear } from '../support/screen-reader.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Serious and critical findings of axe, by all its rules or by some. */
const findings = (page: Page, rules?: readonly string[]): Promise<unknown> =>
  page.evaluate(`(async () => {
    const rules = ${JSON.stringify(rules ?? null)};
    const { violations } = await axe.run(document.querySelector('#phone'), {
      resultTypes: ['violations'],
      ...(rules && { runOnly: rules }),
    });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 160)));
  })()`);

/** What is drawn of the page that is seen, without the bars that are WeChat's. */
const SEEN = `[...document.querySelectorAll('.phone-frame:not(.phone-hidden) .phone-scroller *')]
  .filter((one) => one.getClientRects().length > 0)`;

/** What can be pressed or written into. */
const CONTROLS = `${SEEN}.filter((one) => one.matches('[tabindex="0"], input, textarea, button'))`;

/** Controls that are smaller than a finger, whichever way. A label around one is pressed for it. */
const SMALL = `${CONTROLS}
  .map((one) => ({ one, box: (one.closest('wx-label, wx-input, wx-textarea') ?? one).getBoundingClientRect() }))
  .filter(({ box }) => box.width < 43.5 || box.height < 43.5)
  .map(({ one, box }) => [one.getAttribute('role') ?? one.localName, one.textContent.trim().slice(0, 20), Math.round(box.width) + '×' + Math.round(box.height)].join(' '))`;

/** What reaches over the edge of the phone and is not to be pushed aside with a finger. */
const WIDE = `(() => {
  const pushed = (one) => one.closest('.chips-line, [scroll-x]') !== null;
  return ${SEEN}
    .filter((one) => one.getBoundingClientRect().right > 390.5 && !pushed(one))
    .map((one) => one.className + ' ' + one.textContent.trim().slice(0, 20));
})()`;

/** What looks like a heading, and is to be one. */
const HEADINGS = `${SEEN}.filter((one) => one.matches('.section')).map((one) => one.textContent.trim())`;

describe.skipIf(withoutChromium)('every screen of the mini-program', () => {
  let folder: string;
  let stage: Stage;
  let camera: Camera;
  let made: Furnished;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'haolin-screens-'));
    stage = await openStage({ folder, port: 0, startsAt: OPENS, logLevel: 'error', publicUrl: PUBLIC_URL });
    made = await furnish(stage);
    camera = await openCamera(stage);
  }, 120_000);
  afterAll(async () => {
    await camera?.close();
    await stage?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Whoever hears it: every control has a role and a name of its own, and headings are headings. */
  async function heard(page: Page): Promise<void> {
    const spoken = spokenIn(await page.locator('.phone-frame:not(.phone-hidden)').ariaSnapshot());
    expect(unclear(spoken), 'unclear to whoever hears it').toEqual([]);
    const controls =
      spoken.filter(isControl).length -
      (await page.locator('.phone-frame:not(.phone-hidden) .phone-nav button:visible').count());
    expect(controls, 'controls a screen reader knows of').toBe(await page.evaluate(`${CONTROLS}.length`));
    const headings = spoken.filter(({ role }) => role === 'heading').map(({ name }) => name);
    expect(headings).toEqual(expect.arrayContaining((await page.evaluate(HEADINGS)) as string[]));
  }

  async function fits(page: Page, { suffix }: Look): Promise<void> {
    expect(await page.evaluate(SMALL), `${suffix}: too small for a finger`).toEqual([]);
    expect(await page.evaluate(WIDE), `${suffix}: wider than the phone`).toEqual([]);
  }

  it.concurrent.each(SCREENS.map((screen) => [screen.name, screen] as const))(
    '%s can be used by everybody',
    async (_name, screen) => {
      const { page, troubles, close } = await camera.visit(screen, PLAIN, made);
      await page.evaluate(AXE);
      expect(await findings(page), 'in the light').toEqual([]);
      await heard(page);
      await fits(page, PLAIN);
      await turn(page, LARGE);
      await fits(page, LARGE);
      // Colours are the same in large letters, and have to be told apart from further in small ones.
      await turn(page, DARK);
      expect(await findings(page, ['color-contrast']), 'in the dark').toEqual([]);
      expect(troubles).toEqual([]);
      await close();
    },
    60_000,
  );
});
