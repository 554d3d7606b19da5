import { randomUUID } from 'node:crypto';
import type { mongo } from 'mongoose';
import { describeError } from '../core/describe.ts';
import type { RunReport } from '../core/feature.ts';
import { gather } from '../core/gather.ts';
import type { House } from '../core/house.ts';
import { gatherInserts, insertNew } from '../core/insert.ts';
import { MINUTE } from '../core/time.ts';
import { type JobRun, marksOf, runsOf } from './model.ts';

/** How long after its process's death a run is taken over. A living one renews it. */
export const LEASE_MS = MINUTE;
/** A run that begins later than this after its slot is late. */
export const ON_TIME_MS = MINUTE;
/** A run that failed, or took its process with it, this often is not begun again. */
export const MOST_ATTEMPTS = 3;
const RETRY_AFTER_MS = 2 * MINUTE;
const MOST_LINES = 500;
const LONGEST_ERROR = 500;

/** A run this process holds. */
export type Held = JobRun & { holder: string };

/** A run that is done, and what is to be written of it. */
interface Ended {
  run: Held;
  update: mongo.UpdateFilter<JobRun>;
}

/** A job whose mark is asked for; one that is seen for the first time is marked with `now`. */
interface Seen {
  job: string;
  now: Date;
}

/** Slots of a job that are asked for. */
interface Asked {
  job: string;
  since: Date;
  until: Date;
}

interface Mark {
  job: string;
  seenUntil: Date;
}

/** Fields only a run that is not over has. */
const UNDER_WAY = { holder: '', leaseUntil: '', nextAt: '' } as const;

export const runId = (job: string, slot: Date): string => `${job}@${slot.toISOString()}`;

