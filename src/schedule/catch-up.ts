import type { Job } from '../core/feature.ts';
import { type Held, type Ledger, ON_TIME_MS } from './ledger.ts';
import type { Slots } from './slots.ts';

/** A job with its slots read from its cron expression. */
export interface Timed {
  job: Job;
  slots: Slots;
}

/** What to do about a job's slots that have passed. */
export interface CatchUp {
  /** The one slot still worth running. */
  run?: Date;
  /** Slots that will not be run. */
  skip: Date[];
}

/** More slots than this are not looked at one by one after a long time away: most of a day of a job that runs every ten minutes. */
export const MOST_SLOTS = 100;

/** Until when a slot still has a purpose. One that is under a minute old is not missed, whatever the job says. */
export function purposeEnds(job: Pick<Job, 'makeUpWithinMs'>, slot: Date): Date {
  return new Date(slot.getTime() + Math.max(job.makeUpWithinMs, ON_TIME_MS));
}

/**
 * Which of the passed slots is made up: only the newest of all, only when nobody has taken it, and only while it has a
 * purpose. An older one never: what it was for, the newer has done or will do. Pure.
 * @param slots newest first
 * @param known times of those in the ledger
 */
export function plan(
  job: Pick<Job, 'makeUpWithinMs'>,
  slots: readonly Date[],
  known: ReadonlySet<number>,
  now: Date,
): CatchUp {
  const missed = slots.filter((slot) => !known.has(slot.getTime()));
  const newest = slots[0];
  if (!newest || missed[0] !== newest || purposeEnds(job, newest) < now) return { skip: missed };
  return { run: newest, skip: missed.slice(1) };
}

/**
 * Accounts for a job's slots up to `now`: writes down those that will not be run, and takes the one that will.
 * The mark moves only afterwards, so a crash in between leaves nothing out.
 */
export async function accountFor({ job, slots }: Timed, ledger: Ledger, now: Date): Promise<Held | undefined> {
  const since = await ledger.seenUntil(job.name, now);
  const passed = slots.between(since, now, MOST_SLOTS);
  const newest = passed.slots[0];
  const oldest = passed.slots.at(-1);
  if (!newest || !oldest) return undefined;
  const known = await ledger.known(job.name, new Date(oldest.getTime() - 1), now);
  const { run, skip } = plan(job, passed.slots, known, now);
  await ledger.skip(job.name, skip, passed.more ? since : undefined);
  const held = run && (await ledger.claim(job.name, run, now));
  await ledger.advance(job.name, newest);
  return held;
}
