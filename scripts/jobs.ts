/**
 * Lists the scheduled jobs, runs one now, or says what those of a week would send: `npm run jobs`,
 * `npm run jobs -- run NAME [--dry-run] [--at TIME]`, `npm run jobs -- preview --week 2026-W40 [--as WHO] [--json]`.
 */
import type { App } from '../src/app.ts';
import { civil, dayOf, isDay, mondayOf, weekKey } from '../src/core/time.ts';
import type { JobOverview } from '../src/schedule/index.ts';
import { runCommand, WHERE, WHERE_USAGE, WRONG_USAGE } from './command-line.ts';
import { previewWeek } from './jobs-preview.ts';
import { inHouse } from './open-house.ts';

const USAGE = `用法 Usage：npm run jobs [-- ${WHERE_USAGE}]
      npm run jobs -- run 任务名/NAME [--dry-run] [--at 2026-03-09T09:00] ${WHERE_USAGE}
      npm run jobs -- preview [--week 2026-W40] [--as 人员编号/ID|secretary@520201001001] [--json] ${WHERE_USAGE}
  run        现在执行一次，并打印执行结果；不写 run 就列出全部任务
             runs a job now and prints what it did; without it all jobs are listed
  preview    这一周（不写就是本周）会给谁发什么、为什么，什么也不发
             what would be sent to whom and why in a week (this one unless told otherwise); sends nothing
  --as       只看这个人（或担任这个职务的人）会收到的；书记还能看到本社区的人会收到的
             what that person, or whoever holds that role, would get; a secretary sees their community's too
  --dry-run  只看会做什么，什么也不改 / only says what it would do
  --at       当作是这个时间来执行；不写时区就是北京时间 / runs it as of that moment, Beijing time unless it names a zone`;

const STATES: Record<string, string> = { running: '执行中', done: '完成', failed: '失败', skipped: '未补做' };
const noSuchWeek = (week: string) =>
  `没有 ${week} 这一周：要写年份和第几周，比如 2026-W40；一年有52周，有的年份53周。
There is no week ${week}: a year and the number of its week are meant, like 2026-W40; a year has 52 weeks, some 53.`;
const noSuchMoment = (at: string) =>
  `没有“${at}”这个时间：日期写成 2026-03-09，要写几点就写成 2026-03-09T09:00。
There is no such time as ${at}: a day is written 2026-03-09, and a moment of it 2026-03-09T09:00.`;
const WEEKDAYS = '一二三四五六日';

await runCommand({
  usage: USAGE,
  options: {
    ...WHERE,
    'dry-run': { type: 'boolean', default: false },
    at: { type: 'string' },
    week: { type: 'string' },
    as: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  words: [0, 2],
  async run(values, [command, name]) {
    if (command === 'preview') {
      const { week, as, json } = values;
      if (name !== undefined) return WRONG_USAGE;
      if (week !== undefined && mondayOf(week) === undefined) {
        console.error(noSuchWeek(week));
        return 1;
      }
      return inHouse({ ...values, reads: true }, async (house, app) => {
        await previewWeek(app, { week: week ?? weekKey(house.clock.now()), as, json });
        return 0;
      });
    }
    const at = values.at === undefined ? undefined : momentOf(values.at);
    if (command !== undefined && (command !== 'run' || name === undefined)) return WRONG_USAGE;
    if (at === null) {
      console.error(noSuchMoment(values.at ?? ''));
      return 1;
    }
    const reads = name === undefined || values['dry-run'];
    return inHouse({ ...values, reads }, async (_house, app) => {
      if (name === undefined) await list(app);
      else await run(app, name, { dryRun: values['dry-run'], ...(at ? { at } : {}) });
      return 0;
    });
  },
});

async function list({ schedule }: App): Promise<void> {
  for (const job of (await schedule.overview()).toSorted((a, b) => +a.next - +b.next)) console.log(lineOf(job));
}

function lineOf({ name, title, cron, next, last }: JobOverview): string {
  const before = last
    ? `上次 ${clockFace(last.slot)} ${STATES[last.state]}${last.late ? '（补做）' : ''}`
    : '还没执行过';
  return [name, title, cron, `下次 ${clockFace(next)}`, before].join('\t');
}

async function run({ schedule }: App, name: string, options: { dryRun: boolean; at?: Date }): Promise<void> {
  const { lines } = await schedule.runNow(name, options);
  for (const line of lines) console.log(line);
  console.log(options.dryRun ? `预演结束，共${lines.length}项，什么也没有改。` : `执行完成，共${lines.length}项。`);
}

/** 2026-03-09 周一 09:00, Shanghai's. */
function clockFace(at: Date): string {
  const { weekday, hour, minute } = civil(at);
  const time = [hour, minute].map((part) => String(part).padStart(2, '0')).join(':');
  return `${dayOf(at)} 周${WEEKDAYS[weekday - 1]} ${time}`;
}

/** A moment given on the command line; `null` when it is none. */
function momentOf(text: string): Date | null {
  // JavaScript takes the thirtieth of February for the second of March.
  if (!isDay(text.slice(0, 10))) return null;
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/u.test(text) ? text : `${text.includes('T') ? text : `${text}T00:00`}+08:00`;
  const at = new Date(zoned);
  return Number.isNaN(at.getTime()) ? null : at;
}
