/** `npm run -s simulate -- --year 2026 --size demo|city [--from DAY] [--weeks N] [--days N] [--wards N] [--folder DIR] [--seed N] [--json]`: does each push of a year come exactly once? */
import { isDay } from '../src/core/time.ts';
import { isCount, runCommand, WRONG_USAGE } from './command-line.ts';
import { showProgress } from './progress.ts';
import { bundle } from './simulate/bundle.ts';

const USAGE = `用法 Usage：npm run -s simulate -- [--year 2026] [--size demo|city] [--from 2026-09-21] [--weeks 4] [--days 10] [--wards 4000] [--folder 目录/DIR] [--seed 5202] [--json]
  用假时钟走完一年（或从某天起的几周）：两个进程中途被杀，看每条定时提醒是不是都在当天刚好到一次
  A year, or some weeks from a day on, under a fake clock, with two processes that are killed on their way: does each scheduled push come on its day, exactly once?
  --year   哪一年，2026年起 which year, from 2026 on
  --size   demo 两个街道一百二十位关爱对象；city 全市四十万位，要很久 demo: two streets, 120 people in care; city: 400,000, which takes long
  --from   从哪天起，代替 --year from which day, instead of --year
  --weeks  只走几周 only so many weeks
  --days   只走几天 only so many days
  --wards  关爱对象多少位，代替该规模的数目 how many people in care, instead of what the size has
  --folder 准备好的数据留在这里，下次直接用 keeps what it fills a store with here, and takes it from here next time
  --seed   换一个随机数种子 another seed of chance
  --json   结果只打印一行JSON only one line of JSON`;

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const DAY_MS = 86_400_000;
/** Of a whole year; of a part of it as many as fall to that. */
const CRASHES = 10;
const YEAR_DAYS = 365;
const WEEKS = 52;
/** The duties shipped are in force from then on. */
const FIRST_YEAR = 2026;

await runCommand({
  usage: USAGE,
  options: {
    year: { type: 'string', default: '2026' },
    size: { type: 'string', default: 'demo' },
    from: { type: 'string' },
    weeks: { type: 'string' },
    days: { type: 'string' },
    wards: { type: 'string' },
    folder: { type: 'string' },
    seed: { type: 'string', default: '5202' },
    json: { type: 'boolean', default: false },
  },
  async run({ year, size, from = `${year}-01-01`, weeks, days: some, wards, folder, seed, json }) {
    const mistake = mistakeIn({ from, size, weeks, days: some, wards, seed });
    if (mistake !== undefined) {
      console.error(mistake);
      return WRONG_USAGE;
    }
    const whole = (Date.parse(`${Number(from.slice(0, 4)) + 1}-01-01`) - Date.parse(from)) / DAY_MS;
    const days = some !== undefined ? Number(some) : weeks !== undefined ? 7 * Number(weeks) : whole;
    const filling = showProgress('准备数据');
    const progress = showProgress('模拟');
    const interrupted = new AbortController();
    const interrupt = () => interrupted.abort(new Error('被打断了，什么都没有留下'));
    for (const name of SIGNALS) process.once(name, interrupt);
    const { simulate, remove } = await bundle();
    const { wrong, ...figures } = await simulate({
      from,
      days,
      size: size as 'demo' | 'city',
      seed: Number(seed),
      crashes: Math.max(1, Math.round((CRASHES * days) / YEAR_DAYS)),
      wards: wards === undefined ? undefined : Number(wards),
      folder,
      filling: (done, total) => {
        filling(done, total);
        if (done === total) filling.end();
      },
      progress,
      signal: interrupted.signal,
    }).finally(() => Promise.all([filling.end(), progress.end(), remove()]));
    for (const line of wrong) console.error(line);
    console.log(json ? JSON.stringify(figures) : wordsOf(figures));
    return figures.lost + figures.doubled + figures.unexpected === 0 ? 0 : 1;
  },
});

/** What is wrong with the options, in a sentence. */
function mistakeIn({
  from,
  size,
  weeks,
  seed,
  ...counts
}: Record<'from' | 'size' | 'seed', string> & Partial<Record<'weeks' | 'days' | 'wards', string | undefined>>) {
  if (!isDay(from)) return `没有“${from}”这一天，日期写成 2026-09-21 这样`;
  if (Number(from.slice(0, 4)) < FIRST_YEAR) return `${FIRST_YEAR}年以前还没有走访任务，请从${FIRST_YEAR}年起`;
  if (size !== 'demo' && size !== 'city') return `规模只有 demo、city，没有“${size}”`;
  if (weeks !== undefined && (!isCount(weeks) || Number(weeks) > WEEKS))
    return `几周要写 1 到 ${WEEKS} 的整数，不是“${weeks}”`;
  for (const [name, count] of Object.entries(counts))
    if (count !== undefined && !isCount(count)) return `--${name} 要写正整数，不是“${count}”`;
  return isCount(seed) ? undefined : `种子要写正整数，不是“${seed}”`;
}

function wordsOf(
  figures: Record<
    'expected' | 'sent' | 'lost' | 'doubled' | 'unexpected' | 'crashes' | 'seconds' | 'peakMb' | 'storeMb',
    number
  >,
) {
  const { expected, sent, lost, doubled, unexpected, crashes, seconds, peakMb, storeMb } = figures;
  return [
    `该发 ${expected} 条，发了 ${sent} 条，漏 ${lost} 条，重 ${doubled} 条，不该有的 ${unexpected} 条`,
    `杀进程 ${crashes} 次，用了 ${seconds} 秒，进程最多占内存 ${peakMb} MB，存储那个进程自己占 ${storeMb} MB`,
  ].join('\n');
}
