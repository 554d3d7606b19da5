import type { House } from '../../core/house.ts';
import { addDays, atCivil, type Calendar, civil, dayOf, WEEKDAYS, weekdayOf } from '../../core/time.ts';
import { officeWords } from './messages.ts';
import type { OfficeHours } from './model.ts';
import { settingsOf } from './settings.ts';

/** What holds until an area says otherwise. */
export const DEFAULT_OFFICE_HOURS: OfficeHours = { days: 'workdays', times: [{ from: '09:00', to: '17:00' }] };

/** The hours that hold in a place: the nearest area's that sets them, from the grid upwards, else the default. */
export const officeHoursFor = async (house: House, areas: readonly string[]): Promise<OfficeHours> =>
  (await settingsOf(house, areas, 'officeHours')).at(-1) ?? DEFAULT_OFFICE_HOURS;

/** A way to 31 days ahead is past every row of holidays. */
const DAYS_AHEAD = 31;

/**
 * The first moment at or after `at` when the office is open: `at` itself while it is; `undefined` when it is not within a
 * month. Pure.
 */
export function opensAt(hours: OfficeHours, at: Date, calendar: Calendar): Date | undefined {
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const day = addDays(dayOf(at), ahead);
    if (!isOpenOn(hours, day, calendar)) continue;
    for (const { from, to } of hours.times) {
      const opens = momentOf(day, from);
      if (momentOf(day, to) <= at) continue;
      return opens > at ? opens : at;
    }
  }
  return undefined;
}

function isOpenOn({ days }: OfficeHours, day: string, calendar: Calendar): boolean {
  if (days === 'everyday') return true;
  return days === 'workdays' ? calendar.isWorkday(day) : days.includes(weekdayOf(day));
}

function momentOf(day: string, time: string): Date {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return atCivil(day, hour, minute);
}

/** The hours as people say them: 工作日 09:00–12:00、14:00–17:00. Pure. */
export function officeHoursWords({ days, times }: OfficeHours): string {
  const when = Array.isArray(days) ? days.map((day) => WEEKDAYS[day - 1]).join('、') : officeWords.days[days];
  return `${when} ${times.map(({ from, to }) => `${from}–${to}`).join('、')}`;
}

/** When it opens, as people say it of a moment to come: 今天14:00, 明天（星期二）09:00. Pure. */
export function opensWords(opens: Date, now: Date): string {
  const { hour, minute } = civil(opens);
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  const day = dayOf(opens);
  if (day === dayOf(now)) return `${officeWords.today}${time}`;
  const weekday = WEEKDAYS[weekdayOf(day) - 1] ?? '';
  const [, month, date] = day.split('-').map(Number);
  const called = day === addDays(dayOf(now), 1) ? officeWords.tomorrow : officeWords.date(month ?? 0, date ?? 0);
  return `${called}（${weekday}）${time}`;
}
