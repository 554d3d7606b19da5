import { z } from 'zod';
import type { Answer, Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { communityOf, inCommunitiesMeant } from '../../areas/index.ts';
import { MERGE, OBJECT, REVIEW, SECOND, WHICH, WITHDRAW } from '../chat-messages.ts';
import { alreadySeconded, nothingAsked, notSeconded, objectedAlready, ownTopic, reviewedAlready } from '../errors.ts';
import { getTopic, listTopics, type TopicQuery, topicByNumber } from '../service.ts';
import type { TopicLine, TopicView } from '../views.ts';
import { topicsAbout } from './about.ts';

/** Which topic somebody means, and why not that one. */

const MOST_OFFERED = 9;

/** Moves a person may ask for in chat. */
export type ChatMove = 'second' | 'unsecond' | 'withdraw' | 'object' | 'review' | 'agreeMerge' | 'refuseMerge';

/** Where to look for the topic when no number was said. */
const POOL: Record<ChatMove, TopicQuery> = {
  second: {},
  unsecond: { seconded: true },
  withdraw: { mine: true },
  object: { state: 'publicised' },
  review: { state: 'executing' },
  agreeMerge: { mine: true },
  refuseMerge: { mine: true },
};
/** What is said with these is meant for the topic and tells nothing of which it is. */
const WITH_WORDS: ReadonlySet<ChatMove> = new Set(['object', 'review']);

const foundBefore = z.object({ id: z.string().optional() });

/**
 * Finds the topic a turn means: as found before, by its number, by what it is about, or as the only one that can be meant.
 * @returns an answer instead while that is not clear, or when the move cannot be made
 */
export async function whichTopic(
  house: House,
  turn: Turn,
  intent: string,
  move: ChatMove,
): Promise<{ topic: TopicView } | { answer: Answer }> {
  const which = await meantTopic(house, turn, intent, move);
  if ('answer' in which) return which;
  const text = refusalOf(turn, which.topic, move);
  return text === undefined ? which : { answer: { text } };
}

async function meantTopic(
  house: House,
  turn: Turn,
  intent: string,
  move: ChatMove,
): Promise<{ topic: TopicView } | { answer: Answer }> {
  const { id } = foundBefore.safeParse(turn.kept ?? {}).data ?? {};
  if (id !== undefined) return { topic: await getTopic(house, turn, id) };
  const { number } = turn.slots;
  if (number !== undefined) {
    const found = await byNumber(house, turn, number);
    const able = found.filter((topic) => topic.moves.includes(move));
    const topic = able[0] ?? found[0];
    if (!topic) return { answer: { text: WHICH.notFound(number) } };
    if (able.length < 2) return { topic };
    return asked(able.map((one) => [one, WHICH.placed(one.number, one.title, one.place)]));
  }
  const pool = await candidates(house, turn, move);
  const [only] = pool;
  if (!only) return { answer: { text: WHICH.none[move] } };
  if (pool.length === 1) return { topic: await getTopic(house, turn, only.id) };
  return asked(pool.map((one) => [one, WHICH.label(one.number, one.title, one.stateWord)]));

  function asked(topics: [TopicLine, string][]): { answer: Answer } {
    const options = topics.slice(0, MOST_OFFERED).map(([topic, label]) => ({
      label,
      intent,
      slots: { number: topic.number },
      kept: { id: topic.id, chosen: true, ...(WITH_WORDS.has(move) && turn.text !== '' && { words: turn.text }) },
    }));
    return { answer: { text: WHICH.topic, options } };
  }
}

/** What the move can be made on; those the words are about, when there are any. */
async function candidates(house: House, turn: Turn, move: ChatMove): Promise<TopicLine[]> {
  const able = ({ moves }: TopicLine) => moves.includes(move);
  const described = WITH_WORDS.has(move) ? [] : (await topicsAbout(house, turn)).filter(able);
  if (described.length > 0) return described;
  const { items } = await listTopics(house, turn, { ...POOL[move], limit: 30 });
  return items.filter(able);
}

/** The topics of that number in the communities a speaker may mean, the likeliest first. */
export const byNumber = (house: House, turn: Turn, number: number): Promise<TopicView[]> =>
  inCommunitiesMeant(turn, (community) => topicByNumber(house, turn, community, number));

/** Why the speaker cannot make this move on this topic now. */
function refusalOf({ actor }: Turn, topic: TopicView, move: ChatMove): string | undefined {
  const { moves, mine, seconded, number, state, stateWord, objections, reviews } = topic;
  if (moves.includes(move)) return undefined;
  switch (move) {
    case 'second':
      if (mine) return ownTopic().detail;
      if (seconded) return alreadySeconded().detail;
      return communityOf(actor.areas) === topic.community ? SECOND.notNow(number, stateWord) : SECOND.elsewhere;
    case 'unsecond':
      return seconded ? SECOND.fixed(number, stateWord) : notSeconded().detail;
    case 'object':
      if (state === 'discussing') return OBJECT.speak(number);
      return state === 'publicised' && objections.some((one) => one.mine && !one.answer)
        ? objectedAlready().detail
        : OBJECT.notNow(number, stateWord);
    case 'review':
      return reviews.mine === undefined ? REVIEW.notNow(number, stateWord) : reviewedAlready().detail;
    case 'agreeMerge':
    case 'refuseMerge':
      return mine ? nothingAsked().detail : MERGE.notTheirs(number);
    default:
      return mine ? WITHDRAW.notNow(number, stateWord) : WITHDRAW.notTheirs(number);
  }
}
