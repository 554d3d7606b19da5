import { rawCollection } from '../../core/aggregate.ts';
import type { Job, Run, RunReport } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { deliver, type Notice } from '../../core/notice.ts';
import { dayOf, dayWords, HOUR } from '../../core/time.ts';
import { answersDue, unansweredIn } from './clock.ts';
import type { TopicDoc } from './model.ts';
import { aboutPosted } from './tellings.ts';

/** Reminds those who see to it of objections that nobody answered: see `answersDue`. Each day's reminder is told once. */
export const answering: Job = {
  name: 'topics.answering',
  title: '议题：公示快满或已满，提醒答复异议',
  cron: '0 9 * * *',
  // Later in the day it is still of use; the next day has its own.
  makeUpWithinMs: 10 * HOUR,
  run,
};

async function run({ now, dryRun }: Run, house: House): Promise<RunReport> {
  const waiting = rawCollection(house.model<TopicDoc>('topic'))
    .find({ state: 'publicised', 'objections.standing': 'waiting' })
    .project({ history: 0, outbox: 0, text: 0 })
    .sort({ _id: 1 });
  const lines: string[] = [];
  const today = dayOf(now);
  for await (const found of waiting) {
    const topic = found as unknown as TopicDoc;
    const due = answersDue(topic, today, house.calendar);
    if (!due) continue;
    lines.push(`${topic.community} ${topic.number} ${due}`);
    if (!dryRun) await deliver(house, ...reminders(topic, today, due === 'overdue'));
  }
  return { lines };
}

/** To the secretary, who answers, and to whoever leads it. */
function reminders(topic: TopicDoc, today: string, overdue: boolean): Notice[] {
  const { _id: id, community, facilitator, publicity } = topic;
  const notice = {
    message: 'topic.toAnswer',
    data: {
      ...aboutPosted(topic),
      overdue,
      count: unansweredIn(topic),
      until: publicity && dayWords(publicity.until),
    },
  };
  const key = `topics.answering:${id}:${today}`;
  return [
    { ...notice, key: `${key}:secretary`, to: { role: 'secretary', area: community } },
    ...(facilitator ? [{ ...notice, key: `${key}:${facilitator.id}`, to: { person: facilitator.id } }] : []),
  ];
}
