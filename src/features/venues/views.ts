import { z } from 'zod';
import { may, system } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import { clockOf, type Hours, holds, momentOf, openOn } from './hours.ts';
import { BOOKING_STATES, type BookingState, crowdedWords, NOT_OPEN_ANY_MORE } from './messages.ts';
import { type Booking, VENUE_KINDS, type Venue, type VenueDay, type VenueKind } from './model.ts';

const HOUSE = system().id;
const at = z.iso.datetime();
const named = z.object({ id: z.string(), name: z.string() });
const hours = z.object({ from: z.string(), to: z.string() });
export const hoursList = z.array(hours);

/** A venue as it leaves the house. */
export const venueView = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(Object.keys(VENUE_KINDS) as [VenueKind, ...VenueKind[]]),
    kindWord: z.string(),
    community: z.string(),
    area: z.string(),
    address: z.string(),
    capacity: z.number().int(),
    opening: z.array(hours.extend({ weekday: z.number().int() })),
    closedDays: z.array(z.string()),
    active: z.boolean(),
    closedBecause: z.string().optional(),
    version: z.number().int(),
    createdAt: at,
    updatedAt: at,
    moves: z.array(z.enum(['book', 'edit', 'close', 'reopen'])).describe('现在可以做的事'),
  })
  .meta({ id: 'Venue' });
export type VenueView = z.output<typeof venueView>;

/** A booking as it leaves the house; for what and by whom, only to whom that may be told. */
export const bookingView = z
  .object({
    id: z.string(),
    venue: named.extend({ address: z.string() }),
    day: z.string(),
    from: z.string(),
    to: z.string(),
    startsAt: at,
    endsAt: at,
    state: z.enum(Object.keys(BOOKING_STATES) as [BookingState, ...BookingState[]]),
    stateWord: z.string(),
    purpose: z.string().optional(),
    people: z.number().int().optional(),
    by: named.optional(),
    warnings: z.array(z.string()).describe('要提醒的：坐不下，或者这个时间不再开放'),
    reason: z.string().optional().describe('取消的原因'),
    moves: z.array(z.enum(['move', 'cancel'])).describe('现在可以做的事'),
  })
  .meta({ id: 'Booking' });
export type BookingView = z.output<typeof bookingView>;

/** Where a booking stands. */
export interface Placed {
  booking: Booking;
  day: VenueDay['day'];
  venue: string;
}

export const clocksOf = (given: readonly Hours[]): z.output<typeof hoursList> =>
  given.map(({ from, to }) => ({ from: clockOf(from), to: clockOf(to) }));

/** The house itself may: a meeting that is off frees its hall. */
export const permits = (
  { actor, ability }: Caller,
  action: string,
  subject: 'venue' | 'booking',
  document: object,
): boolean => actor.kind === 'system' || may(ability, action, subject, document);

/** As the caller sees it, with what the caller may do. */
export function viewOf(caller: Caller, venue: Venue): VenueView {
  const { active } = venue;
  const moves: VenueView['moves'] = [];
  if (active && permits(caller, 'book', 'venue', venue)) moves.push('book');
  if (permits(caller, 'edit', 'venue', venue)) moves.push('edit');
  if (permits(caller, 'close', 'venue', venue)) moves.push(active ? 'close' : 'reopen');
  return {
    id: venue._id,
    name: venue.name,
    kind: venue.kind,
    kindWord: VENUE_KINDS[venue.kind],
    community: venue.community,
    area: venue.areas.at(-1) ?? venue.community,
    address: venue.address,
    capacity: venue.capacity,
    opening: venue.opening.map(({ weekday, from, to }) => ({ weekday, from: clockOf(from), to: clockOf(to) })),
    closedDays: venue.closedDays,
    active,
    ...(venue.closedBecause === undefined ? {} : { closedBecause: venue.closedBecause }),
    version: venue.version,
    createdAt: venue.createdAt.toISOString(),
    updatedAt: venue.updatedAt.toISOString(),
    moves,
  };
}

/** What the rules about a booking are asked of. */
export const subjectOf = ({ areas }: Venue, { by }: Booking): object => ({ areas, by });

/** Whether the house itself holds the hours: for the meeting of a topic, and they are changed with that. */
export const isOfTopic = ({ by }: Booking): boolean => by.id === HOUSE;

export function bookingViewOf(caller: Caller, venue: Venue, { booking, day }: Placed): BookingView {
  const { cancelled, people } = booking;
  const endsAt = momentOf(day, booking.to);
  const state = cancelled ? 'cancelled' : endsAt <= caller.now ? 'over' : 'held';
  const subject = subjectOf(venue, booking);
  const told = permits(caller, 'read', 'booking', subject);
  const warnings = state === 'held' && told ? warningsOf(venue, booking, day) : [];
  return {
    id: booking.id,
    venue: { id: venue._id, name: venue.name, address: venue.address },
    day,
    from: clockOf(booking.from),
    to: clockOf(booking.to),
    startsAt: momentOf(day, booking.from).toISOString(),
    endsAt: endsAt.toISOString(),
    state,
    stateWord: BOOKING_STATES[state],
    ...(told ? { purpose: booking.purpose, by: booking.by, ...(people === undefined ? {} : { people }) } : {}),
    warnings,
    ...(told && cancelled?.reason !== undefined ? { reason: cancelled.reason } : {}),
    moves:
      state === 'held' && !isOfTopic(booking)
        ? (['move', 'cancel'] as const).filter((one) => permits(caller, one, 'booking', subject))
        : [],
  };
}

function warningsOf(venue: Venue, { from, to, people = 0 }: Booking, day: string): string[] {
  const crowded = people > venue.capacity ? [crowdedWords(people, venue.capacity)] : [];
  const open = openOn(venue, day).some((one) => holds(one, { from, to }));
  return open ? crowded : [...crowded, NOT_OPEN_ANY_MORE];
}
