import { createRequire } from 'node:module';

/**
 * Civil time of the product. Shanghai has kept UTC+8 without daylight saving since 1991-09-15 (IANA tzdata), so a fixed
 * offset is exact for every date Haolin handles and never asks the host for its zone.
 */
const OFFSET_MS = 8 * 3_600_000;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The only source of "now". The process gets the system's; the demo one that can be moved; tests a fixed one. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that runs ahead of (or behind) another by what `shift` has added so far, in milliseconds. */
export function shiftedClock(base: Clock): Clock & { shift(ms: number): void } {
  let ahead = 0;
  return {
    now: () => new Date(base.now().getTime() + ahead),
    shift(ms) {
      ahead += ms;
    },
  };
}

/** What waiting is counted in, and how finely: nobody waits 59 minutes and 58 seconds. */
const UNITS = [
  { name: '天', seconds: DAY / 1_000, grain: HOUR / 1_000 },
  { name: '小时', seconds: HOUR / 1_000, grain: MINUTE / 1_000 },
  { name: '分钟', seconds: MINUTE / 1_000, grain: MINUTE / 1_000 },
  { name: '秒', seconds: 1, grain: 1 },
] as const;
const SECOND = UNITS[3];

/** How long to wait, as people say it and never less: 40秒, 3分钟, 1小时, 1小时30分钟, 2天. */
export function spanWords(seconds: number): string {
  const unitOf = (span: number) => UNITS.find((one) => span >= one.seconds) ?? SECOND;
  const { grain } = unitOf(Math.ceil(seconds));
  const whole = Math.max(1, Math.ceil(seconds / grain)) * grain;
  const unit = unitOf(whole);
  const rest = whole % unit.seconds;
  return `${Math.floor(whole / unit.seconds)}${unit.name}${rest === 0 ? '' : spanWords(rest)}`;
}

/** A civil day in Shanghai, `2026-03-09`. */
export type Day = string;

/** Whether a text names a day there is, as days are written here: neither 2026-02-30 nor 2026/3/9. Pure. */
export function isDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/u.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

/** Shanghai wall-clock parts of an instant; `weekday` is 1 (Monday) to 7 (Sunday). */
export function civil(at: Date) {
  const shifted = new Date(at.getTime() + OFFSET_MS);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    weekday: shifted.getUTCDay() || 7,
  };
}

export function dayOf(at: Date): Day {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

export const WEEKDAYS = ['星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期日'] as const;

/** 4月3日（星期五）, as one says it in Shanghai at that moment. */
export function dayWords(at: Date): string {
  const { month, day, weekday } = civil(at);
  return `${month}月${day}日（${WEEKDAYS[weekday - 1]}）`;
}

/** 2026-03-09 → 3月9日; anything else stays as it is. */
export function dateWords(day: Day): string {
  const [, month, date] = day.split('-');
  return month && date ? `${Number(month)}月${Number(date)}日` : day;
}

/** 19:05, by the clocks of Shanghai. */
export function clockWords(at: Date): string {
  const { hour, minute } = civil(at);
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** The instant a Shanghai civil day reaches `hour:minute`. */
export function atCivil(day: Day, hour = 0, minute = 0): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - OFFSET_MS + hour * HOUR + minute * MINUTE);
}

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** The last millisecond of a Shanghai civil day: a deadline "by Friday" lasts until then. */
export function endOfDay(day: Day): Date {
  return new Date(atCivil(addDays(day, 1)).getTime() - 1);
}

/** 1 (Monday) to 7 (Sunday). */
export function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** ISO week of the instant's Shanghai day, `2026-W40`. */
export function weekKey(at: Date): string {
  const day = dayOf(at);
  const thursday = addDays(day, 4 - weekdayOf(day));
  const firstThursday = Date.parse(`${thursday.slice(0, 4)}-01-01T00:00:00Z`);
  const week = Math.floor((Date.parse(`${thursday}T00:00:00Z`) - firstThursday) / (7 * DAY)) + 1;
  return `${thursday.slice(0, 4)}-W${String(week).padStart(2, '0')}`;
}

/**
 * The Monday of an ISO week, `2026-W40` → `2026-09-28`. Pure.
 * @returns `undefined` when the text names no week there is
 */
export function mondayOf(week: string): Day | undefined {
  const found = /^(\d{4})-W(\d{2})$/u.exec(week);
  if (!found) return undefined;
  const fourth: Day = `${found[1]}-01-04`;
  const monday = addDays(fourth, 1 - weekdayOf(fourth) + (Number(found[2]) - 1) * 7);
  return weekKey(atCivil(monday)) === week ? monday : undefined;
}

/** Calendar quarter of the instant's Shanghai day, `2026-Q4`. */
export function quarterKey(at: Date): string {
  const { year, month } = civil(at);
  return `${year}-Q${Math.ceil(month / 3)}`;
}

