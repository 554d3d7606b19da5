/**
 * A house whose store holds wishes from before numbers were sealed, as its own process, to be killed. It prints `loaded`; on
 * `fill N` it stores so many; on `start` it opens, and prints `seen N` after each batch that was upgraded; on `report` all
 * the test must know.
 */
import { createInterface } from 'node:readline';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Log } from '../../src/core/house.ts';
import { marksOf } from '../../src/storage/upgrades.ts';
import { submitted } from '../support/wishes.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const silent = () => undefined;
const log: Log = {
  debug: silent,
  warn: silent,
  error: (fields) => process.stderr.write(`${JSON.stringify(fields)}\n`),
  info(fields) {
    if ('seen' in fields) say(`seen ${String(fields.seen)}`);
  },
};

const opening: Promise<App> = createApp(readConfig(process.env), { log, channels: [] });

async function fill(count: number): Promise<void> {
  const { house } = await opening;
  const wish = submitted({ text: '想要收音机，打我电话13912345678' });
  const all = Array.from({ length: count }, (_, n) => ({
    ...wish,
    outbox: [],
    _id: n.toString(16).padStart(24, '0'),
    number: n + 1,
  }));
  await house.db.collection<{ _id: string }>('wish').insertMany(all);
  say('filled');
}

async function report(): Promise<void> {
  const { house } = await opening;
  const wishes = await house.db.collection('wish').find().toArray();
  const mark = await marksOf(house).findOne({ _id: 'wishes.numbers' });
  say(
    JSON.stringify({
      mark,
      readable: wishes.filter((wish) => JSON.stringify(wish).includes('13912345678')).length,
      sealed: wishes.map(({ sealedWords = [] }) => sealedWords.length),
    }),
  );
}

say('loaded');
createInterface({ input: process.stdin }).on('line', (line) => {
  if (line.startsWith('fill')) void fill(Number(line.slice(5)));
  if (line === 'start') void opening.then((app) => app.start());
  if (line === 'report') void report();
});
