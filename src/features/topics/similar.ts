import { rawCollection } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import type { House } from '../../core/house.ts';
import { DAY } from '../../core/time.ts';
import { communityOf } from '../areas/index.ts';
import { ALIKE, alikeness, matterOf, rarityAmong } from './alike.ts';
import type { TopicDoc, TopicState } from './model.ts';
import { lineOf, type TopicLine } from './views.ts';

const MOST_COMPARED = 200;
const MOST_SHOWN = 3;
const WITHIN_DAYS = 180;
const OVER: readonly TopicState[] = ['declined', 'withdrawn', 'merged'];
/** Topics of one's own community that read like this text, the most alike first: one seconds what is there already. */
export async function similarTopics(house: House, caller: Caller, text: string): Promise<TopicLine[]> {
  const community = communityOf(caller.actor.areas);
  if (community === undefined) return [];
  const latest = (await rawCollection(house.model<TopicDoc>('topic'))
    .find({ community })
    .project({ history: 0, outbox: 0 })
    .sort({ number: -1 })
    .limit(MOST_COMPARED)
    .toArray()) as unknown as TopicDoc[];
  const since = caller.now.getTime() - WITHIN_DAYS * DAY;
  const recent = latest
    .filter(({ createdAt, state }) => createdAt.getTime() >= since && !OVER.includes(state))
    .map((topic) => ({ topic, said: [topic.posted.title, topic.posted.text].map(matterOf) }));
  // What half of the community writes says little, whatever the words are.
  const rarity = rarityAmong(recent.flatMap(({ said }) => said.at(-1) ?? []));
  const asked = matterOf(text);
  return recent
    .map(({ topic, said }) => ({ topic, alike: Math.max(...said.map((one) => alikeness(asked, one, rarity))) }))
    .filter(({ alike }) => alike >= ALIKE)
    .sort((a, b) => b.alike - a.alike)
    .slice(0, MOST_SHOWN)
    .map(({ topic }) => lineOf(house, caller, topic));
}
