import { NUMERAL, readNumeral } from '../../core/numerals.ts';
import { addDays, type Calendar, type Day, weekdayOf } from '../../core/time.ts';
import { festivalDay, lunarDay } from './festivals.ts';

/** How a day was named: that decides what a bare weekday beside a date may be checked against. */
export type DateKind = 'literal' | 'weekday' | 'calendar' | 'offset' | 'festival';

/** One way of naming a day. Earlier patterns win where two would overlap. */
export interface DatePattern {
  kind: DateKind;
  pattern: RegExp;
  /** Characters of which the text must have one, checked first because most messages have none. */
  hint: RegExp;
  /** The day meant, or undefined when the characters only look like a date. */
  read: (match: RegExpMatchArray, today: Day, now: Date, calendar: Calendar | undefined) => Day | undefined;
}

const N = NUMERAL;
const WEEK = '(?:周|星期|礼拜)';
const MONTH_SHIFT: Readonly<Record<string, number>> = {
  这个月: 0,
  本月: 0,
  当月: 0,
  这月: 0,
  月: 0,
  下个月: 1,
  下月: 1,
  次月: 1,
  下下个月: 2,
  下下月: 2,
  上个月: -1,
  上月: -1,
};
const SHIFTED_MONTH = '(?:这个月|本月|当月|这月|下下个月|下下月|下个月|下月|次月|上个月|上月)';
const WEEKDAYS: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  日: 7,
  天: 7,
  末: 7,
  '1': 1,
  '2': 2,
  '3': 3,
  '4': 4,
  '5': 5,
  '6': 6,
  '7': 7,
};
const WEEK_SHIFT: Readonly<Record<string, number>> = { 上: -1, 上上: -2, 这: 0, 本: 0, 下: 1, 下下: 2 };
const LITERAL_DAYS: Readonly<Record<string, number>> = {
  大前天: -3,
  前天: -2,
  昨天: -1,
  昨日: -1,
  昨晚: -1,
  昨夜: -1,
  今天: 0,
  今日: 0,
  今儿: 0,
  今早: 0,
  今晚: 0,
  今夜: 0,
  今朝: 0,
  明天: 1,
  明日: 1,
  明儿: 1,
  明早: 1,
  明晚: 1,
  明朝: 1,
  后天: 2,
  后日: 2,
  后儿: 2,
  外天: 3,
  大后天: 3,
  大大后天: 4,
};
/** A day of the month further back than this is taken as next year's. */
const PAST_DAYS_MEANT = 90;

