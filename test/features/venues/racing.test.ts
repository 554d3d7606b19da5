/** Who has a venue when, asked for by many at once: never two, and nothing is lost. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Caller } from '../../../src/core/caller.ts';
import { place, settled } from '../../../src/features/venues/days.ts';
import { clockOf, overlap } from '../../../src/features/venues/hours.ts';
import {
  bookVenue,
  cancelBooking,
  freeHours,
  getBooking,
  listBookings,
  moveBooking,
} from '../../../src/features/venues/index.ts';
import { type Booking, daysOf } from '../../../src/features/venues/model.ts';
import { bookingOf, openTown, outcome, THURSDAY, type Town, TUESDAY } from './town.ts';

let test: Town['test'];
let facilitator: Caller;
let as: Town['as'];
let hall: Town['hall'];

beforeAll(async () => {
  ({ test, facilitator, as, hall } = await openTown());
});
afterAll(() => test.close());

/** No two bookings of a venue overlap: the one thing that must always hold. */
async function overlapping(venue: string): Promise<unknown[]> {
  const days = await daysOf(test.house).find({ venue }).toArray();
  return days.flatMap(({ day, bookings }) => {
    const held = bookings.filter(({ cancelled }) => !cancelled);
    const pairs = held.flatMap((one, at) => held.slice(at + 1).map((other) => [one, other] as const));
    return pairs.filter(([one, other]) => overlap(one, other)).map((pair) => [day, ...pair]);
  });
}

it('50 who want the same hours: one has them, the others read what is free', async () => {
  const venue = await hall();
  const callers = Array.from({ length: 50 }, () => as(['worker']));
  const outcomes = await Promise.all(
    callers.map((caller) => outcome(bookVenue(test.house, caller, venue, bookingOf(TUESDAY, '10:00', '11:30')))),
  );
  expect(outcomes.filter((one) => one === 'ok')).toHaveLength(1);
  expect(outcomes.filter((one) => one === 'venue_taken')).toHaveLength(49);
  expect(await overlapping(venue)).toEqual([]);
});

it('24 who want hours beside each other all have them, each sent twice under its key', async () => {
  const venue = await hall();
  const outcomes = await Promise.all(
    Array.from({ length: 48 }, (_, n) => {
      const from = 540 + 30 * (n >> 1);
      const caller = { ...as(['worker'], { key: `k${n >> 1}` }) };
      const actor = { ...caller.actor, id: `sender${n >> 1}`, name: '同一个人' };
      return outcome(
        bookVenue(test.house, { ...caller, actor }, venue, bookingOf(TUESDAY, clockOf(from), clockOf(from + 30))),
      );
    }),
  );
  expect(outcomes.filter((one) => one !== 'ok')).toEqual([]);
  expect((await listBookings(test.house, facilitator, venue)).items).toHaveLength(24);
  expect(await overlapping(venue)).toEqual([]);
  expect((await freeHours(test.house, facilitator, venue, TUESDAY)).free).toEqual([]);
});

it('one booking moved to many days and cancelled at once ends in one place, or in none', async () => {
  const venue = await hall();
  const days = [TUESDAY, '2026-03-11', THURSDAY, '2026-03-13'];
  for (const cancelling of [false, true]) {
    const wanted = bookingOf('2026-03-16', '10:00', '11:00');
    const { booking } = await bookVenue(test.house, facilitator, venue, wanted);
    const outcomes = await Promise.all([
      ...days.map((day) =>
        outcome(moveBooking(test.house, facilitator, booking.id, { day, from: '10:00', to: '11:00' })),
      ),
      ...(cancelling ? [outcome(cancelBooking(test.house, facilitator, booking.id))] : []),
    ]);
    for (const one of outcomes) expect(['ok', 'booking_changed', 'booking_cancelled']).toContain(one);
    const { items } = await listBookings(test.house, facilitator, venue);
    expect(items.filter(({ id }) => id === booking.id)).toHaveLength(cancelling ? 0 : 1);
    if (!cancelling) await cancelBooking(test.house, facilitator, booking.id);
  }
});

it('a booking a crash left in two places stands in the later one only, and is in nobody’s way in the other', async () => {
  const venue = await hall();
  const { booking } = await bookVenue(test.house, facilitator, venue, bookingOf(TUESDAY, '10:00', '11:00'));
  const at = await settled(test.house, booking.id);
  // All a move has written when the process is killed in the middle.
  await place(test.house, venue, THURSDAY, { ...(at?.booking as Booking), seq: 2 });
  expect(await outcome(bookVenue(test.house, as(['worker']), venue, bookingOf(TUESDAY, '10:30', '11:30')))).toBe('ok');
  expect(await getBooking(test.house, facilitator, booking.id)).toMatchObject({ day: THURSDAY });
  expect(await outcome(bookVenue(test.house, as(['worker']), venue, bookingOf(THURSDAY, '10:30', '11:30')))).toBe(
    'venue_taken',
  );
});

it('whatever is booked, moved and cancelled, alone or together, never overlaps', async () => {
  const slot = fc.record({
    day: fc.constantFrom(TUESDAY, THURSDAY),
    from: fc.nat(20),
    long: fc.integer({ min: 1, max: 6 }),
  });
  const step = fc.record({ slot, what: fc.constantFrom('book', 'book', 'move', 'cancel'), which: fc.nat(30) });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { maxLength: 5 }), async (rounds) => {
      const venue = await hall();
      const made: string[] = [];
      const allowed = ['ok', 'venue_taken', 'booking_cancelled', 'booking_changed'];
      for (const round of rounds) {
        const known = [...made];
        const outcomes = await Promise.all(
          round.map(({ slot: { day, from, long }, what, which }) => {
            const hours = {
              day,
              from: clockOf(540 + 30 * from),
              to: clockOf(Math.min(540 + 30 * (from + long), 1_260)),
            };
            const id = known[which % Math.max(1, known.length)];
            const caller = as(['secretary']);
            if (what === 'book' || id === undefined) {
              const booked = bookVenue(test.house, caller, venue, { ...hours, purpose: '说事' });
              return outcome(booked.then(({ booking }) => made.push(booking.id)));
            }
            return outcome(
              what === 'move' ? moveBooking(test.house, caller, id, hours) : cancelBooking(test.house, caller, id),
            );
          }),
        );
        for (const one of outcomes) expect(allowed).toContain(one);
      }
      expect(await overlapping(venue)).toEqual([]);
      const shown = (await listBookings(test.house, facilitator, venue)).items.map(({ id }) => id);
      expect(new Set(shown).size).toBe(shown.length);
    }),
    { numRuns: 12 },
  );
});

it('nobody books without end, and what is refused counts for nothing', async () => {
  const venue = await hall();
  const busy = as(['worker']);
  await bookVenue(test.house, facilitator, venue, bookingOf(TUESDAY, '09:00', '09:15'));
  for (let n = 0; n < 5; n += 1) {
    expect(await outcome(bookVenue(test.house, busy, venue, bookingOf(TUESDAY, '09:00', '10:00')))).toBe('venue_taken');
  }
  const outcomes: string[] = [];
  for (let n = 1; n <= 31; n += 1) {
    outcomes.push(
      await outcome(
        bookVenue(test.house, busy, venue, bookingOf(TUESDAY, clockOf(540 + 15 * n), clockOf(555 + 15 * n))),
      ),
    );
  }
  expect(outcomes).toEqual([...Array.from({ length: 30 }, () => 'ok'), 'too_many_requests']);
});
