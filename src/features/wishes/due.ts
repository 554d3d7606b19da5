import { dueIn } from '../../core/clockwork.ts';
import {
  addDays,
  atCivil,
  type Calendar,
  DAY,
  dayOf,
  deadline,
  endOfDay,
  type Span,
  workdayAfter,
  workdayBefore,
} from '../../core/time.ts';
import type { Column, Stage, WishDoc } from './model.ts';

/** How long a sentinel's own people's wishes wait for that sentinel (design, section 4). */
export const OFFER_MS = 24 * 60 * 60_000;
/** How long the requester has to answer before a finished wish closes by itself. */
export const ANSWER_WITHIN: Span = { days: 7 };
/** How long the second attempt may take after an unhappy answer. */
export const REDO_WITHIN: Span = { workdays: 5 };
/** Nobody loses a claim sooner than this after being warned, however late the warning went out. */
const GRACE_MS = DAY;
/** The street hears of it when the secretary has had one whole workday. */
const STREET_AFTER_WORKDAYS = 1;
const WARN_HOUR = 9;

/** How long before its deadline each stage is warned about. */
const LEAD: Record<Stage, Span> = {
  publish: { workdays: 0 },
  claim: { workdays: 1 },
  contact: { days: 2 },
  done: { workdays: 3 },
  rate: { days: 2 },
};

/** Something the clock has to do to a wish at a moment. */
export interface ClockMove {
  at: Date;
  move: 'warn' | 'escalate' | 'autoRelease' | 'autoClose' | 'endOffer' | 'settle';
  input: { stage?: Stage; to?: 'secretary' | 'street' };
}

type Clocks = Pick<WishDoc, 'due' | 'warnAt' | 'warned'>;

/** Sets one deadline anew: its end, its warning, and no warning given yet. */
export function startClock(clocks: Clocks, stage: Stage, due: Date, now: Date, calendar: Calendar): Clocks {
  const { [stage]: _given, ...warned } = clocks.warned;
  const { [stage]: _planned, ...warnAt } = clocks.warnAt;
  const warning = warningBefore(calendar, stage, due, now);
  return {
    due: { ...clocks.due, [stage]: due },
    warnAt: warning ? { ...warnAt, [stage]: warning } : warnAt,
    warned,
  };
}

/** As `startClock`, from a target. */
export function startTarget(clocks: Clocks, stage: Stage, span: Span, now: Date, calendar: Calendar): Clocks {
  return startClock(clocks, stage, deadline(calendar, now, span), now, calendar);
}

/** The morning of the warning: the usual lead before the deadline, else the last day's morning, else none. */
function warningBefore(calendar: Calendar, stage: Stage, due: Date, now: Date): Date | undefined {
  const lead = LEAD[stage];
  const lastDay = dayOf(due);
  const early = 'days' in lead ? addDays(lastDay, -lead.days) : workdayBefore(calendar, lastDay, lead.workdays);
  return [early, lastDay].map((day) => atCivil(day, WARN_HOUR)).find((at) => at > now);
}

/** Everything the clock still has to do to a wish if nobody moves it, each with its moment. Pure. */
export function scheduleOf(wish: WishDoc, calendar: Calendar): ClockMove[] {
  switch (wish.state) {
    case 'submitted':
      return ladder(wish, 'publish', calendar);
    case 'published':
      return [...offerEnd(wish), ...ladder(wish, 'claim', calendar)];
    case 'claimed':
      return [...(wish.contactedAt ? [] : contactClock(wish)), ...ladder(wish, 'done', calendar)];
    case 'reopened':
      return ladder(wish, wish.claimant ? 'done' : 'claim', calendar);
    case 'done':
      return answerClock(wish);
    case 'partial':
      // What is left does not close by itself: without an answer it is for the secretary to see to.
      return ladder(wish, 'rate', calendar);
    case 'merged':
      return wish.settled ? [] : [{ at: wish.updatedAt, move: 'settle', input: {} }];
    default:
      return [];
  }
}

/** What the clock has to do to a wish now, in order. A warning whose deadline has passed has lost its purpose. Pure. */
export const dueMoves = (wish: WishDoc, now: Date, calendar: Calendar): ClockMove[] =>
  dueIn(scheduleOf(wish, calendar), now);

