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

createInterface({ input: process.stdin }).on('line', (line) => {
  const slots = JSON.parse(line) as string[];
  void Promise.all(slots.map((slot) => app.schedule.tick('ticks.count', new Date(slot)))).then((outcomes) =>
    process.stdout.write(`${JSON.stringify(outcomes.map(({ kind }) => kind))}\n`),
  );
});
