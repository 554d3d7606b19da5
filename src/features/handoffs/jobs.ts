import { rawCollection } from '../../core/aggregate.ts';
import { HaolinError } from '../../core/errors.ts';
import type { Job, Run, RunReport } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { DAY } from '../../core/time.ts';
import type { HandoffDoc } from './model.ts';
import { clockHandoff } from './service.ts';

const BATCH = 200;

/** Tells the secretary of calls nobody answered in time, and closes answered ones nothing more was asked about. */
export const deadlines: Job = {
  name: 'handoffs.deadlines',
  title: '求助时限：没人回复的告诉书记，回复后没有下文的结束',
  // An emergency is to be answered within a quarter of an hour.
  cron: '*/5 * * * *',
  makeUpWithinMs: DAY,
  run,
};

/** @throws when some handoffs failed, once all others are done */
async function run({ now, dryRun }: Run, house: House): Promise<RunReport> {
  const lines: string[] = [];
  let failed = 0;
  for await (const handoff of dueHandoffs(house, now)) {
    const move = handoff.state === 'opened' ? 'escalate' : 'lapse';
    try {
      if (dryRun || (await made(house, handoff, move, now)))
        lines.push(`${handoff.community} ${handoff.number} ${move}`);
    } catch (error) {
      failed += 1;
      house.log.error({ handoff: handoff._id, err: error }, 'the clock cannot move a handoff');
    }
  }
  if (failed > 0) throw new Error(`The clock could not move ${failed} handoffs; ${lines.length} were moved`);
  return { lines };
}

/** Every handoff whose time has come, each once; those that fail are passed over. */
async function* dueHandoffs(house: House, now: Date): AsyncGenerator<HandoffDoc> {
  const handoffs = rawCollection(house.model<HandoffDoc>('handoff'));
  let last: HandoffDoc | undefined;
  for (;;) {
    const from = last?.nextAt;
    const batch = (await handoffs
      .find({
        nextAt: { $lte: now, ...(from && { $gte: from }) },
        ...(from && last && { $or: [{ nextAt: { $gt: from } }, { _id: { $gt: last._id } }] }),
      })
      .project({ history: 0, outbox: 0 })
      .sort({ nextAt: 1, _id: 1 })
      .limit(BATCH)
      .toArray()) as unknown as HandoffDoc[];
    yield* batch;
    if (batch.length < BATCH) return;
    last = batch.at(-1);
  }
}

/** False when somebody moved it in between: then it is no longer due. */
async function made(house: House, { _id }: HandoffDoc, move: 'escalate' | 'lapse', now: Date): Promise<boolean> {
  try {
    return !(await clockHandoff(house, _id, move, now)).repeated;
  } catch (error) {
    if (error instanceof HaolinError) return false;
    throw error;
  }
}