/** Which days are worked. */
export interface Calendar {
  isWorkday(day: Day): boolean;
  /** False when no official calendar is known for the year and plain weekdays are assumed. */
  covers(year: number): boolean;
}

/** The days of one year that are not what their weekday says, each with the name of its holiday. */
export interface CalendarYear {
  /** Days off, weekends among them. */
  holidays: Record<Day, string>;
  /** Days of a weekend that are worked (调休). */
  workdays: Record<Day, string>;
}

/**
 * The State Council's calendar (调休 included) as published in the chinese-days package, by year. Its data is read, not its
 * functions: those parse dates in the host's zone and are a day off west of Greenwich.
 */
export function officialYears(): Map<number, CalendarYear> {
  const data = createRequire(import.meta.url)('chinese-days/dist/chinese-days.json') as CalendarYear;
  const years = new Map<number, CalendarYear>();
  for (const kind of ['holidays', 'workdays'] as const) {
    for (const [day, name] of Object.entries(data[kind])) {
      const year = Number(day.slice(0, 4));
      const known = years.get(year) ?? { holidays: {}, workdays: {} };
      // `Spring Festival,春节,4`
      known[kind][day] = name.split(',')[1] ?? name;
      years.set(year, known);
    }
  }
  return years;
}

/**
 * A calendar of these years, Monday–Friday in all others. It never changes: whoever learns of another year makes another
 * calendar, so that what was reckoned with this one is not taken for the new one's.
 */
export function calendarOf(years: ReadonlyMap<number, CalendarYear>): Calendar {
  const of = (day: Day) => years.get(Number(day.slice(0, 4)));
  return {
    covers: (year) => years.has(year),
    isWorkday(day) {
      const year = of(day);
      if (year && day in year.workdays) return true;
      if (year && day in year.holidays) return false;
      return weekdayOf(day) <= 5;
    },
  };
}

/** The calendar the house comes with. */
export const stateCouncilCalendar = (): Calendar => calendarOf(officialYears());

/** Years that have a day between now and so many days from now, and that the calendar only guesses at. Pure. */
export function uncoveredYears(calendar: Calendar, now: Date, days = CALENDAR_AHEAD_DAYS): number[] {
  const today = dayOf(now);
  const [first, last] = [today, addDays(today, days)].map((day) => Number(day.slice(0, 4))) as [number, number];
  return Array.from({ length: last - first + 1 }, (_, n) => first + n).filter((year) => !calendar.covers(year));
}

/** So long before it begins a year ought to be known; the State Council announces it in late October or November. */
const CALENDAR_AHEAD_DAYS = 60;

/** The `count`-th workday strictly after the day of `from` (for `count` 0, the day itself). */
export function workdayAfter(calendar: Calendar, from: Date, count: number): Day {
  return workdayFrom(calendar, dayOf(from), count, 1);
}

/** The `count`-th workday strictly before a day (for `count` 0, the day itself). */
export function workdayBefore(calendar: Calendar, from: Day, count: number): Day {
  return workdayFrom(calendar, from, count, -1);
}

const workdaysOf = new WeakMap<Calendar, Map<string, Day>>();
const MOST_REMEMBERED = 5_000;

/** Remembered: everything that begins today has the same few deadlines, and each would be found day by day. */
function workdayFrom(calendar: Calendar, from: Day, count: number, step: 1 | -1): Day {
  const known = rememberedWorkdays(calendar);
  const key = `${from} ${step * count}`;
  let day = known.get(key);
  if (day !== undefined) return day;
  day = from;
  for (let left = count; left > 0; ) {
    day = addDays(day, step);
    if (calendar.isWorkday(day)) left -= 1;
  }
  known.set(key, day);
  return day;
}

function rememberedWorkdays(calendar: Calendar): Map<string, Day> {
  const known = workdaysOf.get(calendar);
  if (known && known.size < MOST_REMEMBERED) return known;
  const fresh = new Map<string, Day>();
  workdaysOf.set(calendar, fresh);
  return fresh;
}

/** A target as data: so many workdays, or so many calendar days. */
export type Span = { workdays: number } | { days: number };

/** The deadline of a target that starts at `from`: the end of its last Shanghai day. */
export function deadline(calendar: Calendar, from: Date, span: Span): Date {
  return endOfDay('workdays' in span ? workdayAfter(calendar, from, span.workdays) : addDays(dayOf(from), span.days));
}

const QUIET_FROM = 21;
const QUIET_UNTIL = 8;

/** The first moment at or after `at` outside the quiet hours 21:00–08:00 Shanghai (design, section 4). */
export function outsideQuietHours(at: Date): Date {
  const { hour } = civil(at);
  if (hour >= QUIET_FROM) return atCivil(addDays(dayOf(at), 1), QUIET_UNTIL);
  if (hour < QUIET_UNTIL) return atCivil(dayOf(at), QUIET_UNTIL);
  return at;
}