/** All patterns, most specific first. */
export const PATTERNS: readonly DatePattern[] = [
  {
    kind: 'calendar',
    hint: /年|\d[./-]/u,
    pattern: new RegExp(`(20\\d\\d|明年|后年|今年)\\s?(?:[年./-]|(?<=年))\\s?(${N})[月./-](${N})[日号]?`, 'gu'),
    read: ([, year, month, day], today) => date(yearOf(year, today), readNumeral(month ?? ''), readNumeral(day ?? '')),
  },
  {
    kind: 'festival',
    hint: /[月初]/u,
    pattern: new RegExp(
      `(?:农历|阴历|老历|旧历)?(大年(?=初)|正月|冬月|腊月|(?<=[农阴老旧]历)${N}月)(?:初)?(${N})(?![个天])`,
      'gu',
    ),
    read: ([, month, day], today) => lunarDay(month === '大年' ? '正月' : (month ?? ''), readNumeral(day ?? ''), today),
  },
  {
    kind: 'calendar',
    hint: /月/u,
    pattern: new RegExp(`(?<![\\d.])(${N})月份?的?(${N})(?:[日号]|(?![\\d个天块元分点年月楼栋户次]))`, 'gu'),
    read: ([, month, day], today) => monthDay(readNumeral(month ?? ''), readNumeral(day ?? ''), today),
  },
  {
    kind: 'calendar',
    hint: /月/u,
    pattern: new RegExp(`(${SHIFTED_MONTH})的?(${N})[日号]`, 'gu'),
    read: ([, month, day], today) => shiftedMonth(MONTH_SHIFT[month ?? ''], readNumeral(day ?? ''), today),
  },
  {
    kind: 'calendar',
    hint: /月/u,
    pattern: new RegExp(
      `(${SHIFTED_MONTH}|(?<![\\d.])${N}月份?|(?<![岁每])月)(底|末|初|中旬|上旬|下旬|中)(?!间)`,
      'gu',
    ),
    read: ([, month, part], today) => partOfMonth(month ?? '', part ?? '', today),
  },
  {
    kind: 'calendar',
    hint: /年/u,
    pattern: /(今年|明年|本年)?年(?:底|末)/gu,
    read: ([, year], today) => `${yearOf(year, today)}-12-31`,
  },
  {
    kind: 'festival',
    hint: /[旦节年夕宵十清五劳端中国]/u,
    pattern: new RegExp(
      `(?:(过完|过了|过)?(元旦|春节|过年|(?<![零〇一二两三四五六七八九十半几多\\d])年|除夕|大年三十|年三十|元宵|正月十五|清明|五一|劳动节|端午|中秋|国庆|十一)(?:节|长?假期?|放假)*` +
        `(?:(之前|以前|前)|(之后|以后|过后|后|完)?(?:的?第(${N})天)?((?:的?(?:第一天|头一天)?上班|收假|复工|节后)(?:的?第一天|头一天|那天)?|的?第一个工作日)?))`,
      'gu',
    ),
    read: ([all, past, name, before, after, nth, work], today, _now, calendar) =>
      festivalDay({
        all,
        name: name ?? '',
        side: before ? 'before' : past || after || work || nth ? 'after' : 'on',
        nth: nth ? readNumeral(nth) : 1,
        work: work !== undefined,
        today,
        calendar,
      }),
  },
  {
    kind: 'weekday',
    hint: /[周期拜]/u,
    pattern: new RegExp(
      `(?<![每一两几半隔\\d])(上上|上|这|本|下下|下)?个?${WEEK}([一二三四五六日天末1-7])(?![个次点])`,
      'gu',
    ),
    read: ([, which, weekday], today) => weekday && weekdayIn(which, weekday, today),
  },
  {
    kind: 'literal',
    hint: /[天日晚夜儿早朝]/u,
    pattern: /大前天|前天|昨[天日晚夜]|今[天日儿早晚夜朝]|明[天日儿早晚朝]|大?大?后天|后[日儿]|(?<![国里内])外天/gu,
    read: ([all], today) => {
      const shift = LITERAL_DAYS[all];
      return shift === undefined ? undefined : addDays(today, shift);
    },
  },
  {
    kind: 'offset',
    hint: /[天日周期拜月年]/u,
    pattern: new RegExp(
      `(?:(?:过|再|等|隔|延期?|延长|推迟|推|缓|宽限|顺延|多|拖)(?:给)?(?:我|我们)?)(?:上|个|到)?(${N}|半)(个半|个)?(天|日(?!子)|周|星期|礼拜|月|年)(?:(?:之|以|过)?[后内])?`,
      'gu',
    ),
    // 延到4月 names a month of the year; 延到4个月后 counts them.
    read: ([all, count, middle, unit], today) =>
      unit === '月' && middle === undefined && all.includes('到') ? undefined : offset(count, middle, unit, today),
  },
  {
    kind: 'offset',
    hint: /[后内]/u,
    pattern: new RegExp(`(${N}|半)(个半|个)?(天|日|周|星期|礼拜|月|年)(?:(?:之|以|过)?[后内])`, 'gu'),
    read: ([, count, middle, unit], today) => offset(count, middle, unit, today),
  },
  {
    kind: 'calendar',
    hint: /[日号]/u,
    pattern: new RegExp(
      `(?<=[到至等拖推延]|改成|改为|定在|约在)(${N})[日号](?!\\s?(?:的?(?:心愿|议题|单|件|工单|那[个单件])|楼|栋|院|门|线|单元|铺))`,
      'gu',
    ),
    read: ([, day], today) => dayOfMonth(readNumeral(day ?? ''), today),
  },
  {
    kind: 'calendar',
    hint: /[日号]/u,
    pattern: new RegExp(
      `(?<![\\d#第个])(${N})[日号](?=之?以?前(?![门面])|当天|那天|早上|上午|下午|晚上|中午|左右)`,
      'gu',
    ),
    read: ([, day], today) => dayOfMonth(readNumeral(day ?? ''), today),
  },
  {
    kind: 'calendar',
    hint: /[到至]/u,
    pattern: /(?<=[到至])\s?(\d{1,2})[./-](\d{1,2})(?![\d./-])/gu,
    read: ([, month, day], today) => monthDay(Number(month), Number(day), today),
  },
];

