/** Days and times in the words people use. Everything is China's time, whatever the phone says. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CHINA_AHEAD = 8 * HOUR;
const WEEKDAYS = '日一二三四五六';

/** Number of the day in China since 1970-01-01. */
const dayNumber = (at: Date): number => Math.floor((at.getTime() + CHINA_AHEAD) / DAY);

function parts(at: Date) {
  const local = new Date(at.getTime() + CHINA_AHEAD);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    weekday: local.getUTCDay(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
  };
}

/** The day as 昨天, 今天, 明天, 后天, 周三 or 下周三 within two weeks, otherwise 3月9日, with its year when it is another. */
export function dayWord(iso: string, now: Date): string {
  const at = new Date(iso);
  const ahead = dayNumber(at) - dayNumber(now);
  const near = { [-2]: '前天', [-1]: '昨天', 0: '今天', 1: '明天', 2: '后天' }[ahead];
  if (near) return near;
  const { year, month, day, weekday } = parts(at);
  // Monday is the first day of a week.
  const weeks = Math.floor((dayNumber(at) + 3) / 7) - Math.floor((dayNumber(now) + 3) / 7);
  if (ahead > 0 && weeks === 0) return `周${WEEKDAYS[weekday]}`;
  if (ahead > 0 && weeks === 1) return `下周${WEEKDAYS[weekday]}`;
  const date = `${month}月${day}日`;
  return year === parts(now).year ? date : `${year}年${date}`;
}

/** The day by its date, with what it is called from here: 3月11日（后天）. */
export function dateWord(iso: string, now: Date): string {
  const near = dayWord(iso, now);
  const { month, day } = parts(new Date(iso));
  return near.includes('月') ? near : `${month}月${day}日（${near}）`;
}

/** The day and the minute: 今天 9:05. */
export function momentWord(iso: string, now: Date): string {
  const { hour, minute } = parts(new Date(iso));
  return `${dayWord(iso, now)} ${hour}:${String(minute).padStart(2, '0')}`;
}

/** What is left until a deadline: 还有3天, 今天到期, 已超期2天. */
export function leftWord(iso: string, now: Date): string {
  const at = new Date(iso);
  const days = dayNumber(at) - dayNumber(now);
  if (at.getTime() <= now.getTime()) return days === 0 ? '已超期' : `已超期${-days}天`;
  if (days === 0) return '今天到期';
  return days === 1 ? '明天到期' : `还有${days}天`;
}

/** How urgent a deadline is, for colour and icon beside its words. */
export function urgencyOf(iso: string | undefined, now: Date): 'late' | 'soon' | 'calm' {
  if (iso === undefined) return 'calm';
  const left = new Date(iso).getTime() - now.getTime();
  if (left <= 0) return 'late';
  return left <= 2 * DAY ? 'soon' : 'calm';
}

/** The day as a form field wants it, 2026-03-09. */
export function isoDay(at: Date): string {
  return new Date(at.getTime() + CHINA_AHEAD).toISOString().slice(0, 10);
}
