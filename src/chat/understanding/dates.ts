import { matchesOf } from '../../core/matches.ts';
import { NUMERAL, readNumeral } from '../../core/numerals.ts';
import { type Calendar, civil, type Day, dayOf } from '../../core/time.ts';
import { type DateKind, PATTERNS } from './date-patterns.ts';

/** A day named in a text. */
export interface FoundDate {
  day: Day;
  kind: DateKind;
  /** Where it stands in the text, end exclusive. */
  start: number;
  end: number;
  /** Wall-clock time named with it, `HH:mm`; `24:00` ends the day. */
  time?: string;
  /** The text names it twice and the two do not agree (星期三（5月15日） when that is a Friday): ask. */
  contradiction?: true;
}

/** Cheap way out: a text without any of these names no day. */
const HINT = /[天日号周末期拜月年节后晚晨早朝夕旦秋午宵]|五一|清明|\d[./-]\d/u;

const TIME_OF_DAY = new RegExp(
  `^的?\\s?(凌晨|半夜|深夜|夜里|清早|清晨|一早|早上|早晨|上午|中午|下午|午后|傍晚|晚上|晚)?\\s?(?:(${NUMERAL})(?:点钟?|[:：时])(半|一刻|三刻|${NUMERAL}分?)?)?`,
  'u',
);

/**
 * Every day the text names, in order, resolved against `now` in Asia/Shanghai: 明天, 大后天, 下周三, 3月20号, 月底,
 * 下个月5号, 国庆节后上班第一天, 腊月二十三, 三天后 …. Recurrences (每周一) name no day.
 * @param calendar by which holidays end; the one the house came with when absent
 */
export function findDates(text: string, now: Date, calendar?: Calendar): FoundDate[] {
  if (!HINT.test(text)) return [];
  const today = dayOf(now);
  const found: FoundDate[] = [];
  for (const { kind, hint, pattern, read } of PATTERNS) {
    if (!hint.test(text)) continue;
    for (const match of matchesOf(pattern, text)) {
      const start = match.index;
      const end = start + match[0].length;
      if (found.some((other) => start < other.end && other.start < end)) continue;
      const day = read(match, today, now, calendar);
      if (day !== undefined) found.push({ day, kind, start, end });
    }
  }
  if (found.length === 0) return found;
  found.sort((a, b) => a.start - b.start);
  for (const date of found) addTime(date, text);
  return reconcile(found, text);
}

function addTime(date: FoundDate, text: string): void {
  const match = TIME_OF_DAY.exec(text.slice(date.end, date.end + 16));
  if (!match || match[0] === '') return;
  const [all, part, hourText, minuteText] = match;
  date.end += all.trimEnd().length;
  if (hourText === undefined) return;
  const hour = readNumeral(hourText);
  const minute = readMinute(minuteText);
  if (hour === undefined || hour > 24 || minute === undefined || minute > 59) return;
  const named = part ?? text.slice(date.start, date.start + 2);
  date.time = `${pad(hourOf(hour, named))}:${pad(minute)}`;
}

/** Of what was named, 0–24: 晚上十二点 is the end of its day, 凌晨十二点 its beginning, and 夜里两点 is early. */
function hourOf(hour: number, part: string): number {
  if (hour === 12 && /凌晨/u.test(part)) return 0;
  if (hour === 12 && /[晚夜]/u.test(part)) return 24;
  if (hour > 11 || (hour < 6 && /夜/u.test(part))) return hour;
  if (/下午|午后|傍晚|[晚夜]/u.test(part)) return hour + 12;
  return /中午/u.test(part) && hour < 3 ? hour + 12 : hour;
}

function readMinute(text: string | undefined): number | undefined {
  if (text === undefined) return 0;
  if (text === '半') return 30;
  if (text === '一刻') return 15;
  if (text === '三刻') return 45;
  return readNumeral(text.replace('分', ''));
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** 5月15日（星期三）: two names side by side are one day when they agree, and a contradiction when not. */
function reconcile(found: FoundDate[], text: string): FoundDate[] {
  const result: FoundDate[] = [];
  for (const date of found) {
    const before = result.at(-1);
    const pair = before && sideBySide(before, date, text) ? [before.kind, date.kind] : [];
    if (before && pair.includes('weekday') && pair.some((kind) => kind !== 'weekday')) {
      const [exact, weekday] = before.kind === 'weekday' ? [date, before] : [before, date];
      const agree = sameWeekday(exact.day, weekday.day);
      // 3月18日（周四）下午三点: the time stands behind the bracket.
      if (OPEN.test(text.slice(before.end, date.start)) && CLOSE.test(text.charAt(date.end))) {
        date.end += 1;
        addTime(date, text);
      }
      const time = date.time ?? before.time;
      result[result.length - 1] = {
        day: exact.day,
        kind: exact.kind,
        start: before.start,
        end: date.end,
        ...(time === undefined ? {} : { time }),
        ...(agree ? {} : { contradiction: true }),
      };
    } else result.push(date);
  }
  return result;
}

const OPEN = /[（(【[]/u;
const CLOSE = /^[）)】\]]$/u;

function sideBySide(left: FoundDate, right: FoundDate, text: string): boolean {
  return /^\s?[（(【[,，、]?\s?(?:也?就?是|即)?\s?$/u.test(text.slice(left.end, right.start));
}

function sameWeekday(a: Day, b: Day): boolean {
  return civil(new Date(`${a}T04:00:00Z`)).weekday === civil(new Date(`${b}T04:00:00Z`)).weekday;
}
