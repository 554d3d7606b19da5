import { z } from 'zod';
import type { Answer, Intent, Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { fitting } from '../../../core/letters.ts';
import { asSaid } from '../../../core/written.ts';
import { communityOf, findArea, lineage } from '../../areas/index.ts';
import { HELP, PROPOSE } from '../chat-messages.ts';
import { noPlace } from '../errors.ts';
import { refuseFlood } from '../flood.ts';
import { proposeInput } from '../inputs.ts';
import { postedWords } from '../posted.ts';
import { proposeTopic } from '../service.ts';
import { similarTopics } from '../similar.ts';
import type { TopicLine } from '../views.ts';
import { second } from './second.ts';

const LONGEST = 1_000;

/** What is known of a topic in the making. */
const draftSchema = z.object({
  /** In the person's own words. */
  text: z.string().optional(),
  /** The words taken in last, to tell more words from the same ones again. */
  heard: z.string().optional(),
  /** Those that are like it were shown, and it is none of them. */
  anew: z.boolean().optional(),
  input: z.object({ text: z.string() }).optional(),
});
type Draft = z.output<typeof draftSchema>;
const draftOf = ({ kept }: Turn): Draft => draftSchema.safeParse(kept ?? {}).data ?? {};

/** 我想提个议题：小区装电梯: what is like it is shown first; then it is read back, for all neighbours will read it. */
export const propose: Intent = {
  name: 'topic.propose',
  effect: 'create',
  grave: true,
  verbs: ['提出', '提', '提议'],
  help: HELP.propose,
  async readBack(turn, house) {
    const place = await homeOf(turn, house);
    const draft = withWords(turn, draftOf(turn));
    const { text } = draft;
    const input = { text: fitting(text ?? '', LONGEST) };
    if (text === undefined || !proposeInput.safeParse(input).success) {
      const question = text === undefined ? PROPOSE.ask : PROPOSE.askMore(text);
      return { text: question, ask: { intent: propose.name, slots: {}, kept: draft, free: true } };
    }
    const alike = draft.anew ? [] : await similarTopics(house, turn, text);
    if (alike.length > 0) return offered(alike, draft);
    const hidden = postedWords(input.text) !== input.text;
    const cut = input.text === text ? '' : PROPOSE.cut(LONGEST);
    return { readBack: PROPOSE.readBack(input.text, place, hidden, cut), kept: { ...draft, input }, words: text };
  },
  async handle(turn, house) {
    const { topic } = await proposeTopic(house, turn, draftOf(turn).input);
    return { text: PROPOSE.done(topic.number, topic.title, topic.terms.seconds) };
  },
};

/**
 * Before anything is told: nobody tells a story that cannot be taken in.
 * @throws HaolinError no_place, topics_waiting, topics_in_a_week
 */
async function homeOf({ actor, now }: Turn, house: House): Promise<string> {
  const community = communityOf(actor.areas);
  const area = community === undefined ? undefined : await findArea(house, community);
  if (!area) throw noPlace();
  await refuseFlood(house, actor, lineage(area._id), now);
  return area.name;
}

/** 我想提个议题：…, 提议：…: the command itself is no part of the topic. */
const topicWords = (text: string): string =>
  text
    .replace(
      /^(?:我们?)?(?:要|想|来)?(?:发起|提出?|报|列|说)?(?:一?[个条])?(?:新)?(?:议题|提议|建议)(?:[\s：:，,。]+|是(?:关于)?|就是|$)/u,
      '',
    )
    .trim();

/** Takes in the turn's words: the topic itself, or something to add to it. */
function withWords(turn: Turn, draft: Draft): Draft {
  const heard = topicWords(turn.text);
  if (heard === '' || heard === draft.heard) return draft;
  const said = asSaid(turn, heard).replace(/^是(?=\S{2})/u, '');
  // Said anew, and more of it: what was too short before is in it.
  if (turn.whole || draft.text === undefined || said.includes(draft.text)) return { ...draft, heard, text: said };
  return { ...draft, heard, text: draft.text.includes(said) ? draft.text : `${draft.text}，${said}` };
}

/** One seconds what is there already, unless it is something else. */
function offered(alike: readonly TopicLine[], draft: Draft): Answer {
  const options = alike.map(({ id, number, title, stateWord, moves }) =>
    moves.includes('second')
      ? {
          label: PROPOSE.secondThat(number, title, stateWord),
          intent: second.name,
          slots: { number },
          kept: { id, chosen: true },
        }
      : {
          label: PROPOSE.lookAt(number, title, stateWord),
          intent: 'progress.query',
          slots: { number },
          kept: { kind: '议题' },
        },
  );
  const anew = { label: PROPOSE.anew, intent: propose.name, slots: {}, kept: { ...draft, anew: true } };
  return { text: PROPOSE.alike, options: [...options, anew] };
}
