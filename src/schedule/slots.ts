import { CronExpressionParser } from 'cron-parser';
import { DAY, HOUR, MINUTE } from '../core/time.ts';

/** The one zone of the product's civil time. */
export const ZONE = 'Asia/Shanghai';
/** The same since 1991, for moments are reckoned several times faster from a fixed distance than from a zone's name. */
const ALWAYS_AHEAD = 'UTC+8';

/** The moments a cron expression names, in Shanghai. Pure. */
export interface Slots {
  /** The latest at or before a moment. */
  latest(at: Date): Date;
  /** The first after a moment. */
  next(after: Date): Date;
  /** Those after `since` up to `until`, newest first: the newest `most` of them, and whether there are `more` before. */
  between(since: Date, until: Date, most: number): { slots: Date[]; more: boolean };
}

/** @throws Error when the expression is none */
export function slotsOf(cron: string): Slots {
  const from = (at: number) => CronExpressionParser.parse(cron, { tz: ALWAYS_AHEAD, currentDate: new Date(at) });
  from(0);
  const times = everyDay(cron);
  if (times) return dailySlots(times);
  // The parser looks strictly before its date; a millisecond later, that is "at or before".
  const downFrom = (at: Date) => from(at.getTime() + 1);
  return {
    latest: (at) => downFrom(at).prev().toDate(),
    next: (after) => from(after.getTime()).next().toDate(),
    between(since, until, most) {
      const slots: Date[] = [];
      if (until <= since) return { slots, more: false };
      const walk = downFrom(until);
      for (;;) {
        const slot = walk.prev().toDate();
        if (slot <= since) return { slots, more: false };
        if (slots.length === most) return { slots, more: true };
        slots.push(slot);
      }
    },
  };
}

/** Shanghai's midnight is so long before that of UTC. */
const AHEAD_MS = 8 * HOUR;
// Such as "0 9 * * *", "23 * * * *" or "*/10 * * * *": the same times on each day, as most jobs have.
const EVERY_DAY = /^(?:\*\/(?<step>[1-9]\d?)|(?<minute>\d{1,2})) (?:\*|(?<hour>\d{1,2})) \* \* \*$/u;

/** The times of day, in ms and ascending, of an expression that has the same on each; of others nothing. */
function everyDay(cron: string): number[] | undefined {
  const { step, minute, hour } = EVERY_DAY.exec(cron)?.groups ?? {};
  if (step === undefined && minute === undefined) return undefined;
  const times: number[] = [];
  for (let time = 0; time < DAY; time += MINUTE) {
    const ofHour = (time % HOUR) / MINUTE;
    const isMinute = step === undefined ? ofHour === Number(minute) : ofHour % Number(step) === 0;
    if (isMinute && (hour === undefined || Math.floor(time / HOUR) === Number(hour))) times.push(time);
  }
  return times;
}

/** Slots reckoned without the parser, which takes a hundred times as long: after a long time away they are many. */
function dailySlots(times: readonly number[]): Slots {
  /** The `nth` slot since 1970; numbers in place of dates, so that the one before and the next are easily told. */
  const slot = (nth: number) =>
    new Date(Math.floor(nth / times.length) * DAY + (times.at(nth % times.length) ?? 0) - AHEAD_MS);
  const latest = (at: number): number => {
    const day = Math.floor((at + AHEAD_MS) / DAY);
    const ofDay = at + AHEAD_MS - day * DAY;
    return day * times.length + times.findLastIndex((time) => time <= ofDay);
  };
  return {
    latest: (at) => slot(latest(at.getTime())),
    next: (after) => slot(latest(after.getTime()) + 1),
    between(since, until, most) {
      const oldest = latest(since.getTime()) + 1;
      const newest = latest(until.getTime());
      const count = Math.max(0, newest - oldest + 1);
      const slots = Array.from({ length: Math.min(most, count) }, (_, back) => slot(newest - back));
      return { slots, more: count > most };
    },
  };
}
