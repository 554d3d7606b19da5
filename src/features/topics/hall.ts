import { system } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import type { House } from '../../core/house.ts';
import { parseInput } from '../../core/input.ts';
import { clockWords, dayOf } from '../../core/time.ts';
import { type BookingView, bookVenue, cancelBooking, findVenue, moveBooking } from '../venues/index.ts';
import { venueElsewhere } from './errors.ts';
import { type ScheduleInput, scheduleInput } from './inputs.ts';
import type { Meeting, TopicDoc } from './model.ts';
import { isAt, scheduleObjection } from './moves/meet.ts';
import type { TopicContext, TopicFacts } from './table.ts';

/** The hall of a meeting: booked before it is announced, given back when it is not held there after all. */

const PURPOSE = 50;

/**
 * Keeps track of what is booked for one move. `settle` gives back what the topic does not use in the end; hours that a
 * broken line leaves booked are seen in the venue's list and given back by hand.
 */
export function hallKeeper(house: House, caller: Caller) {
  const { now } = caller;
  const actor = system();
  const steward = (key?: string): Caller => ({
    actor,
    ability: house.abilityOf(actor),
    now,
    ...(key !== undefined && { key }),
  });
  /** Bookings that were made or were in use, and are to be given back unless the topic uses them. */
  const unsure = new Set<string>();
  /** Hours a booking had before it was moved, should the move on the topic come to nothing. */
  let movedFrom: Meeting | undefined;

  async function book(topic: TopicDoc, raw: unknown, facts: TopicFacts): Promise<TopicFacts> {
    const input = parseInput(scheduleInput, raw);
    const ctx: TopicContext = { ...caller, calendar: house.calendar, facts };
    if (scheduleObjection(topic, input, ctx)) return {};
    const { meeting } = topic;
    if (meeting && isAt(meeting, input)) {
      const { booking, venue, startsAt, endsAt } = meeting;
      return { booked: { booking, venue, startsAt, endsAt } };
    }
    if ((await findVenue(house, input.venue)).community !== topic.community) throw venueElsewhere();
    const { day, from, to } = input;
    // Hours beside the old ones are booked before those are given back; only what overlaps has to be moved.
    if (meeting && meeting.venue.id === input.venue && meeting.endsAt > now && overlaps(meeting, input)) {
      const { booking } = await moveBooking(house, steward(), meeting.booking, { day, from, to });
      movedFrom = meeting;
      return bookedAs(booking);
    }
    const purpose = `议题${topic.number}号：${topic.posted.title}`.slice(0, PURPOSE);
    const key = `topic:${topic._id}:${announcedBefore(topic)}:${input.venue}:${day}:${from}:${to}`;
    const { booking } = await bookVenue(house, steward(key), input.venue, { day, from, to, purpose });
    unsure.add(booking.id);
    giveBack(topic);
    return bookedAs(booking);
  }

  function giveBack({ meeting }: TopicDoc): void {
    if (meeting && meeting.endsAt > now) unsure.add(meeting.booking);
  }

  async function settle(topic: TopicDoc | undefined): Promise<void> {
    try {
      if (topic === undefined && movedFrom) await putBack(movedFrom);
      for (const booking of unsure) {
        const inUse = topic === undefined ? movedFrom?.booking : topic.meeting?.booking;
        if (booking !== inUse) await cancelBooking(house, steward(), booking, {});
      }
    } catch (error) {
      house.log.warn({ topic: topic?._id, err: error }, 'hours of a hall that are not used could not be given back');
    }
  }

  async function putBack({ booking, startsAt, endsAt }: Meeting): Promise<void> {
    await moveBooking(house, steward(), booking, {
      day: dayOf(startsAt),
      from: clockWords(startsAt),
      to: clockWords(endsAt),
    });
  }

  return { book, settle, giveBack };
}

const bookedAs = ({ id, venue, startsAt, endsAt }: BookingView): TopicFacts => ({
  booked: { booking: id, venue, startsAt: new Date(startsAt), endsAt: new Date(endsAt) },
});

/** How often it was announced or called off: what is asked for again, after whatever broke, is then the same booking. */
const announcedBefore = ({ history }: TopicDoc): number =>
  history.filter(({ move }) => move === 'schedule' || move === 'callOff').length;

function overlaps({ startsAt, endsAt }: Meeting, { day, from, to }: ScheduleInput): boolean {
  return dayOf(startsAt) === day && clockWords(startsAt) < to && from < clockWords(endsAt);
}
