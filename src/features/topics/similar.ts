import { rawCollection } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import type { House } from '../../core/house.ts';
import { likeness, normalise } from '../../core/text.ts';
import { DAY } from '../../core/time.ts';
import { communityOf } from '../areas/index.ts';
import type { TopicDoc, TopicState } from './model.ts';
import { lineOf, type TopicLine } from './views.ts';

const MOST_COMPARED = 200;
const MOST_SHOWN = 3;
const WITHIN_DAYS = 180;
/** From this likeness on two topics are worth comparing by eye. */
const ALIKE = 0.35;
const OVER: readonly TopicState[] = ['declined', 'withdrawn', 'merged'];
/** What topics say whatever they are about. */
const ASKING =
  /好不好|行不行|怎么样|加装|安装|您好|你好|大家|邻居们?|社区|小区|我们|咱们|建议|提议|希望|能不能|可不可以|可以|应该|需要|想要?|要不要|商量|讨论|一下|问题|议题|[的了吗呢吧啊哦里个装]/gu;

const matterOf = (text: string): string =>
  normalise(text)
    .replace(ASKING, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');

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
  const matter = matterOf(text);
  return latest
    .filter(({ createdAt, state }) => createdAt.getTime() >= since && !OVER.includes(state))
    .map((topic) => {
      const { title, text: words } = topic.posted;
      return { topic, alike: Math.max(likeness(matter, matterOf(title)), likeness(matter, matterOf(words))) };
    })
    .filter(({ alike }) => alike >= ALIKE)
    .sort((a, b) => b.alike - a.alike)
    .slice(0, MOST_SHOWN)
    .map(({ topic }) => lineOf(house, caller, topic));
}
