import { addDays, atCivil, type Calendar, type Day, workdayAfter, workdayBefore } from '../../core/time.ts';
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

const LADDER = Object.keys(RUNGS) as Rung[];

/** On which day who was told of something late; a day that is not before the one asked for does not count. */
export type Told = Partial<Record<Rung, Day>>;

/**
 * The rung something late has come to on a day, if it is told of it then: so many workdays after its day and, after the rung
 * before was told, the workdays between the two. What is late from the moment it is known of (who is in care turned red; the
 * house was down) so begins with whoever is to do it, and nothing is left out. Pure.
 * @param late its last day, and whether there is somebody to do it
 * @param from where a coming day is looked at: the day it is looked at from. What is due to be told by then is told
 */
export function rungOn(
  calendar: Calendar,
  today: Day,
  late: { by: Day; borne: boolean },
  told: Told,
  from: Day = today,
): Rung | undefined {
  if (!calendar.isWorkday(today)) return undefined;
  const first = calendar.isWorkday(from) ? from : workdayAfter(calendar, atCivil(from), 1);
  let before: { rung: Rung; day: Day } | undefined;
  for (const rung of LADDER) {
    if (rung === 'bearer' && !late.borne) continue;
    let day = told[rung];
    if (day === undefined || day >= today) {
      const owed = workdayAfter(calendar, atCivil(late.by), RUNGS[rung]);
      const after = before && workdayAfter(calendar, atCivil(before.day), RUNGS[rung] - RUNGS[before.rung]);
      day = [owed, after ?? owed, first].sort().at(-1) ?? owed;
      if (day >= today) return day === today ? rung : undefined;
    }
    before = { rung, day };
  }
  return undefined;
}

/** The last day before people hear again of what is to be done: the plan of a week looks so far. Pure. */
export function upToNextPlan(calendar: Calendar, day: Day): Day {
  for (let next = addDays(periodOf('week', day).to, 1); ; next = addDays(next, 7)) {
    const { plan } = daysOfWeek(calendar, next);
    if (plan !== undefined) return addDays(plan, -1);
  }
}
