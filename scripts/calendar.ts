/** Shows or loads a year of the calendar: `npm run calendar -- show 2027`, `npm run calendar -- load FILE [--yes]`. */
import { readFile } from 'node:fs/promises';
import { system } from '../src/core/ability.ts';
import type { Day } from '../src/core/time.ts';
import { changeWords, loadYear, readYear, textOfYear, type YearView, yearOf } from '../src/features/calendars/index.ts';
import { runCommand, WHERE, WHERE_USAGE, WRONG_USAGE } from './command-line.ts';
import { inHouse } from './open-house.ts';

const USAGE = `用法 Usage：npm run calendar -- show 年份/YEAR ${WHERE_USAGE}
      npm run calendar -- load 文件/FILE.json|.csv [--source 出处] [--yes] ${WHERE_USAGE}
  show      一年的放假和调休安排 / the holidays and shifted workdays of a year
  load      先列出会改哪些日子；加 --yes 才写入 / lists the days that change, and writes them with --yes
            JSON：{"year":2027,"source":"公布文号","holidays":{"2027-01-01":"元旦"},"workdays":{"2027-02-06":"春节"}}
            CSV：日期,种类（放假/上班）,名称；出处用 --source 写 / names its source by --source`;

const YEAR = /^20\d\d$/u;
const noSuchYear = (year: string) =>
  `看不了“${year}”年：年份要写四位数字，从 2000 到 2099，比如 2027。
There is no year ${year} to show: four digits are meant, from 2000 to 2099, like 2027.`;

await runCommand({
  usage: USAGE,
  options: { ...WHERE, source: { type: 'string' }, yes: { type: 'boolean', default: false } },
  words: [2, 2],
  async run(values, [command, what = '']) {
    if (command === 'show' && YEAR.test(what)) return show(values, Number(what));
    if (command === 'show') {
      console.error(noSuchYear(what));
      return 1;
    }
    if (command !== 'load') return WRONG_USAGE;
    // Before the house is opened: a file that is not there, or is none, need not wait for that.
    const { year, input } = readYear(textOfYear(await fileAt(what)), values.source);
    return inHouse({ ...values, reads: !values.yes }, async (house) => {
      const changes = await loadYear(house, system('command'), year, input, { dryRun: !values.yes });
      for (const { day, works, name } of changes) console.log(changeWords(day, works, name));
      const count = `${year}年有${changes.length}天和原来不一样`;
      console.log(
        values.yes
          ? `${count}，已经导入，正在运行的服务一分钟内生效；已经定下的期限不变。`
          : `${count}。还没有写入；核对无误后加 --yes 再执行一次。`,
      );
    });
  },
});

/** Node says of a folder that it is one, but not which. */
function fileAt(path: string): Promise<Buffer> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw Object.assign(error, { path });
  });
}

function show(where: Parameters<typeof inHouse>[0], year: number): Promise<void> {
  return inHouse({ ...where, reads: true }, async (house) => {
    const found: YearView = await yearOf(house, year);
    console.log(`${year}年：${found.source}`);
    const days: [Day, boolean, string][] = [
      ...Object.entries(found.holidays).map(([day, name]): [Day, boolean, string] => [day, false, name]),
      ...Object.entries(found.workdays).map(([day, name]): [Day, boolean, string] => [day, true, name]),
    ];
    for (const [day, works, name] of days.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      console.log(changeWords(day, works, name));
    }
  });
}
