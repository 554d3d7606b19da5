import { setTimeout as pause } from 'node:timers/promises';
import { rawCollection, readAggregate } from '../../core/aggregate.ts';
import { tooBusy } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { atCivil, MINUTE } from '../../core/time.ts';
import { appointInput, type ScheduleInput } from './inputs.ts';
import type { Meeting, TopicDoc } from './model.ts';

/** Nobody leads two meetings at once, in one hall or in two, in one community or in two. */

/** When a meeting is. */
export type Hours = Pick<Meeting, 'startsAt' | 'endsAt'>;

/** The moments of a form's hours. */
export function hoursAsked({ day, from, to }: Pick<ScheduleInput, 'day' | 'from' | 'to'>): Hours {
  const at = (clock: string) => {
    const [hour, minute] = clock.split(':').map(Number);
    return atCivil(day, hour, minute);
  };
  return { startsAt: at(from), endsAt: at(to) };
}

const HOLD_MS = MINUTE;
const ATTEMPTS = 100;
const AGAIN_AFTER_MS = 30;

/** Another meeting that somebody leads at that time, the first of them. Those that only touch are held one after the other. */
export async function clashOf(
  house: House,
  { _id }: Pick<TopicDoc, '_id'>,
  leader: string,
  { startsAt, endsAt }: Hours,
): Promise<Hours | undefined> {
  const [other] = (await rawCollection(house.model<TopicDoc>('topic'))
    .find({
      'facilitator.id': leader,
      'meeting.endsAt': { $gt: startsAt },
      'meeting.startsAt': { $lt: endsAt },
      _id: { $ne: _id },
    })
    .project({ meeting: 1 })
    .sort({ 'meeting.startsAt': 1 })
    .limit(1)
    .toArray()) as unknown as Pick<TopicDoc, 'meeting'>[];
  return other?.meeting;
}

/**
 * Makes a move that gives somebody a meeting to lead: for one person one at a time, in any process, so that two cannot
 * both find the hours free. Other moves are simply made.
 * @throws HaolinError busy, coordination_unavailable, and what the work throws
 */
export async function inLeadersTurn<T>(
  house: House,
  id: string,
  move: string,
  input: unknown,
  work: () => Promise<T>,
): Promise<T> {
  if (move !== 'schedule' && move !== 'appoint') return work();
  const leader =
    move === 'appoint'
      ? appointInput.safeParse(input).data?.facilitator
      : (await readAggregate(house.model<TopicDoc>('topic'), id))?.facilitator?.id;
  if (leader === undefined) return work();
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const done = await house.coordination.lock(`leading:${leader}`, HOLD_MS, async () => ({ made: await work() }));
    if (done) return done.made;
    await pause(AGAIN_AFTER_MS);
  }
  throw tooBusy();
}
