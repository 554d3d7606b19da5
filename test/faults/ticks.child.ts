/** One of several processes of a house: a job that leaves a row in the store each time it runs, ticked as it is told. */
import { createInterface } from 'node:readline';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Feature, Job } from '../../src/core/feature.ts';
import { features } from '../../src/features/index.ts';

const count: Job = {
  name: 'ticks.count',
  title: '数一数',
  cron: '0 0 1 1 *',
  makeUpWithinMs: 0,
  async run({ slot }, house) {
    await house.db.collection('ticks').insertOne({ slot, by: process.pid });
    return { lines: ['counted'] };
  },
};
const ticks: Feature = {
  name: 'ticks',
  uses: [],
  models: {},
  rules: [],
  lifecycles: [],
  routes: [],
  intents: [],
  jobs: [count],
  messages: {},
};

const app = await createApp(readConfig(process.env), { features: [...features, ticks] });
process.stdout.write('ready\n');

/** Some at once, as on a busy morning; all at once one process might be through before the other has begun. */
const AT_ONCE = 10;

async function tickAll(slots: readonly string[]): Promise<string[]> {
  const kinds: string[] = [];
  for (let from = 0; from < slots.length; from += AT_ONCE) {
    const some = slots.slice(from, from + AT_ONCE);
    const outcomes = await Promise.all(some.map((slot) => app.schedule.tick('ticks.count', new Date(slot))));
    kinds.push(...outcomes.map(({ kind }) => kind));
  }
  return kinds;
}

createInterface({ input: process.stdin }).on('line', (line) => {
  void tickAll(JSON.parse(line) as string[]).then((kinds) => process.stdout.write(`${JSON.stringify(kinds)}\n`));
});
