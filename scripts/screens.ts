/**
 * `npm run screens`: pictures of every screen of the running product into `docs/screens/`.
 * `-- DIR`: into another folder, and then also in the dark and with large text, to be looked through.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atCivil } from '../src/core/time.ts';
import { openStage } from './demo/stage.ts';
import { showProgress } from './progress.ts';
import { LOOKS, openCamera } from './screens/camera.ts';
import { furnish } from './screens/furnish.ts';
import { SCREENS } from './screens/screens.ts';

const target = process.argv[2] ?? 'docs/screens';
const looks = process.argv[2] === undefined ? LOOKS.slice(0, 1) : LOOKS;
const folder = await mkdtemp(join(tmpdir(), 'haolin-screens-'));
// A Monday morning, so that what the pictures say of days is the same whenever they are taken.
const stage = await openStage({ folder, port: 0, startsAt: atCivil('2026-03-09', 9), logLevel: 'error' });
const progress = showProgress('拍照');
try {
  await mkdir(target, { recursive: true });
  const made = await furnish(stage);
  const camera = await openCamera(stage);
  const shots = SCREENS.flatMap((screen) => looks.map((look) => ({ screen, look })));
  for (const [at, { screen, look }] of shots.entries()) {
    const page = await camera.visit(screen, look, made);
    await page.screenshot({ path: join(target, `${screen.name}${look.suffix}.png`) });
    await page.context().close();
    progress(at + 1, shots.length);
  }
  await camera.close();
} finally {
  progress.end();
  await stage.close();
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);
