import { system } from '../../core/ability.ts';
import { perform, rawCollection } from '../../core/aggregate.ts';
import { HaolinError } from '../../core/errors.ts';
import type { Job, Run, RunReport } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { DAY } from '../../core/time.ts';
import { type ClockMove, dueMoves } from './due.ts';
import { wishTable } from './lifecycle.ts';
import { settleMerge } from './merging.ts';
import type { WishDoc } from './model.ts';

const BATCH = 100;
const AT_ONCE = 8;
/** What one wish may need in a run: a warning and an escalation after a long outage, and what follows from them. */
const MOST_ROUNDS = 6;

/**
 * Does what the clock has to do to wishes: warnings, escalations, releases, closings, ends of offers. `due.ts` says what
 * is due; the lifecycle refuses what is not due any more. So any number of runs at once do everything exactly once.
 */
export const deadlines: Job = {
  name: 'wishes.deadlines',
  title: '心愿时限：提醒、督办、自动退回、自动办结',
  cron: '*/10 * * * *',
  makeUpWithinMs: DAY,
  run: runDeadlines,
};

/**
 * One run of the job, also by hand. A wish that fails does not keep the others waiting; it is met again in the next run.
 * @throws when some wishes failed, once all others are done
 */
export async function runDeadlines({ now, dryRun }: Pick<Run, 'now' | 'dryRun'>, house: House): Promise<RunReport> {
  const lines: string[] = [];
  let failed = 0;
  const one = async (wish: WishDoc): Promise<string[]> => {
    try {
      return dryRun ? foreseen(house, wish, now) : await settled(house, wish, now);
    } catch (error) {
      failed += 1;
      house.log.error({ wish: wish._id, err: error }, 'the clock cannot move a wish');
      return [];
    }
  };
  for await (const batch of dueWishes(house, now)) {
    for (let at = 0; at < batch.length; at += AT_ONCE) {
      const done = await Promise.all(batch.slice(at, at + AT_ONCE).map(one));
      lines.push(...done.flat());
    }
  }
  if (failed > 0) throw new Error(`The clock could not move ${failed} wishes; ${lines.length} moves were made`);
  return { lines };
}

/** Wishes the clock has something to do to, in batches, each once. */
async function* dueWishes(house: House, now: Date): AsyncGenerator<WishDoc[]> {
  const wishes = rawCollection(house.model<WishDoc>('wish'));
  let last: WishDoc | undefined;
  for (;;) {
    const from = last?.nextAt;
    const batch = (await wishes
      .find({
        nextAt: { $lte: now, ...(from && { $gte: from }) },
        ...(from && last && { $or: [{ nextAt: { $gt: from } }, { _id: { $gt: last._id } }] }),
      })
      .sort({ nextAt: 1, _id: 1 })
      .limit(BATCH)
      .toArray()) as unknown as WishDoc[];
    if (batch.length > 0) yield batch;
    if (batch.length < BATCH) return;
    last = batch.at(-1);
  }
}

function foreseen(house: House, wish: WishDoc, now: Date): string[] {
  return dueMoves(wish, now, house.calendar).map((due) => lineOf(wish, due));
}

async function settled(house: House, first: WishDoc, now: Date): Promise<string[]> {
  const lines: string[] = [];
  let wish = first;
  try {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const [due] = dueMoves(wish, now, house.calendar);
      if (!due) break;
      const line = lineOf(wish, due);
      wish = await carriedOut(house, wish, due, now);
      lines.push(line);
    }
  } catch (error) {
    if (!(error instanceof HaolinError)) throw error;
    // Somebody moved it in between: then it is theirs, and the next run sees what is left.
    house.log.debug({ wish: wish._id, code: error.code }, 'a wish moved before the clock did');
  }
  return lines;
}

async function carriedOut(house: House, wish: WishDoc, due: ClockMove, now: Date): Promise<WishDoc> {
  if (due.move === 'settle') return settleMerge(house, wish, now);
  const actor = system();
  const ctx = { actor, ability: house.abilityOf(actor), now, calendar: house.calendar };
  const { document } = await perform(wishTable(house), wish._id, due.move, due.input, ctx, () => ({}));
  return document;
}

/** Where, which and what; no person. */
function lineOf(wish: WishDoc, { move, input }: ClockMove): string {
  return [wish.community, `心愿${wish.number}号`, move, input.stage, input.to]
    .filter((part) => part !== undefined)
    .join(' ');
}
