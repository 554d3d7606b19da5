import type { House } from '../../core/house.ts';
import type { TopicDoc } from './model.ts';

/** Where strangers read of a topic, and from when. */

export const PUBLIC_PATH = '/topics/{id}';

/**
 * Whether everybody may read of a topic: from the day all who live there were called to talk it over. What was public once
 * stays so, whatever becomes of it.
 */
export const isPublic = ({ history }: Pick<TopicDoc, 'history'>): boolean =>
  history.some(({ move }) => move === 'schedule');

/** The address of a topic's page to pass on; none while there is no page, or the house does not know its own address. */
export function publicPageOf({ settings }: Pick<House, 'settings'>, topic: TopicDoc): string | undefined {
  const { publicUrl } = settings;
  return publicUrl !== undefined && isPublic(topic) ? publicUrl + PUBLIC_PATH.replace('{id}', topic._id) : undefined;
}
