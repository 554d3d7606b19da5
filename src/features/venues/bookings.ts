import { idFor } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { digestOf } from '../../core/digest.ts';
import { forbidden, type HaolinError, invalidInput, keyReused, notFound, tooBusy } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { parseInput } from '../../core/input.ts';
import { takerOf } from '../../core/quota.ts';
import { addDays, DAY, type Day, dayOf } from '../../core/time.ts';
import { cancel, heldBetween, heldOn, isFree, place, release, settled, shift } from './days.ts';
import {
  bookingCancelled,
  bookingChanged,
  bookingOfTopic,
  bookingOver,
  bookingPast,
  bookingTooFar,
  venueClosed,
  venueNotOpen,
  venueTaken,
} from './errors.ts';
import { freeOf, type Hours, holds, MOST_DAYS_AHEAD, momentOf, openOn, stillToCome } from './hours.ts';
import { bookingCancel, bookingInput, bookingMove, hoursOf } from './inputs.ts';
import { formWords } from './messages.ts';
import type { Booking, Venue } from './model.ts';
import { findVenue } from './register.ts';
import { type BookingView, bookingViewOf, clocksOf, isOfTopic, type Placed, permits, subjectOf } from './views.ts';

/** Who has a venue when. Never two at once, whoever asks and however many processes there are. */

/** More than anybody arranges, in the API and in chat together. */
const MOST_BOOKINGS = { points: 30, seconds: 3_600 };
const ATTEMPTS = 20;
/** What one may ask to see at once: all that may be booked. */
const MOST_DAYS_SHOWN = MOST_DAYS_AHEAD + 2;
const DAYS_SHOWN = 30;

/** A booking after a step, and whether the request was one already carried out. */
export interface Booked {
  booking: BookingView;
  repeated: boolean;
}

/**
 * Books hours of a day. The same caller's same key books once.
 * @throws HaolinError invalid_input, not_found, forbidden, venue_closed, booking_past, booking_too_far, venue_not_open,
 * venue_taken (which names the hours that are free), too_many_requests
 */
export async function bookVenue(house: House, caller: Caller, venueId: string, input: unknown): Promise<Booked> {
  const given = parseInput(bookingInput, input);
  const venue = await findVenue(house, venueId);
  if (!permits(caller, 'book', 'venue', venue)) throw forbidden();
  const { actor, now } = caller;
  const digest = digestOf({ venueId, ...given });
  const id = idFor('booking', actor.id, caller.key);
  const made = caller.key === undefined ? undefined : await settled(house, id);
  if (made) {
    if (made.booking.digest !== digest) throw keyReused();
    return { booking: bookingViewOf(caller, venue, made), repeated: true };
  }
  const { day, purpose, people } = given;
  const hours = hoursOf(given);
  const booking: Booking = {
    id,
    seq: 1,
    ...hours,
    purpose,
    ...(people === undefined ? {} : { people }),
    by: { id: actor.id, name: actor.name },
    at: now,
    digest,
  };
  await admitted(house, caller, venue, day, hours, id);
  const outcome = await place(house, venueId, day, booking);
  if (outcome === 'taken') throw await takenOn(house, venue, day, now);
  if (outcome === 'other') throw keyReused();
  const placed = { venue: venueId, day, booking };
  // Whoever closes a venue sees what was booked before; what comes a moment later must not slip in unseen.
  if (!(await findVenue(house, venueId)).active) {
    await release(house, placed);
    throw venueClosed(venue.name);
  }
  return { booking: bookingViewOf(caller, venue, placed), repeated: false };
}

/** Refuses what cannot be, and takes one of what the caller may book an hour. */
async function admitted(
  house: House,
  { actor, now }: Caller,
  venue: Venue,
  day: Day,
  hours: Hours,
  but?: string,
): Promise<void> {
  const objection = objectionTo(venue, day, hours, now);
  if (objection) throw objection;
  if (!(await isFree(house, venue._id, day, hours, but))) throw await takenOn(house, venue, day, now, but);
  if (actor.kind !== 'system') await takerOf(house)(`booking:${actor.id}`, MOST_BOOKINGS);
}

/** What stands in the way of these hours whoever else may have them. Pure. */
export function objectionTo(venue: Venue, day: Day, hours: Hours, now: Date): HaolinError | undefined {
  if (!venue.active) return venueClosed(venue.name, venue.closedBecause);
  if (momentOf(day, hours.from) <= now) return bookingPast();
  if (day > addDays(dayOf(now), MOST_DAYS_AHEAD)) return bookingTooFar(MOST_DAYS_AHEAD);
  const open = openOn(venue, day);
  return open.some((one) => holds(one, hours)) ? undefined : venueNotOpen(open);
}

async function takenOn(house: House, venue: Venue, day: Day, now: Date, but?: string): Promise<HaolinError> {
  return venueTaken(await freeOn(house, venue, day, now, but));
}

async function freeOn(house: House, venue: Venue, day: Day, now: Date, but?: string): Promise<Hours[]> {
  const held = (await heldOn(house, venue._id, day)).filter(({ id }) => id !== but);
  return stillToCome(freeOf(openOn(venue, day), held), day, now);
}

