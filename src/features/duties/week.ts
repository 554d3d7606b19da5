import { addDays, type Calendar, type Day, workdayBefore } from '../../core/time.ts';
import { periodOf } from './periods.ts';

/** On which days of a week who serves a place hears of it. */
export interface WeekDays {
  /** What is to be done this week. */
  plan?: Day;
  /** What is left of it. */
  rest?: Day;
  /** How it came out. */
  summary?: Day;
}

const THURSDAY = 3;
const FRIDAY = 4;

/**
 * Monday, Thursday and Friday (design, section 4) where they are worked. Over a day of rest the plan moves to the next
 * workday of the week, what is left and the summary to the one before; what would come with the plan on one day is left out,
 * but for the summary, which comes in the evening. A week without a workday has none. Pure.
 * @param day any Shanghai day of the week
 */
export function daysOfWeek(calendar: Calendar, day: Day): WeekDays {
  const { from, to } = periodOf('week', day);
  const worked = Array.from({ length: 7 }, (_, nth) => addDays(from, nth)).filter((one) => calendar.isWorkday(one));
  const [plan] = worked;
  if (plan === undefined) return {};
  const upTo = (latest: Day) => worked.findLast((one) => one <= latest);
  const summary = upTo(addDays(from, FRIDAY)) ?? worked.find((one) => one <= to);
  const rest = upTo(addDays(from, THURSDAY));
  return {
    plan,
    ...(rest !== undefined && rest > plan && (summary === undefined || rest < summary) && { rest }),
    ...(summary !== undefined && { summary }),
  };
}

/** One of the messages of a week that is to go out on a day. */
export interface Owed {
  /** The day it was meant for, of the same week or, of how a week came out, of the one before. */
  day: Day;
  /** It could not go out on that day. */
  late: boolean;
}

/**
 * What is to go out on a day: what is meant for it or, if that was missed, what still has a purpose. The plan does until the
 * day people hear what is left of it or how it came out; what is left does not outlast its day; how a week came out is still
 * worth hearing on the first workday of the next. Pure.
 */
export function owedOn(calendar: Calendar, today: Day, what: keyof WeekDays): Owed | undefined {
  if (!calendar.isWorkday(today)) return undefined;
  const days = daysOfWeek(calendar, today);
  if (days[what] === today) return { day: today, late: false };
  if (what === 'plan') {
    const over = days.rest ?? days.summary;
    return days.plan !== undefined && over !== undefined && today > days.plan && today < over
      ? { day: days.plan, late: true }
      : undefined;
  }
  if (what === 'rest' || days.plan !== today) return undefined;
  const before = daysOfWeek(calendar, workdayBefore(calendar, today, 1)).summary;
  return before === undefined ? undefined : { day: before, late: true };
}

/** How late something is when somebody else is to hear of it, in workdays after its day. */
export const RUNGS = { bearer: 1, secretary: 3, street: 6 } as const;
export type Rung = keyof typeof RUNGS;

/** Runs that were missed for so many workdays are made up; what is late longer was told, or concerns nobody any more. */
const MADE_UP_WORKDAYS = 2;

/**
 * The rungs of the ladder that are reached on these days: for each rung the days something was due by whose turn it is on
 * `today`, or was on the last two workdays. Pure.
 */
export function rungsOn(calendar: Calendar, today: Day): { rung: Rung; by: Day; reached: Day }[] {
  if (!calendar.isWorkday(today)) return [];
  return Array.from({ length: MADE_UP_WORKDAYS + 1 }, (_, back) => workdayBefore(calendar, today, back)).flatMap(
    (reached) =>
      (Object.keys(RUNGS) as Rung[]).flatMap((rung) =>
        daysReaching(calendar, reached, RUNGS[rung]).map((by) => ({ rung, by, reached })),
      ),
  );
}

/** Every day of which `reached` is the `count`-th workday after it. */
function daysReaching(calendar: Calendar, reached: Day, count: number): Day[] {
  const last = workdayBefore(calendar, reached, count);
  const days = [last];
  // Days of rest that follow it have the same workdays after them.
  for (let day = addDays(last, 1); !calendar.isWorkday(day); day = addDays(day, 1)) days.push(day);
  return days;
}
