import type { Job } from '../core/feature.ts';
import { DAY } from '../core/time.ts';
import { tidyWords } from './messages.ts';
import { runsOf } from './model.ts';

const KEPT_MS = 90 * DAY;

/** Lets old lines of the ledger go; what is accounted for is kept in the marks. */
export const tidy: Job = {
  name: 'schedule.tidy',
  title: tidyWords.title,
  cron: '20 3 * * *',
  makeUpWithinMs: DAY,
  async run({ now, dryRun }, house) {
    const old = { slot: { $lt: new Date(now.getTime() - KEPT_MS) }, state: { $ne: 'running' as const } };
    if (dryRun) return { lines: [tidyWords.would(await runsOf(house).countDocuments(old))] };
    return { lines: [tidyWords.done((await runsOf(house).deleteMany(old)).deletedCount)] };
  },
};
