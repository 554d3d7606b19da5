import { tooBusy } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { isDuplicate } from '../../core/insert.ts';
import type { Day } from '../../core/time.ts';
import { type Hours, overlap } from './hours.ts';
import { type Booking, daysOf, type VenueDay } from './model.ts';
import type { Placed } from './views.ts';

/**
 * How bookings lie in the store. Each step is one write guarded by what it takes for granted. A booking that goes to
 * another day is put there before it is taken from where it was, under a greater number: a crash in between leaves it in
 * two places, never in none, and whoever comes by next takes it from the one of the smaller number (`settled`).
 */

const ATTEMPTS = 20;
const HELD = { cancelled: { $exists: false } };
const dayId = (venue: string, day: Day): string => `${venue}:${day}`;
const overlapping = ({ from, to }: Hours) => ({ ...HELD, from: { $lt: to }, to: { $gt: from } });

/** What a venue is taken for on a day. */
export async function heldOn(house: House, venue: string, day: Day): Promise<Booking[]> {
  const found = await daysOf(house).findOne({ _id: dayId(venue, day) });
  return heldIn(found);
}

const heldIn = (found: Pick<VenueDay, 'bookings'> | null): Booking[] =>
  (found?.bookings ?? []).filter(({ cancelled }) => !cancelled).sort((a, b) => a.from - b.from);

/** What a venue is taken for from one day to another, in the order of time. */
export async function heldBetween(house: House, venue: string, from: Day, to: Day): Promise<Placed[]> {
  const found = await daysOf(house)
    .find({ venue, day: { $gte: from, $lte: to } })
    .sort({ day: 1 })
    .toArray();
  return found.flatMap((one) => heldIn(one).map((booking) => ({ booking, day: one.day, venue })));
}

/** Whether hours are free, apart from one booking; what only seems to be in the way is cleared. */
export async function isFree(house: House, venue: string, day: Day, hours: Hours, but?: string): Promise<boolean> {
  const inTheWay = (await heldOn(house, venue, day)).filter((one) => one.id !== but && overlap(one, hours));
  for (const { id, seq } of inTheWay) {
    const placed = await settled(house, id);
    if (placed && placed.booking.seq === seq && !placed.booking.cancelled && placed.day === day) return false;
  }
  return true;
}

/**
 * Puts a booking into a day; doing so twice puts it there once.
 * @returns `other` when the very step stands there with other hours: somebody took it at the same time
 * @throws HaolinError busy
 */
export async function place(
  house: House,
  venue: string,
  day: Day,
  booking: Booking,
): Promise<'placed' | 'taken' | 'other'> {
  const _id = dayId(venue, day);
  const { id, seq } = booking;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      await daysOf(house).updateOne(
        { _id, $nor: [{ bookings: { $elemMatch: overlapping(booking) } }, { bookings: { $elemMatch: { id, seq } } }] },
        { $push: { bookings: booking }, $setOnInsert: { venue, day } },
        { upsert: true },
      );
      return 'placed';
    } catch (error) {
      // The day's document is there and has something against it, or two were the first on that day at once.
      if (!isDuplicate(error)) throw error;
    }
    const there = await daysOf(house).findOne({ _id });
    const same = there?.bookings.find((one) => one.id === id && one.seq === seq);
    if (same) return same.from === booking.from && same.to === booking.to ? 'placed' : 'other';
    if (!(await isFree(house, venue, day, booking))) return 'taken';
  }
  throw tooBusy();
}

/**
 * Gives a booking other hours of the same day.
 * @returns `gone` when it is not there any more as it was read
 */
export async function shift(house: House, placed: Placed, hours: Hours): Promise<'shifted' | 'taken' | 'gone'> {
  const { venue, day, booking } = placed;
  const { id, seq } = booking;
  const _id = dayId(venue, day);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { matchedCount } = await daysOf(house).updateOne(
      {
        _id,
        bookings: { $elemMatch: { id, seq, ...HELD } },
        $nor: [{ bookings: { $elemMatch: { id: { $ne: id }, ...overlapping(hours) } } }],
      },
      {
        $set: {
          'bookings.$[one].from': hours.from,
          'bookings.$[one].to': hours.to,
          'bookings.$[one].seq': seq + 1,
        },
      },
      { arrayFilters: [{ 'one.id': id, 'one.seq': seq }] },
    );
    if (matchedCount === 1) return 'shifted';
    const held = await heldOn(house, venue, day);
    if (!held.some((one) => one.id === id && one.seq === seq)) return 'gone';
    if (!(await isFree(house, venue, day, hours, id))) return 'taken';
  }
  throw tooBusy();
}

/** Cancels a booking where it was read. It stays, as a stone over what else may bear its id. @returns false when it is not there any more */
export async function cancel(
  house: House,
  { venue, day, booking: { id, seq } }: Placed,
  cancelled: NonNullable<Booking['cancelled']>,
): Promise<boolean> {
  const { matchedCount } = await daysOf(house).updateOne(
    { _id: dayId(venue, day), bookings: { $elemMatch: { id, seq, ...HELD } } },
    { $set: { 'bookings.$[one].cancelled': cancelled, 'bookings.$[one].seq': seq + 1 } },
    { arrayFilters: [{ 'one.id': id, 'one.seq': seq }] },
  );
  return matchedCount === 1;
}

/** Takes a booking out of a day as though it had never been there. */
export async function release(house: House, { venue, day, booking: { id, seq } }: Placed): Promise<void> {
  await daysOf(house).updateOne(
    { _id: dayId(venue, day) },
    { $pull: { bookings: { id: { $eq: id }, seq: { $eq: seq }, ...HELD } } },
  );
}

/**
 * Where a booking is. Of several places the one of the greatest number holds, a cancelled one before one that is not; from
 * the others it is taken.
 */
export async function settled(house: House, id: string): Promise<Placed | undefined> {
  const found = await daysOf(house).find({ 'bookings.id': id }).sort({ day: 1 }).toArray();
  const places = found
    .flatMap(({ venue, day, bookings }) =>
      bookings.filter((one) => one.id === id).map((booking): Placed => ({ venue, day, booking })),
    )
    .sort(byPrecedence);
  const holding = places.pop();
  for (const one of places) if (!one.booking.cancelled) await release(house, one);
  return holding;
}

const byPrecedence = (a: Placed, b: Placed): number =>
  a.booking.seq - b.booking.seq ||
  Number(a.booking.cancelled !== undefined) - Number(b.booking.cancelled !== undefined) ||
  (a.day < b.day ? -1 : 1);
