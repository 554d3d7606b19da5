import type { Meeting, TopicDoc } from '../model.ts';

/** What was decided, and at which sitting: a matter that is talked over anew leaves what came of it before. */

export type Decision = Pick<TopicDoc, 'outcome' | 'arithmetic' | 'resolution'>;

function resultOf({ outcome, arithmetic, resolution }: Decision): Decision {
  return {
    ...(outcome && { outcome }),
    ...(arithmetic && { arithmetic }),
    ...(resolution !== undefined && { resolution }),
  };
}

/** The sitting a topic's own result is of: the last that was not adjourned. */
const lastOf = ({ meetings = [] }: TopicDoc): Meeting | undefined => meetings.filter((one) => !one.adjourned).at(-1);

/** What was decided at a sitting; nothing when nothing was. */
export function decisionAt(topic: TopicDoc, meeting: Meeting): Decision {
  const own = lastOf(topic)?.session === meeting.session ? resultOf(topic) : {};
  const { outcome, resolution } = meeting;
  if (outcome === undefined) return own;
  // The resolution is worded once more when it is publicised.
  const words = own.outcome === outcome ? (own.resolution ?? resolution) : resolution;
  return { ...resultOf(meeting), ...(words !== undefined && { resolution: words }) };
}

/** What stands of a topic now, with the arithmetic of that and of nothing before it. */
export function decisionOf(topic: TopicDoc): Decision {
  const last = lastOf(topic);
  return topic.outcome !== undefined && last?.outcome !== undefined ? decisionAt(topic, last) : resultOf(topic);
}
