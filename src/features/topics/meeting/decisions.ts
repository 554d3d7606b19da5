import type { Meeting, TopicDoc } from '../model.ts';

/** What was decided, and at which sitting: a matter that is talked over anew leaves what came of it before. */

export type Decision = Pick<TopicDoc, 'outcome' | 'arithmetic' | 'resolution'>;

/** The sitting a topic's own result is of: the last that was not adjourned. */
const isLast = ({ meetings = [] }: TopicDoc, session: number): boolean =>
  meetings.filter(({ adjourned }) => !adjourned).at(-1)?.session === session;

/** What was decided at a sitting; nothing when nothing was. */
export function decisionAt(topic: TopicDoc, { session, outcome, arithmetic, resolution }: Meeting): Decision {
  const last: Decision = isLast(topic, session) ? topic : {};
  if (outcome === undefined) return last;
  // The resolution is worded once more when it is publicised.
  const words = last.outcome === outcome ? (last.resolution ?? resolution) : resolution;
  return { outcome, ...(arithmetic && { arithmetic }), ...(words !== undefined && { resolution: words }) };
}

/** What stands of a topic now, with the arithmetic of that and of nothing before it. */
export function decisionOf(topic: TopicDoc): Decision {
  const { outcome, arithmetic, resolution, meetings = [] } = topic;
  const last = meetings.filter((one) => !one.adjourned).at(-1);
  if (outcome !== undefined && last?.outcome !== undefined) return decisionAt(topic, last);
  return {
    ...(outcome && { outcome }),
    ...(arithmetic && { arithmetic }),
    ...(resolution !== undefined && { resolution }),
  };
}
