/**
 * `npm run screens`: pictures of every screen of the running product into `docs/screens/`.
 * `-- DIR`: into another folder, and then also in the dark and with large text, to be looked through.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { runCommand } from './command-line.ts';
import { openStage } from './demo/stage.ts';
import { showProgress } from './progress.ts';
import { DARK, LARGE, type Look, openCamera, PLAIN } from './screens/camera.ts';
import { furnish, OPENS, PUBLIC_URL } from './screens/furnish.ts';
import { SCREENS } from './screens/screens.ts';

const USAGE = `用法 Usage：npm run screens [-- 文件夹/DIR]
  给每一页拍照；给了文件夹就连深色和大字一起拍 / pictures of every screen; into a folder also in the dark and with large text`;

await runCommand({
  usage: USAGE,
  words: [0, 1],
  async run(_values, [target]) {
    await takePictures(target ?? 'docs/screens', target === undefined ? [PLAIN] : [PLAIN, DARK, LARGE]);
    // The browser's and the house's last timers need not be waited for.
    process.exit(0);
  },
});

async function takePictures(target: string, looks: readonly Look[]): Promise<void> {
  await mkdir(target, { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), 'haolin-screens-'));
  // A day of its own, so that what the pictures say of days is the same whenever they are taken.
  const stage = await openStage({ folder, port: 0, startsAt: OPENS, logLevel: 'error', publicUrl: PUBLIC_URL });
  const progress = showProgress('拍照');
  try {
    const made = await furnish(stage);
    const camera = await openCamera(stage);
    const shots = SCREENS.flatMap((screen) => looks.map((look) => ({ screen, look })));
    for (const [at, { screen, look }] of shots.entries()) {
      const { page, close } = await camera.visit(screen, look, made);
      // Flat colours: a palette makes a third of it.
      await sharp(await page.screenshot())
        .png({ palette: true, quality: 90, compressionLevel: 9 })
        .toFile(join(target, `${screen.name}${look.suffix}.png`));
      await close();
      progress(at + 1, shots.length);
    }
    await camera.close();
  } finally {
    progress.end();
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  }
}