/** What follows from the rest of a wish and is kept beside it for lists and jobs. Every move sets it anew. */
export function derived(
  wish: WishDoc,
  calendar: Calendar,
): Pick<WishDoc, 'column' | 'helpers'> & {
  dueAt: Date | undefined;
  nextAt: Date | undefined;
  rank: number | undefined;
} {
  const column = columnOf(wish);
  const moments = scheduleOf(wish, calendar).map((one) => +one.at);
  return {
    column,
    rank: column === 'open' ? wish.priority * ABOVE_ANY_DATE + wish.postedAt.getTime() : undefined,
    helpers: wish.claimant ? [wish.claimant.id, ...(wish.group?.members ?? []).map((member) => member.id)] : [],
    dueAt: deadlineNow(wish),
    nextAt: moments.length > 0 ? new Date(Math.min(...moments)) : undefined,
  };
}

/** More milliseconds than any date has: one step of priority outweighs every difference of time. */
const ABOVE_ANY_DATE = 1e13;

function columnOf(wish: WishDoc): Column {
  switch (wish.state) {
    case 'submitted':
      return 'waiting';
    case 'published':
      return 'open';
    case 'reopened':
      return wish.claimant ? 'helping' : 'open';
    case 'claimed':
    case 'referred':
      return 'helping';
    case 'done':
    case 'partial':
      return 'answered';
    default:
      return 'over';
  }
}

function deadlineNow(wish: WishDoc): Date | undefined {
  const { publish, claim, contact, done } = wish.due;
  switch (wish.state) {
    case 'submitted':
      return publish;
    case 'published':
      return claim;
    case 'claimed':
      return wish.contactedAt || (contact && done && done < contact) ? done : contact;
    case 'reopened':
      return wish.claimant ? done : claim;
    case 'partial':
      return wish.warned.rate?.step === 'secretary' || wish.warned.rate?.step === 'street' ? wish.due.rate : undefined;
    default:
      return undefined;
  }
}

/** A warning before, the secretary after, then the street: each step once for each deadline. */
function ladder(wish: WishDoc, stage: Stage, calendar: Calendar): ClockMove[] {
  const due = wish.due[stage];
  if (!due) return [];
  const step = wish.warned[stage]?.step;
  const warning = wish.warnAt[stage];
  const steps: ClockMove[] = [];
  if (!step && warning) steps.push({ at: warning, move: 'warn', input: { stage } });
  if (!step || step === 'before') steps.push({ at: after(due), move: 'escalate', input: { stage, to: 'secretary' } });
  if (step !== 'street') {
    const patience = endOfDay(workdayAfter(calendar, due, STREET_AFTER_WORKDAYS));
    steps.push({ at: after(patience), move: 'escalate', input: { stage, to: 'street' } });
  }
  return steps;
}

/** No contact: first a warning, and only after it (and its grace) the wish goes back. */
function contactClock(wish: WishDoc): ClockMove[] {
  const due = wish.due.contact;
  if (!due) return [];
  const warned = wish.warned.contact;
  if (!warned) return [{ at: wish.warnAt.contact ?? due, move: 'warn', input: { stage: 'contact' } }];
  const graceEnds = new Date(warned.at.getTime() + GRACE_MS);
  return [{ at: graceEnds > due ? graceEnds : after(due), move: 'autoRelease', input: {} }];
}

function answerClock(wish: WishDoc): ClockMove[] {
  const due = wish.due.rate;
  if (!due) return [];
  const warning = wish.warnAt.rate;
  const close: ClockMove = { at: after(due), move: 'autoClose', input: {} };
  return warning && !wish.warned.rate ? [{ at: warning, move: 'warn', input: { stage: 'rate' } }, close] : [close];
}

function offerEnd(wish: WishDoc): ClockMove[] {
  return wish.offerUntil ? [{ at: wish.offerUntil, move: 'endOffer', input: {} }] : [];
}

/** A deadline lasts through its last millisecond. */
const after = (due: Date): Date => new Date(due.getTime() + 1);
