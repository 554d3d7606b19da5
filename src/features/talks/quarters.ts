import { addDays, atCivil, type Calendar, type Day, quarterKey, workdayAfter } from '../../core/time.ts';

/** A quarter with its key (`2026-Q4`), its first and its last Shanghai day. */
export interface Quarter {
  key: string;
  from: Day;
  to: Day;
}

const KEY = /^(?<year>\d{4})-Q(?<nth>[1-4])$/u;

/** The quarter of a key; undefined when it is none. Pure, as all here. */
export function quarterOf(key: string): Quarter | undefined {
  const { year, nth } = KEY.exec(key)?.groups ?? {};
  if (year === undefined || nth === undefined) return undefined;
  const first = (month: number, of = Number(year)): Day => `${of}-${String(month).padStart(2, '0')}-01`;
  const month = 3 * Number(nth) - 2;
  const next = month === 10 ? first(1, Number(year) + 1) : first(month + 3);
  return { key, from: first(month), to: addDays(next, -1) };
}

/** The quarter a day lies in. */
export function quarterAt(day: Day): Quarter {
  return quarterOf(quarterKey(atCivil(day))) as Quarter;
}

export const quarterBefore = ({ from }: Quarter): Quarter => quarterAt(addDays(from, -1));

/** 2026年第4季度 */
export function quarterWords(key: string): string {
  const [year, nth] = key.split('-Q');
  return `${year}年第${nth}季度`;
}

/** When a quarter's talks are spoken of; `nth` counts the reminders of what is left from 1. */
export interface Prompt {
  day: Day;
  kind: 'list' | 'progress' | 'left';
  nth?: number;
}

const LAST_WORKDAYS = 10;
const EVERY = 3;

/**
 * The workdays a secretary is prompted on (design, section 4, Talks): the first of the quarter, the one in its middle, and of
 * the last ten every third. A day has one prompt at most.
 */
export function quarterPrompts(calendar: Calendar, quarter: Quarter): readonly Prompt[] {
  const workdays = workdaysOf(calendar, quarter);
  const [first] = workdays;
  const middle = workdays[Math.floor(workdays.length / 2)];
  if (first === undefined || middle === undefined) return [];
  const left = workdays.slice(-LAST_WORKDAYS).filter((_, at) => at % EVERY === 0);
  const prompts: Prompt[] = [
    { day: first, kind: 'list' },
    { day: middle, kind: 'progress' },
    ...left.map((day, at): Prompt => ({ day, kind: 'left', nth: at + 1 })),
  ];
  return prompts.filter(({ day }, at) => prompts.findIndex((one) => one.day === day) === at);
}

/**
 * What is owed on a day of a quarter: the latest prompt whose day has come. If nothing ran on its day it is made up on
 * the next, until the one after it takes its place.
 */
export const promptOwed = (calendar: Calendar, quarter: Quarter, day: Day): Prompt | undefined =>
  quarterPrompts(calendar, quarter).findLast((prompt) => prompt.day <= day);

/** The last workday of a quarter: until then its talks are to be held. */
export function lastWorkdayOf(calendar: Calendar, quarter: Quarter): Day {
  return workdaysOf(calendar, quarter).at(-1) ?? quarter.to;
}

/** The day the street is told of a quarter: the first workday after it. */
export const accountDay = (calendar: Calendar, { to }: Quarter): Day => workdayAfter(calendar, atCivil(to), 1);

function workdaysOf(calendar: Calendar, { from, to }: Quarter): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) if (calendar.isWorkday(day)) days.push(day);
  return days;
}