/** The ledger: one line for each slot of each job, whoever asks and however often. Every change is one conditional write. */
export function openLedger(house: Pick<House, 'db'>) {
  const runs = () => runsOf(house);
  /** Several jobs have their slot at one time: what they claim, and what they finish, is written together. */
  const insert = gatherInserts(runs());
  const end = gather(endTogether);
  // After some time away all jobs are accounted for at once.
  const seenUntil = gather(seenTogether);
  const known = gather(knownTogether);
  const advance = gather(advanceTogether);

  /** Takes a slot nobody has taken yet. */
  async function claim(job: string, slot: Date, now: Date, byHand = false): Promise<Held | undefined> {
    const leaseUntil = new Date(now.getTime() + LEASE_MS);
    const run: Held = {
      _id: runId(job, slot),
      job,
      slot,
      state: 'running',
      late: !byHand && now.getTime() - slot.getTime() > ON_TIME_MS,
      ...(byHand ? { byHand } : {}),
      attempts: 1,
      holder: randomUUID(),
      leaseUntil,
      nextAt: leaseUntil,
      startedAt: now,
    };
    return (await insert(run)) ? run : undefined;
  }

  /** Takes a run over whose holder is gone, or that failed, and that may be tried again. */
  async function takeOver(run: JobRun, now: Date): Promise<Held | undefined> {
    const leaseUntil = new Date(now.getTime() + LEASE_MS);
    const late = run.late || (!run.byHand && now.getTime() - run.slot.getTime() > ON_TIME_MS);
    const taken = await runs().findOneAndUpdate(
      { _id: run._id, nextAt: { $lte: now }, attempts: { $lt: MOST_ATTEMPTS } },
      {
        $set: { state: 'running', holder: randomUUID(), leaseUntil, nextAt: leaseUntil, startedAt: now, late },
        $unset: { finishedAt: '', error: '' },
        $inc: { attempts: 1 },
      },
      { returnDocument: 'after' },
    );
    return (taken as Held | null) ?? undefined;
  }

  /** @returns false when the run was taken over by another meanwhile */
  async function write({ _id, holder }: Held, update: mongo.UpdateFilter<JobRun>): Promise<boolean> {
    return (await runs().updateOne({ _id, holder }, update)).matchedCount > 0;
  }

  /** @returns of each run whether it was still held by who ended it */
  async function endTogether(ends: Ended[]): Promise<boolean[]> {
    const { matchedCount } = await runs().bulkWrite(
      ends.map(({ run: { _id, holder }, update }) => ({ updateOne: { filter: { _id, holder }, update } })),
      { ordered: false },
    );
    if (matchedCount === ends.length) return ends.map(() => true);
    const found = await runs()
      .find({ _id: { $in: ends.map(({ run }) => run._id) } })
      .project<Pick<JobRun, '_id' | 'state' | 'attempts'>>({ state: 1, attempts: 1 })
      .toArray();
    const states = new Map(found.map((one) => [one._id, one]));
    // Whoever takes a run over makes it another attempt.
    return ends.map(({ run: { _id, attempts } }) => {
      const now = states.get(_id);
      return now?.state === 'done' && now.attempts === attempts;
    });
  }

  async function seenTogether(asked: Seen[]): Promise<Date[]> {
    const ids = asked.map(({ job }) => job);
    const look = async () => {
      const marks = await marksOf(house)
        .find({ _id: { $in: ids } })
        .toArray();
      return new Map(marks.map(({ _id, seenUntil: at }) => [_id, at]));
    };
    let marks = await look();
    const fresh = asked.filter(({ job }) => !marks.has(job));
    if (fresh.length > 0) {
      await insertNew(
        marksOf(house),
        fresh.map(({ job, now }) => ({ _id: job, seenUntil: now })),
      );
      // Another process may have been first.
      marks = await look();
    }
    return asked.map(({ job, now }) => marks.get(job) ?? now);
  }

  async function knownTogether(asked: Asked[]): Promise<Set<number>[]> {
    const found = await runs()
      .find({ $or: asked.map(({ job, since, until }) => ({ job, slot: { $gt: since, $lte: until } })) })
      .project<Pick<JobRun, 'job' | 'slot'>>({ _id: 0, job: 1, slot: 1 })
      .toArray();
    const slots = new Map(asked.map(({ job }) => [job, new Set<number>()]));
    for (const { job, slot } of found) slots.get(job)?.add(slot.getTime());
    return asked.map(({ job }) => slots.get(job) ?? new Set());
  }

  async function advanceTogether(marks: Mark[]): Promise<void[]> {
    await marksOf(house).bulkWrite(
      marks.map(({ job, seenUntil: at }) => ({
        updateOne: { filter: { _id: job }, update: { $max: { seenUntil: at } } },
      })),
      { ordered: false },
    );
    return marks.map(() => undefined);
  }

  return {
    claim,
    takeOver,
    renew(run: Held, now: Date): Promise<boolean> {
      const leaseUntil = new Date(now.getTime() + LEASE_MS);
      return write(run, { $set: { leaseUntil, nextAt: leaseUntil } });
    },
    finish(run: Held, { lines }: RunReport, now: Date): Promise<boolean> {
      const more = lines.length - MOST_LINES;
      return end({
        run,
        update: {
          $set: {
            state: 'done',
            finishedAt: now,
            lines: lines.slice(0, MOST_LINES),
            ...(more > 0 ? { moreLines: more } : {}),
          },
          $unset: UNDER_WAY,
        },
      });
    },
    /**
     * Notes a failure. Unless it was by hand, the last attempt, or past `until`, the run will be tried again.
     * @returns `again`, `over`, or `lost` when the run was taken over by another meanwhile
     */
    async fail(run: Held, error: unknown, now: Date, until: Date): Promise<'again' | 'over' | 'lost'> {
      const nextAt = new Date(now.getTime() + RETRY_AFTER_MS * run.attempts);
      const again = !run.byHand && run.attempts < MOST_ATTEMPTS && nextAt <= until;
      const { nextAt: _looked, ...rest } = UNDER_WAY;
      const ours = await write(run, {
        $set: {
          state: 'failed',
          finishedAt: now,
          error: reasonOf(error),
          ...(again ? { nextAt } : {}),
        },
        $unset: again ? rest : UNDER_WAY,
      });
      if (!ours) return 'lost';
      return again ? 'again' : 'over';
    },
    /** Runs whose lease is over or whose time to be tried again has come. */
    unattended: (now: Date): Promise<JobRun[]> =>
      runs()
        .find({ nextAt: { $lte: now } })
        .sort({ nextAt: 1 })
        .toArray(),
    /**
     * Lays down a run that died and is not begun again.
     * @returns false when another did so first
     */
    async abandon(run: JobRun, now: Date, error: string): Promise<boolean> {
      const { modifiedCount } = await runs().updateOne(
        { _id: run._id, nextAt: { $lte: now } },
        { $set: { state: 'failed', finishedAt: now, error: run.error ?? error }, $unset: UNDER_WAY },
      );
      return modifiedCount > 0;
    },
    /**
     * Slots nobody will run any more. Those already in the ledger stay as they are.
     * @param since when given, all before the oldest of these up to that moment are skipped as well
     */
    async skip(job: string, slots: readonly Date[], since?: Date): Promise<void> {
      const oldest = Math.min(...slots.map(Number));
      await Promise.all(
        slots.map((slot) => {
          const also = since && slot.getTime() === oldest ? { skippedSince: since } : {};
          return insert({ _id: runId(job, slot), job, slot, state: 'skipped', late: false, attempts: 0, ...also });
        }),
      );
    },
    /** Which of a job's slots after `since` up to `until` are in the ledger. */
    known: (job: string, since: Date, until: Date): Promise<Set<number>> => known({ job, since, until }),
    async last(job: string): Promise<JobRun | undefined> {
      return (await runs().findOne({ job }, { sort: { slot: -1 } })) ?? undefined;
    },
    /** Up to where a job's slots are accounted for. A job seen for the first time has missed nothing. */
    seenUntil: (job: string, now: Date): Promise<Date> => seenUntil({ job, now }),
    advance: (job: string, to: Date): Promise<void> => advance({ job, seenUntil: to }),
  };
}

/** An error in a few words; what it may quote of people is left out. */
function reasonOf(error: unknown): string {
  const { type, message } = describeError(error);
  return `${type}: ${message}`.slice(0, LONGEST_ERROR);
}

export type Ledger = ReturnType<typeof openLedger>;
