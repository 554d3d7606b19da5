import { NO_PLACE, NUMERAL, readNumeral } from '../../core/numerals.ts';
import { addDays, type Day, isDay, weekdayOf } from '../../core/time.ts';
import { quarterAt } from './quarters.ts';

/** On which day a talk is said to have been held. Pure, as all here. */

const N = NUMERAL;
/** A date without its year is last year's only when it is no longer ago than this: in November 11月30日 is still to come. */
const LAST_YEARS = 120;

const LITERAL: Readonly<Record<string, number>> = { 大前: -3, 前: -2, 昨: -1, 头: -1, 今: 0, 明: 1, 后: 2, 大后: 3 };
const MONTHS: Readonly<Record<string, number>> = { 上: -1, 这: 0, 本: 0, 下: 1 };
const WEEKS: Readonly<Record<string, number>> = { 上上: -2, 上: -1, 这: 0, 本: 0, 下: 1 };

interface Way {
  pattern: RegExp;
  read: (match: RegExpMatchArray, today: Day) => Day | undefined;
}

/** The surest first; what one has read is not read again by another. */
const WAYS: readonly Way[] = [
  {
    pattern: /(20\d\d)[./-](\d{1,2})[./-](\d{1,2})/gu,
    read: ([, year, month, day]) => dateOf(Number(year), Number(month), Number(day)),
  },
  {
    pattern: new RegExp(`(?:(20\\d\\d|[去今])年)?(${N})月份?(${N})(?:[日号]|(?![\\d个天多]))`, 'gu'),
    read: ([, year, month = '', day = ''], today) => monthDay(yearOf(year, today), [month, day], today),
  },
  {
    pattern: new RegExp(`([上这本下])个?月的?(${N})[日号]`, 'gu'),
    read: ([, which = '', day], today) => inMonth(MONTHS[which] ?? 0, day, today),
  },
  {
    pattern: /(?<![\d./-])(\d{1,2})[./-](\d{1,2})[日号]?(?!\d|[./-]|\s?(?:个|小时|分|点))/gu,
    read: ([, month = '', day = ''], today) => monthDay(undefined, [month, day], today),
  },
  {
    // 今天补登记 is when it is told, not when it was.
    pattern: /(大前|大后|[前昨头今明后])(?:[天日晚儿早夜])(?!才?[来再]?(?:补|登记|报))/gu,
    read: ([, which = ''], today) => shifted(LITERAL[which], today),
  },
  {
    pattern: new RegExp(`(${N})[天日](?:之|以)?前`, 'gu'),
    read: ([, count = ''], today) => shifted(negative(readNumeral(count)), today),
  },
  {
    // 小周一起 is somebody.
    pattern: /(上上|[上这本下])?个?(?:(?<![小老阿])周|星期|礼拜)([一二三四五六日天])(?![起直次个])/gu,
    read: ([, which, name = ''], today) => {
      const back = weekdayOf(today) - ('一二三四五六日'.indexOf(name.replace('天', '日')) + 1);
      if (which !== undefined) return addDays(today, 7 * (WEEKS[which] ?? 0) - back);
      return addDays(today, back >= 0 ? -back : -back - 7);
    },
  },
  {
    pattern: new RegExp(`(?<![\\d第#月])(${N})[日号]${NO_PLACE}(?!网格|心愿|议题|工单|事件)`, 'gu'),
    read: ([, day], today) => {
      const thisMonth = inMonth(0, day, today);
      return thisMonth !== undefined && thisMonth <= today ? thisMonth : inMonth(-1, day, today);
    },
  },
];

/** A time that is no day: 上个月, 前几天, 11月份, 月初, 国庆期间. */
const VAGUE = new RegExp(
  `[上这本下]个?(?:月|周|星期|礼拜)|[前这][几些两]天|[前这][阵段]|前不久|几[天周]前|(?:${N}|半)(?:个半|个|半)?(?:月|周|星期|礼拜)(?:之|以)?前|(?<![小阿])月[初底末中]|(?<![小老阿])周末|${N}月|[上中下]旬|去年|[上下]半年|年[初底]|那[天次]|上[次回]|(?:国庆|中秋|元旦|春节|清明|五一|端午)(?:节|假|期间|那|前|后)`,
  'u',
);

/** The day that is said of a talk that is over; a day to come when only such a one is said; `vague` when it is no day. */
export function dayToldIn(text: string, today: Day): Day | 'vague' | undefined {
  const found: { at: number; day: Day }[] = [];
  let rest = text;
  let misread = false;
  for (const { pattern, read } of WAYS) {
    for (const match of rest.matchAll(pattern)) {
      const day = read(match, today);
      // 2月30日 is a slip, and none of the other days.
      if (day === undefined) misread = true;
      else found.push({ at: match.index, day });
    }
    rest = rest.replace(pattern, (all) => '□'.repeat(all.length));
  }
  const past = found.filter(({ day }) => day <= today).sort((a, b) => a.at - b.at);
  const talked = text.search(/[谈聊摆]/u);
  const told = past.findLast(({ at }) => at < talked) ?? past[0] ?? found[0];
  return told?.day ?? (misread || VAGUE.test(rest) ? 'vague' : undefined);
}

/** Which quarter is named: 上季度, 三季度 in the fourth; 这季度, 本季度的. */
export function quarterToldIn(text: string, today: Day): 'before' | 'this' | undefined {
  if (/[上前](?:一|个|一个)?季度/u.test(text)) return 'before';
  const nth = /([一二三四1-4])季度/u.exec(text.replace(/[这本](?:一|一个)季度/gu, '季度'))?.[1];
  if (nth !== undefined) return quarterAt(today).key.endsWith(String(readNumeral(nth))) ? 'this' : 'before';
  return text.includes('季度') ? 'this' : undefined;
}

const negative = (count: number | undefined) => (count === undefined ? undefined : -count);
const shifted = (days: number | undefined, today: Day) =>
  days === undefined || days < -9_999 ? undefined : addDays(today, days);

function dateOf(year: number, month: number | undefined, day: number | undefined): Day | undefined {
  const date = [year, month, day].map((figure) => String(figure).padStart(2, '0')).join('-');
  return isDay(date) ? date : undefined;
}

function yearOf(said: string | undefined, today: Day): number | undefined {
  const year = Number(today.slice(0, 4));
  if (said === undefined) return undefined;
  return said === '去' ? year - 1 : said === '今' ? year : Number(said);
}

function monthDay(year: number | undefined, [month, day]: [string, string], today: Day): Day | undefined {
  const [nth, of] = [readNumeral(day), readNumeral(month)];
  if (year !== undefined) return dateOf(year, of, nth);
  const thisYear = Number(today.slice(0, 4));
  const before = dateOf(thisYear - 1, of, nth);
  const date = dateOf(thisYear, of, nth);
  if (date !== undefined && date <= today) return date;
  return before !== undefined && before >= addDays(today, -LAST_YEARS) ? before : date;
}

function inMonth(shift: number, day: string | undefined, today: Day): Day | undefined {
  const months = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 + shift;
  return dateOf(Math.floor(months / 12), (months % 12) + 1, readNumeral(day ?? ''));
}
