import { rawCollection } from '../../core/aggregate.ts';
import type { Job, Run, RunReport } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { DAY } from '../../core/time.ts';
import { settleMerge } from './merging.ts';
import type { TopicDoc } from './model.ts';

const MOST = 500;

/** Ends what a crash left half done. */
export const clock: Job = {
  name: 'topics.clock',
  title: '议题：补完合并时没转过去的附议',
  cron: '*/10 * * * *',
  makeUpWithinMs: DAY,
  run,
};

/** @throws when some topics failed, once all others are done */
async function run({ now, dryRun }: Run, house: House): Promise<RunReport> {
  const due = (await rawCollection(house.model<TopicDoc>('topic'))
    .find({ nextAt: { $lte: now } })
    .sort({ nextAt: 1, _id: 1 })
    .limit(MOST)
    .toArray()) as unknown as TopicDoc[];
  const lines: string[] = [];
  let failed = 0;
  for (const topic of due) {
    try {
      if (!dryRun) await settleMerge(house, topic, now);
      lines.push(`${topic.community} ${topic.number} settle`);
    } catch (error) {
      failed += 1;
      house.log.error({ topic: topic._id, err: error }, 'the clock cannot move a topic');
    }
  }
  if (failed > 0) throw new Error(`The clock could not move ${failed} topics; ${lines.length} were moved`);
  return { lines };
}
