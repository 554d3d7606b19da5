import type { About, House } from '../../core/house.ts';
import { DAY } from '../../core/time.ts';
import type { Person } from './model.ts';
import { personChanged } from './service.ts';

/** What is about one's own matters can be put off for so long; who puts it off for longer misses what they have to know. */
const MATTERS_REST_MS = 7 * DAY;

/** In place of a channel: nothing but what is urgent comes to a chat. */
export const INBOX_ONLY = 'inbox';

/**
 * Whether a person wants a message in their chat now. What is urgent always comes; what is about a matter of theirs rests
 * for a week at most; a reminder as long as they like, by itself or with all others. Whoever reads in the inbox is written to
 * all the same about matters when they hold a post: others wait for what they do. Pure.
 */
export function wants(
  person: Pick<Person, 'mutedUntil' | 'mutedSince' | 'mutedMessages' | 'channel' | 'roles'>,
  { urgent = false, kind = 'matter', message }: About,
  now: Date,
): boolean {
  if (urgent) return true;
  if (person.channel === INBOX_ONLY && !(kind === 'matter' && holdsPost(person))) return false;
  if (kind === 'reminder' && message !== undefined && person.mutedMessages?.includes(message)) return false;
  const { mutedUntil, mutedSince } = person;
  if (!mutedUntil || mutedUntil <= now) return true;
  if (kind === 'reminder' || !mutedSince) return false;
  return now.getTime() >= mutedSince.getTime() + MATTERS_REST_MS;
}

const holdsPost = ({ roles }: Pick<Person, 'roles'>): boolean => roles.some(({ role }) => role !== 'resident');

/**
 * Keeps reminders out of a person's chats for so many days from now; 0 lets them in again, those muted by name as well.
 * @returns until when, `undefined` when they are let in
 */
export async function muteReminders(house: House, personId: string, days: number): Promise<Date | undefined> {
  const now = house.clock.now();
  const until = days > 0 ? new Date(now.getTime() + days * DAY) : undefined;
  await change(
    house,
    personId,
    until
      ? { $set: { mutedUntil: until, mutedSince: now } }
      : { $unset: { mutedUntil: '', mutedSince: '', mutedMessages: '' } },
  );
  return until;
}

/** Whether there is a reminder of this name: what it is told by may be muted. */
export const isReminder = ({ reminders = [] }: House, message: string): boolean =>
  reminders.some(({ name }) => name === message);

/** Keeps one reminder out of a person's chats, or lets it in again. A name that is no reminder's changes nothing. */
export async function muteMessage(house: House, personId: string, message: string, muted: boolean): Promise<void> {
  if (!isReminder(house, message)) return;
  await change(house, personId, { [muted ? '$addToSet' : '$pull']: { mutedMessages: message } });
}

/** Which channel a person likes best; `undefined` leaves it to the house. */
export const preferChannel = (house: House, personId: string, channel: string | undefined): Promise<void> =>
  change(house, personId, channel === undefined ? { $unset: { channel: '' } } : { $set: { channel } });

async function change(house: House, personId: string, update: Record<string, object>): Promise<void> {
  await house
    .model<Person>('people')
    .updateOne(
      { _id: personId, active: true },
      { ...update, $set: { ...update.$set, updatedAt: house.clock.now() }, $inc: { version: 1 } },
    );
  await personChanged(house, personId);
}
