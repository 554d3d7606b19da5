import { addDays, atCivil, type Day, dayOf, endOfDay, MINUTE } from '../../core/time.ts';
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

/** Something the clock has to do to a topic at a moment. */
export interface ClockMove {
  at: Date;
  move: 'settle' | 'remind' | 'count' | 'endPublicity' | 'itemLate' | 'archive';
  input: { item?: string };
}

/** The earliest day a meeting announced on this day may be. */
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

/** What a topic's state is by the clock: a publicity or a review that has run out is over without any job. */
export function stateAt(
  { state, publicity, outcome, reviewing }: Pick<TopicDoc, 'state' | 'publicity' | 'outcome' | 'reviewing'>,
  now: Date,
): TopicState {
  if (state === 'publicised' && publicity && publicity.until <= now) {
    return outcome === 'failed' ? 'failed' : 'executing';
  }
  if (state === 'executing' && reviewing && reviewing.until <= now) return 'reviewed';
  return state;
}

/** The moment an item counts as late. */
export const lateAt = ({ deadline }: Pick<ExecutionItem, 'deadline'>): Date => endOfDay(deadline);

/** Everything the clock still has to do to a topic if nobody moves it. */
export function scheduleOf(topic: TopicDoc): ClockMove[] {
  const { state, meeting, vote, publicity, reviewing, items = [] } = topic;
  switch (state) {
    case 'merged':
      return topic.settled ? [] : [{ at: topic.updatedAt, move: 'settle', input: {} }];
    case 'scheduled':
      return meeting && !meeting.reminded ? [{ at: remindAt(meeting.startsAt), move: 'remind', input: {} }] : [];
    case 'voting':
      return vote ? [{ at: new Date(vote.closesAt.getTime() + COUNT_AFTER), move: 'count', input: {} }] : [];
    case 'publicised':
      return publicity ? [{ at: publicity.until, move: 'endPublicity', input: {} }] : [];
    case 'executing':
      return [
        ...items
          .filter(({ done, toldLate }) => !done && !toldLate)
          .map((item): ClockMove => ({ at: lateAt(item), move: 'itemLate', input: { item: item.id } })),
        ...(reviewing ? [{ at: reviewing.until, move: 'archive' as const, input: {} }] : []),
      ];
    default:
      return [];
  }
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
