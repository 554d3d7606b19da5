import { rawCollection } from '../../core/aggregate.ts';
import type { Job, Run, RunReport } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { DAY } from '../../core/time.ts';
import { advance } from './advance.ts';
import { dueMoves } from './clock.ts';
import type { TopicDoc } from './model.ts';

const MOST = 500;

/**
 * Does what the clock has to do to topics, and tells people of it. What time alone decides is so without it: see `stateAt`.
 */
export const clock: Job = {
  name: 'topics.clock',
  title: '议题：提醒开会、到时计票、公示到期、办事过期、归档',
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
      const moves = dryRun ? dueMoves(topic, now).map(({ move }) => move) : await advance(house, topic._id, now);
      lines.push(...moves.map((move) => `${topic.community} ${topic.number} ${move}`));
    } catch (error) {
      failed += 1;
      house.log.error({ topic: topic._id, err: error }, 'the clock cannot move a topic');
    }
  }
  if (failed > 0) throw new Error(`The clock could not move ${failed} topics; ${lines.length} were moved`);
  return { lines };
}
