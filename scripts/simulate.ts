/** `npm run -s simulate -- --year 2026 --size demo|city [--weeks N] [--seed N] [--json]`: whether each push of a year comes exactly once. */
import { isCount, runCommand, WRONG_USAGE } from './command-line.ts';
import { showProgress } from './progress.ts';
import { SIZES, type Size } from './simulate/cast.ts';
import { simulate } from './simulate/year.ts';

const USAGE = `用法 Usage：npm run -s simulate -- [--year 2026] [--size demo|city] [--weeks 6] [--seed 5202] [--json]
  用假时钟走完一年，两个进程中途被杀十次，看每条提醒是不是刚好到一次 / a year under a fake clock with two processes that are killed ten times: does each push come exactly once?`;

/** Of a whole year; of a part of it as many as fall to that. */
const CRASHES = 10;
const WEEKS = 52;

await runCommand({
  usage: USAGE,
  options: {
    year: { type: 'string', default: '2026' },
    size: { type: 'string', default: 'demo' },
    weeks: { type: 'string' },
    seed: { type: 'string', default: '5202' },
    json: { type: 'boolean', default: false },
  },
  async run({ year, size, weeks, seed, json }) {
    if (!/^20\d\d$/u.test(year) || !isCount(seed) || (weeks !== undefined && !isCount(weeks))) return WRONG_USAGE;
    if (!(SIZES as readonly string[]).includes(size)) return WRONG_USAGE;
    const progress = showProgress('模拟');
    const { wrong, ...figures } = await simulate({
      year: Number(year),
      size: size as Size,
      seed: Number(seed),
      ...(weeks !== undefined && { days: 7 * Number(weeks) }),
      crashes: weeks === undefined ? CRASHES : Math.max(1, Math.round((CRASHES * Number(weeks)) / WEEKS)),
      progress,
    }).finally(progress.end);
    for (const line of wrong) console.error(line);
    console.log(
      json
        ? JSON.stringify(figures)
        : Object.entries(figures)
            .map((pair) => pair.join(' '))
            .join('\n'),
    );
    return figures.lost + figures.doubled + figures.unexpected === 0 ? 0 : 1;
  },
});
