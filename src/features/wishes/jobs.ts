import { moveByClock, runClock } from '../../core/clockwork.ts';
import type { Job, Run, RunReport } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { settleMerge } from '../../core/merging.ts';
import { DAY } from '../../core/time.ts';
import { dueMoves } from './due.ts';
import { wishTable } from './lifecycle.ts';
import type { WishDoc } from './model.ts';

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

/** One run of the job, also by hand. @throws when some wishes failed, once all others are done */
export function runDeadlines(run: Pick<Run, 'now' | 'dryRun'>, house: House): Promise<RunReport> {
  const table = wishTable(house);
  return runClock(run, house, {
    model: house.model<WishDoc>('wish'),
    called: '心愿',
    plural: 'wishes',
    due: (wish: WishDoc, now) => dueMoves(wish, now, house.calendar),
    carryOut: (wish, due, now) =>
      due.move === 'settle'
        ? settleMerge(house, table, wish, now)
        : moveByClock(house, table, wish._id, due, { now, facts: {} }),
  });
}
