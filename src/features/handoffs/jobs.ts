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
  cron: '7 * * * *',
  makeUpWithinMs: DAY,
  run,
};

async function run({ now, dryRun }: Run, house: House): Promise<RunReport> {
  const due = (await rawCollection(house.model<HandoffDoc>('handoff'))
    .find({ nextAt: { $lte: now } })
    .project({ history: 0, outbox: 0 })
    .sort({ nextAt: 1 })
    .limit(BATCH)
    .toArray()) as unknown as HandoffDoc[];
  const lines: string[] = [];
  for (const handoff of due) {
    const move = handoff.state === 'opened' ? 'escalate' : 'lapse';
    if (dryRun || (await made(house, handoff, move, now))) lines.push(`${handoff.community} ${handoff.number} ${move}`);
  }
  return { lines };
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
