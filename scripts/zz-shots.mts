import { mkdtemp, rm, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStage } from './demo/stage.ts';
import { LARGE, openCamera, PLAIN } from './screens/camera.ts';
import { furnish, OPENS, PUBLIC_URL } from './screens/furnish.ts';
import { SCREENS } from './screens/screens.ts';
const wanted = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'haolin-zz-'));
await mkdir('/tmp/A7-shots', { recursive: true });
const stage = await openStage({ folder, port: 0, startsAt: OPENS, logLevel: 'error', publicUrl: PUBLIC_URL });
const made = await furnish(stage);
console.log('furnished', JSON.stringify(made));
const camera = await openCamera(stage);
for (const screen of SCREENS.filter(({ name }) => wanted.some((one) => name.startsWith(one))))
  for (const look of [PLAIN, LARGE]) {
    const timeout = new Promise<never>((_, no) => setTimeout(() => no(new Error('timeout')), 20_000));
    try {
      const { page, troubles, close } = await Promise.race([camera.visit(screen, look, made), timeout]);
      const tall = await page.evaluate(`Math.ceil(document.querySelector('.phone-frame:not(.phone-hidden) .phone-scroller')?.scrollHeight ?? 0)`) as number;
      await page.setViewportSize({ width: 390, height: Math.min(2600, Math.max(844, tall + 100)) });
      await page.waitForTimeout(150);
      await page.screenshot({ path: `/tmp/A7-shots/${screen.name}${look.suffix}.png` });
      console.log(screen.name, look.suffix, tall, troubles);
      await close();
    } catch (error) { console.log(screen.name, look.suffix, 'FAILED', String(error).slice(0, 300)); }
  }
await Promise.race([camera.close(), new Promise((r) => setTimeout(r, 3000))]);
process.exit(0);
