import { addDays, type Calendar, type Day, stateCouncilCalendar, weekdayOf } from '../../core/time.ts';

/** Festivals by lunar month and day; 除夕 is the day before the first of 正月. */
const LUNAR_FESTIVALS: Readonly<Record<string, [month: string, day: number]>> = {
  春节: ['正月', 1],
  过年: ['正月', 1],
  年: ['正月', 1],
  除夕: ['除夕', 0],
  大年三十: ['除夕', 0],
  年三十: ['除夕', 0],
  元宵: ['正月', 15],
  正月十五: ['正月', 15],
  端午: ['五月', 5],
  中秋: ['八月', 15],
};
const SOLAR_FESTIVALS: Readonly<Record<string, [month: number, day: number]>> = {
  元旦: [1, 1],
  五一: [5, 1],
  劳动节: [5, 1],
  国庆: [10, 1],
  十一: [10, 1],
};

/** How a festival was spoken of. */
export interface FestivalPhrase {
  /** The whole phrase as written. */
  all: string;
  name: string;
  side: 'before' | 'on' | 'after';
  /** 节后第N天, else 1. */
  nth: number | undefined;
  /** 上班第一天 and its like: the first workday after. */
  work: boolean;
  today: Day;
  /** Which days are worked; those the house came with when nobody says. */
  calendar?: Calendar | undefined;
}

/** The day meant by a festival phrase (国庆节后上班第一天), the next one to come; undefined for a mere look-alike. */
export function festivalDay({
  all,
  name,
  side,
  nth,
  work,
  today,
  calendar = shipped(),
}: FestivalPhrase): Day | undefined {
  // 年 and 十一 alone are ordinary words; only 年前, 年后, 过完年 and 十一假期 mean the holiday.
  if (name === '年' && !/^(?:年[前后]|过完年|过了年)/u.test(all)) return undefined;
  if (name === '十一' && !/假|节|后|前/u.test(all)) return undefined;
  const day = nextFestival(name, today);
  if (day === undefined) return undefined;
  if (side === 'on') return day;
  if (side === 'before') return addDays(day, -1);
  const last = lastDayOff(day, calendar);
  if (work) return firstWorkday(addDays(last, 1), calendar);
  return addDays(last, nth ?? 1);
}

/** A day of the lunar calendar (腊月二十三), the next one to come. */
export function lunarDay(month: string, day: number | undefined, today: Day): Day | undefined {
  if (day === undefined || day < 1 || day > 30) return undefined;
  const named = LUNAR_NUMBERS.indexOf(month);
  return scanLunar(named >= 0 ? (LUNAR_MONTHS[named] ?? month) : month, day, today);
}

function nextFestival(name: string, today: Day): Day | undefined {
  const solar = SOLAR_FESTIVALS[name];
  if (solar) {
    const inYear = (year: number): Day =>
      `${year}-${String(solar[0]).padStart(2, '0')}-${String(solar[1]).padStart(2, '0')}`;
    const year = Number(today.slice(0, 4));
    // 国庆节后, said on 3 October, still means this one.
    return addDays(inYear(year), 7) >= today ? inYear(year) : inYear(year + 1);
  }
  if (name === '清明') return nextQingming(today);
  const lunar = LUNAR_FESTIVALS[name];
  if (!lunar) return undefined;
  const from = addDays(today, -7);
  if (lunar[0] !== '除夕') return scanLunar(lunar[0], lunar[1], from);
  const newYear = scanLunar('正月', 1, from);
  return newYear === undefined ? undefined : addDays(newYear, -1);
}

/** Exact for 2000–2099 (the customary formula for the solar term). */
function nextQingming(today: Day): Day {
  const inYear = (year: number): Day => {
    const short = year % 100;
    return `${year}-04-0${Math.floor(short * 0.2422 + 4.81) - Math.floor(short / 4)}`;
  };
  const year = Number(today.slice(0, 4));
  return addDays(inYear(year), 3) >= today ? inYear(year) : inYear(year + 1);
}

const LUNAR_MONTHS = ['正月', '二月', '三月', '四月', '五月', '六月', '七月', '八月', '九月', '十月', '冬月', '腊月'];
const LUNAR_NUMBERS = [
  '一月',
  '二月',
  '三月',
  '四月',
  '五月',
  '六月',
  '七月',
  '八月',
  '九月',
  '十月',
  '十一月',
  '十二月',
];

/** The first day of the first year of {@link LUNAR_YEARS}. */
const FIRST_LUNAR_DAY: Day = '2024-02-10';
/**
 * Lunar years from then on, as usually tabulated: the lowest four bits are the leap month (0: none), the next twelve
 * say from the first month (highest bit) to the twelfth which months have 30 days, the seventeenth whether the leap
 * month has. A table, because ICU's own reckoning is a day off when a new moon falls close to midnight (spring 2027).
 */
const LUNAR_YEARS = [
  0x04b60, 0x0a6e6, 0x0a4e0, 0x0d260, 0x0ea65, 0x0d530, 0x05aa0, 0x076a3, 0x096d0, 0x04afb, 0x04ad0, 0x0a4d0, 0x1d0b6,
  0x0d250, 0x0d520, 0x0dd45, 0x0b5a0, 0x056d0, 0x055b2, 0x049b0, 0x0a577, 0x0a4b0, 0x0aa50, 0x1b255, 0x06d20, 0x0ada0,
];

/** The first day with this lunar month and day at or after `from`; leap months are not meant. */
function scanLunar(month: string, day: number, from: Day): Day | undefined {
  const wanted = LUNAR_MONTHS.indexOf(month) + 1;
  if (wanted === 0) return undefined;
  let start = FIRST_LUNAR_DAY;
  for (const year of LUNAR_YEARS) {
    for (let number = 1; number <= 12; number += 1) {
      const length = (year >> (16 - number)) & 1 ? 30 : 29;
      const candidate = addDays(start, day - 1);
      if (number === wanted && day <= length && candidate >= from) return candidate;
      start = addDays(start, length);
      if (number === (year & 0xf)) start = addDays(start, year >> 16 ? 30 : 29);
    }
  }
  return undefined;
}

let shippedCalendar: Calendar | undefined;

function shipped(): Calendar {
  shippedCalendar ??= stateCouncilCalendar();
  return shippedCalendar;
}

/** The holiday's last day off; when no official calendar covers the year, the festival itself is all that is known. */
function lastDayOff(festival: Day, calendar: Calendar): Day {
  if (!calendar.covers(Number(festival.slice(0, 4)))) return festival;
  let last = festival;
  while (!calendar.isWorkday(addDays(last, 1)) && last < addDays(festival, 12)) last = addDays(last, 1);
  return last;
}

function firstWorkday(from: Day, calendar: Calendar): Day {
  let day = from;
  while (!calendar.isWorkday(day) || (!calendar.covers(Number(day.slice(0, 4))) && weekdayOf(day) > 5))
    day = addDays(day, 1);
  return day;
}
