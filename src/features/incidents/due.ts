import { dueIn } from '../../core/clockwork.ts';
import { halfOf, type Term, termEnd } from '../../core/terms.ts';
import { addDays, atCivil, type Calendar, DAY, dayOf, endOfDay, workdayBefore } from '../../core/time.ts';
import type { IncidentTargets, Urgency } from '../areas/index.ts';
import type { Column, IncidentDoc, Stage } from './model.ts';

/** When the clock has something to do to an incident. Everything here is pure. */

/** How long a reporter has to answer before a solved incident closes by itself. */
export const ANSWER_WITHIN: Term = { days: 7 };
/** The secretary's time before the street hears of it, by urgency: of a danger an hour after it was reported. */
const PATIENCE: Record<Urgency, Term> = {
  danger: { minutes: 45, clock: 'always' },
  urgent: { minutes: 120, clock: 'awake' },
  soon: { workdays: 1 },
  usual: { workdays: 1 },
  long: { workdays: 1 },
};
const WARN_HOUR = 9;
/** How many days before a deadline counted in days to warn, by how far off it is; on its own morning when it is near. */
const LEAD_DAYS = { long: 3, short: 1 } as const;
const FAR_OFF_DAYS = 4;

/** Something the clock has to do to an incident at a moment. */
export interface ClockMove {
  at: Date;
  move: 'warn' | 'escalate' | 'autoConfirm' | 'settle';
  input: { stage?: Stage; to?: 'secretary' | 'street' };
}

type Clocks = Pick<IncidentDoc, 'due' | 'warnAt' | 'warned'>;

/** No deadline yet. */
export const NO_CLOCKS: Clocks = { due: {}, warnAt: {}, warned: {} };

/** Sets one deadline anew: its end, its warning, and no warning given yet. */
export function startClock(clocks: Clocks, stage: Stage, term: Term, from: Date, calendar: Calendar): Clocks {
  const due = termEnd(calendar, from, term);
  return startUntil(clocks, stage, due, warningBefore(calendar, term, due, from));
}

/** As `startClock`, until the end of a day that somebody named. */
export function startUntilDay(clocks: Clocks, stage: Stage, until: string, now: Date, calendar: Calendar): Clocks {
  const due = endOfDay(until);
  return startUntil(clocks, stage, due, mornings(calendar, due, now));
}

function startUntil(clocks: Clocks, stage: Stage, due: Date, warning: Date | undefined): Clocks {
  const { [stage]: _given, ...warned } = clocks.warned;
  const { [stage]: _planned, ...warnAt } = clocks.warnAt;
  return {
    due: { ...clocks.due, [stage]: due },
    warnAt: warning ? { ...warnAt, [stage]: warning } : warnAt,
    warned,
  };
}

/** Of a term in minutes when half of it is over; of one in days on the morning of a day before its end. */
function warningBefore(calendar: Calendar, term: Term, due: Date, from: Date): Date | undefined {
  const half = halfOf(term);
  return half ? termEnd(calendar, from, half) : mornings(calendar, due, from);
}

function mornings(calendar: Calendar, due: Date, from: Date): Date | undefined {
  const lastDay = dayOf(due);
  const far = due.getTime() - from.getTime() > FAR_OFF_DAYS * DAY;
  const early = far
    ? workdayBefore(calendar, addDays(lastDay, 1 - LEAD_DAYS.long), 1)
    : addDays(lastDay, -LEAD_DAYS.short);
  return [early, lastDay].map((day) => atCivil(day, WARN_HOUR)).find((at) => at > from && at < due);
}

/** The clocks of an incident that waits to be looked at. */
export function waitForTriage(targets: IncidentTargets, urgency: Urgency, now: Date, calendar: Calendar): Clocks {
  return startClock(NO_CLOCKS, 'triage', targets.first[urgency], now, calendar);
}

/**
 * The clocks of an incident that waits at its level to be given to somebody. What it may take at this level counts from
 * now on: however long it lies here, whoever gets it in the end has no more time.
 */
export function waitForDispatch(
  { targets, level, urgency }: Pick<IncidentDoc, 'targets' | 'level' | 'urgency'>,
  now: Date,
  calendar: Calendar,
): Clocks {
  const dispatch = startClock(NO_CLOCKS, 'dispatch', targets.first[urgency], now, calendar);
  return startClock(dispatch, 'done', targets[level][urgency], now, calendar);
}

