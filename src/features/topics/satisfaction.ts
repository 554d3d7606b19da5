import { stateAt } from './clock.ts';
import type { TopicDoc } from './model.ts';

/** What those who took part think of how a decision was carried out, and never what one of them thinks. */

/** Fewer could be told apart. */
const FEWEST_REVIEWS = 3;

type Judged = Pick<TopicDoc, 'state' | 'publicity' | 'outcome' | 'reviewing' | 'reviews'>;

/** Whether it may be said what they think: as long as reviews come in, each change would give away a score. */
export const isJudged = (topic: Judged, now: Date): boolean =>
  stateAt(topic, now) === 'reviewed' && (topic.reviews?.length ?? 0) >= FEWEST_REVIEWS;

/** The average of the scores from 1 to 5, to a tenth; undefined while it may not be said. */
export function satisfactionOf(topic: Judged, now: Date): number | undefined {
  const { reviews = [] } = topic;
  if (!isJudged(topic, now)) return undefined;
  const sum = reviews.reduce((total, { score }) => total + score, 0);
  return Math.round((sum * 10) / reviews.length) / 10;
}
