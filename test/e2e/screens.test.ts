import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../../scripts/demo/stage.ts';
import { type Camera, DARK_AND_LARGE, LOOKS, openCamera } from '../../scripts/screens/camera.ts';
import { type Furnished, furnish } from '../../scripts/screens/furnish.ts';
import { SCREENS } from '../../scripts/screens/screens.ts';
import { atCivil } from '../../src/core/time.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  id: string;
  impact: string;
  nodes: string[];
}

/** Serious and critical findings of axe, and controls a screen reader would not name. */
const LOOK_AT = `(async () => {
  const { violations } = await axe.run(document.querySelector('#phone'), { resultTypes: ['violations'] });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ html }) => html.slice(0, 160)) }));
})()`;

/** What can be pressed and is smaller than a finger. */
const SMALL = `[...document.querySelectorAll('#phone [role=button], #phone [role=radio], #phone [role=tab], #phone [role=link], #phone wx-button')]
  .map((one) => ({ one, box: one.getBoundingClientRect() }))
  .filter(({ box }) => box.height > 0 && box.height < 43.5)
  .map(({ one, box }) => one.textContent.trim().slice(0, 20) + ' ' + Math.round(box.height))`;

describe.skipIf(!existsSync('/usr/bin/chromium'))('every screen of the mini-program', () => {
  let folder: string;
  let stage: Stage;
  let camera: Camera;
  let made: Furnished;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'haolin-screens-'));
    stage = await openStage({ folder, port: 0, startsAt: atCivil('2026-03-09', 9), logLevel: 'error' });
    made = await furnish(stage);
    camera = await openCamera(stage);
  }, 120_000);
  afterAll(async () => {
    await camera?.close();
    await stage?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.concurrent.each(SCREENS.map((screen) => [screen.name, screen] as const))(
    '%s can be used by everybody',
    async (_name, screen) => {
      await Promise.all(
        [...LOOKS.slice(0, 1), DARK_AND_LARGE].map(async (look) => {
          const page = await camera.visit(screen, look, made);
          const troubles: string[] = [];
          page.on('pageerror', (error) => troubles.push(error.message));
          await page.evaluate(AXE);
          const findings = (await page.evaluate(LOOK_AT)) as Finding[];
          expect(findings, `${screen.name}${look.suffix}`).toEqual([]);
          expect(await page.evaluate(SMALL), `${screen.name}${look.suffix}: too small for a finger`).toEqual([]);
          const wide = (await page.evaluate('document.scrollingElement.scrollWidth')) as number;
          expect(wide, `${screen.name}${look.suffix} is wider than the phone`).toBeLessThanOrEqual(390);
          expect(troubles).toEqual([]);
          await page.close();
        }),
      );
    },
    60_000,
  );
});
