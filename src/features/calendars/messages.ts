import type { Message } from '../../core/feature.ts';
import { civil, type Day, WEEKDAYS, weekdayOf } from '../../core/time.ts';

/** What is wrong with a year somebody wants to load. */
export const wrong = {
  otherYear: (day: Day, year: number) => `${day}不在${year}年里`,
  both: (day: Day) => `${day}既写了放假又写了上班，只能是一种`,
  weekdayWorked: (day: Day) => `${day}是${WEEKDAYS[weekdayOf(day) - 1]}，本来就上班，不用写进调休`,
  tooFewHolidays: (least: number) => `放假的日子太少，全年至少有${least}天，请把公布的节假日写全`,
  notJson: '文件不是JSON，也不是有“日期”“种类”“名称”三列的CSV，请检查',
  tooLarge: '文件太大了，一年的放假安排用不了这么多',
  noHeadings: 'CSV第一行要有“日期”“种类”“名称”三列',
  notAKind: (line: number, kind: string) => `第${line}行的种类写的是“${kind}”，只能写“放假”或“上班”`,
  twice: (line: number, day: Day) => `第${line}行的${day}和前面重复了`,
  notADay: (day: string, line?: number) =>
    `${line === undefined ? '' : `第${line}行的`}“${day}”不是一个日期，要写真有的日子，写成2027-01-01这样`,
  csvNeedsSource: 'CSV里没有出处，请另外写明（--source 公布文号）',
  csvTwoYears: '一个文件只能有一年的日子',
  noDays: '文件里没有一个日子',
};

/** What fields are called. */
export const fieldWords = {
  year: '年份',
  source: '出处',
  holidays: '放假的日子',
  workdays: '调休上班的日子',
  day: '日期',
  name: '节日名称',
};

/** Where the days of a year come from, when nobody loaded it. */
export const SHIPPED_SOURCE = '随软件自带（国务院办公厅公布的放假安排）';
export const GUESSED_SOURCE = '还没有放假安排，暂按周一到周五上班';

export const calendarMessages = {
  'calendars.missing': {
    kind: 'reminder',
    title: '缺少放假安排',
    body: ({ year }) =>
      `还没有${String(year)}年的放假和调休安排，到时候只能按周一到周五算工作日，期限和提醒会不准。国务院办公厅公布以后，请维护系统的同事用 npm run calendar -- load 导入。`,
  },
} satisfies Record<string, Message>;

export const watchWords = {
  title: '放假安排快用完时提醒管理员',
  why: (year: number) => `${year}年的放假安排还没有导入，离开始不到60天，每月提醒一次`,
};

/** 2027-02-06（星期六）上班：春节 */
export const changeWords = (day: Day, works: boolean, name: string | undefined): string =>
  `${day}（${WEEKDAYS[weekdayOf(day) - 1]}）${works ? '上班' : '放假'}${name === undefined ? '' : `：${name}`}`;

/** 2026-11, for a key that is told once a month. */
export const monthOf = (at: Date): string => {
  const { year, month } = civil(at);
  return `${year}-${String(month).padStart(2, '0')}`;
};
