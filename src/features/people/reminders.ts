import type { House } from '../../core/house.ts';
import { DAY } from '../../core/time.ts';
import type { Person } from './model.ts';
import { personChanged } from './service.ts';

/**
 * Keeps reminders out of a person's chats for so many days from now; 0 lets them in again.
 * @returns until when, `undefined` when they are let in
 */
export async function muteReminders(house: House, personId: string, days: number): Promise<Date | undefined> {
  const now = house.clock.now();
  const until = days > 0 ? new Date(now.getTime() + days * DAY) : undefined;
  await house.model<Person>('people').updateOne(
    { _id: personId, active: true },
    {
      ...(until
        ? { $set: { mutedUntil: until, updatedAt: now } }
        : { $unset: { mutedUntil: '' }, $set: { updatedAt: now } }),
      $inc: { version: 1 },
    },
  );
  await personChanged(house, personId);
  return until;
}
