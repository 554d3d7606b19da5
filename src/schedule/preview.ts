import type { Job, Message, Planned } from '../core/feature.ts';
import type { House } from '../core/house.ts';
import { addDays, atCivil, type Day, outsideQuietHours } from '../core/time.ts';
import { slotsOf } from './slots.ts';

/** One message a job would send, in its words. */
export interface Foreseen extends Planned {
  job: string;
  /** What the job is called. */
  jobTitle: string;
  /** When it would leave at the earliest: the job's time, or the end of the quiet hours. */
  at: Date;
  title: string;
  text: string;
  link?: string;
  urgent: boolean;
}

/** What a job that moves documents would do by the end of those days if nobody did anything before. */
export interface ForeseenMoves {
  job: string;
  jobTitle: string;
  lines: string[];
}

/** A job ticks less often than this in the days that are looked at, or each of its slots costs a reading of the store. */
const MOST_SLOTS = 2_000;

/**
 * All that the jobs would tell people on the days from `from` to `to` (Shanghai), in the order of time, each key once.
 * Reads only. What people do meanwhile is not foreseen: it is said as if nothing happened between now and then.
 */
export async function* foresee(
  house: House,
  jobs: readonly Job[],
  messages: Readonly<Record<string, Message>>,
  { from, to }: { from: Day; to: Day },
): AsyncGenerator<Foreseen> {
  const told = new Set<string>();
  for (const { job, slot, preview } of slotsWithin(jobs, from, to)) {
    const run = { slot, now: slot, late: false, dryRun: true, seenFrom: house.clock.now() };
    for await (const planned of preview(run, houseAt(house, slot))) {
      if (told.has(planned.key)) continue;
      told.add(planned.key);
      yield worded(job, slot, planned, messages);
    }
  }
}

/** What the other jobs would do until the end of the day `to`: those that tell people by moving documents. Reads only. */
export async function* foreseeMoves(
  house: House,
  jobs: readonly Job[],
  { from, to }: { from: Day; to: Day },
): AsyncGenerator<ForeseenMoves> {
  const until = endBefore(to);
  for (const job of jobs.filter(({ preview }) => !preview)) {
    const slot = slotsOf(job.cron).latest(until);
    if (slot < atCivil(from)) continue;
    const { lines } = await job.run({ slot, now: slot, late: false, dryRun: true }, houseAt(house, slot));
    if (lines.length > 0) yield { job: job.name, jobTitle: job.title, lines };
  }
}

const endBefore = (to: Day): Date => new Date(atCivil(addDays(to, 1)).getTime() - 1);

/** The house as it will be at that moment, as far as a clock can say. */
const houseAt = (house: House, at: Date): House => ({ ...house, clock: { now: () => at } });

function slotsWithin(jobs: readonly Job[], from: Day, to: Day) {
  const since = new Date(atCivil(from).getTime() - 1);
  return jobs
    .flatMap((job) => {
      const preview = job.preview?.bind(job);
      if (!preview) return [];
      const { slots } = slotsOf(job.cron).between(since, endBefore(to), MOST_SLOTS);
      return slots.map((slot) => ({ job, slot, preview }));
    })
    .toSorted((a, b) => a.slot.getTime() - b.slot.getTime());
}

/** @throws Error when the job names a message the house does not have: it would never leave its outbox */
function worded(job: Job, slot: Date, planned: Planned, messages: Readonly<Record<string, Message>>): Foreseen {
  const message = messages[planned.message];
  if (!message) throw new Error(`The job ${job.name} tells ${planned.message}, which no feature has words for`);
  const data = planned.data ?? {};
  const urgent = message.urgent ?? false;
  const link = message.link?.(data);
  return {
    ...planned,
    job: job.name,
    jobTitle: job.title,
    at: urgent ? slot : outsideQuietHours(slot),
    title: message.title,
    text: message.body(data),
    ...(link === undefined ? {} : { link }),
    urgent,
  };
}