function date(year: number, month: number | undefined, day: number | undefined): Day | undefined {
  if (month === undefined || day === undefined || month < 1 || month > 12 || day < 1 || day > daysIn(year, month))
    return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function yearOf(text: string | undefined, today: Day): number {
  const year = Number(today.slice(0, 4));
  if (text === '明年') return year + 1;
  if (text === '后年') return year + 2;
  return text && /^\d/u.test(text) ? Number(text) : year;
}

function monthDay(month: number | undefined, day: number | undefined, today: Day): Day | undefined {
  const year = Number(today.slice(0, 4));
  const thisYear = date(year, month, day);
  if (thisYear !== undefined && thisYear >= addDays(today, -PAST_DAYS_MEANT)) return thisYear;
  return date(year + 1, month, day);
}

function shiftedMonth(shift: number | undefined, day: number | undefined, today: Day): Day | undefined {
  if (shift === undefined) return undefined;
  const [year, month] = monthAt(today, shift);
  return date(year, month, day);
}

function monthAt(today: Day, shift: number): [year: number, month: number] {
  const months = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 + shift;
  return [Math.floor(months / 12), (months % 12) + 1];
}

/** 月初 lasts until the 5th, 上旬 the 10th, 中 the 15th, 中旬 the 20th, 底, 末 and 下旬 the last day. */
function partOfMonth(name: string, part: string, today: Day): Day | undefined {
  const shift = MONTH_SHIFT[name];
  const named = shift === undefined ? readNumeral(name.replace(/月份?$/u, '')) : undefined;
  if (shift === undefined && (named === undefined || named < 1 || named > 12)) return undefined;
  let [year, month] = monthAt(today, shift ?? 0);
  if (named !== undefined) {
    if (named < month) year += 1;
    month = named;
  }
  const days: Readonly<Record<string, number>> = { 初: 5, 上旬: 10, 中: 15, 中旬: 20 };
  return date(year, month, days[part] ?? daysIn(year, month));
}

function dayOfMonth(day: number | undefined, today: Day): Day | undefined {
  const thisMonth = shiftedMonth(0, day, today);
  return thisMonth !== undefined && thisMonth >= today ? thisMonth : shiftedMonth(1, day, today);
}

/** 下周三 is in the next ISO week; a bare 周三 is the next one to come, today included. */
function weekdayIn(which: string | undefined, name: string, today: Day): Day | undefined {
  const weekday = WEEKDAYS[name];
  if (weekday === undefined) return undefined;
  const inThisWeek = addDays(today, weekday - weekdayOf(today));
  if (which !== undefined) return addDays(inThisWeek, 7 * (WEEK_SHIFT[which] ?? 0));
  return inThisWeek >= today ? inThisWeek : addDays(inThisWeek, 7);
}

function offset(
  count: string | undefined,
  middle: string | undefined,
  unit: string | undefined,
  today: Day,
): Day | undefined {
  const half = count === '半';
  const amount = half ? 0.5 : (readNumeral(count ?? '') ?? Number.NaN) + (middle === '个半' ? 0.5 : 0);
  if (!(amount > 0 && amount < 1_000)) return undefined;
  if (unit === '天' || unit === '日') return middle || half ? undefined : addDays(today, amount);
  if (unit === '周' || unit === '星期' || unit === '礼拜') return addDays(today, Math.round(amount * 7));
  const months = unit === '年' ? amount * 12 : amount;
  const [year, month] = monthAt(today, Math.floor(months));
  const sameDay = date(year, month, Math.min(Number(today.slice(8)), daysIn(year, month)));
  return sameDay !== undefined && months % 1 !== 0 ? addDays(sameDay, 15) : sameDay;
}
