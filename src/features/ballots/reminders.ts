import type { mongo } from 'mongoose';
import mongoose from 'mongoose';
import { rawCollection, readAggregate } from '../../core/aggregate.ts';
import type { Job, Run, RunReport } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { insertNew } from '../../core/insert.ts';
import { deliver } from '../../core/notice.ts';
import { DAY, HOUR } from '../../core/time.ts';
import { electorsOf, voicesOf } from './electors.ts';
import { stateAt } from './lifecycle.ts';
import type { BallotDoc, Elector } from './model.ts';
import { withWays } from './urn.ts';

/**
 * Reminders to whom a voice belongs that has not voted yet. They say until when one may, and nothing of how others voted or
 * of how many did.
 */

/** How long before closing, in ballots longer than how long; the last that has begun is the one to send. */
const KINDS = [
  { kind: 'day', before: DAY, longerThan: 2 * DAY },
  { kind: 'hours', before: 3 * HOUR, longerThan: 6 * HOUR },
] as const;
const BATCH = 1_000;

/** That a ballot's reminder of a kind was given to everybody, so that a big electorate is gone through once. */
interface Reminded {
  /** `ballot:kind` */
  _id: string;
  at: Date;
}

export const remindedSchema = new mongoose.Schema(
  { _id: { type: String, required: true }, at: { type: Date, required: true } },
  { versionKey: false, minimize: false, autoIndex: false },
);
const remindedOf = (house: House): mongo.Collection<Reminded> =>
  house.model<Reminded>('ballot_reminders').collection as unknown as mongo.Collection<Reminded>;

/** Which reminder a ballot wants at this moment. Pure. */
export function reminderDue(
  { state, opensAt, closesAt }: Pick<BallotDoc, 'state' | 'opensAt' | 'closesAt'>,
  now: Date,
): (typeof KINDS)[number]['kind'] | undefined {
  if (stateAt({ state, closesAt }, now) !== 'open' || now < opensAt) return undefined;
  const lasts = closesAt.getTime() - opensAt.getTime();
  const left = closesAt.getTime() - now.getTime();
  return KINDS.findLast(({ before, longerThan }) => left <= before && lasts > longerThan)?.kind;
}

/** Whether somebody may still vote on a ballot and has a voice that did not. */
export async function hasYetToVote(house: House, ballot: string, person: string, now: Date): Promise<boolean> {
  const found = await readAggregate(house.model<BallotDoc>('ballot'), ballot);
  if (!found || stateAt(found, now) !== 'open') return false;
  return (await voicesOf(house, found, person)).some((one) => isWaitedFor(found, one));
}

/** Whether a voice of somebody is written down as on paper. */
export async function votesOnPaper(house: House, ballot: string, person: string): Promise<boolean> {
  const found = await readAggregate(house.model<BallotDoc>('ballot'), ballot);
  return found !== undefined && (await voicesOf(house, found, person)).some(({ way }) => way === 'paper');
}

/** Has not voted, and may: where a meeting decides, who is not at it may not. */
const isWaitedFor = ({ rule }: BallotDoc, { way, attended }: Elector): boolean =>
  way === undefined && (rule.present === 'voting' || attended === true);

export const reminding: Job = {
  name: 'ballots.reminding',
  title: '表决快截止，提醒还没有投票的人',
  cron: '*/10 * * * *',
  // The next run finds what this one missed.
  makeUpWithinMs: HOUR,
  run,
};

async function run({ now, dryRun }: Run, house: House): Promise<RunReport> {
  const open = (await rawCollection(house.model<BallotDoc>('ballot'))
    .find({ state: 'open', closesAt: { $gt: now, $lte: new Date(now.getTime() + DAY) } })
    .project({ history: 0, outbox: 0 })
    .sort({ closesAt: 1, _id: 1 })
    .toArray()) as unknown as BallotDoc[];
  const lines: string[] = [];
  for (const ballot of open) {
    const kind = reminderDue(ballot, now);
    if (!kind || (await remindedOf(house).findOne({ _id: `${ballot._id}:${kind}` }))) continue;
    lines.push(`${ballot.community} ${ballot._id} ${kind}`);
    if (!dryRun) await remind(house, ballot, kind, now);
  }
  return { lines };
}

async function remind(house: House, ballot: BallotDoc, kind: string, now: Date): Promise<void> {
  const { _id: id, title, closesAt } = ballot;
  for await (const people of yetToVote(house, ballot)) {
    await deliver(
      house,
      ...people.map((person) => ({
        key: `ballots.reminding:${id}:${kind}:${person}`,
        to: { person },
        message: 'ballot.reminder',
        data: { id, title, closesAt: closesAt.toISOString() },
      })),
    );
  }
  await insertNew(remindedOf(house), [{ _id: `${id}:${kind}`, at: now }]);
}

/** Whom the voices belong to that have not voted, in batches. */
async function* yetToVote(house: House, ballot: BallotDoc): AsyncGenerator<string[]> {
  const { snapshot } = ballot;
  if (snapshot === undefined) return;
  let last: Elector | undefined;
  do {
    const batch: Elector[] = await electorsOf(house)
      .find({ _id: { $gt: last?._id ?? `${snapshot}:`, $lt: `${snapshot};` } })
      .sort({ _id: 1 })
      .limit(BATCH)
      .toArray();
    const waiting = (await withWays(house, batch)).filter((one) => isWaitedFor(ballot, one));
    yield [...new Set(waiting.flatMap(({ people }) => people))];
    last = batch.length === BATCH ? batch.at(-1) : undefined;
  } while (last);
}
