import { notDue } from '../../../core/errors.ts';
import { can } from '../../../core/lifecycle.ts';
import { addDays, clockWords, dayOf } from '../../../core/time.ts';
import { EARLY, earliestMeeting, NOTICE_DAYS } from '../clock.ts';
import {
  backwardsHours,
  isPaused,
  leaderBusy,
  meetingMissed,
  noticeTooShort,
  notPaused,
  rulesMissing,
  tooEarly,
  votePrepared,
} from '../errors.ts';
import { adjournInput, callOffInput, nothing, pauseInput, type ScheduleInput, scheduleInput } from '../inputs.ts';
import type { Meeting, TopicDoc } from '../model.ts';
import { move, type TopicContext } from '../table.ts';
import { meetingData, toAll, toNeighbours } from '../tellings.ts';

/** The meeting: announced to all it concerns, begun, paused, gone on with another day. */

/** What is wrong with a meeting as it is to be announced, whether or not the hall is free. */
export function scheduleObjection({ meeting }: TopicDoc, input: ScheduleInput, { now, facts }: TopicContext) {
  if (input.to <= input.from) return backwardsHours();
  // Whoever planned to come has planned by day and hour and place: only a change of those is news.
  const moved = !meeting || !isAt(meeting, input);
  if (moved && input.day < earliestMeeting(dayOf(now))) return noticeTooShort(NOTICE_DAYS);
  if (input.pack !== undefined && facts.pack === undefined) return rulesMissing();
  return moved && facts.clash ? leaderBusy(facts.clash) : undefined;
}

/** Whether a meeting is announced for this place, day and time already. */
export function isAt({ venue, startsAt, endsAt }: Meeting, input: ScheduleInput): boolean {
  const [from, to] = [startsAt, endsAt].map(clockWords);
  return venue.id === input.venue && dayOf(startsAt) === input.day && from === input.from && to === input.to;
}

export const schedule = move({
  from: ['accepted', 'scheduled'],
  to: 'scheduled',
  by: can('lead'),
  input: scheduleInput,
  guard: scheduleObjection,
  apply({ meeting, meetings = [] }, input, { now, facts: { booked } }) {
    if (!booked) throw new Error('A meeting is announced for hours that are booked');
    const { agenda, pack, variant } = input;
    const moved = !meeting || !isAt(meeting, input);
    const next: Meeting = {
      session: meetings.length + 1,
      ...booked,
      agenda,
      ...(pack !== undefined && { pack }),
      ...(variant !== undefined && { variant }),
      announcedAt: moved ? now : meeting.announcedAt,
      changes: meeting ? meeting.changes + (moved ? 1 : 0) : 0,
      ...(!moved && meeting.reminded && { reminded: true }),
    };
    return { meeting: next };
  },
  // Hour and place are news to all who live there; another agenda is seen by whoever looks.
  tell: (topic, { actor }, _input, { meeting }) => {
    if (!meeting) return toNeighbours(topic, actor.id, 'topic.scheduled', meetingData(topic));
    return topic.meeting?.changes === meeting.changes
      ? []
      : toNeighbours(topic, actor.id, 'topic.rescheduled', meetingData(topic));
  },
});

export const callOff = move({
  from: ['scheduled'],
  to: 'accepted',
  by: can('lead'),
  input: callOffInput,
  apply: () => ({ meeting: undefined }),
  tell: (topic, { actor }, { reason }, before) =>
    toNeighbours(topic, actor.id, 'topic.calledOff', { ...meetingData(before), reason }),
});

/** The clock's: those who live there hear of it once more the day before. */
export const remind = move({
  from: ['scheduled'],
  to: 'scheduled',
  by: 'system',
  input: nothing,
  guard: ({ meeting }) => (meeting && !meeting.reminded ? undefined : notDue()),
  apply: ({ meeting }) => (meeting ? { meeting: { ...meeting, reminded: true } } : {}),
  // Whoever heard of it only a day ago need not hear it again; and nobody is called to what has begun.
  tell: (topic, { now }) =>
    topic.meeting &&
    topic.meeting.startsAt > now &&
    dayOf(topic.meeting.announcedAt) < addDays(dayOf(topic.meeting.startsAt), -1)
      ? toNeighbours(topic, '', 'topic.tomorrow', {
          ...meetingData(topic),
          day: dayOf(now) === dayOf(topic.meeting.startsAt) ? '今天' : '明天',
        })
      : [],
});

export const begin = move({
  from: ['scheduled'],
  to: 'discussing',
  by: can('lead'),
  input: nothing,
  when: ({ meeting }, { now }) => {
    if (!meeting || now.getTime() < meeting.startsAt.getTime() - EARLY) return tooEarly();
    return now < meeting.endsAt ? undefined : meetingMissed();
  },
  apply: ({ meeting }, _input, { now, facts }) => ({
    ...(meeting && { meeting: { ...meeting, begunAt: now, ...(facts.code !== undefined && { code: facts.code }) } }),
  }),
});

export const pause = move({
  from: ['discussing'],
  to: 'discussing',
  by: can('lead'),
  input: pauseInput,
  when: ({ meeting }) => (meeting?.pausedAt ? isPaused() : undefined),
  apply: ({ meeting }, _input, { now }) => ({ ...(meeting && { meeting: { ...meeting, pausedAt: now } }) }),
});

export const goOn = move({
  from: ['discussing'],
  to: 'discussing',
  by: can('lead'),
  input: nothing,
  when: ({ meeting }) => (meeting?.pausedAt ? undefined : notPaused()),
  apply: ({ meeting }) => {
    if (!meeting) return {};
    const { pausedAt: _over, ...going } = meeting;
    return { meeting: going };
  },
});

/** Gone on with another day, which is announced like the first. */
export const adjourn = move({
  from: ['discussing'],
  to: 'accepted',
  by: can('lead'),
  input: adjournInput,
  when: ({ vote }) => (vote ? votePrepared() : undefined),
  apply: (topic, { reason }, { now }) => ended(topic, now, { adjourned: reason }),
  tell: (topic, { actor }, { reason }) => toAll(topic, actor.id, 'topic.adjourned', { reason }),
});

/** What remains of a meeting that is over, with what it came to. */
export function ended(
  { meeting, meetings = [] }: TopicDoc,
  now: Date,
  result: Pick<Meeting, 'adjourned' | 'outcome' | 'arithmetic' | 'resolution'>,
) {
  if (!meeting) return {};
  const { code: _used, pausedAt: _paused, ...held } = meeting;
  const over: Meeting = { ...held, endedAt: now, ...result };
  return { meeting: undefined, meetings: [...meetings, over] };
}