/** Everything the clock still has to do to an incident if nobody moves it, each with its moment. */
export function scheduleOf(incident: IncidentDoc, calendar: Calendar): ClockMove[] {
  switch (incident.state) {
    case 'reported':
      return ladder(incident, 'triage', calendar);
    case 'triaged':
    case 'rejected':
      return ladder(incident, 'dispatch', calendar);
    case 'dispatched':
    case 'assisting':
      return ladder(incident, 'done', calendar);
    case 'reopened':
      return ladder(incident, incident.handler ? 'done' : 'dispatch', calendar);
    case 'resolved':
      return answerClock(incident);
    case 'partial':
      // What is left does not close by itself: without an answer it is for the secretary to see to.
      return ladder(incident, 'answer', calendar);
    case 'merged':
      return incident.settled ? [] : [{ at: incident.updatedAt, move: 'settle', input: {} }];
    default:
      return [];
  }
}

/** What the clock has to do to an incident now, in order. A warning whose deadline has passed has lost its purpose. */
export const dueMoves = (incident: IncidentDoc, now: Date, calendar: Calendar): ClockMove[] =>
  dueIn(scheduleOf(incident, calendar), now);

/** A warning before, the secretary after, then the street: each step once for each deadline. */
function ladder(incident: IncidentDoc, stage: Stage, calendar: Calendar): ClockMove[] {
  const due = incident.due[stage];
  if (!due) return [];
  const step = incident.warned[stage]?.step;
  const warning = incident.warnAt[stage];
  const steps: ClockMove[] = [];
  if (!step && warning) steps.push({ at: warning, move: 'warn', input: { stage } });
  if (!step || step === 'before') steps.push({ at: after(due), move: 'escalate', input: { stage, to: 'secretary' } });
  if (step !== 'street') {
    const patience = termEnd(calendar, due, PATIENCE[incident.urgency]);
    steps.push({ at: after(patience), move: 'escalate', input: { stage, to: 'street' } });
  }
  return steps;
}

function answerClock({ due, warnAt, warned }: IncidentDoc): ClockMove[] {
  if (!due.answer) return [];
  const close: ClockMove = { at: after(due.answer), move: 'autoConfirm', input: {} };
  return warnAt.answer && !warned.answer
    ? [{ at: warnAt.answer, move: 'warn', input: { stage: 'answer' } }, close]
    : [close];
}

/** A deadline lasts through its last millisecond. */
const after = (due: Date): Date => new Date(due.getTime() + 1);

/** What follows from the rest of an incident and is kept beside it for lists and jobs. Every move sets it anew. */
export function derived(
  incident: IncidentDoc,
  calendar: Calendar,
): Pick<IncidentDoc, 'column' | 'handlers'> & {
  dueAt: Date | undefined;
  nextAt: Date | undefined;
  rank: number | undefined;
  had: string[] | undefined;
} {
  const column = columnOf(incident);
  const moments = scheduleOf(incident, calendar).map((one) => one.at.getTime());
  const open = column === 'waiting' || column === 'handling';
  const helping = incident.helpers.flatMap(({ person }) => (person ? [person.id] : []));
  const handlers = [...new Set([...(incident.handler ? [incident.handler.id] : []), ...helping])];
  const had = [...new Set([...(incident.had ?? []), ...handlers])];
  return {
    column,
    rank: open ? WEIGHT[incident.urgency] * ABOVE_ANY_DATE + incident.postedAt.getTime() : undefined,
    handlers,
    had: had.length > 0 ? had : undefined,
    dueAt: deadlineNow(incident),
    nextAt: moments.length > 0 ? new Date(Math.min(...moments)) : undefined,
  };
}

const WEIGHT: Record<Urgency, number> = { danger: 4, urgent: 3, soon: 2, usual: 1, long: 0 };
/** More milliseconds than any date has: one step of urgency outweighs every difference of time. */
const ABOVE_ANY_DATE = 1e13;

function columnOf({ state }: IncidentDoc): Column {
  switch (state) {
    case 'reported':
    case 'triaged':
    case 'rejected':
      return 'waiting';
    case 'dispatched':
    case 'assisting':
    case 'reopened':
    case 'partial':
    case 'referred':
      return 'handling';
    case 'resolved':
      return 'answered';
    default:
      return 'over';
  }
}

function deadlineNow({ state, due, handler, warned }: IncidentDoc): Date | undefined {
  switch (state) {
    case 'reported':
      return due.triage;
    case 'triaged':
    case 'rejected':
      return earlier(due.dispatch, due.done);
    case 'dispatched':
    case 'assisting':
      return due.done;
    case 'reopened':
      return handler ? due.done : due.dispatch;
    case 'partial':
      return warned.answer?.step === 'secretary' || warned.answer?.step === 'street' ? due.answer : undefined;
    default:
      return undefined;
  }
}

const earlier = (one: Date | undefined, other: Date | undefined): Date | undefined =>
  one && other ? (one < other ? one : other) : (one ?? other);
