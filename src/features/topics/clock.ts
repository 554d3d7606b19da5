import { addDays, atCivil, type Calendar, type Day, dayOf, endOfDay, MINUTE, workdayBefore } from '../../core/time.ts';
import { COUNT_AFTER } from '../ballots/index.ts';
import type { ExecutionItem, TopicDoc, TopicState, TopicVote } from './model.ts';

/** What time alone does to a topic. Pure: what is due is so when it is read, whether or not a job has said so. */

/** A meeting is announced at least so many days ahead (design, section 4). */
export const NOTICE_DAYS = 3;
/** A result is publicised at least so many whole days (design, section 4). */
export const PUBLICITY_DAYS = 5;
/** Those who took part have so many days to say how it was carried out. */
export const REVIEW_DAYS = 7;
/** From so long before its hour a meeting may begin. */
export const EARLY = 30 * MINUTE;
/** When those who live there are reminded of the meeting, the day before. */
const REMIND_HOUR = 9;
const NUDGE_HOUR = 10;
/** When the one who does something hears that today is the day. */
const DUE_HOUR = 9;

/** Something the clock has to do to a topic at a moment. */
export interface ClockMove {
  at: Date;
  move:
    | 'settle'
    | 'remind'
    | 'follow'
    | 'count'
    | 'endPublicity'
    | 'makeWish'
    | 'itemDue'
    | 'itemLate'
    | 'archive'
    | 'nudge';
  input: { item?: string };
}

/** So many days after something waits for somebody, they are reminded, once. */
const WAITING_DAYS: Partial<Record<TopicState, number>> = {
  seconded: 5,
  accepted: 14,
  scheduled: 1,
  discussing: 1,
  voting: 1,
  resolved: 3,
  executing: 7,
};

/** The earliest day a meeting may be that is announced on this one. */
export const earliestMeeting = (today: Day): Day => addDays(today, NOTICE_DAYS);

/** The end of a publicity that begins on this day: so many whole days after it. */
export const publicUntil = (today: Day, days: number): Date => endOfDay(addDays(today, days));

export type VotePhase = 'prepared' | 'waiting' | 'open' | 'closed';

/** Where a vote stands by the clock. */
export function votePhase({ state }: Pick<TopicDoc, 'state'>, vote: TopicVote, now: Date): VotePhase {
  if (state !== 'voting') return 'prepared';
  if (vote.closesAt <= now) return 'closed';
  return vote.opensAt <= now ? 'open' : 'waiting';
}

/** How many objections wait for their answer: those to a result that is taken down do not. */
export const unansweredIn = ({ objections = [] }: Pick<TopicDoc, 'objections'>): number =>
  objections.filter(({ standing }) => standing === 'waiting').length;

/** Whether a publicity has run out and only an answer keeps the topic there. */
export const awaitsAnswers = (topic: Pick<TopicDoc, 'state' | 'publicity' | 'objections'>, now: Date): boolean =>
  topic.state === 'publicised' &&
  topic.publicity !== undefined &&
  topic.publicity.until <= now &&
  unansweredIn(topic) > 0;

/** Whether those who see to objections are to be reminded on a day: the workday before the publicity's last, then each after it. */
export function answersDue(
  topic: Pick<TopicDoc, 'state' | 'publicity' | 'objections'>,
  today: Day,
  calendar: Calendar,
): 'soon' | 'overdue' | undefined {
  const { state, publicity } = topic;
  if (state !== 'publicised' || !publicity || unansweredIn(topic) === 0 || !calendar.isWorkday(today)) return undefined;
  const last = dayOf(publicity.until);
  if (today > last) return 'overdue';
  return today === workdayBefore(calendar, last, 1) ? 'soon' : undefined;
}

/**
 * What a topic's state is by the clock: a publicity or a review that has run out is over without any job. As a count waits
 * for the papers, a result waits for the answer to what was objected in time.
 */