/** @throws HaolinError not_found */
async function found(house: House, id: string): Promise<{ venue: Venue; placed: Placed }> {
  const placed = await settled(house, id);
  if (!placed) throw notFound('预约');
  return { placed, venue: await findVenue(house, placed.venue) };
}

/** A booking the caller may change, as far as it goes by who that is. @throws HaolinError not_found, forbidden */
async function changeable(house: House, caller: Caller, id: string, action: 'move' | 'cancel') {
  const { venue, placed } = await found(house, id);
  if (!permits(caller, action, 'booking', subjectOf(venue, placed.booking))) throw forbidden();
  if (isOfTopic(placed.booking) && caller.actor.kind !== 'system') throw bookingOfTopic();
  const isOver = momentOf(placed.day, placed.booking.to) <= caller.now;
  return { venue, placed, isOver };
}

/**
 * Gives a booking other hours of its venue, on the same day or another.
 * @throws HaolinError invalid_input, not_found, forbidden, booking_cancelled, booking_over, booking_changed, and all that
 * `bookVenue` refuses hours with
 */
export async function moveBooking(house: House, caller: Caller, id: string, input: unknown): Promise<Booked> {
  const { day, ...clocks } = parseInput(bookingMove, input);
  const hours = hoursOf(clocks);
  let admission = false;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { venue, placed, isOver } = await changeable(house, caller, id, 'move');
    const { booking } = placed;
    if (booking.cancelled) throw bookingCancelled();
    if (placed.day === day && booking.from === hours.from && booking.to === hours.to) {
      return { booking: bookingViewOf(caller, venue, placed), repeated: true };
    }
    if (isOver) throw bookingOver();
    if (!admission) await admitted(house, caller, venue, day, hours, id);
    admission = true;

    const moved: Placed = { venue: venue._id, day, booking: { ...booking, ...hours, seq: booking.seq + 1 } };
    const outcome =
      placed.day === day ? await shift(house, placed, hours) : await place(house, venue._id, day, moved.booking);
    if (outcome === 'taken') throw await takenOn(house, venue, day, caller.now, id);
    if (outcome === 'gone') continue;
    // Whoever changed it at the same time may have the last word.
    const now = await settled(house, id);
    if (now?.booking.cancelled) throw bookingCancelled();
    if (now?.day !== day || now.booking.from !== hours.from || now.booking.to !== hours.to) throw bookingChanged();
    return { booking: bookingViewOf(caller, venue, moved), repeated: false };
  }
  throw tooBusy();
}

/**
 * Gives the hours back. Cancelling twice changes nothing.
 * @throws HaolinError invalid_input, not_found, forbidden, booking_over, busy
 */
export async function cancelBooking(house: House, caller: Caller, id: string, input: unknown = {}): Promise<Booked> {
  const { reason } = parseInput(bookingCancel, input);
  const { actor, now } = caller;
  const cancelled = { by: { id: actor.id, name: actor.name }, at: now, ...(reason ? { reason } : {}) };
  let mine = false;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { venue, placed, isOver } = await changeable(house, caller, id, 'cancel');
    if (placed.booking.cancelled) return { booking: bookingViewOf(caller, venue, placed), repeated: !mine };
    if (isOver) throw bookingOver();
    // The next round reads it as cancelled, and takes it from wherever else it was being moved to.
    mine = (await cancel(house, placed, cancelled)) || mine;
  }
  throw tooBusy();
}

/** @throws HaolinError not_found, also for those it is none of the business of */
export async function getBooking(house: House, caller: Caller, id: string): Promise<BookingView> {
  const { venue, placed } = await found(house, id);
  if (!permits(caller, 'read', 'booking', subjectOf(venue, placed.booking))) throw notFound('预约');
  return bookingViewOf(caller, venue, placed);
}

/**
 * What a venue is booked for from one day to another (today and 30 days on, by default), in the order of time.
 * @throws HaolinError not_found, invalid_input
 */
export async function listBookings(
  house: House,
  caller: Caller,
  venueId: string,
  range: { from?: Day | undefined; to?: Day | undefined } = {},
): Promise<{ items: BookingView[] }> {
  const from = range.from ?? dayOf(caller.now);
  const to = range.to ?? addDays(from, DAYS_SHOWN);
  const problem =
    to < from
      ? formWords.rangeBackwards
      : daysIn(from, to) > MOST_DAYS_SHOWN && formWords.rangeTooLong(MOST_DAYS_SHOWN);
  if (problem) throw invalidInput([{ path: 'to', code: 'not_right', problem }]);
  const venue = await findVenue(house, venueId);
  const held = await heldBetween(house, venueId, from, to);
  return { items: held.map((placed) => bookingViewOf(caller, venue, placed)) };
}

const daysIn = (from: Day, to: Day): number => (Date.parse(to) - Date.parse(from)) / DAY + 1;

/** When a venue is open on a day and what of that can still be booked. @throws HaolinError not_found */
export async function freeHours(house: House, { now }: Caller, venueId: string, day: Day) {
  const venue = await findVenue(house, venueId);
  return { day, open: clocksOf(openOn(venue, day)), free: clocksOf(await freeOn(house, venue, day, now)) };
}
