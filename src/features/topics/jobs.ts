import { rawCollection } from '../../core/aggregate.ts';
import type { Job, Run, RunReport } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { DAY } from '../../core/time.ts';
import { advance } from './advance.ts';
import { dueMoves } from './clock.ts';
import type { TopicDoc } from './model.ts';

const BATCH = 100;

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
  const lines: string[] = [];
  let failed = 0;
  for await (const topic of dueTopics(house, now)) {
    const { made, troubles } = dryRun
      ? { made: dueMoves(topic, now).map(({ move }) => move), troubles: [] }
      : await advance(house, topic._id, now);
    lines.push(...made.map((move) => `${topic.community} ${topic.number} ${move}`));
    failed += troubles.length;
  }
  if (failed > 0) throw new Error(`The clock could not make ${failed} moves on topics; ${lines.length} were made`);
  return { lines };
}

/** Topics the clock has something to do to, each once; those that wait for people among them keep none waiting. */
async function* dueTopics(house: House, now: Date): AsyncGenerator<TopicDoc> {
  const topics = rawCollection(house.model<TopicDoc>('topic'));
  let after = '';
  for (;;) {
    const batch = (await topics
      .find({ nextAt: { $lte: now }, _id: { $gt: after as never } })
      .sort({ _id: 1 })
      .limit(BATCH)
      .toArray()) as unknown as TopicDoc[];
    yield* batch;
    if (batch.length < BATCH) return;
    after = batch.at(-1)?._id ?? '';
  }
}