export function stateAt(
  topic: Pick<TopicDoc, 'state' | 'publicity' | 'outcome' | 'reviewing' | 'objections'>,
  now: Date,
): TopicState {
  const { state, publicity, outcome, reviewing } = topic;
  if (state === 'publicised' && publicity && publicity.until <= now && unansweredIn(topic) === 0) {
    return outcome === 'failed' ? 'failed' : 'executing';
  }
  if (state === 'executing' && reviewing && reviewing.until <= now) return 'reviewed';
  return state;
}

/** Whether something is still to be done. */
export const isOpen = ({ done, dropped }: Pick<ExecutionItem, 'done' | 'dropped'>): boolean => !done && !dropped;
/** The moment whoever does an item is reminded of its day. */
export const dueAt = ({ deadline }: Pick<ExecutionItem, 'deadline'>): Date => atCivil(deadline, DUE_HOUR);
/** The moment an item counts as late. */
export const lateAt = ({ deadline }: Pick<ExecutionItem, 'deadline'>): Date => endOfDay(deadline);

/** Everything the clock still has to do to a topic if nobody moves it. */
export function scheduleOf(topic: TopicDoc): ClockMove[] {
  return [...ownClock(topic), ...nudgeOf(topic)];
}

function ownClock(topic: TopicDoc): ClockMove[] {
  const { state, meeting, vote, publicity, reviewing, items = [] } = topic;
  const follow: ClockMove[] = vote ? [{ at: vote.opensAt, move: 'follow', input: {} }] : [];
  switch (state) {
    case 'merged':
      return topic.settled ? [] : [{ at: topic.updatedAt, move: 'settle', input: {} }];
    case 'scheduled':
      return meeting && !meeting.reminded ? [{ at: remindAt(meeting.startsAt), move: 'remind', input: {} }] : [];
    case 'discussing':
      return follow;
    case 'voting':
      return vote ? [...follow, { at: new Date(vote.closesAt.getTime() + COUNT_AFTER), move: 'count', input: {} }] : [];
    case 'publicised':
      return publicity && unansweredIn(topic) === 0 ? [{ at: publicity.until, move: 'endPublicity', input: {} }] : [];
    case 'executing':
      return [
        ...items.flatMap((item) => itemClock(item, topic.updatedAt)),
        ...(reviewing ? [{ at: reviewing.until, move: 'archive' as const, input: {} }] : []),
      ];
    default:
      return [];
  }
}

function itemClock(item: ExecutionItem, listed: Date): ClockMove[] {
  const input = { item: item.id };
  const open = isOpen(item);
  return [
    ...(item.asWish && !item.dropped ? [{ at: listed, move: 'makeWish' as const, input }] : []),
    ...(open && !item.toldDue && !item.toldLate ? [{ at: dueAt(item), move: 'itemDue' as const, input }] : []),
    ...(open && !item.toldLate ? [{ at: lateAt(item), move: 'itemLate' as const, input }] : []),
  ];
}

/** Somebody has to do something, and does not. */
function nudgeOf({ state, since, nudged, meeting, vote, items = [], reviewing }: TopicDoc): ClockMove[] {
  const days = WAITING_DAYS[state];
  if (days === undefined || since === undefined || nudged || reviewing) return [];
  // With things still to be done it waits for those who do them, who hear of their own deadlines.
  if (state === 'executing' && items.some(isOpen)) return [];
  const from = state === 'scheduled' ? meeting?.endsAt : state === 'voting' ? vote?.closesAt : since;
  return from ? [{ at: atCivil(addDays(dayOf(from), days), NUDGE_HOUR), move: 'nudge', input: {} }] : [];
}

const remindAt = (startsAt: Date): Date => atCivil(addDays(dayOf(startsAt), -1), REMIND_HOUR);

/** What is due at a moment, the earliest first. */
export const dueMoves = (topic: TopicDoc, now: Date): ClockMove[] =>
  scheduleOf(topic)
    .filter(({ at }) => at <= now)
    .sort((a, b) => a.at.getTime() - b.at.getTime());

/** The earliest moment the clock has something to do; undefined when never. */
export const nextAtOf = (topic: TopicDoc): Date | undefined =>
  scheduleOf(topic)
    .map(({ at }) => at)
    .sort((a, b) => a.getTime() - b.getTime())
    .at(0);
