import { Readable } from 'node:stream';
import { DateTime } from 'luxon';
import type { Caller } from '../../../core/caller.ts';
import type { House } from '../../../core/house.ts';
import { DAY } from '../../../core/time.ts';
import { topicFor } from '../meeting/access.ts';
import { noMeeting } from '../meeting/errors.ts';
import type { Meeting, TopicDoc } from '../model.ts';
import { CALENDAR_WORDS as WORDS } from './messages.ts';

export const ICS = 'text/calendar; charset=utf-8';

const ZONE = 'Asia/Shanghai';
/** Shanghai has kept UTC+8 without daylight saving since 1991-09-15 (IANA tzdata): all that a calendar has to know of it. */
const ZONE_RULES = [
  'BEGIN:VTIMEZONE',
  `TZID:${ZONE}`,
  'BEGIN:STANDARD',
  'DTSTART:19910915T000000',
  'TZOFFSETFROM:+0900',
  'TZOFFSETTO:+0800',
  'TZNAME:CST',
  'END:STANDARD',
  'END:VTIMEZONE',
].join('\r\n');

/**
 * The meeting a topic is announced for, as an entry for one's calendar; one that is fetched again after a change takes the
 * place of the first.
 * @throws HaolinError not_found, no_meeting
 */
export async function meetingCalendar(
  house: House,
  caller: Caller,
  id: string,
): Promise<{ body: Readable; filename: string }> {
  const topic = await topicFor(house, caller, id);
  if (!topic.meeting) throw noMeeting();
  const text = await calendarText(topic, topic.meeting);
  return { body: Readable.from([Buffer.from(text)]), filename: WORDS.fileName(topic.number) };
}

/** A meeting in the words of RFC 5545. The same topic at the same moment of its life gives the same text. */
export async function calendarText(topic: TopicDoc, meeting: Meeting): Promise<string> {
  const { default: ical, ICalAlarmType, ICalCalendarMethod, ICalEventStatus } = await import('ical-generator');
  const { number, posted, facilitator } = topic;
  const calendar = ical({
    prodId: { company: 'haolin', product: WORDS.product, language: 'ZH' },
    method: ICalCalendarMethod.PUBLISH,
    // Not the calendar's own zone: that would take the Z from the stamp.
    timezone: { name: null, generator: () => ZONE_RULES },
  });
  const event = calendar.createEvent({
    id: `topic-${topic._id}-${meeting.session}@haolin`,
    sequence: changesOf(topic),
    stamp: topic.updatedAt,
    timezone: ZONE,
    start: inShanghai(meeting.startsAt),
    end: inShanghai(meeting.endsAt),
    summary: WORDS.summary(number, posted.title),
    location: WORDS.place(meeting.venue.name, meeting.venue.address),
    status: ICalEventStatus.CONFIRMED,
    description: [
      posted.title,
      ...(facilitator ? [WORDS.host(facilitator.name)] : []),
      WORDS.agenda,
      ...meeting.agenda.map((one, at) => `${at + 1}. ${one}`),
    ].join('\n'),
  });
  event.createAlarm({ type: ICalAlarmType.display, trigger: DAY / 1_000, description: WORDS.alarm });
  return calendar.toString();
}

const inShanghai = (at: Date): DateTime => DateTime.fromJSDate(at, { zone: ZONE });

/** Grows with every change of when and where, also over one that was called off in between. */
const changesOf = ({ history }: TopicDoc): number =>
  history.filter(({ move }) => move === 'schedule' || move === 'callOff').length;
