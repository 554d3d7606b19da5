import { rawCollection } from '../../core/aggregate.ts';
import { HaolinError } from '../../core/errors.ts';
import type { Job, Run, RunReport } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { DAY } from '../../core/time.ts';
import type { BallotDoc } from './model.ts';
import { closeBallot } from './service.ts';

const BATCH = 200;

/** Tells who runs a ballot that it is over. It is over without this, too: see `stateAt`. */
export const closing: Job = {
  name: 'ballots.closing',
  title: '表决到时间截止，请书记安排计票',
  cron: '*/5 * * * *',
  makeUpWithinMs: DAY,
  run,
};

/** @throws when some ballots failed, once all others are done */
async function run({ now, dryRun }: Run, house: House): Promise<RunReport> {
  const due = (await rawCollection(house.model<BallotDoc>('ballot'))
    .find({ state: 'open', closesAt: { $lte: now } })
    .project({ history: 0, outbox: 0 })
    .sort({ closesAt: 1, _id: 1 })
    .limit(BATCH)
    .toArray()) as unknown as BallotDoc[];
  const lines: string[] = [];
  let failed = 0;
  for (const { _id, community } of due) {
    try {
      if (dryRun || !(await closeBallot(house, _id, now)).repeated) lines.push(`${community} ${_id} close`);
    } catch (error) {
      // Somebody counted or voided it in between: then it is no longer due.
      if (error instanceof HaolinError && error.status < 500) continue;
      failed += 1;
      house.log.error({ ballot: _id, err: error }, 'the clock cannot close a ballot');
    }
  }
  if (failed > 0) throw new Error(`The clock could not close ${failed} ballots; ${lines.length} were closed`);
  return { lines };
}
