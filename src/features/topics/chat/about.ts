import type { Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { normalise } from '../../../core/text.ts';
import { listTopics } from '../service.ts';
import { similarTopics } from '../similar.ts';
import type { TopicLine } from '../views.ts';

/** Which topics a sentence is about that names none by its number: 装电梯那个议题走到哪一步了. */

/** What is said of any topic, whatever it is about. */
const OF_ANY =
  /(?:那|这)(?:个|条|件)|议题|提议|表决|投票|附议|支持|举双手|拿出来议|算我一个|给我加一个|加一个|同意|赞成|反对|弃权|投|走到|办到|哪一?步|到哪|怎么样|咋样|啷个样|进展|进度|结果|如何|还要等|好久|多久|什么时候|看看|查一?下|请问|问一?下|我们?|你们?|大家|也|给|把|对|的|了|吗|嘛|呢|吧|啊|哈|没有|有没|一个|事情?/gu;
const LEAST = 2;
const MOST_LOOKED_AT = 50;

/** What is left when the asking itself is taken away. Pure. */
export const subjectIn = (text: string): string =>
  text
    .split(/[，,。；;！!？?]/u)
    .map((clause) => clause.replace(OF_ANY, '').replace(/[^\p{L}\p{N}]+/gu, ''))
    .find((clause) => clause.length >= LEAST) ?? '';

/** Whether a title speaks of that: the longest piece they share is most of it. Pure. */
export function speaksOf(title: string, subject: string): boolean {
  const words = normalise(title);
  const least = Math.max(LEAST, Math.ceil(subject.length * 0.6));
  for (let at = 0; at + least <= subject.length; at += 1) {
    if (words.includes(subject.slice(at, at + least))) return true;
  }
  return false;
}

/** The topics of one's own community a text is about, the likeliest first; none when it says nothing of what it is about. */
export async function topicsAbout(house: House, turn: Turn): Promise<TopicLine[]> {
  const subject = subjectIn(turn.text);
  if (subject === '') return [];
  const { items } = await listTopics(house, turn, { limit: MOST_LOOKED_AT });
  const named = items.filter(({ title }) => speaksOf(title, subject));
  return named.length > 0 ? named : similarTopics(house, turn, subject);
}
