/**
 * `npm run bench:phone [-- --json] [--wishes N]`: how the mini-program's pages feel on a slow phone: Chromium at a quarter
 * of its speed behind a slow 4G, as Lighthouse has it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { atCivil } from '../src/core/time.ts';
import type { Person } from '../src/features/people/index.ts';
import { listAppears, onSlowPhone, scrolls, tapAnswers } from './bench-phone/measures.ts';
import { isCount, runCommand, WRONG_USAGE } from './command-line.ts';
import { openStage, type Stage } from './demo/stage.ts';
import { CHROMIUM } from './screens/browser.ts';
import { agree, PHONE, signIn } from './screens/camera.ts';
import { seedWishes } from './seed/wishes.ts';

const USAGE = `用法 Usage：npm run bench:phone -- [--json] [--wishes 500]
  慢手机、慢网络上用起来有多快 / how fast the mini-program is on a slow phone behind a slow network`;

await runCommand({
  usage: USAGE,
  options: {
    json: { type: 'boolean', default: false },
    wishes: { type: 'string', default: '500' },
  },
  async run({ json, wishes }) {
    if (!isCount(wishes)) return WRONG_USAGE;
    const figures = await measure(Number(wishes));
    if (json) console.log(JSON.stringify(figures));
    else for (const [what, value] of Object.entries(figures)) console.log(`${what.padEnd(24)}${value}`);
    // The browser's and the house's last timers need not be waited for.
    process.exit(0);
  },
});

async function measure(wishes: number) {
  const folder = await mkdtemp(join(tmpdir(), 'haolin-phone-'));
  const stage = await openStage({ folder, port: 0, startsAt: atCivil('2026-03-09', 9), logLevel: 'error' });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  try {
    await fill(stage, wishes);
    // Compiled before anybody waits for it, as WeChat has it.
    await fetch(`${stage.address}/phone/preview.js`);
    const open = async (who: string, page: string, work: (page: Page) => Promise<void>) => {
      const context = await browser.newContext({ viewport: PHONE, bypassCSP: true });
      const tab = await context.newPage();
      await agree(tab, { name: 'slow' });
      await signIn(tab, stage, { who, name: 'slow' });
      await onSlowPhone(tab);
      await tab.goto(`${stage.address}/phone/?phone=slow#${page}`, { waitUntil: 'commit' });
      await work(tab);
      await context.close();
    };
    const figures = { wishes, firstListMs: 0, secondListMs: 0, tapMs: 0, scrolledItems: 0, longestTaskMs: 0 };
    await open('王秀英', '/pages/home/home', async (page) => {
      figures.firstListMs = await listAppears(page);
      await page.waitForLoadState('networkidle');
      figures.tapMs = await tapAnswers(page, ['正在办', '已办结', '等人帮忙']);
      // What was seen before is shown before the network answers.
      await page.reload({ waitUntil: 'commit' });
      figures.secondListMs = await listAppears(page);
    });
    await open('周强', '/work/nearby/nearby', async (page) => {
      await listAppears(page);
      const { items, longestTaskMs } = await scrolls(page, wishes);
      figures.scrolledItems = items;
      figures.longestTaskMs = longestTaskMs;
    });
    return figures;
  } finally {
    await browser.close();
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill({ app: { house }, people }: Stage, wishes: number): Promise<void> {
  const ids = ['王秀英', '孙桂芳', '马德福', '安国华'].map((name) => people[name] ?? '');
  const authors = (await house
    .model<Person>('people')
    .find({ _id: { $in: ids } })
    .lean()) as unknown as Person[];
  await seedWishes(house, authors, wishes);
}
